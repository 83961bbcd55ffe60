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
MOST_STEPS = 2
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
    content = [gr.HTML(whole(turn, wording))]  # one part: Gradio makes each anew at every step
    return {"role": "assistant", "content": content, "options": [{"value": text} for text in _offered(turn, wording)]}


def _offered(turn: Turn, wording: Wording) -> list[str]:
    """The readings to choose from; beside an answer what may be asked next, and what else may have been meant."""
    others = [offer.reading for offer in turn.ask_back]
    if not turn.question.operations and others:
        return others
    return [*turn.follow_ups, *(wording.label("meant", reading=reading) for reading in others)]


def whole(turn: Turn, wording: Wording) -> str:
    """A whole answer as HTML."""
    words = _words(turn.answer, len(turn.answer.sentences))
    return f'<div class="pw-answer">{_read_as(turn, wording)}{words}{behind(turn, wording)}</div>'


def overview(turn: Turn, wording: Wording) -> str:
    """An answer as HTML for who looks at numbers first: picture and tables open, the words below them."""
    words = _words(turn.answer, len(turn.answer.sentences))
    shown = f"{_picture(turn, wording)}{_numbers(turn, wording)}"
    behind = f'<div class="pw-behind">{_known(turn, wording)}</div>'
    return f'<div class="pw-answer"><div class="pw-behind">{shown}</div>{words}{behind}</div>'


def arriving(turn: Turn, wording: Wording) -> Iterator[Message]:
    """The answer sentence by sentence, in at most `MOST_STEPS` pieces; the last one is `answered`."""
    sentences = sum(map(len, turn.answer.paragraphs))
    for so_far in range(1, min(sentences, MOST_STEPS)):
        words = f'<div class="pw-answer">{_read_as(turn, wording)}{_words(turn.answer, so_far)}</div>'
        yield {"role": "assistant", "content": [gr.HTML(words)]}
    yield answered(turn, wording)


def behind(turn: Turn, wording: Wording) -> str:
    """Below the words of an answer: the picture, its numbers, the closed layers, and what each sentence rests on."""
    parts = [
        _picture(turn, wording),
        _folded("show_numbers", _numbers(turn, wording), wording),
        *(_folded(f"layer_{name}", _paragraph(turn.answer, name), wording) for name in _closed(turn.answer)),
        _known(turn, wording),
    ]
    return f'<div class="pw-behind">{"".join(parts)}{_copy(turn.answer, wording)}</div>'


def _picture(turn: Turn, wording: Wording) -> str:
    """The picture of what the words tell, and rows that are an answer by themselves; for each question of several."""
    facts = [path for sentence in turn.answer.layer("reasons") for path in sentence.facts]
    drawn = []
    for place, record in enumerate(turn.records):
        under = f"also[{place - 1}]." if place else ""
        told = {int(found[1]) for path in facts if (found := REASON.match(path.removeprefix(under)))}
        drawn.append(picture(record, told, wording) + row_tables(record, wording))
    return "".join(drawn)


def _numbers(turn: Turn, wording: Wording) -> str:
    return "".join(numbers(record, wording) for record in turn.records)


def _words(answer: Answer, most: int) -> str:
    """The opened layers, to so many sentences in all; each that rests on facts leads to them in `_known`."""
    between, left, told = "<br>" if answer.listed else answer.between, most, []
    for places in answer.paragraphs:
        told += [between.join(_sentence(answer, i) for i in places[:left])] if left > 0 else []
        left -= len(places)
    return f'<div class="pw-text">{"".join(f"<p>{text}</p>" for text in told)}</div>'


def _sentence(answer: Answer, place: int) -> str:
    sentence = answer.sentences[place]
    text = escape(sentence.text)
    return f'<span class="pw-told" data-n="{place}">{text}</span>' if sentence.facts else text


def _known(turn: Turn, wording: Wording) -> str:
    return _folded("how_do_you_know", evidence(turn.answer, turn.record, wording), wording, "pw-known")


def _copy(answer: Answer, wording: Wording) -> str:
    # Gradio's own button only stands beside messages without a picture.
    name = "copy_reply" if wording.reader.name == "support" else "copy"
    text, label, done = escape(answer.text), wording.label(name), wording.label("copied")
    return f'<button type="button" class="pw-copy" data-text="{text}" data-done="{done}">{label}</button>'


def _closed(answer: Answer) -> list[str]:
    return [name for name in LAYERS if name not in answer.opened]


def _paragraph(answer: Answer, layer: str) -> str:
    text = answer.between.join(_sentence(answer, place) for place in answer.layers.get(layer, ()))
    return f"<p>{text}</p>" if text else ""


def _folded(label: str, inside: str, wording: Wording, named: str = "") -> str:
    opening = f'<details class="{named}">' if named else "<details>"
    return f"{opening}<summary>{wording.label(label)}</summary>{inside}</details>" if inside else ""


def _read_as(turn: Turn, wording: Wording) -> str:
    if not turn.question.operations:  # the words themselves say that it was not understood, or ask back
        return ""
    return f'<p class="pw-reading">{wording.label("you_asked", reading=turn.reading)}</p>'
