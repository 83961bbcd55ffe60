"""The last step of a pipeline laid open: the matrix its final estimator sees, and whose columns these are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from explainers.base import Array, Feature, Frame, Schema
from explainers.models.columns import Columns
from explainers.models.native import Native, library

WIDEST = 5_000
"""Encodings of more columns are not laid open: they are text or hashes, and would not fit in memory as a matrix."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """What the final estimator sees. `owners`: the feature each column is made of, "" where no feature moves it.

    `position` is the place of the target among the estimator's own outcomes (0 for a quantity).
    """

    matrix: Callable[[Frame], Array]
    owners: tuple[str, ...]
    estimator: object
    position: int = 0


def lay_open(native: Native, columns: Columns, schema: Schema, reference: Frame) -> Encoding | None:
    """The encoding of a model; None where a column mixes features, or what the estimator sees is no matrix of numbers.

    Owners are found by trying: one feature at a time is moved through its values in some rows of the reference sample,
    and the columns that move with it are its own.
    """

    def matrix(frame: Frame) -> Array:
        found = _dense(native.encode(columns.table(frame)))
        if found is None:
            raise TypeError("the encoding holds more than numbers")
        return found

    try:
        owners = _owners(matrix, schema, reference, set(columns.owners))
        alike = owners is not None and _sees_the_same(native, columns, reference.head(50))
    except Exception:  # a transformer may refuse the tried values in its own way; then there is nothing to lay open
        return None
    return Encoding(matrix=matrix, owners=owners, estimator=native.estimator) if owners is not None and alike else None


def _dense(encoded: Any) -> Array | None:
    """Encoded rows as float64, None where they hold anything but numbers."""
    if encoded.shape[1] > WIDEST:
        return None
    if hasattr(encoded, "toarray"):
        encoded = encoded.toarray()
    if isinstance(encoded, pd.DataFrame):
        if not all(pd.api.types.is_numeric_dtype(dtype) for dtype in encoded.dtypes):
            return None
        encoded = encoded.to_numpy(dtype="float64")
    return np.array(encoded, dtype="float64") if np.issubdtype(encoded.dtype, np.number) else None


def _sees_the_same(native: Native, columns: Columns, rows: Frame) -> bool:
    """Whether the estimator scores the dense matrix as what it was given; boosters read zeros left out as gaps."""
    encoded = native.encode(columns.table(rows))
    dense = _dense(encoded)
    if dense is None or (hasattr(encoded, "toarray") and library(native.estimator) in ("xgboost", "lightgbm")):
        return False
    given = pd.DataFrame(dense, columns=encoded.columns) if isinstance(encoded, pd.DataFrame) else dense
    return np.allclose(
        np.asarray(native.scores(given), dtype="float64"),
        np.asarray(native.scores(encoded), dtype="float64"),
        rtol=1e-6,
        atol=1e-6,
    )


def _owners(
    matrix: Callable[[Frame], Array], schema: Schema, reference: Frame, used: set[str]
) -> tuple[str, ...] | None:
    rows = _rows(schema, reference, used)
    before = matrix(rows)
    owners = [""] * before.shape[1]
    for feature in (f for f in schema.features if f.name in used):
        moved = np.zeros(before.shape[1], dtype=bool)
        for changed in _trials(feature, rows, reference):
            moved |= _differs(matrix(changed), np.tile(before, (len(changed) // len(rows), 1)))
        if any(owners[j] for j in np.flatnonzero(moved)):
            return None
        owners = [feature.name if hit else owner for hit, owner in zip(moved, owners, strict=True)]
    return tuple(owners)


def _differs(after: Array, before: Array) -> npt.NDArray[np.bool_]:
    changed: npt.NDArray[np.bool_] = ((after != before) & ~(np.isnan(after) & np.isnan(before))).any(axis=0)
    return changed


def _rows(schema: Schema, reference: Frame, used: set[str]) -> Frame:
    """Rows to start from: some of the reference sample, and one with a gap for each feature that may have one.

    Imputers that look at other features show themselves in rows with gaps only.
    """
    some = reference.iloc[np.linspace(0, len(reference) - 1, min(8, len(reference))).astype(int)]
    gaps = [f.name for f in schema.features if f.name in used and f.missing == "unknown"]
    return pd.concat([some, *(some.head(1).assign(**{name: np.nan}) for name in gaps)], ignore_index=True).astype(
        reference.dtypes
    )


def _trials(feature: Feature, rows: Frame, reference: Frame) -> Iterator[Frame]:
    """The rows once for each value the feature is moved to, in one frame."""
    values: list[Any]
    if feature.numeric:
        seen = np.unique(reference[feature.name].dropna())
        values = list(seen[np.linspace(0, len(seen) - 1, min(32, len(seen))).astype(int)])
        values += [v for v in (feature.low, feature.high) if v is not None]
        # A feature that never changes in the sample moves its columns all the same, in the first case that differs.
        values += [0.0, 1.0] if feature.kind == "flag" else [float(seen[0]) + 1] if len(values) == 1 else []
    else:
        values = list(feature.categories)
    if feature.missing == "unknown":
        values.append(np.nan)
    if values:
        changed = pd.concat([rows] * len(values), ignore_index=True)
        changed[feature.name] = pd.Series(np.repeat(np.array(values, dtype=object), len(rows))).astype(
            reference[feature.name].dtype
        )
        yield changed
