"""Units of a record as people write them, and numbers with one: "EUR 36,200 a year", "36 months"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.narration.heard.amounts import Number, numbers
from assistant.narration.heard.spelling import Spelled, spelled, spelled_at, stems
from assistant.narration.heard.tokens import Token

CURRENCIES = {
    "eur": ("eur", "euro", "euros", "€"),
    "usd": ("usd", "dollar", "dollars", "$"),
    "gbp": ("gbp", "pounds", "£"),
}
PER = {"year": ("a year", "per year", "yearly", "a_year"), "month": ("a month", "per month"), "week": ("a week",)}
WRITTEN = {"m²": ("square metres", "square meters", "sqm"), "cm": ("centimetres", "centimeters"),
           "mm": ("millimetres",), "kg": ("kilograms", "kilos"), "years": ("years of age",)}  # fmt: skip


def is_unit(said: str, unit: str | None) -> bool:
    """Whether a unit that is said is the one held; none need be said, nor what an amount of money is paid per."""
    held = "" if unit in (None, "count") else str(unit)
    return said in ("", held) or (said == held.partition("/")[0] and said.lower() in CURRENCIES)


def units(part: Any) -> Iterator[tuple[Spelled, str]]:
    """The ways to write each unit of the record."""
    if isinstance(part, Mapping):
        unit = part.get("unit")
        if isinstance(unit, str) and unit not in ("", "probability", "count"):
            yield from ((spelled(text), unit) for text in _written(unit))
            short = unit.partition("/")[0]
            yield from ((spelled(text), short) for text in _written(short) if short.lower() in CURRENCIES)
        for inner in part.values():
            yield from units(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from units(inner)


def _written(unit: str) -> Iterator[str]:
    yield unit
    first, _, per = unit.partition("/")
    for name in CURRENCIES.get(first.lower(), (first,)):
        if not per:
            yield name
        for text in PER.get(per, (f"per {per}",)) if per else ():
            yield f"{name} {text}"
    yield from WRITTEN.get(unit, ())
    if unit == "%":
        yield from ("percent", "per cent")


def quantities(known: Mapping[Spelled, str], said: Sequence[Token], begin: int) -> Iterator[tuple[int, Number]]:
    """A number with its unit, before, behind or around it."""
    for middle, number in numbers(said, begin):
        yield middle, number
        for end, unit in spelled_at(known, said, middle):
            yield end, replace(number, unit=unit)
    for middle, unit in spelled_at(known, said, begin):
        for end, number in numbers(said, middle):
            yield end, replace(number, unit=unit)
            yield from _around(known, said, (begin, middle, end), number)


def _around(
    known: Mapping[Spelled, str], said: Sequence[Token], at: tuple[int, int, int], number: Number
) -> Iterator[tuple[int, Number]]:
    """A number within its unit, such as "EUR 36,200 a year"."""
    begin, middle, end = at
    before = stems(said[begin:middle])
    for words, unit in known.items():
        rest = words[len(before) :]
        if rest and words[: len(before)] == before and stems(said[end : end + len(rest)]) == rest:
            yield end + len(rest), replace(number, unit=unit)
