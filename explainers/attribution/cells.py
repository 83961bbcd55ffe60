"""Encoded rows as whole numbers, one a feature: which cell between the cuts of some trees a row lies in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from explainers.base import Array

Places: TypeAlias = npt.NDArray[np.intp]
Flags: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """The cells of each feature. `columns`: its encoded columns; `cuts` of each encoded column, rising.

    A feature of one column has its place among the cuts as code. A feature of several has the number of the combination
    of their places in `known`; a combination that was in none of the rows at hand has none. A feature without columns
    has code 0.
    """

    columns: tuple[tuple[int, ...], ...]
    cuts: tuple[Array, ...]
    single: bool
    """Whether the trees compare in single precision."""
    known: tuple[Places, ...] = ()

    def knowing(self, rows: Array) -> Cells:
        """With every combination found in `rows`, an encoded matrix."""
        places = self._places(rows)
        wide = [list(own) if len(own) > 1 else [] for own in self.columns]
        return replace(self, known=tuple(np.unique(places[:, own], axis=0) if own else places[:0] for own in wide))

    def codes(self, matrix: Array) -> Array | None:
        """The codes of an encoded matrix, (n, features), NaN for a gap; None where a combination is not known."""
        places, codes = self._places(matrix), np.zeros((len(matrix), len(self.columns)))
        for feature, own in enumerate(self.columns):
            if len(own) == 1:
                codes[:, feature] = np.where(places[:, own[0]] < 0, np.nan, places[:, own[0]])
            if len(own) > 1:
                numbers = {known.tobytes(): number for number, known in enumerate(self.known[feature])}
                found = [numbers.get(row.tobytes()) for row in places[:, list(own)]]
                if None in found:
                    return None
                codes[:, feature] = found
        return codes

    def left(self, feature: int, column: int, cut: int, gaps: bool) -> Flags:
        """Which known combinations of a feature of several columns go left at a cut; gaps where `gaps` says."""
        places = self.known[feature][:, self.columns[feature].index(column)]
        flags: Flags = np.where(places < 0, gaps, places <= cut)
        return flags

    def _places(self, matrix: Array) -> Places:
        """How many cuts of its column each value is above, (n, encoded columns); -1 for a gap."""
        values = matrix.astype(np.float32).astype(float) if self.single else matrix
        above = [np.searchsorted(cuts, values[:, j], side="left") for j, cuts in enumerate(self.cuts)]
        return np.where(np.isnan(values), -1, np.stack(above, axis=1))
