"""`plainwhy understand`: questions as lines of JSON, read, so that anyone can score what is understood."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.domains.description import read_description
from assistant.domains.reading import schema_of, vocabulary_of
from assistant.domains.source import description_file
from assistant.interfaces.json_files import told_lines
from assistant.question import Question
from assistant.understanding.encoder import Encoder
from assistant.understanding.minilm import NumpyEncoder
from assistant.understanding.understand import Scope, understand
from explainers.errors import DomainError, QuestionError


def readings(lines: Iterable[str], domain: str) -> Iterator[str]:
    """For each line `{"id", "text", "turn_before"?, "schema"?}` one `{"id", "filters", "operations", "confidence",
    "ask_back"}`.

    `domain` names one, or a folder of descriptions of which each line's `schema` picks one. `ask_back` holds the
    readings offered, of which the best stands in the line, or is true where nothing was understood. Raises InputError
    E106 for a line that is no such object, DomainError E601 to E605.
    """
    encoder, scopes = NumpyEncoder(), dict[str, Scope]()
    for asked in told_lines(lines):
        name = str(asked.get("schema") or "")
        scope = scopes.setdefault(name, scopes.get(name) or _scope(domain, name, encoder))
        yield json.dumps({"id": asked.get("id"), **_reading(asked, scope)}, ensure_ascii=False)


def _scope(domain: str, schema: str, encoder: Encoder) -> Scope:
    path = Path(domain)
    if path.is_dir() and not (path / "domain.toml").is_file():
        path = path / f"{Path(schema).name}.toml"
    else:
        path = description_file(domain)
    if not path.is_file():
        raise DomainError("E601", f"There is no description {path.name}.", where=str(path),
                          hint="Each line's schema names one of the folder's toml files.")  # fmt: skip
    description = read_description(path)
    known = schema_of(description)
    return Scope(schema=known, vocabulary=vocabulary_of(description, known), language="en", previous=None,
                 encoder=encoder)  # fmt: skip


def _reading(asked: Mapping[str, Any], scope: Scope) -> dict[str, Any]:
    try:
        found = understand(asked["text"], replace(scope, previous=_before(asked.get("turn_before"), scope)))
    except QuestionError:  # empty or too long: asked back
        return {**Question().to_json(), "confidence": 0.0, "ask_back": True}
    asks = not found.question.operations
    best = found.alternatives[0] if asks and found.alternatives else found.question
    offered = [question.to_json() for question in found.alternatives]
    return {**best.to_json(), "confidence": found.confidence, "ask_back": asks and (offered or True)}


def _before(turn: Any, scope: Scope) -> Question | None:
    """The turn before, by its meaning where that is given, else by reading its text first."""
    if not isinstance(turn, dict):
        return None
    try:
        return Question.from_json(turn["gold"])
    except (KeyError, TypeError):
        text = turn.get("text")
    try:
        return understand(text, scope).question if isinstance(text, str) else None
    except QuestionError:
        return None
