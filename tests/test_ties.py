"""Ranks, groups, errors and ties of contributions, on blocks worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainers.ties import contributions, grouped

NONE: dict[str, str] = {}


def around(*means: float, spread: float) -> np.ndarray:
    """Ten blocks whose columns have these means; each column moves on its own by `spread` (one standard deviation)."""
    noise = np.random.default_rng(0).normal(size=(10, len(means)))
    noise = (noise - noise.mean(axis=0)) / noise.std(axis=0, ddof=1)
    return np.array(means) + spread * noise


def test_the_largest_size_comes_first_whatever_its_sign():
    told = contributions(("a", "b", "c"), around(0.1, -0.9, 0.4, spread=0.01), NONE)
    assert [c.feature for c in told] == ["b", "c", "a"]
    assert [c.weight for c in told] == pytest.approx([-0.9, 0.4, 0.1])


def test_the_error_is_that_of_the_mean_of_the_blocks():
    (told,) = contributions(("a",), around(1.0, spread=0.5), NONE)
    assert told.error == pytest.approx(0.5 / np.sqrt(10))


def test_with_one_block_no_error_is_claimed():
    told = contributions(("a", "b"), np.array([[1.0, 0.9]]), NONE)
    assert [c.error for c in told] == [None, None]
    assert [c.tied_with for c in told] == [(), ()]


def test_a_group_weighs_what_its_members_weigh_together_and_tells_them():
    told = contributions(
        ("debt", "income", "cards"),
        around(-0.5, 0.3, 0.1, spread=0.01),
        {"debt": "debts", "cards": "debts", "income": "income"},
    )
    debts, income = told
    assert (debts.feature, debts.weight) == ("debts", pytest.approx(-0.4))
    assert [(m.feature, pytest.approx(m.weight)) for m in debts.members] == [("debt", -0.5), ("cards", 0.1)]
    assert (income.feature, income.members) == ("income", ())


def test_members_that_move_against_each_other_leave_their_group_a_small_error():
    swing = np.linspace(-1, 1, 10)
    (told,) = contributions(("a", "b"), np.stack([1 + swing, 1 - swing], axis=1), {"a": "g", "b": "g"})
    assert told.weight == pytest.approx(2)
    assert told.error == pytest.approx(0, abs=1e-12)
    assert all(m.error > 0.1 for m in told.members)


def test_neighbours_closer_than_two_errors_of_their_difference_are_tied():
    told = contributions(("a", "b", "c"), around(1.0, 0.99, 0.2, spread=0.1), NONE)
    assert [c.tied_with for c in told] == [("b",), ("a",), ()]


def test_the_error_of_the_difference_counts_not_the_errors():
    together = np.linspace(-1, 1, 10)[:, None] + np.array([5.0, 4.9])
    told = contributions(("a", "b"), together, NONE)
    assert told[0].error > 0.1
    assert [c.tied_with for c in told] == [(), ()]  # they move together: a is larger in every block


def test_sizes_of_opposite_sign_are_compared_as_sizes():
    told = contributions(("a", "b"), around(-1.0, 0.99, spread=0.1), NONE)
    assert [c.tied_with for c in told] == [("b",), ("a",)]


def test_ties_are_pairwise_and_not_chained():
    told = contributions(("a", "b", "c"), around(1.0, 0.95, 0.9, spread=0.1), NONE)
    assert [c.tied_with for c in told] == [("b",), ("a", "c"), ("b",)]


def test_equal_weights_are_tied_though_their_errors_are_nothing():
    told = contributions(("a", "b", "c"), np.tile([0.5, 0.5, 0.1], (10, 1)), NONE)
    assert [c.tied_with for c in told] == [("b",), ("a",), ()]
    assert [c.feature for c in told] == ["a", "b", "c"]


def test_members_of_a_group_are_ranked_and_tied_like_the_groups():
    told = contributions(("a", "b"), around(0.1, 0.11, spread=0.1), {"a": "g", "b": "g"})
    assert [(m.feature, m.tied_with) for m in told[0].members] == [("b", ("a",)), ("a", ("b",))]


@given(
    st.lists(st.lists(st.floats(-5, 5), min_size=4, max_size=4), min_size=2, max_size=10),
    st.lists(st.sampled_from(["x", "y", "z"]), min_size=4, max_size=4),
)
def test_nothing_is_lost_or_told_twice(blocks, homes):
    features, values = ("a", "b", "c", "d"), np.array(blocks)
    told = contributions(features, values, dict(zip(features, homes, strict=True)))
    sizes = [abs(c.weight) for c in told]
    assert sum(c.weight for c in told) == pytest.approx(values.mean(axis=0).sum(), abs=1e-9)
    assert sizes == sorted(sizes, reverse=True)
    by_name = {c.feature: c for c in told}
    assert set(by_name) == set(homes)
    for one in told:
        assert all(one.feature in by_name[other].tied_with for other in one.tied_with)


def test_groups_stand_in_the_order_of_their_first_members():
    names, sums = grouped(("a", "b", "c"), np.array([[1.0, 2.0, 4.0]]), {"a": "g", "c": "g"})
    assert names == ("g", "b")
    assert sums.tolist() == [[5.0, 2.0]]
