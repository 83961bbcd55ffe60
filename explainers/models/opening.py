"""Any native model as a `Native`: scikit-learn estimators and pipelines, boosters, networks, plain functions."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pandas as pd

from explainers.base import Schema
from explainers.errors import ModelError
from explainers.models import guard
from explainers.models.boosters import lightgbm_native, xgboost_native
from explainers.models.catboost_models import catboost_native
from explainers.models.fitted import encoder_values
from explainers.models.native import Native, as_it_is, library, numbers_only, two_columns
from explainers.models.onnx_models import OnnxModel, onnx_native, session_native
from explainers.models.torch_modules import torch_native


def native_of(model: Any) -> Native:
    """What is known of a model before it is asked anything.

    Raises ModelError E201 for something that cannot be asked, E213 for a classifier that gives labels only.
    """
    if isinstance(model, Native):
        return model
    model = getattr(model, "best_estimator_", model)  # a search stands for the model it found
    if hasattr(model, "steps"):
        return _pipeline(model)
    if isinstance(model, OnnxModel):
        return onnx_native(model)
    match library(model):
        case "xgboost":
            return xgboost_native(model)
        case "lightgbm":
            return lightgbm_native(model)
        case "catboost":
            return catboost_native(model)
        case "onnxruntime":
            return session_native(model)
        case "torch":
            return torch_native(model)
    if hasattr(model, "predict_proba") or hasattr(model, "predict"):
        return _estimator(model)
    if callable(model):
        return Native(estimator=model, encode=as_it_is, scores=model)
    raise ModelError("E201", f"A {type(model).__name__} is not a model.", where="model",
                     hint="Give a fitted estimator, a booster, or a function from a table to scores.")  # fmt: skip


def settled(native: Native, schema: Schema, table: pd.DataFrame) -> Native:
    """What a model that says nothing of its input or output shows of them when it is asked for some rows.

    It gets a table or, where it cannot read one, an array. A single column is the probability of the favourable outcome
    or, where none is declared, of the one that sorts last (1, True, "yes"); more are taken in the schema's order.
    """
    if native.settle is not None:
        return replace(native.settle(native, schema, table), settle=None)
    table = table.head(5)
    if native.names is None and native.width is None and not _reads(native, table):
        bare = replace(native, encode=numbers_only)
        native = bare if _reads(bare, table) else native
    if native.labels is not None or schema.quantity is not None:
        return native
    keys = [outcome.key for outcome in schema.outcomes]
    found = guard.asked(lambda: native.scores(native.encode(table)))
    if len(keys) != 2 or found.size != len(table):
        return replace(native, labels=tuple(keys))
    told = next((o.key for o in schema.outcomes if o.name == schema.favourable), max(keys))
    others = tuple(key for key in keys if key != told)
    return replace(native, labels=(*others, told), scores=lambda rows: two_columns(native.scores(rows)))


def _reads(native: Native, table: pd.DataFrame) -> bool:
    try:
        native.scores(native.encode(table))
    except ModelError as error:  # from a process of its own
        if error.code == "E211":  # it hangs: to ask again would only take as long again
            raise
        return error.code != "E210"
    except Exception:  # nothing else tells what a function can read; a fault of its own shows when it is asked again
        return False
    return True


def _estimator(model: Any) -> Native:
    model = _single_threaded(model)
    names = getattr(model, "feature_names_in_", None)
    width = getattr(model, "n_features_in_", None)
    labels = getattr(model, "classes_", None)
    proba = hasattr(model, "predict_proba")
    if not proba and labels is not None:
        raise ModelError(
            "E213",
            f"{type(model).__name__} gives labels, not probabilities.",
            where="model",
            hint="Wrap it before training: sklearn.calibration.CalibratedClassifierCV(model).fit(X, y).",
        )
    return Native(
        estimator=model,
        encode=numbers_only if names is None and width is not None else as_it_is,
        scores=model.predict_proba if proba else model.predict,
        margins=model.decision_function if proba and hasattr(model, "decision_function") else None,
        labels=tuple(labels) if proba and labels is not None else None,
        names=None if names is None else tuple(names),
        width=width,
    )


def _pipeline(model: Any) -> Native:
    head, last = model[:-1], native_of(model.steps[-1][1])
    if not len(head):
        return last
    names, width = getattr(model, "feature_names_in_", None), getattr(model, "n_features_in_", None)
    nested = hasattr(model.steps[-1][1], "steps")
    first = numbers_only if names is None and width is not None else as_it_is

    def encode(table: pd.DataFrame) -> Any:
        rows = head.transform(first(table))
        return last.encode(rows) if nested else rows

    return replace(last, encode=encode, names=None if names is None else tuple(names), width=width,
                   categorical={}, values=encoder_values(head.steps))  # fmt: skip


def _single_threaded(model: Any) -> Any:
    """A forest on several threads adds its trees in any order, and the last digits with them."""
    if library(model) != "sklearn" or getattr(model, "n_jobs", None) in (None, 1):
        return model
    model = copy.copy(model)
    model.n_jobs = 1
    return model
