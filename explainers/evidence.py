"""What an explainer finds: what each feature adds to a score, how sure that is, and whether it adds up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, Protocol

import numpy as np

from explainers.base import Array, Frame, Model


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one feature (or declared group) adds to one case's score, in the unit of the score.

    `error` is a standard error, None where there is none to know. `tied_with` names the neighbours in rank whose
    size cannot be told apart (|difference of sizes| < 2 standard errors of it).
    """

    feature: str
    weight: float
    error: float | None
    tied_with: tuple[str, ...] = ()
    members: tuple[Contribution, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether the sign is known: at least two standard errors away from zero."""
        return self.weight != 0 and (self.error is None or abs(self.weight) >= 2 * self.error)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One case's score told apart: base + sum of weights + residual = score. Largest contributions first."""

    method: str
    target: str
    base: float
    score: float
    residual: float
    seed: int
    contributions: tuple[Contribution, ...]
    margin_base: float
    margin: float

    @property
    def weights(self) -> dict[str, float]:
        return {c.feature: c.weight for c in self.contributions}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributions:
    """Many cases, columnar. n cases, b blocks of the reference sample, d features.

    `blocks` (n, b, d) holds the weights in margins against each of b equal blocks of the reference sample; their mean
    is the weight, their spread its standard error s / sqrt(b). `scale` (n,) turns margins into the unit of the score;
    it is 1 for methods that work in that unit, whose weights need not add up: then see `residuals`.
    """

    method: str
    parameters: Mapping[str, object]
    target: str
    features: tuple[str, ...]
    blocks: Array
    scale: Array
    base: Array
    scores: Array
    margin_base: float
    margins: Array
    seeds: tuple[int, ...]

    @property
    def weights(self) -> Array:
        """Shape (n, d), in the unit of the score."""
        mean: Array = self.blocks.mean(axis=1) * self.scale[:, None]
        return mean

    @property
    def errors(self) -> Array:
        """Standard errors of `weights`, shape (n, d)."""
        return standard_error(self.blocks) * np.abs(self.scale)[:, None]

    @property
    def residuals(self) -> Array:
        """score - base - sum of weights, shape (n,)."""
        left: Array = self.scores - self.base - self.weights.sum(axis=1)
        return left

    def row(self, i: int, groups: Mapping[str, str] = MappingProxyType({})) -> Attribution:
        """The attribution of case i, its features told in `groups` (feature -> group) where one is given."""
        from explainers.ties import contributions  # the ranking has a file of its own

        return Attribution(
            method=self.method,
            target=self.target,
            base=float(self.base[i]),
            score=float(self.scores[i]),
            residual=float(self.residuals[i]),
            seed=self.seeds[i],
            contributions=contributions(self.features, self.blocks[i] * self.scale[i], groups),
            margin_base=self.margin_base,
            margin=float(self.margins[i]),
        )


def standard_error(blocks: Array) -> Array:
    """Of the mean over blocks (axis 1), shape (n, b, d) -> (n, d): s / sqrt(b); zeros for a single block."""
    b = blocks.shape[1]
    if b < 2:
        return np.zeros((blocks.shape[0], blocks.shape[2]))
    error: Array = blocks.std(axis=1, ddof=1) / np.sqrt(b)
    return error


class Explainer(Protocol):
    """One method of attribution. Its fields are its parameters, so `asdict` is its audit record."""

    name: ClassVar[str]
    exact: ClassVar[bool]

    def supports(self, model: Model, target: str) -> bool: ...

    def explain(self, model: Model, cases: Frame, target: str) -> Attributions:
        """The attributions of every row of `cases`; ModelError E216 where weights do not add up to the margin."""
