"""A grammar of free text: what sentences can claim, rule by rule, from `prompts/<language>/heard/`.

Every word of a sentence must have its place in a rule; what has none is not understood, and so not supported.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, TypeAlias

from assistant.narration.heard.tokens import Token

MOST = 60
"""Readings of one part that are followed up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A part of a sentence read by a rule; `value` is what a name or a number stands for."""

    rule: str
    text: str
    value: Any = None
    parts: tuple[Node, ...] = ()

    def all(self, rule: str) -> tuple[Node, ...]:
        """The parts that this rule read, outermost first, left to right."""
        return tuple(found for part in self.parts for found in ((part,) if part.rule == rule else part.all(rule)))

    def first(self, rule: str) -> Node | None:
        """The first of them, None where there is none."""
        return next(iter(self.all(rule)), None)

    def has(self, *rules: str) -> bool:
        """Whether any of these rules read a part."""
        return any(self.all(rule) for rule in rules)


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
Named: TypeAlias = Callable[[Sequence[Token], int], Iterator[tuple[int, Any]]]
"""Reads what the record names at a place: where it ends, and what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Rules by name: the sequences each can be. `claims` are those a clause can be, `joining` what stands between."""

    variants: Mapping[str, Sequences]
    names: Mapping[str, Any]
    claims: tuple[str, ...]
    joining: frozenset[tuple[str, ...]]

    @classmethod
    @functools.cache
    def of(cls, language: str) -> Rules | None:
        """Those of a language; None where it has no such folder: then only our own shapes are understood."""
        folder = files("prompts") / language / "heard"
        if not folder.is_dir():
            return None
        tables = [tomllib.loads(p.read_text(encoding="utf-8")) for p in sorted(folder.iterdir(), key=lambda p: p.name)]
        parts = [table.get(part, {}) for table in tables for part in ("parts", "claims")]
        lists = [pair for part in parts for pair in part.items()]
        if twice := [name for name, n in Counter(name for name, _ in lists).items() if n > 1]:
            raise ValueError(f"{twice} stand twice among the rules of {language!r}.")
        common = next(table for table in tables if "joining" in table)
        return cls(
            variants={name: tuple(v for line in lines for v in _lines(line)) for name, lines in lists},
            names=common["names"],
            claims=tuple(name for table in tables for name in table.get("claims", {})),
            joining=frozenset(tuple(words.split()) for words in common["joining"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Parser:
    """One sentence read by the rules, the names taken from a record."""

    rules: Rules
    tokens: tuple[Token, ...]
    named: Mapping[str, Named]
    memo: dict[tuple[str, int], list[tuple[int, Node]]] = field(default_factory=dict)

    def sentences(self) -> Iterator[tuple[Node, ...]]:
        """Each way to read the whole sentence as claims."""
        yield from self._from(0)
        for after in self._joined(0):
            yield from self._from(after)

    def _from(self, begin: int) -> Iterator[tuple[Node, ...]]:
        for claim in self.rules.claims:
            for end, node in self.read(claim, begin):
                if end == len(self.tokens):
                    yield (node,)
                    continue
                for after in self._joined(end):
                    yield from ((node, *others) for others in self._from(after))

    def _joined(self, at: int) -> Iterator[int]:
        for words in self.rules.joining:
            if tuple(t.text for t in self.tokens[at : at + len(words)]) == words:
                yield at + len(words)

    def read(self, rule: str, begin: int) -> list[tuple[int, Node]]:
        """Where the rule can end that begins here, and what it read."""
        known = self.memo.get((rule, begin))
        if known is None:
            self.memo[rule, begin] = []  # a rule that leads to itself without a word in between reads nothing
            known = self.memo[rule, begin] = list(self._read(rule, begin))[:MOST]
        return known

    def _read(self, rule: str, begin: int) -> Iterator[tuple[int, Node]]:
        if rule in self.named:
            for end, value in self.named[rule](self.tokens, begin):
                yield end, Node(rule=rule, text=self._text(begin, end), value=value)
            return
        for variant in self.rules.variants[rule]:
            for end, parts in self._sequence(variant, begin):
                yield end, Node(rule=rule, text=self._text(begin, end), parts=parts)

    def _sequence(self, variant: Sequence[Part], begin: int) -> Iterator[tuple[int, tuple[Node, ...]]]:
        if not variant:
            yield begin, ()
            return
        first, rest = variant[0], variant[1:]
        if isinstance(first, str):
            if begin < len(self.tokens) and self.tokens[begin].text == first:
                yield from self._sequence(rest, begin + 1)
            return
        if isinstance(first, Choice):
            for option in first.options:
                yield from self._sequence((*option, *rest), begin)
            return
        for middle, node in self.read(first.name, begin):
            for end, others in self._sequence(rest, middle):
                yield end, (node, *others)

    def _text(self, begin: int, end: int) -> str:
        return " ".join(token.text for token in self.tokens[begin:end])


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
