"""The unit a model adds up in, and how it becomes the unit of the score."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from explainers.base import Array


def sigmoid(log_odds: Array) -> Array:
    """1 / (1 + exp(-x)), without overflow."""
    probability: Array = np.exp(-np.logaddexp(0.0, -log_odds))
    return probability


def logit(probability: Array, edge: float = 1e-6) -> Array:
    """log(p / (1 - p)), p first clipped to `edge` from 0 and 1."""
    p = np.clip(probability, edge, 1 - edge)
    odds: Array = np.log(p / (1 - p))
    return odds


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """`score` turns margins into scores; strictly increasing."""

    name: str
    score: Callable[[Array], Array]


SCORE = Unit(name="score", score=lambda margins: margins)
LOG_ODDS = Unit(name="log-odds", score=sigmoid)
LOG = Unit(name="logarithm", score=np.exp)
