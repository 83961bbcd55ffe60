"""Numbers as a reader sees them, and the paths that name facts."""

from __future__ import annotations

import re

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from assistant.narration.numbers import Numbers
from assistant.narration.paths import at, key
from assistant.narration.speech import Speech
from prompts import Words
from tests.record_cases import flower

NUMBERS = Speech.of(Words.load("en")).numbers


def test_paths_find_what_they_name() -> None:
    record = flower("why").record()

    assert at(record, key("scores", "not sure")) == 0.01
    assert at(record, "reasons[0].reference.of") == "all flowers"
    with pytest.raises(KeyError):
        at(record, "reasons[0].nothing")
    with pytest.raises(IndexError):
        at(record, "reasons[99]")


@pytest.mark.parametrize(
    ("value", "unit", "step", "shown"),
    [
        (18234.0, "EUR", 100.0, "18,200 EUR"), (18234.4, "EUR", None, "18,234 EUR"), (0.11842, "", None, "0.118"),
        (17.99, "", None, "18"), (43.9, "%", None, "43.9%"), (1.0, "years", None, "1 year"), (3.0, "count", 1.0, "3"),
        (41000.0, "EUR/year", 100.0, "41,000 EUR a year"), (25.7, "kg/m²", None, "25.7 kg/m²"), (0.0, "", None, "0"),
        (-2.5, "", None, "-2.5"), (0.5, "", 0.05, "0.5"), (1e-7, "", None, "0.0000001"),
    ],
)  # fmt: skip
def test_amounts_are_rounded_as_people_read_them(value: float, unit: str, step: float | None, shown: str) -> None:
    assert NUMBERS.amount(value, unit, step) == shown


def test_values_that_differ_are_shown_apart() -> None:
    assert NUMBERS.apart((17.99, 18.0)) == ("17.99", "18")
    assert NUMBERS.apart((3.0, 3.0)) == ("3", "3")
    assert NUMBERS.percent(0.9991) == "over 99%"
    assert NUMBERS.percent(0.0004) == "under 1%"
    assert (NUMBERS.percent(1.0), NUMBERS.percent(0.0)) == ("100%", "0%")
    assert NUMBERS.exact(0.4996, apart_from=0.5) == "0.4996"
    assert NUMBERS.exact(0.5, apart_from=0.5) == "0.500"


@given(st.floats(-1e9, 1e9, allow_nan=False), st.sampled_from(["", "%", "EUR", "EUR/year", "years"]))
def test_any_number_can_be_shown(value: float, unit: str) -> None:
    assert re.fullmatch(r"-?[\d,]+(\.\d+)?(%| .+)?", NUMBERS.amount(value, unit))
    assert re.fullmatch(r"[+-]?[\d,]+(\.\d+)?", NUMBERS.exact(value, signed=True))


def test_numbers_follow_the_language() -> None:
    german = Numbers(locale=Locale("de"), units={}, suffixes={}, over="über {n}", under="unter {n}")

    assert german.amount(18234.5, "EUR") == "18.234 EUR"
    assert german.percent(0.41) == "41\xa0%"
