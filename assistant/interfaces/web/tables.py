"""The numbers of an answer as plain tables: what a picture shows, and what every sentence rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from assistant.interfaces.web.bars import pull
from assistant.interfaces.web.record_tables import Row, columns, group_tables, table
from assistant.interfaces.web.wording import Wording

Record = Mapping[str, Any]


def numbers(record: Record | None, wording: Wording) -> str:
    """The table behind the picture of a record, "" where it has none. All cells are escaped."""
    if record is None:
        return ""
    if "what_if" in record:
        return table(columns(wording, "fact", "before", "after"), list(_changes(record, wording)))
    if record.get("reasons"):
        caption = wording.label("picture_after") if record.get("changed") else ""
        return table(columns(wording, "fact", "value", "effect"), list(_reasons(record, wording)), caption)
    if record.get("population", {}).get("importance"):
        return table(columns(wording, "fact", "weight", "share"), list(_importance(record, wording)))
    return group_tables(record, wording)


def _reasons(record: Record, wording: Wording) -> Iterator[Row]:
    """Every reason of the record, then what makes the sum whole: rest, start, score."""
    for reason in record["reasons"]:
        effect = escape(wording.weight(reason["weight"], record) or "") or pull(reason, record, wording)
        yield escape(reason["label"]), _value(reason, wording), effect
    score, told = record["score"], wording.score(record["score"]["value"], record)
    if told is None or score.get("base") is None:
        return
    if record.get("reasons_rest"):
        yield wording.label("others"), "", escape(wording.weight(record["reasons_rest"], record) or "")
    if wording.reader.technical and record.get("residual") is not None:
        yield wording.label("residual"), "", escape(wording.weight(record["residual"], record) or "")
    yield wording.label("start"), "", escape(wording.score(score["base"], record) or "")
    yield wording.label("end"), "", escape(told)


def _value(reason: Mapping[str, Any], wording: Wording) -> str:
    """A value and the usual one below it; of a group, every member's value."""
    if reason.get("members"):
        return "<br>".join(escape(f"{m['label']} {_amount(m['value'], m, wording)}") for m in reason["members"])
    value, usual = escape(_amount(reason["value"], reason, wording)), reason.get("reference")
    if not usual:
        return value
    return f"{value}<br><small>{wording.label('usual', value=_amount(usual['value'], reason, wording))}</small>"


def _amount(value: Any, of: Mapping[str, Any], wording: Wording) -> str:
    return wording.speech.value(value, of.get("unit"), of.get("step"))


def _changes(record: Record, wording: Wording) -> Iterator[Row]:
    found = record["what_if"]
    for change in found["changes"]:
        shown = [_amount(change[end], change, wording) for end in ("from", "to")]
        yield escape(change["label"]), escape(shown[0]), escape(shown[1])
    scores = wording.scores((found["before"], found["after"]), record)
    if scores:
        of = record["score"]["of"]
        named = wording.label("score_of", of=of) if record["score"]["unit"] == "probability" else escape(of)
        yield named, escape(scores[0]), escape(scores[1])
    if found.get("outcome_before"):
        yield wording.label("result"), escape(found["outcome_before"]), escape(found["outcome_after"] or "")


def _importance(record: Record, wording: Wording) -> Iterator[Row]:
    numbers_ = wording.speech.numbers
    for found in record["population"]["importance"]:
        share = numbers_.percent(found["share"]) if found.get("share") is not None else ""
        yield escape(found["label"]), escape(numbers_.exact(found["weight"])), escape(share)
