"""A wrong value is refused with its code and how to mend it; nothing outside the schema gets through."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainers.base import Feature
from explainers.errors import InputError
from explainers.infer import infer_schema
from explainers.schema import check_case, check_table, check_value
from explainers.table import MISSING_TEXTS, read_table
from tests.test_bad_tables import GOOD, SCHEMA

INCOME = SCHEMA.feature("income")
DEBT = SCHEMA.feature("debt")
HOME = SCHEMA.feature("home")
LATE = SCHEMA.feature("late")
AGE = Feature(name="age", label="age", kind="number", unit="years", low=18, high=100)
OPEN = Feature(name="weight", label="weight", kind="number", unit="kg")
PAID = Feature(name="paid", label="paid", kind="number", unit="EUR/year", low=500, high=90_000)

REFUSED = [
    (math.nan, INCOME, "E101", "*Income* is empty. Enter a number, or leave it unknown where the model allows that."),
    ("", INCOME, "E101", "*Income* is empty. Enter a number"),
    (" ? ", HOME, "E101", "*Home* is empty. Enter one of: own, rent, other"),
    (None, INCOME, "E106", "*Income* is empty. Enter a number"),
    (math.inf, INCOME, "E102", "*Income* must be between 0 and 10,000,000."),
    (1e308, INCOME, "E102", "*Income* must be between 0 and 10,000,000."),
    ("1e400", INCOME, "E102", "*Income* must be between 0 and 10,000,000."),
    ("inf", OPEN, "E102", "*Weight* must be a number of ordinary size."),
    (10**400, OPEN, "E102", "*Weight* must be a number of ordinary size."),
    (-5, INCOME, "E103", "*Income* must be between 0 and 10,000,000, not -5."),
    (300, AGE, "E103", "*Age* must be between 18 and 100, not 300."),
    (17.99, AGE, "E103", "not 17.99."),
    (0.5, INCOME, "E103", "*Income* must be a whole number, not 0.5."),
    ("castle", HOME, "E104", "*Home* 'castle' is not one of: own, rent, other."),
    ("rentt", HOME, "E104", "Is it 'rent'?"),
    (7, HOME, "E104", "*Home* '7' is not one of"),
    ("maybe", LATE, "E104", "*Late* 'maybe' is not one of: yes, no.".replace("Late", "Paid late")),
    (2, LATE, "E104", "'2' is not one of: yes, no."),
    ("12,34,5", INCOME, "E105", "cannot be read as a number. For example: 5,000,000."),
    ("20 months", AGE, "E105", "*Age* '20 months' cannot be read as a number. For example: 59."),
    ("12 or 13", INCOME, "E105", "cannot be read as a number"),
    ("high", INCOME, "E106", "*Income* must be a number, not text ('high')."),
    (True, INCOME, "E106", "*Income* must be a number, not yes or no."),
    (np.True_, INCOME, "E106", "not yes or no."),
    ([1], INCOME, "E106", "*Income* must be a number, not a list."),
    ({"a": 1}, HOME, "E106", "not an object."),
    (date(2024, 1, 1), INCOME, "E106", "not a date."),
    ([True], LATE, "E106", "*Paid late* must be yes or no, not a list."),
]


@pytest.mark.parametrize(("value", "feature", "code", "words"), REFUSED, ids=[f"{r[0]!r:.20}" for r in REFUSED])
def test_a_wrong_value_is_refused_in_words(value, feature, code, words):
    with pytest.raises(InputError) as caught:
        check_value(value, feature)
    assert caught.value.code == code
    assert words in f"{caught.value.message} {caught.value.hint}"


@pytest.mark.parametrize(
    ("value", "feature", "expected"),
    [
        ("45,000", INCOME, 45_000.0),
        ("45 000 €", INCOME, 45_000.0),
        ("1.5k", INCOME, 1500.0),
        ("$1.5 million", INCOME, 1_500_000.0),
        ("40.000", PAID, 40_000.0),
        ("€45k", PAID, 45_000.0),
        (np.int64(5), INCOME, 5.0),
        ("-0", DEBT, 0.0),
        (None, DEBT, None),
        ("NA", DEBT, None),
        (float("nan"), DEBT, None),
        (pd.NA, DEBT, None),
        ("20 years", AGE, 20.0),
        (" Own ", HOME, "own"),
        ("TRUE", LATE, 1.0),
        (False, LATE, 0.0),
        (None, SCHEMA.feature("sex"), None),
    ],
)
def test_a_value_that_can_be_read_is_read(value, feature, expected):
    assert check_value(value, feature) == expected


def test_codes_that_look_like_numbers_stay_categories_and_their_own_words_are_never_missing():
    feature = Feature(name="cp", label="chest pain", kind="category", categories=("1", "2", "None"))
    assert [check_value(v, feature) for v in (1, 2.0, "1.0", np.int64(2), "None")] == ["1", "2", "1", "2", "None"]


@pytest.mark.parametrize(("column", "row"), [("income", 2), ("home", 3), ("late", 1)])
def test_a_table_names_the_row_and_shows_no_other_row(column, row):
    table = GOOD.copy()
    table.loc[row - 1, column] = "nonsense-9"
    with pytest.raises(InputError) as caught:
        check_table(table, SCHEMA)
    report = str(caught.value.report())
    assert f"row {row}" in report
    assert "nonsense-9" in report
    others = [str(v) for v in table.drop(index=row - 1)["income"]]
    assert not any(value in report for value in others)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ([1.0, math.nan, 3.0], "E101"),
        ([1.0, math.inf, 3.0], "E102"),
        ([1.0, -3.0, 3.0], "E103"),
        ([1.0, 2.5, 3.0], "E103"),
        ([True, True, False], "E106"),
        ([1, True, 3], "E106"),
        ([1, [2], 3], "E106"),
        ([1, None, 3], "E101"),
        (["1", "??", "3"], "E106"),
        (["1", "1.2.3", "3"], "E105"),
        (pd.to_datetime(["2024-01-01"] * 3), "E106"),
        (pd.Categorical([1, 2, 2.5]), "E103"),
        (pd.array([1, None, 3], dtype="Int64"), "E101"),
    ],
)
def test_every_type_of_column_is_checked(values, code):
    with pytest.raises(InputError) as caught:
        check_table(GOOD.assign(income=values), SCHEMA)
    assert caught.value.code == code
    assert "row" in caught.value.where


CASE = {"income": 41000, "debt": 18000, "home": "own", "late": False, "purpose": "car", "sex": "f"}


def test_a_new_case_is_read_and_its_links_are_computed():
    case = check_case({**CASE, "income": "41,000"}, SCHEMA, id="new")
    assert case.id == "new"
    assert tuple(case.values) == SCHEMA.names
    assert case.values["ratio"] == pytest.approx(18000 / 41000 * 100)


def test_a_new_case_may_leave_out_what_may_be_unknown_and_what_the_model_does_not_see():
    case = check_case({"income": 41000, "debt": None, "home": "own", "late": "no"}, SCHEMA, id="new")
    assert {n for n, v in case.values.items() if v is None} == {"debt", "ratio", "purpose", "sex"}


def test_a_new_case_may_be_given_in_one_hot_columns():
    values = {k: v for k, v in CASE.items() if k != "purpose"} | {"purpose_car": 0, "purpose_business": True}
    assert check_case(values, SCHEMA, id="new").values["purpose"] == "business"
    with pytest.raises(InputError, match="more than one thing: car, business"):
        check_case({**values, "purpose_car": 1}, SCHEMA, id="new")


@pytest.mark.parametrize(
    ("values", "code", "words"),
    [
        ({k: v for k, v in CASE.items() if k != "home"}, "E110", "*home* is missing"),
        ({**CASE, "incme": 3}, "E110", "*incme* is nothing this model knows. Is it *income*?"),
        ({k: v for k, v in CASE.items() if k != "income"} | {"incme": 3}, "E110", "Is it *incme*?"),
        ({**CASE, "income": None}, "E106", "*Income* is empty."),
        ({**CASE, "income": 0}, "E101", "*Debt ratio* cannot be computed"),
        ({}, "E110", "is missing"),
    ],
)
def test_a_new_case_that_does_not_fit_is_refused(values, code, words):
    if "incme" in values and "income" in values:
        values = {k: v for k, v in values.items() if k != "income"} | {"income": 1, "incme": 3}
        words = words.replace("Is it *income*?", "It knows: income")
    with pytest.raises(InputError) as caught:
        check_case(values, SCHEMA, id="new")
    assert caught.value.code == code
    assert words in f"{caught.value.message} {caught.value.hint}"


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(["own", "1,000", "3.5k", "∞", "-1e-400", "٣", "½", "1" * 400, *MISSING_TEXTS]),
    st.lists(st.integers(), max_size=2),
)


def judged(check: Callable[[], Any]) -> tuple[Any, InputError | None]:
    """What the gate let through, or the error it raised; anything else is a bug and is not caught."""
    try:
        return check(), None
    except InputError as error:
        return None, error


@given(ANYTHING, st.sampled_from([*SCHEMA.features, AGE, PAID]), st.sampled_from(["en", "zh", "de", "xx", ""]))
def test_no_value_outside_the_schema_ever_gets_through(value, feature, language):
    found, error = judged(lambda: check_value(value, feature, language))
    if error is not None:
        assert error.code in {"E101", "E102", "E103", "E104", "E105", "E106"}
        assert error.message.isprintable()
    elif found is None:
        assert feature.missing == "unknown" or not feature.input
    elif feature.kind == "number":
        assert isinstance(found, float)
        assert math.isfinite(found)
        assert feature.low is None or feature.low <= found <= feature.high
        assert not feature.whole or found.is_integer()
    else:
        assert found in ((0.0, 1.0) if feature.kind == "flag" else feature.categories)


@given(st.lists(ANYTHING, min_size=1, max_size=6))
def test_a_column_and_its_cells_one_by_one_are_judged_alike(values):
    table = pd.DataFrame({"debt": pd.Series(values, dtype="object")})
    schema = replace(SCHEMA, features=(DEBT,), links=())
    expected, refused = judged(lambda: [check_value(value, DEBT) for value in values])
    found, error = judged(lambda: check_table(table, schema).frame["debt"])
    if refused is None:
        assert error is None
        assert [None if math.isnan(v) else v for v in found] == expected
    else:
        assert error is not None
        assert error.code == refused.code


def test_a_german_table_is_read_by_what_its_column_shows():
    schema = replace(SCHEMA, features=(OPEN,), links=())
    thousands = check_table(pd.DataFrame({"weight": ["40.000", "1.500"]}), schema, "de")
    decimals = check_table(pd.DataFrame({"weight": ["40.000", "1.5"]}), schema, "de")
    assert thousands.frame["weight"].tolist() == [40_000, 1500]
    assert decimals.frame["weight"].tolist() == [40, 1.5]


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "target"), [("adult", "income-per-year"), ("compas", "y"), ("heart_cleveland", "num")]
)
def test_real_tables_pass_their_own_schema_fast(name, target):
    if "PLAINWHY_DATA" not in os.environ:
        pytest.skip("PLAINWHY_DATA is not set")
    table = read_table(Path(os.environ["PLAINWHY_DATA"]) / "data" / f"{name}.csv")
    schema = infer_schema(table, target)
    started = time.perf_counter()
    frame = check_table(table, schema).frame
    assert time.perf_counter() - started < 1.5
    gaps = (table.drop(columns=target) == "?").sum().sum()
    assert frame.isna().sum().sum() == gaps
