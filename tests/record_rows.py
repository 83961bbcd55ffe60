"""Questions about rows made by hand for tests of the words: loans, tissue samples and a quantity."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant.facts import (
    CommonFact,
    ConditionFact,
    CountFact,
    DataFact,
    Facts,
    InteractionsFact,
    KnownFact,
    MissFact,
    MistakesFact,
    PairFact,
    PopulationFact,
    RuleOfMistakesFact,
    StatisticsFact,
    Subject,
    TableFact,
    TruthFact,
    WayFact,
)
from tests.record_cases import biopsy, price, progression
from tests.record_loans import facts, loan

APPLICATION = Subject(id="A-1003", noun="application")
PATIENT = Subject(id="12", noun="patient")
OVER_30 = "age is above 30 years"
TOO_FEW = PopulationFact(filter=OVER_30, too_few=True)
NOBODY = PopulationFact(filter=OVER_30, n=0, total=4000, share=0.0)
COUNTS = (CountFact(name="approved", n=288, share=0.699), CountFact(name="declined", n=124, share=0.301))
RATED = {
    "precision": 0.783,
    "recall": 0.882,
    "sensitivity": 0.882,
    "specificity": 0.631,
    "f1": 0.8296,
    "roc_auc": 0.839,
}
SPREAD = {"precision": 0.016, "recall": 0.013, "sensitivity": 0.013, "specificity": 0.024, "roc_auc": 0.012}


def rows(kind: str, *, some: bool = True, **parts: Any) -> Facts:
    """About 412 of 4,000 rows, or about all of them."""
    filtered = {"filter": OVER_30, "n": 412, "total": 4000, "share": 0.103}
    whole = {"filter": "", "n": 4000, "total": 4000, "share": 1.0}
    medical = parts.pop("medical", None)
    subject, truth = parts.pop("subject", None), parts.pop("truth", None)
    population = PopulationFact(**{**(filtered if some else whole), **parts})
    return replace(facts(kind, population=population, subject=subject, truth=truth), limits=(), medical=medical)


def judged(**parts: Any) -> Facts:
    metrics = {"accuracy": 0.782, **RATED}
    errors = {"accuracy": 0.0131, **SPREAD}
    given = {"metrics": metrics, "errors": errors, "baseline": 0.602, "of": "approved", "unseen": 1000}
    return rows("performance", **{**given, **parts})


def measured(**parts: Any) -> Facts:
    metrics = {"mae": 48.3, "rmse": 60.02, "r2": 0.392}
    given = {"metrics": metrics, "errors": {"mae": 1.7}, "baseline": 65.0, "of": "price", "unit": "EUR", "unseen": 442}
    return rows("performance", **{**given, **parts})


def usual(some: bool = True, **parts: Any) -> Facts:
    given = {
        "feature": "income", "label": "income", "kind": "number", "n": 410, "missing": 2, "unit": "EUR/year",
        "step": 100.0, "mean": 36232.4, "median": 33650.0, "spread": 14467.1, "low": 17900.0, "high": 64200.0,
        "yours": 31400.0, "comparison": "lower",
    }  # fmt: skip
    return replace(rows("statistics", some=some), subject=APPLICATION, statistics=StatisticsFact(**{**given, **parts}))


def chosen(kind: str, values: dict[str, int], **parts: Any) -> Facts:
    """Of a category or a flag."""
    n = sum(values.values())
    none = dict.fromkeys(("mean", "median", "spread", "low", "high", "unit", "step"))
    counts = tuple(CountFact(name=name, n=many, share=many / n) for name, many in values.items())
    return usual(**{"label": "housing situation", "kind": kind, "n": n, "counts": counts, **none, **parts})


def data(some: bool = False, **parts: Any) -> Facts:
    given = {
        "name": "personal loan applications", "rows": 412 if some else 4000, "features": 3, "learned": 3000,
        "unseen": 1000, "gaps": 0.021, "targets": ("approved", "declined"), "synthetic": True, "source": "made up here",
        "sources": ("pay slips", "credit bureau"), "labels": ("income", "existing debt", "housing situation"),
    }  # fmt: skip
    return replace(rows("data_summary", some=some), data=DataFact(**{**given, **parts}))


TABLE = TableFact(
    name=OVER_30,
    columns=("@id", "income", "housing situation", "@prediction", "@label"),
    units=("", "EUR/year", "", "", ""),
    rows=(("4", 24800.0, "rent", "declined", "declined"), ("9", None, "own", "approved", "declined")),
)
KNOWN = (
    KnownFact(feature="income", label="income", kind="number", value=31400.0, used=True, unit="EUR/year"),
    KnownFact(feature="housing", label="housing situation", kind="category", value=None, used=True),
)
AGREED = TruthFact(value="declined", answer="declined", learned=True, agrees=True)
WRONG = TruthFact(value="approved", answer="declined", learned=False, agrees=False)
OFF = TruthFact(value=97.0, answer=148.3, learned=False, of="disease progression score", unit="", off=51.3)
WAYS = (
    WayFact(said="approved", truth="declined", n=147, share=0.674),
    WayFact(said="declined", truth="approved", n=71, share=0.326),
)
MISS = MissFact(of="price", unit="EUR", median=41.3, far=95.2, high=0.541, low=0.455, leaning="high")
RATIO = ConditionFact(feature="dti", label="debt-to-income ratio", kind="number", op="above", value=11.0, unit="%")
RENTS = ConditionFact(feature="housing", label="housing situation", kind="category", op="is", value="rent")
PAID = ConditionFact(
    feature="missed", label="missed payments in the last 24 months", kind="number", op="at_most", value=2.0,
    unit="count", step=1.0,
)  # fmt: skip
SECURED = ConditionFact(feature="guarantor", label="guarantor", kind="flag", op="is", value="no")
RULES = (
    RuleOfMistakesFact(conditions=(RATIO, replace(RATIO, op="at_most", value=49.0)), n=271, rate=0.284),
    RuleOfMistakesFact(conditions=(RENTS, PAID), n=24, rate=0.5),
    RuleOfMistakesFact(conditions=(SECURED, replace(RENTS, op="is_not")), n=60, rate=0.3),
)
COMMON = CommonFact(found_on=500, checked_on=500, overall=0.2317, enough=True, rules=RULES)


def wrong(asked: Any = "count", *, some: bool = True, tables: Any = None, unseen: int = 1000, **parts: Any) -> Facts:
    found = MistakesFact(asked=asked, **{"wrong": 218, "share": 0.218, "ways": WAYS, "one_way": True, **parts})
    return replace(rows("mistakes", some=some, unseen=unseen), mistakes=found, tables=tables)


def off(asked: Any = "count", *, some: bool = True, tables: Any = None, **parts: Any) -> Facts:
    found = MistakesFact(asked=asked, **{"miss": MISS, **parts})
    return replace(rows("mistakes", some=some, unseen=442, out_of_fold=332), mistakes=found, tables=tables)


WRONG_ROWS = TableFact(
    name=OVER_30, columns=("@id", "@prediction", "@score", "@label"), units=("", "", "", ""),
    rows=(("4", "approved", 0.953, "declined"), ("9", "declined", 0.71, "approved")),
)  # fmt: skip
FAR_ROWS = TableFact(
    name="", columns=("@id", "@prediction", "@label"), units=("", "EUR", "EUR"), rows=(("102", 110.4, 302.0),)
)
MISTAKES: tuple[Facts, ...] = (
    *(wrong(some=some, share=share) for some in (True, False) for share in (0.218, 0.11, 0.02)),
    *(wrong(some=some, wrong=0, share=0.0, ways=(), one_way=None) for some in (True, False)),
    *(wrong(some=some, wrong=None, share=0.08, ways=(), one_way=None, unseen=60) for some in (True, False)),
    wrong(one_way=False),
    wrong(ways=WAYS[:1]),
    wrong("sample"),
    wrong("sample", tables=(WRONG_ROWS,)),
    wrong("sample", wrong=0, share=0.0, ways=(), one_way=None, tables=(replace(WRONG_ROWS, rows=()),)),
    *(off(some=some, miss=replace(MISS, leaning=side)) for some in (True, False) for side in ("high", "low", None)),
    off("sample"),
    off("sample", tables=(FAR_ROWS,)),
    off("sample", tables=(replace(FAR_ROWS, rows=()),)),
    *(
        made("typical", some=some, common=common and replace(common, limit=60.25 if made is off else None))
        for made in (wrong, off)
        for some in (True, False)
        for common in (COMMON, replace(COMMON, rules=()), replace(COMMON, rules=(), enough=False), None)
    ),
    *(rows("mistakes", some=some, unseen=0) for some in (True, False)),
)
PAIRS = (
    PairFact(features=("debt", "income"), labels=("debt", "income"), strength=0.412, size="clear"),
    PairFact(features=("debt", "history"), labels=("debt", "length of credit history"), strength=0.167, size="slight"),
    PairFact(features=("income", "missed"), labels=("income", "missed payments in the last 24 months"), strength=0.13,
             size="slight"),
    PairFact(features=("income", "history"), labels=("income", "length of credit history"), strength=0.02,
             size="hardly"),
)  # fmt: skip


def together(*pairs: PairFact, some: bool = True, **parts: Any) -> Facts:
    given = {"features": 5, "rows": 40, "floor": 0.1, "pairs": pairs} if pairs else {"features": 5}
    return replace(rows("interactions", some=some), interactions=InteractionsFact(**{**given, **parts}))


INTERACTIONS: tuple[Facts, ...] = tuple(
    made
    for some in (True, False)
    for made in (
        together(*PAIRS, some=some),
        together(*PAIRS[1:], some=some),
        together(*PAIRS[1:2], some=some),
        together(*PAIRS[3:], some=some),
        together(some=some, additive=True),
        together(some=some, too_few=True),
    )
)

OF_ROWS: tuple[Facts, ...] = (
    *(replace(rows(kind), population=population)
      for kind in ("count", "show", "labels", "performance", "statistics", "data_summary", "predict", "confidence",
                   "mistakes", "interactions")
      for population in (TOO_FEW, NOBODY, replace(TOO_FEW, filter=""))),
    rows("count"),
    rows("count", some=False),
    rows("predict", counted="predictions", counts=COUNTS, mean=0.583, of="approved", calibrated=True),
    rows("confidence", counted="predictions", counts=COUNTS, mean=0.583, of="approved", calibrated=False),
    rows("confidence", counted="predictions", counts=COUNTS, asked="declined", mean=0.4, of="declined",
         calibrated=True),
    rows("confidence", counted="predictions", counts=(COUNTS[0], CountFact(name="declined", n=0, share=0.0)),
         asked="declined", mean=0.01, of="declined", calibrated=True),
    rows("predict", counted="predictions", counts=COUNTS[:1], mean=0.9, of="benign", calibrated=True, medical=True),
    rows("predict", counted="predictions", mean=152.4, median=140.5, of="disease progression score", unit=""),
    rows("labels", counted="labels", counts=COUNTS),
    rows("labels", some=False, counted="labels", counts=COUNTS, subject=APPLICATION, truth=AGREED),
    rows("labels", some=False, counted="labels", counts=COUNTS, subject=APPLICATION),
    rows("labels", counted="labels", mean=152.4, median=140.5, of="disease progression score", unit=""),
    replace(rows("labels", some=False, counted="labels", mean=152.4, median=140.5, of="price", unit="EUR"),
            subject=PATIENT, truth=OFF),
    replace(rows("labels", subject=APPLICATION, truth=WRONG), population=None),
    replace(rows("labels", subject=PATIENT, truth=OFF, medical=True), population=None),
    judged(),
    judged(some=False, learned_asked=True, out_of_fold=700),
    judged(metric="precision"),
    judged(metric="f1", some=False),
    judged(metric="mae", some=False),
    judged(baseline=1.0, metrics={"accuracy": 1.0}, errors={"accuracy": 0.0}),
    judged(some=False, metrics={"accuracy": 0.97, **RATED}, of=None, errors={"accuracy": 0.01}, baseline=0.975),
    *(judged(metric=name, of=of) for name in RATED for of in ("malignant", None)),
    measured(),
    measured(some=False, metric="r2"),
    measured(metric="rmse", metrics={"mae": 70.0, "rmse": 90.0, "r2": -0.12}),
    measured(metric="r2", metrics={"mae": 70.0, "rmse": 90.0, "r2": -0.12}),
    rows("performance", unseen=0),
    rows("performance", unseen=0, some=False),
    *MISTAKES,
    *INTERACTIONS,
    usual(),
    usual(some=False, missing=1, comparison="higher"),
    usual(minimum=9000.0, maximum=123000.0, comparison="same"),
    usual(yours=None, comparison=None, missing=0, low=0.0, high=0.0, median=0.0),
    chosen("category", {"rent": 200, "own": 150, "family": 60}, yours="own", comparison="different"),
    chosen("category", {"rent": 200, "own": 150}, some=False, yours="rent", comparison="same"),
    chosen("category", {"rent": 200}, yours="family", comparison="different"),
    chosen("flag", {"no": 300, "yes": 110}, label="guarantor", yours="yes", comparison="different"),
    replace(chosen("category", {"rent": 1}, yours="family", comparison="different"), subject=PATIENT),
    chosen("category", {}, n=40, yours=None, comparison=None, missing=0),
    data(),
    data(some=True),
    data(synthetic=False, gaps=0.0, targets=("price",), unseen=0, sources=(), source=None),
    data(synthetic=None, learned=0),
    *(data(field=field) for field in ("name", "source", "language", "size")),
    data(field="source", source=None, sources=()),
    replace(rows("show"), tables=(TABLE,)),
    rows("show"),
    replace(rows("show", some=False), tables=(replace(TABLE, name=""),)),
    *(replace(case("show"), reasons=None, reasons_total=None, reasons_rest=None, residual=None,
              known=KNOWN, truth=truth)
      for case, truth in ((loan, WRONG), (biopsy, AGREED), (progression, OFF), (price, None))),
)  # fmt: skip
"""Every kind of question about rows: for some and for all of them, for few, for none, for one."""
