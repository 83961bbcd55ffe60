"""What is known about a case, where it came from, and what of it the model sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from assistant.domains.vocabulary import said
from assistant.facts import Facts, KnownFact
from assistant.questions.context import Context
from explainers.base import Feature


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """For example: what do you know about me? `feature` asks for one thing only."""

    kind: ClassVar[str] = "known"
    feature: str | None = None

    def facts(self, context: Context) -> Facts:
        features = [f for f in context.domain.schema.features if self.feature in (None, f.name)]
        return Facts(
            kind=self.kind,
            language=context.language,
            model=context.model_fact(),
            subject=context.subject(),
            asked=self.feature,
            known=tuple(known_fact(context, f) for f in features),
            medical=context.domain.vocabulary.medical,
        )


def known_fact(context: Context, feature: Feature) -> KnownFact:
    """What is known of one feature of the case."""
    words = context.domain.vocabulary.features.get(feature.name)
    return KnownFact(
        feature=feature.name,
        label=context.label(feature.name),
        kind=feature.kind,
        value=context.shown(feature, context.case.values[feature.name]),
        used=feature.input,
        unit=context.unit(feature.name),
        step=context.step(feature),
        source=said(words.source, context.language) or None if words else None,
        meaning=said(words.meaning, context.language) or None if words else None,
    )
