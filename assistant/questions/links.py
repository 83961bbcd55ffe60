"""A linked feature is not set by itself: which of its parts would have to be what for it to come to a value."""

from __future__ import annotations

from dataclasses import replace

from assistant.question import Asked, Question
from assistant.questions.context import Context
from explainers.base import Case, Link


def asked_of_parts(question: Question, context: Context) -> tuple[Question, ...]:
    """The readings on offer where a what-if sets a linked feature, or its effect is asked for: one for each part."""
    links = {link.set: link for link in context.domain.schema.links}
    group = bool(question.filters) and question.case_id is None  # no one value of a part would do for all of it
    for asked in question.operations:
        feature = str(asked.args.get("feature"))
        if asked.op == "effect" and feature in links:
            parts_of = (Asked(op="effect", args={"feature": part}) for part in sorted(links[feature].formula.names))
            return tuple(replace(question, operations=(part,)) for part in parts_of)
        sets = asked.op == "what_if" and asked.args.get("change") == "set" and "value" in asked.args
        if sets and feature in links and not group:
            wanted = float(str(asked.args["value"]))
            parts = (
                (part, _needed(context, links[feature], part, wanted)) for part in sorted(links[feature].formula.names)
            )
            return tuple(_with_part(question, asked, part, value) for part, value in parts if value is not None)
    return ()


def _with_part(question: Question, replaced: Asked, part: str, value: float) -> Question:
    moved = Asked(op="what_if", args={"feature": part, "change": "set", "value": value})
    return Question(
        filters=question.filters,
        operations=tuple(moved if asked is replaced else asked for asked in question.operations),
    )


def _needed(context: Context, link: Link, part: str, wanted: float) -> float | None:
    """The part's value, in its own steps and within what the model has seen, at which the link comes to `wanted`."""
    from scipy.optimize import brentq

    feature = context.domain.schema.feature(part)
    ends = context.domain.seen.range(feature)

    def miss(value: float) -> float:
        changed = Case(id="", values={**context.case.values, part: value})
        found = link.formula.value(changed.values)
        return float("nan") if found is None else found - wanted

    if ends is None or not miss(ends[0]) * miss(ends[1]) <= 0:
        return None
    value = float(brentq(miss, *ends))
    return round(value / feature.step) * feature.step if feature.step else value
