"""Facts about why: reasons, and what a change would do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from explainers.base import Value

Direction = Literal["for", "against", "up", "down", "none"]
Size = Literal["large", "medium", "small"]
Comparison = Literal["higher", "lower", "same", "different"]


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
    reference: ReferenceFact | None = None


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

    @property
    def compared(self) -> ReferenceFact | None:
        """What the reason is compared with: of a group, what its largest member is."""
        return self.members[0].reference if self.members else self.reference


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
    rule_before: str | None = None
    rule_after: str | None = None
