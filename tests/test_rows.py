"""The rows a question is about, on forty rows that can be counted on paper; columns and figures worked out by hand."""

from __future__ import annotations

import functools

import numpy as np
import pandas as pd
import pytest

from assistant.domains.domain import Domain
from assistant.domains.ready import open_in_memory
from assistant.question import All, Any_, Condition, Node
from assistant.questions.rows import answers, holding
from explainers.overview.summary import frequencies, summary
from explainers.trust.performance import classified, quantified

TOML = """
title = "forty rows"
subject = "case"
[outcomes]
yes = { name = "granted", favourable = true }
no = { name = "refused", favourable = false }
[features.income]
kind = "number"
range = [0, 100]
missing = "unknown"
[features.home]
kind = "category"
values = ["own", "rent"]
[features.owner]
kind = "flag"
[[rules]]
when = "income > 35"
then = "refused"
text = "No more than 35."
"""


def table() -> pd.DataFrame:
    """Income 0 to 39 (row 7 unknown), rent on even rows, an owner on the first ten; the truth is yes from row 15 on."""
    income = np.arange(40.0)
    income[7] = np.nan
    return pd.DataFrame(
        {
            "income": income,
            "home": np.where(np.arange(40) % 2 == 0, "rent", "own"),
            "owner": np.arange(40) < 10,
            "y": np.where(np.arange(40) >= 15, "yes", "no"),
        }
    )


def scored(frame: pd.DataFrame) -> np.ndarray:
    """Yes from an income of 20 on."""
    return np.where(frame["income"].fillna(0.0) >= 20, 0.9, 0.1)


@functools.cache
def domain() -> Domain:
    return open_in_memory(scored, table(), "y", TOML)


def at(*nodes: Node) -> list[int]:
    return np.flatnonzero(holding(nodes, domain())).tolist()


def is_(feature: str, op: str, value: object) -> Condition:
    return Condition(feature=feature, op=op, value=value)  # type: ignore[arg-type]  # also wrong ones


@pytest.mark.parametrize(
    ("condition", "rows"),
    [
        (is_("income", "<", 3.0), [0, 1, 2]),
        (is_("income", "<=", 3.0), [0, 1, 2, 3]),
        (is_("income", ">", 37.0), [38, 39]),
        (is_("income", ">=", 37.0), [37, 38, 39]),
        (is_("income", "==", 8.0), [8]),
        (is_("home", "==", "rent"), list(range(0, 40, 2))),
        (is_("home", "!=", "rent"), list(range(1, 40, 2))),
        (is_("owner", "==", True), list(range(10))),
        (is_("owner", "==", False), list(range(10, 40))),
        (is_("@id", "==", "12"), [12]),
        (is_("@label", "==", "granted"), list(range(15, 40))),
        (is_("@prediction", "==", "granted"), list(range(20, 36))),
    ],
)
def test_a_condition_holds_for_the_rows_that_fulfil_it(condition: Condition, rows: list[int]) -> None:
    assert at(condition) == rows


def test_a_value_that_is_not_known_fulfils_no_condition_not_even_unequal() -> None:
    assert 7 not in at(is_("income", "!=", 3.0))
    assert 7 not in at(is_("income", "<", 100.0))
    assert len(at(is_("income", "!=", 3.0))) == 38


@pytest.mark.parametrize(
    "condition",
    [is_("shoe", "==", 1.0), is_("income", "==", "much"), is_("income", "~", 1.0), is_("income", "==", None)],
)
def test_a_condition_that_makes_no_sense_holds_for_no_row(condition: Condition) -> None:
    assert at(condition) == []


def test_conditions_nest() -> None:
    low, high, rent = is_("income", "<", 4.0), is_("income", ">", 36.0), is_("home", "==", "rent")

    assert at() == list(range(40))
    assert at(low, rent) == [0, 2]
    assert at(Any_(nodes=(low, high)), rent) == [0, 2, 38]
    assert at(Any_(nodes=(low, All(nodes=(high, rent))))) == [0, 1, 2, 3, 38]
    assert at(low, high) == []


def test_what_the_model_answers_is_the_rule_where_a_rule_decides() -> None:
    said = answers(domain())

    assert said.tolist() == ["refused"] * 20 + ["granted"] * 16 + ["refused"] * 4


def test_a_column_is_summed_up_without_its_gaps() -> None:
    told = summary(np.array([1.0, np.nan, 3.0, 5.0, 7.0]))

    assert told is not None
    assert (told.n, told.mean, told.median, told.minimum, told.maximum) == (4, 4.0, 4.0, 1.0, 7.0)
    assert told.spread == pytest.approx(np.sqrt(20 / 3))
    assert (told.low, told.high) == pytest.approx((1.3, 6.7))
    assert summary(np.array([np.nan])) is None
    assert summary(np.array([2.0])).spread is None  # type: ignore[union-attr]  # one value is known


def test_values_are_counted_the_most_frequent_first_and_gaps_left_out() -> None:
    assert list(frequencies(np.array(["b", "a", None, "a", np.nan, "c"], dtype=object)).items()) == [
        ("a", 2),
        ("b", 1),
        ("c", 1),
    ]


def named(text: str) -> np.ndarray:
    return np.array(list(text), dtype=object)


def test_the_figures_of_ten_rows_are_those_worked_out_by_hand() -> None:
    """Seven are y, of which five are found; of three n one is taken for y."""
    truth, said = named("yyyyyyynnn"), named("yyyyynnynn")
    score = np.array([0.9, 0.8, 0.8, 0.7, 0.6, 0.4, 0.2, 0.7, 0.3, 0.1])
    found = classified(truth, said, np.column_stack([score, 1 - score]), ("y", "n"), "y")

    assert found.values == pytest.approx(
        {
            "accuracy": 0.7,
            "precision": 5 / 6,
            "recall": 5 / 7,
            "sensitivity": 5 / 7,
            "specificity": 2 / 3,
            "f1": 10 / 13,
            "roc_auc": 16.5 / 21,
        }
    )
    assert found.baseline == pytest.approx(0.7)
    assert found.errors["accuracy"] == pytest.approx(np.sqrt(0.7 * 0.3 / 10))
    assert found.errors["recall"] == pytest.approx(np.sqrt(5 / 7 * 2 / 7 / 7))


def test_a_figure_that_the_rows_do_not_allow_is_absent() -> None:
    found = classified(named("yy"), named("yy"), np.array([[0.9, 0.1], [0.8, 0.2]]), ("y", "n"), "n")

    assert found.values == {"accuracy": 1.0, "specificity": 1.0}


def test_of_three_outcomes_the_plain_average_is_given() -> None:
    truth, said = named("abcabc"), named("abcabb")
    found = classified(truth, said, np.eye(3)[[0, 1, 2, 0, 1, 1]], ("a", "b", "c"), None)

    assert found.values["recall"] == pytest.approx((1 + 1 + 0.5) / 3)
    assert found.values["precision"] == pytest.approx((1 + 2 / 3 + 1) / 3)


def test_errors_of_a_quantity_are_those_worked_out_by_hand() -> None:
    found = quantified(np.array([1.0, 2.0, 3.0, 6.0]), np.array([1.0, 4.0, 3.0, 4.0]))

    assert found.values == pytest.approx({"mae": 1.0, "rmse": np.sqrt(2), "r2": 1 - 8 / 14})
    assert found.baseline == pytest.approx(1.5)
    assert "r2" not in quantified(np.array([2.0, 2.0]), np.array([1.0, 2.0])).values
