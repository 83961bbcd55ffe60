"""Synthetic loan applicants. Nobody in this table exists.

How they are made (all numbers are choices of ours, none is measured):
age 18-80; years in the job and length of credit history grow with age; income is log-normal and grows with years in
the job; existing debt is log-normal, larger for those with a mortgage, and 7 % owe nothing; card use follows debt
relative to income, so the debt features are correlated; missed payments are Poisson with a rate that rises with card
use. A bank's past decisions: declined where debt is over 60 % of yearly income (a rule), else drawn from a logistic
score of debt ratio, card use, missed payments, income, history, years in the job, amount relative to income, recent
inquiries, a business purpose and an owned home.
Sex and age play no part in the decision. 6 % of debts, 8 % of card uses and 4 % of years in the job are unknown.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

ROWS = 4_000
SEED = 2026
_PURPOSES = ("car", "home improvement", "business", "education", "debt consolidation", "other")
_HOUSING = ("own", "rent", "mortgage", "family")


def table() -> pd.DataFrame:
    """Applicants and the bank's `decision`; shape (4000, 15). The same bytes at every call."""
    random = np.random.default_rng(SEED)
    people = _people(random)
    people = people.assign(**_debts(random, people))
    chance = 1 / (1 + np.exp(-_score(people)))
    approved = (random.random(ROWS) < chance) & ~(people["debt_to_income"] > 60)
    return _gaps(random, people).assign(decision=np.where(approved, "approved", "declined"))


def _people(random: np.random.Generator) -> pd.DataFrame:
    age = np.clip(random.normal(41, 13, ROWS), 18, 80).round()
    employment = np.minimum(random.gamma(1.6, 4.5, ROWS), age - 17).clip(0).round()
    income = np.exp(random.normal(10.35, 0.38, ROWS) + 0.012 * employment).clip(9_000, 250_000)
    return pd.DataFrame(
        {
            "income": (income / 100).round() * 100,
            "credit_history_years": np.minimum(random.gamma(2.2, 5, ROWS), age - 17).clip(0).round(),
            "employment_years": employment,
            "amount": (np.exp(random.normal(9.2, 0.7, ROWS)).clip(1_000, 80_000) / 500).round() * 500,
            "term_months": random.choice([12, 24, 36, 48, 60, 72, 84], ROWS).astype(float),
            "purpose": random.choice(_PURPOSES, ROWS, p=[0.28, 0.2, 0.1, 0.1, 0.22, 0.1]),
            "housing": random.choice(_HOUSING, ROWS, p=[0.17, 0.42, 0.28, 0.13]),
            "recent_inquiries": random.poisson(1.3, ROWS).astype(float),
            "age": age,
            "sex": random.choice(["female", "male"], ROWS),
        }
    )


def _debts(random: np.random.Generator, people: pd.DataFrame) -> dict[str, np.ndarray]:
    burden = np.exp(random.normal(-1.75, 0.85, ROWS) + 0.45 * (people["housing"] == "mortgage"))
    burden[random.random(ROWS) < 0.07] = 0.0
    debt = ((people["income"] * np.minimum(burden, 1.8)).clip(0, 300_000) / 100).round() * 100
    ratio = debt / people["income"] * 100
    use = np.clip(18 + 0.75 * ratio + random.normal(0, 16, ROWS), 0, 130).round()
    missed = random.poisson(np.exp(-1.9 + 0.022 * use)).clip(0, 12).astype(float)
    return {"existing_debt": debt, "debt_to_income": ratio, "card_utilisation": use, "missed_payments_24m": missed}


def _score(people: pd.DataFrame) -> pd.Series[float]:
    """Log-odds of approval."""
    score: pd.Series[float] = (
        2.1
        - 0.045 * people["debt_to_income"]
        - 0.018 * (people["card_utilisation"] - 30)
        - 0.75 * people["missed_payments_24m"]
        + 0.9 * np.log(people["income"] / 35_000)
        + 0.05 * people["credit_history_years"].clip(upper=20)
        + 0.06 * people["employment_years"].clip(upper=12)
        - 1.6 * people["amount"] / people["income"]
        - 0.22 * people["recent_inquiries"]
        - 0.25 * (people["purpose"] == "business")
        + 0.2 * (people["housing"] == "own")
    )
    return score


def _gaps(random: np.random.Generator, people: pd.DataFrame) -> pd.DataFrame:
    """Blanks values as if nobody had told them; an unknown debt makes the ratio unknown too."""
    for column, share in (("existing_debt", 0.06), ("card_utilisation", 0.08), ("employment_years", 0.04)):
        people = people.assign(**{column: people[column].mask(random.random(ROWS) < share)})
    return people.assign(debt_to_income=people["existing_debt"] / people["income"] * 100)
