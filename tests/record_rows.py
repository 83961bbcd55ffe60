"""Questions about rows made by hand for tests of the words: loans, tissue samples and a quantity."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant.facts import (
    CountFact,
    DataFact,
    Facts,
    KnownFact,
    PopulationFact,
    StatisticsFact,
    Subject,
    TableFact,
    TruthFact,
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

OF_ROWS: tuple[Facts, ...] = (
    *(replace(rows(kind), population=population)
      for kind in ("count", "show", "labels", "performance", "statistics", "data_summary", "predict", "confidence")
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
