"""A guessed schema says what the table shows, and leaves to people what only people can say."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from explainers.errors import InputError
from explainers.infer import infer_schema
from explainers.schema import check_table
from explainers.table import read_table

N = 40
NOISE = np.random.default_rng(0).permutation(N)
TABLE = pd.DataFrame(
    {
        "income": [str(20_000 + 100 * i) for i in range(N)],
        "spending-power": [str(1.5 * (20_000 + 100 * i)) for i in range(N)],
        "shoe_size": [str(36 + int(i) % 9) if i else "?" for i in NOISE],
        "maritalStatus": ["single", "married"] * (N // 2),
        "smoker": ["yes", "no"] * (N // 2),
        "home_own": ["1", "0", "0", "1"] * (N // 4),
        "home_rent": ["0", "1", "0", "0"] * (N // 4),
        "home_with_parents": ["0", "0", "1", "0"] * (N // 4),
        "has_car": ["1", "1", "0", "0"] * (N // 4),
        "has_dog": ["1", "0", "0", "1"] * (N // 4),
        "grade": ["NA", *["A", "B", "C"] * 13],
        "note": ["x y z w"] * N,
        "y": ["0", "1"] * (N // 2),
    }
)
SCHEMA = infer_schema(TABLE, "y")


def test_kinds_ranges_gaps_and_labels_are_as_seen():
    kinds = {f.name: f.kind for f in SCHEMA.features}
    assert kinds["income"] == kinds["spending-power"] == kinds["shoe_size"] == "number"
    assert kinds["smoker"] == kinds["has_car"] == "flag"
    assert kinds["maritalStatus"] == kinds["home"] == kinds["grade"] == "category"
    income, size, grade = (SCHEMA.feature(n) for n in ("income", "shoe_size", "grade"))
    assert (income.low, income.high, income.whole, income.missing) == (20_000, 23_900, True, "refuse")
    assert (size.low, size.high, size.missing, size.label) == (36, 44, "unknown", "shoe size")
    assert (grade.categories, grade.missing) == (("A", "B", "C"), "unknown")
    assert not SCHEMA.feature("smoker").categories


def test_one_hot_columns_become_one_category_and_others_do_not():
    home = SCHEMA.feature("home")
    assert home.columns == ("home_own", "home_rent", "home_with_parents")
    assert home.categories == ("own", "rent", "with_parents")
    assert {"has_car", "has_dog"} < set(SCHEMA.names)
    assert SCHEMA.names.index("home") == 5


def test_the_table_passes_the_schema_guessed_from_it():
    frame = check_table(TABLE, SCHEMA).frame
    assert frame["home"].tolist()[:4] == ["own", "rent", "with_parents", "own"]
    assert frame["shoe_size"].isna().sum() == 1


def test_twins_share_a_group_and_strangers_do_not():
    groups = {f.name: f.group for f in SCHEMA.features}
    assert groups["income"] == groups["spending-power"] == "income"
    assert groups["shoe_size"] == ""


def test_a_chain_of_relatives_is_no_group_of_twins():
    rng = np.random.default_rng(1)
    a, noise = rng.normal(size=400), rng.normal(size=400)
    table = pd.DataFrame({"a": a, "b": a + 0.6 * noise, "c": a + 1.2 * noise, "y": a > 0})
    groups = {f.name: f.group for f in infer_schema(table, "y").features}
    assert groups == {"a": "a", "b": "a", "c": ""}


@pytest.mark.parametrize(
    ("name", "sensitive"),
    [("sex", True), ("Gender", True), ("maritalStatus", True), ("native-country", True), ("age_years", True),
     ("性别", True), ("average", False), ("message", False), ("sextant", False), ("wage", False), ("race_black", True)],
)  # fmt: skip
def test_what_is_sensitive_is_known_by_name(name, sensitive):
    schema = infer_schema(pd.DataFrame({name: ["1.5", "2.5"], "y": ["a", "b"]}), "y")
    assert schema.features[0].sensitive is sensitive


def test_nobody_guesses_what_is_favourable_or_may_change():
    assert all(outcome.favourable is None for outcome in SCHEMA.outcomes)
    assert all(feature.actionable == "no" for feature in SCHEMA.features)
    assert SCHEMA.favourable is None


@pytest.mark.parametrize(
    ("values", "classes", "expected"),
    [
        (["1", "0", "1", "0"], None, ("0", "1")),
        ([1.0, 0.0, 1.0, 0.0], None, ("0", "1")),
        ([True, False, True, False], None, ("False", "True")),
        (["10", "9", "2", "9"], None, ("2", "9", "10")),
        (["b", "a", "c", "?"], None, ("a", "b", "c")),
        ([1, 0, 1, 0], [1, 0], ("1", "0")),
        (["x", "y", "x", "y"], np.array(["y", "x"]), ("y", "x")),
        ([0.5, 0.7, 0.5, 0.7], [0, 1], ("0", "1")),
    ],
)
def test_outcomes_are_named_as_data_and_model_write_them(values, classes, expected):
    schema = infer_schema(pd.DataFrame({"a": [1.5, 2.5, 3.0, 4.0], "y": values}), "y", classes)
    assert schema.targets == expected
    assert tuple(o.key for o in schema.outcomes) == expected
    assert schema.cutoff == (0.5 if len(expected) == 2 else None)


@pytest.mark.parametrize("values", [list(range(12)), [0.5, 1.5] * 6], ids=["many", "fractions"])
def test_a_quantity_is_no_set_of_outcomes(values):
    schema = infer_schema(pd.DataFrame({"a": range(12), "score_next-year": values}), "score_next-year")
    assert schema.quantity is not None
    assert (schema.quantity.name, schema.quantity.favourable) == ("score next year", None)
    assert schema.cutoff is None


def test_free_text_is_no_category():
    table = pd.DataFrame({"t": [f"a long remark about case {i}" for i in range(60)], "y": ["a", "b"] * 30})
    assert infer_schema(table, "y").features[0].kind == "text"


def test_a_table_without_its_target_or_without_rows_is_refused():
    with pytest.raises(InputError, match=r"E110.*outcome"):
        infer_schema(TABLE, "outcome")
    with pytest.raises(InputError, match="E120"):
        infer_schema(TABLE.head(0), "y")
    with pytest.raises(InputError, match="E113"):
        infer_schema(TABLE.to_numpy(), "y")


def test_strange_columns_break_nothing():
    table = pd.DataFrame(
        {
            "empty": [None] * 4,
            "gone": [np.nan] * 4,
            "same": [3] * 4,
            "mixed": [1, "a", 2.5, None],
            "when": pd.to_datetime(["2024-01-01"] * 4),
            "_1": [1, 0, 1, 0],
            "_0": [0, 1, 0, 1],
            "inf": [1.0, np.inf, 2.0, 3.0],
            "cat": pd.Categorical(["a", "b", "a", None]),
            "y": [0, 1, 0, 1],
        }
    )
    schema = infer_schema(table, "y")
    assert schema.feature("gone").missing == "unknown"
    assert (schema.feature("same").low, schema.feature("same").high) == (3, 3)
    assert schema.feature("inf").high == 3
    assert schema.feature("cat").categories == ("a", "b")
    assert {"_1", "_0"} < set(schema.names)


@pytest.mark.data
def test_compas_is_read_as_people_describe_it():
    if "PLAINWHY_DATA" not in os.environ:
        pytest.skip("PLAINWHY_DATA is not set")
    table = read_table(Path(os.environ["PLAINWHY_DATA"]) / "data" / "compas.csv").drop(columns="id")
    schema = infer_schema(table, "y")
    assert {f.name for f in schema.features if f.sensitive} == {"age", "woman", "man", "black"}
    assert schema.group_of("man") == schema.group_of("woman")
    assert schema.feature("months_in_jail").low == -1


def test_columns_that_say_the_same_in_other_words_are_twins():
    names = ["first", "second", "third"]
    places = np.arange(N) % 3
    table = pd.DataFrame({"class": [names[k] for k in places], "level": 5 - places, "other": NOISE % 3, "y": NOISE % 2})
    groups = {f.name: f.group for f in infer_schema(table, "y").features}
    assert groups == {"class": "class", "level": "class", "other": ""}


@pytest.mark.parametrize(
    ("name", "label"),
    [("hours-per-week", "hours per week"), ("hoursPerWeek", "hours per week"), ("BMI", "BMI"), ("v1.5", "v1.5")],
)
def test_names_are_written_as_in_a_sentence(name, label):
    table = pd.DataFrame({name: [1.5, 2.5, 3.5], "y": [0, 1, 0]})
    assert infer_schema(table, "y").feature(name).label == label
