"""The one door: a reader's words in, a reading out."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.domains.vocabulary import Vocabulary
from assistant.question import Question
from assistant.understanding.assembly import UNBOUND, assemble
from assistant.understanding.changes import READINGS
from assistant.understanding.encoder import Encoder
from assistant.understanding.examples import Examples
from assistant.understanding.followups import carried, in_context
from assistant.understanding.lexicon import read_lexicon
from assistant.understanding.slots import Slots, fill_slots
from assistant.understanding.structure import adjusted
from assistant.understanding.terms import meaning
from assistant.understanding.text import clean
from explainers.base import Schema

SURE = 0.5
"""From this confidence on, the best reading is taken; below, it is asked back."""
LOST = 0.45
"""Below this score the question is like no example: not understood."""
FOREIGN = 0.4
"""Below this share of familiar words the text is not in the reader's language."""


_AND = re.compile(
    r",? and (?:also )?(?=(?:what|which|why|how|who|tell|show|list|explain|is|are|do|does|can) )", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a question is read against: the domain's names, the language, the question before."""

    schema: Schema
    vocabulary: Vocabulary
    language: str
    previous: Question | None
    encoder: Encoder
    examples: Examples


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was understood.

    `alternatives` (two or three, best first) are offered where they are too close to choose; then, and where nothing
    was understood (no alternatives either), `question` has no operations. `confidence`: the chance that the best is
    meant.
    """

    question: Question
    confidence: float
    alternatives: tuple[Question, ...] = ()


TALK = frozenset({"social", "out_of_scope", "help", "unclear"})
"""Kinds that nobody chooses from a list."""
UNCLEAR = Reading(question=Question(), confidence=0.0)


def understand(text: str, scope: Scope) -> Reading:
    """Reads one question. Raises QuestionError E401 where it is empty or too long."""
    slots = fill_slots(clean(text), scope.schema, scope.vocabulary, read_lexicon(scope.language), scope.examples.words)
    if leaning := carried(slots, scope.previous, scope.schema):
        return _reading(leaning, 1.0)
    if asked := meaning(slots, scope.vocabulary, scope.language):
        return _reading(asked, 1.0)
    same = scope.examples.exact(slots.neutral)
    if same is not None:
        found = assemble(same.kind, same.args, slots, scope.schema)
        if found:
            return _reading(tuple(in_context(q, slots, scope.previous) for q in found), 1.0)
    return _both(slots, scope) or weighed(slots, scope)


def _both(slots: Slots, scope: Scope) -> Reading | None:
    """The reading of "this and what about that?": both, where each is clear by itself."""
    cut = _AND.search(slots.text)
    if cut is None:
        return None
    known = scope.examples.words
    halves = [
        weighed(fill_slots(part, scope.schema, scope.vocabulary, slots.lexicon, known), scope)
        for part in (slots.text[: cut.start()], slots.text[cut.end() :])
    ]
    operations = [o for half in halves for o in half.question.operations]
    if any(not half.question.operations for half in halves) or len({o.op for o in operations}) < len(operations):
        return None
    if any(o.op in UNBOUND or o.op == "what_if" for o in operations):
        return None
    filters = list(halves[0].question.filters)
    filters += [f for f in halves[1].question.filters if f not in filters]
    return Reading(
        question=Question(filters=tuple(filters), operations=tuple(operations)),
        confidence=min(half.confidence for half in halves),
    )


def weighed(slots: Slots, scope: Scope) -> Reading:
    """The reading by nearness to the examples."""
    if _foreign(slots, scope.examples):
        return UNCLEAR
    matches = adjusted(scope.examples.ranked(slots.neutral, scope.encoder), slots, scope.schema)
    best: dict[str, tuple[float, tuple[Question, ...]]] = {}
    for match in matches[:6]:
        found = assemble(match.kind, match.phrasing.args, slots, scope.schema)
        if found:
            best[match.kind] = (match.score, tuple(in_context(q, slots, scope.previous) for q in found))
    return _chosen(best)


def _chosen(best: Mapping[str, tuple[float, tuple[Question, ...]]]) -> Reading:
    ranked = list(best.values())
    if not ranked or ranked[0][0] < LOST:
        return UNCLEAR
    score, questions = ranked[0]
    others = [(s, q) for s, q in ranked[1:] if q != questions]
    sure = confidence(score, others[0][0] if others else 0.0)
    if sure >= SURE or not others:
        return _reading(questions, sure)
    offered: list[Question] = []
    for near, (question, *_) in ((score, questions), *others):
        talk = {asked.op for asked in question.operations} <= TALK
        if question not in offered and not talk and near >= LOST:
            offered.append(question)
    return _reading(tuple(offered[:READINGS]), sure) if len(offered) > 1 else UNCLEAR


def confidence(score: float, runner_up: float) -> float:
    """The chance that the best kind is meant, from its score and its lead (a logistic curve)."""
    return round(1 / (1 + math.exp(1.5 - 1.5 * score - 5.0 * (score - runner_up))), 4)


def _reading(questions: tuple[Question, ...], sure: float) -> Reading:
    if len(questions) > 1:
        return Reading(question=Question(), confidence=min(sure, 0.5), alternatives=questions[:READINGS])
    return Reading(question=questions[0], confidence=sure)


def _foreign(slots: Slots, examples: Examples) -> bool:
    """Whether too few words are known from the examples or the schema."""
    named = slots.named
    words = [i for i, w in enumerate(slots.words) if w.text[0].isalpha()]
    known = sum(i in named or slots.words[i].stem in examples.words for i in words)
    return not words or known < FOREIGN * len(words)
