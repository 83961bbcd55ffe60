"""catboost models, with the columns they take as categories written as they were in training."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from explainers.base import Schema
from explainers.errors import DomainError
from explainers.models.native import Native, as_text, numbers_only

EXPONENT = ("Poisson", "Tweedie")
"""Losses of positive quantities: these models add up in logarithms."""


def catboost_native(model: Any) -> Native:
    """A catboost model, from a file or as its scikit-learn class. Asked on one thread: calls are many and small."""
    labels = tuple(np.asarray(model.classes_).tolist())
    exponent = str(model.get_all_params().get("loss_function", "")).startswith(EXPONENT)
    kind = "Probability" if labels else "Exponent" if exponent else "RawFormulaVal"
    own = tuple(map(str, model.feature_names_))
    named = own != tuple(map(str, range(len(own))))
    texts = frozenset(own[place] for place in model.get_cat_feature_indices())

    def encode(table: pd.DataFrame) -> Any:
        if not named and not texts:
            return numbers_only(table)
        placed = table.set_axis(own, axis=1)
        return placed.assign(**{name: as_text(placed[name]).astype("category") for name in texts})

    def settle(native: Native, schema: Schema, table: pd.DataFrame) -> Native:
        _told_as_categories(schema, table.set_axis(own, axis=1)[sorted(texts)])
        return native

    return Native(
        estimator=model,
        encode=encode,
        scores=lambda rows: model.predict(rows, prediction_type=kind, thread_count=1),
        margins=None
        if len(labels) > 2
        else lambda rows: model.predict(rows, prediction_type="RawFormulaVal", thread_count=1),
        labels=labels or None,
        names=own if named else None,
        width=len(own),
        settle=settle,
    )


def _told_as_categories(schema: Schema, table: pd.DataFrame) -> None:
    """DomainError E604 for yes and no that the model knows as words: which ones is not in its file."""
    flags = {f.name for f in schema.features if f.kind == "flag"}
    for name in table:
        if name in flags and table[name].dtype == "float64" and not table[name].hasnans:
            raise DomainError(
                "E604",
                f"The model takes *{name}* as a category of words, and it is described as a flag.",
                where=f"features.{name}",
                hint='Describe it as kind = "category".',
            )
