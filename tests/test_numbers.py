"""Numbers are read as the reader writes them, and what is shown can be read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainers.numbers import read_number, show_number, show_range


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("1,234.5", "en", 1234.5),
        ("1.234,5", "de", 1234.5),
        ("40.000", "de", 40_000.0),
        ("40.000", "en", 40.0),
        ("12.5", "de", 12.5),
        ("45 000 €", "fr", 45_000.0),
        ("45'000", "de-CH", 45_000.0),
        ("１２", "zh", 12.0),
        ("1.5万元", "zh", 15_000.0),
        ("−5", "en", -5.0),
        ("12 mm", "en", 12.0),
        ("$3 million", "en", 3e6),
        ("45k€", "en", 45_000.0),
    ],
)
def test_numbers_are_read_by_the_readers_locale(text, language, expected):
    assert read_number(text, language) == expected


@pytest.mark.parametrize(
    "text", ["", "half", "1,5", "1 2", "5-6", "1.2.3", "2024-01-01", "0x10", "1_000", "--5", "9" * 200]
)
def test_what_is_no_number_is_not_read_as_one(text):
    with pytest.raises(ValueError, match=r"not a number|another unit|words in front"):
        read_number(text, unit="")


def test_an_ambiguous_number_is_read_as_what_the_feature_allows():
    assert read_number("40.000", "en", 500, 90_000) == 40_000
    assert read_number("40.000", "en", 0, 90_000) == 40
    assert read_number("40.000", "de", 0, 100) == 40
    assert read_number("45%", "en", 0, 1) == 0.45
    assert read_number("45%", "en", 0, 1, unit="%") == 45


@given(st.floats(-1e12, 1e12), st.sampled_from(["en", "zh", "de", "fr"]))
def test_what_is_shown_can_be_read_back(value, language):
    shown = show_number(value, language)
    assert read_number(shown, language) == pytest.approx(value, rel=0.006, abs=1e-9)


@given(st.floats(-1e9, 1e9), st.floats(0, 1e9))
def test_the_ends_of_a_range_as_shown_lie_inside_it(low, width):
    high = low + width
    first, last = show_range(low, high, "en", " and ").split(" and ")
    assert low <= read_number(first, "en") <= read_number(last, "en") <= high


def test_numbers_are_shown_by_locale_and_step():
    assert show_number(1234567.8) == "1,234,568"
    assert show_number(1234567.8, "de") == "1.234.568"
    assert show_number(17.9912) == "18"
    assert show_number(0.012345) == "0.0123"
    assert show_number(41_049, step=100) == "41,000"
    assert show_number(-0.2, step=0.5) == "0"
