"""The gate: every table and every case is checked here before any model sees it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from explainers.base import Array, Case, Feature, Frame, Link, Schema, Value
from explainers.cell import LARGEST, as_text, check_value, titled
from explainers.errors import InputError
from explainers.numbers import point_is_decimal
from explainers.table import one_line, shown_names, unique_names

__all__ = ["Checked", "as_table", "as_text", "check_case", "check_table", "check_value"]

_PLAIN_NUMBER = re.compile(r"\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?\s*")
_POINT_OR_THOUSAND = re.compile(r"\s*[+-]?[1-9]\d{0,2}\.\d{3}\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A table behind the gate: the schema's features in its order and types, and what was left aside."""

    frame: Frame
    notes: tuple[str, ...] = ()


def as_table(data: object) -> pd.DataFrame:
    """A table whose columns have names; InputError E113 for a bare array or numbered columns."""
    if not isinstance(data, pd.DataFrame) or not all(isinstance(name, str) for name in data.columns):
        raise InputError(
            "E113",
            "The columns have no names, so no value can be matched to what it means.",
            hint="Pass a pandas DataFrame with the names the model was trained with, such as "
            'DataFrame(array, columns=["age", …]), or describe the features in order in a domain.toml.',
        )
    return data


def check_table(table: object, schema: Schema, language: str = "en") -> Checked:
    """A table through the gate: columns by name in any order, every cell checked; linked features computed if absent.

    Raises InputError E101 to E106 (a cell, its row counted from 1), E110 (a missing column), E112, E113, E120.
    Columns the schema does not know are left aside with a note; features the model does not see may be absent.
    """
    table = as_table(table)
    names = list(table.columns)
    unique_names(names)
    if not len(table):
        raise InputError("E120", "The table has no rows.", hint="Give at least one row below the column names.")
    _all_there(names, schema, (f for f in schema.features if f.input), "Column ")
    columns = {f.name: _column(table, f, language) for f in schema.features if _given(f, names)}
    frame = _completed(pd.DataFrame(columns, index=range(len(table))), schema, language)
    used = {column for f in schema.features for column in (f.name, *f.columns)}
    extra = [name for name in names if name not in used]
    return Checked(frame=frame, notes=(f"Not used: {shown_names(extra)}.",) if extra else ())


def check_case(values: Mapping[str, object], schema: Schema, *, id: str, language: str = "en") -> Case:  # noqa: A002  # the field's name
    """One new case from JSON or a form through the gate; linked features are computed where they are absent.

    Features with `missing="unknown"`, and those the model does not see, may be absent or null. Raises InputError E101
    to E106, and E110 for an absent or an unknown name, with the nearest one.
    """
    names = list(values)
    known = [column for f in schema.features for column in (f.name, *f.columns)]
    _all_there(names, schema, (f for f in schema.features if f.input and f.missing == "refuse"), "")
    for name in names:
        if name not in known:
            near = _nearest(str(name), [column for column in known if column not in values])
            hint = f"Is it *{near}*?" if near else f"It knows: {shown_names(schema.names)}."
            place = one_line(str(name))
            raise InputError("E110", f"*{place}* is nothing this model knows.", where=place, hint=hint)
    given = {f.name: _value(values, f, language) for f in schema.features if _given(f, names)}
    case = Case(id=id, values={f.name: given.get(f.name) for f in schema.features})
    for link in schema.links:
        computed = _of_parts(link, case, schema, language)
        if given.get(link.set) is not None and not _alike(given[link.set], computed, schema.feature(link.set)):
            found = "is not known" if computed is None else f"comes to {computed}"
            message = f"{titled(schema.feature(link.set))} {found}, not {given[link.set]}."
            hint = "It is computed from other values: leave it out."
            raise InputError("E103", message, where=link.set, hint=hint)
        case = Case(id=id, values={**case.values, link.set: computed})
    return case


def _alike(given: Value, computed: Value, feature: Feature) -> bool:
    """Whether a value that was given is the computed one, as far as it is written."""
    if isinstance(given, float) and isinstance(computed, float):
        return abs(given - computed) <= max(feature.step or 0.0, 0.01 * abs(computed)) or given == computed
    return given == computed


