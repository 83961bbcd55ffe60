"""How the model's answer moves with one feature, over many cases and for the one in focus."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, Literal

import numpy as np

from assistant.facts import EffectFact, EffectPoint, Facts
from assistant.questions.context import Context
from assistant.questions.moves import check_free
from assistant.questions.predict import result_facts
from assistant.questions.reasons import toward
from explainers.base import Feature, Value
from explainers.overview.effect import Effect as Found
from explainers.overview.effect import companions, effect

MOST_COMPANIONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """For example: how does income affect the result?"""

    kind: ClassVar[str] = "effect"
    feature: str

    def facts(self, context: Context) -> Facts:
        """Raises QuestionError E405 for a feature computed from others, ModelError E210 to E215."""
        feature = context.domain.schema.feature(self.feature)
        check_free(context, feature)
        result = result_facts(self.kind, context)
        moves = tuple(_moved(context, feature))
        if not feature.input and not any(context.domain.schema.feature(name).input for name in moves):
            return replace(result, effect=_unused(context, feature))
        target = context.domain.schema.decisive if result.outcome is None else _target(context, result)
        found = effect(context.domain.model, context.frame(), feature, target, context.domain.seen)
        return replace(result, effect=_fact(context, feature, found, moves))


def _target(context: Context, result: Facts) -> str:
    """The outcome that the score of the case is told of."""
    names = context.domain.schema.targets
    return next(name for name in names if result.score and context.outcome(name) == result.score.of)


def _moved(context: Context, feature: Feature) -> Iterator[str]:
    done = {feature.name}
    for link in context.domain.schema.links:
        if done & link.formula.names:
            done.add(link.set)
            yield link.set


def _unused(context: Context, feature: Feature) -> EffectFact:
    return EffectFact(
        feature=feature.name, label=context.label(feature.name), kind=feature.kind, points=(), shape="flat", n=0,
        of=context.outcome(context.domain.schema.decisive), used=False,
    )  # fmt: skip


def _fact(context: Context, feature: Feature, found: Found, moves: tuple[str, ...]) -> EffectFact:
    value, mean = context.case.values[feature.name], found.mean
    with_it = [n for n in companions(context.domain.model, feature) if n not in moves][:MOST_COMPANIONS]
    return EffectFact(
        feature=feature.name,
        label=context.label(feature.name),
        kind=feature.kind,
        points=tuple(_point(context, feature, found, i) for i in range(len(found.grid))),
        shape=found.shape,
        slight=found.slight,
        n=len(found.scores),
        of=context.outcome(found.target),
        unit=context.unit(feature.name),
        step=feature.step,
        turn=context.shown(feature, found.turn),
        agree=found.agree,
        yours=context.shown(feature, value),
        direction=_direction(context, found),
        least=int(np.argmin(mean)),
        most=int(np.argmax(mean)),
        steep=found.steep,
        yours_at=_beside(found.steep, value),
        companions=tuple(context.label(name) for name in with_it),
        moves=tuple(context.label(name) for name in moves),
        sparse=any(context.domain.seen.sparse(feature, at) for at in (*found.grid, value) if at is not None),
    )


def _point(context: Context, feature: Feature, found: Found, i: int) -> EffectPoint:
    return EffectPoint(
        at=context.shown(feature, found.grid[i]),
        score=float(found.mean[i]),
        low=float(found.low[i]),
        high=float(found.high[i]),
        yours=float(found.own[i]),
    )


def _direction(context: Context, found: Found) -> Literal["for", "against", "up", "down", "none"]:
    sign = {"rises": 1.0, "falls": -1.0}.get(found.shape, 0.0)
    return toward(context, found.target, sign)


def _beside(steep: tuple[float, float] | None, value: Value) -> Literal["below", "inside", "above"] | None:
    if steep is None or not isinstance(value, int | float):
        return None
    return "below" if value < steep[0] else "above" if value > steep[1] else "inside"
