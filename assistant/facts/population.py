"""Facts about many cases: how many, how often, how much, how good; never one row of somebody else's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.facts.reasons import Comparison, Direction
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
    model answers, of what was true, or of nothing. `mean` (and `median`) of a quantity in `unit`, or of the scores of
    the outcome `of`. `metrics` are of `unseen` rows, which the model had not learned from, `errors` their standard
    errors, `baseline` what always giving the most frequent answer (or the median) would reach in the first of them.
    `out_of_fold`: so many of the unseen were answered by models of the same kind that had learned from others.
    `learned`: the model learned from so many of the rows. `learned_asked`: figures on
    the rows that taught it were asked for; they are not told.
    """

    filter: str
    n: int | None = None
    total: int | None = None
    share: float | None = None
    too_few: bool | None = None
    asked: str | None = None
    top_k: int | None = None
    order: Literal["most", "least"] | None = None
    share_favourable: float | None = None
    counted: Literal["predictions", "labels"] | None = None
    counts: tuple[CountFact, ...] | None = None
    mean: float | None = None
    median: float | None = None
    of: str | None = None
    unit: str | None = None
    calibrated: bool | None = None
    metric: str | None = None
    metrics: Mapping[str, float] | None = None
    errors: Mapping[str, float] | None = None
    baseline: float | None = None
    unseen: int | None = None
    out_of_fold: int | None = None
    learned: int | None = None
    learned_asked: bool | None = None
    importance: tuple[ImportanceFact, ...] | None = None
    some: bool | None = None
    """Whether importance is over a part of the rows, the group that cases are compared with."""
    explained: int | None = None
    """Over so many of the rows of a group importance was averaged."""


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
    """Rows as they are shown: cells are texts, numbers in the unit of their column, or None.

    Columns are labels, or `@id`, `@prediction`, `@label`, as in questions, or `@score`, that of the prediction.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFact:
    """What the data are. `learned` rows taught the model, `unseen` did not; `gaps`: share of empty cells.

    `targets`: the outcomes it learned to tell apart, or the one quantity. `field`: the one thing asked for. `labels`
    are of the features, `sources` those that the domain names.
    """

    name: str
    rows: int
    features: int
    learned: int
    unseen: int
    gaps: float
    targets: tuple[str, ...]
    synthetic: bool | None = None
    source: str | None = None
    sources: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    field: Literal["name", "source", "language", "size"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectPoint:
    """The mean score with the feature set to `at`; `low` and `high` hold the middle 80 % of single rows' curves.

    `yours`: the score of the case in focus with the feature set so.
    """

    at: Value
    score: float
    low: float
    high: float
    yours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectFact:
    """Partial dependence of one feature over `n` reference rows, and where the case in focus stands.

    `turn`: where a peak or a dip lies. `agree`: the share of single rows' curves that go the way the mean goes.
    `slight`: it moves little beside how scores differ. `direction` of the score as the feature rises. `least` and
    `most` are the places of the lowest and the highest mean among `points`. `steep`: the stretch that holds most of a
    rise or a fall, and `yours_at` where the case lies from it.
    `companions` label features that go together with this one in the data, `moves` those computed from it, which moved
    along. `sparse`: few training rows lie near some point, or near the case. Not `used`: the model is not given it, so
    there are no points.
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
    slight: bool | None = None
    direction: Direction = "none"
    least: int | None = None
    most: int | None = None
    steep: tuple[float, float] | None = None
    yours_at: Literal["below", "inside", "above"] | None = None
    companions: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()
    sparse: bool | None = None
    used: bool = True


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
    weight_yours: float | None = None
    weight_theirs: float | None = None
    """What each value weighs in its own case, against the reference, in the unit of the score; where computed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarFact:
    """The `n` rows nearest to the case, as one group: how many got which outcome (or their mean), how they differ.

    `counts`, `share_favourable` and `mean` are of what the model says, `true_counts` and `true_mean` of what really
    came out. `too_few`: fewer rows than this reader may be told anything of; then all else is None. Differences are
    of what weighs most overall; those of numbers are told where the values lie clearly apart.
    """

    n: int | None = None
    too_few: bool | None = None
    counts: tuple[CountFact, ...] | None = None
    true_counts: tuple[CountFact, ...] | None = None
    true_mean: float | None = None
    share_favourable: float | None = None
    mean: float | None = None
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TypicalFact:
    """Rows with one outcome beside the others: in `differences`, `theirs` are those with it, `yours` the rest.

    Of a quantity, the rows with its lowest or highest quarter (`end`, from `limit` on). `too_few` as in SimilarFact.
    """

    outcome: str
    n: int | None = None
    share: float | None = None
    end: Literal["low", "high"] | None = None
    limit: float | None = None
    too_few: bool | None = None
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareFact:
    """Another case beside the one in focus; `weight` of a difference is yours less theirs, `rest` of all others."""

    other: str
    outcome: str | None = None
    score: float
    differences: tuple[Difference, ...] = ()
    same_outcome: bool | None = None
    rest: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionFact:
    """A term: a feature, an outcome, or a word of the explanation (`term` is then its name in the glossary).

    An outcome has its `others` and says whether it is `favourable`; a quantity has none. `low` and `high` are allowed.
    """

    term: str
    about: Literal["feature", "outcome", "word", "unknown"]
    text: str | None = None
    label: str | None = None
    kind: str | None = None
    unit: str | None = None
    source: str | None = None
    low: float | None = None
    high: float | None = None
    step: float | None = None
    values: tuple[str, ...] | None = None
    others: tuple[str, ...] | None = None
    favourable: bool | None = None
    cutoff: float | None = None
    calibrated: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelInfoFact:
    """What the model is: its kind is in `model.kind`. `learned` rows, `features` it is given, its own parameters.

    `outcomes` are what it can answer, or the one quantity. `asked` names what was asked of the training, and `answer`
    is the parameter that says it; None where this kind of model has no such thing.
    """

    task: Literal["two outcomes", "several outcomes", "number"]
    features: int
    learned: int
    reference: int
    outcomes: tuple[str, ...] = ()
    family: Literal["boosting", "forest", "tree", "linear", "network", "other"] = "other"
    cutoff: float | None = None
    cutoff_of: str | None = None
    calibrated: bool | None = None
    asked: str | None = None
    answer: str | None = None
    parameters: Mapping[str, str] | None = None