def _of_parts(link: Link, case: Case, schema: Schema, language: str) -> Value:
    feature, number = schema.feature(link.set), link.formula.value(case.values)
    if number is not None:
        return check_value(number, feature, language)
    if feature.missing == "refuse" and all(case.values.get(name, name) is not None for name in link.formula.names):
        raise _incomputable(link, feature, row=None)
    return None


def _of_columns(link: Link, frame: Frame, schema: Schema, language: str) -> pd.Series:
    feature, numbers = schema.feature(link.set), link.formula.column(frame)
    parts = frame[[name for name in frame if name in link.formula.names]]
    stuck = np.flatnonzero(np.isnan(numbers) & parts.notna().all(axis=1).to_numpy())
    if len(stuck) and feature.missing == "refuse":
        raise _incomputable(link, feature, int(stuck[0]) + 1)
    # a missing part makes it missing, whatever is declared
    return _column(pd.DataFrame({link.set: numbers}), replace(feature, missing="unknown"), language)


def _incomputable(link: Link, feature: Feature, row: int | None) -> InputError:
    place = "" if row is None else f" in row {row}"
    return InputError("E101", f"{titled(feature)} cannot be computed{place}: {link.formula.text} comes to no number.",
                      where=feature.name, hint="Look at its parts.")  # fmt: skip


def _given(feature: Feature, names: Sequence[str]) -> bool:
    return feature.name in names or (bool(feature.columns) and set(feature.columns) <= set(names))


def _all_there(names: Sequence[str], schema: Schema, needed: Iterable[Feature], noun: str) -> None:
    """E110 for the first needed feature that is neither given, nor given in one-hot columns, nor linked."""
    linked = {link.set for link in schema.links}
    for feature in needed:
        if not _given(feature, names) and feature.name not in linked:
            raise _missing(feature, names, schema, noun)
        if feature.name not in names:
            _whole_one_hot(feature, names, noun)


def _whole_one_hot(feature: Feature, names: Sequence[str], noun: str) -> None:
    absent = [column for column in feature.columns if column not in names]
    if absent and len(absent) < len(feature.columns):
        raise _absent(absent[0], f"{titled(feature)} needs all of its {len(feature.columns)} columns.", names, noun)


def _missing(feature: Feature, names: Sequence[str], schema: Schema, noun: str) -> InputError:
    known = {column for f in schema.features for column in (f.name, *f.columns)}
    others = [str(name) for name in names if name not in known]
    near = _nearest(feature.name, others) or _nearest(feature.label, others)
    if near:
        return _absent(feature.name, f"Is it *{one_line(near)}*? Then rename that to {feature.name}.", names, noun)
    if names and len(others) == len(names):
        # names nobody knows may be the first row of a table without a header: values, not to be repeated
        message = f"{noun}*{feature.name}* is missing, and no name given is one this model knows."
        hint = f"Needed{', in the first line' if noun else ''}: {shown_names(schema.names)}."
        return InputError("E110", message, where=feature.name, hint=hint)
    _whole_one_hot(feature, names, noun)
    return _absent(feature.name, "Add it; leave a cell empty where a value is unknown.", names, noun)


def _absent(name: str, hint: str, names: Sequence[str], noun: str) -> InputError:
    found = shown_names([str(n) for n in names]) or "nothing"
    return InputError("E110", f"{noun}*{name}* is missing. Found: {found}.", where=name, hint=hint)


def _nearest(name: str, others: Sequence[str]) -> str:
    from rapidfuzz import fuzz, process, utils

    found = process.extractOne(name, others, scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=75)
    return str(found[0]) if found else ""


def _value(values: Mapping[str, object], feature: Feature, language: str) -> Value:
    if feature.name in values:
        return check_value(values[feature.name], feature, language)
    held = np.array([[check_value(values[f.name], f, language) or 0.0 for f in _one_hot(feature)]], dtype=np.float64)
    found = _folded(held, feature, numbered=False)[0]
    return check_value(math.nan if found is None else found, feature, language)


def _completed(frame: Frame, schema: Schema, language: str) -> Frame:
    """Absent features computed where they are linked, else unknown; every feature in order."""
    linked = {link.set for link in schema.links}
    for feature in schema.features:
        if feature.name not in frame and feature.name not in linked:
            frame[feature.name] = pd.Series(np.nan, index=frame.index, dtype="float64" if feature.numeric else "str")
    for link in schema.links:
        if link.set not in frame:
            frame[link.set] = _of_columns(link, frame, schema, language)
    return frame[list(schema.names)]


