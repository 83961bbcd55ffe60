"""Tables from files: csv and parquet, refused with the row where they are damaged. Cells of csv stay text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from explainers.errors import InputError

MISSING_TEXTS = ("", "?", "NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NAN", "null", "NULL", "Null", "None")
"""What a cell says where nothing is known, letter for letter, blanks around it aside.

"none" and "-" are not among them: people write them for a value. A text that a feature lists as a category is that
category, whatever stands here.
"""
_HTML = re.compile(
    r"\s*<(?:!doctype|html|head|body|\?xml|!--|(?:table|div|p|script|title|meta)\b[^,\n]*>)", re.IGNORECASE
)
_NAMES_SHOWN = 20
_LETTERS_SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How large a table may be; None is no limit."""

    bytes: int | None = None
    rows: int | None = None


UNLIMITED = Limits()
PAGE = Limits(bytes=50_000_000, rows=100_000)


def read_table(path: Path, limit: Limits = UNLIMITED) -> pd.DataFrame:
    """The table in a file: csv as text cells (dtype `str`, see `MISSING_TEXTS`), parquet with its own types.

    Raises InputError E112, E120 to E129, as listed in `explainers.errors`; rows are counted from 1 below the header.
    """
    try:
        if limit.bytes is not None and path.stat().st_size > limit.bytes:
            raise _too_big(path, limit)
        data = path.read_bytes()
    except OSError as error:
        raise InputError("E129", f"The file {path.name} cannot be read.", where=path.name,
                         hint="Check that it exists and may be opened.") from error  # fmt: skip
    table = _parquet(data, path) if data[:4] == b"PAR1" or path.suffix == ".parquet" else _csv(data, path, limit)
    if limit.rows is not None and len(table) > limit.rows:
        raise _too_big(path, limit)
    if table.empty:
        raise _no_rows(path)
    return table


def unique_names(columns: Sequence[str]) -> None:
    """InputError E112 where a column name stands twice."""
    seen: set[str] = set()
    for name in columns:
        if name in seen:
            raise InputError("E112", f"Column *{one_line(name)}* stands twice.", where=f"column {one_line(name)}",
                             hint="Keep one of the two, or rename one.")  # fmt: skip
        seen.add(name)


def shown_names(names: Sequence[str]) -> str:
    """Column names in one line, the first twenty."""
    named = [one_line(name) or "(no name)" for name in names[:_NAMES_SHOWN]]
    more = len(names) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")


def one_line(text: str) -> str:
    """What somebody wrote, cut short, with nothing in it that could disturb the line it stands in."""
    plain = "".join(sign if sign.isprintable() else " " for sign in text.strip())
    return plain if len(plain) <= _LETTERS_SHOWN else plain[: _LETTERS_SHOWN - 1] + "…"


def _parquet(data: bytes, path: Path) -> pd.DataFrame:
    import pyarrow
    from pyarrow import parquet

    try:
        found = parquet.read_table(io.BytesIO(data))
        names = [str(name).strip() for name in found.column_names]
        unique_names(names)
        table: pd.DataFrame = found.to_pandas(ignore_metadata=True)
    except (pyarrow.ArrowException, ValueError) as error:
        raise InputError("E129", f"The file {path.name} is damaged or not a parquet file.", where=path.name,
                         hint="Write it anew, or save the table as csv.") from error  # fmt: skip
    nested = next((n for n, kind in zip(names, found.schema.types, strict=True) if pyarrow.types.is_nested(kind)), None)
    if nested is not None:
        name = one_line(nested)
        raise InputError("E106", f"Column *{name}* holds lists or records, not single values.", where=f"column {name}",
                         hint="Leave it out, or write one value a cell.")  # fmt: skip
    return table.set_axis(names, axis=1)


