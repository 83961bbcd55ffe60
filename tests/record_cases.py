"""Cases made by hand for tests of the words: tissue samples, patients and odd ones, small enough to read."""

from __future__ import annotations

from typing import Any

from assistant.facts import (
    CertaintyFact,
    Facts,
    Interval,
    Member,
    OutcomeFact,
    ReferenceGroup,
    ScoreFact,
    Subject,
)
from tests.record_loans import loan, ranked, reason, usual


def biopsy(kind: str, **parts: Any) -> Facts:
    """A malignant sample: benign is favourable, so weights are of benign; ties, a group with opposite members."""
    of = "all samples"
    reasons = ranked(
        reason(
            "worst_size",
            "size of the largest nuclei",
            None,
            -0.21,
            kind="group",
            size="large",
            tied_with=("worst concave points",),
            group=("worst radius", "worst area"),
            members=(
                Member(feature="worst radius", label="worst radius", value=25.38, weight=-0.25),
                Member(feature="worst area", label="worst area", value=2019.0, weight=0.04),
            ),
        ),
        reason(
            "worst concave points",
            "worst concave points",
            0.2654,
            -0.2,
            size="large",
            tied_with=("worst_size",),
            reference=usual(0.1, "higher", of),
        ),
        reason("mean texture", "mean texture", 10.38, 0.04, size="small", reference=usual(18.84, "lower", of)),
        reason(
            "mean symmetry",
            "mean symmetry",
            0.2419,
            -0.03,
            size="small",
            tied_with=("mean smoothness",),
            reference=usual(0.179, "higher", of),
        ),
        reason(
            "mean smoothness",
            "mean smoothness",
            0.1184,
            -0.029,
            size="small",
            tied_with=("mean symmetry",),
            reference=usual(0.0959, "higher", of),
        ),
        reason(
            "radius error",
            "radius error",
            1.095,
            0.0002,
            direction="none",
            size="small",
            error=0.002,
            reference=usual(0.32, "higher", of),
        ),
    )
    defaults: dict[str, Any] = {
        "model_name": "biopsy model",
        "subject": Subject(id="7", noun="sample"),
        "outcome": OutcomeFact(name="malignant", alternatives=("benign",), by="score", favourable=False),
        "score": ScoreFact(
            value=0.031, of="benign", unit="probability", base=0.63, cutoff=0.5, calibrated=True, level="low"
        ),
        "scores": {"malignant": 0.969, "benign": 0.031},
        "reasons": reasons,
        "reasons_total": 18,
        "reasons_rest": -0.17,
        "reference": ReferenceGroup(of=of, n=400),
        "certainty": CertaintyFact(
            unusual=True,
            unusual_in=("worst area", "area error"),
            band="clear",
            margin=-0.469,
            firm=True,
            calibration_error=0.02,
            calibration_n=569,
        ),
        "medical": True,
    }
    return loan(kind, **{**defaults, **parts})


def benign(kind: str, **parts: Any) -> Facts:
    """A benign sample without percentages, as the model is not calibrated."""
    of = "all samples"
    reasons = ranked(
        reason(
            "worst concave points", "worst concave points", 0.07, 0.3, size="large", reference=usual(0.1, "lower", of)
        ),
        reason("mean texture", "mean texture", 12.0, 0.12, reference=usual(18.84, "lower", of)),
        reason("area error", "area error", 21.0, 0.11, reference=usual(24.5, "lower", of)),
        reason("mean symmetry", "mean symmetry", 0.19, -0.01, size="small", reference=usual(0.179, "higher", of)),
    )
    defaults: dict[str, Any] = {
        "subject": Subject(id="20", noun="sample"),
        "outcome": OutcomeFact(name="benign", alternatives=("malignant",), by="score", favourable=True),
        "score": ScoreFact(
            value=0.78, of="benign", unit="probability", base=0.63, cutoff=0.5, calibrated=False, level="high"
        ),
        "scores": {"malignant": 0.22, "benign": 0.78},
        "reasons": reasons,
        "certainty": CertaintyFact(
            unusual=False, band="clear", margin=0.28, firm=True, calibration_error=0.09, calibration_n=569
        ),
    }
    return biopsy(kind, **{**defaults, **parts})


