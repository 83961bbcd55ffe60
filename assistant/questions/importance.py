"""How much features matter over all cases, or one feature's rank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from assistant.facts import Facts, ImportanceFact, PopulationFact
from assistant.questions.context import Context
from assistant.questions.known import Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Importance:
    """For example: what matters most overall? `feature` asks for the rank of one, `rank` for the one in that place."""

    kind: ClassVar[str] = "importance"
    feature: str | None = None
    top_k: int | None = None
    rank: int | None = None
    order: Literal["most", "least"] | None = None

    def facts(self, context: Context) -> Facts:
        if self.feature is not None and not context.domain.schema.feature(self.feature).input:
            return Known(feature=self.feature).facts(context)  # what the model is not given cannot matter to it
        found = context.domain.evidence.importance
        total = sum(item.weight for item in found.features)
        listed = tuple(
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
        place = found.features[self.rank - 1].feature if self.rank and self.rank <= len(found.features) else None
        asked = context.domain.groups.get(self.feature or "", self.feature) or place
        return Facts(
            kind=self.kind,
            language=context.language,
            model=context.model_fact(),
            population=PopulationFact(
                filter=context.domain.reference_name(context.language),
                n=found.rows,
                some=None if context.domain.compared_with_all else True,
                importance=listed,
                asked=asked,
                top_k=self.top_k,
                order=self.order,
            ),
            medical=context.domain.vocabulary.medical,
            limits=context.domain.limits,
        )
