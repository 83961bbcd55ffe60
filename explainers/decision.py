"""Which outcome scores come to: by the cut-off with two outcomes, by the highest score with more."""

from __future__ import annotations

import numpy as np

from explainers.base import Array, Schema


def decided(scores: Array, schema: Schema, cutoff: float | None) -> list[str]:
    """The outcome of each row of scores (n, targets); `cutoff` is that of `schema.decisive`, on the scores' scale."""
    names = schema.targets
    if cutoff is None:
        return [names[place] for place in np.argmax(scores, axis=1)]
    yes = schema.decisive
    no = next(name for name in names if name != yes)
    return [yes if score >= cutoff else no for score in scores[:, names.index(yes)]]
