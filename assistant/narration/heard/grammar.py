"""Sentences of free text read by the rules of a language.

Every word of a sentence must have its place in a rule; what has none is not understood, and so not supported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from assistant.narration.heard.rules import Choice, Opening, Part, Phrases, Rules
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


Named: TypeAlias = Callable[[Sequence[Token], int], Iterator[tuple[int, Any]]]
"""Reads what the record names at a place: where it ends, and what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parser:
    """One sentence read by the rules, the names taken from a record."""

    rules: Rules
    tokens: tuple[Token, ...]
    named: Mapping[str, Named]
    memo: dict[tuple[str, int], list[tuple[int, Node]]] = field(default_factory=dict)

    def sentences(self) -> Iterator[tuple[Node, ...]]:
        """Each way to read the whole sentence as claims."""
        every = (*self.rules.claims, *self.rules.beside)
        for claims in (read for begin in (0, *self._after(self.rules.joining, 0)) for read in self._from(begin, every)):
            if any(claim.rule in self.rules.claims for claim in claims):
                yield claims
        for begin in self._after(self.rules.leading, 0):
            for end, node in (found for claim in self.rules.claims for found in self.read(claim, begin)):
                yield from ((node, *others) for others in self._from(end, self.rules.claims))

    def _from(self, begin: int, claims: tuple[str, ...]) -> Iterator[tuple[Node, ...]]:
        every = (*self.rules.claims, *self.rules.beside)
        for claim in claims:
            for end, node in self.read(claim, begin):
                if end == len(self.tokens):
                    yield (node,)
                    continue
                for after in self._after(self.rules.joining, end):
                    yield from ((node, *others) for others in self._from(after, every))
                next_to = every if claim in self.rules.beside else self.rules.beside
                yield from ((node, *others) for others in self._from(end, next_to))

    def _after(self, phrases: Phrases, at: int) -> Iterator[int]:
        for words in phrases:
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
        variants = self.rules.variants[rule]
        for place in self._places(self.rules.openings[rule], begin):
            for end, parts in self._sequence(variants[place], begin):
                yield end, Node(rule=rule, text=self._text(begin, end), parts=parts)

    def _places(self, opening: Opening, begin: int) -> list[int]:
        """The variants that can stand here, in their order."""
        found = {*opening.always}
        if begin < len(self.tokens):
            found.update(opening.words.get(self.tokens[begin].text, ()))
        for name, places in opening.named.items():
            if self.read(name, begin):
                found.update(places)
        return sorted(found)

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
