"""The data that a domain is drafted from: read, and refused where nothing can be learned of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from assistant.domains.draft_columns import Cells
from assistant.domains.fitting import FEWEST_ROWS
from explainers.cell import is_missing
from explainers.errors import DomainError, InputError
from explainers.table import one_line, read_table, shown_names

MOST_OUTCOMES = 100
"""A target with more distinct texts than this is no outcome to predict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What somebody brings: files, the target's column, and perhaps the column that names the cases."""

    data: Path
    target: str
    model: Path | None = None
    test: Path | None = None
    id: str | None = None


def tables(request: Request) -> tuple[pd.DataFrame, int]:
    """All rows, those of the held-out part last; and how many there are. Raises InputError E110 to E129."""
    table = read_table(request.data)
    if len(table) < FEWEST_ROWS:
        raise InputError("E120", f"{request.data.name} has {len(table)} rows: too few to learn from.",
                         where=request.data.name, hint="Give at least 20; 500 or more are better.")  # fmt: skip
    if request.test is None:
        return table, len(table)
    test = read_table(request.test)
    absent = next((name for name in table.columns if name not in test.columns), None)
    if absent is not None:
        raise InputError(
            "E110", f"Column *{one_line(absent)}* is missing in {request.test.name}.", where=one_line(absent),
            hint=f"Both files need the same columns. Found: {shown_names(list(test.columns))}.",
        )  # fmt: skip
    return pd.concat([table, test[table.columns]], ignore_index=True), len(table) + len(test)


def learnable(table: pd.DataFrame, target: str) -> None:
    """InputError E101 and E130 for a target that is empty somewhere, never changes, or is another text in every row."""
    if target not in table:
        return  # told by infer_schema
    cells, name = Cells.of(table[target]), one_line(target)
    distinct = len(cells.counts)
    if distinct and not cells.full:
        row = int(np.flatnonzero(table[target].map(is_missing))[0]) + 1
        raise InputError(
            "E101", f"*{name}* is empty in row {row}.", where=name, hint="Leave out rows without an outcome."
        )
    if distinct < 2:
        found = f"is always {one_line(next(iter(cells.counts)))!r}" if distinct else "is empty in every row"
        raise InputError("E130", f"*{name}* {found}: there is nothing to predict.", where=name,
                         hint="Name the column that holds the outcome: --target COLUMN.")  # fmt: skip
    if distinct > min(MOST_OUTCOMES, cells.rows / 2) and not cells.plain:
        raise InputError(
            "E130", f"*{name}* holds {distinct} different texts: too many to be outcomes.", where=name,
            hint="Name a column of a few outcomes, or of numbers: --target COLUMN.",
        )  # fmt: skip


def names_each_case(table: pd.DataFrame, name: str) -> None:
    """InputError E110 for an absent column, DomainError E604 for one that is empty, or the same, in some rows."""
    if name not in table:
        raise InputError("E110", f"Column *{one_line(name)}* is missing. Found: {shown_names(list(table.columns))}.",
                         where=name, hint="--id names the column that names the cases.")  # fmt: skip
    cells = Cells.of(table[name])
    if not cells.unique:
        raise DomainError(
            "E604", f"*{one_line(name)}* does not name each case: it is empty, or the same, in some rows.", where=name,
            hint="Leave out --id: then a case is named by its row, counted from 0.",
        )  # fmt: skip
