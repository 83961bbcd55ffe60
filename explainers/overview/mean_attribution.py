"""Mean attribution: what each feature does to the scores of many cases, and how far the cases agree on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from explainers.base import Array
from explainers.evidence import Attributions, Contribution, standard_error
from explainers.ties import grouped, ranked

EXACT_ROWS, SAMPLED_ROWS = 100, 25
"""Of so many cases of a group attributions are averaged, by exact and by sampled methods."""
DIVIDED = 0.25
"""Cases are divided on a feature that raises the score of at least this share of them and lowers that of as many."""
WEIGHTY = 0.1
"""They are only said to be where it moves scores, on average, by this share of what all features move together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """One feature, or declared group, over many cases.

    `mean` has its standard error over the cases; `spread` is the standard deviation, None for a single case. `size` is
    the mean |weight|, `up` and `down` are the shares of cases in which the weight is known to be above or below zero.
    """

    mean: Contribution
    spread: float | None
    size: float
    up: float
    down: float
    divided: bool

    @property
    def agree(self) -> float:
        """The share of the cases in which it points the way the mean does."""
        return self.up if self.mean.weight > 0 else self.down


def chosen(places: npt.NDArray[np.int64], most: int) -> npt.NDArray[np.int64]:
    """At most so many of the places (n,), in their order; the same ones each time."""
    picked = np.random.default_rng(0).permutation(len(places))[:most]
    return places[np.sort(picked)]


def shared(found: Attributions, groups: Mapping[str, str]) -> tuple[Shared, ...]:
    """The mean of many attributions, told in `groups` (feature -> group); the largest means first.

    A mean hides that cases differ: `up`, `down` and `spread` say how far they do. It knows nothing of why.
    """
    n, b, d = found.blocks.shape
    names, flat = grouped(found.features, (found.blocks * found.scale[:, None, None]).reshape(n * b, d), groups)
    blocks = flat.reshape(n, b, len(names))
    weights = blocks.mean(axis=1)
    signs = np.where(np.abs(weights) >= 2 * standard_error(blocks), np.sign(weights), 0.0)
    weighty = np.abs(weights).mean(axis=0) >= WEIGHTY * np.abs(weights).mean(axis=0).sum()
    places = {name: k for k, name in enumerate(names)}
    return tuple(
        _shared(mean, weights[:, k], signs[:, k], weighty=bool(weighty[k]))
        for mean in ranked(names, weights)
        for k in (places[mean.feature],)
    )


def _shared(mean: Contribution, weights: Array, signs: Array, *, weighty: bool) -> Shared:
    up, down = float((signs > 0).mean()), float((signs < 0).mean())
    return Shared(
        mean=mean,
        spread=float(weights.std(ddof=1)) if len(weights) > 1 else None,
        size=float(np.abs(weights).mean()),
        up=up,
        down=down,
        divided=weighty and min(up, down) >= DIVIDED,
    )
