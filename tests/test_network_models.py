"""Networks, ONNX and catboost models: what their bare answers mean, and how their columns are written."""

from __future__ import annotations

import pickle
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

from explainers.attribution import choose
from explainers.base import Feature, Outcome, Schema
from explainers.errors import DomainError, ModelError
from explainers.models.onnx_models import OnnxModel
from explainers.models.tabular import Typed, open_model
from explainers.models.units import sigmoid
from explainers.trust.calibration import Platt
from tests.models_by_hand import schema_of
from tests.opened import NUMBERS, PEOPLE, POSITIVE, REPAID, opened

catboost = pytest.importorskip("catboost")
torch = pytest.importorskip("torch")
onnxruntime = pytest.importorskip("onnxruntime")
skl2onnx = pytest.importorskip("skl2onnx")

LOGIT = (2 * NUMBERS["a"] - NUMBERS["b"]).to_numpy()
SINGLE = NUMBERS[:1].to_numpy("float32")


def network(outputs: list[list[float]], *last: object) -> object:
    """A module whose outputs are linear in a, b and c."""
    line = torch.nn.Linear(3, len(outputs), bias=False)
    line.weight.data = torch.tensor(outputs)
    return torch.nn.Sequential(line, torch.nn.Dropout(0.5), *last)


class Formula(torch.nn.Module):
    def __init__(self, formula: Callable[[object], object]) -> None:
        super().__init__()
        self.formula = formula

    def forward(self, x: object) -> object:
        return self.formula(x)


def onnx(model: object, rows: object, **options: object) -> OnnxModel:
    made = skl2onnx.to_onnx(model, rows, options={id(model): options} if options else None)
    return OnnxModel.of(made.SerializeToString())


ONE, TWO = [[2.0, -1.0, 0.0]], [[1.0, 0.0, 0.5], [3.0, -1.0, 0.5]]
SOFT = torch.nn.Softmax(dim=1)


@pytest.mark.parametrize(
    ("module", "unit"),
    [
        (network(ONE), "log-odds"),
        (network(ONE, torch.nn.Flatten(0)), "log-odds"),
        (network(TWO), "log-odds"),
        (network(TWO, torch.nn.LogSoftmax(dim=1)), "log-odds"),
        (network(ONE, torch.nn.Sigmoid()), "score"),
        (network(TWO, SOFT), "score"),
    ],
    ids=["one logit", "flat logit", "two logits", "logarithms", "one probability", "two probabilities"],
)
def test_outputs_of_two_outcomes_become_the_same_probabilities(module, unit):
    model = opened(module, NUMBERS)

    assert model.unit.name == unit
    assert model.score(NUMBERS, "yes") == pytest.approx(sigmoid(LOGIT), abs=1e-6)
    if unit == "log-odds":
        assert model.margin(NUMBERS, "yes") == pytest.approx(LOGIT, abs=1e-5)
        assert model.margin(NUMBERS, "no") == pytest.approx(-LOGIT, abs=1e-5)
    assert module.training  # the caller's own module is left as it was


def test_logits_that_happen_to_lie_between_0_and_1_are_not_taken_for_probabilities():
    model = opened(Formula(lambda x: 0.5 + x[:, [0]] / 100), NUMBERS)

    assert model.unit.name == "log-odds"
    assert model.margin(NUMBERS, "yes") == pytest.approx(0.5 + NUMBERS["a"] / 100, abs=1e-6)


def test_three_logits_become_probabilities_by_softmax():
    logits = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    given = opened(network(logits, SOFT), NUMBERS, ("a", "b", "c"))

    model = opened(network(logits), NUMBERS, ("a", "b", "c"))

    assert model.predict(NUMBERS) == pytest.approx(given.predict(NUMBERS), abs=1e-6)


def test_columns_of_a_network_are_the_labels_in_order_and_one_column_is_of_the_last():
    outcomes = (Outcome(name="good", key="2", favourable=False), Outcome(name="bad", key="10", favourable=True))

    for module in (network(ONE), network(TWO)):
        assert opened(module, NUMBERS, outcomes=outcomes).score(NUMBERS, "bad") == pytest.approx(sigmoid(LOGIT))


def test_a_network_of_a_quantity_is_taken_at_its_word():
    for module in (network(ONE), network(ONE, torch.nn.Flatten(0))):
        assert opened(module, NUMBERS, ()).score(NUMBERS, "amount") == pytest.approx(LOGIT, abs=1e-5)


