"""Values moved as a what-if asks: to a value, by an amount, or by a factor; what is computed from them follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.questions.context import Context
from explainers.base import Case, Change, Feature
from explainers.errors import QuestionError
from explainers.schema import check_value


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A change as asked for: to a value, by an amount, or by a factor."""

    feature: str
    change: Literal["set", "increase", "decrease", "multiply"]
    value: float | str | bool


def moved(context: Context, moves: Sequence[Move]) -> Case:
    """The case with the values moved, links followed.

    Raises InputError E10x for an impossible value, RangeError E301 for one not seen, QuestionError E405-6.
    """
    changes = tuple(_change(context, move) for move in moves)
    for change in changes:
        context.domain.seen.check(context.domain.schema.feature(change.feature), change.to)
    return context.case.with_changes(changes, context.domain.schema)


def check_moves(context: Context, moves: Sequence[Move]) -> None:
    """What is wrong with the moves whatever the case: raises as `moved`."""
    for move in moves:
        feature = context.domain.schema.feature(move.feature)
        check_free(context, feature)
        if move.change == "set":
            context.domain.seen.check(feature, check_value(move.value, feature, context.language))


def check_free(context: Context, feature: Feature) -> None:
    """QuestionError E405 for a feature that is computed from others."""
    for link in context.domain.schema.links:
        if link.set == feature.name:
            parts = " or ".join(f"*{context.label(name)}*" for name in sorted(link.formula.names))
            raise QuestionError(
                "E405", f"*{context.label(feature.name).capitalize()}* is computed from other values.",
                where=feature.name, hint=f"Which should move, {parts}?",
            )  # fmt: skip


def _change(context: Context, move: Move) -> Change:
    feature = context.domain.schema.feature(move.feature)
    check_free(context, feature)
    to = move.value if move.change == "set" else _new(context, feature, move)
    return Change(feature=feature.name, to=check_value(to, feature, context.language))


def _new(context: Context, feature: Feature, move: Move) -> float:
    now = context.case.values[feature.name]
    if not isinstance(now, int | float) or not isinstance(move.value, int | float):
        raise QuestionError(
            "E406",
            f"*{context.label(feature.name).capitalize()}* is not known here, so it cannot be moved from where it is.",
            where=feature.name,
            hint="Say the value it should have.",
        )
    new = {"increase": now + move.value, "decrease": now - move.value}.get(move.change, now * move.value)
    return float(round(new)) if feature.whole else new
