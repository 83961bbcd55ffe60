"""Models that Plainwhy trains itself, and what they say of rows they have not seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from explainers.base import Array, Feature, Frame, Schema
from explainers.errors import InputError, ModelError
from explainers.models.labels import spelled

LARGE = 5_000
"""Rows above which boosting looks at half of them, and half of the columns, at a time."""
FOLDS = 5
ENOUGH = 500
"""Held-out rows above which no out-of-fold scores are added."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Task:
    """What a model is to learn.

    `truth` (n,) is the key of each row's outcome, or the quantity; `learn` (n,) marks the rows to learn from.
    """

    frame: Frame
    truth: npt.NDArray[Any]
    schema: Schema
    learn: npt.NDArray[np.bool_]
    seed: int = 0

    def only(self, learn: npt.NDArray[np.bool_]) -> Task:
        """The same task with other rows to learn from."""
        return Task(frame=self.frame, truth=self.truth, schema=self.schema, learn=learn, seed=self.seed)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trained:
    """A fitted pipeline and its scores of rows it has not seen.

    `learn` (n,) marks the rows it was fitted on. `scores` (m, k) are in the order of `schema.targets`, of the rows at
    `places` (m,): the held-out rows and, where these are few, the learned ones out of fold. `truth` (m,) is the place
    of each row's outcome among the targets, or the quantity.
    """

    estimator: Any
    learn: npt.NDArray[np.bool_]
    places: npt.NDArray[np.int64]
    scores: Array
    truth: Array


def split(target: pd.Series[Any], seed: int = 0) -> npt.NDArray[np.bool_]:
    """Marks three quarters of the rows (of each outcome's, where the target is no float) to learn from, shape (n,)."""
    rng = np.random.default_rng(seed)
    text = not pd.api.types.is_float_dtype(target.dtype)
    learn = np.ones(len(target), dtype=bool)
    for places in _by_outcome(target.to_numpy(), text):
        learn[rng.permutation(places)[: round(len(places) / 4)]] = False
    return learn


def train(method: str, frame: Frame, target: pd.Series[Any], schema: Schema, seed: int = 0) -> Trained:
    """Fits one of METHODS to three quarters of the rows (`split`).

    `target` holds outcomes by name or by key, or the quantity. Raises ModelError E203 for a method that is not
    installed, InputError E104 for an outcome that is not in the schema, KeyError for an unknown method.
    """
    truth = keys(target, schema)
    return fit(method, Task(frame=frame, truth=truth, schema=schema, learn=split(pd.Series(truth), seed), seed=seed))


def fit(method: str, task: Task) -> Trained:
    """Fits one of METHODS to the rows marked, and scores the others."""
    estimator = _fitted(method, task)
    places, scores = np.flatnonzero(~task.learn), [_scores(estimator, task, ~task.learn)]
    if len(places) < ENOUGH:
        for fold in _folds(task):
            held = task.learn & fold
            places = np.concatenate([places, np.flatnonzero(held)])
            scores.append(_scores(_fitted(method, task.only(task.learn & ~fold)), task, held))
    return Trained(
        estimator=estimator, learn=task.learn, places=places, scores=np.concatenate(scores), truth=_places(task)[places]
    )


def keys(target: pd.Series[Any], schema: Schema) -> npt.NDArray[Any]:
    """The key of each row's outcome, however the data write it, or the quantity. Raises InputError E104."""
    if schema.quantity is not None:
        return target.to_numpy(dtype="float64")
    known = {spelled(o.key): o.key for o in schema.outcomes}
    named = {o.name: o.key for o in schema.outcomes}
    found = [named.get(str(v), known.get(spelled(v))) for v in target]
    if None in found:
        row = found.index(None)
        raise InputError(
            "E104",
            f"The outcome {target.iloc[row]!s:.40} in row {row + 1} is not one of: {', '.join(named)}.",
            where=f"row {row + 1}",
        )
    return np.array(found, dtype=object)


def _fitted(method: str, task: Task) -> Any:
    from sklearn.pipeline import Pipeline

    estimator = METHODS[method](task)
    pipeline = Pipeline([("columns", _columns(task, scaled=method == "logistic")), ("model", estimator)])
    return pipeline.fit(task.frame.loc[task.learn, list(task.schema.inputs)], task.truth[task.learn])


