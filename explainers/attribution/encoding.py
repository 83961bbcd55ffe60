"""What an exact method needs of a model: the matrix its final estimator sees, and which feature owns each column."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

import numpy as np

from explainers.base import Array, Frame, Model


class Encoding(Protocol):
    """The last step of a pipeline laid open. `owners` is "" for a column that no feature moves.

    `position` is the place of the target among the estimator's own outcomes.
    """

    @property
    def matrix(self) -> Callable[[Frame], Array]: ...
    @property
    def owners(self) -> tuple[str, ...]: ...
    @property
    def estimator(self) -> object: ...
    @property
    def position(self) -> int: ...


@runtime_checkable
class Encoded(Protocol):
    """A model that can lay its last step open."""

    def encoding(self, target: str) -> Encoding | None: ...


def encoding_of(model: Model, target: str) -> Encoding | None:
    """The encoding of a model where it has one and every column that moves belongs to one feature the model sees."""
    found = model.encoding(target) if isinstance(model, Encoded) else None
    return found if found is not None and set(found.owners) <= {"", *model.schema.inputs} else None


def fold(encoding: Encoding, features: tuple[str, ...]) -> Array:
    """The 0-1 matrix (encoded columns, features) that sums columns back to the features they were made of."""
    return np.array([[float(owner == feature) for feature in features] for owner in encoding.owners])


def columns_of(encoding: Encoding, features: tuple[str, ...]) -> tuple[tuple[int, ...], ...]:
    """The encoded columns of each feature and, last, those that no feature moves."""
    return tuple(tuple(j for j, o in enumerate(encoding.owners) if o == owner) for owner in (*features, ""))
