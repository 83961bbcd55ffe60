"""Reasons that do not add up to the model's own score are never shown."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.additivity import KINDS, measured
from explainers.attribution import SampledShap
from explainers.errors import ModelError
from tests.models_by_hand import ByHand, numbers

REFERENCE = 100


@pytest.mark.parametrize("kind", KINDS)
def test_no_row_of_a_thousand_misses_the_model_by_more_than_the_bound(kind):
    if kind in ("xgboost", "lightgbm"):
        pytest.importorskip(kind)
    found = measured(kind, rows=1_000, reference=REFERENCE)
    assert found.method == ("linear" if kind == "logistic" else "tree_shap")
    assert found.rows == 1_000
    assert found.over == 0


def test_a_model_that_answers_differently_each_time_is_not_explained():
    rng = np.random.default_rng(0)
    moody = ByHand(
        margin_of=lambda frame: frame["a"].to_numpy() + rng.normal(size=len(frame)), reference=numbers(50, 2)
    )
    with pytest.raises(ModelError, match="do not add up") as refused:
        SampledShap().explain(moody, numbers(1, 2, seed=5), "amount")
    assert refused.value.code == "E216"


@pytest.mark.parametrize("size", [1e-12, 1e-3, 1e9])
def test_the_bound_follows_the_size_of_the_margins_and_small_scores_still_add_up(size):
    model = ByHand(margin_of=lambda frame: size * (frame["a"] * frame["b"]).to_numpy(), reference=numbers(50, 2))
    found = SampledShap().explain(model, numbers(3, 2, seed=5), "amount")
    assert found.base + found.weights.sum(axis=1) == pytest.approx(found.scores, rel=1e-6)


def test_a_case_at_the_starting_point_keeps_its_weights():
    reference = numbers(50, 2)
    reference[["a", "b"]] -= reference[["a", "b"]].mean()
    model = ByHand(margin_of=lambda frame: (frame["a"] - frame["b"]).to_numpy(), reference=reference, sigmoid=True)
    found = SampledShap().explain(model, reference.head(1).assign(a=1.0, b=1.0), "yes")
    assert found.weights[0] == pytest.approx([0.25, -0.25], abs=1e-6)  # the slope of the link at log-odds 0
