"""Facts about which features act together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class PairFact:
    """Two features or groups by their labels, and their H: 0 where each acts by itself."""

    features: tuple[str, str]
    labels: tuple[str, str]
    strength: float
    size: Literal["hardly", "slight", "clear"]


@dataclass(frozen=True, slots=True, kw_only=True)
class InteractionsFact:
    """Pairs among the `features` that weigh most, the strongest first, measured over `rows` rows.

    `additive`: the model adds up its features in margins, so there is nothing to measure. `too_few`: too few rows to
    measure anything. A pair below `floor` hardly acts together.
    """

    features: int
    additive: bool = False
    too_few: bool | None = None
    rows: int | None = None
    floor: float | None = None
    pairs: tuple[PairFact, ...] = ()