def _csv(data: bytes, path: Path, limit: Limits) -> pd.DataFrame:
    text = _decoded(data, path)
    if _HTML.match(text):
        raise InputError("E124", f"The file {path.name} is a web page, not a table.", where=path.name,
                         hint="Download the table itself: the file must start with the column names.")  # fmt: skip
    records = _records(text)
    header = [name.strip() for name in next(records, [])]
    if not any(header):
        raise _no_rows(path)
    header = [name or f"column {place}" for place, name in enumerate(header, 1)]
    _comma_separated(text)
    unique_names(header)
    rows: list[list[str]] = []
    for row in records:
        _check_row(row, header, len(rows) + 1)
        rows.append(row)
        if limit.rows is not None and len(rows) > limit.rows:
            raise _too_big(path, limit)
    cells = zip(*rows, strict=True) if rows else ([] for _ in header)
    return pd.DataFrame({name: pd.Series(column, dtype="str") for name, column in zip(header, cells, strict=True)})


def _decoded(data: bytes, path: Path) -> str:
    """The text of the file; E123 and E126 where it is not UTF-8 text."""
    head = data[:4096]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or max(head[::2].count(0), head[1::2].count(0)) * 4 > len(head) > 1:
        raise _encoding(path, "")
    if b"\0" in data:
        row = data[: data.index(b"\0")].count(b"\n")
        raise InputError("E123", f"The file {path.name} holds NUL bytes: it is not a text table.", where=_row_name(row),
                         hint="Save the table as CSV UTF-8; a workbook or an archive cannot be read.")  # fmt: skip
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _encoding(path, _row_name(data[: error.start].count(b"\n"))) from error


def _records(text: str) -> Iterator[list[str]]:
    """The records that are not blank; E127 where a quote does not close."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = -1
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _open_quote(number + 1) from error
        if record:
            number += 1
            yield record


def _comma_separated(text: str) -> None:
    """E121 where the header falls into more columns by another sign than by a comma."""
    first = text.lstrip("\r\n").splitlines()[0]
    counts = {sign: len(next(csv.reader([first], delimiter=sign))) for sign in (",", ";", "\t", "|")}
    found = max(counts, key=lambda sign: counts[sign])
    if counts[found] > counts[","]:
        name = {";": "semicolons (;)", "\t": "tabs", "|": "bars (|)"}[found]
        raise InputError("E121", f"The columns are separated by {name}, not by commas.", where=_row_name(0),
                         hint="Save the table as comma-separated values (CSV UTF-8), with commas.")  # fmt: skip


def _check_row(row: list[str], header: list[str], number: int) -> None:
    if len(row) != len(header):
        if any("\n" in cell for cell in row):
            raise _open_quote(number)
        raise InputError(
            "E122",
            f"Row {number} has {len(row)} cell{'' if len(row) == 1 else 's'}, the header has {len(header)}.",
            where=_row_name(number),
            hint="Give every row one cell per column; a text that holds a comma stands in double quotes.",
        )
    if len(header) > 1 and [cell.strip() for cell in row] == header:
        raise InputError("E125", f"Row {number} repeats the header.", where=_row_name(number),
                         hint="Remove that row; two tables in one file are to be read one by one.")  # fmt: skip


def _row_name(number: int) -> str:
    return f"row {number}" if number else "the header"


def _no_rows(path: Path) -> InputError:
    return InputError("E120", f"The table {path.name} has no rows.", where=path.name,
                      hint="The first line holds the column names, every further line a row.")  # fmt: skip


def _open_quote(number: int) -> InputError:
    row = _row_name(number)
    return InputError("E127", f"A double quote in {row} is not closed.", where=row,
                      hint='Close it; inside quoted text, write "" for a double quote.')  # fmt: skip


def _encoding(path: Path, where: str) -> InputError:
    return InputError("E126", f"The file {path.name} is not UTF-8 text.", where=where or path.name,
                      hint="Save as UTF-8: in a spreadsheet, choose “CSV UTF-8”.")  # fmt: skip


def _too_big(path: Path, limit: Limits) -> InputError:
    rows = "" if limit.rows is None else f"{limit.rows:,} rows"
    size = "" if limit.bytes is None else f"{limit.bytes / 10**6:g} MB"
    most = " and ".join(part for part in (rows, size) if part)
    return InputError(
        "E128",
        f"The table {path.name} is too big for this page: at most {most}.",
        where=path.name,
        hint=f"Use the command line instead: plainwhy batch {path.name}",
    )
