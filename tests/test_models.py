"""What comes out of a native model: the right outcome, in the right unit."""

from __future__ import annotations

from collections.abc import Callable

import lightgbm
import numpy as np
import pytest
import xgboost
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier, RandomForestRegressor
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from explainers.base import Outcome
from explainers.errors import ModelError
from explainers.models.tabular import open_model
from explainers.trust.calibration import Platt
from tests.models_by_hand import schema_of
from tests.opened import NUMBERS, POSITIVE, opened


@pytest.mark.parametrize("key", ["1", "1.0", "True", "true"])
@pytest.mark.parametrize("labels", [(0, 1), (False, True), (0.0, 1.0)], ids=str)
def test_outcomes_find_their_label_however_it_is_written(key: str, labels: tuple[object, object]) -> None:
    native = LogisticRegression().fit(NUMBERS, [labels[i] for i in POSITIVE])
    outcomes = (Outcome(name="yes", key=key), Outcome(name="no", key="0" if key[0] == "1" else "false"))

    model = opened(native, NUMBERS, outcomes=outcomes)

    assert model.schema.targets == ("yes", "no")
    assert model.predict(NUMBERS) == pytest.approx(native.predict_proba(NUMBERS)[:, ::-1])


def test_text_outcomes_of_a_booster_trained_on_codes_are_numbered_in_sorted_order() -> None:
    native = xgboost.train({"objective": "binary:logistic"}, xgboost.DMatrix(NUMBERS, POSITIVE), 5)
    outcomes = (Outcome(name="rich", key=">50K", favourable=True), Outcome(name="poor", key="<=50K"))

    model = opened(native, NUMBERS, outcomes=outcomes)

    assert model.score(NUMBERS, "rich") == pytest.approx(native.predict(xgboost.DMatrix(NUMBERS)), abs=1e-7)


def test_other_labels_than_the_outcomes_are_refused() -> None:
    native = LogisticRegression().fit(NUMBERS, np.where(POSITIVE, "good", "bad"))

    with pytest.raises(ModelError, match=r"bad, good.*0, 1") as caught:
        opened(native, NUMBERS)
    assert caught.value.code == "E215"


@pytest.mark.parametrize("favourable", ["yes", "no"])
def test_a_single_column_is_the_probability_of_the_favourable_outcome(favourable: str) -> None:
    outcomes = tuple(Outcome(name=n, key=str(i), favourable=n == favourable) for i, n in enumerate(("no", "yes")))

    model = opened(lambda table: 1 / (1 + np.exp(-table["a"])), NUMBERS, outcomes=outcomes)

    probability = 1 / (1 + np.exp(-NUMBERS["a"]))
    assert model.score(NUMBERS, favourable) == pytest.approx(probability)
    assert model.predict(NUMBERS).sum(axis=1) == pytest.approx(1)


def test_a_function_of_arrays_is_given_an_array() -> None:
    model = opened(lambda array: 1 / (1 + np.exp(-array[:, 1])), NUMBERS)

    # nobody has declared what is favourable: it is of the outcome that sorts last
    assert model.score(NUMBERS, "yes") == pytest.approx(1 / (1 + np.exp(-NUMBERS["b"])))


def test_columns_of_a_function_are_taken_in_the_order_of_the_schema() -> None:
    shares = np.array([0.2, 0.5, 0.3])

    model = opened(lambda table: np.tile(shares, (len(table), 1)), NUMBERS, ("low", "middle", "high"))

    assert model.predict(NUMBERS.head(1))[0].tolist() == shares.tolist()


