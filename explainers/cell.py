"""One cell through the gate: what a person or a file gave, as a value the model may see."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

import numpy as np
import pandas as pd

from explainers.base import Feature, Value
from explainers.errors import InputError
from explainers.numbers import read_number, show_exact, show_number, show_range
from explainers.table import MISSING_TEXTS, one_line

FLAG_WORDS = MappingProxyType(
    {
        **dict.fromkeys(("1", "1.0", "true", "t", "yes", "y", "是"), 1.0),
        **dict.fromkeys(("0", "0.0", "false", "f", "no", "n", "否"), 0.0),
    }
)
"""What a flag may say, letter case aside."""
LARGEST = float(np.finfo(np.float32).max)
"""Numbers beyond it turn into infinity in models that compute in float32."""
_CATEGORIES_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """Where a value stands: its feature, the reader's language, and its row counted from 1, if it is in a table."""

    feature: Feature
    language: str
    row: int | None

    @property
    def name(self) -> str:
        return titled(self.feature)

    def error(self, code: str, message: str, hint: str = "") -> InputError:
        place = "" if self.row is None else f"row {self.row}, "
        look = "" if self.row is None else f"Look at row {self.row}."
        return InputError(
            code,
            message,
            where=f"{place}column {self.feature.name}",
            hint=" ".join(part for part in (look, hint) if part),
        )


def titled(feature: Feature) -> str:
    """The feature's label as error messages write it."""
    return f"*{feature.label[:1].upper()}{feature.label[1:]}*"


def as_text(value: object) -> str:
    """How a category or an outcome is compared: as text, 1.0 like 1."""
    value = value.item() if isinstance(value, np.generic) else value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def is_missing(value: object, feature: Feature | None = None) -> bool:
    """Whether a cell says nothing: None, NaN, or one of `MISSING_TEXTS` that is no category of the feature."""
    if isinstance(value, str):
        text = value.strip()
        return text in MISSING_TEXTS and not (feature and text and text in feature.categories)
    return (
        value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float | Decimal) and math.isnan(value))
    )


def check_value(value: object, feature: Feature, language: str = "en", row: int | None = None) -> Value:
    """One cell as the model may see it; `row` (counted from 1) names its place in error messages.

    Raises InputError E101 (empty), E102 (infinite or beyond float32), E103 (outside the allowed values), E104 (unseen
    category), E105 (a number that cannot be read), E106 (wrong type, null where a value is needed).
    """
    cell = _Cell(feature=feature, language=language, row=row)
    if isinstance(value, np.generic):
        value = value.item()
    if is_missing(value, feature):
        _may_be_empty(value, cell)
        return None
    return _OF_KIND[feature.kind](value, cell)


def _may_be_empty(value: object, cell: _Cell) -> None:
    if cell.feature.missing == "unknown" or not cell.feature.input:
        return
    where = "" if cell.row is None else f" in row {cell.row}"
    wanted = {
        "number": "Enter a number",
        "flag": "Enter yes or no",
        "category": f"Enter one of: {_listed(cell.feature)}",
    }
    raise InputError(
        "E106" if value is None and cell.row is None else "E101",
        f"{cell.name} is empty{where}. {wanted.get(cell.feature.kind, 'Enter it')}, "
        "or leave it unknown where the model allows that.",
        where=("" if cell.row is None else f"row {cell.row}, ") + f"column {cell.feature.name}",
    )


def _number(value: object, cell: _Cell) -> float:
    if isinstance(value, str):
        number = _read(value, cell)
    elif not isinstance(value, int | float | Decimal) or isinstance(value, bool):
        raise cell.error("E106", f"{cell.name} must be a number, not {_type_name(value)}.", _example(cell))
    else:
        number = float(value) if -LARGEST <= value <= LARGEST else math.inf  # float() of a huge int would raise
    return _allowed(number, cell)


def _read(text: str, cell: _Cell) -> float:
    feature = cell.feature
    try:
        return read_number(text, cell.language, feature.low, feature.high, feature.unit)
    except ValueError:
        pass
    if any(sign.isdigit() for sign in text):
        raise cell.error("E105", f"{cell.name} {_quoted(text)} cannot be read as a number.", _example(cell))
    raise cell.error("E106", f"{cell.name} must be a number, not text ({_quoted(text)}).", _example(cell))


