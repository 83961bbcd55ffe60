"""The one door: a reader's words in, a reading out."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from assistant.domains.vocabulary import Vocabulary
from assistant.question import Question
from assistant.understanding.assembly import assemble
from assistant.understanding.changes import READINGS
from assistant.understanding.encoder import WIDTH, Encoder
from assistant.understanding.examples import Examples
from assistant.understanding.followups import carried, in_context
from assistant.understanding.head import MEANT, Head, joined
from assistant.understanding.joining import assemble_set
from assistant.understanding.labels import UNBOUND, best_sets, kind_of
from assistant.understanding.lexicon import read_lexicon
from assistant.understanding.roles import Tagger
from assistant.understanding.slots import Slots, fill_slots
from assistant.understanding.spans import Spans
from assistant.understanding.terms import meaning
from assistant.understanding.text import clean, unspaced
from explainers.base import Schema

SURE = 0.5
"""From this confidence on, the best reading is taken; below, it is asked back."""
CERTAIN = 0.9
"""Below this one, the next readings stay on offer beside the answer."""
SETS, FAR = 8, 6.0
"""Sets of labels that are looked at, and how far behind the best one is no longer worth a look."""
IGNORED = 1.0
"""What it costs a reading, in log-likelihood, to make nothing of a feature that is named."""
FOREIGN = 0.4
"""Below this share of familiar words the text is not in the reader's language."""


