"""Sampled attributions of any model that can be called: antithetic permutations, all of a case in one call."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from explainers.attribution.assemble import Evidence, assemble, rows, seed
from explainers.attribution.reference import sample
from explainers.base import Array, Frame, Model
from explainers.evidence import Attributions

Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampledShap:
    """Permutation sampling of Shapley values (Castro et al., 2009; antithetic pairs: Mitchell et al., 2022).

    Every reference row is used, each with its own random orders and the reverse of them; the walk from the row to the
    case telescopes, so weights add up exactly. Exact for models with interactions of two features at most. Works on
    raw columns; the players are the features the model sees, independent of one another.

    `permutations` is the least number of pairs for a case and `most` the greatest, shared out over the reference rows.
    More than the least are drawn where chance would move a weight by more than `precision` of the range of margins
    (one standard error, from pairs of the same row).
    """

    name: ClassVar[str] = "sampled_shap"
    exact: ClassVar[bool] = False
    permutations: int = 1_000
    most: int = 20_000
    precision: float = 0.004
    blocks: int = 10
    rows_at_once: int = 100_000

    def supports(self, model: Model, target: str) -> bool:  # noqa: ARG002 - whatever can be scored can be sampled
        return True

    def explain(self, model: Model, cases: Frame, target: str) -> Attributions:
        reference = sample(model, target, self.blocks)
        seeds = [seed(self, model, row) for row in rows(cases, model.schema.inputs)]
        blocks = [self._blocks(_Case.of(model, cases.iloc[[i]], target, self), seeds[i]) for i in range(len(cases))]
        return assemble(Evidence(method=self, sample=reference, blocks=np.stack(blocks)), model, cases, target)

    def _blocks(self, case: _Case, seed: int) -> Array:
        """The weights of one case against each block, in margins, (blocks, d)."""
        rng, count = np.random.default_rng(seed), case.starts.size
        weights = case.weights(rng, max(2, math.ceil(self.permutations / count)))
        more = self._needed(weights, float(np.ptp(case.starts))) - weights.shape[1]
        if more > 0:
            weights = np.concatenate([weights, case.weights(rng, more)], axis=1)
        means: Array = weights.mean(axis=1).reshape(*case.starts.shape, -1).mean(axis=1)
        return means

    def _needed(self, weights: Array, spread: float) -> int:
        """Pairs for each reference row that keep the standard error of every weight below the wanted precision."""
        noise, wanted = weights.var(axis=1, ddof=1).mean(axis=0).max(), self.precision * spread
        return math.ceil(min(noise / wanted**2, self.most) / len(weights)) if noise > 0 else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One case and the rows it is compared with. `pool` holds the reference rows and, last, the case."""

    model: Model
    target: str
    pool: Frame
    starts: Array
    end: float
    rows_at_once: int

    @classmethod
    def of(cls, model: Model, case: Frame, target: str, method: SampledShap) -> _Case:
        reference = sample(model, target, method.blocks)
        return cls(
            model=model,
            target=target,
            pool=pd.concat([reference.frame[list(case)], case], ignore_index=True),
            starts=reference.margins,
            end=float(model.margin(case, target)[0]),
            rows_at_once=method.rows_at_once,
        )

    def weights(self, rng: np.random.Generator, pairs: int) -> Array:
        """What each feature adds along `pairs` random orders and their reverses, (reference rows, pairs, d)."""
        count, features = self.starts.size, len(self.model.schema.inputs)
        ranks = rng.permuted(np.tile(np.arange(features), (count * pairs, 1)), axis=1)
        rows = np.repeat(np.arange(count), pairs)
        at_once = max(1, self.rows_at_once // (2 * features))
        parts = [slice(i, i + at_once) for i in range(0, len(rows), at_once)]
        found = [self._steps(rows[part], ranks[part]) for part in parts]
        return np.concatenate(found).reshape(count, pairs, features)

    def _steps(self, rows: Places, ranks: Places) -> Array:
        """What each feature adds when its turn comes, mean of both directions of each walk, (walks, d)."""
        inner = self._between(rows, ranks)
        inside = self.model.margin(inner, self.target) if len(inner) else np.empty(0)
        start = np.broadcast_to(self.starts.ravel()[rows][:, None, None], (len(rows), 2, 1))
        path = np.concatenate(
            [start, inside.reshape(len(rows), 2, -1), np.full((len(rows), 2, 1), self.end)],
            axis=2,
        )
        steps = np.diff(path, axis=2)
        # A row may score differently in the last bits at another place of a batch; an unused feature adds nothing.
        steps[np.abs(steps) < 1e-12 * np.abs(path).max()] = 0.0
        forth = np.take_along_axis(steps[:, 0], ranks, axis=1)
        back = np.take_along_axis(steps[:, 1], ranks.shape[1] - 1 - ranks, axis=1)
        means: Array = (forth + back) / 2
        return means

    def _between(self, rows: Places, ranks: Places) -> Frame:
        """The rows strictly between start and case, types kept: each walk in its order, then in reverse."""
        last, features = len(self.pool) - 1, ranks.shape[1]
        steps = np.arange(1, features)[None, :]
        columns = {}
        for name in self.pool:
            taken = np.full((len(rows), 2, features - 1), last)
            if name in self.model.schema.inputs:
                rank = ranks[:, [self.model.schema.inputs.index(name)]]
                changed = np.stack([rank < steps, features - 1 - rank < steps], axis=1)
                taken = np.where(changed, last, rows[:, None, None])
            columns[name] = self.pool[name].array.take(taken.ravel())
        return pd.DataFrame(columns)
