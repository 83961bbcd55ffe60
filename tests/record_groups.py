"""Facts made by hand for tests of the words: why, importance and what-if, over a group."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant.facts import (
    CountFact,
    Facts,
    FlipFact,
    GroupWhatIfFact,
    GroupWhyFact,
    ImportanceFact,
    MoveFact,
    SharedReason,
)
from tests.record_loans import LIMITS
from tests.record_rows import COUNTS, NOBODY, TOO_FEW, rows


def shared(feature: str, label: str, weight: float, rank: int, **more: Any) -> SharedReason:
    """A reason of a group with the usual rest: for or against the favourable outcome by its sign."""
    defaults: dict[str, Any] = {
        "direction": "for" if weight > 0 else "against",
        "agree": 0.83,
        "up": 0.83 if weight > 0 else 0.12,
        "down": 0.12 if weight > 0 else 0.83,
        "error": abs(weight) / 9,
        "spread": abs(weight) * 1.4,
    }
    return SharedReason(feature=feature, label=label, weight=weight, rank=rank, **{**defaults, **more})


OPEN = shared("age", "age", 0.002, 5, direction="none", agree=0.44, up=0.44, down=0.41, divided=True)
REASONS = (
    shared("debt", "debt", -0.112, 1, tied_with=("income",)),
    shared("income", "income", -0.109, 2, agree=0.61, up=0.31, down=0.61, divided=True),
    shared("missed", "missed payments in the last 24 months", -0.05, 3, agree=0.52, up=0.38, down=0.52, divided=True),
    shared("housing", "housing situation", -0.02, 4),
    OPEN,
    shared("amount", "loan amount", 0.011, 6),
)


def why(**parts: Any) -> Facts:
    """About 412 of 4,000 loans; `parts` change the fact, `answered` what is told of their results, `top_k` how many."""
    answered = {"counted": "predictions", "counts": COUNTS, "mean": 0.41, "of": "approved", "calibrated": True}
    facts = rows("why", **{**answered, **parts.pop("answered", {})}, medical=parts.pop("medical", None))
    top_k = parts.pop("top_k", None)
    given = {
        "of": "approved", "other": "declined", "explained": 100, "reasons": REASONS, "total": 12, "rest": 0.0031,
        "base": 0.563, "score": 0.4112, "residual": 0.0, "calibrated": True, "ruled": 31,
    }  # fmt: skip
    return replace(facts, limits=LIMITS, top_k=top_k, group_why=GroupWhyFact(**{**given, **parts}))


ORDER = (
    ImportanceFact(feature="debt", label="debt", weight=0.112, rank=1, error=0.004, tied_with=("income",), share=0.51),
    ImportanceFact(feature="income", label="income", weight=0.109, rank=2, tied_with=("debt",), share=0.3),
    ImportanceFact(feature="history", label="length of credit history", weight=0.05, rank=3, error=0.002, share=0.14),
    ImportanceFact(feature="housing", label="housing situation", weight=0.02, rank=4, share=0.05),
)


def importance(**parts: Any) -> Facts:
    return rows("importance", **{"importance": ORDER, "explained": 100, **parts})


LESS = MoveFact(feature="amount", label="loan amount", kind="number", change="decrease", value=2000.0, unit="EUR")
MOVES = (
    MoveFact(feature="income", label="income", kind="number", change="multiply", value=1.1),
    MoveFact(feature="missed", label="missed payments in the last 24 months", kind="number", change="set", value=0.0),
    MoveFact(feature="housing", label="housing situation", kind="category", change="set", value="own"),
    MoveFact(feature="guarantor", label="has guarantor", kind="flag", change="set", value="yes"),
    MoveFact(feature="years", label="years in current employment", kind="number", change="increase", value=1.0),
    MoveFact(feature="inquiries", label="recent credit inquiries", kind="number", change="multiply", value=0.5),
)


def split(approved: int, declined: int) -> tuple[CountFact, ...]:
    n = approved + declined
    return (
        CountFact(name="approved", n=approved, share=approved / n),
        CountFact(name="declined", n=declined, share=declined / n),
    )


def what_if(**parts: Any) -> Facts:
    """About 400 of 412 loans; `parts` change the fact."""
    facts = rows("what_if", medical=parts.pop("medical", None))
    given = {
        "moves": (LESS,), "n": 400, "stuck": 5, "outside": 7, "of": "approved", "calibrated": True, "before": 0.519,
        "after": 0.543, "direction": "for", "raised": 270, "lowered": 23, "counts_before": split(223, 177),
        "counts_after": split(240, 160), "linked": ("debt-to-income ratio",), "sparse": 3,
        "flips": (FlipFact(from_="declined", to="approved", n=18), FlipFact(from_="approved", to="declined", n=1)),
    }  # fmt: skip
    return replace(facts, limits=LIMITS, group_what_if=GroupWhatIfFact(**{**given, **parts}))


WHOLE: dict[str, Any] = {"n": 412, "stuck": None, "outside": None, "linked": (), "sparse": None}
UNMOVED: dict[str, Any] = {"flips": (), "counts_after": split(223, 177), "raised": 0, "lowered": 0, "after": 0.519}
AMOUNTS: dict[str, Any] = {
    "of": "price", "unit": "EUR", "calibrated": None, "counts_before": None, "counts_after": None, "flips": None,
    "before": 31245.1, "after": 30120.9,
}  # fmt: skip

QUANTITY: dict[str, Any] = {"counts": None, "mean": 152.4, "median": 140.5, "of": "disease progression score"}
FLAT = tuple(replace(r, direction="none") for r in REASONS)
TURNED = tuple(replace(r, direction="up" if r.weight > 0 else "down") for r in REASONS)
ONE = (CountFact(name="declined", n=412, share=1.0),)

OF_GROUPS: tuple[Facts, ...] = (
    *(replace(rows(kind), population=population)
      for kind in ("why", "importance", "what_if") for population in (TOO_FEW, NOBODY)),
    why(),
    why(top_k=2, answered={"counts": ONE}),
    why(explained=412, calibrated=False, ruled=None, answered={"calibrated": False}),
    why(asked="income"),
    why(asked="debt", member=shared("existing_debt", "existing debt", -0.06, 1)),
    why(asked="age"),
    why(reasons=FLAT, ruled=None),
    why(medical=True, of="benign", other="malignant"),
    why(reasons=TURNED, of="leaves", other="stays"),
    why(reasons=TURNED, of="setosa", other=None, calibrated=False),
    why(of="setosa", other=None),
    why(reasons=TURNED, of="disease progression score", other=None, calibrated=None, unit="", base=153.0, score=219.0,
        answered={**QUANTITY, "unit": "", "calibrated": None}),
    why(reasons=(replace(REASONS[0], sensitive=True), replace(REASONS[1], sensitive=True)), asked="debt"),
    why(reasons=(replace(REASONS[0], sensitive=True), *REASONS[1:]), ruled=None),
    why(explained=1, reasons=tuple(replace(r, error=None, spread=None) for r in REASONS[:2]), answered={"n": 1}),
    importance(),
    importance(importance=ORDER[2:], order="least"),
    importance(order="least", importance=(ORDER[2], *(replace(o, tied_with=(t,)) for o, t in
                                                      zip(ORDER[:2], ("income", "debt"), strict=True)))),
    *(importance(asked=feature) for feature in ("debt", "housing")),
    what_if(),
    replace(what_if(), group_what_if=GroupWhatIfFact(moves=(LESS,), too_few=True)),
    what_if(moves=MOVES, asked="approved", stuck=None),
    what_if(**WHOLE, asked="declined", of="declined", before=0.481, after=0.457),
    what_if(**WHOLE, calibrated=False),
    what_if(**WHOLE, after=0.5189, slight=True, calibrated=False, medical=True),
    what_if(**WHOLE, after=0.5191, slight=True),
    what_if(**WHOLE, **UNMOVED, unused=("sex",)),
    what_if(**WHOLE, **UNMOVED, asked="approved", calibrated=False),
    what_if(**{**UNMOVED, "after": 0.41, "linked": (), "stuck": None}),
    what_if(**AMOUNTS),
    what_if(**{**AMOUNTS, "after": 31300.0}, lowered=0),
    what_if(**{**AMOUNTS, "after": 31245.1}, raised=0, lowered=0),
    what_if(**AMOUNTS, raised=0),
)  # fmt: skip
"""Why over many, few and no cases: agreed and divided, for outcomes and a quantity, for one feature and for all."""