def test_logits_can_be_calibrated():
    model = opened(network(ONE), NUMBERS).calibrated(Platt(slope=0.5, shift=0.7))

    assert model.score(NUMBERS, model.schema.decisive) == pytest.approx(sigmoid(-0.5 * LOGIT + 0.7), abs=1e-6)


def test_a_case_alone_and_in_a_batch_get_the_same_score_from_a_network():
    with torch.random.fork_rng():
        torch.manual_seed(0)
        wide = torch.nn.Sequential(torch.nn.Linear(3, 512), torch.nn.ReLU(), torch.nn.Linear(512, 1))
    model = opened(wide, NUMBERS)

    alone = [model.score(NUMBERS.iloc[[i]], "yes")[0] for i in range(20)]

    assert alone == pytest.approx(model.score(NUMBERS, "yes")[:20], abs=1e-12)


def test_a_network_that_makes_single_precision_tensors_of_its_own_is_asked_in_single_precision():
    model = opened(Formula(lambda x: x @ torch.tensor(ONE[0])), NUMBERS)

    assert not model.native.estimator.double
    assert model.margin(NUMBERS, "yes") == pytest.approx(LOGIT, abs=1e-5)


@pytest.mark.parametrize(
    ("module", "words"),
    [
        (Formula(lambda x: {"logits": x}), "returns a dict"),
        (Formula(lambda x: x[:, 0] / 0), "no number"),
        (Formula(lambda x: x[:, :3].sigmoid()), "shape"),
    ],
    ids=["dict", "nan", "width"],
)
def test_a_network_that_returns_no_scores_is_refused(module, words):
    with pytest.raises(ModelError, match=words):
        opened(module, NUMBERS)


def test_a_network_is_not_given_text():
    with pytest.raises(ModelError, match=r"takes numbers, and \*home\* holds text"):
        opened(network(ONE), PEOPLE[["income", "debt", "home"]])


def test_a_network_behind_an_encoder_is_told_by_the_features_of_the_form():
    head = make_column_transformer((OneHotEncoder(), ["home"]), ("passthrough", ["income"])).fit(PEOPLE)
    module = torch.nn.Linear(4, 1)

    model = opened(make_pipeline(head, module), PEOPLE)

    assert model.encoding("yes").owners == ("home", "home", "home", "income")
    assert choose(model, "yes").name == "integrated_gradients"


def line() -> LogisticRegression:
    return LogisticRegression().fit(NUMBERS.to_numpy("float32"), POSITIVE)


@pytest.mark.parametrize("zipmap", [True, False])
def test_an_onnx_classifier_gives_its_probabilities(zipmap):
    native = line()

    model = opened(onnx(native, SINGLE, zipmap=zipmap), NUMBERS)

    assert model.score(NUMBERS, "yes") == pytest.approx(native.predict_proba(NUMBERS.to_numpy())[:, 1], abs=1e-6)


def test_labels_in_an_onnx_file_find_their_outcomes():
    native = LogisticRegression().fit(NUMBERS.to_numpy("float32"), np.where(POSITIVE, "accepted", "refused"))
    outcomes = (Outcome(name="no", key="refused"), Outcome(name="yes", key="accepted"))

    model = opened(onnx(native, SINGLE), NUMBERS, outcomes=outcomes)

    assert model.score(NUMBERS, "yes") == pytest.approx(native.predict_proba(NUMBERS.to_numpy())[:, 0], abs=1e-6)


def test_an_onnx_regression_gives_its_values():
    native = Ridge().fit(NUMBERS.to_numpy("float32"), LOGIT)

    assert opened(onnx(native, SINGLE), NUMBERS, ()).score(NUMBERS, "amount") == pytest.approx(LOGIT, abs=0.05)


def test_inputs_of_an_onnx_model_get_the_column_of_their_name():
    head = make_column_transformer((OneHotEncoder(), ["job", "home"]), ("passthrough", ["debt", "income"]))
    pipeline = make_pipeline(head, LogisticRegression(max_iter=2000))
    pipeline.fit(PEOPLE, REPAID)
    single = PEOPLE[:1].astype({"income": "float32", "debt": "float32"})

    model = opened(onnx(pipeline, single), PEOPLE[["job", "debt", "home", "income"]])

    assert model.score(PEOPLE, "yes") == pytest.approx(pipeline.predict_proba(PEOPLE)[:, 1], abs=1e-5)