LOGISTIC: dict[str, Callable[[], object]] = {
    "logistic": lambda: LogisticRegression().fit(NUMBERS, POSITIVE),
    "boosting": lambda: GradientBoostingClassifier(n_estimators=10).fit(NUMBERS, POSITIVE),
    "pipeline": lambda: make_pipeline(StandardScaler(), LogisticRegression()).fit(NUMBERS, POSITIVE),
    "search": lambda: GridSearchCV(LogisticRegression(), {"C": [0.1, 1]}).fit(NUMBERS, POSITIVE),
    "xgboost": lambda: xgboost.XGBClassifier(n_estimators=10).fit(NUMBERS, POSITIVE),
    "xgboost in a pipeline": lambda: make_pipeline(StandardScaler(), xgboost.XGBClassifier(n_estimators=10)).fit(
        NUMBERS, POSITIVE
    ),
    "booster": lambda: xgboost.train({"objective": "binary:logitraw"}, xgboost.DMatrix(NUMBERS, POSITIVE), 10),
    "lightgbm": lambda: lightgbm.LGBMClassifier(n_estimators=10, verbose=-1).fit(NUMBERS, POSITIVE),
}


@pytest.mark.parametrize("kind", LOGISTIC)
def test_margins_of_two_outcomes_are_log_odds_of_the_target(kind: str) -> None:
    model = opened(LOGISTIC[kind](), NUMBERS)

    assert model.unit.name == "log-odds"
    for target in ("yes", "no"):
        score = model.score(NUMBERS, target)
        assert model.margin(NUMBERS, target) == pytest.approx(np.log(score / (1 - score)), abs=1e-4)
        assert model.link(model.margin(NUMBERS, target), target) == pytest.approx(score, abs=1e-6)
    assert model.margin(NUMBERS, "yes") == pytest.approx(-model.margin(NUMBERS, "no"))


def test_margins_of_a_linear_model_are_its_formula() -> None:
    native = LogisticRegression().fit(NUMBERS, POSITIVE)

    margin = opened(native, NUMBERS).margin(NUMBERS, "yes")

    assert margin == pytest.approx(NUMBERS.to_numpy() @ native.coef_[0] + native.intercept_[0])


@pytest.mark.parametrize(
    ("native", "outcomes"),
    [
        (RandomForestClassifier(n_estimators=10).fit(NUMBERS, POSITIVE), ("no", "yes")),
        (lambda table: 1 / (1 + np.exp(-table["a"])), ("no", "yes")),
        (LogisticRegression().fit(NUMBERS, np.arange(300) % 3), ("a", "b", "c")),
        (xgboost.XGBClassifier(n_estimators=3).fit(NUMBERS, np.arange(300) % 3), ("a", "b", "c")),
        (lightgbm.LGBMClassifier(n_estimators=3, verbose=-1).fit(NUMBERS, np.arange(300) % 3), ("a", "b", "c")),
        (RandomForestRegressor(n_estimators=10).fit(NUMBERS, NUMBERS["a"]), ()),
        (xgboost.XGBRegressor(n_estimators=3).fit(NUMBERS, NUMBERS["a"]), ()),
        (lambda table: table["a"] * 3, ()),
    ],
    ids=[
        "forest",
        "function",
        "multinomial",
        "xgboost 3",
        "lightgbm 3",
        "forest of a quantity",
        "xgboost quantity",
        "f",
    ],
)
def test_without_log_odds_the_margin_is_the_score(native: object, outcomes: tuple[str, ...]) -> None:
    model = opened(native, NUMBERS, outcomes)

    for target in model.schema.targets:
        assert (model.margin(NUMBERS, target) == model.score(NUMBERS, target)).all()
        assert (model.link(model.margin(NUMBERS, target), target) == model.score(NUMBERS, target)).all()


def test_margins_of_counts_are_logarithms() -> None:
    counts = np.random.default_rng(0).poisson(np.exp(NUMBERS["a"]))
    native = lightgbm.LGBMRegressor(objective="poisson", n_estimators=10, verbose=-1).fit(NUMBERS, counts)

    model = opened(native, NUMBERS, ())

    assert model.predict(NUMBERS)[:, 0] == pytest.approx(native.predict(NUMBERS))
    assert np.exp(model.margin(NUMBERS, "amount")) == pytest.approx(native.predict(NUMBERS))


