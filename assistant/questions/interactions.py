"""Which features act together: how one counts depends on the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from assistant.facts import Facts, InteractionsFact, PairFact
from assistant.questions.context import Context
from assistant.questions.groups import group_facts, group_of
from assistant.questions.rows import Mask
from explainers.attribution.linear import Linear
from explainers.overview.interactions import CLEAR, FEWEST_ROWS, FLOOR, MOST_FEATURES, Pair, interactions


@dataclass(frozen=True, slots=True, kw_only=True)
class Interactions:
    """For example: which features act together? Over the reference rows, or over those of a group."""

    kind: ClassVar[str] = "interactions"

    def facts(self, context: Context) -> Facts:
        """Raises ModelError E210 to E215."""
        mask, population = group_of(context)
        found = replace(group_facts(self.kind, context, population), limits=context.domain.limits)
        return replace(found, interactions=_measured(context, mask)) if population.n else found


def _measured(context: Context, mask: Mask) -> InteractionsFact:
    domain, importance = context.domain, context.domain.evidence.importance
    names = [item.feature for item in importance.features][:MOST_FEATURES]
    if len(names) < 2 or Linear().supports(domain.model, importance.target):
        return InteractionsFact(features=len(importance.features), additive=True)
    rows = domain.cases.frame[mask] if context.scope else domain.model.reference
    if len(rows) < FEWEST_ROWS:
        return InteractionsFact(features=len(names), too_few=True)
    found = interactions(domain.model, rows, names, importance.target)
    return InteractionsFact(
        features=len(names),
        rows=found.rows,
        floor=FLOOR,
        pairs=tuple(_pair(context, pair) for pair in found.pairs),
    )


def _pair(context: Context, pair: Pair) -> PairFact:
    size: Literal["hardly", "slight", "clear"] = "slight" if pair.strength < CLEAR else "clear"
    return PairFact(
        features=(pair.first, pair.second),
        labels=(context.label(pair.first), context.label(pair.second)),
        strength=pair.strength,
        size=size if pair.strength >= FLOOR else "hardly",
    )
