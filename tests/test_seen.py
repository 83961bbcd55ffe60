"""What the model has seen is said truly: its ends, its categories, and where there were few."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainers.base import Feature, Frame, Outcome, Schema
from explainers.errors import RangeError
from explainers.seen import Seen

AGE = Feature(name="age", label="age", kind="number", low=0, high=120)
HOME = Feature(name="home", label="home", kind="category", categories=("own", "rent", "castle"), missing="unknown")
LATE = Feature(name="late", label="paid late", kind="flag")
SCHEMA = Schema(
    features=(AGE, HOME, LATE), outcomes=(Outcome(name="a", key="a"), Outcome(name="b", key="b")), cutoff=0.5
)


def rows(ages: list[float]) -> Frame:
    n = len(ages)
    homes = pd.Series((["own"] * 12 + ["rent", None] * n)[:n], dtype="str")
    return pd.DataFrame({"age": ages, "home": homes, "late": [0.0] * n})


SEEN = Seen.of(rows([18.0, *[40.0] * 30, 75.0]), SCHEMA)


@pytest.mark.parametrize(
    ("feature", "value", "words"),
    [
        (AGE, 300.0, "*Age* 300 is outside what this model has seen (18–75)."),
        (AGE, 17.99, "*Age* 17.99 is outside what this model has seen (18–75)."),
        (HOME, "castle", "*Home* 'castle' is outside what this model has seen (own, rent)."),
        (LATE, 1.0, "*Paid late* yes is outside what this model has seen (no)."),
    ],
)
def test_a_value_never_seen_is_refused_with_what_was(feature, value, words):
    with pytest.raises(RangeError) as caught:
        SEEN.check(feature, value)
    assert caught.value.code == "E301"
    assert caught.value.message == words
    assert not SEEN.sparse(feature, value)


@pytest.mark.parametrize(
    ("feature", "value"), [(AGE, 18.0), (AGE, 50.0), (AGE, 75.0), (HOME, "own"), (LATE, 0.0), (HOME, None)]
)
def test_a_value_inside_passes(feature, value):
    SEEN.check(feature, value)


def test_the_edges_of_near_are_five_percent_of_the_range():
    assert not SEEN.sparse(AGE, 40 + 0.05 * 57)
    assert SEEN.sparse(AGE, 40 + 0.051 * 57)
    assert SEEN.sparse(AGE, 18.0)
    assert [SEEN.sparse(HOME, value) for value in ("own", None)] == [False, False]
    assert Seen.of(rows([20.0] * 13), SCHEMA).sparse(HOME, "rent")


@given(st.lists(st.floats(0, 120), min_size=1, max_size=40), st.floats(-10, 130))
def test_inside_and_near_are_as_counted_by_hand(ages, value):
    seen = Seen.of(rows(ages), SCHEMA)
    inside = min(ages) <= value <= max(ages)
    reach = 0.05 * (max(ages) - min(ages))
    assert seen.includes(AGE, value) is inside
    near = sum(value - reach <= a <= value + reach for a in ages)
    assert seen.sparse(AGE, value) is (inside and near < 10)


def test_a_feature_that_was_never_known_has_seen_nothing():
    seen = Seen.of(rows([math.nan] * 3), SCHEMA)
    assert seen.range(AGE) is None
    with pytest.raises(RangeError, match="nothing"):
        seen.check(AGE, 30.0)


def test_what_was_seen_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        SEEN.numbers["age"][0] = 1
    with pytest.raises(TypeError):
        SEEN.counts["home"]["castle"] = 3
