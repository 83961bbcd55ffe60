"""How the case in focus, or some rows, differ from others in the features that weigh most overall."""

from __future__ import annotations

from collections.abc import Callable

from assistant.facts import Difference
from assistant.questions.context import Context
from assistant.questions.reasons import comparison
from explainers.base import Feature, Frame, Value
from explainers.overview.summary import usual, width

CLEAR = 0.1
"""Numbers differ clearly by at least this share of the width of the middle 90 % of the data."""
MOST_TOLD = 5

Usual = Callable[[Feature], Value]


def differences(context: Context, theirs: Usual, yours: Usual) -> tuple[Difference, ...]:
    """The clearest difference in each of the most important features and groups, at most five of them."""
    told: list[Difference] = []
    for item in context.domain.evidence.importance.features:
        members = [f for f in context.domain.schema.features if item.feature in (f.name, f.group) and f.input]
        found = [d for f in members if (d := _difference(context, f, theirs(f), yours(f)))]
        if found and item.weight > 0:
            told.append(max(found, key=lambda d: d[0])[1])
    return tuple(told[:MOST_TOLD])


def usual_of(rows: Frame) -> Usual:
    """The median of a number, the most frequent category or flag; None where nothing is known."""

    return lambda feature: usual(rows[feature.name], number=feature.kind == "number")


def _difference(context: Context, feature: Feature, theirs: Value, yours: Value) -> tuple[float, Difference] | None:
    """With how far apart the two are, from 0 to 1 and more; None where they are about the same or not known."""
    if theirs is None or yours is None:
        return None
    apart = 1.0
    if isinstance(theirs, float) and isinstance(yours, float) and feature.kind == "number":
        apart = abs(theirs - yours) / width(context.domain.seen.numbers[feature.name])
    compared = comparison(feature, yours, theirs)
    if compared == "same" or apart < CLEAR:
        return None
    return apart, difference(context, feature, theirs, yours)


def difference(context: Context, feature: Feature, theirs: Value, yours: Value) -> Difference:
    """As records hold it; a value that is not known compares as different."""
    known = theirs is not None and yours is not None
    return Difference(
        feature=feature.name,
        label=context.label(feature.name),
        kind=feature.kind,
        theirs=context.shown(feature, theirs),
        yours=context.shown(feature, yours),
        comparison=comparison(feature, yours, theirs) if known else "different",  # type: ignore[arg-type]  # both known
        unit=context.unit(feature.name),
        step=context.step(feature),
    )
