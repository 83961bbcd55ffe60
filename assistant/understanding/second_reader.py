"""The second reader: where the parser is not sure, a language model may fill in the form of a question."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Protocol

from jinja2 import Environment, StrictUndefined
from pydantic import ValidationError

from assistant.question import All, Any_, Condition, Node, Question
from assistant.understanding.labels import UNBOUND
from assistant.understanding.lexicon import read_lexicon, stem
from assistant.understanding.question_form import question_form
from assistant.understanding.text import clean, tokens
from assistant.understanding.understand import SURE, Reading, Scope

TOKENS = 240
"""As long as the longest question of one operation and two filters."""
SECONDS = 20.0
WIDEST = 24_000
"""Characters of instructions that are still given; a domain of more names than that is left to the parser."""


class Filler(Protocol):
    """What is needed of a language model."""

    @property
    def name(self) -> str:
        """Which one it is, for the record."""

    def fill(self, prompt: str, schema: Mapping[str, Any], tokens: int, seconds: float) -> str | None:
        """JSON that keeps to the JSON schema; None where there is none within so many tokens and seconds."""


def read_again(text: str, reading: Reading, scope: Scope, filler: Filler) -> Reading:
    """The reading itself where the parser is sure of it, or the model's is no good; else the model's.

    What the parser would have asked back stays on offer.
    """
    if reading.question.operations or (not reading.alternatives and reading.confidence >= SURE):
        return reading
    question = second_reading(text, scope, filler)
    if question is None:
        return reading
    others = tuple(other for other in reading.alternatives if other != question)
    return replace(reading, question=question, alternatives=others, by="language model")


def second_reading(text: str, scope: Scope, filler: Filler) -> Question | None:
    """The question as a language model reads it; None where it is late, broken, or says what the text does not.

    What it writes is held to the form of the domain's questions: known kinds, features, values within their range.
    That does not make it right. It is told so where it is shown.
    """
    text, form = clean(text), question_form(scope.schema)
    prompt = _prompt(text, scope)
    if prompt is None:
        return None
    written = filler.fill(prompt, form.model_json_schema(), TOKENS, SECONDS)
    try:
        filled = form.model_validate_json(written or "").model_dump()
    except ValidationError:
        return None
    for asked in filled["operations"]:
        asked["args"] = {name: value for name, value in asked["args"].items() if value is not None}
    question = Question.from_json(filled)
    return question if question.operations and _hangs_together(question) and _said(question, text, scope) else None


def _hangs_together(question: Question) -> bool:
    """What is about no rows stands alone; nothing is said twice, and no feature changed twice."""
    operations = question.operations
    changed = [asked.args["feature"] for asked in operations if asked.op == "what_if"]
    alone = not UNBOUND & {asked.op for asked in operations} or (len(operations) == 1 and not question.filters)
    twice = any(part in parts[:i] for parts in (operations, question.filters) for i, part in enumerate(parts))
    return alone and not twice and len(set(changed)) == len(changed)


def _said(question: Question, text: str, scope: Scope) -> bool:
    """Whether the words it quotes stand in the text, and some number does where it has one."""
    spoken = [w.text for w in tokens(text.lower())]
    quoted = {str(c.value) for c in _conditions(question.filters) if c.feature == "@id"}
    quoted |= {str(a.args[slot]) for a in question.operations for slot in ("other", "term") if slot in a.args}
    quoted -= {*scope.schema.names, *scope.schema.targets}
    whole = f" {' '.join(spoken)} "
    if any(f" {' '.join(w.text for w in tokens(words.lower()))} " not in whole for words in quoted):
        return False
    lexicon = read_lexicon(scope.language)
    numbers = {*lexicon.numbers, *lexicon.scales, *lexicon.multiply}
    counted = any(word[0].isdigit() or word in numbers or stem(word) in numbers for word in spoken)
    return counted or not any(_numbers(question))


def _numbers(question: Question) -> Iterator[float]:
    """Every number of a question but zero, which may be a "no" or a "without"."""
    values = [c.value for c in _conditions(question.filters)]
    values += [value for asked in question.operations for value in asked.args.values()]
    yield from (value for value in values if isinstance(value, float) and value)


def _conditions(nodes: tuple[Node, ...]) -> Iterator[Condition]:
    for node in nodes:
        match node:
            case Condition():
                yield node
            case All(nodes=inner) | Any_(nodes=inner):
                yield from _conditions(inner)


def _prompt(text: str, scope: Scope) -> str | None:
    """The instructions and the question; None where the language has none, or the domain is too wide for them."""
    page = _instructions(scope.language)
    if not page.is_file():
        return None
    plain = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False)
    plain.filters["fenced"] = fenced
    prompt = plain.from_string(page.read_text(encoding="utf-8")).render(
        features=scope.schema.features,
        targets=scope.schema.targets,
        quantity=scope.schema.quantity,
        vocabulary=scope.vocabulary,
        language=scope.language,
        previous=scope.previous.to_json() if scope.previous else None,
        question=text,
    )
    return prompt if len(prompt) <= WIDEST else None


def _instructions(language: str) -> Traversable:
    return resources.files("prompts") / language / "second_reader.txt.jinja"


def fenced(value: Any) -> str:
    """Anything from outside as one JSON text that no quote ends early and no mark of a chat template stands in."""
    plain = json.dumps(value, ensure_ascii=False)
    return "".join(f"\\u{ord(c):04x}" if c in "<>[]" and isinstance(value, str) else c for c in plain)
