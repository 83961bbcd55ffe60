"""What sentences can claim, rule by rule, from `prompts/<language>/heard/`, and what joins claims."""

from __future__ import annotations

import functools
import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, TypeAlias

from assistant.narration.heard.tokens import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The place of another rule."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several sequences."""

    options: Sequences


Part: TypeAlias = "str | Rule | Choice"
Sequences: TypeAlias = "tuple[tuple[Part, ...], ...]"
Phrases: TypeAlias = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What a sequence can begin with: a word, or what the record names; `empty`: it may have no word at all."""

    words: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    empty: bool = False

    def __or__(self, other: Start) -> Start:
        return Start(words=self.words | other.words, named=self.named | other.named, empty=self.empty or other.empty)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The places of a rule's variants by what they can begin with, so that those that cannot are never tried."""

    words: Mapping[str, tuple[int, ...]]
    named: Mapping[str, tuple[int, ...]]
    always: tuple[int, ...]

    @classmethod
    def of(cls, starts: Sequence[Start]) -> Opening:
        """From what each variant can begin with."""
        words = {word for start in starts for word in start.words}
        named = {name for start in starts for name in start.named}
        return cls(
            words={word: tuple(i for i, start in enumerate(starts) if word in start.words) for word in words},
            named={name: tuple(i for i, start in enumerate(starts) if name in start.named) for name in named},
            always=tuple(i for i, start in enumerate(starts) if start.empty),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Rules by name: the sequences each can be. `claims` are those a clause can be, `joining` what stands between.

    `dropped` says nothing wherever it stands; after `leading` words two claims stand side by side. `beside` are claims
    of part-sentences, such as "adding ten points" or "in this group", which stand beside another with nothing between.
    `openings` are only to be fast: a variant is not tried where nothing that it can begin with stands.
    """

    variants: Mapping[str, Sequences]
    openings: Mapping[str, Opening]
    names: Mapping[str, Any]
    claims: tuple[str, ...]
    beside: tuple[str, ...]
    joining: Phrases
    leading: Phrases
    dropped: Phrases

    @classmethod
    @functools.cache
    def of(cls, language: str) -> Rules | None:
        """Those of a language; None where it has no such folder: then only our own shapes are understood."""
        folder = files("prompts") / language / "heard"
        if not folder.is_dir():
            return None
        tables = [tomllib.loads(p.read_text(encoding="utf-8")) for p in sorted(folder.iterdir(), key=lambda p: p.name)]
        parts = [table.get(part, {}) for table in tables for part in ("parts", "claims", "beside")]
        lists = [pair for part in parts for pair in part.items()]
        if twice := [name for name, n in Counter(name for name, _ in lists).items() if n > 1]:
            raise ValueError(f"{twice} stand twice among the rules of {language!r}.")
        common = next(table for table in tables if "joining" in table)
        variants = {name: tuple(v for line in lines for v in _lines(line)) for name, lines in lists}
        return cls(
            variants=variants,
            openings={name: Opening.of(starts) for name, starts in _starts(variants).items()},
            names=common["names"],
            claims=tuple(name for table in tables for name in table.get("claims", {})),
            beside=tuple(name for table in tables for name in table.get("beside", {})),
            joining=_phrases(common["joining"]),
            leading=_phrases(common["leading"]),
            dropped=_phrases(common["dropped"]),
        )

    def without_dropped(self, said: Sequence[Token]) -> tuple[Token, ...]:
        """The words without those that say nothing."""
        found: list[Token] = []
        place = 0
        while place < len(said):
            texts = [(words, tuple(t.text for t in said[place : place + len(words)])) for words in self.dropped]
            longest = max((len(words) for words, text in texts if words == text), default=0)
            found += [] if longest else [said[place]]
            place += longest or 1
        return tuple(found)


def _phrases(texts: Sequence[str]) -> Phrases:
    return frozenset(tuple(text.split()) for text in texts)


def _starts(variants: Mapping[str, Sequences]) -> Mapping[str, tuple[Start, ...]]:
    """What each variant of each rule can begin with: repeated until nothing is added, since rules lead to rules."""
    found = dict.fromkeys(variants, Start())
    while True:
        each = {name: tuple(_start(variant, found) for variant in options) for name, options in variants.items()}
        new = {name: functools.reduce(Start.__or__, starts, Start()) for name, starts in each.items()}
        if new == found:
            return each
        found = new


def _start(sequence: Sequence[Part], found: Mapping[str, Start]) -> Start:
    start = Start(empty=True)
    for part in sequence:
        match part:
            case str():
                first = Start(words=frozenset({part}))
            case Choice():
                first = functools.reduce(Start.__or__, (_start(option, found) for option in part.options))
            case Rule():
                first = found.get(part.name, Start(named=frozenset({part.name})))
        start = Start(words=start.words | first.words, named=start.named | first.named, empty=first.empty)
        if not first.empty:
            break
    return start


_PIECE = re.compile(r"\{(?P<rule>\w+)\}|(?P<mark>[()\[\]|])|(?P<word>[^\s{}()\[\]|]+)")


def _lines(text: str) -> Sequences:
    """One line: the sequences that a `(a|b)` and a `[c]` in it stand for are kept as choices, not multiplied."""
    found, rest = _choices(list(_PIECE.finditer(text)))
    if rest:
        raise ValueError(f"A bracket closes that never opened in {text!r}.")
    return found


def _choices(pieces: list[re.Match[str]]) -> tuple[Sequences, list[re.Match[str]]]:
    branches: list[list[Part]] = [[]]
    while pieces:
        piece, *pieces = pieces
        if piece["mark"] == "|":
            branches.append([])
        elif piece["mark"] and piece["mark"] in ")]":
            pieces = [piece, *pieces]
            break
        elif piece["mark"]:
            inner, (closing, *pieces) = _choices(pieces)
            branches[-1].append(Choice(options=((), *inner) if closing["mark"] == "]" else inner))
        else:
            branches[-1].append(Rule(name=piece["rule"]) if piece["rule"] else piece["word"])
    return tuple(tuple(branch) for branch in branches), pieces
