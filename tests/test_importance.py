"""Importance: what moves scores, over all reference rows."""

from __future__ import annotations

import json

import numpy as np
import pytest

from explainers.attribution import SampledShap
from explainers.base import Frame
from explainers.overview.importance import Importance, importance
from tests.models_by_hand import ByHand, Grouped, numbers


def line(frame: Frame) -> np.ndarray:
    return (3 * frame["a"] - 3 * frame["b"] + 2 * frame["c"]).to_numpy()


METHOD = SampledShap(permutations=50)


def test_importance_is_the_mean_size_of_the_weights_over_the_reference_rows():
    reference = numbers(50, 3)
    found = importance(ByHand(margin_of=line, reference=reference), METHOD, "amount", rows=50)
    distance = (reference - reference.mean()).abs()
    truth = {"a": 3 * distance["a"].mean(), "b": 3 * distance["b"].mean(), "c": 2 * distance["c"].mean()}
    assert {c.feature: c.weight for c in found.features} == pytest.approx(truth)
    assert [c.feature for c in found.features] == sorted(truth, key=lambda name: -truth[name])
    a = next(c for c in found.features if c.feature == "a")
    assert a.error == pytest.approx(3 * distance["a"].std(ddof=1) / np.sqrt(50))


def test_members_of_a_group_are_summed_before_sizes_are_taken():
    reference = numbers(50, 3)
    reference["b"] = reference["a"]  # what a adds b takes away
    found = importance(Grouped(margin_of=line, reference=reference), METHOD, "amount", rows=50)
    assert [c.feature for c in found.features] == ["c", "pair"]
    assert found.features[1].weight == pytest.approx(0, abs=1e-9)


def test_neighbours_that_rows_cannot_tell_apart_are_tied():
    reference = numbers(50, 3)
    reference["b"] = reference["a"].to_numpy()[::-1]  # the same sizes, in other rows
    found = importance(ByHand(margin_of=line, reference=reference), METHOD, "amount", rows=50)
    assert {c.feature: c.tied_with for c in found.features} == {"a": ("b",), "b": ("a",), "c": ()}


def test_no_more_rows_are_explained_than_asked_and_the_same_ones_each_time():
    model = ByHand(margin_of=line, reference=numbers(50, 3))
    first, second = (importance(model, METHOD, "amount", rows=20) for _ in range(2))
    assert first.rows == 20
    assert first == second
    assert importance(model, METHOD, "amount", rows=500).rows == 50


def test_importance_comes_back_from_json_as_it_was():
    found = importance(ByHand(margin_of=line, reference=numbers(50, 3)), METHOD, "amount", rows=20)
    assert Importance.from_json(json.loads(json.dumps(found.to_json()))) == found
