"""Numbers as people write them, and whether one is a fact, rounded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.narration.heard.tokens import Token

WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
LARGE = {"hundred": 100, "thousand": 1000}
TIMES = {"twice": 2.0, "double": 2.0, "thrice": 3.0, "triple": 3.0}
PARTS = {"half": 0.5, "third": 1 / 3, "thirds": 1 / 3, "quarter": 0.25, "quarters": 0.25, "fifth": 0.2, "fifths": 0.2,
         "sixth": 1 / 6, "sixths": 1 / 6, "eighth": 0.125, "eighths": 0.125, "tenth": 0.1, "tenths": 0.1,
         "twentieth": 0.05, "hundredth": 0.01, "hundredths": 0.01}  # fmt: skip
OF_WHOLE = (
    ("in",), ("out", "of"), ("times", "out", "of"), ("times", "in"), ("in", "every"), ("out", "of", "every"),
    ("of", "every"),
)  # fmt: skip
ROUGH = 0.06
"""How far off, as a share, a number may be that is said to be about right."""
COARSE = 0.1
"""How far off, as a share, a number with closing zeros may be that is said to be about right."""
SHARE = 0.025
"""How far off "two in five" may be."""
FIGURES = 3
"""A number of so many figures is precise without saying "about"."""
PART = 0.12
"""How far off it may be, as a share of the fact, where nothing says that it is rough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number with how it is written; `per` is its unit: "%", (percentage) "points", one of the record, or ""."""

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
            return off <= (SHARE if rough else min(SHARE, PART * abs(fact)))
        if off <= 0.5 * 10**-self.decimals * (1 + 1e-9) and (self.decimals or abs(fact) >= 1 or off < 1e-9):
            return True
        figures = len(str(int(abs(self.value)))) - self.zeros
        coarse = off <= 0.5 * 10**self.zeros and self.zeros > 0
        near = off <= COARSE * abs(fact)
        place = 10.0 ** (-self.decimals if self.decimals else self.zeros)
        return (coarse and ((rough and near) or figures >= FIGURES)) or (rough and off <= min(place, ROUGH * abs(fact)))


def numbers(tokens: Sequence[Token], begin: int) -> Iterator[tuple[int, Number]]:
    """A bare number that begins here, in figures or as a word."""
    if begin >= len(tokens):
        return
    token = tokens[begin]
    if token.number is not None:
        yield begin + 1, Number(value=token.number, decimals=token.decimals, zeros=token.zeros)
    else:
        for end, value in spelled_out([t.text for t in tokens[begin : begin + 8]]):
            yield begin + end, Number(value=float(value))
            if [t.text for t in tokens[begin + end : begin + end + 3]] == ["and", "a", "half"]:
                yield begin + end + 3, Number(value=value + 0.5, decimals=1)


def spelled_out(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Each number that these words begin with: "three", "three thousand", "seventy-eight", "a hundred and eleven"."""
    total, current, before = 0, 0, ""
    for i, word in enumerate(words):
        value = _below_hundred(word)
        if value is not None and (not before or before in (*LARGE, "and") or (before in TENS and 0 < value < 10)):
            current += value
        elif word in LARGE and 0 < current < LARGE[word]:
            total, current = (total, current * 100) if word == "hundred" else (total + current * 1000, 0)
        elif word == "a" and i == 0 and words[1:2] and words[1] in LARGE:
            current, before = 1, "a"
            continue
        elif word == "and" and before in LARGE:
            before = word
            continue
        else:
            return
        before = word
        yield i + 1, total + current


def _below_hundred(word: str) -> int | None:
    first, _, second = word.partition("-")
    if second:
        fine = first in TENS and second in WORDS[1:10]
        return 10 * (TENS.index(first) + 2) + WORDS.index(second) if fine else None
    if word in WORDS:
        return WORDS.index(word)
    return 10 * (TENS.index(word) + 2) if word in TENS else None


def multiples(tokens: Sequence[Token], begin: int) -> Iterator[tuple[int, Number]]:
    """ "twice", "four times", "half", "a third": how many times something is something else."""
    texts = [t.text for t in tokens[begin : begin + 2]]
    if texts[:1] and texts[0] in TIMES:
        yield begin + 1, Number(value=TIMES[texts[0]])
    for middle, number in numbers(tokens, begin):
        if [t.text for t in tokens[middle : middle + 1]] == ["times"]:
            yield middle + 1, replace(number, unit="")
    yield from ((end, share) for end, share in shares(tokens, begin) if share.value < 1)


def shares(tokens: Sequence[Token], begin: int) -> Iterator[tuple[int, Number]]:
    """ "two in five", "8 times out of ten", "half", "a third", "three quarters"."""
    texts = [t.text for t in tokens[begin : begin + 5]]
    if texts[:1] and texts[0] in PARTS:
        yield begin + 1, Number(value=PARTS[texts[0]], share=True)
    if len(texts) > 1 and texts[0] in ("a", "one") and texts[1] in PARTS:
        yield begin + 2, Number(value=PARTS[texts[1]], share=True)
    for middle, first in numbers(tokens, begin):
        rest = [t.text for t in tokens[middle : middle + 4]]
        if rest[:1] and rest[0] in PARTS:
            yield middle + 1, Number(value=first.value * PARTS[rest[0]], share=True)
        for words in OF_WHOLE:
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
            yield middle + 2, replace(number, unit="percentage points")
