"""Which words tell the rows and which a change: without these, what is asked is left."""

from __future__ import annotations

import functools
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from assistant.understanding.learned import Weights, learned
from assistant.understanding.roles import stood_for
from assistant.understanding.slots import NEUTRAL, Slots
from assistant.understanding.text import normalised
from explainers.base import Schema

SPANS = ("", "rows", "change")
BUCKETS = 16384
DECIMALS = 4
STAND_IN = {"rows": "cases", "change": f"{NEUTRAL['feature']} were {NEUTRAL['value']}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """A logistic model over hashed words around each word: `weights` (BUCKETS, spans), `bias` (spans,)."""

    weights: Weights
    bias: Weights

    @classmethod
    @functools.cache
    def shipped(cls, language: str) -> Spans:
        """The one of a language's file."""
        kept = learned(language)
        return cls(weights=kept["spans"], bias=kept["spans_bias"])

    def arrays(self) -> dict[str, Weights]:
        """What is kept of it, by name."""
        return {"spans": self.weights, "spans_bias": self.bias}

    def told(self, slots: Slots, schema: Schema) -> tuple[str, ...]:
        """For each word the span it belongs to ("" for none)."""
        found = []
        for columns in hashed(slots, schema):
            scores = np.round(self.weights[[c % BUCKETS for c in columns]].sum(axis=0) + self.bias, DECIMALS)
            found.append(SPANS[int(np.argmax(scores))])
        return tuple(found)

    def asked(self, slots: Slots, schema: Schema) -> str:
        """The question in neutral words, its rows and its change each in the same few words."""
        return canonical(slots, schema, self.told(slots, schema))


def canonical(slots: Slots, schema: Schema, spans: Sequence[str]) -> str:
    """As `Spans.asked`, where the spans are known."""
    said = stood_for(slots, schema)
    parts: list[str] = []
    for span, places in groupby(range(len(said)), key=lambda i: spans[i]):
        inside = [i for i in places if said[i]]
        if span == "rows" and any(c.first in inside for c in slots.ids):
            parts.append(NEUTRAL["id"])
        elif span:
            parts.append(STAND_IN[span])
        else:
            parts += [_plain(said[i], schema) for i in inside]
    return normalised(" ".join(part for i, part in enumerate(parts) if not i or part != parts[i - 1]))


def _plain(word: str, schema: Schema) -> str:
    """The neutral word for the sort of thing that stands here, or the word itself."""
    bare = word.lstrip(",.;:?!，。；：？！、")
    sort = bare[1:-1] if bare.startswith("<") and bare.endswith(">") and len(bare) > 2 else ""
    if sort == "id":
        return NEUTRAL["id"]
    if sort == "outcome":
        return NEUTRAL["outcome" if schema.outcomes else "quantity"]
    if sort in ("whole", "amount", "value"):
        return NEUTRAL["value"]
    return NEUTRAL["feature"] if sort else bare


def hashed(slots: Slots, schema: Schema) -> Iterator[tuple[int, ...]]:
    """For each word, what it is and what stands around it, as numbers."""
    said = stood_for(slots, schema)
    kept = [i for i, word in enumerate(said) if word]
    places = {i: at for at, i in enumerate(kept)}
    words = [said[i] for i in kept]
    supposed = next((at for at, i in enumerate(kept) if slots.words[i].text in slots.lexicon.words["if"]), None)
    last = 0
    for i in range(len(said)):
        last = places.get(i, last)
        yield tuple(zlib.crc32(text.encode()) for text in _told(words, last, supposed))


def _told(words: Sequence[str], at: int, supposed: int | None) -> Iterator[str]:
    def word(i: int) -> str:
        return "^" if i < 0 else "$" if i >= len(words) else words[i]

    own = words[at]
    yield f"o {own}"
    for d in (1, 2, 3, 4):
        yield f"l{d} {word(at - d)}"
        yield f"r{d} {word(at + d)}"
    yield f"lo {word(at - 1)} {own}"
    yield f"or {own} {word(at + 1)}"
    yield f"lr {word(at - 1)} {word(at + 1)}"
    yield f"ll {word(at - 2)} {word(at - 1)}"
    yield f"rr {word(at + 1)} {word(at + 2)}"
    yield f"llo {word(at - 2)} {word(at - 1)} {own}"
    yield f"orr {own} {word(at + 1)} {word(at + 2)}"
    yield f"lor {word(at - 1)} {own} {word(at + 1)}"
    for i in range(max(at - 8, 0), at):
        yield f"L {words[i]}"
    for i in range(at + 1, min(at + 9, len(words))):
        yield f"R {words[i]}"
    where = "none" if supposed is None else "after" if supposed < at else "at" if supposed == at else "before"
    yield f"if {where}"
    if supposed is not None and supposed < at:
        parted = any(words[i][0] in ",.;:?!，。；：？！" for i in range(supposed + 1, at + 1))
        yield f"if {where} {parted} {own}"
        yield f"ifp {parted}"
        yield f"ifd {min(at - supposed, 9)} {parted}"
    yield f"begins {at == 0}"
