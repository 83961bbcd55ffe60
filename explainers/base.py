"""The values that cross borders: features, schemas, cases and models."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from explainers.expression import Expression

Frame: TypeAlias = pd.DataFrame
"""Cases as rows, features as columns: numbers and flags (0.0 or 1.0) float64, categories `str`; NaN where unknown."""
Array: TypeAlias = npt.NDArray[np.float64]
Value: TypeAlias = float | str | None
"""One cell behind the gate: a number (flags are 0.0 and 1.0), the text of a category, or None where unknown."""

Kind: TypeAlias = Literal["number", "category", "flag", "text", "image"]
Actionable: TypeAlias = Literal["no", "free", "up", "down"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One thing known about a case."""

    name: str
    label: str
    kind: Kind
    unit: str = ""
    low: float | None = None
    high: float | None = None
    categories: tuple[str, ...] = ()
    whole: bool = False
    step: float | None = None
    group: str = ""
    actionable: Actionable = "no"
    sensitive: bool = False
    input: bool = True
    missing: Literal["refuse", "unknown"] = "refuse"
    columns: tuple[str, ...] = ()
    """The one-hot columns of the data that together hold this category, in the order of `categories`."""

    @property
    def numeric(self) -> bool:
        return self.kind in ("number", "flag")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One answer of a classifier; `favourable` is None where nobody has declared it.

    `key` is how the data and the model write it (compared as text), `name` how people say it.
    """

    name: str
    key: str
    favourable: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """What a regression predicts."""

    name: str
    unit: str = ""
    favourable: Literal["low", "high"] | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A feature computed from others: it moves with its parts."""

    set: str
    formula: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Decides `then` before the score is looked at, wherever `when` holds."""

    name: str
    when: Expression
    then: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """The features, the outcomes (or the quantity), the cut-off, and what links and rules say.

    `cutoff` belongs to `decisive`: that outcome is predicted where its probability is at least the cut-off.
    It is None with one quantity or with three outcomes and more (there the highest score wins).
    """

    features: tuple[Feature, ...]
    outcomes: tuple[Outcome, ...] = ()
    quantity: Quantity | None = None
    cutoff: float | None = None
    links: tuple[Link, ...] = ()
    rules: tuple[Rule, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(f.name for f in self.features)

    @property
    def inputs(self) -> tuple[str, ...]:
        """The features the model sees, in order."""
        return tuple(f.name for f in self.features if f.input)

    @property
    def targets(self) -> tuple[str, ...]:
        """What can be scored: the outcomes' names, or the quantity's."""
        return tuple(o.name for o in self.outcomes) if self.quantity is None else (self.quantity.name,)

    @property
    def favourable(self) -> str | None:
        """The one favourable outcome, where exactly one is declared."""
        names = [o.name for o in self.outcomes if o.favourable]
        return names[0] if len(names) == 1 else None

    @property
    def decisive(self) -> str:
        """The target the cut-off is about: the favourable outcome, else the first."""
        return self.favourable or self.targets[0]

    def feature(self, name: str) -> Feature:
        """The feature of that name; KeyError where there is none."""
        for feature in self.features:
            if feature.name == name:
                return feature
        raise KeyError(name)

    def group_of(self, name: str) -> str:
        """The group a feature's reasons are told in; a feature without one is its own group."""
        return self.feature(name).group or name

    def frame(self, cases: Iterable[Case]) -> Frame:
        """Cases as one frame, every feature in the schema's order and type."""
        rows = [case.values for case in cases]
        return pd.DataFrame({f.name: _column([row[f.name] for row in rows], f) for f in self.features})


def _column(values: list[Value], feature: Feature) -> Array | pd.api.extensions.ExtensionArray:
    if feature.numeric:
        return np.array(values, dtype="float64")
    return pd.array(values, dtype="str")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One value set to another; `by` says whether somebody asked for it or a link brought it about."""

    feature: str
    to: Value
    by: Literal["asked", "link"] = "asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One input of a model: an id and a value for every feature of the schema."""

    id: str
    values: Mapping[str, Value]

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))

    def with_changes(self, changes: Sequence[Change], schema: Schema) -> Case:
        """A changed copy. Linked features with a changed part are computed anew; a missing part makes them missing."""
        values = {**self.values, **{c.feature: c.to for c in changes}}
        moved = {c.feature for c in changes}
        for link in schema.links:
            if moved & link.formula.names:
                values[link.set] = link.formula.value(values)
                moved.add(link.set)
        return replace(self, values=values)

    def changes_to(self, other: Case, asked: Iterable[str]) -> tuple[Change, ...]:
        """What differs in `other`, the asked features first, then what links brought about."""
        asked = tuple(asked)
        differing = [n for n, v in self.values.items() if other.values[n] != v]
        ordered = [n for n in asked if n in differing] + [n for n in differing if n not in asked]
        return tuple(Change(feature=n, to=other.values[n], by="asked" if n in asked else "link") for n in ordered)


class Model(Protocol):
    """Anything that scores cases. All arrays are float64; n is the number of rows of the frame."""

    def __hash__(self) -> int:
        """By identity: what was built for a model is kept for that model."""

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str:
        """`sha256:…` of the file or, without one, of the model's behaviour on the reference sample."""

    @property
    def schema(self) -> Schema: ...
    @property
    def reference(self) -> Frame:
        """The stored reference sample, through the gate; >= 200 rows where the data have them."""

    def predict(self, frame: Frame) -> Array:
        """Scores as shown (calibrated where a layer is declared), shape (n, len(schema.targets)).

        Raises ModelError E210-E215 where the model raises or returns what cannot be a score.
        """

    def score(self, frame: Frame, target: str) -> Array:
        """One column of `predict`, shape (n,)."""

    def margin(self, frame: Frame, target: str) -> Array:
        """The unit the model adds up in, shape (n,): log-odds of `target` where it has them, else the score."""

    def link(self, margins: Array, target: str) -> Array:
        """From margins to scores: strictly increasing; the identity where the model has no other unit."""
