"""Exact attributions of trees and their ensembles: interventional SHAP against the whole reference sample."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from explainers.attribution import plotless
from explainers.attribution.assemble import DOUBLE, SINGLE, Evidence, additive, assemble
from explainers.attribution.cells import Cells
from explainers.attribution.encoding import Encoding, columns_of, encoding_of
from explainers.attribution.forest import Forest, TooLargeError
from explainers.attribution.reference import sample
from explainers.base import Array, Frame, Model
from explainers.errors import ModelError
from explainers.evidence import Attributions

FAMILIES = frozenset(
    f"{family}{kind}"
    for family in ("DecisionTree", "ExtraTree", "RandomForest", "ExtraTrees", "GradientBoosting", "XGB", "LGBM")
    for kind in ("Classifier", "Regressor")
) | {"Booster"}
LIBRARIES = ("sklearn", "xgboost", "lightgbm")
TRIAL = 2
"""Rows of the reference sample on which weights must add up before `shap` is trusted with a model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeShap:
    """Interventional SHAP of tree ensembles (Lundberg et al., 2020), by `shap`, one explainer for each block.

    Works in margins: log-odds of boosters, probabilities of forests. Exact against the whole reference sample, the
    features (not the columns they are encoded in) being the players, independent of one another.
    """

    name: ClassVar[str] = "tree_shap"
    exact: ClassVar[bool] = True
    blocks: int = 10

    def supports(self, model: Model, target: str) -> bool:
        return _trees(model, target, self.blocks) is not None

    def explain(self, model: Model, cases: Frame, target: str) -> Attributions:
        trees = _trees(model, target, self.blocks)
        weights = trees.weights(trees.encoding.matrix(cases)) if trees is not None else None
        if trees is None or weights is None:
            raise ModelError("E217", f"The method tree_shap cannot explain {model.name}.", hint="Use sampled_shap.")
        evidence = Evidence(
            method=self,
            sample=sample(model, target, self.blocks),
            blocks=weights[..., : len(model.schema.inputs)],  # what no feature moves comes last, and weighs nothing
            bound=trees.bound,
        )
        return assemble(evidence, model, cases, target)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trees:
    """A model's trees, ready to explain one target: a `shap.TreeExplainer` for each block of the reference sample."""

    encoding: Encoding
    forest: Forest
    output: int
    sign: float
    blocks: Array
    """The encoded reference rows, (blocks, rows of a block, encoded columns)."""
    bound: float
    cells: Cells
    explainers: tuple[Any, ...] = ()

    def weights(self, matrix: Array) -> Array | None:
        """In margins, (n, blocks, features and what no feature moves); None where a tree grows too large."""
        codes = self.cells.codes(matrix)
        if codes is None:  # values that no row had together: these cases get explainers that know them
            knowing = self.knowing(np.concatenate([*self.blocks, matrix]))
            return knowing.weights(matrix) if knowing is not None else None
        found = [e.shap_values(codes, check_additivity=False).reshape(codes.shape) for e in self.explainers]
        return self.sign * np.stack(found, axis=1)

    def knowing(self, rows: Array) -> _Trees | None:
        """With explainers for the combinations in `rows`, an encoded matrix; None where a tree grows too large."""
        shap = plotless.shap()
        cells = self.cells.knowing(rows)
        try:
            trees = {"trees": self.forest.retold(cells, self.output)}
        except TooLargeError:
            return None
        codes = [cells.codes(block) for block in self.blocks]
        explainers = [
            shap.TreeExplainer(
                trees,
                # Without max_samples shap silently keeps 100 rows.
                data=shap.maskers.Independent(block, max_samples=len(block)),
                feature_perturbation="interventional",
                model_output="raw",
            )
            for block in codes
            if block is not None
        ]
        return replace(self, cells=cells, explainers=tuple(explainers))


@lru_cache(maxsize=16)
def _trees(model: Model, target: str, blocks: int) -> _Trees | None:
    """The trees of a model; None where it has none, or where they do not add up to its margin."""
    encoding = encoding_of(model, target)
    forest = _forest(encoding.estimator) if encoding is not None else None
    if encoding is None or forest is None:
        return None
    reference, columns = sample(model, target, blocks), columns_of(encoding, model.schema.inputs)
    matrix, bound = encoding.matrix(reference.frame), SINGLE if forest.library == "xgboost" else DOUBLE
    raw, margins = forest.raw(matrix), reference.margins.ravel()
    for output, sign in product(range(raw.shape[1]), (1.0, -1.0)):
        if additive(sign * (raw[:, [output]] - raw[:, output].mean()), margins, reference.base, bound):
            break
    else:
        return None
    found = _Trees(
        encoding=encoding,
        forest=forest,
        output=output,
        sign=sign,
        blocks=reference.by_block(matrix),
        bound=bound,
        cells=forest.cells(columns, matrix.shape[1]),
    )
    trees = found.knowing(np.concatenate([matrix, encoding.matrix(_probes(model, columns))]))
    trial = trees.weights(matrix[:TRIAL]) if trees is not None else None
    adds_up = trial is not None and additive(trial.mean(axis=1), margins[:TRIAL], reference.base, bound)
    return trees if adds_up else None


def _forest(estimator: object) -> Forest | None:
    # HistGradientBoosting is not among the families: shap 0.51 misses its margins by 0.1 to 11 log-odds.
    kinds = [(kind.__name__, kind.__module__.partition(".")[0]) for kind in type(estimator).__mro__]
    library = next((library for name, library in kinds if name in FAMILIES and library in LIBRARIES), None)
    if library is None:
        return None
    shap = plotless.shap()
    from shap.utils._exceptions import ExplainerError, InvalidModelError

    try:
        ensemble = shap.TreeExplainer(estimator).model
    except (ExplainerError, InvalidModelError, NotImplementedError, AssertionError, ValueError, TypeError):
        return None  # a kind of tree model that shap does not read
    readable = bool(ensemble.trees) and not (ensemble.threshold_types == 1).any()  # 1: a split by categories
    return Forest(ensemble=ensemble, library=library) if readable else None


def _probes(model: Model, columns: tuple[tuple[int, ...], ...]) -> Frame:
    """A reference row with many values of each feature of several columns, so that few combinations come unforeseen."""
    row = model.reference.head(1)
    changed = [row]
    for name, own in zip(model.schema.inputs, columns, strict=False):
        if len(own) > 1:
            feature, seen = model.schema.feature(name), model.reference[name]
            values = list(feature.categories or np.linspace(seen.min(), seen.max(), 1_000))
            values += [None] if feature.missing == "unknown" else []
            column = pd.Series(values, dtype=row[name].dtype)
            changed.append(row.iloc[np.zeros(len(values), dtype=int)].assign(**{name: column.to_numpy()}))
    return pd.concat(changed, ignore_index=True).astype(row.dtypes)
