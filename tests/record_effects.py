"""Facts made by hand for tests of the words: effects, other cases beside one, terms, and what the model is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant.facts import (
    CompareFact,
    CountFact,
    DefinitionFact,
    Difference,
    EffectFact,
    EffectPoint,
    Facts,
    KnownFact,
    ModelInfoFact,
    SimilarFact,
    Subject,
    TableFact,
    TypicalFact,
)
from explainers.overview.effect import Shape
from prompts.glossary import glossary
from tests.record_cases import benign, biopsy, flower, neutral, price, progression
from tests.record_loans import approved, facts, loan

BARE: dict[str, Any] = {"reasons": None, "reasons_total": None, "reasons_rest": None, "residual": None}
SCORES = (0.31, 0.42, 0.553, 0.71)


def points(values: tuple[Any, ...], scores: tuple[float, ...]) -> tuple[EffectPoint, ...]:
    return tuple(
        EffectPoint(at=at, score=s, low=s * 0.8, high=s * 1.1, yours=s * 0.9)
        for at, s in zip(values, scores, strict=True)
    )


def effect(base: Any, shape: Shape, scores: tuple[float, ...] = SCORES, **parts: Any) -> Facts:
    """The effect of income on a case; `parts` change the fact."""
    made: Facts = base("effect", **BARE)
    values = parts.pop("values", (12000.0, 20000.0, 36000.0, 74000.0))
    defaults: dict[str, Any] = {
        "feature": "income",
        "label": "income",
        "kind": "number",
        "points": points(values, scores),
        "shape": shape,
        "n": 200,
        "of": made.score.of if made.score else "",
        "unit": "EUR/year",
        "step": 100.0,
        "agree": 0.93,
        "yours": 41000.0,
        "least": scores.index(min(scores)) if scores else None,
        "most": scores.index(max(scores)) if scores else None,
        "sparse": False,
    }
    return replace(made, effect=EffectFact(**{**defaults, **parts}))


FALLING, PEAKED = SCORES[::-1], (0.2, 0.7, 0.6, 0.3)
HOUSING: dict[str, Any] = {
    "feature": "housing", "label": "housing situation", "kind": "category", "unit": None, "step": None,
    "values": ("own", "rent", "mortgage", "family"), "yours": "rent",
}  # fmt: skip
MISSED: dict[str, Any] = {
    "feature": "missed", "label": "missed payments in the last 24 months", "unit": "count", "step": 1.0,
    "values": (0.0, 1.0, 2.0, 5.0), "yours": 1.0,
}  # fmt: skip
GUARANTOR: dict[str, Any] = {
    "feature": "guarantor", "label": "guarantor", "kind": "flag", "unit": None, "step": None, "values": ("no", "yes"),
    "yours": "yes",
}  # fmt: skip
SIZES: dict[str, Any] = {
    "feature": "mean radius", "label": "mean radius", "unit": None, "step": None, "values": (9.1, 11.25, 15.0, 23.2),
    "yours": 17.99,
}  # fmt: skip
EFFECTS: tuple[Facts, ...] = (
    effect(loan, "rises", direction="for", steep=(12000.0, 36000.0), yours_at="above", moves=("debt-to-income ratio",)),
    effect(loan, "falls", FALLING, direction="against", **MISSED, sparse=True, agree=1.0),
    effect(loan, "mixed", PEAKED, **HOUSING),
    effect(loan, "rises", SCORES[:2], direction="for", **GUARANTOR),
    effect(loan, "flat", (0.5, 0.501, 0.502, 0.5), companions=("existing debt", "years in current employment")),
    effect(loan, "flat", (), values=(), n=0, used=False, label="age", yours=None, agree=None),
    effect(approved, "peak", PEAKED, turn=20000.0, slight=True),
    effect(approved, "dip", FALLING[:2] + SCORES[:2], turn=36000.0, yours=None),
    effect(biopsy, "falls", FALLING, direction="against", steep=(11.25, 15.0), yours_at="inside", **SIZES),
    effect(benign, "rises", direction="for", steep=(11.25, 15.0), yours_at="below", **SIZES),
    effect(neutral, "mixed", PEAKED, agree=0.55),
    effect(flower, "falls", FALLING, direction="down"),
    effect(progression, "rises", (123.4, 140.1, 180.5, 207.0), direction="against", **SIZES),
    effect(progression, "mixed", (150.0, 123.4, 207.0, 180.5), agree=None, companions=("body mass index",), **SIZES),
    effect(price, "falls", (312000.0, 290000.0, 288000.0, 270000.0), direction="down", **SIZES),
    effect(price, "peak", (270000.0, 290000.0, 312000.0, 280000.0), turn=15.0, **SIZES),
    effect(price, "dip", (312000.0, 270000.0, 290000.0, 300000.0), turn=11.25, **SIZES),
    effect(price, "mixed", (270000.0, 290000.0, 312000.0, 280000.0), **HOUSING),
    effect(price, "flat", (270000.0, 270000.1, 270000.0, 270000.0), **SIZES),
    effect(price, "falls", (312000.0, 270000.0), direction="down", **GUARANTOR),
)
DIFFERENCES = (
    Difference(
        feature="income", label="income", kind="number", theirs=52000.0, yours=41000.0, comparison="lower",
        unit="EUR/year", step=100.0, weight_yours=-0.11, weight_theirs=0.01,
    ),
    Difference(
        feature="missed", label="missed payments in the last 24 months", kind="number", theirs=0.0, yours=2.0,
        comparison="higher", unit="count", step=1.0, weight_yours=-0.09, weight_theirs=0.01,
    ),
    Difference(
        feature="housing", label="housing situation", kind="category", theirs="own", yours="rent",
        comparison="different", weight_yours=0.004, weight_theirs=0.01,
    ),
    Difference(
        feature="s5", label="triglycerides (logarithm)", kind="number", theirs=4.19, yours=4.81, comparison="higher",
        weight_yours=0.02, weight_theirs=0.01,
    ),
    Difference(feature="guarantor", label="guarantor", kind="flag", theirs="yes", yours="no", comparison="different"),
)  # fmt: skip


def counts(*pairs: tuple[str, int]) -> tuple[CountFact, ...]:
    return tuple(CountFact(name=name, n=n, share=n / 25) for name, n in pairs)


def similar(base: Any, **parts: Any) -> Facts:
    made: Facts = base("similar", **BARE)
    return replace(made, **{key: parts.pop(key) for key in ("top_k", "tables") if key in parts},
                   similar=SimilarFact(**parts))  # fmt: skip


NEAREST = TableFact(
    name="similar", columns=("@id", "@prediction", "@label"), 
    rows=(("12", "declined", "approved"), ("7", "approved", "approved")),
)  # fmt: skip
GROUPS: tuple[Facts, ...] = (
    similar(loan, n=25, counts=counts(("declined", 17), ("approved", 8)), share_favourable=0.32,
            true_counts=counts(("declined", 16), ("approved", 9)), differences=DIFFERENCES),
    similar(approved, n=25, counts=counts(("approved", 25)), true_counts=counts(("approved", 25)), top_k=4,
            tables=(NEAREST,)),
    similar(progression, n=25, mean=111.2, true_mean=115.3, differences=DIFFERENCES[3:]),
    similar(biopsy, too_few=True),
    *(
        replace(base("typical", **BARE), typical=fact)
        for base, fact in (
            (loan, TypicalFact(outcome="approved", n=2703, share=0.676, differences=DIFFERENCES)),
            (biopsy, TypicalFact(outcome="benign", n=350, share=0.62)),
            (progression, TypicalFact(outcome="disease progression score", n=111, share=0.251, end="low", limit=100.0,
                                      differences=DIFFERENCES[3:])),
            (price, TypicalFact(outcome="price", n=80, share=0.25, end="high", limit=400000.0)),
            (approved, TypicalFact(outcome="declined", too_few=True)),
        )
    ),
    *(
        replace(base("compare", **BARE), compare=fact)
        for base, fact in (
            (loan, CompareFact(other="12", outcome="approved", score=0.73, differences=DIFFERENCES[:4], rest=-0.0123,
                               same_outcome=False)),
            (benign, CompareFact(other="3", outcome="benign", score=0.9, same_outcome=True, rest=0.0)),
            (progression, CompareFact(other="12", outcome=None, score=110.5, differences=DIFFERENCES[3:4], rest=1.5)),
        )
    ),
    replace(loan("compare", **BARE), outcome=None, score=None, scores=None, certainty=None),
)  # fmt: skip


def define(op: str = "define", **parts: Any) -> Facts:
    more = {key: parts.pop(key) for key in ("subject", "known", "medical") if key in parts}
    return facts(op, definition=DefinitionFact(**parts), **more)


INCOME = KnownFact(feature="income", label="income", kind="number", value=41000.0, used=True, unit="EUR/year")
YOURS: dict[str, Any] = {"subject": Subject(id="A-1003", noun="application"), "known": (INCOME,)}
TERMS: tuple[Facts, ...] = (
    define(term="income", about="feature", label="income", kind="number", unit="EUR/year", low=0.0, high=500000.0,
           step=100.0, text="Yearly income before tax.", source="pay slips", **YOURS),
    define(term="sex", about="feature", label="sex", kind="category", values=("female", "male"),
           subject=Subject(id="7", noun="patient"),
           known=(replace(INCOME, label="sex", kind="category", value="female", unit=None, used=False),)),
    define(term="x", about="feature", label="length of credit history", kind="number",
           subject=YOURS["subject"], known=(replace(INCOME, value=None),)),
    define(term="declined", about="outcome", label="declined", others=("approved",), favourable=False, cutoff=0.5,
           calibrated=True),
    define(term="setosa", about="outcome", label="setosa", others=("versicolor", "not sure")),
    define(term="malignant", about="outcome", label="malignant", others=("benign",), favourable=False, medical=True),
    define(term="y", about="outcome", label="disease progression score", kind="number", low=25.0, high=346.0,
           favourable=False, medical=True),
    define(term="price", about="outcome", label="price", kind="number", unit="EUR", favourable=True),
    define(term="collateral", about="unknown"),
    define("domain", term="", about="unknown"),
    *(define("domain", term=name, about="word") for name in sorted(set(glossary("en").values()))),
)  # fmt: skip


def model_info(**parts: Any) -> Facts:
    defaults: dict[str, Any] = {
        "task": "two outcomes", "features": 12, "learned": 3000, "reference": 500, "outcomes": ("approved", "declined"),
        "family": "boosting", "cutoff": 0.5, "cutoff_of": "approved", "calibrated": True,
        "parameters": {"learning_rate": "0.1", "max_iter": "200", "loss": "log_loss"},
    }  # fmt: skip
    return facts("model_info", model_info=ModelInfoFact(**{**defaults, **parts}))


FAMILIES = ("boosting", "forest", "tree", "linear", "network", "other")
MODELS: tuple[Facts, ...] = (
    *(model_info(family=family) for family in FAMILIES),
    model_info(asked="task", calibrated=False, features=1),
    *(model_info(asked=asked) for asked in ("learning_rate", "loss", "optimizer", "epochs")),
    *(model_info(asked=asked, answer="0.1") for asked in ("learning_rate", "loss", "optimizer", "epochs")),
    model_info(task="number", outcomes=("price",), cutoff=None, cutoff_of=None, calibrated=None, parameters=None),
    model_info(task="several outcomes", outcomes=("a", "b", "c"), cutoff=None, cutoff_of=None),
)
OF_OTHERS: tuple[Facts, ...] = (*EFFECTS, *GROUPS, *TERMS, *MODELS)
