"""The values that the encoders of a fitted pipeline know, column by column: how its training table wrote them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np


def encoder_values(steps: list[tuple[str, Any]]) -> Mapping[str, tuple[object, ...]]:
    """For each named column the values its one-hot or ordinal encoder was fitted on."""
    found: dict[str, tuple[object, ...]] = {}
    for _, step in steps:
        names = getattr(step, "feature_names_in_", None)
        if names is None:
            continue
        for encoder, columns in _encoders(step, np.asarray(names, dtype=object)):
            if len(encoder.categories_) == len(columns):
                for column, values in zip(columns, encoder.categories_, strict=True):
                    found.setdefault(str(column), tuple(np.asarray(values).tolist()))
    return found


def _encoders(step: Any, names: Any) -> Iterator[tuple[Any, list[str]]]:
    if hasattr(step, "categories_"):
        yield step, list(names)
    for _, transformer, columns in getattr(step, "transformers_", ()):
        chosen = [columns] if isinstance(columns, str) else columns
        texts = isinstance(chosen, list) and all(isinstance(c, str) for c in chosen)
        for _, inner in getattr(transformer, "steps", [("", transformer)]):
            if hasattr(inner, "categories_"):
                yield inner, chosen if texts else list(np.atleast_1d(names[chosen]))
