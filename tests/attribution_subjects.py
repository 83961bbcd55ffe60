"""Models of every kind that a method of attribution supports, each with three cases to explain."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from sklearn.compose import make_column_transformer
from sklearn.ensemble import (
    ExtraTreesClassifier,
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    HistGradientBoostingClassifier,
    RandomForestClassifier,
)
from sklearn.impute import SimpleImputer
from sklearn.linear_model import Lasso, LogisticRegression, SGDClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler
from sklearn.svm import SVR
from sklearn.tree import DecisionTreeRegressor

from explainers.base import Array, Frame, Model
from explainers.models.tabular import open_model
from tests.models_by_hand import ByHand, applicants, numbers, repaid, schema_of

ROWS = 60
"""Of the reference samples."""


def columns(encoder: object, numbers_as: object = "passthrough") -> object:
    return make_column_transformer((encoder, ["home", "job"]), (numbers_as, ["income", "debt"]))


def on_applicants(head: object, last: object, gaps: float = 0.0) -> tuple[Model, Frame]:
    """A pipeline over applicants with one-decimal incomes, some of them unknown; and three cases."""
    frame = applicants(600)
    truth = repaid(frame)
    frame.loc[np.random.default_rng(5).random(len(frame)) < gaps, "income"] = np.nan
    fitted = make_pipeline(head, last).fit(frame, truth)
    reference = frame.iloc[:ROWS].reset_index(drop=True)
    model = open_model(fitted, schema_of(frame, ("declined", "approved")), reference, name="by hand")
    return model, frame.iloc[300:303].reset_index(drop=True)


def on_numbers(native: object, outcomes: int = 0, features: int = 4) -> tuple[Model, Frame]:
    frame = numbers(400, features)
    value = frame["a"] * frame["b"] + np.sin(2 * frame["c"]) + 0.3 * frame["a"]
    truth = value if not outcomes else np.digitize(value, np.quantile(value, np.arange(1, outcomes) / outcomes))
    schema = schema_of(frame, tuple(f"class {i}" for i in range(outcomes)))
    model = open_model(native.fit(frame, truth), schema, frame.iloc[:ROWS].reset_index(drop=True), name="by hand")
    return model, numbers(3, features, seed=9)


def formula(frame: Frame) -> Array:
    """Interactions of two and three features, a jump, text, gaps; "d" is unused."""
    a, b, c = (frame[n].fillna(0.5) for n in "abc")
    return (a * b * (c > 0) + np.sin(2 * a) * c + 2 * (frame["e"] == "high") * b).to_numpy()


def on_formula(sigmoid: bool) -> tuple[Model, Frame]:
    frame = numbers(ROWS + 3, 4).assign(e=pd.Series(["low", "high", "none"] * (ROWS // 3 + 1), dtype="str"))
    frame.iloc[::7, 0] = np.nan
    reference, cases = frame.iloc[:ROWS].reset_index(drop=True), frame.iloc[ROWS:].reset_index(drop=True)
    return ByHand(margin_of=formula, reference=reference, sigmoid=sigmoid), cases


def xgboost(**settings: object) -> object:
    return pytest.importorskip("xgboost").XGBClassifier(n_estimators=20, max_depth=4, n_jobs=1, **settings)


def lightgbm() -> object:
    return pytest.importorskip("lightgbm").LGBMClassifier(n_estimators=20, verbose=-1, n_jobs=1, min_child_samples=5)


def network(inputs: int, outputs: int, *last: object) -> object:
    """A module with weights drawn by chance."""
    import torch

    with torch.random.fork_rng():
        torch.manual_seed(inputs)
        layers = [torch.nn.Linear(inputs, 16), torch.nn.Tanh(), torch.nn.Linear(16, 16), torch.nn.ReLU()]
        return torch.nn.Sequential(*layers, torch.nn.Linear(16, outputs), *last)


def of_network(module: object, outcomes: int = 0) -> tuple[Model, Frame]:
    frame, cases = numbers(ROWS, 4), numbers(3, 4, seed=9)
    schema = schema_of(frame, tuple(f"class {i}" for i in range(outcomes)))
    return open_model(module, schema, frame, name="by hand"), cases


def of_network_behind(encoder: object, width: int) -> tuple[Model, Frame]:
    frame = applicants(300)
    pipeline = make_pipeline(columns(encoder, StandardScaler()).fit(frame), network(width, 1))
    model = open_model(pipeline, schema_of(frame, ("declined", "approved")), frame.head(ROWS), name="by hand")
    return model, frame.iloc[200:203].reset_index(drop=True)


ONE_HOT, ORDINAL = OneHotEncoder(), OrdinalEncoder()
GAPPED = columns(ONE_HOT, SimpleImputer(add_indicator=True))
SUBJECTS: dict[str, dict[str, Callable[[], tuple[Model, Frame]]]] = {
    "linear": {
        "logistic, one-hot": lambda: on_applicants(columns(ONE_HOT, StandardScaler()), LogisticRegression()),
        "logistic, gaps": lambda: on_applicants(GAPPED, LogisticRegression(max_iter=2000), gaps=0.2),
        "SGD": lambda: on_numbers(SGDClassifier(loss="log_loss", random_state=0), outcomes=2),
        "lasso": lambda: on_numbers(Lasso(alpha=0.01)),
        "linear SVR": lambda: on_numbers(SVR(kernel="linear")),
    },
    "tree_shap": {
        "boosting, one-hot": lambda: on_applicants(
            columns(ONE_HOT), GradientBoostingClassifier(n_estimators=30, max_depth=4, random_state=0)
        ),
        "boosting, gaps": lambda: on_applicants(
            GAPPED, GradientBoostingClassifier(n_estimators=30, random_state=0), gaps=0.2
        ),
        "forest, ordinal": lambda: on_applicants(columns(ORDINAL), RandomForestClassifier(20, random_state=0)),
        "forest, three": lambda: on_numbers(RandomForestClassifier(20, max_depth=5, random_state=0), outcomes=3),
        "extra trees": lambda: on_numbers(ExtraTreesClassifier(20, max_depth=5, random_state=0), outcomes=2),
        "boosting, quantity": lambda: on_numbers(GradientBoostingRegressor(n_estimators=30, random_state=0)),
        "one tree": lambda: on_numbers(DecisionTreeRegressor(max_depth=5, random_state=0)),
        "xgboost, one-hot, gaps": lambda: on_applicants(columns(OneHotEncoder(sparse_output=False)), xgboost(), 0.2),
        "xgboost": lambda: on_numbers(xgboost(), outcomes=2),
        "lightgbm, gaps": lambda: on_applicants(columns(ORDINAL).set_output(transform="pandas"), lightgbm(), 0.2),
    },
    "integrated_gradients": {
        "network, one-hot": lambda: of_network_behind(ONE_HOT, 7),
        "network, ordinal": lambda: of_network_behind(ORDINAL, 4),
        "network, one logit": lambda: of_network(network(4, 1), outcomes=2),
        "network, two logits": lambda: of_network(network(4, 2), outcomes=2),
        "network, three": lambda: of_network(network(4, 3), outcomes=3),
        "network, quantity": lambda: of_network(network(4, 1)),
    },
    "sampled_shap": {
        "formula": lambda: on_formula(sigmoid=False),
        "formula, two outcomes": lambda: on_formula(sigmoid=True),
        "boosting by histograms": lambda: on_applicants(
            columns(ORDINAL), HistGradientBoostingClassifier(max_iter=30, random_state=0), gaps=0.2
        ),
        "boosting, three": lambda: on_numbers(GradientBoostingClassifier(n_estimators=20, random_state=0), outcomes=3),
    },
    "occlusion": {
        "formula": lambda: on_formula(sigmoid=False),
        "formula, two outcomes": lambda: on_formula(sigmoid=True),
        "logistic, gaps": lambda: on_applicants(GAPPED, LogisticRegression(max_iter=2000), gaps=0.2),
        "forest, three": lambda: on_numbers(RandomForestClassifier(20, max_depth=5, random_state=0), outcomes=3),
    },
    "lime": {
        "boosting, one-hot": lambda: on_applicants(
            columns(ONE_HOT), GradientBoostingClassifier(n_estimators=30, random_state=0)
        ),
        "lasso": lambda: on_numbers(Lasso(alpha=0.01)),
        "forest, three": lambda: on_numbers(RandomForestClassifier(20, max_depth=5, random_state=0), outcomes=3),
    },
}
