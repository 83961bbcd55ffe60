"""Numbers as people write them, and whether one is a fact, rounded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.narration.heard.tokens import Token

WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
PARTS = {"half": 0.5, "third": 1 / 3, "thirds": 1 / 3, "quarter": 0.25, "quarters": 0.25, "fifth": 0.2, "fifths": 0.2,
         "tenth": 0.1, "tenths": 0.1}  # fmt: skip
ROUGH = 0.06
"""How far off, as a share, a number may be that is said to be about right."""
SHARE = 0.025
"""How far off "two in five" may be."""
FIGURES = 3
"""A number of so many figures is precise without saying "about"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number with how it is written; `per` is its unit: "%", "points", a unit of the record, or "" for none."""

    value: float
    decimals: int = 0
    zeros: int = 0
    unit: str = ""
    share: bool = False
    """Whether it is a part of a whole, such as "two in five"."""

    def says(self, fact: float, *, rough: bool = False) -> bool:
        """Whether it is the fact, rounded as it is written, or about it where `rough`."""
        off = abs(self.value - fact)
        if self.share:
            return off <= SHARE
        if off <= 0.5 * 10**-self.decimals * (1 + 1e-9) and (self.decimals or abs(fact) >= 1 or off < 1e-9):
            return True
        figures = len(str(int(abs(self.value)))) - self.zeros
        coarse = off <= 0.5 * 10**self.zeros and self.zeros > 0
        return (coarse and (rough or figures >= FIGURES)) or (rough and off <= ROUGH * abs(fact))


def numbers(tokens: Sequence[Token], begin: int) -> Iterator[tuple[int, Number]]:
    """A bare number that begins here, in figures or as a word."""
    if begin >= len(tokens):
        return
    token = tokens[begin]
    if token.number is not None:
        yield begin + 1, Number(value=token.number, decimals=token.decimals, zeros=token.zeros)
    elif token.text in WORDS:
        yield begin + 1, Number(value=float(WORDS.index(token.text)))


def shares(tokens: Sequence[Token], begin: int) -> Iterator[tuple[int, Number]]:
    """ "two in five", "8 times out of ten", "half", "a third", "three quarters"."""
    texts = [t.text for t in tokens[begin : begin + 5]]
    if texts[:1] and texts[0] in PARTS:
        yield begin + 1, Number(value=PARTS[texts[0]], share=True)
    if len(texts) > 1 and texts[0] in ("a", "one") and texts[1] in PARTS:
        yield begin + 2, Number(value=PARTS[texts[1]], share=True)
    for middle, first in numbers(tokens, begin):
        rest = [t.text for t in tokens[middle : middle + 3]]
        if rest[:1] and rest[0] in PARTS:
            yield middle + 1, Number(value=first.value * PARTS[rest[0]], share=True)
        for words in (("in",), ("out", "of"), ("times", "out", "of")):
            if tuple(rest[: len(words)]) == words:
                for end, second in numbers(tokens, middle + len(words)):
                    if second.value > 0:
                        yield end, Number(value=first.value / second.value, share=True)


def percents(tokens: Sequence[Token], begin: int) -> Iterator[tuple[int, Number]]:
    """ "41 %", "41 percent"."""
    for middle, number in numbers(tokens, begin):
        texts = [t.text for t in tokens[middle : middle + 2]]
        if texts[:1] in (["%"], ["percent"]) and texts[1:2] not in (["points"], ["point"]):
            yield middle + 1, replace(number, unit="%")
        elif texts == ["per", "cent"]:
            yield middle + 2, replace(number, unit="%")


def points(tokens: Sequence[Token], begin: int) -> Iterator[tuple[int, Number]]:
    """ "14 percentage points", "14 points"."""
    for middle, number in numbers(tokens, begin):
        texts = [t.text for t in tokens[middle : middle + 2]]
        if texts[:1] in (["points"], ["point"]):
            yield middle + 1, replace(number, unit="points")
        elif texts in (["percentage", "points"], ["percentage", "point"], ["percent", "points"], ["%", "points"]):
            yield middle + 2, replace(number, unit="points")
