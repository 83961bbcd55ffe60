"""LIME: what a simple model of the score says, fitted to made-up cases around one case."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from explainers.attribution.assemble import Evidence, assemble, rows, seed
from explainers.attribution.reference import sample
from explainers.base import Array, Feature, Frame, Model
from explainers.errors import ModelError
from explainers.evidence import Attributions

UNKNOWN = "\0"
"""What stands for a gap among the categories of a feature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lime:
    """Local interpretable model-agnostic explanations (Ribeiro et al., 2016) by `lime`, in the unit of the score.

    Features of made-up cases are drawn one by one from the reference sample, so most of these cases are like nobody;
    ridge regression says what it is worth to be in the same quarter (or category) as the case. Weights depend on how
    near is near (the kernel of `lime`) and on chance: `runs` fits of `samples` cases give their standard errors. They
    sum to the fit's own score less its intercept, not to the score less the starting point; see
    `Attribution.residual`. Numbers must be known, both in the case and in the reference sample.
    """

    name: ClassVar[str] = "lime"
    exact: ClassVar[bool] = False
    samples: int = 1_000
    runs: int = 10
    blocks: int = 10
    """Of the reference sample, from whose rows the starting point is computed."""

    def supports(self, model: Model, target: str) -> bool:  # noqa: ARG002 - the target does not matter
        return not model.reference[[f.name for f in _inputs(model) if f.kind == "number"]].isna().any(axis=None)

    def explain(self, model: Model, cases: Frame, target: str) -> Attributions:
        coding = _coding(model)
        matrix = coding.codes(cases)
        if not self.supports(model, target) or np.isnan(matrix).any():
            raise ModelError(
                "E217",
                "The method lime cannot explain this: it needs every number to be known.",
                where="model",
                hint='Name another method: [model] explain = "occlusion".',
            )
        seeds = [seed(self, model, row) for row in rows(cases, model.schema.inputs)]
        blocks = [self._fits(coding, cases.iloc[[i]], target, seeds[i]) for i in range(len(cases))]
        found = Evidence(method=self, sample=sample(model, target, self.blocks), blocks=np.stack(blocks), bound=None)
        return assemble(found, model, cases, target)

    def _fits(self, coding: _Coding, case: Frame, target: str, seed: int) -> Array:
        """The weights of each fit around one case, (runs, d)."""
        codes, fits = coding.codes(case)[0], _Fits(runs=self.runs)
        coding.around(seed).explain_instance(
            codes,
            lambda made: coding.model.score(coding.frame(made, case), target),
            num_features=len(codes),
            num_samples=self.samples * self.runs,
            model_regressor=fits,
        )
        return fits.blocks


@dataclass(kw_only=True)
class _Fits:
    """The regression that `lime` fits, once for each part of the made-up cases."""

    runs: int
    blocks: Array = field(default_factory=lambda: np.empty(0))

    def fit(self, cases: Array, scores: Array, sample_weight: Array) -> None:
        from sklearn.linear_model import Ridge

        parts = [slice(part, None, self.runs) for part in range(self.runs)]
        ridges = [Ridge().fit(cases[part], scores[part], sample_weight=sample_weight[part]) for part in parts]
        self.blocks = np.stack([ridge.coef_ for ridge in ridges])
        self.coef_, self.intercept_ = self.blocks.mean(axis=0), float(np.mean([ridge.intercept_ for ridge in ridges]))

    def predict(self, cases: Array) -> Array:
        told: Array = cases @ self.coef_ + self.intercept_
        return told

    def score(self, cases: Array, scores: Array, sample_weight: Array) -> float:
        from sklearn.metrics import r2_score

        return float(r2_score(scores, self.predict(cases), sample_weight=sample_weight))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Coding:
    """Cases as the numbers that `lime` takes: a category by its place among `values`."""

    model: Model
    features: tuple[Feature, ...]
    values: tuple[tuple[Any, ...], ...]
    """Of each feature that is not a number, else nothing."""

    def codes(self, frame: Frame) -> Array:
        """Shape (n, features); NaN for a number that is not known."""
        columns = [
            frame[f.name].map({value: float(i) for i, value in enumerate(values)}).fillna(float(len(values) - 1))
            if values
            else frame[f.name]
            for f, values in zip(self.features, self.values, strict=True)
        ]
        return np.column_stack([column.to_numpy(dtype="float64") for column in columns])

    def frame(self, codes: Array, case: Frame) -> Frame:
        """Codes as cases; what the model is not shown stays as in `case`."""
        found = case.iloc[np.zeros(len(codes), dtype=int)].reset_index(drop=True)
        columns = {}
        for j, (feature, values) in enumerate(zip(self.features, self.values, strict=True)):
            if values:
                told = [None if values[int(code)] is UNKNOWN else values[int(code)] for code in codes[:, j]]
                columns[feature.name] = pd.Series(told, dtype=found[feature.name].dtype)
            else:
                columns[feature.name] = pd.Series(np.round(codes[:, j]) if feature.whole else codes[:, j])
        return found.assign(**columns)

    def around(self, seed: int) -> Any:
        """An explainer of `lime` that makes up cases like those of the reference sample."""
        try:
            from lime.lime_tabular import LimeTabularExplainer
        except ModuleNotFoundError as error:
            raise ModelError(
                "E203", "The method lime needs the package lime, which is not installed.", where="model",
                hint="Install it: pip install plainwhy[lime]",
            ) from error  # fmt: skip
        return LimeTabularExplainer(
            self.codes(self.model.reference),
            mode="regression",  # of the score of one outcome, or of the quantity
            feature_names=[f.name for f in self.features],
            categorical_features=[j for j, values in enumerate(self.values) if values],
            feature_selection="none",
            random_state=seed,
        )


def _inputs(model: Model) -> tuple[Feature, ...]:
    return tuple(model.schema.feature(name) for name in model.schema.inputs)


@lru_cache(maxsize=16)
def _coding(model: Model) -> _Coding:
    features = _inputs(model)
    return _Coding(model=model, features=features, values=tuple(_values(f) for f in features))


def _values(feature: Feature) -> tuple[Any, ...]:
    if feature.kind == "number":
        return ()
    return (*((0.0, 1.0) if feature.numeric else feature.categories), UNKNOWN)
