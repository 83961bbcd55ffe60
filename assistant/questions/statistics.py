"""One feature over all rows or a group: what is usual, how far it spreads, and where the case stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from assistant.facts import CountFact, Facts, StatisticsFact
from assistant.questions.context import Context
from assistant.questions.data_summary import DataSummary
from assistant.questions.groups import group_facts, group_of, too_few
from assistant.questions.reasons import comparison
from assistant.questions.rows import Mask
from explainers.base import Array, Feature, Value
from explainers.overview.summary import frequencies, summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """For example: what is the average income? Without a feature, what the data are."""

    kind: ClassVar[str] = "statistics"
    feature: str | None = None

    def facts(self, context: Context) -> Facts:
        if self.feature not in context.domain.schema.names:
            return DataSummary().facts(context)
        feature = context.domain.schema.feature(str(self.feature))
        mask, population = group_of(context)
        found = _statistics(context, feature, mask) if population.n else None
        if found is None or context.too_few(found.n):
            return group_facts(self.kind, context, population if not population.n else too_few(context))
        return replace(group_facts(self.kind, context, population), subject=context.subject(), statistics=found)


def _statistics(context: Context, feature: Feature, mask: Mask) -> StatisticsFact | None:
    """None where no value is known."""
    column = context.domain.cases.frame[feature.name].to_numpy()[mask]
    counted = frequencies(column)
    if not counted:
        return None
    n, yours = sum(counted.values()), context.case.values[feature.name]
    found = StatisticsFact(
        feature=feature.name,
        label=context.label(feature.name),
        kind=feature.kind,
        n=n,
        missing=len(column) - n,
        unit=context.unit(feature.name),
        step=context.step(feature),
        yours=context.shown(feature, yours),
    )
    if feature.kind == "number":
        return _of_numbers(context, feature, column, found)
    usual = next(iter(counted))
    return replace(
        found,
        counts=_counts(context, feature, counted),
        comparison=None if yours is None else comparison(feature, yours, usual),
    )


def _of_numbers(context: Context, feature: Feature, column: Array, found: StatisticsFact) -> StatisticsFact:
    """The smallest and the largest value are single people's: for experts only."""
    told, yours, expert = summary(column), context.case.values[feature.name], context.reader.name == "expert"
    assert told is not None  # a column with a known value
    return replace(
        found,
        mean=told.mean,
        median=told.median,
        spread=told.spread,
        minimum=told.minimum if expert else None,
        maximum=told.maximum if expert else None,
        low=told.low,
        high=told.high,
        comparison=None if yours is None else comparison(feature, yours, told.median),
    )


def _counts(context: Context, feature: Feature, counted: Mapping[Any, int]) -> tuple[CountFact, ...]:
    """The most frequent first; values that too few rows have are left out."""
    n = sum(counted.values())
    return tuple(
        CountFact(name=str(context.shown(feature, _value(value))), n=many, share=many / n)
        for value, many in counted.items()
        if not context.too_few(many)
    )


def _value(value: Any) -> Value:
    return value if isinstance(value, str) else float(value)
