"""What a native model says of itself, and how it is asked: one value for every library."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from explainers.base import Schema

LIBRARIES = ("xgboost", "lightgbm", "catboost", "sklearn", "torch", "onnxruntime")
"""Whose models are known by their classes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Native:
    """A fitted model of some library. `encode` makes of the training table what the final `estimator` sees."""

    estimator: Any
    encode: Callable[[pd.DataFrame], Any]
    scores: Callable[[Any], Any]
    """Encoded rows to probabilities (n, k), or values (n,)."""
    margins: Callable[[Any], Any] | None = None
    """Encoded rows to what the model adds up in, (n,), of the second of two labels or a quantity; None: unknown."""
    labels: tuple[object, ...] | None = None
    """The outcomes of the columns of `scores`, as the model writes them; None where it does not say."""
    names: tuple[str, ...] | None = None
    """The columns it was trained on; None where it does not say."""
    width: int | None = None
    """How many columns it was trained on."""
    categorical: Mapping[str, tuple[object, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Columns it wants as pandas categories, with their values in the order of training (empty: not known)."""
    values: Mapping[str, tuple[object, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """How some columns of its training table wrote their values."""
    settle: Callable[[Native, Schema, pd.DataFrame], Native] | None = None
    """Learns from some rows of its training table what the model itself does not say."""


def library(native: object) -> str:
    """The library a model's class, or one it is derived from, comes from: one of LIBRARIES, else ""."""
    homes = [cls.__module__.split(".")[0] for cls in type(native).__mro__]
    return next((home for home in homes if home in LIBRARIES), "")


def numbers_only(table: pd.DataFrame) -> Any:
    """The table as an array, for models trained on one: floats, or objects where a column holds text."""
    numeric = all(pd.api.types.is_numeric_dtype(dtype) for dtype in table.dtypes)
    return table.to_numpy(dtype="float64" if numeric else object)


def as_it_is(table: Any) -> Any:
    """The table unchanged, for models that know its columns by name."""
    return table


def two_columns(scores: Any) -> Any:
    """The probability of the second label, (n,) or (n, 1), as probabilities of both; anything wider unchanged."""
    scores = np.asarray(scores, dtype="float64")
    scores = scores[:, 0] if scores.ndim == 2 and scores.shape[1] == 1 else scores
    return np.column_stack([1 - scores, scores]) if scores.ndim == 1 else scores


def as_text(values: pd.Series[Any]) -> pd.Series[Any]:
    """A column as the texts its training table held: whole numbers without a point, "" where unknown."""
    numbers = pd.api.types.is_numeric_dtype(values.dtype)
    written = values.map(lambda v: "" if v != v else f"{float(v):.15g}" if numbers else str(v))  # noqa: PLR0124 - NaN
    return written.astype(object)
