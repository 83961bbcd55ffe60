"""A schema guessed from a table that nobody has described. It never guesses what is favourable or may change."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from numbers import Real

import numpy as np
import numpy.typing as npt
import pandas as pd

from explainers.base import Array, Feature, Outcome, Quantity, Schema
from explainers.cell import FLAG_WORDS, as_text, is_missing
from explainers.errors import InputError
from explainers.numbers import read_number
from explainers.schema import as_table
from explainers.table import shown_names, unique_names

SENSITIVE = (
    "sex", "gender", "age", "race", "ethnicity", "ethnic", "religion", "nationality", "native country",
    "national origin", "country of birth", "birth country", "citizenship", "marital status", "marital", "married",
    "relationship", "disability", "disabled", "pregnant", "pregnancy", "sexual orientation", "sexuality", "caste",
    "skin colour", "skin color", "date of birth", "birth year", "year of birth", "woman", "man", "female", "male",
    "black", "hispanic", "political opinion", "union member",
    "性别", "年龄", "种族", "民族", "宗教", "国籍", "婚姻", "残疾", "怀孕", "籍贯",
)  # fmt: skip
"""Words that, found whole in a column's name, mark it as sensitive."""
TWINS = 0.8
"""Features whose ranks correlate at least this much, with either sign, are told as one group."""
FEWEST_FOR_TWINS = 10
"""Rows that know both, below which a correlation says nothing."""
MOST_OUTCOMES = 10
"""Whole-number targets with more distinct values than this are quantities."""
TEXT_DISTINCT, TEXT_WORDS = 50, 3
"""Columns with more distinct texts than the one, of more words than the other on average, are free text."""


_PLAIN = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,15})?", re.ASCII)
"""Numbers written as a machine writes them; "1.234" is 1.234, as it is in English."""


def infer_schema(table: object, target: str, model_classes: Sequence[object] | None = None) -> Schema:
    """A schema for the columns of `table` besides `target`: kinds, ranges as seen, one-hot columns, groups, outcomes.

    `model_classes` are the model's classes in the order of its scores. Columns that name cases are dropped before.
    Numbers that stand for categories stay numbers: a table does not tell. Raises InputError E110 without the target,
    E112, E113, E120.
    """
    table = as_table(table)
    unique_names(list(table.columns))
    if target not in table:
        raise InputError("E110", f"Column *{target}* is missing. Found: {shown_names(list(table.columns))}.",
                         where=target, hint="Name the column that holds the outcome.")  # fmt: skip
    if not len(table):
        raise InputError("E120", "The table has no rows.", hint="A schema is guessed from rows.")
    columns = {str(name): _read(table[name]) for name in table.columns if name != target}
    features = _grouped(_folded([_feature(name, column) for name, column in columns.items()], columns), columns)
    answers = _read(table[target])
    if model_classes is None and _is_quantity(answers):
        low, high = _ends(answers)
        return Schema(features=features, quantity=Quantity(name=readable(target), low=low, high=high))
    keys = _keys(answers) if model_classes is None else tuple(as_text(c) for c in model_classes)
    outcomes = tuple(Outcome(name=key, key=key) for key in keys)
    return Schema(features=features, outcomes=outcomes, cutoff=0.5 if len(outcomes) == 2 else None)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Column:
    """A column read: its distinct texts, whether cells are empty, and every row as a number or a flag, if all are.

    `codes` (n,) are alike where rows hold the same value, -1 for gaps.
    """

    texts: frozenset[str]
    codes: npt.NDArray[np.intp]
    gaps: bool
    numbers: Array | None
    flags: Array | None


def _read(series: pd.Series) -> _Column:
    codes, distinct = pd.factorize(series.astype(object))
    known = {k: value for k, value in enumerate(distinct) if not is_missing(value)}
    texts = {k: as_text(value) for k, value in known.items()}
    empty = np.array([k not in known for k in range(len(distinct) + 1)])
    return _Column(
        texts=frozenset(texts.values()),
        codes=np.where(empty[codes], -1, codes),
        gaps=bool(empty[codes].any()),
        numbers=_rows({k: _number(value) for k, value in known.items()}, codes),
        flags=_rows({k: FLAG_WORDS.get(text.casefold()) for k, text in texts.items()}, codes),
    )


def _rows(found: dict[int, float | None], codes: npt.NDArray[np.intp]) -> Array | None:
    """The value of every row (n,), NaN for gaps; None where a value could not be read."""
    if None in found.values():
        return None
    values = np.full(codes.max(initial=0) + 2, np.nan)
    for k, number in found.items():
        values[k] = number
    rows: Array = values[codes]
    return rows


def _number(value: object) -> float | None:
    try:
        if isinstance(value, str):
            return float(value) if _PLAIN.fullmatch(value) else read_number(value, unit="")
        return float(value) if isinstance(value, Real | Decimal) and not isinstance(value, bool) else None
    except ValueError:
        return None


