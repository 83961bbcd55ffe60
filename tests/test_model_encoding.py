"""What the final estimator of a pipeline sees, told by feature."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import xgboost
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import PCA
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.impute import KNNImputer, SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, OrdinalEncoder, StandardScaler

from explainers.base import Feature, Outcome
from tests.models_by_hand import schema_of
from tests.opened import HOMES, NUMBERS, PEOPLE, POSITIVE, REPAID, encoded, opened


@pytest.mark.parametrize(
    "encoder", [OneHotEncoder(), OneHotEncoder(drop="first", sparse_output=False)], ids=["all", "drop"]
)
def test_one_hot_columns_are_told_as_their_feature(encoder: object) -> None:
    native = encoded(encoder, LogisticRegression())
    model = opened(native, PEOPLE)

    encoding = model.encoding("yes")

    places = ["home"] * (3 if encoder.drop is None else 2) + ["job"] * (2 if encoder.drop is None else 1)
    assert encoding.owners == ("income", "debt", *places)
    margin = encoding.matrix(PEOPLE) @ encoding.estimator.coef_[0] + encoding.estimator.intercept_[0]
    assert margin == pytest.approx(model.margin(PEOPLE, "yes"))


def test_ordinal_columns_and_marks_of_gaps_are_told_as_their_feature() -> None:
    gappy = PEOPLE.assign(income=PEOPLE["income"].where(PEOPLE["income"] > 20))
    columns = ColumnTransformer([("n", SimpleImputer(add_indicator=True), HOMES[0]), ("t", OrdinalEncoder(), HOMES[1])])
    native = make_pipeline(columns, GradientBoostingClassifier(n_estimators=5)).fit(gappy, REPAID)
    features = tuple(
        replace(f, missing="unknown" if f.name == "income" else "refuse") for f in schema_of(PEOPLE).features
    )

    model = opened(native, gappy, features=features)

    assert model.encoding("yes").owners == ("income", "debt", "income", "home", "job")
    assert model.score(gappy, "yes") == pytest.approx(native.predict_proba(gappy)[:, 1])


def test_boosters_are_laid_open_as_they_are() -> None:
    native = xgboost.XGBClassifier(n_estimators=5).fit(NUMBERS[["c", "b", "a"]], POSITIVE)

    encoding = opened(native, NUMBERS).encoding("yes")

    assert encoding.owners == ("c", "b", "a")
    assert encoding.estimator is native
    assert (encoding.matrix(NUMBERS) == NUMBERS[["c", "b", "a"]].to_numpy()).all()


@pytest.mark.parametrize(
    "mixing",
    [
        make_pipeline(StandardScaler(), PCA(2), LogisticRegression()).fit(NUMBERS, POSITIVE),
        make_pipeline(FunctionTransformer(lambda x: x.assign(ratio=x["a"] / x["b"])), LogisticRegression()).fit(
            NUMBERS, POSITIVE
        ),
    ],
    ids=["components", "ratio"],
)
def test_a_column_made_of_two_features_is_not_laid_open(mixing: object) -> None:
    assert opened(mixing, NUMBERS).encoding("yes") is None


def test_an_imputer_that_looks_at_other_features_is_not_laid_open() -> None:
    gappy = NUMBERS.where(np.random.default_rng(0).random(NUMBERS.shape) > 0.02)
    native = make_pipeline(KNNImputer(), LogisticRegression()).fit(gappy, POSITIVE)
    features = tuple(Feature(name=n, label=n, kind="number", missing="unknown") for n in NUMBERS)

    assert opened(native, gappy, features=features).encoding("yes") is None
    assert opened(
        make_pipeline(SimpleImputer(), LogisticRegression()).fit(gappy, POSITIVE), gappy, features=features
    ).encoding("yes")


def test_a_booster_behind_a_sparse_encoder_reads_zeros_as_gaps_and_is_not_laid_open() -> None:
    native = make_pipeline(
        ColumnTransformer([("t", OneHotEncoder(), HOMES[1])], remainder="passthrough", sparse_threshold=1.0),
        xgboost.XGBClassifier(n_estimators=5),
    ).fit(PEOPLE, REPAID)

    model = opened(native, PEOPLE)

    assert model.encoding("yes") is None
    assert model.score(PEOPLE, "yes") == pytest.approx(native.predict_proba(PEOPLE)[:, 1], abs=1e-6)


def test_a_function_of_text_is_not_laid_open() -> None:
    model = opened(lambda table: np.where(table["home"] == "own", 0.9, 0.1), PEOPLE)

    assert model.encoding("yes") is None


def test_the_place_of_the_target_among_the_estimators_own_outcomes_is_told() -> None:
    outcomes = tuple(Outcome(name=f"class {k}", key=k) for k in ("2", "0", "1"))
    model = opened(LogisticRegression().fit(NUMBERS, np.arange(300) % 3), NUMBERS, outcomes=outcomes)

    assert [model.encoding(t).position for t in model.schema.targets] == [2, 0, 1]
