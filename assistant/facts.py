"""The facts of one answer: numbers, names and categories, never prose. `Facts.record()` is the public record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal

from explainers.base import Value

RECORD_VERSION = 1

Direction = Literal["for", "against", "up", "down", "none"]
Size = Literal["large", "medium", "small"]
Comparison = Literal["higher", "lower", "same", "different"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom or what a case is about: its id, and the noun for it in the reader's language."""

    id: str
    noun: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFact:
    """Which model, explained by which method against which reference sample. `seed` makes sampling repeatable."""

    name: str
    version: str
    kind: str
    method: str | None = None
    reference: str | None = None
    seed: int | None = None
    parameters: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeFact:
    """`name` and `alternatives` in the reader's language; `verb` is the domain's own phrase, such as "was approved"."""

    name: str
    alternatives: tuple[str, ...]
    by: Literal["score", "highest score", "rule"]
    favourable: bool | None = None
    verb: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFact:
    """`agrees`: whether the score alone would have decided the same."""

    text: str
    then: str
    agrees: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """`coverage`: the share of held-out rows such intervals held, out of `n`."""

    low: float
    high: float
    level: float
    coverage: float | None = None
    n: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreFact:
    """The score of `of`. `unit` is "probability" or the unit of the quantity ("" where it has none)."""

    value: float
    of: str
    unit: str
    base: float | None = None
    cutoff: float | None = None
    calibrated: bool | None = None
    level: Literal["low", "medium", "high"] | None = None
    interval: Interval | None = None
    margin: float | None = None
    margin_base: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceFact:
    """The same feature in the reference group: its median, or its most frequent category."""

    of: str
    value: Value
    comparison: Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One feature of a group of which a reason is the sum."""

    feature: str
    label: str
    value: Value
    weight: float
    unit: str | None = None
    step: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason. `value`: a number, a category in the reader's language, "yes"/"no" for flags, None where unknown.

    `kind` is the feature's kind, or "group". A group has no value; `members` (largest first) have.
    """

    feature: str
    label: str
    kind: str
    value: Value
    weight: float
    direction: Direction
    size: Size
    rank: int
    error: float | None = None
    unit: str | None = None
    step: float | None = None
    tied_with: tuple[str, ...] = ()
    sensitive: bool | None = None
    group: tuple[str, ...] | None = None
    members: tuple[Member, ...] | None = None
    reference: ReferenceFact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFact:
    """One value moved. Written as `from` and `to` in the record."""

    feature: str
    label: str
    from_: Value
    to: Value
    by: Literal["asked", "link"]
    unit: str | None = None
    step: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfFact:
    """`direction`: "for"/"against" the favourable outcome where one is declared, else "up"/"down"; "none": no change.

    `slight`: by less than half a point of probability. `sparse` names the labels of changed features with few training
    rows near the new value, `unused` those of features the model is not given.
    """

    changes: tuple[ChangeFact, ...]
    before: float
    after: float
    direction: Direction
    in_range: bool
    slight: bool | None = None
    sparse: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    outcome_before: str | None = None
    outcome_after: str | None = None
    verb_after: str | None = None
    level_before: str | None = None
    level_after: str | None = None
    rule_after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertaintyFact:
    """How sure. `margin` is score - cut-off (gap to the runner-up with three outcomes and more), signed for `score.of`.

    `unusual`: unlike the training data; `unusual_in` labels the features that make it so. `firm`: the error bars leave
    the direction of every told reason known. `calibration_error` over `calibration_n` rows the model had not seen.
    """

    unusual: bool
    band: Literal["close", "moderate", "clear"] | None = None
    margin: float | None = None
    runner_up: str | None = None
    unusual_in: tuple[str, ...] = ()
    firm: bool | None = None
    calibration_error: float | None = None
    calibration_n: int | None = None


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
class PopulationFact:
    """`filter` says in words which rows; `asked` names the one feature or group whose rank was asked for.

    `top_k`: how many were asked for; `order`: from which end.
    """

    filter: str
    n: int
    asked: str | None = None
    top_k: int | None = None
    order: Literal["most", "least"] | None = None
    share_favourable: float | None = None
    importance: tuple[ImportanceFact, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFact:
    """One thing known of the case; `source` and `meaning` where the domain says them; `used`: the model is given it."""

    feature: str
    label: str
    kind: str
    value: Value
    used: bool
    unit: str | None = None
    step: float | None = None
    source: str | None = None
    meaning: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceGroup:
    """Whom a case is compared with: its name and how many rows stand for it."""

    of: str
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one answer rests on. Every kind of question has a subclass that says what it always has.

    Absent (None) means not known. The path of a value in `record()`, such as `reasons[0].weight`, is that fact's id.
    """

    kind: str
    language: str
    model: ModelFact
    subject: Subject | None = None
    outcome: OutcomeFact | None = None
    rule: RuleFact | None = None
    score: ScoreFact | None = None
    scores: Mapping[str, float] | None = None
    asked: str | None = None
    """The one feature or group whose reason was asked for."""
    top_k: int | None = None
    """How many reasons were asked for."""
    reasons: tuple[Reason, ...] | None = None
    reasons_total: int | None = None
    reasons_rest: float | None = None
    residual: float | None = None
    what_if: WhatIfFact | None = None
    certainty: CertaintyFact | None = None
    population: PopulationFact | None = None
    known: tuple[KnownFact, ...] | None = None
    reference: ReferenceGroup | None = None
    medical: bool | None = None
    limits: tuple[str, ...] = ()
    """Names of limits, worded by `prompts` (claim `limits`, one tag each)."""

    def record(self) -> dict[str, Any]:
        """The explanation record: plain JSON, absent keys left out, `record` first."""
        return {"record": RECORD_VERSION, **_plain(self)}


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((f.name.rstrip("_"), getattr(value, f.name)) for f in fields(value))
        return {name: _plain(inner) for name, inner in pairs if inner is not None or name in ("value", "from", "to")}
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return value