def progression(kind: str, **parts: Any) -> Facts:
    """A regression where low is favourable, about a patient."""
    of = "all patients"
    reasons = ranked(
        reason(
            "bmi",
            "body mass index",
            32.1,
            28.4,
            direction="against",
            size="large",
            unit="kg/m²",
            reference=usual(25.7, "higher", of),
        ),
        reason(
            "s5",
            "triglycerides (logarithm)",
            4.8598,
            14.2,
            direction="against",
            tied_with=("blood_pressure",),
            reference=usual(4.62, "higher", of),
        ),
        reason(
            "blood_pressure",
            "average blood pressure",
            101.0,
            13.9,
            direction="against",
            tied_with=("s5",),
            unit="mm Hg",
            reference=usual(93.0, "higher", of),
        ),
        reason(
            "s3",
            "HDL cholesterol",
            38.0,
            5.5,
            direction="against",
            size="small",
            unit="mg/dl",
            reference=usual(48.0, "lower", of),
        ),
        reason("sex", "sex", "female", -3.1, direction="for", size="small", reference=usual("female", "same", of)),
        reason(
            "age",
            "age",
            59.0,
            -0.2,
            direction="none",
            size="small",
            unit="years",
            error=1.2,
            reference=usual(50.0, "higher", of),
        ),
    )
    defaults: dict[str, Any] = {
        "model_name": "progression model",
        "subject": Subject(id="0", noun="patient"),
        "outcome": None,
        "score": ScoreFact(
            value=206.13,
            of="disease progression score",
            unit="",
            base=150.2,
            interval=Interval(low=112.4, high=299.9, level=0.9, coverage=0.91, n=111),
            margin=206.13,
            margin_base=150.2,
        ),
        "scores": None,
        "reasons": reasons,
        "reasons_total": 8,
        "reasons_rest": -2.87,
        "reference": ReferenceGroup(of=of, n=330),
        "certainty": CertaintyFact(unusual=False, firm=True),
        "medical": True,
    }
    return loan(kind, **{**defaults, **parts})


def price(kind: str, **parts: Any) -> Facts:
    """A regression with a unit, nothing declared favourable, about a thing."""
    reasons = ranked(
        reason(
            "area",
            "floor area",
            80.0,
            41000.0,
            direction="up",
            size="large",
            unit="m²",
            reference=usual(100.0, "lower", "all houses"),
        ),
        reason(
            "rooms", "rooms", 3.0, -9000.0, direction="down", unit="count", reference=usual(4.0, "lower", "all houses")
        ),
    )
    defaults: dict[str, Any] = {
        "subject": Subject(id="h 12", noun="house"),
        "score": ScoreFact(value=312456.7, of="price", unit="EUR", base=280456.7),
        "reasons": reasons,
        "reasons_total": 2,
        "reasons_rest": 0.0,
        "certainty": CertaintyFact(unusual=True),
        "medical": None,
    }
    return progression(kind, **{**defaults, **parts})


def flower(kind: str, **parts: Any) -> Facts:
    """Three outcomes, none favourable; the nearest other is told."""
    of = "all flowers"
    reasons = ranked(
        reason(
            "petal length",
            "petal length",
            4.9,
            0.31,
            direction="up",
            size="large",
            unit="cm",
            reference=usual(4.3, "higher", of),
        ),
        reason(
            "petal width", "petal width", 1.8, -0.12, direction="down", unit="cm", reference=usual(1.3, "higher", of)
        ),
        reason("sepal length", "sepal length", 6.1, 0.02, direction="up", size="small", unit="cm"),
    )
    defaults: dict[str, Any] = {
        "model_name": "iris",
        "method": "sampled_shap",
        "subject": Subject(id="70", noun="flower"),
        "outcome": OutcomeFact(name="versicolor", alternatives=("setosa", "not sure"), by="highest score"),
        "score": ScoreFact(value=0.54, of="versicolor", unit="probability", base=0.33, calibrated=True, level="medium"),
        "scores": {"versicolor": 0.54, "setosa": 0.45, "not sure": 0.01},
        "reasons": reasons,
        "reasons_total": 4,
        "reasons_rest": 0.0,
        "certainty": CertaintyFact(unusual=False, band="close", margin=0.09, runner_up="setosa", firm=True),
        "medical": None,
    }
    return loan(kind, **{**defaults, **parts})


def neutral(kind: str, **parts: Any) -> Facts:
    """Two outcomes, nobody has declared a favourable one, a linear model, uncalibrated."""
    reasons = ranked(
        reason("x", "x", 1.0, 0.4, direction="up", size="large"), reason("y", "y", -2.0, -0.1, direction="down")
    )
    defaults: dict[str, Any] = {
        "method": "linear",
        "subject": Subject(id="0", noun="case"),
        "outcome": OutcomeFact(name="stays", alternatives=("leaves",), by="score"),
        "score": ScoreFact(
            value=0.71, of="stays", unit="probability", base=0.4, cutoff=0.5, calibrated=False, level="high"
        ),
        "scores": {"stays": 0.71, "leaves": 0.29},
        "reasons": reasons,
        "reasons_total": 2,
        "reasons_rest": 0.0,
        "certainty": CertaintyFact(unusual=False, band="moderate", margin=0.21, firm=True),
    }
    return loan(kind, **{**defaults, **parts})
