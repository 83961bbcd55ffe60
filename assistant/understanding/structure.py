"""What the slots say about the kind, beside what the words sound like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.understanding.changes import changes
from assistant.understanding.conditions import is_group
from assistant.understanding.examples import DECIMALS, Match
from assistant.understanding.slots import Slots
from explainers.base import Schema

CUE = 0.15
"""What a word that speaks for a kind adds."""
STRONG = 0.3
"""What a fact of structure adds to a kind's score, or takes from it."""
_LOOSE = re.compile(r"\bwould\b|\bhad\b.*\bbeen\b|\bwith\b|\bsay\b|\bwill\b|=")
_ORDER = re.compile(
    r"^(?:(?:please|now|and|then|can you|could you|what about|how about) )*"
    r"(?:set|change|put|replace|try|increase|decrease|raise|lower|reduce|make|double|halve|add)\b"
)
_WRONG = re.compile(
    r"\bnot\b|\bwrong|\bactually\b|\bcorrect|\bfix|\bmistake|\bfalse\b|\bshould be\b|^no\b|isn't|\bnow\b"
)
_OTHER = re.compile(
    r"rather than|instead of|and not|against|kept|stop|stood|missing|rule[sd]? out|exclude|expected|thought|shouldn't"
)


def adjusted(matches: Sequence[Match], slots: Slots, schema: Schema) -> tuple[Match, ...]:
    """The kinds with what their slots say for or against them, best first."""
    moved = _structure(slots, schema)
    scored = [replace(m, score=round(m.score + moved.get(m.kind, 0.0), DECIMALS)) for m in matches]
    return tuple(sorted(scored, key=lambda m: -m.score))


def _structure(slots: Slots, schema: Schema) -> dict[str, float]:
    text = slots.text.lower()
    spoken = f" {slots.neutral} "
    cues = slots.lexicon.cues
    said = {kind: CUE for kind, phrases in cues.items() if any(f" {phrase} " in spoken for phrase in phrases)}
    moved = changes(slots, schema, ())
    if slots.has("if") and moved:
        said["what_if"] = STRONG + said.get("what_if", 0)
    elif _LOOSE.search(text) and moved and not is_group(slots):
        said["what_if"] = STRONG / 2
    elif not _ORDER.search(text):
        said["what_if"] = -STRONG
        if moved and _WRONG.search(text):
            said["correct"] = STRONG
    turned = any(m.negated for m in slots.outcomes) or _OTHER.search(text)
    if slots.outcomes and slots.has("why"):
        said["why_not" if turned else "why"] = STRONG / 2
        said["why" if turned else "why_not"] = -STRONG
    if slots.ids and not slots.has("mine"):
        said["known"] = -STRONG
    return said
