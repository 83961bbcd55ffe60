"""Facts about many cases: how many, how often, how much, how good; never one row of somebody else's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.facts.reasons import Comparison
from explainers.base import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportanceFact:
    """How much one feature or group moves the score on average; `share` of the sum over all."""

    feature: str
    label: str
    weight: float
    rank: int
    error: float | None = None
    tied_with: tuple[str, ...] = ()
    share: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountFact:
    """How many rows hold one value, or got one outcome; `share` of all rows that were counted."""

    name: str
    n: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PopulationFact:
    """`filter` says in words which rows; `asked` names the one feature or group whose rank was asked for.

    `top_k`: how many were asked for; `order`: from which end. `total`: of how many rows the `n` are. `too_few`: fewer
    than this reader may be told anything of; then `n` and all else is None. `counts` are told of `counted`: of what the
    model answers, of what was true, or of nothing. `metrics` are of `unseen` rows, which the model
    had not learned from.
    """

    filter: str
    n: int | None = None
    total: int | None = None
    too_few: bool | None = None
    asked: str | None = None
    top_k: int | None = None
    order: Literal["most", "least"] | None = None
    share_favourable: float | None = None
    counted: Literal["predictions", "labels"] | None = None
    counts: tuple[CountFact, ...] | None = None
    mean: float | None = None
    metric: str | None = None
    metrics: Mapping[str, float] | None = None
    unseen: int | None = None
    importance: tuple[ImportanceFact, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsFact:
    """One feature over many rows. `low` and `high` hold the middle 90 %; `yours` is the value of the case in focus."""

    feature: str
    label: str
    kind: str
    n: int
    missing: int
    unit: str | None = None
    step: float | None = None
    mean: float | None = None
    median: float | None = None
    spread: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    low: float | None = None
    high: float | None = None
    counts: tuple[CountFact, ...] | None = None
    yours: Value = None
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFact:
    """Rows as they are shown: cells are texts, numbers or None."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFact:
    """What the data are. `learned` rows taught the model, `unseen` did not; `gaps`: share of empty cells."""

    name: str
    rows: int
    features: int
    learned: int
    unseen: int
    gaps: float
    target: str
    synthetic: bool | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectPoint:
    """The mean score with the feature set to `at`; `low` and `high` hold the middle 80 % of single rows' curves."""

    at: Value
    score: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectFact:
    """Partial dependence of one feature over `n` reference rows, and where the case in focus stands.

    `turn`: where a peak or a dip lies. `agree`: the share of single rows' curves that go the way the mean goes.
    """

    feature: str
    label: str
    kind: str
    points: tuple[EffectPoint, ...]
    shape: Literal["rises", "falls", "peak", "dip", "flat", "mixed"]
    n: int
    of: str
    unit: str | None = None
    step: float | None = None
    turn: Value = None
    agree: float | None = None
    yours: Value = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One feature in which the case in focus and others differ; `theirs` a median or the most frequent category."""

    feature: str
    label: str
    kind: str
    theirs: Value
    yours: Value
    comparison: Comparison
    unit: str | None = None
    step: float | None = None
    weight: float | None = None
    """What their value and yours weigh, yours less theirs, in the unit of the score; where it was computed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarFact:
    """The `n` rows nearest to the case, as one group: how many got which outcome (or their mean), how they differ."""

    n: int
    counts: tuple[CountFact, ...] | None = None
    share_favourable: float | None = None
    mean: float | None = None
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TypicalFact:
    """Rows with one outcome beside the others: in `differences`, `theirs` are those with it, `yours` the rest."""

    outcome: str
    n: int
    share: float
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareFact:
    """Another case beside the one in focus; `weight` of a difference is yours less theirs."""

    other: str
    outcome: str | None
    score: float
    differences: tuple[Difference, ...] = ()
    same_outcome: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionFact:
    """A term: a feature, an outcome, or a word of the explanation (`known`, by its name in the glossary)."""

    term: str
    about: Literal["feature", "outcome", "word", "unknown"]
    text: str | None = None
    label: str | None = None
    kind: str | None = None
    unit: str | None = None
    source: str | None = None
    low: float | None = None
    high: float | None = None
    values: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelInfoFact:
    """What the model is: its kind is in `model.kind`. `learned` rows, `features` it is given, its own parameters."""

    task: Literal["two outcomes", "several outcomes", "number"]
    features: int
    learned: int
    reference: int
    cutoff: float | None = None
    calibrated: bool | None = None
    parameters: Mapping[str, str] | None = None
