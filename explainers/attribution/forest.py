"""Trees as `shap` reads them, retold over cells: features are the players, and no cut is missed.

`shap` compares values with cuts in single precision, so that some values take the wrong side (a cut of 22.3000002 and
a value of 22.3 are enough), and its players are encoded columns. Whole numbers, one a feature, mend both.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from explainers.attribution.cells import Cells
from explainers.base import Array

Tree: TypeAlias = dict[str, npt.NDArray[Any]]
"""One tree in the dictionary form that `shap.TreeExplainer` takes."""
Bounds: TypeAlias = dict[int, tuple[int, int]]
"""For features of several columns, between which codes a row at some node must be."""

NODE = ("children_left", "children_right", "children_default", "features", "thresholds", "columns")
"""What a tree tells of its nodes; `columns` of an encoded matrix, beside the `features` they belong to."""
LARGEST = 32_000
"""Nodes of a tree: `shap` numbers them with 16 bits."""


class TooLargeError(Exception):
    """A tree outgrew what `shap` can number; caught where the trees are used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """The trees of a fitted model of some library, as a `shap` ensemble."""

    ensemble: Any
    library: str

    @property
    def single(self) -> bool:
        """Whether the trees compare in single precision."""
        return self.library in ("sklearn", "xgboost")

    def raw(self, matrix: Array) -> Array:
        """What the trees add up to for an encoded matrix, (n, outputs)."""
        rows = matrix.astype(np.float32) if self.single else matrix
        return np.asarray(self.ensemble.predict(rows), dtype=float).reshape(len(matrix), -1)

    def cells(self, columns: tuple[tuple[int, ...], ...], width: int) -> Cells:
        """The cells that the cuts of all trees make in `width` encoded columns, no combination known yet."""
        split = self.ensemble.children_left >= 0
        used, cuts = self.ensemble.features[split], self.ensemble.thresholds[split].astype(float)
        every = tuple(np.unique(cuts[used == j]) for j in range(width))
        return Cells(columns=columns, cuts=every, single=self.single)

    def retold(self, cells: Cells, output: int) -> list[Tree]:
        """The trees of one output over the codes of `cells`. Raises TooLargeError."""
        every, limit = len(self.ensemble.values), self.ensemble.tree_limit  # fewer where training stopped early
        count = min(every, limit) if limit is not None and limit > 0 else every
        return [retell(self._tree(i, output), cells) for i in range(count)]

    def _tree(self, i: int, output: int) -> Tree:
        nodes = slice(self.ensemble.num_nodes[i])
        tree = {name: getattr(self.ensemble, name)[i, nodes] for name in NODE[:-1]}
        return {**tree, "values": self.ensemble.values[i, nodes, [output]].T}


def retell(tree: Tree, cells: Cells) -> Tree:
    """A tree over encoded columns as a tree over codes. Raises TooLargeError."""
    homes, wide = np.zeros(len(cells.cuts), dtype=int), np.zeros(len(cells.cuts), dtype=bool)
    for feature, own in enumerate(cells.columns):
        homes[list(own)], wide[list(own)] = feature, len(own) > 1
    split = tree["children_left"] >= 0
    column, cuts = np.where(split, tree["features"], 0), np.zeros(len(split))
    for j in np.unique(column[split]):
        here = split & (column == j)
        cuts[here] = np.searchsorted(cells.cuts[j], tree["thresholds"][here])
    renamed = {**tree, "columns": column, "features": homes[column], "thresholds": cuts + 0.5}
    if wide[column[split]].any():
        grown = _Grown(cells=cells, old=list(zip(*(renamed[name].tolist() for name in NODE), strict=True)))
        grown.grow(0, {})
        renamed = grown.tree(renamed["values"])
    if len(renamed["values"]) > LARGEST:
        raise TooLargeError
    return {**renamed, "node_sample_weight": np.ones(len(renamed["values"]))}


@dataclass(slots=True, kw_only=True)
class _Grown:
    """A tree in the growing, where a cut may part the codes of a feature in several runs: one node between two runs."""

    cells: Cells
    old: list[tuple[Any, ...]]
    """The nodes of the old tree, as `NODE` names their parts."""
    nodes: list[list[float]] = field(default_factory=list)
    """The same of the new tree, and last the number of the old node."""

    def grow(self, node: int, bounds: Bounds) -> int:
        """Add what stands below a node of the old tree; the number of its new root."""
        left, right, gaps, feature, threshold, column = self.old[node]
        if left < 0:
            return self._add(node, -1, 0.0)
        if len(self.cells.columns[feature]) == 1:
            new = self._add(node, feature, threshold)
            self.nodes[new][:2] = self.grow(left, bounds), self.grow(right, bounds)
            self.nodes[new][2] = self.nodes[new][0 if gaps == left else 1]
            return new
        low, high = bounds.get(feature, (0, len(self.cells.known[feature])))
        goes = self.cells.left(feature, column, math.floor(threshold), gaps == left)[low:high]
        edges = [low, *(np.flatnonzero(goes[1:] != goes[:-1]) + 1 + low).tolist(), high]
        runs = [(left if goes[a - low] else right, a, b) for a, b in pairwise(edges)]
        return self._chain(node, feature, runs, bounds)

    def tree(self, values: npt.NDArray[Any]) -> Tree:
        """The new tree, given the values of the old nodes."""
        *parts, came = np.array(self.nodes).T
        whole = [part if name == "thresholds" else part.astype(int) for name, part in zip(NODE, parts, strict=True)]
        return {**dict(zip(NODE, whole, strict=True)), "values": values[came.astype(int)]}

    def _chain(self, node: int, feature: int, runs: list[tuple[int, int, int]], bounds: Bounds) -> int:
        child, low, high = runs[0]
        if len(runs) == 1:
            return self.grow(child, {**bounds, feature: (low, high)})
        new = self._add(node, feature, high - 0.5)
        self.nodes[new][0] = self.grow(child, {**bounds, feature: (low, high)})
        self.nodes[new][1] = self._chain(node, feature, runs[1:], bounds)
        self.nodes[new][2] = self.nodes[new][0]  # no gaps here: a gap is a code of its own
        return new

    def _add(self, node: int, feature: int, threshold: float) -> int:
        if len(self.nodes) >= LARGEST:
            raise TooLargeError
        self.nodes.append([-1, -1, -1, feature, threshold, 0, node])
        return len(self.nodes) - 1