def test_a_multiclass_booster_that_returns_labels_is_asked_for_probabilities() -> None:
    matrix = xgboost.DMatrix(NUMBERS, np.arange(300) % 3)
    hard, soft = (
        xgboost.train({"objective": f"multi:{kind}", "num_class": 3}, matrix, 3) for kind in ("softmax", "softprob")
    )

    found = opened(hard, NUMBERS, ("a", "b", "c")).predict(NUMBERS)

    assert found == pytest.approx(soft.predict(matrix), abs=1e-6)


@pytest.mark.parametrize(
    "native",
    [LogisticRegression(C=0.01).fit(NUMBERS, POSITIVE), RandomForestClassifier(n_estimators=20).fit(NUMBERS, POSITIVE)],
    ids=["log-odds", "probabilities"],
)
@pytest.mark.parametrize("favourable", ["yes", "no"])
def test_a_calibration_layer_is_part_of_score_and_link_and_keeps_ranks(native: object, favourable: str) -> None:
    outcomes = tuple(Outcome(name=n, key=str(i), favourable=n == favourable) for i, n in enumerate(("no", "yes")))
    raw = opened(native, NUMBERS, outcomes=outcomes)
    layer = Platt(slope=0.5, shift=0.7)

    model = raw.calibrated(layer)

    p = np.clip(raw.score(NUMBERS, favourable), 1e-6, 1 - 1e-6)
    shown = 1 / (1 + np.exp(-(0.5 * np.log(p / (1 - p)) + 0.7)))
    assert model.score(NUMBERS, favourable) == pytest.approx(shown, abs=1e-9)
    assert model.predict(NUMBERS).sum(axis=1) == pytest.approx(1)
    for target in ("no", "yes"):
        assert (model.margin(NUMBERS, target) == raw.margin(NUMBERS, target)).all()
        assert model.link(model.margin(NUMBERS, target), target) == pytest.approx(
            model.score(NUMBERS, target), abs=1e-12
        )
    assert ((raw.score(NUMBERS, favourable) >= 0.4) == (model.score(NUMBERS, favourable) >= layer.cutoff(0.4))).all()


def test_the_starting_point_is_the_score_of_the_mean_margin() -> None:
    model = opened(LogisticRegression().fit(NUMBERS, POSITIVE), NUMBERS)

    assert model.base_value("no") == pytest.approx(1 / (1 + np.exp(-model.margin(model.reference, "no").mean())))


def test_scores_of_no_rows_are_no_scores() -> None:
    for native in (LOGISTIC["xgboost"](), LOGISTIC["logistic"]()):
        model = opened(native, NUMBERS)
        assert model.predict(NUMBERS.head(0)).shape == (0, 2)
        assert model.margin(NUMBERS.head(0), "yes").shape == (0,)


def test_a_forest_on_many_threads_gives_the_same_bytes_every_time() -> None:
    native = RandomForestClassifier(n_estimators=60, n_jobs=4, random_state=0).fit(NUMBERS, POSITIVE)
    model = opened(native, NUMBERS)

    assert len({model.predict(NUMBERS).tobytes() for _ in range(20)}) == 1
    assert native.n_jobs == 4


def test_the_version_tells_models_apart_and_a_given_one_is_kept() -> None:
    one, other = (LogisticRegression(C=c).fit(NUMBERS, POSITIVE) for c in (1, 0.1))
    again = LogisticRegression(C=1).fit(NUMBERS, POSITIVE)
    schema = schema_of(NUMBERS, ("no", "yes"))

    assert opened(one, NUMBERS).version == opened(again, NUMBERS).version != opened(other, NUMBERS).version
    assert open_model(one, schema, NUMBERS, name="m", version="sha256:ab").version == "sha256:ab"


def test_models_are_told_apart_by_identity() -> None:
    one, other = (opened(LOGISTIC["logistic"](), NUMBERS) for _ in range(2))

    assert len({one, other, one}) == 2
