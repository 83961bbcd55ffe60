"""Percentages are shown only where they mean what they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainers.trust.calibration import Calibration, Platt, calibrate, calibrate_many, expected_calibration_error
from explainers.trust.certainty import band, level


def sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def drawn(n: int, slope: float = 1.0, shift: float = 0.0, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities a model tells, and what happened, when the truth is sigmoid(slope * log-odds + shift)."""
    rng = np.random.default_rng(seed)
    told = rng.normal(0, 1.5, n)
    return sigmoid(told), rng.random(n) < sigmoid(slope * told + shift)


def test_the_error_of_a_gap_that_is_sure_is_the_gap() -> None:
    probability, happened = np.repeat([0.2, 0.7], 50_000), np.repeat([0.0, 1.0], 50_000)

    assert expected_calibration_error(probability, happened) == pytest.approx((0.2 + 0.3) / 2, abs=1e-6)


@pytest.mark.parametrize("n", [500, 2_000, 20_000])
def test_a_true_model_is_not_blamed_for_chance(n: int) -> None:
    errors = [expected_calibration_error(*drawn(n, seed=seed)) for seed in range(40)]

    assert np.mean(errors) < 0.03 * np.sqrt(500 / n) + 0.001


def test_a_false_model_is_blamed_by_how_much_it_is_off() -> None:
    probability, happened = drawn(200_000, slope=0.5)
    truth = sigmoid(0.5 * np.log(probability / (1 - probability)))

    assert expected_calibration_error(probability, happened) == pytest.approx(
        np.abs(probability - truth).mean(), abs=0.005
    )


def test_equal_probabilities_share_a_bin_however_the_rows_are_sorted() -> None:
    probability, happened = np.full(1_000, 0.3), np.repeat([0.0, 1.0], [700, 300])

    assert expected_calibration_error(probability, happened) < 0.01


def test_a_good_model_gets_no_layer() -> None:
    found = calibrate(*drawn(2_000))

    assert found.layer is None
    assert found.holds


@pytest.mark.parametrize(("slope", "shift"), [(0.4, 0.0), (2.5, 0.5), (1.0, -1.0)])
def test_a_layer_brings_back_the_truth(slope: float, shift: float) -> None:
    found = calibrate(*drawn(8_000, slope, shift))

    assert found.holds
    assert found.layer.slope == pytest.approx(slope, rel=0.1)
    assert found.layer.shift == pytest.approx(shift, abs=0.1)


def test_few_rows_promise_nothing_however_good_they_look() -> None:
    assert not calibrate(*drawn(499)).holds
    assert Calibration(layer=None, error=0.05, n=500).holds
    assert not Calibration(layer=None, error=0.0501, n=500).holds


def test_rows_of_one_kind_have_no_error() -> None:
    found = calibrate(np.full(600, 0.9), np.ones(600))

    assert found.error is None
    assert not found.holds


def test_a_model_that_points_the_wrong_way_gets_no_layer() -> None:
    found = calibrate(*drawn(5_000, slope=-1.0))

    assert found.layer is None
    assert not found.holds


def test_a_layer_is_judged_on_rows_it_was_not_fitted_to() -> None:
    """Where log-odds tell nothing at all, a layer fitted to 60 rows must not look better than it is."""
    rng = np.random.default_rng(2)
    errors = [calibrate(sigmoid(rng.normal(0, 3, 60)), rng.random(60) < 0.5).error for _ in range(20)]

    assert np.mean(errors) > 0.02


# Log-odds of the layer up to 28: from 37 on, double precision holds no probability between this one and 1.
@given(st.floats(0.01, 5), st.floats(-3, 3), st.lists(st.floats(-5, 5), min_size=2, max_size=20, unique=True))
def test_a_layer_never_changes_ranks_and_the_cutoff_moves_with_it(
    slope: float, shift: float, points: list[float]
) -> None:
    layer, log_odds = Platt(slope=slope, shift=shift), np.sort(np.array(points))
    shown = layer.apply(log_odds)

    assert (np.diff(shown)[np.diff(log_odds) > 1e-6] > 0).all()
    for cutoff in (0.1, 0.5, 0.8):
        clear = np.abs(log_odds - np.log(cutoff / (1 - cutoff))) > 1e-6
        assert ((shown >= layer.cutoff(cutoff)) == (sigmoid(log_odds) >= cutoff))[clear].all()


def test_the_other_outcome_has_the_rest_of_the_probability() -> None:
    layer, log_odds = Platt(slope=0.7, shift=0.4), np.linspace(-4, 4, 9)

    assert layer.apply(log_odds) + layer.mirrored().apply(-log_odds) == pytest.approx(1)


def test_of_many_outcomes_the_worst_counts() -> None:
    rng = np.random.default_rng(0)
    probabilities = rng.dirichlet([2, 2, 2], 6_000)
    happened = np.array([rng.choice(3, p=p) for p in probabilities])
    swapped = probabilities[:, [1, 0, 2]]

    assert calibrate_many(probabilities, happened).holds
    assert calibrate_many(swapped, happened).error > 0.1
    assert calibrate_many(probabilities[:30], np.zeros(30, dtype=int)).error is None


@pytest.mark.parametrize(
    ("distance", "said"),
    [(0.0, "close"), (-0.0999, "close"), (0.1, "moderate"), (-0.2499, "moderate"), (0.25, "clear")],
)
def test_bands_are_those_of_the_record(distance: float, said: str) -> None:
    assert band(distance) == said


@pytest.mark.parametrize(
    ("probability", "said"), [(0.0, "low"), (0.333, "low"), (1 / 3, "medium"), (0.666, "medium"), (2 / 3, "high")]
)
def test_levels_are_thirds(probability: float, said: str) -> None:
    assert level(probability) == said
