"""Numbers as people write them, and what they come to in a feature's unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.understanding.lexicon import Lexicon, stem
from assistant.understanding.text import Token
from explainers.base import Feature

Span = Literal["year", "month", "week", "day"]
PER_YEAR: tuple[tuple[Span, float], ...] = (("year", 1), ("month", 12), ("week", 52), ("day", 365))
DAYS_IN = {"day": 1, "week": 7, "month": 30, "year": 365}
_CURRENCY = frozenset(
    (
        "€",
        "$",
        "£",
        "eur",
        "euro",
        "usd",
        "dollar",
        "gbp",
        "pound",
        "bucks",
        "buck",
        "元",
        "块",
        "块钱",
        "欧元",
        "美元",
        "人民币",
    )
)
_PER = frozenset(("a", "per", "each", "every", "an"))
_ADVERBS = {
    "monthly": "month",
    "yearly": "year",
    "annually": "year",
    "annual": "year",
    "weekly": "week",
    "annum": "year",
}
_UNSPACED_SPANS: dict[str, Span] = {
    "年": "year",
    "岁": "year",
    "周岁": "year",
    "个月": "month",
    "月": "month",
    "周": "week",
    "星期": "week",
    "天": "day",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number in words or digits: tokens first..last. `decimal` is the other reading of "40.000".

    `weak`: a word such as "one" or "nothing" that is a number only beside a feature.
    """

    first: int
    last: int
    value: float
    decimal: float | None = None
    percent: bool = False
    per: Span | None = None
    unit: Span | None = None
    weak: bool = False
    money: bool = False

    def fits(self, feature: Feature) -> bool:
        """Whether the feature's range holds the number."""
        return _fits(self.value, feature)

    def of(self, feature: Feature) -> float:
        """The number in the feature's unit: 3,000 a month of EUR/year is 36000, three years of months 36."""
        value = self.value
        if self.decimal is not None and _fits(self.decimal, feature) and not _fits(value, feature):
            value = self.decimal
        unit = feature.unit.lower()
        rates = dict(PER_YEAR)
        own = next((s for s in rates if unit.rstrip("s") == s), None)
        if self.unit and own:
            value *= DAYS_IN[self.unit] / DAYS_IN[own] if "day" in (own, self.unit) else rates[own] / rates[self.unit]
        per = next((s for s in rates if re.search(rf"(/|per |a ){s}", unit)), None)
        if self.per and per:
            value *= rates[self.per] / rates[per]
        return round(value, 9)


def amounts(words: Sequence[Token], lexicon: Lexicon) -> tuple[Amount, ...]:
    """Every number, left to right, with its scale, unit and rate."""
    found: list[Amount] = []
    i = 0
    while i < len(words):
        amount = _digits(words, i, lexicon) or _spelled(words, i, lexicon)
        if amount is None:
            i += 1
        else:
            amount = _with_unit(words, amount)
            found.append(amount)
            i = amount.last + 1
    return tuple(found)


def multiplier(word: str, lexicon: Lexicon) -> float | None:
    """2 for "twice", 0.5 for "half"."""
    return lexicon.multiply.get(word)


def _fits(value: float, feature: Feature) -> bool:
    low = -float("inf") if feature.low is None else feature.low
    high = float("inf") if feature.high is None else feature.high
    return low <= value <= high


def _digits(words: Sequence[Token], i: int, lexicon: Lexicon) -> Amount | None:
    if not words[i].is_number:
        return None
    value, decimal = _parsed(words[i].text)
    last = i
    if i + 1 < len(words) and (scale := lexicon.scales.get(words[i + 1].text)):
        adjacent = words[i].end == words[i + 1].start
        if adjacent or len(words[i + 1].text) > 1:
            value, decimal, last = (decimal if decimal is not None else value) * scale, None, i + 1
    return Amount(first=i, last=last, value=value, decimal=decimal)


def _parsed(text: str) -> tuple[float, float | None]:
    if re.search(r"\d[eE]", text):
        return float(text), None
    sign = -1.0 if text.startswith("-") else 1.0
    text = re.sub(r"[ '+-]", "", text)
    if re.fullmatch(r"\d{1,3}(,\d{3})+([.]\d+)?", text):
        return sign * float(text.replace(",", "")), None
    if re.fullmatch(r"[1-9]\d{0,2}([.]\d{3})+(,\d+)?", text):
        whole = sign * float(text.replace(".", "").replace(",", "."))
        return whole, sign * float(text) if text.count(".") == 1 and "," not in text else None
    plain = text.replace(",", ".") if text.count(",") == 1 and "." not in text else text.replace(",", "")
    return sign * float(plain if plain.count(".") <= 1 else plain.replace(".", "")), None


def _spelled(words: Sequence[Token], i: int, lexicon: Lexicon) -> Amount | None:
    total = current = 0.0
    last = i - 1
    for j in range(i, len(words)):
        word = words[j].text
        if word in lexicon.numbers:
            if j > i and lexicon.numbers[word] >= 10 and current % 100:
                break
            current += lexicon.numbers[word]
        elif words[j : j + 3] and [w.text for w in words[j : j + 3]] == ["and", "a", "half"] and j > i:
            return Amount(first=i, last=j + 2, value=total + current + 0.5)
        elif word in lexicon.scales and len(word) > 1 and j > i:
            scale = lexicon.scales[word]
            total, current = (
                (total, max(current, 1) * scale) if scale < 1000 else (total + max(current, 1) * scale, 0.0)
            )
        else:
            break
        last = j
    if last < i:
        return None
    weak = last == i and words[i].text in ("one", "zero", "nothing", "second")
    return Amount(first=i, last=last, value=total + current, weak=weak)


def _with_unit(words: Sequence[Token], amount: Amount) -> Amount:
    last, percent, per, unit = amount.last, False, None, None
    first, money = amount.first, False
    if first and words[first - 1].text in _CURRENCY:
        first, money = first - 1, True
    following = [words[j].text for j in range(last + 1, min(last + 5, len(words)))]
    if following and (following[0] in ("%", "percent") or following[:2] == ["per", "cent"]):
        skip = 2 if following[0] == "per" else 1
        last, percent, following = last + skip, True, following[skip:]
    if following and following[0] == "成":  # tenths
        return replace(amount, first=first, last=last + 1, value=amount.value * 10, percent=True)
    if following and stem(following[0]) in _CURRENCY:
        last, following, money = last + 1, following[1:], True
    if len(following) > 1 and following[0] in _PER and (span := _span(following[1])):
        last, per = last + 2, span
    elif following and (following[0] in _ADVERBS):
        last, per = last + 1, _span(_ADVERBS[following[0]])
    elif following and (span := _span(following[0])):
        last, unit = last + 1, span
    weak = amount.weak and not (percent or per or unit)
    return Amount(first=first, last=last, value=amount.value, decimal=amount.decimal, percent=percent, per=per,
                  unit=unit, weak=weak, money=money)  # fmt: skip


def _span(word: str) -> Span | None:
    word = _UNSPACED_SPANS.get(word) or _ADVERBS.get(word, word)
    singular = {"yr": "year", "mth": "month", "mo": "month"}.get(word.rstrip("s"), word.rstrip("s"))
    return next((span for span, _ in PER_YEAR if span == singular), None)
