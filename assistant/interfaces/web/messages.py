"""Turns as messages of the chat. Everything that came from outside is escaped here; nothing else builds messages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import gradio as gr

from assistant.interfaces.web.bars import picture
from assistant.interfaces.web.evidence import evidence
from assistant.interfaces.web.record_tables import row_tables
from assistant.interfaces.web.tables import numbers
from assistant.interfaces.web.wording import Wording
from assistant.narration.answer import LAYERS, Answer
from assistant.session import Turn

Message = dict[str, Any]
MOST_STEPS = 3
"""Pieces an answer is shown in: every piece draws the whole conversation again."""
REASON = re.compile(r"reasons\[(\d+)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something said that is no recorded turn: an error. `after` is the number of the turn before it."""

    after: int
    asked: str
    said: str


def asked(text: str) -> Message:
    """The reader's own words."""
    return {"role": "user", "content": escape(text, quote=False)}


def said(text: str, options: Sequence[str] = ()) -> Message:
    """Plain words of the assistant, with questions to choose from."""
    return {"role": "assistant", "content": escape(text, quote=False), "options": [{"value": o} for o in options]}


def answered(turn: Turn, wording: Wording) -> Message:
    """A whole answer: how the question was read, the words, what lies behind them, and what may be asked next."""
    content = [*_reading(turn, wording), escape(turn.answer.text, quote=False), gr.HTML(behind(turn, wording))]
    offered = [offer.reading for offer in turn.ask_back] or turn.follow_ups
    return {"role": "assistant", "content": content, "options": [{"value": text} for text in offered]}


def whole(turn: Turn, wording: Wording) -> str:
    """A whole answer as HTML, outside a conversation."""
    text = f'<div class="pw-text">{escape(turn.answer.text)}</div>'
    return f"{_read_as(turn, wording)}{text}{behind(turn, wording)}"


def overview(turn: Turn, wording: Wording) -> str:
    """An answer as HTML for who looks at numbers first: picture and tables open, the words below them."""
    text = f'<div class="pw-text">{escape(turn.answer.text)}</div>'
    shown = f"{_picture(turn, wording)}{numbers(turn.record, wording)}"
    known = _folded("how_do_you_know", evidence(turn.answer, turn.record, wording), wording)
    return f'<div class="pw-behind">{shown}</div>{text}<div class="pw-behind">{known}</div>'


def arriving(turn: Turn, wording: Wording) -> Iterator[Message]:
    """The answer sentence by sentence, in at most `MOST_STEPS` pieces; the last one is `answered`."""
    sentences = sum(len(turn.answer.layer(name)) for name in LAYERS if name in turn.answer.opened)
    for so_far in range(1, min(sentences, MOST_STEPS)):
        text = turn.answer.first(so_far)
        yield {"role": "assistant", "content": [*_reading(turn, wording), escape(text, quote=False)]}
    yield answered(turn, wording)


def behind(turn: Turn, wording: Wording) -> str:
    """Below the words of an answer: the picture, its numbers, the closed layers, and what each sentence rests on."""
    parts = [
        _picture(turn, wording),
        _folded("show_numbers", numbers(turn.record, wording), wording),
        *(_folded(f"layer_{name}", _paragraph(turn.answer, name), wording) for name in _closed(turn.answer)),
        _folded("how_do_you_know", evidence(turn.answer, turn.record, wording), wording),
    ]
    return f'<div class="pw-behind">{"".join(parts)}{_copy(turn.answer, wording)}</div>'


def _picture(turn: Turn, wording: Wording) -> str:
    """The picture of what the words tell, and rows that are an answer by themselves."""
    told = {int(i) for s in turn.answer.layer("reasons") for path in s.facts for i in REASON.findall(path)}
    return picture(turn.record, told, wording) + row_tables(turn.record or {}, wording)


def _copy(answer: Answer, wording: Wording) -> str:
    # Gradio's own button only stands beside messages without a picture.
    name = "copy_reply" if wording.reader.name == "support" else "copy"
    text, label, done = escape(answer.text), wording.label(name), wording.label("copied")
    return f'<button type="button" class="pw-copy" data-text="{text}" data-done="{done}">{label}</button>'


def _closed(answer: Answer) -> list[str]:
    return [name for name in LAYERS if name not in answer.opened]


def _paragraph(answer: Answer, layer: str) -> str:
    text = " ".join(s.text for s in answer.layer(layer))
    return f"<p>{escape(text)}</p>" if text else ""


def _folded(label: str, inside: str, wording: Wording) -> str:
    return f"<details><summary>{wording.label(label)}</summary>{inside}</details>" if inside else ""


def _reading(turn: Turn, wording: Wording) -> list[Any]:
    reading = _read_as(turn, wording)
    return [gr.HTML(reading)] if reading else []


def _read_as(turn: Turn, wording: Wording) -> str:
    if not turn.question.operations:  # the words themselves say that it was not understood, or ask back
        return ""
    return f'<p class="pw-reading">{wording.label("you_asked", reading=turn.reading)}</p>'
