"""The cases of a domain as a table to pick from: what the model says of each, and what is special about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from assistant.domains.domain import Domain
from assistant.interfaces.web.wording import Wording
from assistant.questions.rows import Mask, answers
from explainers.base import Array, Feature
from explainers.trust.certainty import band

MOST = 1000
"""Rows on a page; every other case is opened by its number."""
FEATURES = 6
"""Columns of features an expert sees beside the result: those that weigh most over all cases."""
Column = tuple[str, Callable[[int], str]]
"""Its name, and its text for the case at a place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A table of text: the first column is the number of the case."""

    columns: tuple[str, ...]
    rows: list[list[str]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Queues:
    """The queue of one domain for one reader."""

    domain: Domain
    language: str
    wording: Wording

    def table(self, mask: Mask | None = None) -> Queue:
        """All rows, or those in `mask` (n,): for experts in the order of the data, else the closest decisions first."""
        columns = tuple(self._columns())
        names, cells = tuple(name for name, _ in columns), [cell for _, cell in columns]
        return Queue(columns=names, rows=[[cell(place) for cell in cells] for place in self._places(mask)])

    def _places(self, mask: Mask | None) -> list[int]:
        if self._expert or self.domain.schema.quantity is not None:
            order = np.arange(len(self.domain.cases.ids))
        else:
            order = np.argsort(self._distances(), kind="stable")
        return [int(place) for place in (order if mask is None else order[mask[order]])[:MOST]]

    @property
    def _expert(self) -> bool:
        return self.wording.reader.technical

    def _columns(self) -> Iterator[Column]:
        labels, domain, scored = self.wording.labels, self.domain, self.domain.cases.scored
        yield labels["case"], lambda place: domain.cases.ids[place]
        if domain.schema.quantity is None:
            found = answers(domain)
            yield (
                labels["result"],
                lambda place: self._outcome(str(found[place])) if scored[place] else labels["unscored"],
            )
        if self._expert or domain.schema.quantity is not None or domain.calibrated:
            scores = domain.cases.scores[:, domain.schema.targets.index(domain.schema.decisive)]
            yield self._outcome(domain.schema.decisive), lambda place: self._score(float(scores[place]))
        if self._expert:
            yield from map(self._feature_column, self._weightiest())
        elif domain.schema.quantity is None:
            distances = self._distances()
            yield labels["close"], lambda place: labels["yes"] if band(distances[place]) == "close" else ""

    def _distances(self) -> Array:
        """How far each score is from the line; without a line, how far the best is ahead of the next."""
        scores, cutoff = self.domain.cases.scores, self.domain.cutoff
        if cutoff is not None:
            return np.abs(scores[:, self.domain.schema.targets.index(self.domain.schema.decisive)] - cutoff)
        ordered = np.sort(scores, axis=1)
        return np.asarray(ordered[:, -1] - ordered[:, -2])

    def _outcome(self, name: str) -> str:
        return self.domain.vocabulary.outcome(name, self.language)

    def _score(self, score: float) -> str:
        if np.isnan(score):
            return ""
        numbers, quantity = self.wording.speech.numbers, self.domain.schema.quantity
        if quantity is not None:
            return numbers.amount(score, quantity.unit)
        return numbers.exact(score) if self._expert else numbers.percent(score, self.domain.cutoff)

    def _weightiest(self) -> list[Feature]:
        """One feature of each group of reasons, in the order of their importance."""
        schema = self.domain.schema
        names = [item.feature for item in self.domain.evidence.importance.features[:FEATURES]]
        return [next(f for f in schema.features if name in (f.name, f.group)) for name in names]

    def _feature_column(self, feature: Feature) -> Column:
        words, column = self.domain.vocabulary, self.domain.cases.frame[feature.name]
        values, gaps = column.tolist(), column.isna().tolist()
        unit = words.unit(feature.name, self.language)

        def cell(place: int) -> str:
            value = values[place]
            if gaps[place]:
                return ""
            named = words.value(feature.name, value, self.language) if isinstance(value, str) else value
            return self.wording.speech.value(named, None, feature.step)

        return f"{words.label(feature.name, self.language)}{f' ({unit})' if unit else ''}", cell