_JOINED = re.compile(r"\band\b|\balso\b|\bplus\b|\bthen\b|[&+;]|[.?!,]\s+\S|[，。；？！、]\s*\S|再|还有|另外|并且|以及")
_CODE = re.compile(r"</?\w+[^<>]*>|[{};]\s*\S*[{}=+]|\bSELECT\b.*\bFROM\b|;\s*$")
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

    def of(self, text: str) -> Scope:
        """For the language that a text is written in, whatever the reader's is."""
        return replace(self, language="zh" if unspaced(text) else "en")

    @property
    def examples(self) -> Examples:
        return Examples.read(self.language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was understood.

    `alternatives` (two or three, best first) are offered where they are too close to choose; then, and where nothing
    was understood (no alternatives either), `question` has no operations. `confidence`: the chance that the best is
    meant. Beside a `question` that is not quite certain, or that a language model has chosen, the others stay on offer.
    """

    question: Question
    confidence: float
    alternatives: tuple[Question, ...] = ()
    by: Literal["parser", "language model"] = "parser"
    nameless: bool = False
    """Whether it asks about a feature that the schema does not have by that name; nothing else was understood then."""


TALK = frozenset({"social", "out_of_scope", "help", "unclear"})
"""Kinds that nobody chooses from a list."""
UNCLEAR = Reading(question=Question(), confidence=0.0)


def understand(text: str, scope: Scope) -> Reading:
    """Reads one question. Raises QuestionError E401 where it is empty or too long."""
    scope = scope.of(text)
    slots = fill_slots(clean(text), scope.schema, scope.vocabulary, read_lexicon(scope.language), scope.examples.words)
    if leaning := carried(slots, scope.previous, scope.schema):
        return _reading(leaning, 1.0)
    if asked := meaning(slots, scope.vocabulary, scope.language):
        return _reading(asked, 1.0)
    same = scope.examples.exact(slots.neutral)
    if same is not None:
        parted = Tagger.shipped(scope.language).parted(slots, scope.schema, (same.kind,))
        found = assemble(same.kind, same.args, parted, scope.schema)
        if found:
            return _reading(tuple(in_context(q, slots, scope.previous) for q in found), 1.0)
    return _both(slots, scope) or weighed(slots, scope)


def _both(slots: Slots, scope: Scope) -> Reading | None:
    """The reading of "this and what about that?": both, where each is clear by itself."""
    cut = _AND.search(slots.text)
    if cut is None:
        return None
    first, second = slots.text[: cut.start()], slots.text[cut.end() :]
    known = scope.examples.words
    halves = [
        weighed(fill_slots(part, within.schema, within.vocabulary, slots.lexicon, known), within)
        for part, within in ((first, scope), (second, replace(scope, previous=None)))
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
    """The reading by what was learned from the phrasings."""
    if _foreign(slots, scope.examples):
        return UNCLEAR
    head, tagger = Head.shipped(scope.language), Tagger.shipped(scope.language)
    asked = Spans.shipped(scope.language).asked(slots, scope.schema)
    meaning = scope.encoder.encode([asked])[0] if scope.language in MEANT else np.zeros(WIDTH)
    odds = head.odds(joined(asked, meaning, slots, scope.schema))
    found: list[tuple[float, tuple[Question, ...]]] = []
    lost = -math.inf
    for labels, score in best_sets(odds, _JOINED.search(slots.text) is not None)[:SETS]:
        if found and found[0][0] - score > FAR:
            break
        questions = tuple(
            in_context(q, slots, scope.previous) for q in assemble_set(labels, slots, scope.schema, tagger)
        )
        if not questions:
            if not found and _nameless(labels, slots):
                return Reading(question=Question(), confidence=0.0, nameless=True)
            lost = max(lost, score)
        elif questions not in [q for _, q in found]:
            found.append((score - IGNORED * _unused(slots, questions[0]), questions))
    found.sort(key=lambda pair: -pair[0])
    return _chosen(found, lost, head)


def _unused(slots: Slots, question: Question) -> int:
    """How many of the features that are named a reading has no use for."""
    told = f"{question.to_json()}"
    named = {found.targets for found in (*slots.features, *slots.values)}
    return sum(not any(repr(target) in told for target in targets) for targets in named)


def _nameless(labels: Sequence[str], slots: Slots) -> bool:
    """Whether these labels need a feature, and the question names none."""
    about = {kind_of(label) for label in labels} & {"what_if", "effect", "statistics"}
    return bool(about) and not (slots.features or slots.values)


def _chosen(ranked: Sequence[tuple[float, tuple[Question, ...]]], lost: float, head: Head) -> Reading:
    """The best reading; asked back where the next is close, or one that nothing came of (`lost`) is likelier."""
    if not ranked:
        return UNCLEAR
    score, questions = ranked[0]
    sure = head.chance(score - max(lost, ranked[1][0] if len(ranked) > 1 else -math.inf, score - 20.0))
    offered = _offered(question for _, (question, *_) in ranked)
    if sure < SURE:
        return _reading(tuple(offered[:READINGS]), sure) if len(offered) > 1 else UNCLEAR
    reading = _reading(questions, sure)
    if reading.alternatives or sure >= CERTAIN:
        return reading
    return replace(reading, alternatives=tuple(q for q in offered if q != reading.question)[: READINGS - 1])


def _offered(questions: Iterable[Question]) -> list[Question]:
    """What a reader can choose from: no talk, and none that only asks more than one before it."""
    kept: list[Question] = []
    for question in questions:
        ops = _ops(question)
        if question not in kept and not ops <= TALK and not any(_ops(other) < ops for other in kept):
            kept.append(question)
    return kept


def _ops(question: Question) -> frozenset[str]:
    return frozenset(asked.op for asked in question.operations)


def _reading(questions: tuple[Question, ...], sure: float) -> Reading:
    if len(questions) > 1:
        return Reading(question=Question(), confidence=min(sure, 0.5), alternatives=questions[:READINGS])
    return Reading(question=questions[0], confidence=sure)


def _foreign(slots: Slots, examples: Examples) -> bool:
    """Whether it is code, or too few words are known from the examples or the schema."""
    if _CODE.search(slots.text):
        return True
    named = slots.named
    words = [i for i, w in enumerate(slots.words) if w.text[0].isalpha()]
    known = sum(i in named or slots.words[i].stem in examples.words for i in words)
    return not words or known < FOREIGN * len(words)
