"""True sentences with a wrong number: another value, two that changed places, or another unit."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.narration.paths import at
from tests.corruptions.oracle import Told, apart, close

NUMBER = re.compile(r"(?<![\w.,:/×-])[-+]?\d(?:[\d,]*\d)?(?:\.\d+)?(?![\w-]|[.,]\d)")
BOUND = re.compile(r"\b(?:over|under|above|below|than|at least|at most|up to|least|most|exceeds?|past|beyond)\s+$")
OR_MORE = re.compile(r"^[^,;:.]{0,25}\bor (?:more|less)\b")
VALUES = ("value", "from", "to", "yours", "theirs", "mean", "median", "low", "high", "minimum", "maximum")
SKIPPED = re.compile(r"\.(?:at|rank)$|\.steep\[|\.turn$|^reasons_total$")
UNITS: dict[str, tuple[str, ...]] = {
    " EUR a year": (" EUR a month", " USD a year", " thousand EUR a year"),
    " EUR": (" USD", " thousand EUR", "%"),
    " years": (" months", " days"),
    " months": (" years", " weeks"),
    " kg/m²": (" kg", "%"),
    " mm Hg": (" mg/dl", "%"),
    " mg/dl": (" g/dl", "%"),
    " m²": (" m", " square feet"),
    " cm": (" mm", " inches"),
    " °C": (" °F", "%"),
    " kWh": (" MWh", " EUR"),
    " words": (" pages", "%"),
}
"""How a unit ends a number in our words, and what it is not: with the same number, none of these is as much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number in a text, the facts it tells, and what it should be there."""

    start: int
    end: int
    paths: frozenset[str]
    value: float
    decimals: int

    def written(self, number: float) -> str:
        """Another number as this one is written."""
        return f"{abs(number):,.{self.decimals}f}"


def amounts(told: Told) -> tuple[Amount, ...]:
    """The numbers of a sentence that tell one value of the record, beyond doubt which."""
    hidden = _names_with_digits(told)
    found = (_amount(told, match) for match in NUMBER.finditer(told.text) if not _within(match.span(), hidden))
    return tuple(amount for amount in found if amount)


def _names_with_digits(told: Told) -> list[tuple[int, int]]:
    text = told.text.lower()
    spans = [(start, start + len(name)) for name in told.book.numbered if (start := text.find(name.lower())) >= 0]
    return spans + [m.span() for m in re.finditer(r"sha256:\w+|of 10 such|F1", told.text)]


def _within(span: tuple[int, int], places: Iterable[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in places)


def _amount(told: Told, match: re.Match[str]) -> Amount | None:
    shown, after = match[0], told.text[match.end() :]
    number, decimals = abs(float(shown.replace(",", ""))), len(shown.partition(".")[2])
    scales = (100, 1) if re.match(r"%| (?:percentage )?points?\b", after) else (1,)
    scales = (10,) if after.startswith(" times out of ten") else scales
    found: dict[str, float] = {}
    for path in told.paths:
        value = at(told.record, path)
        if isinstance(value, int | float) and not isinstance(value, bool):
            step = _step(told, path)
            for scale in scales:
                near = abs(number - abs(value) * scale) <= max(10.0**-decimals, step) / 2 + 1e-9
                if near and close(number, abs(value) * scale):
                    found[path] = abs(value) * scale
    if not found or max(found.values()) - min(found.values()) > 10.0**-decimals:
        return None
    return Amount(
        start=match.start() + (shown[0] in "+-"),
        end=match.end(),
        paths=frozenset(found),
        value=next(iter(found.values())),
        decimals=decimals,
    )


def _step(told: Told, path: str) -> float:
    try:
        holder = at(told.record, path.rpartition(".")[0])
    except (KeyError, IndexError, TypeError):
        return 0.0
    return float(holder.get("step") or 0.0) if isinstance(holder, dict) else 0.0


def other_number(told: Told) -> Iterator[str]:
    """One number replaced: by another of the record, by one that is half as large again or so, by a slip of a digit."""
    for amount in amounts(told):
        if not _bounded(told.text, amount) and not any(SKIPPED.search(path) for path in amount.paths):
            taken: list[float] = []
            for wrong in (_bait(told, amount), _scaled(told, amount), _slip(told, amount)):
                if wrong is not None and wrong not in taken:
                    taken.append(wrong)
                    yield _replaced(told.text, amount, amount.written(wrong))


def _bounded(text: str, amount: Amount) -> bool:
    """Whether the number is a bound: what lies beyond it may be as true."""
    return bool(BOUND.search(text[: amount.start]) or OR_MORE.search(text[amount.end :]))


def _bait(told: Told, amount: Amount) -> float | None:
    """The first other number of the same sort: a checker that only looks for it somewhere finds it."""
    path = min(amount.paths)
    scale = amount.value / abs(at(told.record, path)) if at(told.record, path) else 1.0
    sort = _sort(told, path)
    for other, value, _ in told.book.leaves:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or other in (path, "model.seed") or _sort(told, other) != sort:
            continue
        if _wrong(told, amount, abs(value) * scale):
            return round(float(abs(value) * scale), amount.decimals)
    return None


def _sort(told: Told, path: str) -> str:
    """Of which sort a number is: a value in its unit, a count, or a score and what moves it."""
    name = re.sub(r"\[[^\]]*\]$", "", path).rpartition(".")[2]
    if name in VALUES and path != "score.value":
        return next((f"value in {unit}" for other, _, unit in told.book.leaves if other == path), "value")
    return "count" if isinstance(at(told.record, path), int) else "score"


def _scaled(told: Told, amount: Amount) -> float | None:
    factors = (1.5, 0.6, 1.3, 0.4, 1.8, 3.0)
    start = hashlib.sha256((told.text + str(amount.start)).encode()).digest()[0] % len(factors)
    for factor in factors[start:] + factors[:start]:
        if _wrong(told, amount, wrong := round(amount.value * factor, amount.decimals)):
            return wrong
    return round(amount.value + 4, amount.decimals) if amount.value == 0 else None


def _slip(told: Told, amount: Amount) -> float | None:
    """Ten times as much, or a tenth."""
    for factor in (10.0, 0.1):
        if _wrong(told, amount, wrong := round(amount.value * factor, amount.decimals)):
            return wrong
    return None


def _wrong(told: Told, amount: Amount, number: float) -> bool:
    """Whether this number is false in place of the amount, and could be meant."""
    ends = {path.rpartition(".")[2] for path in amount.paths}
    widens = ("low" in ends and number < amount.value) or ("high" in ends and number > amount.value)
    seen = round(number, amount.decimals)
    after = told.text[amount.end :]
    impossible = (after.startswith("%") and seen >= 100) or (after.startswith(" times out of ten") and seen >= 10)
    return seen not in (0, 1) and not widens and not impossible and not close(seen, amount.value)


def _replaced(text: str, amount: Amount, written: str) -> str:
    after = re.sub(r"^( (?:year|month|day|hour|point|case))\b(?!s)", r"\1s", text[amount.end :])
    return text[: amount.start] + written + (after if float(written.replace(",", "")) != 1 else text[amount.end :])


def changed_places(told: Told) -> Iterator[str]:
    """Two numbers of one unit that changed places: a score told as the cut-off, what was as what would be."""
    found = amounts(told)
    for i, one in enumerate(found):
        other = next((o for o in found[i + 1 :] if _exchangeable(told, one, o)), None)
        if other and apart(one.value, other.value):
            first, second = told.text[one.start : one.end], told.text[other.start : other.end]
            between = told.text[one.end : other.start]
            yield told.text[: one.start] + second + between + first + told.text[other.end :]


def _exchangeable(told: Told, one: Amount, other: Amount) -> bool:
    """Whether two numbers are of one sort and say different things; a range says the same from either end."""
    ends = {path.rpartition(".")[2] for path in one.paths | other.paths}
    if (
        one.paths & other.paths
        or {"low", "high"} <= ends
        or any(SKIPPED.search(path) for path in one.paths | other.paths)
    ):
        return False
    signed = any(told.text[amount.start - 1 : amount.start] in ("+", "-") for amount in (one, other))
    sorts = {_sort(told, min(amount.paths)).partition(" ")[0] for amount in (one, other)}
    return _unit(told.text, one) == _unit(told.text, other) and len(sorts) == 1 and not signed


def _unit(text: str, amount: Amount) -> str:
    after = text[amount.end :]
    known: Sequence[str] = ("%", " percentage points", " points", " year", " month", *UNITS)
    return next((unit for unit in sorted(known, key=len, reverse=True) if after.startswith(unit)), "")


def other_unit(told: Told) -> Iterator[str]:
    """A number with another unit; a percentage told as if the share were one already."""
    for amount in amounts(told):
        unit = _unit(told.text, amount)
        before, after = told.text[: amount.end], told.text[amount.end + len(unit) :]
        if amount.value and unit in UNITS:
            yield from (before + wrong + after for wrong in UNITS[unit])
        elif unit == "%" and amount.value > 1:
            yield f"{told.text[: amount.start]}{amount.value / 100:.{amount.decimals + 2}f}%{after}"
        elif re.match(r"P\(|[Ss]core f", told.text) and amount.value < 1 and "score.value" in amount.paths:
            yield f"{before}%{after}"