def _columns(task: Task, *, scaled: bool) -> Any:
    """Numbers with their gaps marked and filled; categories as one column a category, a gap being one of its own."""
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    inputs = [f for f in task.schema.features if f.input]
    numbers, texts = [f.name for f in inputs if f.numeric], [f for f in inputs if not f.numeric]
    fill = SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True)
    encode = OneHotEncoder(categories=[_values(f) for f in texts], sparse_output=False)
    return ColumnTransformer(
        [
            *([("numbers", make_pipeline(fill, StandardScaler()) if scaled else fill, numbers)] if numbers else []),
            *([("categories", encode, [f.name for f in texts])] if texts else []),
        ],
        sparse_threshold=0,
    )


def _values(feature: Feature) -> npt.NDArray[Any]:
    gap = [np.nan] if feature.missing == "unknown" else []
    return np.array([*sorted(feature.categories), *gap], dtype=object)


def _logistic(task: Task) -> Any:
    """Logistic regression; of a quantity the linear model of the same kind, ridge regression."""
    from sklearn.linear_model import LogisticRegression, Ridge

    return Ridge() if task.schema.quantity is not None else LogisticRegression(max_iter=5_000)


def _gradient_boosting(task: Task) -> Any:
    """100 trees of depth 3. Not the histogram kind, whose margins shap gets wrong."""
    from sklearn.ensemble import GradientBoostingClassifier, GradientBoostingRegressor

    kind = GradientBoostingRegressor if task.schema.quantity is not None else GradientBoostingClassifier
    part = 0.5 if int(task.learn.sum()) > LARGE else 1.0
    return kind(random_state=task.seed % 2**32, subsample=part, max_features=part if part < 1 else None)


def _random_forest(task: Task) -> Any:
    """100 trees of depth 8, on one thread: their order of addition is part of the result."""
    from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor

    kind = RandomForestRegressor if task.schema.quantity is not None else RandomForestClassifier
    return kind(max_depth=8, min_samples_leaf=2, random_state=task.seed % 2**32, n_jobs=1)


def _explainable_boosting(task: Task) -> Any:
    try:
        glassbox = import_module("interpret.glassbox")
    except ImportError as error:
        raise ModelError("E203", "The method explainable_boosting needs the package interpret-core.", where="model",
                         hint="Install it: pip install interpret-core") from error  # fmt: skip
    quantity = task.schema.quantity is not None
    kind = glassbox.ExplainableBoostingRegressor if quantity else glassbox.ExplainableBoostingClassifier
    return kind(random_state=task.seed % 2**32, n_jobs=1)


METHODS: MappingProxyType[str, Callable[[Task], Any]] = MappingProxyType(
    {
        "logistic": _logistic,
        "gradient_boosting": _gradient_boosting,
        "random_forest": _random_forest,
        "explainable_boosting": _explainable_boosting,
    }
)


def _scores(estimator: Any, task: Task, rows: npt.NDArray[np.bool_]) -> Array:
    """Shape (rows, targets), in the schema's order; an outcome that was not among the learned rows gets 0."""
    frame = task.frame.loc[rows, list(task.schema.inputs)]
    scores = np.zeros((len(frame), len(task.schema.targets)))
    if not len(frame):
        return scores
    if task.schema.quantity is not None:
        scores[:, 0] = estimator.predict(frame)
        return scores
    order = [o.key for o in task.schema.outcomes]
    scores[:, [order.index(key) for key in estimator.classes_]] = estimator.predict_proba(frame)
    return scores


def _places(task: Task) -> Array:
    if task.schema.quantity is not None:
        return task.truth.astype("float64")
    order = {o.key: float(place) for place, o in enumerate(task.schema.outcomes)}
    return np.array([order[key] for key in task.truth])


def _folds(task: Task) -> list[npt.NDArray[np.bool_]]:
    """Five parts of the rows to learn from, alike in outcomes, each as a mask over all rows."""
    fold = np.full(len(task.learn), -1)
    rng = np.random.default_rng(task.seed + 1)
    for places in _by_outcome(task.truth, task.schema.quantity is None):
        mine = rng.permutation(places[task.learn[places]])
        fold[mine] = np.arange(len(mine)) % FOLDS
    return [fold == k for k in range(FOLDS)]


def _by_outcome(truth: npt.NDArray[Any], text: bool) -> list[npt.NDArray[np.int64]]:
    """The rows of each outcome in order of appearance (so its spelling does not matter), or all rows of a quantity."""
    if not text:
        return [np.arange(len(truth))]
    written = truth.astype(str)
    return [np.flatnonzero(written == value) for value in dict.fromkeys(written)]
