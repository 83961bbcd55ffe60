"""Facts made by hand that a careless checker gets wrong: against common sense, colliding, nested, tied, nought."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant.facts import CertaintyFact, CountFact, Facts, FlipFact, Interval, OutcomeFact, ScoreFact, Subject
from tests.record_cases import flower, price, progression
from tests.record_effects import FALLING, MISSED, effect
from tests.record_groups import REASONS, split
from tests.record_groups import importance as group_importance
from tests.record_groups import what_if as group_what_if
from tests.record_groups import why as group_why
from tests.record_loans import approved, loan, ranked, reason, usual
from tests.record_rows import WAYS, judged, rows, wrong
from tests.record_rows import usual as statistics
from tests.records import KNOWN, change, importance, what_if

CASE_KINDS = ("predict", "confidence", "why", "why_not", "for_and_against")
EUROS: dict[str, Any] = {"unit": "EUR", "step": 100.0}
CLOSE = CertaintyFact(unusual=False, band="close", margin=-0.07, firm=True)


def scored(value: float, base: float, **more: Any) -> dict[str, Any]:
    """A calibrated score of "approved" and what follows from it."""
    defaults = {"of": "approved", "unit": "probability", "cutoff": 0.5, "calibrated": True}
    level: Any = "low" if value < 1 / 3 else "medium" if value < 2 / 3 else "high"
    score = ScoreFact(value=value, base=base, level=level, **{**defaults, **more})
    return {"score": score, "scores": {"approved": value, "declined": round(1 - value, 4)}, "reasons_rest": 0.0}


def contrary(kind: str, **parts: Any) -> Facts:
    """More income and savings count against, missed payments count for: whatever one would guess is wrong."""
    reasons = ranked(
        reason("income", "income", 72000.0, -0.24, size="large", unit="EUR/year", reference=usual(36000.0, "higher")),
        reason("savings", "savings", 12000.0, -0.13, size="large", **EUROS, reference=usual(5000.0, "higher")),
        reason(
            "missed", "missed payments in the last 24 months", 4.0, 0.08, unit="count", reference=usual(0, "higher")
        ),
        reason(
            "existing_debt", "existing debt", 2000.0, -0.05, size="small", **EUROS, reference=usual(9000.0, "lower")
        ),
        reason("age", "age", 23.0, 0.03, size="small", unit="years", reference=usual(41.0, "lower")),
    )
    certainty = CertaintyFact(unusual=False, band="moderate", margin=-0.19, firm=True)
    given = {"reasons": reasons, "reasons_total": 5, "certainty": certainty, **scored(0.31, 0.62)}
    return loan(kind, **{**given, **parts})


def collided(kind: str, **parts: Any) -> Facts:
    """Two amounts are the same, two incomes are the same, two weights are the same but for their sign."""
    same = usual(9000.0, "higher")
    reasons = ranked(
        reason("debt", "existing debt", 12000.0, -0.12, size="large", **EUROS, reference=same, tied_with=("savings",)),
        reason("savings", "savings", 12000.0, 0.12, size="large", **EUROS, reference=same, tied_with=("debt",)),
        reason("income", "income", 41000.0, 0.05, unit="EUR/year", reference=usual(36000.0, "higher")),
        reason("partner", "partner's income", 41000.0, -0.03, size="small", unit="EUR/year",
               reference=usual(36000.0, "higher")),
    )  # fmt: skip
    given = {"reasons": reasons, "reasons_total": 4, "certainty": CLOSE, **scored(0.43, 0.41)}
    return loan(kind, **{**given, **parts})


def nested(kind: str, **parts: Any) -> Facts:
    """Labels that hold other labels, which say the opposite."""
    reasons = ranked(
        reason("debt", "debt", 21000.0, 0.11, size="large", **EUROS, reference=usual(18000.0, "higher")),
        reason("old", "existing debt", 9000.0, -0.09, **EUROS, reference=usual(9000.0, "same")),
        reason("ratio", "debt-to-income ratio", 51.0, -0.07, unit="%", reference=usual(25.0, "higher")),
        reason("other", "other income", 300.0, -0.05, unit="EUR/year", reference=usual(0.0, "higher")),
        reason("income", "income", 41000.0, 0.04, unit="EUR/year", reference=usual(36000.0, "higher")),
        reason("household", "household income", 41300.0, -0.03, size="small", unit="EUR/year",
               reference=usual(52000.0, "lower")),
    )  # fmt: skip
    certainty = CertaintyFact(unusual=True, unusual_in=("other income",), band="close", margin=0.03, firm=True)
    yes = OutcomeFact(name="approved", alternatives=("declined",), by="score", favourable=True, verb="was approved")
    given = {"reasons": reasons, "reasons_total": 6, "certainty": certainty, "outcome": yes, **scored(0.53, 0.62)}
    return loan(kind, **{**given, **parts})


def chained(kind: str, **parts: Any) -> Facts:
    """The first is tied with the second and the second with the third, but the first is not with the third."""
    reasons = ranked(
        reason("rent", "monthly rent", 900.0, -0.1, size="large", **EUROS, tied_with=("savings",)),
        reason("savings", "savings", 100.0, -0.09, size="large", **EUROS, tied_with=("rent", "income")),
        reason("income", "income", 29000.0, -0.08, unit="EUR/year", tied_with=("savings",)),
        reason("children", "children", 2.0, 0.02, size="small", unit="count", reference=usual(1.0, "higher")),
    )
    given = {"reasons": reasons, "reasons_total": 4, "certainty": CLOSE, **scored(0.37, 0.62)}
    return loan(kind, **{**given, **parts})


def nought(kind: str, **parts: Any) -> Facts:
    """Right on the line, from a base on the line, with values of zero and a weight of zero."""
    reasons = ranked(
        reason("savings", "savings", 0.0, -0.06, size="large", **EUROS, reference=usual(5000.0, "lower")),
        reason("missed", "missed payments in the last 24 months", 0.0, 0.06, size="large", unit="count",
               reference=usual(0.0, "same")),
        reason("children", "children", 0.0, 0.0, size="small", unit="count", direction="none", error=0.0),
    )  # fmt: skip
    yes = OutcomeFact(name="approved", alternatives=("declined",), by="score", favourable=True, verb="was approved")
    certainty = CertaintyFact(unusual=False, band="close", margin=0.0, firm=True)
    given = {"reasons": reasons, "reasons_total": 3, "certainty": certainty, "outcome": yes, **scored(0.5, 0.5)}
    return loan(kind, **{**given, **parts})


def gaps(kind: str, **parts: Any) -> Facts:
    """Most values are not known, and percentages may not be told."""
    reasons = ranked(
        reason("income", "income", None, -0.15, size="large", unit="EUR/year"),
        reason("housing", "housing situation", None, 0.09, size="large", kind="category"),
        reason("guarantor", "guarantor", None, -0.04, kind="flag", direction="none", error=0.03),
        reason("age", "age", 35.0, 0.02, size="small", unit="years"),
    )
    certainty = CertaintyFact(unusual=True, band="clear", margin=-0.27, firm=False, calibration_error=0.11,
                              calibration_n=90, calibration_enough=False)  # fmt: skip
    given = {"reasons": reasons, "reasons_total": 4, "certainty": certainty, **scored(0.23, 0.31, calibrated=False)}
    return loan(kind, **{**given, **parts})


def brink(kind: str, **parts: Any) -> Facts:
    """A hair below the line; all reasons against; one is sensitive."""
    reasons = ranked(
        reason("nationality", "nationality", "Dutch", -0.08, size="large", sensitive=True,
               reference=usual("German", "different")),
        reason("savings", "savings account", "no", -0.03, kind="flag", reference=usual("yes", "different")),
        reason("term", "loan term", 60.0, -0.0104, size="small", unit="months", reference=usual(36.0, "higher")),
    )  # fmt: skip
    certainty = CertaintyFact(unusual=False, band="close", margin=-0.0004, firm=True)
    given = {"reasons": reasons, "reasons_total": 3, "certainty": certainty, **scored(0.4996, 0.62)}
    return loan(kind, **{**given, **parts})


def yearly(kind: str, **parts: Any) -> Facts:
    """One label a year, with numbers in them; outcomes of which one holds the other; labels that are statements."""
    reasons = ranked(
        reason(
            "income_2024", "income in 2024", 2023.0, -0.14, size="large", unit="EUR", reference=usual(2400.0, "lower")
        ),
        reason("income_2023", "income in 2023", 2024.0, 0.06, unit="EUR", reference=usual(2024.0, "same")),
        reason("employed", "is employed", "no", -0.04, kind="flag", reference=usual("yes", "different")),
        reason("pet", "has pets", "yes", 0.01, kind="flag", size="small", reference=usual("yes", "same")),
    )
    refused = OutcomeFact(name="not accepted", alternatives=("accepted",), by="score", favourable=False)
    score = ScoreFact(
        value=0.39, of="accepted", unit="probability", base=0.5, cutoff=0.45, calibrated=True, level="medium"
    )
    certainty = CertaintyFact(
        unusual=False, band="close", margin=-0.06, firm=True, calibration_error=0.02, calibration_n=700
    )
    given = {
        "reasons": reasons,
        "reasons_total": 4,
        "reasons_rest": 0.0,
        "outcome": refused,
        "score": score,
        "certainty": certainty,
        "subject": Subject(id="23", noun="tenant"),
        "scores": {"accepted": 0.39, "not accepted": 0.61},
    }
    return loan(kind, **{**given, **parts})


def heating(kind: str, **parts: Any) -> Facts:
    """A regression where high is favourable, with a negative value and a negative score."""
    of = "all houses"
    reasons = ranked(
        reason("cold", "outdoor temperature", -3.5, -412.0, size="large", unit="°C", reference=usual(8.2, "lower", of)),
        reason("roof", "roof area", 80.0, 180.0, unit="m²", reference=usual(60.0, "higher", of)),
        reason("floor", "floor area", 80.0, -60.5, size="small", unit="m²", reference=usual(95.0, "lower", of)),
        reason(
            "people", "people in the house", 5.0, -20.0, size="small", unit="count", reference=usual(2.0, "higher", of)
        ),
    )
    score = ScoreFact(value=-202.4, of="yearly surplus", unit="kWh", base=110.0,
                      interval=Interval(low=-420.0, high=15.0, level=0.9, coverage=0.88, n=240))  # fmt: skip
    given = {
        "reasons": reasons,
        "reasons_total": 4,
        "reasons_rest": 0.0,
        "score": score,
        "certainty": CertaintyFact(unusual=False, firm=True),
    }
    return price(kind, **{**given, **parts})


def topics(kind: str, **parts: Any) -> Facts:
    """Five outcomes; which comes second is told, and two of them have the same score."""
    reasons = ranked(
        reason("length", "length of the text", 812.0, 0.16, direction="up", size="large", unit="words",
               reference=usual(500.0, "higher", "all articles")),
        reason("names", "names of people", 31.0, -0.05, direction="down", unit="count",
               reference=usual(12.0, "higher", "all articles")),
        reason("figures", "figures", 2.0, 0.03, direction="up", size="small", unit="count",
               reference=usual(9.0, "lower", "all articles")),
    )  # fmt: skip
    outcome = OutcomeFact(name="science", alternatives=("politics", "sport", "business", "culture"), by="highest score")
    scores = {"science": 0.34, "politics": 0.3, "sport": 0.15, "business": 0.15, "culture": 0.06}
    score = ScoreFact(value=0.34, of="science", unit="probability", base=0.2, calibrated=True, level="medium")
    certainty = CertaintyFact(unusual=False, band="close", margin=0.04, runner_up="politics", firm=True)
    given = {
        "reasons": reasons,
        "reasons_total": 3,
        "outcome": outcome,
        "scores": scores,
        "score": score,
        "certainty": certainty,
        "subject": Subject(id="n-5", noun="article"),
    }
    return flower(kind, **{**given, **parts})


def alone(kind: str, **parts: Any) -> Facts:
    """One reason only."""
    only = ranked(reason("income", "income", 72000.0, 0.377, size="large", unit="EUR/year",
                         reference=usual(36000.0, "higher", "all applicants")))  # fmt: skip
    certainty = CertaintyFact(unusual=False, band="clear", margin=0.497, firm=True)
    given = {"reasons": only, "reasons_total": 1, "certainty": certainty}
    return approved(kind, **{**given, **parts})


TURNS: tuple[Facts, ...] = (
    what_if(contrary, change("existing_debt", "existing debt", 2000.0, 1000.0, **EUROS), before=0.31, after=0.27,
            direction="against", outcome_before="declined", outcome_after="declined", level_before="low",
            level_after="low"),
    what_if(contrary, change("income", "income", 72000.0, 36000.0, unit="EUR/year"), before=0.31, after=0.58,
            outcome_before="declined", outcome_after="approved", level_before="low", level_after="medium"),
    what_if(collided, change("debt", "existing debt", 12000.0, 9000.0, **EUROS),
            change("savings", "savings", 12000.0, 9000.0, **EUROS), before=0.43, after=0.4312,
            slight=True, outcome_before="declined", outcome_after="declined"),
    what_if(nested, change("income", "income", 41000.0, 30000.0, unit="EUR/year"),
            change("household", "household income", 41300.0, 30300.0, "link", unit="EUR/year"), before=0.53, after=0.41,
            direction="against", outcome_before="approved", outcome_after="declined"),
    what_if(heating, change("roof", "roof area", 80.0, 160.0, unit="m²"), before=-202.4, after=95.0, direction="for"),
    what_if(heating, change("cold", "outdoor temperature", -3.5, 0.0, unit="°C"), before=-202.4, after=-250.0,
            direction="against"),
    what_if(topics, change("names", "names of people", 31.0, 0.0, unit="count"), before=0.34, after=0.47,
            direction="up", outcome_before="science", outcome_after="science"),
)  # fmt: skip
EVEN = (CountFact(name="approved", n=206, share=0.5), CountFact(name="declined", n=206, share=0.5))
THREE = (CountFact(name="setosa", n=50, share=0.333), CountFact(name="versicolor", n=62, share=0.413),
         CountFact(name="not sure", n=38, share=0.253))  # fmt: skip
TURNED = tuple(replace(r, weight=-r.weight, direction="against" if r.weight > 0 else "for", up=r.down, down=r.up)
               for r in REASONS if r.direction != "none")  # fmt: skip
MANY: tuple[Facts, ...] = (
    rows("predict", counted="predictions", counts=EVEN, mean=0.5, of="approved", calibrated=True),
    rows("predict", n=150, total=150, some=False, counted="predictions", counts=THREE),
    rows("labels", n=150, total=600, share=0.25, counted="labels", counts=THREE),
    importance(n=500, filter="all applications where income is below 500 EUR a year"),
    group_importance(top_k=2),
    group_why(reasons=TURNED, score=0.563 + 0.28, base=0.563, rest=0.0, answered={"mean": 0.843}),
    group_what_if(before=0.543, after=0.519, direction="against", raised=23, lowered=270, counts_before=split(240, 160),
                  counts_after=split(223, 177), flips=(FlipFact(from_="approved", to="declined", n=17),)),
    judged(metrics={"accuracy": 0.5, "precision": 0.882, "recall": 0.783}, errors={}, baseline=0.5, of="declined"),
    wrong(share=0.218, one_way=False, ways=(replace(WAYS[0], n=109, share=0.5), replace(WAYS[1], n=109, share=0.5))),
    wrong("typical", common=None),
    statistics(yours=62000.0, comparison="higher"),
    statistics(yours=33650.0, comparison="same", low=9000.0, minimum=9000.0, maximum=123000.0),
    effect(contrary, "falls", FALLING, direction="against"),
    effect(contrary, "rises", direction="for", **MISSED),
    effect(heating, "falls", (120.5, 30.0, -80.0, -202.4), direction="against", values=(-10.0, -3.5, 0.0, 12.5),
           label="outdoor temperature", unit="°C", step=0.5, yours=-3.5),
    replace(KNOWN, known=tuple(replace(k, value=18000.0) if k.feature == "income" else k for k in KNOWN.known or ())),
    replace(loan("why"), also=(approved("confidence"), importance(), progression("why"))),
)  # fmt: skip
CASES = (contrary, collided, nested, chained, nought, gaps, brink, yearly, heating, topics, alone)
TRAPS: tuple[Facts, ...] = (*(case(kind) for case in CASES for kind in CASE_KINDS), *TURNS, *MANY)
