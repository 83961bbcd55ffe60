"""From the gate's frame to the table a native model was trained on: its columns, its order, its types."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from explainers.base import Feature, Frame, Schema
from explainers.cell import FLAG_WORDS
from explainers.errors import DomainError, InputError
from explainers.models.labels import spelled

Dtypes: TypeAlias = Mapping[str, Any]
"""The numpy or pandas dtype of each column of a training table, in the table's order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """What is known of a model's training table.

    `names`: its columns in order. `dtypes`: their types. `values`: how it wrote the values of some columns.
    """

    names: tuple[str, ...] | None = None
    dtypes: Dtypes = field(default_factory=lambda: MappingProxyType({}))
    values: Mapping[str, tuple[object, ...]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column a native model wants. `marks` is the category whose presence a one-hot column tells.

    `written`: how the training table wrote what the gate calls by a text or a number; None where it wrote the same.
    """

    name: str
    feature: str
    numeric: bool
    marks: str | None = None
    dtype: Any = None
    written: Mapping[Any, object] | None = None

    def fill(self, frame: Frame) -> Any:
        """The column for these cases."""
        values = frame[self.feature]
        if self.marks is not None:
            return _number((values == self.marks).astype("float64"), self.dtype)
        if self.written is not None:
            values = values.astype(object).map(dict(self.written))
            values = values.astype("float64") if _all_numbers(self.written.values()) else values
        elif self.numeric:
            return _number(values, self.dtype)
        if isinstance(self.dtype, pd.CategoricalDtype):
            return _categorical(values, self.dtype)
        return _number(values, self.dtype) if values.dtype == "float64" else values


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """All columns a native model wants, in its own order."""

    columns: tuple[Column, ...]

    @classmethod
    def of(cls, schema: Schema, training: Training) -> Columns:
        """What a model trained on such a table wants of the schema's features.

        Without names the order is that of the dtypes, else the schema's. Where nothing is known of a column's types,
        numbers are float64 and categories are text, or numbers if all of them can be read as numbers.

        Raises InputError E110 for a column nobody has described, DomainError E611 for one the model must not see.
        """
        known = {c.name: c for f in schema.features for c in _columns(f, training)}
        underscored = {"_".join(name.split()): column for name, column in known.items()}  # as LightGBM writes names
        underscored |= {re.sub(r"\W", "_", name): column for name, column in known.items()}  # as skl2onnx does
        names = training.names
        if names is None:
            seen = [n for f in schema.features if f.input for n in (f.columns or (f.name,))]
            names = tuple(n for n in training.dtypes if n in seen) if set(seen) <= set(training.dtypes) else tuple(seen)
        columns = tuple(known.get(n) or underscored.get(n) or _absent(n, known) for n in names)
        for column in columns:
            if not schema.feature(column.feature).input:
                raise DomainError(
                    "E611",
                    f"The model was trained with *{column.feature}*, which has `input = false`.",
                    where=column.feature,
                    hint="Remove that line, or give the model trained without it.",
                )
        return cls(columns=columns)

    @property
    def owners(self) -> tuple[str, ...]:
        """The feature each column is made of."""
        return tuple(c.feature for c in self.columns)

    def table(self, frame: Frame) -> pd.DataFrame:
        """The gate's frame as the model's training table was, one row a case."""
        filled = {c.name: c.fill(frame) for c in self.columns}
        return pd.DataFrame({n: v.array if isinstance(v, pd.Series) else v for n, v in filled.items()})

    def require(self, width: int | None) -> None:
        """InputError E113 where a model that does not name its columns wants another number of them."""
        if width is not None and width != len(self.columns):
            raise InputError(
                "E113",
                f"The model does not name its columns; it wants {width} and {len(self.columns)} are described.",
                where="model",
                hint="Describe the columns it was trained on, in that order, or train it on a table with column names.",
            )


def _columns(feature: Feature, training: Training) -> list[Column]:
    """The column that holds the feature, and its one-hot columns where it has some."""
    if feature.columns:
        pairs = zip(feature.columns, feature.categories, strict=False)  # a dropped level leaves one column less
        spread = [
            Column(name=n, feature=feature.name, numeric=True, marks=category, dtype=training.dtypes.get(n))
            for n, category in pairs
        ]
    else:
        spread = []
    whole = Column(
        name=feature.name,
        feature=feature.name,
        numeric=feature.numeric,
        dtype=training.dtypes.get(feature.name),
        written=_written(feature, training),
    )
    return [whole, *spread]


def _written(feature: Feature, training: Training) -> Mapping[Any, object] | None:
    """How the training table wrote the gate's values of a feature; None where it wrote the same."""
    dtype = training.dtypes.get(feature.name)
    own = training.values.get(feature.name, ())
    if not own and isinstance(dtype, pd.CategoricalDtype):
        own = tuple(dtype.categories)
    if feature.numeric:
        if not own or (_all_numbers(own) and not isinstance(dtype, pd.CategoricalDtype)):
            return None
        return MappingProxyType({number: v for v in own if (number := _gate_number(v)) is not None})
    if own:
        known = {spelled(value): value for value in own}
        written = {c: known.get(spelled(c), c) for c in feature.categories}
        return None if all(c is value or c == value for c, value in written.items()) else MappingProxyType(written)
    if dtype is None or pd.api.types.is_numeric_dtype(dtype):
        return _as_numbers(feature.categories)
    return None


def in_pandas_order(feature: Feature) -> list[object]:
    """The values of a feature as pandas numbers them when it makes categories of a column."""
    if feature.numeric:
        return [0.0, 1.0]
    numbers = _as_numbers(feature.categories)
    return list(sorted(numbers.values()) if numbers else sorted(feature.categories))


def _gate_number(value: object) -> float | None:
    """What the gate makes of a value of a number or flag column, "yes" being 1.0; None where it makes nothing of it."""
    word = spelled(value)
    try:
        return FLAG_WORDS[word.lower()] if word.lower() in FLAG_WORDS else float(word)
    except ValueError:
        return None


def _as_numbers(categories: Sequence[str]) -> Mapping[Any, float] | None:
    try:
        return MappingProxyType({c: float(spelled(c)) for c in categories})
    except ValueError:
        return None


def _all_numbers(values: Any) -> bool:
    return all(isinstance(v, bool | int | float | np.number | np.bool_) for v in values)


def _categorical(values: pd.Series[Any], dtype: pd.CategoricalDtype) -> pd.Categorical:
    """As `astype` does, but each value is looked up once: five times as fast for thousands of rows."""
    places, found = pd.factorize(values)
    known = np.append(dtype.categories.get_indexer(found), -1)
    return pd.Categorical.from_codes(known[places], dtype=dtype)


def _number(values: pd.Series[float], dtype: Any) -> Any:
    """Numbers in the training table's own dtype where they fit: no gap or fraction is forced into whole numbers."""
    numbers = values.to_numpy(dtype="float64")
    if dtype is not None and pd.api.types.is_bool_dtype(dtype) and np.isin(numbers, (0.0, 1.0)).all():
        return numbers.astype("bool")
    if dtype is not None and pd.api.types.is_integer_dtype(dtype) and (numbers == np.floor(numbers)).all():
        return numbers.astype("int64")
    return numbers


def _absent(name: str, known: Mapping[str, object]) -> Column:
    near = difflib.get_close_matches(name, known, n=1)
    raise InputError(
        "E110",
        f"The model wants a column *{name}* that the data do not have."
        + (f" The nearest name is *{near[0]}*." if near else ""),
        where=name,
        hint="Name the columns as they were when the model was trained. Found: " + ", ".join(known) + ".",
    )
