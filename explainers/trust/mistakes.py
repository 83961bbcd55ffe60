"""What a model's mistakes have in common: simple rules, found on one half of the rows and checked on the other."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from explainers.base import Array, Feature, Frame

Mask: TypeAlias = npt.NDArray[np.bool_]

FEWEST = 10
"""Rows of the other half that a rule must hold for, and mistakes there must be to look for one."""
SMALLEST = 20
"""Rows of the first half that a rule is found on."""
MOST_CONDITIONS, MOST_RULES = 2, 3
CLEAR = 2.0
"""Standard errors above the overall rate."""
FAR = 0.75
"""Of a quantity, the largest quarter of errors counts as a mistake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition on one feature. A value that is not known fulfils none."""

    feature: str
    op: Literal["above", "at_most", "is", "is_not"]
    value: float | str

    def holds(self, rows: Frame) -> Mask:
        column = rows[self.feature]
        match self.op:
            case "above":
                found = column > self.value
            case "at_most":
                found = column <= self.value
            case "is":
                found = column == self.value
            case "is_not":
                found = column != self.value
        return (found & column.notna()).to_numpy(dtype=bool)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Where every condition holds, the model is wrong more often: in `rate` of `n` rows that it was not found on."""

    conditions: tuple[Condition, ...]
    n: int
    rate: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """Rules found on `found_on` rows and checked on `checked_on` others, of which the share `overall` is wrong.

    `enough`: there were mistakes enough to look for a rule. A rule says where the model is wrong more often, not why;
    what takes more than two conditions, or is rare, is not found.
    """

    found_on: int
    checked_on: int
    overall: float
    enough: bool
    rules: tuple[Rule, ...] = ()


def halves(n: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The places of n rows in two halves, drawn with a fixed seed: the same rows are always parted alike."""
    order = np.random.default_rng(0).permutation(n)
    return np.sort(order[: n // 2]), np.sort(order[n // 2 :])


def far_off(errors: Array) -> float:
    """From which size on an error of a quantity counts as a mistake, by the first half alone."""
    first, _ = halves(len(errors))
    return float(np.quantile(errors[first], FAR)) if len(first) else 0.0


def common(rows: Frame, wrong: Mask, features: Sequence[Feature]) -> Common:
    """The rules that hold on the half they were not found on, at most three; no two hold for the same row there.

    They are the nodes of a classification tree (Breiman et al., 1984) of two levels. A rule stands only where the rate
    of mistakes is above the overall one by more than two standard errors, on both halves, and, on the second, for at
    least ten rows. `wrong` has shape (n,); n >= 2.
    """
    first, second = halves(len(rows))
    told = [f for f in features if f.kind in ("number", "flag", "category")]
    enough = bool(wrong[first].sum() >= FEWEST)
    found = _found(rows.iloc[first], wrong[first], told) if enough and told else []
    checked = [_checked(conditions, rows.iloc[second], wrong[second]) for conditions in found]
    return Common(
        found_on=len(first),
        checked_on=len(second),
        overall=float(wrong[second].mean()),
        enough=enough,
        rules=tuple(rule for rule in checked if rule)[:MOST_RULES],
    )


def _checked(conditions: tuple[Condition, ...], rows: Frame, wrong: Mask) -> Rule | None:
    """The rule with its figures, where it stands out on rows it was not found on."""
    holds = _all(conditions, rows)
    n = int(holds.sum())
    if n < FEWEST or _apart(wrong, holds) <= CLEAR:
        return None
    return Rule(conditions=conditions, n=n, rate=float(wrong[holds].mean()))


def _found(rows: Frame, wrong: Mask, features: Sequence[Feature]) -> list[tuple[Condition, ...]]:
    """The rules of the tree that stand out, the clearest first, none for rows that a clearer one holds for."""
    kept: list[tuple[Condition, ...]] = []
    taken = np.zeros(len(rows), dtype=bool)
    holding = [(conditions, _all(conditions, rows)) for conditions in _nodes(rows, wrong, features)]
    for conditions, holds in sorted(holding, key=lambda pair: -_apart(wrong, pair[1])):
        if _apart(wrong, holds) > CLEAR and not (taken & holds).any():
            kept.append(conditions)
            taken |= holds
    return kept


def _nodes(rows: Frame, wrong: Mask, features: Sequence[Feature]) -> Iterator[tuple[Condition, ...]]:
    """The conditions of every node below the root of a tree that tells mistakes from right answers."""
    from sklearn.tree import DecisionTreeClassifier

    columns = [(feature, value) for feature in features for value in (feature.categories or (None,))]
    matrix = np.column_stack([_column(rows, feature, value) for feature, value in columns])
    fitted = DecisionTreeClassifier(max_depth=MOST_CONDITIONS, min_samples_leaf=SMALLEST, random_state=0)
    tree: Any = fitted.fit(matrix, wrong).tree_
    open_: list[tuple[int, tuple[Condition, ...]]] = [(0, ())]
    while open_:
        node, above = open_.pop()
        if above:
            yield above
        if tree.children_left[node] != tree.children_right[node]:
            feature, category = columns[tree.feature[node]]
            low, high = _parted(feature, category, float(tree.threshold[node]))
            open_.append((tree.children_left[node], _tightened((*above, low))))
            open_.append((tree.children_right[node], _tightened((*above, high))))


def _column(rows: Frame, feature: Feature, category: str | None) -> Array:
    """What the tree sees of a feature: a number (its middle where unknown), or whether it is one category."""
    if category is not None:
        return np.asarray((rows[feature.name] == category).to_numpy(dtype="float64", na_value=0.0))
    known = rows[feature.name].astype("float64")
    return np.asarray(known.fillna(known.median()).fillna(0.0), dtype="float64")


def _parted(feature: Feature, category: str | None, threshold: float) -> tuple[Condition, Condition]:
    """What holds on either side of a split."""
    name = feature.name
    if category is not None:
        return (
            Condition(feature=name, op="is_not", value=category),
            Condition(feature=name, op="is", value=category),
        )
    if feature.kind == "flag":
        return Condition(feature=name, op="is", value=0.0), Condition(feature=name, op="is", value=1.0)
    limit = _told(threshold, feature)
    return Condition(feature=name, op="at_most", value=limit), Condition(feature=name, op="above", value=limit)


def _told(threshold: float, feature: Feature) -> float:
    """A limit as people read it, so that what is checked is what is told: whole steps, or three significant digits."""
    step = feature.step or (1.0 if feature.whole else None)
    if step:
        return round(math.floor(threshold / step) * step, 9)
    digits = 2 - math.floor(math.log10(abs(threshold))) if threshold else 0
    return round(threshold, max(0, digits))


def _tightened(conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """Without a first condition that the last one says more sharply."""
    *before, last = conditions
    kept = [c for c in before if c.feature != last.feature or (c.op, last.op) in _BESIDE]
    return (*kept, last)


_BESIDE = (("above", "at_most"), ("at_most", "above"), ("is_not", "is_not"))
"""Pairs of conditions on one feature of which both are needed; below a split, a limit of the same side is sharper."""


def _all(conditions: tuple[Condition, ...], rows: Frame) -> Mask:
    return np.asarray(np.all([condition.holds(rows) for condition in conditions], axis=0), dtype=bool)


def _apart(wrong: Mask, holds: Mask) -> float:
    """How far the rate of mistakes is above the overall one, in standard errors of a share of so many rows."""
    overall, n = float(wrong.mean()), int(holds.sum())
    if not n or not 0 < overall < 1:
        return 0.0
    return (float(wrong[holds].mean()) - overall) / math.sqrt(overall * (1 - overall) / n)