def _allowed(number: float, cell: _Cell) -> float:
    feature = cell.feature
    if not math.isfinite(number) or abs(number) > LARGEST:
        raise cell.error("E102", f"{cell.name} must be {_range(cell) or 'a number of ordinary size'}.")
    if (feature.low is not None and number < feature.low) or (feature.high is not None and number > feature.high):
        raise cell.error("E103", f"{cell.name} must be {_range(cell)}, not {show_exact(number, cell.language)}.")
    if feature.whole and not number.is_integer():
        raise cell.error("E103", f"{cell.name} must be a whole number, not {show_exact(number, cell.language)}.")
    return number + 0.0


def _range(cell: _Cell) -> str:
    low, high = cell.feature.low, cell.feature.high
    if low is not None and high is not None:
        return "between " + show_range(low, high, cell.language, " and ")
    if low is not None:
        return f"at least {show_exact(low, cell.language)}"
    return "" if high is None else f"at most {show_exact(high, cell.language)}"


def _example(cell: _Cell) -> str:
    low, high = cell.feature.low, cell.feature.high
    middle = (low + high) / 2 if low is not None and high is not None else 45_000.0
    middle = float(f"{middle:.2g}") if abs(middle) < 1e15 else 1.0
    return f"For example: {show_number(round(middle) if cell.feature.whole else middle, cell.language)}."


def _flag(value: object, cell: _Cell) -> float:
    if isinstance(value, str):
        found = FLAG_WORDS.get(value.strip().casefold())
    elif isinstance(value, bool | int | float | Decimal):
        found = float(value) if value in (0, 1) else None
    else:
        raise cell.error("E106", f"{cell.name} must be yes or no, not {_type_name(value)}.")
    if found is None:
        raise cell.error("E104", f"{cell.name} {_quoted(str(value))} is not one of: yes, no.")
    return found


def _category(value: object, cell: _Cell) -> str:
    if not isinstance(value, str | bool | int | float | Decimal):
        raise cell.error("E106", f"{cell.name} must be one of {_listed(cell.feature)}, not {_type_name(value)}.")
    text, known = as_text(value), cell.feature.categories
    if text in known:
        return text
    alike = [c for c in known if c.casefold() == text.casefold()] or [c for c in known if _same_number(c, text)]
    if len(alike) == 1:
        return alike[0]
    raise cell.error(
        "E104", f"{cell.name} {_quoted(text)} is not one of: {_listed(cell.feature)}.", _nearest(text, known)
    )


def _same_number(a: str, b: str) -> bool:
    """Whether both write the same number, as "1.0" and "1" do."""
    return bool(_PLAIN.fullmatch(a) and _PLAIN.fullmatch(b)) and float(a) == float(b)


_PLAIN = re.compile(r"[+-]?\d+(?:\.\d*)?")


def _nearest(text: str, known: tuple[str, ...]) -> str:
    from rapidfuzz import fuzz, process, utils

    found = process.extractOne(text, known, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=70)
    return f"Is it {_quoted(found[0])}?" if found else ""


def _text(value: object, cell: _Cell) -> str:
    if not isinstance(value, str):
        raise cell.error("E106", f"{cell.name} must be text, not {_type_name(value)}.")
    return value


def _listed(feature: Feature) -> str:
    shown = feature.categories[:_CATEGORIES_SHOWN]
    more = len(feature.categories) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _quoted(text: str) -> str:
    return f"'{one_line(text)}'"


def _type_name(value: object) -> str:
    named: tuple[tuple[type, str], ...] = (
        (bool, "yes or no"),
        (list, "a list"),
        (tuple, "a list"),
        (dict, "an object"),
        (str, "text"),
        (int, "a number"),
        (float, "a number"),
        (date, "a date"),
    )
    return next((name for kind, name in named if isinstance(value, kind)), f"a {type(value).__name__}")


_OF_KIND: MappingProxyType[str, Callable[[object, _Cell], Value]] = MappingProxyType(
    {"number": _number, "flag": _flag, "category": _category, "text": _text, "image": _text}
)