def _column(table: pd.DataFrame, feature: Feature, language: str) -> pd.Series:
    """One feature of every row, checked: float64, or `str`."""
    if feature.name in table:
        given = table[feature.name]
    else:
        flags = [np.asarray(_cells(table[f.name], f, language), dtype=np.float64) for f in _one_hot(feature)]
        given = pd.Series(_folded(np.nan_to_num(np.column_stack(flags)), feature, numbered=True), dtype="str")
    return pd.Series(_cells(given, feature, language), dtype="float64" if feature.numeric else "str")


def _cells(series: pd.Series, feature: Feature, language: str) -> Sequence[Value] | Array:
    """Every distinct value is checked once: plain numbers all together, the rest one by one."""
    if isinstance(series.dtype, pd.CategoricalDtype):
        series = series.astype(object)
    if series.dtype == object:
        if pd.api.types.infer_dtype(series, skipna=True) != "string":
            # one by one: among mixed types True, 1 and 1.0 would pass for the same value
            return [check_value(value, feature, language, row) for row, value in enumerate(series, 1)]
        series = series.astype("str")
    codes, distinct = pd.factorize(series)
    first = np.empty(len(distinct) + 1, dtype=np.intp)
    first[codes[::-1]] = np.arange(len(codes), 0, -1)
    fine, numbers = _plain_numbers(pd.Series(distinct), feature, language)
    checked: list[Value] = [
        float(numbers[k]) if fine[k] else check_value(value, feature, language, int(first[k]))
        for k, value in enumerate(distinct)
    ]
    checked.append(check_value(math.nan, feature, language, int(first[-1])) if (codes == -1).any() else None)
    return np.array(checked, dtype="float64" if feature.numeric else "object")[codes]


def _plain_numbers(distinct: pd.Series, feature: Feature, language: str) -> tuple[npt.NDArray[np.bool_], Array]:
    """Which values are allowed numbers written plainly, the others to be looked at one by one; and the numbers."""
    number = np.full(len(distinct), np.nan)
    if feature.kind == "number" and pd.api.types.is_string_dtype(distinct.dtype):
        number = np.array([float(t) for t in _machine_written(list(distinct), language)], dtype=np.float64)
    elif feature.kind == "number" and pd.api.types.is_numeric_dtype(distinct.dtype) and distinct.dtype.kind in "iuf":
        number = distinct.to_numpy(dtype=np.float64)
    low = -LARGEST if feature.low is None else feature.low
    high = LARGEST if feature.high is None else feature.high
    fine = (number >= max(low, -LARGEST)) & (number <= min(high, LARGEST))
    if feature.whole:
        fine &= number == np.floor(number)
    return fine, number


def _machine_written(texts: Sequence[str], language: str) -> list[str]:
    """The texts that are plain numbers, "nan" for the others.

    Where people write a decimal comma, "1.234" counts as plain only in a column that has decimals behind a point.
    """
    points = point_is_decimal(language) or any(
        "." in t and _PLAIN_NUMBER.fullmatch(t) and not _POINT_OR_THOUSAND.fullmatch(t) for t in texts
    )
    return [
        t if _PLAIN_NUMBER.fullmatch(t) and (points or not _POINT_OR_THOUSAND.fullmatch(t)) else "nan" for t in texts
    ]


def _one_hot(feature: Feature) -> list[Feature]:
    return [Feature(name=c, label=c, kind="flag", missing=feature.missing) for c in feature.columns]


def _folded(held: Array, feature: Feature, numbered: bool) -> list[str | None]:
    """The category that one-hot columns (n, k) say, None where none of them is 1; E104 where two are."""
    many = np.flatnonzero(held.sum(axis=1) > 1)
    if len(many):
        both = ", ".join(feature.categories[k] for k in np.flatnonzero(held[many[0]]))
        row = f"row {many[0] + 1}" if numbered else ""
        message = f"{titled(feature)} is more than one thing{' in ' * numbered}{row}: {both}."
        raise InputError("E104", message, where=row, hint="Exactly one of its columns holds 1.")
    return [feature.categories[int(row.argmax())] if row.any() else None for row in held]
