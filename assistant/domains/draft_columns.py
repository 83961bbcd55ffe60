"""What a draft makes of single columns: which it leaves out and why, which numbers are codes, units, steps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from explainers.base import Array, Feature
from explainers.cell import as_text, is_missing
from explainers.errors import InputError

Why = Literal["empty", "constant", "position", "own", "date", "text", "many", "unused"]
"""Nothing in it, one value only, the row's number, another value in every row, dates, free text, too many values, or
not wanted by the model."""

MOST_CATEGORIES, FEW_CATEGORIES = 100, 12
"""More categories than the one are too many to tell of; more than the other if most rows have one of their own."""
MOST_CODES = 20
LEAST_CODE = 0.02
"""Whole numbers with gaps between them are codes where each stands in at least this share of the rows."""
ID_NAME = re.compile(r"(?:^|[\W_])(?i:id|uuid|guid|key|nr|no|number|index)$|[a-z](?:Id|ID)$|编号$")
SEX_NAME = re.compile(r"(?:^|[\W_])(?:sex|gender)$|性别", re.IGNORECASE)
CODE_NAME = re.compile(r"(?:^|[\W_])(?:code|type|kind|category|class|zip|postcode)(?:$|[\W_])", re.IGNORECASE)
DATE = re.compile(r"\d{4}([-/.])\d{1,2}\1\d{1,2}(?:[T ].*)?|\d{1,2}([-/.])\d{1,2}\2\d{4}(?: .*)?")
UNIT = re.compile(r"(.+?)\s*[(\[]([^()\[\]]*[^\W\d_%][^()\[\]]*|%)[)\]]")
MOST_DECIMALS = 3
NUMBERS = 0.9
"""A column of which at least this share are numbers is one of numbers, with slips."""
DATES_READ = 200


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cells:
    """What a column of the data holds where it holds anything: its distinct texts in the order of their first rows, in
    how many rows each stands, and each as a number (NaN where it is not written plainly as one)."""

    counts: Mapping[str, int]
    numbers: Array
    rows: int

    @classmethod
    def of(cls, column: pd.Series) -> Cells:
        codes, distinct = pd.factorize(column)
        times = np.bincount(codes[codes >= 0], minlength=len(distinct))
        counts: Counter[str] = Counter()
        for value, n in zip(distinct, times, strict=True):
            if not is_missing(value):
                counts[as_text(value)] += int(n)
        numbers = pd.to_numeric(pd.Series(list(counts), dtype="object"), errors="coerce").to_numpy(dtype="float64")
        return cls(counts=counts, numbers=numbers, rows=len(column))

    @property
    def full(self) -> bool:
        """Whether no row is empty."""
        return sum(self.counts.values()) == self.rows

    @property
    def unique(self) -> bool:
        """Whether every row holds a value of its own."""
        return len(self.counts) == self.rows

    @property
    def plain(self) -> bool:
        """Whether all it holds are numbers written plainly."""
        return bool(np.isfinite(self.numbers).all())

    @property
    def positions(self) -> bool:
        """Whether it counts the rows, from 0 or from 1."""
        return self.unique and self.numbers[0] in (0, 1) and bool((np.diff(self.numbers) == 1).all())


def no_stray_text(feature: Feature, cells: Cells, column: pd.Series) -> None:
    """InputError E105 for a column of numbers in which some cells are none: left alone it would be lost as text."""
    written = np.isfinite(cells.numbers)
    times = np.array(list(cells.counts.values()), dtype="float64")
    if feature.numeric or written.sum() <= MOST_CODES or times[written].sum() < NUMBERS * times.sum():
        return
    stray = {text for text, fine in zip(cells.counts, written, strict=True) if not fine}
    row, text = next((row, v) for row, v in enumerate(column, 1) if not is_missing(v) and as_text(v) in stray)
    raise InputError(
        "E105", f"*{feature.name}* in row {row} is not a number: {as_text(text)[:40]!r}.", where=f"row {row}",
        hint="Correct that cell, or leave it empty where the number is not known.",
    )  # fmt: skip


def names_cases(name: str, cells: Cells) -> bool:
    """Whether a column seems made to name cases: another value in every row, under a name such as "customer_id"."""
    return bool(ID_NAME.search(name)) and cells.unique and cells.rows > FEW_CATEGORIES


def left_out(feature: Feature, cells: Cells) -> Why | None:
    """Why a column says nothing that a model should learn; None where it may."""
    if len(cells.counts) < 2 and (not cells.counts or cells.full):
        return "constant" if cells.counts else "empty"
    if feature.kind == "number":
        if cells.positions and cells.rows > FEW_CATEGORIES:
            return "position"
        return "own" if names_cases(feature.name, cells) else None
    return None if feature.kind == "flag" else _texts_left_out(feature, cells)


def _texts_left_out(feature: Feature, cells: Cells) -> Why | None:
    sample = list(cells.counts)[:DATES_READ]
    if sum(bool(DATE.fullmatch(text)) for text in sample) > 0.9 * len(sample):
        return "date"
    if cells.unique and cells.rows > FEW_CATEGORIES:
        return "own"
    if feature.kind == "text":
        return "text"
    return "many" if len(cells.counts) > min(MOST_CATEGORIES, max(FEW_CATEGORIES, cells.rows / 2)) else None


def described(feature: Feature, cells: Cells) -> Feature:
    """The feature with what else its cells show: a unit in its name, a step, numbers that are codes."""
    if are_codes(feature, cells):
        found = tuple(as_text(number) for number in sorted({float(text) for text in cells.counts}))
        return replace(feature, kind="category", categories=found, low=None, high=None, whole=False, group="")
    if feature.kind != "number":
        return feature
    named = UNIT.fullmatch(feature.label)
    label, unit = (named[1], named[2].strip()) if named else (feature.label, "")
    return replace(feature, label=label, unit=unit, step=_step(cells.numbers))


def are_codes(feature: Feature, cells: Cells) -> bool:
    """Whether numbers seem to stand for kinds of things: sexes; or few and whole, and named so or unevenly spaced."""
    if not feature.numeric or not cells.plain or not 2 <= len(cells.counts) <= MOST_CODES:
        return False
    if SEX_NAME.search(feature.name):  # which is which, nobody can guess
        return len(cells.counts) == 2
    if feature.kind == "flag" or not feature.whole or len(cells.counts) < 3:
        return False
    uneven = len(set(np.diff(np.sort(cells.numbers)))) > 1
    return bool(CODE_NAME.search(feature.name)) or (uneven and min(cells.counts.values()) >= LEAST_CODE * cells.rows)


def _step(numbers: Array) -> float | None:
    """The smallest unit that the numbers are written in: 1, 0.1 or 0.01; None where they are finer or not plain."""
    values = numbers[np.isfinite(numbers)]
    for decimals in range(MOST_DECIMALS if len(values) else 0):
        if np.allclose(values, np.round(values, decimals), rtol=0, atol=1e-9):
            return float(10**-decimals)
    return None
