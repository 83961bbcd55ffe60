"""Exact attributions of linear models, in closed form: coefficient times distance from the reference mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import numpy as np

from explainers.attribution.assemble import DOUBLE, Evidence, additive, assemble
from explainers.attribution.encoding import Encoding, encoding_of, fold
from explainers.attribution.reference import sample
from explainers.base import Array, Frame, Model
from explainers.errors import ModelError
from explainers.evidence import Attributions


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """Shapley values of a linear final step (Lundberg and Lee, 2017, corollary 1), its columns folded back to features.

    Exact against the whole reference sample, for margins that are linear in the encoded columns: logistic, ridge,
    lasso, SGD and linear SVM models with two outcomes or a quantity. Features count as independent of one another.
    """

    name: ClassVar[str] = "linear"
    exact: ClassVar[bool] = True
    blocks: int = 10

    def supports(self, model: Model, target: str) -> bool:
        return _terms(model, target, self.blocks) is not None

    def explain(self, model: Model, cases: Frame, target: str) -> Attributions:
        terms = _terms(model, target, self.blocks)
        if terms is None:
            raise ModelError("E217", f"The method linear cannot explain {model.name}.", hint="Use sampled_shap.")
        evidence = Evidence(
            method=self,
            sample=sample(model, target, self.blocks),
            blocks=terms.of(cases)[:, None, :] - terms.means,
        )
        return assemble(evidence, model, cases, target)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Terms:
    """What each feature adds to a linear margin, up to a constant. `means` over each block, (blocks, d)."""

    encoding: Encoding
    coefficients: Array
    """Of the encoded columns, each in the place of its feature, (encoded columns, d)."""
    means: Array

    def of(self, frame: Frame) -> Array:
        """Shape (n, d)."""
        terms: Array = self.encoding.matrix(frame) @ self.coefficients
        return terms


@lru_cache(maxsize=64)
def _terms(model: Model, target: str, blocks: int) -> _Terms | None:
    """The terms of a model, None where its margin is not linear in what its final estimator sees."""
    encoding = encoding_of(model, target)
    if encoding is None:
        return None
    coefficients = np.ravel(np.asarray(getattr(encoding.estimator, "coef_", ()), dtype=float))
    if len(coefficients) != len(encoding.owners):
        return None
    reference, folded = sample(model, target, blocks), coefficients[:, None] * fold(encoding, model.schema.inputs)
    rows = encoding.matrix(reference.frame) @ folded
    for sign in (1.0, -1.0):  # coefficients speak for one of two outcomes
        if additive(sign * (rows - rows.mean(axis=0)), reference.margins.ravel(), reference.base, DOUBLE):
            means = reference.by_block(sign * rows).mean(axis=1)
            return _Terms(encoding=encoding, coefficients=sign * folded, means=means)
    return None
