"""How far a predicted quantity may be off: split-conformal intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from explainers.base import Array

FEWEST = 40
"""Rows below which no interval is promised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitConformal:
    """prediction +- `half_width` holds the true value for a share of at least `level` of rows like the `n` judged.

    Lei, G'Sell, Rinaldo, Tibshirani and Wasserman (2018). The same width everywhere: it does not tell easy cases from
    hard ones. `coverage` is the share measured on rows that had no part in the width.
    """

    half_width: float
    level: float
    coverage: float
    n: int

    @classmethod
    def of(cls, predicted: Array, true: Array, level: float = 0.9) -> SplitConformal | None:
        """From rows the model has not seen, shapes (n,); None with fewer than FEWEST.

        Coverage: every second row is judged with the width of the others, and the other way round.
        """
        off = np.abs(np.asarray(true, dtype="float64") - predicted)
        if len(off) < FEWEST:
            return None
        halves = (off[::2], off[1::2])
        held = [(one <= _half_width(other, level)).sum() for one, other in (halves, halves[::-1])]
        return cls(half_width=_half_width(off, level), level=level, coverage=float(sum(held) / len(off)), n=len(off))

    def interval(self, prediction: float, low: float | None = None, high: float | None = None) -> tuple[float, float]:
        """The two ends, kept inside the quantity's own range [low, high]."""
        below, above = prediction - self.half_width, prediction + self.half_width
        return (below if low is None else max(low, below), above if high is None else min(high, above))


def _half_width(off: Array, level: float) -> float:
    """The ceil((n + 1) * level)-th smallest of n distances."""
    return float(np.sort(off)[min(math.ceil((len(off) + 1) * level), len(off)) - 1])
