"""Attributions of models that can be differentiated: gradients along the way from every reference row to the case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ClassVar, Protocol, runtime_checkable

import numpy as np

from explainers.attribution.assemble import Evidence, assemble, not_additive
from explainers.attribution.encoding import Encoding, encoding_of, fold
from explainers.attribution.reference import Sample, sample
from explainers.base import Array, Frame, Model
from explainers.errors import ModelError
from explainers.evidence import Attributions

TRIAL, EASY = 4, 128
"""Rows of the reference sample on which gradients must add up before the method is trusted with a model; in how many
steps. A model too steep for that (saturated probabilities, say) is sampled sooner than differentiated."""


@runtime_checkable
class Differentiable(Protocol):
    """A final estimator that computes with torch tensors."""

    def tensor(self, rows: Array) -> Any:
        """Encoded rows as a tensor (n, columns)."""

    def margin(self, rows: Any, position: int) -> Any:
        """The margin of the outcome at a position, as a tensor (n,)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegratedGradients:
    """Integrated gradients (Sundararajan et al., 2017) by `captum`, averaged over the reference sample.

    Every reference row is a baseline, as in expected gradients (Erion et al., 2021), but none is drawn by chance. The
    Aumann-Shapley values of the margin: exact for linear models, and other than Shapley values where features interact
    in more than pairs. The way passes through values between codes and between 0 and 1, which no case may have.

    Integrals are sums over `steps` points, doubled up to `most` until the weights of a case miss its margin by at most
    `complete` of the range of margins, below the digits that are told, and no weight moved by more than `precision` of
    it: as far as chance may move those of sampled SHAP. What is missing is reported as residual.
    """

    name: ClassVar[str] = "integrated_gradients"
    exact: ClassVar[bool] = False
    steps: int = 16
    most: int = 1_024
    complete: float = 0.001
    precision: float = 0.004
    blocks: int = 10
    rows_at_once: int = 20_000

    def supports(self, model: Model, target: str) -> bool:
        return _supports(self, model, target)

    def explain(self, model: Model, cases: Frame, target: str) -> Attributions:
        way = _Way.of(self, model, target)
        if way is None:
            raise ModelError("E217", f"The method {self.name} cannot explain {model.name}.", hint="Use sampled_shap.")
        weights = way.weights(model.margin(cases, target), cases)
        evidence = Evidence(method=self, sample=way.sample, blocks=weights, bound=self.complete * way.spread)
        return assemble(evidence, model, cases, target)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """From the encoded rows of the reference sample to a case, for one target of a model."""

    method: IntegratedGradients
    encoding: Encoding
    estimator: Differentiable
    position: int
    features: tuple[str, ...]
    sample: Sample
    starts: Any

    @classmethod
    def of(cls, method: IntegratedGradients, model: Model, target: str) -> _Way | None:
        encoding = encoding_of(model, target)
        if encoding is None or not isinstance(encoding.estimator, Differentiable):
            return None
        reference = sample(model, target, method.blocks)
        return cls(
            method=method,
            encoding=encoding,
            estimator=encoding.estimator,
            position=encoding.position,
            features=model.schema.inputs,
            sample=reference,
            starts=encoding.estimator.tensor(encoding.matrix(reference.frame)),
        )

    @property
    def spread(self) -> float:
        """The range of margins."""
        return float(np.ptp(self.sample.margins))

    def weights(self, margins: Array, cases: Frame) -> Array:
        """In margins, (n, blocks, features). Raises ModelError E216."""
        ends = self.estimator.tensor(self.encoding.matrix(cases))
        folded = fold(self.encoding, self.features)
        return np.stack([self._blocks(ends[[i]], margin) @ folded for i, margin in enumerate(margins)])

    def _blocks(self, end: Any, margin: float) -> Array:
        """The weights of one case's encoded columns, (blocks, columns), in as many steps as it takes."""
        steps, found = self.method.steps, self._integrated(end, self.method.steps)
        while steps < self.method.most:
            steps, before, found = 2 * steps, found, self._integrated(end, 2 * steps)
            missed = abs(found.mean(axis=0).sum() + self.sample.base - margin)
            moved = np.abs((found - before).mean(axis=0)).max()
            if missed <= self.method.complete * self.spread and moved <= self.method.precision * self.spread:
                return found
        raise not_additive(f"method {self.method.name}")

    def _integrated(self, end: Any, steps: int) -> Array:
        """What each encoded column adds on the way from the reference rows, (blocks, columns)."""
        from captum.attr import IntegratedGradients as Captum

        try:
            # One sum, for rows do not touch each other: captum would hand torch as many outputs as there are rows.
            found = Captum(lambda rows: self.estimator.margin(rows, self.position).sum(dim=0, keepdim=True)).attribute(
                end.repeat(len(self.starts), 1),
                self.starts,
                n_steps=steps,
                method="riemann_middle",  # steps of 1 / 2^k: captum rounds other widths to single precision
                internal_batch_size=max(self.method.rows_at_once, len(self.starts)),
            )
        except (RuntimeError, AssertionError) as error:  # torch and captum where there is nothing to differentiate
            raise not_additive(f"method {self.method.name}") from error
        blocks: Array = self.sample.by_block(found.numpy(force=True).astype("float64")).mean(axis=1)
        return blocks


@lru_cache(maxsize=64)
def _supports(method: IntegratedGradients, model: Model, target: str) -> bool:
    """Whether the gradients of some reference rows add up; they do not where a module rounds or looks up codes."""
    way = _Way.of(replace(method, most=min(EASY, method.most)), model, target)
    if way is None:
        return False
    rows = way.sample.frame.head(TRIAL)
    try:
        way.weights(way.sample.margins.ravel()[:TRIAL], rows)
    except ModelError:
        return False
    return True
