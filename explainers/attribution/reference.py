"""The reference sample in equal blocks: what every method compares a case with, and where standard errors come from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from explainers.base import Array, Frame, Model


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The rows in use, block after block, and their margins, shape (blocks, rows of a block)."""

    frame: Frame
    margins: Array

    @property
    def blocks(self) -> int:
        return int(self.margins.shape[0])

    @property
    def base(self) -> float:
        """The mean margin of the rows in use: the starting point of every case."""
        return float(self.margins.mean())

    def by_block(self, values: Array) -> Array:
        """Values of the rows in use, (rows, …), as (blocks, rows of a block, …)."""
        return values.reshape(*self.margins.shape, *values.shape[1:])


@lru_cache(maxsize=64)
def sample(model: Model, target: str, blocks: int) -> Sample:
    """The reference sample of a model in `blocks` equal blocks, drawn once with a fixed seed.

    Rows beyond the largest multiple of `blocks` are left out; fewer rows than blocks give one row a block.
    """
    rows = len(model.reference)
    blocks = min(blocks, rows)
    # A stored sample may be sorted, and the blocks of a sorted sample would differ more than chance makes them.
    order = np.random.default_rng(0).permutation(rows)[: rows - rows % blocks]
    frame = model.reference.iloc[order].reset_index(drop=True)
    margins = model.margin(frame, target).reshape(blocks, -1)
    margins.flags.writeable = False
    return Sample(frame=frame, margins=margins)
