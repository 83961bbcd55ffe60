"""The rows most like a case."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from explainers.trust.familiarity import Familiarity, Single


def nearest(row: Single, columns: Single, familiarity: Familiarity, but: int | None = None) -> npt.NDArray[np.int64]:
    """Places of all rows, the nearest first, by the Gower distance over the features the model sees.

    `row` (d,) and `columns` (d, n) are as `Familiarity.scaled` gives them; the row in place `but` is left out. Equal
    distances keep the order of the rows. Every feature counts alike, whether it matters to the model or not.
    """
    order = np.argsort(familiarity.distances(row, columns).sum(axis=0), kind="stable")
    return order if but is None else order[order != but]
