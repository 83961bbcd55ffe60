"""Effects: partial dependence and single curves of models solved by hand, and what their shapes are called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainers.base import Array, Frame, Link, Schema
from explainers.expression import Expression
from explainers.overview.effect import FLAT, Effect, companions, effect, points
from explainers.seen import Seen
from tests.models_by_hand import ByHand, applicants, feature_of, numbers


@dataclass(frozen=True, kw_only=True, eq=False)
class Counted(ByHand):
    """Counts how often it is asked."""

    asked: list[int] = field(default_factory=list)

    def score(self, frame: Frame, target: str) -> Array:
        self.asked.append(len(frame))
        return super().score(frame, target)


@dataclass(frozen=True, kw_only=True, eq=False)
class Linked(ByHand):
    """Column c is a + b."""

    @property
    def schema(self) -> Schema:
        return replace(super().schema, links=(Link(set="c", formula=Expression("a + b")),))


def of(formula: Callable[[Frame], Any], reference: Frame, name: str = "a", make: type[ByHand] = ByHand) -> Effect:
    model = make(margin_of=formula, reference=reference)
    seen = Seen.of(reference, model.schema)
    return effect(model, reference.head(1), model.schema.feature(name), "amount", seen)


ROWS = numbers(150, 3)


def test_the_effect_of_a_linear_model_is_its_line():
    found = of(lambda f: 3 * f["a"] - 2 * f["b"], ROWS)
    grid = np.array(found.grid, dtype=float)
    assert found.mean == pytest.approx(3 * grid - 2 * ROWS["b"].mean())
    assert found.own == pytest.approx(3 * grid - 2 * ROWS["b"].iloc[0])
    assert (found.shape, found.agree, found.turn) == ("rises", 1.0, None)


def test_low_and_high_hold_the_middle_of_single_curves():
    found = of(lambda f: f["a"] + f["b"], ROWS)
    single = np.quantile(ROWS["b"], (0.1, 0.9))
    assert found.low - np.array(found.grid) == pytest.approx(np.full(len(found.grid), single[0]))
    assert found.high - np.array(found.grid) == pytest.approx(np.full(len(found.grid), single[1]))


def test_the_model_is_asked_once():
    model = Counted(margin_of=lambda f: f["a"], reference=ROWS)
    effect(model, ROWS.head(1), model.schema.feature("a"), "amount", Seen.of(ROWS, model.schema))
    assert len(model.asked) == 1


@pytest.mark.parametrize(
    ("formula", "shape"),
    [
        (lambda f: f["a"], "rises"),
        (lambda f: -(f["a"] ** 3), "falls"),
        (lambda f: -(f["a"] ** 2), "peak"),
        (lambda f: f["a"] ** 2, "dip"),
        (lambda f: f["b"] + 0.001 * f["a"], "flat"),
        (lambda f: np.sin(4 * f["a"]), "mixed"),
        (lambda f: f["a"] * f["b"], "mixed"),  # half of the rows rise, half fall
        (lambda f: f["a"] + 0.05 * np.sin(20 * f["a"]), "rises"),  # a wobble is overlooked
    ],
)
def test_shapes_are_called_by_their_names(formula: Any, shape: str):
    assert of(formula, ROWS).shape == shape


def test_a_turn_is_found_near_where_it_lies():
    found = of(lambda f: -((f["a"] - 0.5) ** 2), ROWS)
    assert found.shape == "peak"
    assert found.turn == pytest.approx(0.5, abs=0.3)


def test_rows_that_go_the_other_way_are_counted():
    rows = ROWS.assign(b=np.where(np.arange(150) % 5 == 0, -1.0, 1.0))
    found = of(lambda f: f["a"] * f["b"], rows)
    assert found.shape == "rises"
    assert found.agree == pytest.approx(0.8)


def test_what_cancels_out_on_average_is_not_called_flat():
    rows = ROWS.assign(b=np.where(np.arange(150) % 2 == 0, -1.0, 1.0))
    assert of(lambda f: f["a"] * f["b"], rows).shape == "mixed"


def test_the_steep_part_of_a_step_is_found_and_a_line_has_none():
    rows = pd.DataFrame({"a": np.arange(200.0), "b": np.zeros(200)})
    step = of(lambda f: 1.0 * (f["a"] > 100), rows)
    assert step.steep is not None
    low, high = step.steep
    assert low <= 100 < high
    assert high - low < 30
    assert of(lambda f: f["a"], rows).steep is None


def test_links_follow_the_feature():
    rows = ROWS.assign(c=ROWS["a"] + ROWS["b"])
    found = of(lambda f: 2 * f["c"], rows, make=Linked)
    assert found.mean == pytest.approx(2 * (np.array(found.grid, dtype=float) + rows["b"].mean()))


def test_categories_are_all_tried_and_have_no_direction():
    rows = applicants(100)
    found = of(lambda f: 2.0 * (f["home"] == "own") + 0.01 * f["income"], rows, "home")
    assert found.grid == ("other", "own", "rent")
    assert found.shape == "mixed"
    assert int(np.argmax(found.mean)) == 1
    assert of(lambda f: f["income"], rows, "home").shape == "flat"


def test_few_numbers_are_all_tried_and_many_mostly_the_same_still_make_a_curve():
    counts = pd.DataFrame({"a": np.repeat([0.0, 1.0, 2.0, 7.0], 25)})
    gains = pd.DataFrame({"a": np.r_[np.zeros(980), np.linspace(1000, 9000, 20)]})
    for frame, least in ((counts, 4), (gains, 4)):
        schema = ByHand(margin_of=lambda f: f["a"], reference=frame).schema
        assert len(points(schema.features[0], Seen.of(frame, schema))) >= least
    assert of(lambda f: f["a"], counts).grid == (0.0, 1.0, 2.0, 7.0)


@settings(max_examples=60, deadline=None)
@given(
    values=st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=200),
    step=st.sampled_from([None, 0.5, 1.0, 100.0]),
)
def test_tried_values_lie_inside_what_was_seen_in_order(values: list[float], step: float | None):
    frame = pd.DataFrame({"a": values})
    feature = replace(feature_of(frame["a"]), step=step)
    schema = replace(ByHand(margin_of=lambda f: f["a"], reference=frame).schema, features=(feature,))
    grid = points(feature, Seen.of(frame, schema))
    assert 1 <= len(grid) <= 12
    assert list(grid) == sorted(set(grid))
    assert min(values) - 1e-6 <= grid[0]
    assert grid[-1] <= max(values) + 1e-6


@settings(max_examples=40, deadline=None)
@given(slope=st.floats(-5, 5), weight=st.floats(-5, 5))
def test_turning_a_model_upside_down_turns_its_shape(slope: float, weight: float):
    opposite = {"rises": "falls", "falls": "rises", "peak": "dip", "dip": "peak"}
    one = of(lambda f: slope * f["a"] + weight * f["a"] ** 2 + f["b"], ROWS)
    other = of(lambda f: -slope * f["a"] - weight * f["a"] ** 2 - f["b"], ROWS)
    assert other.shape == opposite.get(one.shape, one.shape)


def test_a_small_move_is_called_slight_and_a_smaller_one_flat():
    spread = np.diff(np.quantile(ROWS["b"], (0.05, 0.95)))[0]
    width = np.diff(np.quantile(ROWS["a"], (0.02, 0.98)))[0]
    for share, shape, slight in ((FLAT / 2, "flat", False), (2.5 * FLAT, "rises", True), (1.0, "rises", False)):
        found = of(lambda f, part=share: f["b"] + part * spread / width * f["a"], ROWS)
        assert (found.shape, found.slight) == (shape, slight)


def test_companions_are_the_correlated_and_those_of_the_group():
    rows = numbers(200, 4).assign(d=lambda f: -(f["a"] ** 3))
    model = ByHand(margin_of=lambda f: f["a"], reference=rows)
    assert companions(model, model.schema.feature("a")) == ("d",)
    assert companions(model, model.schema.feature("b")) == ()
