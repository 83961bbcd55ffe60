"""A conversation as a file: JSON as every face returns it, CSV with formulas made harmless, HTML to read and print."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from html import escape
from importlib import resources

from assistant.interfaces.web.messages import whole
from assistant.interfaces.web.wording import Wording
from assistant.session import Session

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def exported(session: Session, form: str, wording: Wording) -> dict[str, str]:
    """`name`, `type` and `text` of the file. KeyError for a form that is not in `FORMATS`."""
    kind, write = FORMATS[form]
    return {"name": f"plainwhy-{session.id}.{form}", "type": kind, "text": write(session, wording)}


def _json(session: Session, _: Wording) -> str:
    turns = [{"text": turn.text, **turn.to_json(session.id)} for turn in session.turns]
    about = {"domain": session.domain, "case": session.case.id, "reader": session.reader.name}
    return json.dumps({"session": session.id, **about, "turns": turns}, ensure_ascii=False, indent=1)


def _csv(session: Session, wording: Wording) -> str:
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow([wording.labels[f"export_{name}"] for name in ("turn", "asked", "reading", "answer", "facts")])
    for turn in session.turns:
        facts = dict.fromkeys(path for sentence in turn.answer.sentences for path in sentence.facts)
        row = (str(turn.number), turn.text, turn.reading, turn.answer.text, " ".join(facts))
        table.writerow([harmless(cell) for cell in row])
    return file.getvalue()


def _html(session: Session, wording: Wording) -> str:
    style = (resources.files("assistant.interfaces.web") / "answer.css").read_text(encoding="utf-8")
    title = escape(f"{wording.labels['title']} · {session.case.id}")
    turns = "".join(f"<section><h2>{escape(turn.text)}</h2>{whole(turn, wording)}</section>" for turn in session.turns)
    head = f'<meta charset="utf-8"><title>{title}</title><style>{style}</style>'
    language = escape(session.reader.language)
    body = f'<body class="pw-page"><h1>{title}</h1>{turns}</body>'
    return f'<!doctype html><html lang="{language}"><head>{head}</head>{body}</html>'


def harmless(cell: str) -> str:
    """A cell as text that no spreadsheet computes."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


FORMATS: Mapping[str, tuple[str, Callable[[Session, Wording], str]]] = {
    "json": ("application/json", _json),
    "csv": ("text/csv", _csv),
    "html": ("text/html", _html),
}
"""Ending of the file -> its type, and what writes it."""
