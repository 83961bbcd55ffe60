"""The effect of one feature: how the score moves with it, on average and row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from explainers.base import Array, Feature, Frame, Model, Schema, Value
from explainers.seen import Seen

Shape: TypeAlias = Literal["rises", "falls", "peak", "dip", "flat", "mixed"]

MOST_POINTS, FEWEST_POINTS = 12, 4
MOST_ROWS = 200
ENDS = (0.02, 0.98)
"""The outermost quantiles of the seen values that are tried."""
MIDDLE = (0.1, 0.9)
"""Quantiles of the single rows' scores that `low` and `high` are."""
SPREAD = (0.05, 0.95)
"""Quantiles of the reference rows' own scores; their distance is the spread of all scores."""
FLAT = 0.02
"""A curve that moves less than this share of the spread of all scores is flat."""
SLIGHT = 0.1
"""Below this share of that spread it moves slightly."""
WOBBLE = 0.15
"""Steps against the way a curve goes, as a share of its range, that are overlooked; more than that is a turn."""
AGREE = 0.6
"""Below this share of rows that go the way the mean goes, there is no one way."""
TOGETHER = 0.7
"""Features of at least this rank correlation go together."""
STEEP, NARROW = 0.6, 0.5
"""A steep part holds this share of the whole move, within this share of the values tried."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Effect:
    """Partial dependence (Friedman, 2001) with individual conditional expectation (Goldstein et al., 2015).

    `scores` (n, g) are those of n reference rows with the feature set to each of g values of `grid`, in the unit of the
    score; `mean`, `low`, `high` (g,) their mean and their middle 80 %; `own` (g,) those of the case in focus. `agree`:
    the share of rows whose curve goes the way the mean goes; None where that way is itself up and down. `slight`: the
    mean moves, but little beside how scores differ. `steep`: the
    narrowest stretch that holds most of a rise or a fall, where it is at most half of the values tried.

    All else stays as it is in each row, so values are combined that may never occur together where features go
    together. It shows what the model answers, not what a change would do in the world.
    """

    feature: str
    target: str
    grid: tuple[Value, ...]
    scores: Array
    own: Array
    low: Array
    high: Array
    shape: Shape
    slight: bool
    turn: Value = None
    agree: float | None = None
    steep: tuple[float, float] | None = None

    @property
    def mean(self) -> Array:
        found: Array = self.scores.mean(axis=0)
        return found


def effect(model: Model, case: Frame, feature: Feature, target: str, seen: Seen) -> Effect:
    """The effect of one feature on the score of `target`, over at most 200 reference rows, in one call of the model.

    Linked features are computed anew from what was set. Raises ModelError E210 to E215.
    """
    size = min(MOST_ROWS, len(model.reference))
    chosen = np.sort(np.random.default_rng(0).permutation(len(model.reference))[:size])
    rows = pd.concat([model.reference.iloc[chosen], case.head(1)], ignore_index=True)
    grid = points(feature, seen)
    moved = pd.concat([rows, _set(rows, feature, grid, model.schema)], ignore_index=True)
    scores = model.score(moved, target).reshape(len(grid) + 1, size + 1).T
    now, rest, own = scores[:size, 0], scores[:size, 1:], scores[size, 1:]
    low, high = np.quantile(rest, MIDDLE, axis=0)
    unit = float(np.diff(np.quantile(now, SPREAD))[0])
    shape, turn, agree = _unordered(rest, unit) if feature.kind == "category" else _shape(rest, unit)
    narrow = _steep(grid, rest.mean(axis=0)) if feature.kind == "number" and shape in ("rises", "falls") else None
    return Effect(
        feature=feature.name,
        target=target,
        grid=grid,
        scores=rest,
        own=own,
        low=low,
        high=high,
        shape=shape,
        slight=shape != "flat" and bool(np.ptp(rest.mean(axis=0)) < SLIGHT * unit),
        turn=None if turn is None else grid[turn],
        agree=agree,
        steep=narrow,
    )


def points(feature: Feature, seen: Seen) -> tuple[Value, ...]:
    """The values tried: every category and every one of few numbers that were seen, else quantiles in whole steps."""
    if feature.kind != "number":
        counts = seen.counts[feature.name]
        order = feature.categories if feature.kind == "category" else sorted(v for v in counts if v is not None)
        return tuple(value for value in order if counts.get(value))
    values = seen.numbers[feature.name]
    distinct = np.unique(values)
    if len(distinct) <= MOST_POINTS:
        return tuple(map(float, distinct))
    found = _quantiles(values, feature.step)
    return found if len(found) >= FEWEST_POINTS else _quantiles(distinct, feature.step)


def _quantiles(values: Array, step: float | None) -> tuple[float, ...]:
    found = np.quantile(values, np.linspace(*ENDS, MOST_POINTS), method="nearest")
    if step:
        found = np.clip(np.round(found / step) * step, values[0], values[-1])
    return tuple(map(float, np.unique(found.round(9))))


def _set(rows: Frame, feature: Feature, grid: tuple[Value, ...], schema: Schema) -> Frame:
    """All rows with the first value, then all with the second, …; links followed."""
    moved = rows.iloc[np.tile(np.arange(len(rows)), len(grid))].reset_index(drop=True)
    values = np.repeat(np.array(grid, dtype="float64" if feature.numeric else object), len(rows))
    moved[feature.name] = values if feature.numeric else pd.array(values, dtype="str")
    done = {feature.name}
    for link in schema.links:
        if done & link.formula.names:
            moved[link.set] = link.formula.column(moved)
            done.add(link.set)
    return moved


def _shape(scores: Array, unit: float) -> tuple[Shape, int | None, float | None]:
    """The way of the mean curve, where it turns, and the share of rows (n, g) that go the same way.

    Flat: less than FLAT of `unit`, and so for most rows. Rises, falls: what it moves the other way is at most WOBBLE of
    its range. Peak, dip: so on either side of a turn, each more than WOBBLE of the range. Mixed: none of these, or
    fewer than AGREE of the rows go that way.
    """
    mean = scores.mean(axis=0)
    still = np.ptp(scores, axis=1) < FLAT * unit if unit else np.ptp(scores, axis=1) == 0
    if np.ptp(mean) <= FLAT * unit:
        share = float(still.mean())
        return ("flat", None, share) if share >= 0.5 else ("mixed", None, None)
    for shape, curves in (("rises", scores), ("falls", -scores)):
        if _climbs(curves.mean(axis=0), float(np.ptp(mean))):
            return _agreed(shape, None, curves[:, -1] > curves[:, 0])  # type: ignore[arg-type]  # one of two literals
    for shape, curves in (("peak", scores), ("dip", -scores)):
        top = int(np.argmax(curves.mean(axis=0)))
        if _turns(curves.mean(axis=0), top, float(np.ptp(mean))):
            over = (curves[:, top] > curves[:, 0]) & (curves[:, top] > curves[:, -1])
            return _agreed(shape, top, over)  # type: ignore[arg-type]  # one of two literals
    return "mixed", None, None


def _agreed(shape: Shape, turn: int | None, same: npt.NDArray[np.bool_]) -> tuple[Shape, int | None, float | None]:
    share = float(same.mean())
    return (shape, turn, share) if share >= AGREE else ("mixed", None, share)


def _climbs(curve: Array, whole: float) -> bool:
    steps = np.diff(curve)
    return bool(-steps[steps < 0].sum() <= WOBBLE * whole and curve[-1] > curve[0])


def _turns(curve: Array, top: int, whole: float) -> bool:
    sides = curve[: top + 1], curve[top:][::-1]
    return all(len(s) > 1 and s[-1] - s[0] > WOBBLE * whole and _climbs(s, whole) for s in sides)


def _unordered(scores: Array, unit: float) -> tuple[Shape, None, float | None]:
    """Categories have no order: flat or mixed. Rows agree that put the mean's highest above its lowest."""
    mean = scores.mean(axis=0)
    if np.ptp(mean) <= FLAT * unit:
        return "flat", None, float((np.ptp(scores, axis=1) <= FLAT * unit).mean())
    return "mixed", None, float((scores[:, np.argmax(mean)] > scores[:, np.argmin(mean)]).mean())


