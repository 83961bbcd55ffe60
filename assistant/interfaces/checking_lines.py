"""`plainwhy check`: any text held against an explanation record, a line of JSON for each sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.dialogue import words_in
from assistant.facts.reading import facts_of
from assistant.interfaces.json_files import read_object
from assistant.narration.faithful import Checker
from explainers.errors import InputError


def checker_of(path: Path, language: str | None) -> Checker:
    """For the record in a file, or the turn that holds it, in its own language or another.

    Raises InputError as `read_object`, E115 where it is no record, QuestionError E407 for a language without words.
    """
    record: Any = read_object(path)
    if isinstance(record.get("record"), dict):
        record = record["record"]
    facts = facts_of(record)
    return Checker.of(facts, words_in(language or facts.language))


def verdicts(text: str, checker: Checker) -> Iterator[dict[str, Any]]:
    """Of a text, or of lines `{"id", "text"}`, for each sentence
    `{"id", "sentence", "supported", "claims": [{"claim", "facts", "verdict"}], "why"}`; `id` is null for a plain text.

    Raises InputError E106 for a line that is no such object.
    """
    for name, part in _parts(text):
        for verdict in checker.check(part):
            yield {"id": name, **verdict.to_json()}


def _parts(text: str) -> Iterator[tuple[Any, str]]:
    if not text.lstrip().startswith("{"):
        yield None, text
        return
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
        except ValueError:
            told = None
        if not isinstance(told, dict) or not isinstance(told.get("text"), str):
            raise InputError("E106", f"Line {number} is not an object with a text.", where=f"line {number}",
                             hint='Each line is one JSON object: {"id": …, "text": …}.')  # fmt: skip
        yield told.get("id"), told["text"]
