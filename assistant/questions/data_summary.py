"""What the data are: how many rows and features, where from, and which part taught the model."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from assistant.domains.vocabulary import said
from assistant.facts import DataFact, Facts
from assistant.questions.context import Context
from assistant.questions.groups import group_facts, group_of
from assistant.questions.rows import Mask


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSummary:
    """For example: what was it trained on? `field` asks for one thing only."""

    kind: ClassVar[str] = "data_summary"
    field: Literal["name", "source", "language", "size"] | None = None

    def facts(self, context: Context) -> Facts:
        mask, population = group_of(context)
        found = group_facts(self.kind, context, population)
        return replace(found, data=_data(context, mask, self.field)) if population.n else found


def _data(context: Context, mask: Mask, asked: Literal["name", "source", "language", "size"] | None) -> DataFact:
    domain, language = context.domain, context.language
    vocabulary, schema = domain.vocabulary, domain.schema
    inputs = [schema.feature(name) for name in schema.inputs]
    sources = [said(words.source, language) for words in vocabulary.features.values()]
    learned = int((mask & domain.cases.learned).sum())
    return DataFact(
        name=said(vocabulary.title, language),
        rows=int(mask.sum()),
        features=len(inputs),
        learned=learned,
        unseen=int(mask.sum()) - learned,
        gaps=float(domain.cases.frame.loc[mask, list(schema.inputs)].isna().to_numpy().mean()),
        targets=tuple(context.outcome(name) for name in schema.targets),
        synthetic=vocabulary.synthetic,
        source=said(vocabulary.source, language) or None,
        sources=tuple(dict.fromkeys(filter(None, sources))),
        labels=tuple(context.label(feature.name) for feature in inputs),
        field=asked,
    )
