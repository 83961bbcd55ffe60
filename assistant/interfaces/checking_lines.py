"""`plainwhy check`: any text held against an explanation record, a line of JSON for each sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.dialogue import words_in
from assistant.facts.reading import facts_of
from assistant.interfaces.json_files import read_object, told_lines
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
    words = words_in(language or facts.language)
    if facts.kind not in words.plans:
        raise InputError("E115", f"There is no kind of answer {facts.kind[:20]!r}.", where="record",
                         hint="Give the `record` of an answer as it was printed.")  # fmt: skip
    return Checker.of(facts, words)


def verdicts(text: str, checker: Checker) -> Iterator[dict[str, Any]]:
    """Of a text, or of lines `{"id", "text"}`, for each sentence
    `{"id", "sentence", "supported", "claims": [{"claim", "facts", "verdict"}], "why"}`; `id` is null for a plain text.

    Raises InputError E106 for a line that is no such object.
    """
    for name, part in _parts(text):
        for verdict in checker.check(part):
            yield {"id": name, **verdict.to_json()}


def _parts(text: str) -> Iterator[tuple[Any, str]]:
    if text.lstrip().startswith("{"):
        yield from ((told.get("id"), told["text"]) for told in told_lines(text.splitlines()))
    else:
        yield None, text
