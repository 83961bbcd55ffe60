"""Which labels a question has: several at once, from its meaning, its letters and what it names."""

from __future__ import annotations

import functools
import math
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.understanding.changes import changes
from assistant.understanding.conditions import SIGNS, is_group
from assistant.understanding.learned import Weights, learned
from assistant.understanding.slots import Slots
from assistant.understanding.text import tokens
from explainers.base import Array, Schema

MEANT = frozenset(("en",))
"""Languages whose meaning the encoder knows."""
BUCKETS = 4096
ARRAYS = ("inner", "inner_bias", "outer", "straight", "bias")
DECIMALS = 4
"""Figures are rounded before any decision, so that threads and batches cannot change a reading."""
LETTERS = 1.4
FLAGS = 0.5
"""How much n-grams, and what is named, weigh beside the meaning (a vector of length 1)."""
LOOSE = re.compile(r"\bwould\b|\bhad\b.*\bbeen\b|\bwith\b|\bsay\b|\bwill\b|=")
ORDER = re.compile(
    r"^(?:(?:please|now|and|then|can you|could you|what about|how about) )*"
    r"(?:set|change|put|replace|try|increase|decrease|raise|lower|reduce|make|double|halve|add)\b"
)
WRONG = re.compile(
    r"\bnot\b|\bwrong|\bactually\b|\bcorrect|\bfix|\bmistake|\bfalse\b|\bshould be\b|^no\b|isn't|\bnow\b"
)
_LISTS = ("if", "why", "chance", "group", "mine", "truly", "not", "more", "less", "rows", "also", "order", "hypothesis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A small network: one hidden layer beside a straight line, and a logistic curve for each label.

    `slope` and `shift` turn the lead of a set of labels over the next into the chance that it is right.
    """

    labels: tuple[str, ...]
    inner: Weights
    inner_bias: Weights
    outer: Weights
    straight: Weights
    bias: Weights
    slope: float
    shift: float

    @classmethod
    @functools.cache
    def shipped(cls, language: str) -> Head:
        """The one of a language's file."""
        kept = learned(language)
        arrays = {name: kept[name] for name in ARRAYS}
        slope, shift = map(float, kept["curve"])
        return cls(labels=tuple(map(str, kept["labels"])), slope=slope, shift=shift, **arrays)

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """What is kept of it, by name."""
        named = {name: getattr(self, name) for name in ARRAYS}
        return {"labels": np.array(self.labels), "curve": np.array([self.slope, self.shift]), **named}

    def odds(self, vector: Array) -> Mapping[str, float]:
        """The log-odds of each label, given the vector of a question (width,)."""
        filled = np.flatnonzero(vector)
        x = vector[filled].astype("float32")
        hidden = np.maximum(np.einsum("i,ij->j", x, self.inner[filled]) + self.inner_bias, 0)
        found = np.einsum("i,ij->j", hidden, self.outer) + np.einsum("i,ij->j", x, self.straight[filled]) + self.bias
        return dict(zip(self.labels, map(float, np.round(found, DECIMALS)), strict=True))

    def chance(self, lead: float) -> float:
        """That the best set of labels is the one that is meant."""
        return round(1 / (1 + math.exp(-(self.slope * lead + self.shift))), 4)


def joined(asked: str, meaning: Array, slots: Slots, schema: Schema) -> Array:
    """Of a question: the meaning (384,) and the n-grams of what it asks, and what it names; shape (width,)."""
    return np.concatenate([joined_meaning(meaning), LETTERS * _letters(asked), FLAGS * _flags(slots, schema)])


def joined_meaning(meaning: Array) -> Array:
    """A meaning rounded, so that threads and batches cannot change a reading."""
    return np.round(meaning, DECIMALS)


def _letters(text: str) -> Array:
    """Words, pairs and triples of words, and 3 to 5 letters in a row, hashed; length 1."""
    found = np.zeros(BUCKETS)
    words = ["", *(t.text for t in tokens(text)), ""]
    grams = [f"_{w}_" for w in words[1:-1]]
    grams += [f"_{a}_{b}_" for a, b in pairwise(words)]
    grams += [f"_{a}_{b}_{c}_" for a, b, c in zip(words, words[1:], words[2:], strict=False)]
    for word in words[1:-1]:
        padded = f" {word} "
        grams += [padded[i : i + n] for n in (3, 4, 5) for i in range(len(padded) - n + 1) if n < len(padded)]
    for gram in grams:
        number = zlib.crc32(gram.encode())
        found[number % BUCKETS] += 1.0 if number >> 31 else -1.0
    found = np.sign(found) * np.log1p(np.abs(found))
    length = float(np.sqrt(np.einsum("i,i->", found, found)))
    return found / length if length else found


def _flags(slots: Slots, schema: Schema) -> Array:
    """What a question names, as zeros and ones."""
    spoken, text = f" {slots.neutral} ", slots.text.lower()
    moved = bool(changes(slots, schema, ()))
    named = [
        moved,
        moved and slots.has("if"),
        moved and slots.has("hypothesis"),
        moved and bool(LOOSE.search(text)) and not is_group(slots),
        moved and bool(ORDER.search(text)),
        moved and bool(WRONG.search(text)),
        not moved and slots.has("if"),
        bool(slots.ids),
        len(slots.ids) > 1,
        is_group(slots),
        bool(slots.features),
        len(slots.features) > 1,
        bool(slots.values),
        bool(slots.outcomes),
        any(m.negated for m in slots.outcomes),
        bool(slots.amounts),
        bool(slots.counts),
        any(slots.has(name) for name, _ in SIGNS),
        len(slots.words) <= 3,
        len(slots.words) > 12,
        any(schema.feature(t).sensitive for f in (*slots.features, *slots.values) for t in f.targets),
        any(f.kind == "text" for f in schema.features),
        *(slots.has(name) for name in _LISTS),
        *(any(f" {cue} " in spoken for cue in cues) for _, cues in sorted(slots.lexicon.cues.items())),
    ]
    return np.array(named, dtype="float64")
