"""One column of many rows in a few numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from explainers.base import Array

MIDDLE = (0.05, 0.95)
"""Between these shares of all values lies the middle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Of the `n` known numbers. `low` and `high` hold the middle 90 %, `spread` is the standard deviation."""

    n: int
    mean: float
    median: float
    spread: float | None
    minimum: float
    maximum: float
    low: float
    high: float


def summary(values: Array) -> Summary | None:
    """Of the numbers (n,) that are known; None where none is."""
    known = values[~np.isnan(values)]
    if not len(known):
        return None
    low, high = np.quantile(known, MIDDLE)
    return Summary(
        n=len(known),
        mean=float(known.mean()),
        median=float(np.median(known)),
        spread=float(known.std(ddof=1)) if len(known) > 1 else None,
        minimum=float(known.min()),
        maximum=float(known.max()),
        low=float(low),
        high=float(high),
    )


def frequencies(values: npt.NDArray[Any]) -> Mapping[Any, int]:
    """How often each known value stands in (n,), the most frequent first, equals in the order of their names."""
    counted = Counter(values[~pd.isna(values)].tolist())
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], str(pair[0]))))


def usual(column: pd.Series[Any], *, number: bool) -> float | str | None:
    """The median of a number, else the most frequent value; None where nothing is known."""
    known = column.dropna().to_numpy()
    if not len(known):
        return None
    if number:
        return float(np.median(known))
    found = next(iter(frequencies(known)))
    return found if isinstance(found, str) else float(found)


def width(values: Array) -> float:
    """Of the middle 90 % of the known numbers, of everything where that is 0, else 1."""
    known = values[np.isfinite(values)]
    if not len(known):
        return 1.0
    low, high = np.quantile(known, MIDDLE)
    return float(high - low) or float(np.ptp(known)) or 1.0
