"""How often a model is right about rows it has not learned from, beside the best guess that looks at nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from explainers.base import Array, Schema
from explainers.decision import decided


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldOut:
    """Over `n` unseen rows: `right`, the share decided rightly, or `error`, the mean absolute error of a quantity.

    `guess` is the same of always saying the most frequent outcome, or the median, of these rows.
    """

    n: int
    guess: float
    right: float | None = None
    error: float | None = None

    @classmethod
    def of(cls, scores: Array, truth: npt.NDArray[Any], schema: Schema, cutoff: float | None) -> HeldOut | None:
        """From scores (n, targets) as shown and what came out (n,), as names or numbers; None without rows."""
        if not len(truth):
            return None
        if schema.quantity is not None:
            told = truth.astype("float64")
            guess = float(np.abs(told - np.median(told)).mean())
            return cls(n=len(told), guess=guess, error=float(np.abs(scores[:, 0] - told).mean()))
        right = np.array(decided(scores, schema, cutoff)) == truth.astype(str)
        counts = np.unique(truth.astype(str), return_counts=True)[1]
        return cls(n=len(truth), guess=float(counts.max() / len(truth)), right=float(right.mean()))
