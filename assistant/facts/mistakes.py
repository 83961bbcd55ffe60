"""Facts about where the model is wrong, on rows it has not learned from: groups only, never one row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from explainers.base import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class WayFact:
    """One way of being wrong: the model said `said` where `truth` came out, `n` times; `share` of all mistakes."""

    said: str
    truth: str
    n: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MissFact:
    """How far a quantity in `unit` is off: half of the rows by `median` or more, one in ten by `far` or more.

    `high` and `low` are the shares of rows where the model says too much and too little; `leaning` is the side that is
    clearly more frequent (two standard errors).
    """

    of: str
    unit: str
    median: float
    far: float
    high: float
    low: float
    leaning: Literal["high", "low"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionFact:
    """One condition of a rule."""

    feature: str
    label: str
    kind: str
    op: Literal["above", "at_most", "is", "is_not"]
    value: Value
    unit: str | None = None
    step: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleOfMistakesFact:
    """Where every condition holds, the model was wrong in `rate` of `n` rows that the rule was not found on."""

    conditions: tuple[ConditionFact, ...]
    n: int
    rate: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonFact:
    """What mistakes have in common: rules found on `found_on` rows and checked on `checked_on` others.

    `overall`: the share of the others that is wrong. Of a quantity, an error above `limit` is a mistake. `enough`:
    there were mistakes enough to look for a rule.
    """

    found_on: int
    checked_on: int
    overall: float
    enough: bool
    rules: tuple[RuleOfMistakesFact, ...] = ()
    limit: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MistakesFact:
    """How many of the unseen rows of `population` are wrong, which way, and what these have in common.

    `wrong` and the `ways` with fewer rows than this reader may be told of are absent. `one_way`: the first way is
    clearly the most frequent (two standard errors of the difference). `miss` takes the place of all these for a
    quantity.
    """

    asked: Literal["count", "sample", "typical"]
    wrong: int | None = None
    share: float | None = None
    ways: tuple[WayFact, ...] = ()
    one_way: bool | None = None
    miss: MissFact | None = None
    common: CommonFact | None = None
