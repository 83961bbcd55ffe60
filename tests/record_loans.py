"""Loans made by hand for tests of the words, and what makes a case: small enough to check by reading."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant.facts import (
    CertaintyFact,
    Facts,
    Member,
    ModelFact,
    OutcomeFact,
    Reason,
    ReferenceFact,
    ReferenceGroup,
    RuleFact,
    ScoreFact,
    Subject,
)

LIMITS = ("describes the model, not cause and effect",)


def reason(feature: str, label: str, value: Any, weight: float, **more: Any) -> Reason:
    """A reason with the usual rest: ranked later, its direction from the sign (for the favourable score.of)."""
    defaults: dict[str, Any] = {
        "kind": "category" if isinstance(value, str) else "number",
        "direction": "for" if weight > 0 else "against",
        "size": "medium",
        "rank": 0,
        "error": abs(weight) / 8,
    }
    return Reason(feature=feature, label=label, value=value, weight=weight, **{**defaults, **more})


def usual(value: float | str, comparison: Any, of: str = "all applications") -> ReferenceFact:
    return ReferenceFact(of=of, value=value, comparison=comparison)


def ranked(*reasons: Reason) -> tuple[Reason, ...]:
    return tuple(replace(r, rank=i) for i, r in enumerate(reasons, 1))


def facts(kind: str, **parts: Any) -> Facts:
    model = ModelFact(
        name=parts.pop("model_name", "loan score"),
        version="sha256:3f6c1a9b2d4e5f60718293a4b5c6d7e8",
        kind="model",
        method=parts.pop("method", "tree_shap"),
        reference="sha256:9a0b1c2d3e4f5061728394a5b6c7d8e9",
        seed=7,
        parameters={},
    )
    return Facts(kind=kind, language="en", model=model, limits=LIMITS, **parts)


LOAN_REASONS = ranked(
    reason(
        "debt",
        "debt",
        None,
        -0.14,
        kind="group",
        size="large",
        group=("existing_debt", "card_utilisation"),
        members=(
            Member(
                feature="existing_debt",
                label="existing debt",
                value=18000.0,
                weight=-0.11,
                unit="EUR",
                step=100.0,
                reference=ReferenceFact(of="all applications", value=9000.0, comparison="higher"),
            ),
            Member(feature="card_utilisation", label="credit card utilisation", value=83.0, weight=-0.03, unit="%"),
        ),
    ),
    reason(
        "missed_payments_24m",
        "missed payments in the last 24 months",
        3.0,
        -0.09,
        unit="count",
        step=1.0,
        reference=usual(0.0, "higher"),
    ),
    reason("income", "income", 41000.0, 0.05, unit="EUR/year", step=100.0, reference=usual(36000.0, "higher")),
    reason(
        "housing",
        "housing situation",
        "rent",
        -0.02,
        size="small",
        reference=usual("own", "different"),
    ),
    reason(
        "amount", "loan amount", 5000.0, 0.015, size="small", unit="EUR", step=100.0, reference=usual(9000.0, "lower")
    ),
    reason(
        "age",
        "age",
        54.0,
        0.001,
        direction="none",
        size="small",
        unit="years",
        error=0.004,
        reference=usual(41.0, "higher"),
    ),
)


def loan(kind: str, **parts: Any) -> Facts:
    """A declined application, calibrated, close to the cut-off, with a group whose members agree."""
    defaults: dict[str, Any] = {
        "subject": Subject(id="A-1003", noun="application"),
        "outcome": OutcomeFact(
            name="declined", alternatives=("approved",), by="score", favourable=False, verb="was declined"
        ),
        "score": ScoreFact(
            value=0.4137,
            of="approved",
            unit="probability",
            base=0.62,
            cutoff=0.5,
            calibrated=True,
            level="medium",
            margin=-0.349,
            margin_base=0.489,
        ),
        "scores": {"approved": 0.4137, "declined": 0.5863},
        "reasons": LOAN_REASONS,
        "reasons_total": 9,
        "reasons_rest": -0.0123,
        "residual": 0.0,
        "reference": ReferenceGroup(of="all applications", n=500),
        "certainty": CertaintyFact(
            unusual=False, band="close", margin=-0.0863, firm=True, calibration_error=0.031, calibration_n=1200
        ),
    }
    return facts(kind, **{**defaults, **parts})


def approved(kind: str, **parts: Any) -> Facts:
    """An approved applicant (told "you"), clear, with reasons of both kinds and an unknown value."""
    reasons = ranked(
        reason(
            "income",
            "income",
            72000.0,
            0.2,
            size="large",
            unit="EUR/year",
            step=100.0,
            reference=usual(36000.0, "higher", "all applicants"),
        ),
        reason(
            "employment_years",
            "years in current employment",
            1.0,
            -0.06,
            unit="years",
            reference=usual(5.0, "lower", "all applicants"),
        ),
        reason("credit_history_years", "length of credit history", None, -0.05, unit="years"),
        reason(
            "guarantor",
            "guarantor",
            "yes",
            0.04,
            kind="flag",
            size="small",
            reference=usual("no", "different", "all applicants"),
        ),
        reason(
            "term",
            "loan term",
            36.0,
            0.03,
            size="small",
            unit="months",
            reference=usual(36.0, "same", "all applicants"),
        ),
    )
    defaults: dict[str, Any] = {
        "subject": Subject(id="7", noun="applicant"),
        "outcome": OutcomeFact(
            name="approved", alternatives=("declined",), by="score", favourable=True, verb="was approved"
        ),
        "score": ScoreFact(
            value=0.997, of="approved", unit="probability", base=0.62, cutoff=0.5, calibrated=True, level="high"
        ),
        "scores": {"approved": 0.997, "declined": 0.003},
        "reasons": reasons,
        "reasons_total": 5,
        "reasons_rest": 0.0,
        "certainty": CertaintyFact(unusual=False, band="clear", margin=0.497, firm=False),
    }
    return loan(kind, **{**defaults, **parts})


def ruled(kind: str, **parts: Any) -> Facts:
    """Declined by a rule that the score alone would not have followed; age is among the reasons."""
    reasons = ranked(
        reason("age", "age", 61.0, -0.12, size="large", unit="years", sensitive=True, reference=usual(41.0, "higher")),
        *LOAN_REASONS[2:4],
    )
    defaults: dict[str, Any] = {
        "rule": RuleFact(
            text="We do not lend where existing debt is more than 60 % of yearly income.", then="declined", agrees=False
        ),
        "outcome": OutcomeFact(
            name="declined", alternatives=("approved",), by="rule", favourable=False, verb="was declined"
        ),
        "score": ScoreFact(
            value=0.61, of="approved", unit="probability", base=0.62, cutoff=0.5, calibrated=True, level="medium"
        ),
        "scores": {"approved": 0.61, "declined": 0.39},
        "reasons": reasons,
        "certainty": CertaintyFact(unusual=False, band="moderate", margin=0.11, firm=True),
    }
    return loan(kind, **{**defaults, **parts})


def undecided(kind: str, **parts: Any) -> Facts:
    """No reason has a direction that can be told from zero."""
    none = tuple(replace(r, direction="none") for r in LOAN_REASONS)
    return loan(kind, **{"reasons": none, "certainty": CertaintyFact(unusual=False, band="close", firm=False), **parts})
