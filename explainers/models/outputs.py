"""What bare tensors mean: a value, probabilities, or logits that are still to become probabilities."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from explainers.base import Array, Schema
from explainers.models import guard
from explainers.models.labels import in_order
from explainers.models.native import Native, two_columns
from explainers.models.units import sigmoid

FAR = 1_000
"""How many times further from the mean the rows are moved on which probabilities must still be probabilities."""


def columns(returned: object) -> Array:
    """What a model returned, as (n, k); a single column may come as (n,). Raises TypeError, ValueError."""
    found = np.array(returned, dtype="float64")
    return found[:, None] if found.ndim == 1 else found


def are_logits(native: Native, table: pd.DataFrame) -> bool:
    """Whether a classifier returns logits: some answer is outside 0 to 1, to these rows or to the same moved far away.

    Probabilities stay within 0 to 1 wherever a row is moved; logits do not, even where they happen to be small.
    """
    near = guard.asked(lambda: columns(native.scores(native.encode(table))))
    return not (_within(near) and _within(_of_far_rows(native, table)))


def told(native: Native, schema: Schema, *, logits: bool) -> Native:
    """A classifier that returns bare numbers, as one that returns probabilities and, of two outcomes, log-odds.

    One column is of the label that sorts last; logits of several become probabilities by softmax (so do logarithms of
    probabilities). Columns are in the order of the labels: sorted, where the model does not name them. A quantity is
    taken as it is.
    """
    if schema.quantity is not None:
        return native
    scores, keys = native.scores, in_order([outcome.key for outcome in schema.outcomes])
    return replace(
        native,
        labels=native.labels or keys,
        scores=lambda rows: (probabilities if logits else two_columns)(columns(scores(rows))),
        margins=(lambda rows: log_odds(columns(scores(rows)))) if logits and len(keys) == 2 else None,
    )


def log_odds(logits: Array) -> Array:
    """Logits (n, 1) or (n, 2) as the log-odds of the second of two labels, (n,)."""
    return logits[:, -1] if logits.shape[1] == 1 else logits[:, 1] - logits[:, 0]


def probabilities(logits: Array) -> Array:
    """Logits (n, 1) or (n, k) as probabilities, (n, 2) or (n, k)."""
    if logits.shape[1] <= 2:
        yes = sigmoid(log_odds(logits))
        return np.column_stack([1 - yes, yes])
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: Array = odds / odds.sum(axis=1, keepdims=True)
    return shares


def _within(found: Array) -> bool:
    known = found[np.isfinite(found)]
    return bool(((known >= -guard.TOLERANCE) & (known <= 1 + guard.TOLERANCE)).all())


def _of_far_rows(native: Native, table: pd.DataFrame) -> Array:
    """The answers to rows unlike any of training; none, where the model refuses them."""
    numbers = table.select_dtypes("number").astype("float64")
    far = table.assign(**(numbers.mean() + FAR * (numbers - numbers.mean())))
    try:
        return columns(native.scores(native.encode(far)))
    except Exception:  # codes that are no codes any more, for example
        return np.empty((0, 1))
