"""What every method of attribution promises, tried on models of every kind that it supports."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import GradientBoostingRegressor, RandomForestRegressor
from sklearn.linear_model import Lasso, LinearRegression
from sklearn.svm import SVR
from sklearn.tree import DecisionTreeRegressor
from threadpoolctl import threadpool_limits

from explainers.attribution import (
    ATTRIBUTIONS,
    BY_NAME,
    IntegratedGradients,
    Linear,
    SampledShap,
    TreeShap,
    choose,
    named,
)
from explainers.base import Array, Frame, Model
from explainers.errors import ModelError
from explainers.models.tabular import open_model
from tests.attribution_subjects import ROWS, SUBJECTS
from tests.models_by_hand import ByHand, numbers, schema_of, shapley

PROMISES: dict[str, tuple[str, ...]] = {
    "linear": ("exact", "unused", "symmetry", "linear truth"),
    "tree_shap": ("exact", "unused", "symmetry"),
    "integrated_gradients": ("unused", "symmetry", "linear truth"),
    "sampled_shap": ("sampled", "unused", "symmetry", "linear truth"),
    "occlusion": ("unused", "symmetry"),
    "lime": ("symmetry",),
}
"""Beside what all promise: same bytes, batch = single, original features, mirrored outcomes; most: a sum."""

PAIRS = [(method, kind) for method, kinds in SUBJECTS.items() for kind in kinds]
CHOSEN = [pair for pair in PAIRS if pair[0] in {method.name for method in ATTRIBUTIONS}]
"""Of the methods that are chosen by themselves: their weights add up."""
QUANTITIES = ("network, quantity", "lasso", "linear SVR", "boosting, quantity", "one tree", "formula")


@cache
def subject(method: str, kind: str) -> tuple[Model, Frame]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the libraries while they are trained
        return SUBJECTS[method][kind]()


def having(promise: str) -> list[tuple[str, str]]:
    return [(method, kind) for method, kind in PAIRS if promise in PROMISES[method]]


def closeness(method: str, kind: str, model: Model) -> float:
    """By how much sums of weights may miss what they should be."""
    if method == "integrated_gradients":  # sums over steps: a thousandth of the range
        return 0.0015 * float(np.ptp(model.predict(model.reference), axis=0).max())
    return 1e-4 if "xgboost" in kind else 1e-6


def test_every_method_is_in_the_table():
    assert {method.name for method in (*ATTRIBUTIONS, *BY_NAME)} == set(PROMISES) == set(SUBJECTS)


@pytest.mark.parametrize(("method", "kind"), CHOSEN)
def test_the_most_exact_method_that_fits_is_chosen(method, kind):
    model, _ = subject(method, kind)
    assert choose(model, model.schema.targets[-1]).name == method


@pytest.mark.parametrize(("method", "kind"), having("exact"))
def test_weights_are_the_shapley_values_of_the_features(method, kind):
    model, cases = subject(method, kind)
    target = model.schema.targets[-1]
    found = named(method).explain(model, cases, target).blocks.mean(axis=1)

    truth = [list(shapley(model, cases.iloc[[i]], target).values()) for i in range(len(cases))]
    assert found == pytest.approx(np.array(truth), abs=1e-4 if "xgboost" in kind else 1e-6)


@pytest.mark.parametrize(("method", "kind"), having("sampled"))
def test_sampled_weights_are_within_four_standard_errors_and_two_percent_of_the_range(method, kind):
    model, cases = subject(method, kind)
    target = model.schema.targets[-1]
    found = named(method).explain(model, cases, target)

    truth = np.array([list(shapley(model, cases.iloc[[i]], target).values()) for i in range(len(cases))])
    truth *= found.scale[:, None]
    assert (np.abs(found.weights - truth) <= 4 * found.errors + 1e-12).all()
    assert np.abs(found.weights - truth).max() <= 0.02 * np.ptp(model.score(model.reference, target))


@pytest.mark.parametrize(("method", "kind"), PAIRS)
def test_weights_and_residual_add_up_in_the_unit_of_the_score(method, kind):
    model, cases = subject(method, kind)
    for target in model.schema.targets:
        found = named(method).explain(model, cases, target)
        assert found.scores == pytest.approx(model.score(cases, target), abs=1e-12)
        assert found.base == pytest.approx(model.link(np.array([found.margin_base]), target)[0], abs=1e-12)
        assert found.base + found.weights.sum(axis=1) + found.residuals == pytest.approx(found.scores, abs=1e-12)
        assert method in ("occlusion", "lime") or np.abs(found.residuals).max() <= closeness(method, kind, model)


@pytest.mark.parametrize(("method", "kind"), PAIRS)
def test_reasons_are_told_of_the_features_of_the_schema(method, kind):
    model, cases = subject(method, kind)
    found = named(method).explain(model, cases, model.schema.targets[0])
    assert found.features == model.schema.inputs
    assert found.blocks.shape == (len(cases), 1 if method == "occlusion" else 10, len(model.schema.inputs))


@pytest.mark.parametrize(("method", "kind"), PAIRS)
def test_the_same_case_gives_the_same_bytes_on_one_and_two_threads(method, kind):
    (model, cases), (again, _) = subject(method, kind), subject.__wrapped__(method, kind)
    target = model.schema.targets[-1]
    with threadpool_limits(1):
        first = named(method).explain(model, cases, target)
    with threadpool_limits(2):
        second = named(method).explain(again, cases, target)
    assert first.seeds == second.seeds
    assert first.blocks.tobytes() == second.blocks.tobytes()


@pytest.mark.parametrize(("method", "kind"), PAIRS)
def test_a_case_alone_and_in_a_batch_get_the_same_weights(method, kind):
    model, cases = subject(method, kind)
    target = model.schema.targets[-1]
    batch = named(method).explain(model, cases, target)
    alone = [named(method).explain(model, cases.iloc[[i]].reset_index(drop=True), target) for i in range(len(cases))]
    assert np.concatenate([one.weights for one in alone]) == pytest.approx(batch.weights, abs=1e-9)
    assert tuple(one.seeds[0] for one in alone) == batch.seeds


@pytest.mark.parametrize(("method", "kind"), [pair for pair in PAIRS if pair[1] not in QUANTITIES])
def test_what_counts_for_one_outcome_counts_as_much_against_the_others(method, kind):
    model, cases = subject(method, kind)
    weights = [named(method).explain(model, cases, target).weights for target in model.schema.targets]
    assert np.sum(weights, axis=0) == pytest.approx(0, abs=closeness(method, kind, model))


def of_formula(margin_of: Callable[[Frame], Array], reference: Frame) -> Model:
    return ByHand(margin_of=margin_of, reference=reference)


def network_of(formula: Callable[[object], object]) -> object:
    """A torch module that computes a formula of a tensor (rows, columns)."""
    import torch

    class Formula(torch.nn.Module):
        def forward(self, x: object) -> object:
            return formula(x)

    return Formula()


def twins() -> dict[str, Model]:
    """For each method a model in which a and b may be exchanged, over a reference sample in which they may be, too."""
    half = numbers(ROWS // 2, 3)
    reference = pd.concat([half, half.rename(columns={"a": "b", "b": "a"})[["a", "b", "c"]]], ignore_index=True)
    truth = half["a"] ** 3 + half["c"]
    linear, forest = LinearRegression().fit(half, truth), RandomForestRegressor(2).fit(half, truth)
    linear.coef_ = np.array([2.0, 2.0, -1.0])
    forest.estimators_ = [
        DecisionTreeRegressor(max_depth=3, random_state=0).fit(half[columns].to_numpy(), truth)
        for columns in (["a", "b", "c"], ["b", "a", "c"])
    ]
    schema = schema_of(reference)
    return {
        "linear": open_model(linear, schema, reference, name="twins"),
        "tree_shap": open_model(forest, schema, reference, name="twins"),
        "integrated_gradients": open_model(
            network_of(lambda x: (x[:, 0] * x[:, 1]).sin() * x[:, 2]), schema, reference, name="twins"
        ),
        **dict.fromkeys(
            ("sampled_shap", "occlusion", "lime"),
            of_formula(lambda x: (np.sin(x["a"] * x["b"]) * x["c"]).to_numpy(), reference),
        ),
    }


@pytest.mark.parametrize("method", [m for m in PROMISES if "symmetry" in PROMISES[m]])
def test_features_that_do_the_same_weigh_the_same(method):
    case = pd.DataFrame({"a": [0.7], "b": [0.7], "c": [-0.4]})
    found = named(method).explain(twins()[method], case, "amount")
    a, b, _ = found.weights[0]
    difference = found.blocks[0, :, 0] - found.blocks[0, :, 1]
    chance = 0.0 if named(method).exact else 4 * difference.std(ddof=1) / np.sqrt(len(difference))
    assert a != 0
    assert a == pytest.approx(b, abs=1e-8 + chance)


@pytest.mark.parametrize("method", [m for m in PROMISES if "unused" in PROMISES[m]])
def test_a_feature_the_model_does_not_use_weighs_exactly_nothing(method):
    frame = numbers(300, 3)
    truth, trained = 2 * frame["a"] * (frame["b"] > 0) + frame["b"], frame.assign(c=0.0)
    natives = {"linear": Lasso(alpha=0.01), "tree_shap": GradientBoostingRegressor()}
    native = natives.get(method, SVR()).fit(trained, truth)
    model = open_model(native, schema_of(frame), frame.iloc[:ROWS].reset_index(drop=True), name="unused")
    if method == "integrated_gradients":
        model = open_model(network_of(lambda x: x[:, 0].tanh() * x[:, 1]), model.schema, model.reference, name="unused")
    elif method not in natives:  # the kernel sees c; this model hides it
        model = of_formula(lambda x: native.predict(x.assign(c=0.0)), model.reference)
    assert (named(method).explain(model, numbers(3, 3, seed=4), "amount").blocks[..., 2] == 0).all()


@pytest.mark.parametrize("method", [m for m in PROMISES if "linear truth" in PROMISES[m]])
def test_a_linear_model_is_told_by_its_coefficients(method):
    reference, cases = numbers(ROWS, 3), numbers(5, 3, seed=8)
    native, truth = LinearRegression().fit(reference, reference["a"]), np.array([0.5, -0.2, 3.0])
    native.coef_ = truth
    if method == "integrated_gradients":
        native = network_of(lambda x: x @ x.new_tensor(truth))
    model = open_model(native, schema_of(reference), reference, name="line")
    found = named(method).explain(model, cases, "amount")
    single = 1e-6 if method == "integrated_gradients" else 1e-9  # networks are given numbers in single precision
    assert found.weights == pytest.approx(truth * (cases - reference.mean()).to_numpy(), abs=single)


def test_each_block_is_exact_against_its_own_rows():
    model, cases = subject("tree_shap", "boosting, one-hot")
    whole = TreeShap().explain(model, cases, "approved")
    order = np.random.default_rng(0).permutation(ROWS)[:6]
    truth = shapley(model, cases.iloc[[0]], "approved", rows=model.reference.iloc[order].reset_index(drop=True))
    assert whole.blocks[0, 0] == pytest.approx(np.array(list(truth.values())), abs=1e-6)


def test_values_that_no_reference_row_had_together_are_explained_exactly():
    model, _ = subject("tree_shap", "boosting, gaps")
    unseen = pd.DataFrame({"income": [12.3, 250.0], "debt": [0.1, 99.9]}).assign(
        home=pd.Series(["other", "own"], dtype="str"), job=pd.Series(["free", "fixed"], dtype="str")
    )
    found = TreeShap().explain(model, unseen, "approved").blocks.mean(axis=1)
    truth = [list(shapley(model, unseen.iloc[[i]], "approved").values()) for i in range(2)]
    assert found == pytest.approx(np.array(truth), abs=1e-6)


@pytest.mark.parametrize("method", [Linear(), TreeShap()], ids=lambda m: m.name)
def test_a_method_that_does_not_fit_says_so_instead_of_explaining(method):
    model, cases = subject("sampled_shap", "boosting by histograms")
    with pytest.raises(ModelError, match="E217"):
        method.explain(model, cases, "approved")


def test_more_orders_are_drawn_where_chance_would_show():
    parity = of_formula(lambda x: np.sign(x.to_numpy()).prod(axis=1), numbers(ROWS, 5))
    case = numbers(1, 5, seed=3)
    truth = np.array(list(shapley(parity, case, "amount").values()))
    assert np.abs(SampledShap().explain(parity, case, "amount").weights[0] - truth).max() <= 0.02 * 2
    few = SampledShap(most=60).explain(parity, case, "amount")
    assert np.abs(few.errors).max() > np.abs(SampledShap().explain(parity, case, "amount").errors).max()


def test_gradients_of_products_of_two_are_shapley_values():
    reference, cases = numbers(ROWS, 3), numbers(3, 3, seed=9)
    module = network_of(lambda x: x[:, 0] * x[:, 1] - 2 * x[:, 1] * x[:, 2] + 3 * x[:, 0])
    model = open_model(module, schema_of(reference), reference, name="products")
    found = IntegratedGradients().explain(model, cases, "amount").weights
    truth = [list(shapley(model, cases.iloc[[i]], "amount").values()) for i in range(len(cases))]
    assert found == pytest.approx(np.array(truth), abs=1e-9)


@pytest.mark.parametrize("kind", SUBJECTS["integrated_gradients"])
def test_more_steps_would_not_move_a_weight_by_more_than_the_precision(kind):
    model, cases = subject("integrated_gradients", kind)
    target, method = model.schema.targets[-1], IntegratedGradients()
    found, fine = (
        method.explain(model, cases, target),
        replace(method, steps=64, most=128).explain(model, cases, target),
    )
    moved = np.abs((found.blocks - fine.blocks).mean(axis=1)).max()
    assert moved <= method.precision * np.ptp(model.margin(model.reference, target))


@pytest.mark.parametrize(
    "formula",
    [
        lambda x: x[:, 0].round() + x[:, 1],
        lambda x: x.new_tensor([0.5, 1.0, 4.0])[x[:, 0].clamp(-1, 1).long() + 1] + x[:, 1],
        lambda x: x.detach().sum(dim=1),
        lambda x: (x[:, 0] > 0).double() * 100 + x[:, 1],
    ],
    ids=["rounds", "looks up", "detached", "jumps"],
)
def test_a_network_whose_gradients_miss_its_margin_is_sampled_instead(formula):
    reference, cases = numbers(ROWS, 2), numbers(2, 2, seed=9)
    model = open_model(network_of(formula), schema_of(reference), reference, name="steps")
    assert choose(model, "amount").name == "sampled_shap"
    with pytest.raises(ModelError, match="E216") as caught:
        IntegratedGradients().explain(model, cases, "amount")
    assert "sampled_shap" in caught.value.hint
