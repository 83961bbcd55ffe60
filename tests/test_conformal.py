"""Intervals hold the truth as often as they say, and the share they tell was measured fairly."""

from __future__ import annotations

import numpy as np
import pytest

from explainers.trust.conformal import SplitConformal


def test_the_width_is_the_right_one_of_the_sorted_distances() -> None:
    """Of 99 distances 1 .. 99 the ceil(100 * 0.9) = 90th, on either side of the prediction."""
    off = np.arange(1.0, 100.0) * np.where(np.arange(99) % 2, 1, -1)

    found = SplitConformal.of(np.zeros(99), off)

    assert found.half_width == 90
    assert found.interval(10) == (-80, 100)
    assert found.interval(10, low=0, high=95) == (0, 95)


@pytest.mark.parametrize("n", [40, 100, 400])
def test_new_rows_are_held_as_often_as_promised(n: int) -> None:
    rng = np.random.default_rng(0)
    held = []
    for _ in range(300):
        found = SplitConformal.of(np.zeros(n), rng.standard_t(3, n))
        held.append(np.mean(np.abs(rng.standard_t(3, 200)) <= found.half_width))

    assert 0.895 <= np.mean(held) <= 0.9 + 1 / n + 0.01


def test_the_share_told_is_that_of_rows_without_a_part_in_the_width() -> None:
    """One half far worse than the other: its rows fall outside the other's width, all of the other's inside its."""
    off = np.where(np.arange(100) % 2, 1.0, 100.0)

    found = SplitConformal.of(np.zeros(100), off)

    assert found.coverage == 0.5
    assert found.n == 100


def test_too_few_rows_promise_nothing() -> None:
    assert SplitConformal.of(np.zeros(39), np.ones(39)) is None
