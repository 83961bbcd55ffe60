"""Tables about many cases: an effect, differences, counts, measures of the model, and rows as they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from assistant.interfaces.web.wording import Wording

Record = Mapping[str, Any]
Row = tuple[str, ...]


def table(names: Sequence[str], rows: Sequence[Row], caption: str = "") -> str:
    """An HTML table whose first column names its rows; cells are escaped already. "" without rows."""
    if not rows:
        return ""
    title = f"<caption>{caption}</caption>" if caption else ""
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    body = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>' for first, *rest in rows
    )
    return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def columns(wording: Wording, *names: str) -> Row:
    """The headings of a table."""
    return tuple(wording.label(f"column_{name}") for name in names)


def amount(value: Any, of: Mapping[str, Any], wording: Wording) -> str:
    """A value with the unit of the entry it stands in, escaped."""
    return escape(wording.speech.value(value, of.get("unit"), of.get("step")))


def group_tables(record: Record, wording: Wording) -> str:
    """The tables behind an answer about many cases, "" where there is none."""
    return "".join(make(record[key], record, wording) for key, make in TABLES.items() if record.get(key))


def row_tables(record: Record, wording: Wording) -> str:
    """Rows as an answer shows them, in a frame that scrolls by itself and can be reached with the keyboard."""
    drawn = []
    for found in record.get("tables") or ():
        units = found.get("units") or [""] * len(found["columns"])
        names = [
            escape(_column(name, wording) + (f" ({unit})" if unit and unit != "count" else ""))
            for name, unit in zip(found["columns"], units, strict=False)
        ]
        rows = [tuple(escape(wording.speech.value(cell)) for cell in row) for row in found["rows"]]
        name = escape(found["name"])
        scrolled = table(names, rows, name)
        drawn.append(f'<div class="pw-scroll" role="region" tabindex="0" aria-label="{name}">{scrolled}</div>')
    return "".join(drawn)


def _column(name: str, wording: Wording) -> str:
    return wording.labels.get(f"column_{name.removeprefix('@')}", name) if name.startswith("@") else name


def _effect(found: Mapping[str, Any], record: Record, wording: Wording) -> str:
    rows = [
        (amount(point["at"], found, wording), escape(wording.score(point["score"], record) or ""))
        for point in _some(found)
    ]
    if not all(score for _, score in rows):
        return ""
    of = wording.label("score_of", of=record["score"]["of"])
    return table((escape(found["label"]), of), rows)


def _some(found: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """At most a dozen points, the ends among them."""
    points = found["points"]
    step = max(1, -(-len(points) // 12))
    return [*points[:-1:step], points[-1]] if points else []


def _differences(found: Mapping[str, Any], _: Record, wording: Wording) -> str:
    rows = [
        (escape(d["label"]), amount(d["yours"], d, wording), amount(d["theirs"], d, wording))
        for d in found.get("differences") or ()
    ]
    named = ("fact", "others", "having") if "outcome" in found and "other" not in found else ("fact", "yours", "theirs")
    counted = _counts(found.get("counts") or (), wording, wording.label("column_prediction"))
    return table(columns(wording, *named), rows) + counted


def _counts(counts: Sequence[Mapping[str, Any]], wording: Wording, caption: str = "") -> str:
    numbers = wording.speech.numbers
    rows = [(escape(c["name"]), escape(numbers.amount(c["n"])), escape(numbers.percent(c["share"]))) for c in counts]
    return table(columns(wording, "what", "n", "share"), rows, caption)


def _population(found: Mapping[str, Any], _: Record, wording: Wording) -> str:
    rows = [
        (escape(wording.labels.get(f"metric_{name}", name.replace("_", " "))), *_measured(name, value, found, wording))
        for name, value in (found.get("metrics") or {}).items()
    ]
    return _counts(found.get("counts") or (), wording) + table(columns(wording, "fact", "value", "error"), rows)


def _measured(name: str, value: float, found: Mapping[str, Any], wording: Wording) -> Row:
    exact, error = wording.speech.numbers.exact, (found.get("errors") or {}).get(name)
    return escape(exact(value)), escape(exact(error)) if error is not None else ""


def _statistics(found: Mapping[str, Any], _: Record, wording: Wording) -> str:
    told = ("yours", "mean", "median", "spread", "minimum", "maximum", "low", "high")
    rows = [
        (wording.label(f"figure_{name}"), amount(found[name], found, wording))
        for name in told
        if found.get(name) is not None
    ]
    counted = _counts(found.get("counts") or (), wording)
    return table((escape(found["label"]), wording.label("column_value")), rows) + counted


TABLES: Mapping[str, Callable[[Mapping[str, Any], Record, Wording], str]] = {
    "effect": _effect,
    "similar": _differences,
    "typical": _differences,
    "compare": _differences,
    "statistics": _statistics,
    "population": _population,
}
"""Part of a record -> the table of it."""
