"""The rows of a domain's data behind the gate, with what is known of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from assistant.domains.description import Description
from assistant.domains.reading import schema_of
from assistant.domains.source import Source
from explainers.base import Frame, Schema
from explainers.errors import DomainError, InputError
from explainers.infer import infer_schema
from explainers.models.labels import spelled
from explainers.schema import check_table


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rows:
    """All rows of the data, those of the held-out part last.

    `target` holds names of outcomes, or numbers; `recorded` the decision on record, where there is such a column;
    `held_out` marks the rows of a held-out part that was given.
    """

    schema: Schema
    frame: Frame
    target: pd.Series[Any]
    ids: tuple[str, ...]
    held_out: npt.NDArray[np.bool_]
    recorded: tuple[str, ...] | None
    notes: tuple[str, ...] = ()
    """What was left aside, such as columns that nobody described."""


def gated(source: Source) -> Rows:
    """Reads the data, completes the schema from them and checks every row. Raises InputError E1xx, DomainError."""
    description, data = source.description, source.description.data
    assert data is not None  # a source without data is refused before
    tables = [source.table(), *([source.test()] if source.test else [])]
    table = pd.concat(tables, ignore_index=True)
    _has(table, [c for c in (data.target, data.id, data.decision) if c])
    schema = schema_of(description, _seen(table, description))
    target = _outcomes(table[data.target], schema, data.target)
    named = [c for c in (data.target, data.id, data.decision) if c and c not in schema.names]
    checked = check_table(table.drop(columns=named), schema)
    return Rows(
        schema=schema,
        frame=checked.frame,
        notes=checked.notes,
        target=target,
        ids=_ids(table[data.id], data.id) if data.id else tuple(map(str, range(len(table)))),
        held_out=np.arange(len(table)) >= len(tables[0]),
        recorded=tuple(_outcomes(table[data.decision], schema, data.decision)) if data.decision else None,
    )


def _ids(column: pd.Series[Any], name: str) -> tuple[str, ...]:
    """The names of the cases, as text. DomainError E604 where one is empty, or names two: nobody may see another's."""
    found = column.astype(object).where(column.notna(), "").astype(str).str.strip()
    wrong = np.flatnonzero((found == "") | found.duplicated())
    if len(wrong):
        row, text = int(wrong[0]) + 1, found.iloc[wrong[0]]
        problem = f"names another case too: {text!r}" if text else "is empty"
        raise DomainError("E604", f"*{name}* does not name each case: in row {row} it {problem}.", where=name,
                          hint="Leave out `id`: then a case is named by its row, counted from 0.")  # fmt: skip
    return tuple(found)


def _has(table: pd.DataFrame, columns: list[str]) -> None:
    for column in columns:
        if column not in table:
            raise InputError("E110", f"Column *{column}* is missing. Found: {', '.join(map(str, table.columns))}.",
                             where=column, hint="[data] names it.")  # fmt: skip


def _seen(table: pd.DataFrame, description: Description) -> Schema:
    """What the data say of themselves, columns that name cases or decisions left out."""
    data = description.data
    assert data is not None
    declared = [*description.features, *(c for f in description.features.values() for c in f.columns)]
    kept = [c for c in table.columns if c in declared or not declared]
    kept = [c for c in kept if c not in (data.id, data.decision, data.target)]
    empty = [c for c in kept if not declared and table[c].isna().all()]
    if empty:
        raise InputError("E101", f"*{empty[0]}* is empty in every row.", where=empty[0],
                         hint="Leave the column out, or describe it with missing = \"unknown\".")  # fmt: skip
    return infer_schema(table[[*kept, data.target]], data.target)


def _outcomes(column: pd.Series[Any], schema: Schema, name: str) -> pd.Series[Any]:
    """The target, or decisions on record, as names of outcomes (told by key or by name) or as numbers.

    Raises InputError E101, E104, E105.
    """
    if column.isna().any():
        row = int(np.flatnonzero(column.isna())[0]) + 1
        raise InputError(
            "E101", f"*{name}* is empty in row {row}.", where=name, hint="Leave out rows without an outcome."
        )
    if schema.quantity is not None:
        return _numbers(column, name)
    names = {spelled(o.name): o.name for o in schema.outcomes} | {spelled(o.key): o.name for o in schema.outcomes}
    found = column.map(lambda value: names.get(spelled(value)))
    if found.isna().any():
        row = int(np.flatnonzero(found.isna())[0])
        raise InputError(
            "E104",
            f"*{name}* {str(column.iloc[row])!r} in row {row + 1} is not one of: "
            f"{', '.join(o.key for o in schema.outcomes)}.",
            where=name, hint="[outcomes] lists them.",
        )  # fmt: skip
    return found


def _numbers(column: pd.Series[Any], name: str) -> pd.Series[Any]:
    numbers = pd.to_numeric(column, errors="coerce").astype("float64")
    if not np.isfinite(numbers).all():
        row = int(np.flatnonzero(~np.isfinite(numbers))[0])
        raise InputError("E105", f"*{name}* in row {row + 1} is not a number: {str(column.iloc[row])!r}.", where=name)
    return numbers
