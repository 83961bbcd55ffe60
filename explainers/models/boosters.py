"""xgboost and lightgbm models, as their scikit-learn classes or as bare boosters from a file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from explainers.base import Array
from explainers.models.native import Native, as_it_is, numbers_only, two_columns
from explainers.models.units import sigmoid


def xgboost_native(model: Any) -> Native:
    """An xgboost model. Two outcomes come as two columns, labelled as the classes or, of a bare booster, 0 and 1."""
    booster = model.get_booster() if hasattr(model, "get_booster") else model
    learner = json.loads(booster.save_config())["learner"]
    objective = learner["objective"]["name"]
    ask = _XgboostCall.of(model, booster)
    names = tuple(booster.feature_names) if booster.feature_names else None
    classes = int(learner["learner_model_param"]["num_class"]) or 2
    scores: Callable[[Any], Any] = {"multi:softmax": ask.softmax, "binary:logitraw": ask.logistic}.get(
        objective, ask.scores
    )
    classifies = objective.startswith(("binary:", "multi:"))
    return Native(
        estimator=model,
        encode=numbers_only if names is None else as_it_is,
        scores=(lambda x: two_columns(scores(x))) if classifies else scores,
        margins=None if objective.startswith("multi:") else ask.margins,
        labels=tuple(getattr(model, "classes_", range(classes))) if classifies else None,
        names=names,
        width=booster.num_features(),
        categorical=_xgboost_categories(booster),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _XgboostCall:
    """Calls of one booster, with the trees (`rounds`) and the sign of a gap that the model itself would use."""

    booster: Any
    rounds: tuple[int, int]
    gap: float

    @classmethod
    def of(cls, model: Any, booster: Any) -> _XgboostCall:
        stopped = booster is not model and hasattr(model, "best_iteration")
        return cls(
            booster=booster,
            rounds=(0, model.best_iteration + 1) if stopped else (0, 0),
            gap=getattr(model, "missing", np.nan),
        )

    def _predict(self, rows: Any, *, margin: bool) -> Any:
        from xgboost import DMatrix

        matrix = DMatrix(rows, missing=self.gap, enable_categorical=True)
        return self.booster.predict(matrix, output_margin=margin, iteration_range=self.rounds)

    def scores(self, rows: Any) -> Any:
        return self._predict(rows, margin=False)

    def margins(self, rows: Any) -> Any:
        return self._predict(rows, margin=True)

    def logistic(self, rows: Any) -> Array:
        return sigmoid(np.asarray(self.margins(rows), dtype="float64"))

    def softmax(self, rows: Any) -> Array:
        margins = np.asarray(self.margins(rows), dtype="float64")
        odds = np.exp(margins - margins.max(axis=1, keepdims=True))
        shares: Array = odds / odds.sum(axis=1, keepdims=True)
        return shares


def _xgboost_categories(booster: Any) -> Mapping[str, tuple[object, ...]]:
    types = booster.feature_types or ()
    if "c" not in types:
        return {}
    wanted = [name for name, type_ in zip(booster.feature_names, types, strict=True) if type_ == "c"]
    stored = dict(booster.get_categories(export_to_arrow=True).to_arrow() or ()) if _stores(booster) else {}
    return {n: tuple(stored[n].to_pylist()) if stored.get(n) is not None else () for n in wanted}


def _stores(booster: Any) -> bool:
    return hasattr(booster, "get_categories")  # since xgboost 3.1


def lightgbm_native(model: Any) -> Native:
    """A lightgbm model. It ignores the names of columns, so their order is ours to keep."""
    booster = getattr(model, "booster_", model)
    settings = booster.params
    objective = str(settings.get("objective", "")).split(" ")[0]
    classifies = objective in ("binary", "multiclass", "multiclassova") or hasattr(model, "classes_")
    classes = max(2, booster.num_model_per_iteration())
    own = tuple(getattr(model, "feature_names_in_", booster.feature_name()))
    names = None if all(re.fullmatch(r"Column_\d+", n) for n in own) else own
    places = settings.get("categorical_feature") or settings.get("categorical_column") or ()
    values = zip(places, booster.pandas_categorical or (), strict=False)
    return Native(
        estimator=model,
        encode=numbers_only if names is None else as_it_is,
        scores=(lambda x: two_columns(booster.predict(x))) if classifies else booster.predict,
        margins=(lambda x: booster.predict(x, raw_score=True)) if classes == 2 else None,
        labels=tuple(getattr(model, "classes_", range(classes))) if classifies else None,
        names=names,
        width=len(own),
        categorical={own[place]: tuple(listed) for place, listed in values},
    )
