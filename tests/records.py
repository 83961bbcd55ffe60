"""Facts made by hand for tests of the words: every kind that computes something, on the cases of `record_cases`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant.facts import ChangeFact, Facts, ImportanceFact, KnownFact, PopulationFact, Subject, WhatIfFact
from tests.record_cases import benign, biopsy, flower, neutral, price, progression
from tests.record_effects import OF_OTHERS
from tests.record_groups import OF_GROUPS
from tests.record_loans import approved, facts, loan, ruled, undecided
from tests.record_rows import OF_ROWS

CASE_KINDS = ("predict", "confidence", "why", "why_not", "for_and_against", "method")


def what_if(base: Any, *changes: ChangeFact, **parts: Any) -> Facts:
    made: Facts = base("what_if", reasons=None, reasons_total=None, reasons_rest=None, residual=None)
    defaults: dict[str, Any] = {"in_range": True, "direction": "for", "changes": changes}
    return replace(made, what_if=WhatIfFact(**{**defaults, **parts}))


def change(feature: str, label: str, old: Any, new: Any, by: Any = "asked", **more: Any) -> ChangeFact:
    return ChangeFact(feature=feature, label=label, from_=old, to=new, by=by, **more)


WHAT_IFS: tuple[Facts, ...] = (
    what_if(
        loan,
        change("existing_debt", "existing debt", 18000.0, 12000.0, unit="EUR", step=100.0),
        change("debt_to_income", "debt-to-income ratio", 43.9, 31.0, "link", unit="%"),
        before=0.4137,
        after=0.553,
        outcome_before="declined",
        outcome_after="approved",
        verb_after="was approved",
        level_before="medium",
        level_after="medium",
        sparse=("existing debt",),
    ),
    what_if(
        loan,
        change("housing", "housing situation", "rent", "own"),
        change("missed_payments_24m", "missed payments in the last 24 months", None, 0.0, unit="count"),
        before=0.4137,
        after=0.444,
        outcome_before="declined",
        outcome_after="declined",
        level_before="medium",
        level_after="medium",
    ),
    what_if(
        loan,
        change("sex", "sex", "female", "male"),
        before=0.4137,
        after=0.4137,
        direction="none",
        outcome_before="declined",
        outcome_after="declined",
        level_before="medium",
        level_after="medium",
        unused=("sex",),
    ),
    what_if(
        loan,
        change("income", "income", 41000.0, 20000.0, unit="EUR/year"),
        change("debt_to_income", "debt-to-income ratio", 43.9, None, "link", unit="%"),
        before=0.52,
        after=0.31,
        direction="against",
        outcome_before="approved",
        outcome_after="declined",
        rule_after="We do not lend where existing debt is more than 60 % of yearly income.",
        level_before="medium",
        level_after="low",
    ),
    what_if(
        loan,
        before=0.4137,
        after=0.4137,
        direction="none",
        outcome_before="declined",
        outcome_after="declined",
        level_before="medium",
        level_after="medium",
    ),
    what_if(
        biopsy,
        change("mean radius", "mean radius", 17.99, 12.0),
        before=0.031,
        after=0.044,
        outcome_before="malignant",
        outcome_after="malignant",
        level_before="low",
        level_after="low",
        sparse=("mean radius", "mean area"),
    ),
    what_if(
        benign,
        change("mean radius", "mean radius", 12.0, None),
        before=0.78,
        after=0.4,
        direction="against",
        outcome_before="benign",
        outcome_after="malignant",
        level_before="high",
        level_after="medium",
    ),
    what_if(progression, change("bmi", "body mass index", 32.1, 28.0, unit="kg/m²"), before=206.13, after=181.9),
    what_if(price, change("rooms", "rooms", 3.0, 3.0001), before=312456.7, after=312456.9, direction="up"),
)


def importance(**parts: Any) -> Facts:
    made = (
        ImportanceFact(
            feature="debt", label="debt", weight=0.112, rank=1, error=0.004, tied_with=("income",), share=0.31
        ),
        ImportanceFact(
            feature="income", label="income", weight=0.109, rank=2, error=0.004, tied_with=("debt",), share=0.3
        ),
        ImportanceFact(
            feature="missed",
            label="missed payments in the last 24 months",
            weight=0.05,
            rank=3,
            error=0.002,
            share=0.14,
        ),
        ImportanceFact(feature="housing", label="housing situation", weight=0.02, rank=4, share=0.055),
    )
    population = PopulationFact(**{"filter": "all applications", "n": 500, "importance": made, **parts})
    return facts("importance", population=population)


KNOWN = facts(
    "known",
    subject=Subject(id="A-1003", noun="application"),
    known=(
        KnownFact(
            feature="income",
            label="income",
            kind="number",
            value=41000.0,
            used=True,
            unit="EUR/year",
            source="pay slips",
        ),
        KnownFact(
            feature="existing_debt",
            label="existing debt",
            kind="number",
            value=18000.0,
            used=True,
            unit="EUR",
            source="credit bureau",
        ),
        KnownFact(
            feature="card_utilisation",
            label="credit card utilisation",
            kind="number",
            value=83.0,
            used=True,
            unit="%",
            source="credit bureau",
        ),
        KnownFact(feature="housing", label="housing situation", kind="category", value="rent", used=True),
        KnownFact(feature="guarantor", label="guarantor", kind="flag", value="no", used=True),
        KnownFact(
            feature="history", label="length of credit history", kind="number", value=None, used=True, unit="years"
        ),
        KnownFact(feature="sex", label="sex", kind="category", value="female", used=False),
    ),
)
KNOWN_SAMPLE = facts(
    "known",
    subject=Subject(id="7", noun="sample"),
    medical=True,
    known=tuple(
        KnownFact(feature=f"{a} {b}", label=f"{a} {b}", kind="number", value=v, used=True)
        for a in ("mean", "worst")
        for b, v in (
            ("radius", 17.99),
            ("texture", 10.38),
            ("perimeter", 122.8),
            ("area", 1001.0),
            ("smoothness", 0.1184),
            ("compactness", 0.2776),
            ("symmetry", 0.2419),
        )
    ),
)
ONE_KNOWN = replace(KNOWN, known=KNOWN.known[:1] if KNOWN.known else None)

CASES = (loan, approved, ruled, biopsy, benign, progression, price, flower, neutral, undecided)
RECORDS: tuple[Facts, ...] = (
    *(case(kind) for case in CASES for kind in CASE_KINDS),
    *WHAT_IFS,
    importance(),
    importance(asked="income", filter=""),
    replace(
        importance(),
        population=PopulationFact(filter="all patients", n=330, importance=importance().population.importance[2:]),
    ),  # type: ignore[union-attr,index]  # made just above
    KNOWN,
    KNOWN_SAMPLE,
    ONE_KNOWN,
    *OF_ROWS,
    *OF_OTHERS,
    *OF_GROUPS,
)