def _steep(grid: tuple[Value, ...], mean: Array) -> tuple[float, float] | None:
    """The narrowest stretch that holds STEEP of the move, where it is at most NARROW of the values tried."""
    values = [float(v) for v in grid if isinstance(v, int | float)]
    whole = abs(float(mean[-1] - mean[0]))
    found = [
        (values[j] - values[i], values[i], values[j])
        for i in range(len(values))
        for j in range(i + 1, len(values))
        if abs(mean[j] - mean[i]) >= STEEP * whole
    ]
    width, first, last = min(found)
    return (first, last) if width <= NARROW * (values[-1] - values[0]) else None


def companions(model: Model, feature: Feature) -> tuple[str, ...]:
    """The model's other numbers that go together with this one, the closest first: those of the same declared group,
    and those of a rank correlation (Spearman, 1904) of at least TOGETHER either way in the reference sample.
    """
    names = [f.name for f in model.schema.features if f.input and f.numeric and f.name != feature.name]
    if not feature.numeric or not names:
        return ()
    ranks = model.reference[[feature.name, *names]].rank()
    with np.errstate(invalid="ignore"):
        found = ranks[names].corrwith(ranks[feature.name]).abs().fillna(0.0)
    kin = {f.name for f in model.schema.features if f.group and f.group == feature.group}
    near = [name for name in names if found[name] >= TOGETHER or name in kin]
    return tuple(sorted(near, key=lambda name: -found[name]))
