"""Small models whose Shapley values can be worked out: by hand, or by trying every coalition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import combinations
from math import factorial

import numpy as np
import pandas as pd

from explainers.base import Array, Feature, Frame, Model, Outcome, Quantity, Schema


@dataclass(frozen=True, kw_only=True, eq=False)
class ByHand:
    """A model given as a formula of its margin. `sigmoid`: outcomes "yes" and "no", and a link; else a quantity."""

    margin_of: Callable[[Frame], Array]
    reference: Frame
    sigmoid: bool = False
    name: str = "by hand"
    version: str = "sha256:by-hand"

    @property
    def schema(self) -> Schema:
        features = tuple(feature_of(self.reference[name]) for name in self.reference)
        if not self.sigmoid:
            return Schema(features=features, quantity=Quantity(name="amount"))
        outcomes = (Outcome(name="yes", key="1"), Outcome(name="no", key="0"))
        return Schema(features=features, outcomes=outcomes, cutoff=0.5)

    def margin(self, frame: Frame, target: str) -> Array:
        sign = -1.0 if target == "no" else 1.0
        return sign * np.asarray(self.margin_of(frame), dtype=float)

    def link(self, margins: Array, target: str) -> Array:
        return 1 / (1 + np.exp(-margins)) if self.sigmoid else margins

    def score(self, frame: Frame, target: str) -> Array:
        return self.link(self.margin(frame, target), target)

    def predict(self, frame: Frame) -> Array:
        return np.column_stack([self.score(frame, target) for target in self.schema.targets])


def feature_of(column: pd.Series) -> Feature:
    name, missing = str(column.name), "unknown" if column.hasnans else "refuse"
    if pd.api.types.is_numeric_dtype(column):
        return Feature(name=name, label=name, kind="number", missing=missing)
    categories = tuple(sorted(column.dropna().unique()))
    return Feature(name=name, label=name, kind="category", categories=categories, missing=missing)


def schema_of(frame: Frame, outcomes: tuple[str, ...] = ()) -> Schema:
    """Every column a feature; outcomes keyed "0", "1", … or, without any, the quantity "amount"."""
    features = tuple(feature_of(frame[name]) for name in frame)
    if not outcomes:
        return Schema(features=features, quantity=Quantity(name="amount"))
    named = tuple(Outcome(name=name, key=str(i)) for i, name in enumerate(outcomes))
    return Schema(features=features, outcomes=named, cutoff=0.5 if len(outcomes) == 2 else None)


def numbers(rows: int, features: int, seed: int = 0) -> Frame:
    """Normal numbers in columns a, b, c, …"""
    values = np.random.default_rng(seed).normal(size=(rows, features))
    return pd.DataFrame(values, columns=list("abcdefghijklmnopqrstuvwxyz"[:features]))


def applicants(rows: int, seed: int = 0) -> Frame:
    """Numbers beside categories, as a form gives them: income, debt, home (own, rent, other), job (fixed, free)."""
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "income": rng.gamma(4, 10, rows).round(1),
            "debt": rng.gamma(2, 8, rows).round(1),
            "home": pd.Series(rng.choice(["own", "rent", "other"], rows), dtype="str"),
            "job": pd.Series(rng.choice(["fixed", "free"], rows), dtype="str"),
        }
    )


def repaid(frame: Frame, seed: int = 1) -> Array:
    """Which of the applicants paid back, 0 or 1: an interaction of income with home, and noise."""
    wish = 0.05 * frame["income"] - 0.08 * frame["debt"] + (frame["home"] == "own") * (frame["income"] > 40) * 2
    wish += (frame["job"] == "fixed") * 0.7 - 1.2
    return (np.random.default_rng(seed).random(len(frame)) < 1 / (1 + np.exp(-wish))).astype(int).to_numpy()


def shapley(model: Model, case: Frame, target: str, rows: Frame | None = None) -> dict[str, float]:
    """Shapley values of one case's margin, from every coalition of features and every reference row."""
    rows = model.reference if rows is None else rows
    features = model.schema.inputs
    worth = {
        chosen: float(model.margin(_mixed(rows, case, chosen), target).mean())
        for size in range(len(features) + 1)
        for chosen in combinations(features, size)
    }
    return {f: sum(_gain(worth, features, chosen, f) for chosen in worth if f not in chosen) for f in features}


def _gain(worth: dict[tuple[str, ...], float], features: tuple[str, ...], without: tuple[str, ...], f: str) -> float:
    share = factorial(len(without)) * factorial(len(features) - len(without) - 1) / factorial(len(features))
    return share * (worth[tuple(n for n in features if n in without or n == f)] - worth[without])


def _mixed(rows: Frame, case: Frame, chosen: tuple[str, ...]) -> Frame:
    values = {f: case[f].array.take(np.zeros(len(rows), dtype=int)) if f in chosen else rows[f].array for f in rows}
    return pd.DataFrame(values)


@dataclass(frozen=True, kw_only=True, eq=False)
class Grouped(ByHand):
    """Features a and b are told as one group."""

    @property
    def schema(self) -> Schema:
        plain = super().schema
        return replace(
            plain, features=tuple(replace(f, group="pair" if f.name in "ab" else "") for f in plain.features)
        )
