"""Importance: how much each feature moves the score of many rows, on average, whichever way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from explainers.base import Model
from explainers.evidence import Attributions, Contribution, Explainer
from explainers.ties import grouped, ranked


@dataclass(frozen=True, slots=True, kw_only=True)
class Importance:
    """Mean |weight| of each declared group over `rows` rows, in the unit of the score; largest first.

    Errors are standard errors over rows. It says how much the model moves with a feature, not whether it should, nor
    which way; what two features only do together is shared between them.
    """

    method: str
    parameters: Mapping[str, object]
    model: str
    target: str
    rows: int
    features: tuple[Contribution, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values, as `from_json` reads them."""
        return asdict(replace(self, parameters=dict(self.parameters)))

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Importance:
        """What `to_json` gave, also after a way through JSON text."""
        features = tuple(
            Contribution(feature=f["feature"], weight=f["weight"], error=f["error"], tied_with=tuple(f["tied_with"]))
            for f in stored["features"]
        )
        return cls(
            method=stored["method"],
            parameters=stored["parameters"],
            model=stored["model"],
            target=stored["target"],
            rows=stored["rows"],
            features=features,
        )


def importance(model: Model, explainer: Explainer, target: str, rows: int) -> Importance:
    """The importance of all features for one target, over at most `rows` rows of the reference sample.

    Members of a group are summed before the absolute value is taken: what cancels within a group moves nothing.
    """
    size = min(rows, len(model.reference))
    chosen = np.sort(np.random.default_rng(0).permutation(len(model.reference))[:size])
    return importance_of(explainer.explain(model, model.reference.iloc[chosen].reset_index(drop=True), target), model)


def importance_of(found: Attributions, model: Model) -> Importance:
    """The importance over the cases of these attributions of a model."""
    groups = {name: model.schema.group_of(name) for name in found.features}
    names, weights = grouped(found.features, found.weights, groups)
    return Importance(
        method=found.method,
        parameters=found.parameters,
        model=model.version,
        target=found.target,
        rows=len(weights),
        features=tuple(ranked(names, np.abs(weights))),
    )
