"""How much features matter over all cases or a group of them, or one feature's rank."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from assistant.facts import Facts, ImportanceFact, PopulationFact
from assistant.questions.context import Context
from assistant.questions.group_why import explained
from assistant.questions.groups import group_facts, group_of, too_few
from assistant.questions.known import Known
from explainers.overview.importance import Importance as Measured
from explainers.overview.importance import importance_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Importance:
    """For example: what matters most overall, or for people under 30?

    `feature` asks for the rank of one, `rank` for the one in that place.
    """

    kind: ClassVar[str] = "importance"
    feature: str | None = None
    top_k: int | None = None
    rank: int | None = None
    order: Literal["most", "least"] | None = None

    def facts(self, context: Context) -> Facts:
        if self.feature is not None and not context.domain.schema.feature(self.feature).input:
            return Known(feature=self.feature).facts(context)  # what the model is not given cannot matter to it
        if context.scope:
            return self._of_group(context)
        found = context.domain.evidence.importance
        population = PopulationFact(
            filter=context.domain.reference_name(context.language),
            n=found.rows,
            some=None if context.domain.compared_with_all else True,
        )
        return replace(
            group_facts(self.kind, context, self._told(context, population, found)), limits=context.domain.limits
        )

    def _of_group(self, context: Context) -> Facts:
        """Over a sample of the rows in scope. Raises ModelError E216."""
        domain, (mask, population) = context.domain, group_of(context)
        attributions = explained(context, mask, domain.schema.decisive) if population.n else None
        if attributions is None:
            return group_facts(self.kind, context, population if population.n == 0 else too_few(context))
        found = importance_of(attributions, domain.model)
        told = replace(self._told(context, population, found), explained=found.rows)
        facts = group_facts(self.kind, context, told)
        return replace(facts, model=context.model_fact(attributions), limits=domain.limits)

    def _told(self, context: Context, population: PopulationFact, found: Measured) -> PopulationFact:
        place = found.features[self.rank - 1].feature if self.rank and self.rank <= len(found.features) else None
        return replace(
            population,
            importance=_listed(context, found),
            asked=context.domain.groups.get(self.feature or "", self.feature) or place,
            top_k=self.top_k,
            order=self.order,
        )


def _listed(context: Context, found: Measured) -> tuple[ImportanceFact, ...]:
    total = sum(item.weight for item in found.features)
    return tuple(
        ImportanceFact(
            feature=item.feature,
            label=context.label(item.feature),
            weight=item.weight,
            rank=rank,
            error=item.error,
            tied_with=item.tied_with,
            share=item.weight / total if total else None,
        )
        for rank, item in enumerate(found.features, 1)
    )
