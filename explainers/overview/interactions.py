"""Interactions: how far what two features do together is more than what each does alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from explainers.base import Array, Frame, Model

MOST_ROWS, FEWEST_ROWS = 40, 10
MOST_FEATURES = 5
FLOOR = 0.1
"""A smaller H is hardly any interaction: at most 1 % of the variance of what the two do together."""
CLEAR = 0.3
NOTHING = 1e-12
"""Of the variance of all margins: a pair that moves less moves nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two features or declared groups and their H, 0 where each acts by itself."""

    first: str
    second: str
    strength: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Interactions:
    """Pairwise H-statistics (Friedman and Popescu, 2008, equation 44, its square root) over `rows` rows.

    H² is the share of the variance of the joint partial dependence of two features that the sum of their single ones
    leaves over, in margins. All partial dependences are means over the same rows, so H is exactly 0 where the margin
    adds up. Values are combined that may never occur together where features go together, and computed features stay
    as they are. H is a share of what the pair does: of a pair that does little, a large H is little. What only three
    features do together is not seen.
    """

    rows: int
    pairs: tuple[Pair, ...]


def interactions(model: Model, rows: Frame, features: Sequence[str], target: str) -> Interactions:
    """The pairs among the first five features or groups, the strongest first, over at most 40 of the rows.

    One call of the model for each feature and each pair, of 1,600 rows at most. Raises ModelError E210 to E215.
    """
    size = min(MOST_ROWS, len(rows))
    chosen = np.sort(np.random.default_rng(0).permutation(len(rows))[:size])
    sample = rows.iloc[chosen].reset_index(drop=True)
    told = features[:MOST_FEATURES]
    least = NOTHING * float(model.margin(sample, target).var())
    alone = {name: _dependence(model, sample, (name,), target) for name in told}
    pairs = []
    for first, second in combinations(told, 2):
        joint = _dependence(model, sample, (first, second), target)
        strength = _strength(joint, alone[first] + alone[second], least)
        pairs.append(Pair(first=first, second=second, strength=strength))
    return Interactions(rows=size, pairs=tuple(sorted(pairs, key=lambda pair: -pair.strength)))


def _strength(joint: Array, apart: Array, least: float) -> float:
    """H from the centred dependences (n,) on both together and on each alone, summed."""
    whole = float(np.mean(joint**2))
    return float(np.sqrt(np.mean((joint - apart) ** 2) / whole)) if whole > least else 0.0


def _dependence(model: Model, rows: Frame, names: Sequence[str], target: str) -> Array:
    """The partial dependence of the margin on features or groups at the values of each row, centred. Shape (n,)."""
    n, schema = len(rows), model.schema
    moved = [name for name in schema.inputs if schema.group_of(name) in names]
    mixed = rows.iloc[np.tile(np.arange(n), n)].reset_index(drop=True)
    mixed[moved] = rows[moved].iloc[np.repeat(np.arange(n), n)].reset_index(drop=True)
    means: Array = model.margin(mixed, target).reshape(n, n).mean(axis=1)
    centred: Array = means - means.mean()
    return centred