def test_an_onnx_model_can_be_carried_into_another_process():
    model = onnx(line(), SINGLE)

    again = pickle.loads(pickle.dumps(model))

    assert (opened(again, NUMBERS).predict(NUMBERS) == opened(model, NUMBERS).predict(NUMBERS)).all()
    assert (opened(model.session, NUMBERS).predict(NUMBERS) == opened(model, NUMBERS).predict(NUMBERS)).all()


def test_an_onnx_model_of_a_fixed_number_of_rows_is_refused_with_what_to_do():
    made = skl2onnx.convert_sklearn(line(), initial_types=[("x", skl2onnx.common.data_types.FloatTensorType([1, 3]))])

    with pytest.raises(ModelError, match="1 rows at a time") as caught:
        opened(OnnxModel.of(made.SerializeToString()), NUMBERS)
    assert "free first dimension" in caught.value.hint


def test_columns_of_an_onnx_model_that_are_too_few_are_counted():
    with pytest.raises(Exception, match="wants 3 and 2"):
        opened(onnx(line(), SINGLE), NUMBERS[["a", "b"]])


TABLE = PEOPLE.assign(code=np.arange(len(PEOPLE)) % 3, flag=PEOPLE["income"] > 40)


def coded(kind: str = "flag") -> Schema:
    features = list(schema_of(TABLE[["income", "home"]]).features)
    features.append(Feature(name="code", label="code", kind="category", categories=("0", "1", "2")))
    features.append(Feature(name="flag", label="flag", kind=kind, categories=("no", "yes") if kind != "flag" else ()))
    outcomes = (Outcome(name="no", key="0"), Outcome(name="yes", key="1"))
    return Schema(features=tuple(features), outcomes=outcomes, cutoff=0.5)


def boosted(table: pd.DataFrame, truth: object, kind: str = "Classifier", **settings: object) -> object:
    model = getattr(catboost, f"CatBoost{kind}")
    return model(iterations=20, depth=3, verbose=False, allow_writing_files=False, thread_count=1, **settings).fit(
        table, truth
    )


def through_a_file(model: object) -> object:
    return catboost.CatBoost().load_model(blob=model._serialize_model())


def test_categories_of_catboost_are_written_as_they_were_in_training():
    table = TABLE[["code", "income", "flag", "home"]]
    native = boosted(table, REPAID, cat_features=["code", "flag", "home"])
    frame = table.assign(code=table["code"].astype("str"), flag=table["flag"].astype("float64"))
    dtypes = table.dtypes.to_dict()

    for given in (native, through_a_file(native)):
        model = open_model(Typed(native=given, dtypes=dtypes), coded(), frame.head(200), name="m")
        assert model.score(frame, "yes") == pytest.approx(native.predict_proba(table)[:, 1], abs=1e-9)
        assert model.unit.name == "log-odds"


def test_a_flag_that_catboost_knows_as_words_is_not_scored_as_a_number():
    table = TABLE[["code", "income", "home"]].assign(flag=np.where(TABLE["flag"], "yes", "no"))
    native = boosted(table, REPAID, cat_features=["code", "flag", "home"])
    frame = table.assign(code=table["code"].astype("str"))
    typed = Typed(native=native, dtypes=table.dtypes.to_dict())

    with pytest.raises(DomainError, match="described as a flag") as caught:
        open_model(typed, coded(), frame.assign(flag=TABLE["flag"].astype("float64")), name="m")
    assert 'kind = "category"' in caught.value.hint
    model = open_model(typed, coded("category"), frame, name="m")
    assert model.score(frame, "yes") == pytest.approx(native.predict_proba(table)[:, 1], abs=1e-9)


@pytest.mark.parametrize("loss", ["RMSE", "Poisson"])
def test_quantities_of_catboost_come_in_their_own_unit(loss):
    counts = np.random.default_rng(0).poisson(np.exp(NUMBERS["a"]))
    native = boosted(NUMBERS, counts, "Regressor", loss_function=loss)

    model = opened(through_a_file(native), NUMBERS, ())

    assert model.score(NUMBERS, "amount") == pytest.approx(native.predict(NUMBERS))
    assert model.unit.name == ("logarithm" if loss == "Poisson" else "score")


def test_catboost_of_unnamed_columns_and_three_outcomes():
    native = boosted(NUMBERS.to_numpy(), np.arange(300) % 3)

    model = opened(through_a_file(native), NUMBERS, ("a", "b", "c"))

    assert model.predict(NUMBERS) == pytest.approx(native.predict_proba(NUMBERS.to_numpy()), abs=1e-9)
