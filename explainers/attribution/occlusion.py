"""Occlusion: what the score loses when one feature falls back to its reference value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd

from explainers.attribution.assemble import Evidence, assemble
from explainers.attribution.reference import sample
from explainers.base import Feature, Frame, Model
from explainers.evidence import Attributions


@dataclass(frozen=True, slots=True, kw_only=True)
class Occlusion:
    """Leave-one-out attribution (Zeiler and Fergus, 2014), in the unit of the score.

    A feature falls back to its median in the reference sample, or to the most frequent category there. Works with any
    model and costs one prediction per feature and case. It is blind to interactions: of two features that only count
    together each gets the whole of it, of two that can stand in for each other neither gets anything. So weights need
    not add up to the score; see `Attribution.residual`. Exact in what it measures: nothing is drawn by chance.
    """

    name: ClassVar[str] = "occlusion"
    exact: ClassVar[bool] = True
    blocks: int = 10
    """Of the reference sample, from whose rows the starting point is computed."""

    def supports(self, model: Model, target: str) -> bool:  # noqa: ARG002 - whatever can be scored can be occluded
        return True

    def explain(self, model: Model, cases: Frame, target: str) -> Attributions:
        cases = cases.reset_index(drop=True)
        usual = [_occluded(model, cases, name) for name in model.schema.inputs]
        scores = model.score(pd.concat([cases, *usual], ignore_index=True), target).reshape(-1, len(cases))
        weights = (scores[0] - scores[1:]).T
        # A row may score differently in the last bits at another place of a batch; an unused feature loses nothing.
        weights[np.abs(weights) < 1e-12 * np.abs(scores).max(initial=0)] = 0.0
        found = Evidence(method=self, sample=sample(model, target, self.blocks), blocks=weights[:, None, :], bound=None)
        return assemble(found, model, cases, target)


def _occluded(model: Model, cases: Frame, name: str) -> Frame:
    """The cases with one feature at its reference value."""
    value = reference_value(model.reference[name], model.schema.feature(name))
    column = pd.Series([value] * len(cases), dtype=cases[name].dtype)
    return cases.assign(**{name: column})


def reference_value(column: pd.Series, feature: Feature) -> float | str | None:
    """The median of a number, the most frequent of other values (the first in order of equals); None if none is known.

    Of whole numbers it is the lower median, so that no case is scored that cannot be.
    """
    known = column.dropna()
    if known.empty:
        return None
    if feature.kind == "number":
        return float(np.quantile(known, 0.5, method="lower" if feature.whole else "linear"))
    values, counts = np.unique(known.to_numpy(), return_counts=True)
    usual = values[np.argmax(counts)]
    return float(usual) if feature.numeric else str(usual)