def _feature(name: str, column: _Column) -> Feature:
    """What a column seems to be."""
    found = Feature(
        name=name,
        label=readable(name),
        kind="number",
        sensitive=_is_sensitive(name),
        missing="unknown" if column.gaps else "refuse",
    )
    if column.flags is not None and column.texts:
        return replace(found, kind="flag")
    if column.numbers is not None:
        low, high = _ends(column)
        return replace(found, low=low, high=high, whole=low is not None and _is_whole(column.numbers))
    if len(column.texts) > TEXT_DISTINCT and np.mean([len(t.split()) for t in column.texts]) > TEXT_WORDS:
        return replace(found, kind="text")
    return replace(found, kind="category", categories=_keys(column))


def _ends(column: _Column) -> tuple[float | None, float | None]:
    known = () if column.numbers is None else column.numbers[np.isfinite(column.numbers)]
    return (float(np.min(known)), float(np.max(known))) if len(known) else (None, None)


def _is_whole(numbers: Array) -> bool:
    known = numbers[np.isfinite(numbers)]
    return bool((known == np.floor(known)).all())


def _is_quantity(column: _Column) -> bool:
    return column.numbers is not None and (len(column.texts) > MOST_OUTCOMES or not _is_whole(column.numbers))


def _keys(column: _Column) -> tuple[str, ...]:
    """The distinct texts, numbers by size, words by the alphabet."""
    return tuple(sorted(column.texts, key=lambda text: (_number(text) or 0.0, text)))


def readable(name: str) -> str:
    """A name as people write it in a sentence: "hours-per-week" or "hoursPerWeek" as "hours per week"; "BMI" stays."""
    apart = re.sub(r"[_\-]|(?<=[^\W\d])\.(?=[^\W\d])|(?<=[a-z])(?=[A-Z])", " ", name)
    return " ".join(w.lower() if w.istitle() else w for w in apart.split()) or name


def _is_sensitive(name: str) -> bool:
    words = " ".join(re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).casefold()))
    return any(f" {word} " in f" {words} " if word.isascii() else word in name for word in SENSITIVE)


def _folded(features: list[Feature], columns: Mapping[str, _Column]) -> tuple[Feature, ...]:
    """One category for each set of prefix_value columns of which exactly one is 1 in every row."""
    kept = {f.name: f for f in features}
    sets: dict[str, list[Feature]] = {}
    for feature in features:
        column = columns[feature.name]
        if feature.kind == "flag" and not column.gaps:
            for cut in (m.start() for m in re.finditer("_", feature.name)):
                sets.setdefault(feature.name[:cut], []).append(feature)
    for prefix, members in sorted(sets.items(), key=lambda item: (-len(item[1]), item[0])):
        whole = len(members) > 1 and prefix and prefix not in columns and all(m.name in kept for m in members)
        if whole and (np.sum([_flags(columns[m.name]) for m in members], axis=0) == 1).all():
            fold = _category(prefix, members)
            kept = {(prefix if n == members[0].name else n): (fold if n == members[0].name else f)
                    for n, f in kept.items() if f not in members[1:]}  # fmt: skip
    return tuple(kept.values())


def _flags(column: _Column) -> Array:
    return np.zeros(1) if column.flags is None else column.flags


def _category(prefix: str, members: Sequence[Feature]) -> Feature:
    return Feature(
        name=prefix,
        label=readable(prefix),
        kind="category",
        categories=tuple(m.name[len(prefix) + 1 :] for m in members),
        columns=tuple(m.name for m in members),
        sensitive=_is_sensitive(prefix) or any(m.sensitive for m in members),
    )


def _grouped(features: Sequence[Feature], columns: Mapping[str, _Column]) -> tuple[Feature, ...]:
    """Twins put in a group named after its first member; every member is a twin of every other."""
    numeric = [f.name for f in features if f.numeric and columns[f.name].texts]
    rows = {n: columns[n].numbers if columns[n].flags is None else columns[n].flags for n in numeric}
    varied = {n: v for n, v in rows.items() if v is not None and len(np.unique(v[~np.isnan(v)])) > 1}
    correlation = pd.DataFrame(varied).rank().corr(min_periods=FEWEST_FOR_TWINS).abs().to_numpy()
    names = list(varied)
    alike = {(names[i], names[j]) for i, j in np.argwhere(correlation >= TWINS)}
    alike |= _renamed([f.name for f in features if not f.columns and f.kind != "text"], columns)
    groups: dict[str, list[str]] = {}
    for name in (f.name for f in features):
        first = next((g for g, members in groups.items() if all((name, m) in alike for m in members)), name)
        groups.setdefault(first, []).append(name)
    group_of = {name: first for first, members in groups.items() if len(members) > 1 for name in members}
    return tuple(replace(f, group=group_of.get(f.name, "")) for f in features)


def _renamed(names: Sequence[str], columns: Mapping[str, _Column]) -> set[tuple[str, str]]:
    """Pairs of columns that say the same in other words: each value of one always stands with the same of the other."""
    told: dict[bytes, list[str]] = {}
    for name in names:
        codes = columns[name].codes
        if 1 < len(columns[name].texts) < len(codes) / 2:
            told.setdefault(pd.factorize(codes)[0].tobytes(), []).append(name)
    return {(a, b) for alike in told.values() for a in alike for b in alike}
