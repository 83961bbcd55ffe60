"""Facts about a group as a whole: the reasons that its cases share or do not share, and what a change would do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.facts.population import CountFact
from assistant.facts.reasons import Direction
from explainers.base import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedReason:
    """What a feature or declared group does to the scores of a group of cases, on average.

    `weight` is the mean, `error` its standard error over the cases, `spread` the standard deviation, `agree` the share
    of cases in which it points the same way as the mean. `divided`: it clearly speaks one way for some and the other
    way for others; `up` and `down` are the shares of those. `direction` is that of the mean, "none" where it is open.
    """

    feature: str
    label: str
    weight: float
    direction: Direction
    rank: int
    agree: float
    up: float
    down: float
    error: float | None = None
    spread: float | None = None
    tied_with: tuple[str, ...] = ()
    divided: bool | None = None
    sensitive: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupWhyFact:
    """Mean reasons over `explained` of the group's cases; base + all mean weights + residual = the mean `score`.

    The score is that of the outcome `of`, or a quantity in `unit`; `other` is the other one of two outcomes. `ruled`:
    in so many cases of the group a rule decides, not the score. `asked` names the one feature or group asked about,
    `member` is the feature that was meant where that is one of a group. `total`: of so many, `rest` sums the untold.
    """

    of: str
    explained: int
    reasons: tuple[SharedReason, ...]
    total: int
    rest: float
    base: float
    score: float
    residual: float
    unit: str | None = None
    other: str | None = None
    calibrated: bool | None = None
    ruled: int | None = None
    asked: str | None = None
    member: SharedReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveFact:
    """A change as it was asked for; `value` is the new value, the amount, or the factor."""

    feature: str
    label: str
    kind: str
    change: Literal["set", "increase", "decrease", "multiply"]
    value: Value
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FlipFact:
    """So many cases would get another outcome. Written as `from` and `to` in the record."""

    from_: str
    to: str
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupWhatIfFact:
    """The `moves` made in each of `n` cases of a group, what is computed from them (`linked`) following.

    Left out are `stuck` cases, in which a move cannot be made, and those `outside` what the model has seen. `before`
    and `after` are means of the score of the outcome `of`, or of the quantity in `unit`; it is `raised` in so many
    cases and `lowered` in so many. Counts are of what is answered, rules included. `slight`: the mean moves by less
    than half a point of probability. `sparse`: in so many cases few training rows lie near a new value. `unused`: what
    the model is not given. `asked`: the one outcome asked about. `too_few`: fewer cases are left than this reader may
    be told anything of, or none; then all else is None.
    """

    moves: tuple[MoveFact, ...] = ()
    n: int | None = None
    too_few: bool | None = None
    stuck: int | None = None
    outside: int | None = None
    of: str | None = None
    unit: str | None = None
    calibrated: bool | None = None
    before: float | None = None
    after: float | None = None
    direction: Direction | None = None
    slight: bool | None = None
    raised: int | None = None
    lowered: int | None = None
    counts_before: tuple[CountFact, ...] | None = None
    counts_after: tuple[CountFact, ...] | None = None
    flips: tuple[FlipFact, ...] | None = None
    asked: str | None = None
    linked: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    sparse: int | None = None
