"""The group a record is about, as a text may name it: the one condition of its filter, taken apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.narration.heard.amounts import TENS, numbers
from assistant.narration.heard.grammar import Named
from assistant.narration.heard.tokens import Token, tokens

AGE = "age"
"""The label whose limits people give without naming it: "the over-thirties"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A filter such as "age is above 30 years": its whole text, and label, way and limit where it is so simple."""

    text: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    way: str = ""
    limit: tuple[Token, ...] = ()

    @classmethod
    def of(cls, record: Mapping[str, Any], ways: Mapping[str, str]) -> Condition:
        """That of the record's population; `ways` are the words between label and limit, by what they mean."""
        population = record.get("population") or {}
        found = tokens(population.get("filter") or "") or ()
        text = tuple(token.text for token in found)
        for way, words in ways.items():
            between = tuple(words.split())
            places = [i for i in range(len(text)) if text[i : i + len(between)] == between]
            if len(places) == 1 and "and" not in text and "or" not in text:
                after = places[0] + len(between)
                return cls(text=text, label=text[: places[0]], way=way, limit=found[after:])
        return cls(text=text)

    def readers(self) -> Mapping[str, Named]:
        """The rules that read it; the value of each is the way, so that a judge can hold the words against it."""
        return {
            "condition_text": lambda t, i: self._text(t, i, self.text),
            "condition_label": self._label,
            "condition_limit": self._limit,
            "condition_age": lambda t, i: self._limit(t, i) if self.label == (AGE,) else iter(()),
            "condition_crowd": self._crowd,
        }

    def _text(self, said: Sequence[Token], begin: int, words: tuple[str, ...]) -> Iterator[tuple[int, str]]:
        if words and tuple(t.text for t in said[begin : begin + len(words)]) == words:
            yield begin + len(words), self.way

    def _label(self, said: Sequence[Token], begin: int) -> Iterator[tuple[int, str]]:
        yield from self._text(said, begin, self.label)
        if self.label:
            yield from self._text(said, begin, (*self.label[:-1], f"{self.label[-1]}s"))

    def _limit(self, said: Sequence[Token], begin: int) -> Iterator[tuple[int, str]]:
        """The limit, with or without its unit."""
        if not self.limit or self.limit[0].number is None:
            yield from self._text(said, begin, tuple(t.text for t in self.limit))
            return
        unit = tuple(t.text for t in self.limit[1:])
        for end, number in numbers(said, begin):
            if number.value == self.limit[0].number:
                yield end, self.way
                yield from self._text(said, end, unit)

    def _crowd(self, said: Sequence[Token], begin: int) -> Iterator[tuple[int, str]]:
        """ "the over-thirties", "the under 30s"."""
        if self.label != (AGE,) or not self.limit or begin >= len(said):
            return
        decade = self.limit[0].number or 0
        if decade % 10 or not 20 <= decade < 100:
            return
        word = TENS[int(decade) // 10 - 2][:-1] + "ies"
        for first, way in (("over", "above"), ("under", "below")):
            if way == self.way and said[begin].text == f"{first}-{word}":
                yield begin + 1, way
            if way == self.way and [t.text for t in said[begin : begin + 2]] == [first, word]:
                yield begin + 2, way
