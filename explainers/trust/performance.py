"""How good a model is on rows it has not learned from, each figure with its standard error where there is a formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from explainers.base import Array

Labels = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Figures by the field's names for them, over `n` rows; one that the rows don't allow is absent.

    `baseline`: what always answering the most frequent outcome (the median, for a quantity) would reach in the first of
    them. `of`: the outcome that precision, recall, F1 and the ROC AUC are about; None where they are averages.
    """

    n: int
    values: Mapping[str, float]
    errors: Mapping[str, float] = field(default_factory=dict)
    baseline: float | None = None
    of: str | None = None


def classified(truth: Labels, answered: Labels, scores: Array, targets: Sequence[str], of: str | None) -> Figures:
    """Of outcomes: `truth` and `answered` (n,) by name, `scores` (n, targets).

    `of` one outcome against all others, or the plain average over all that occur. Needs at least one row.
    """
    right = truth == answered
    values, errors = {"accuracy": float(right.mean())}, {"accuracy": _of_share(right)}
    figures = [_of_one(truth == name, answered == name, scores[:, place])
               for place, name in enumerate(targets) if of in (None, name)]  # fmt: skip
    for metric in dict.fromkeys(name for one, _ in figures for name in one):
        known = [one[metric] for one, _ in figures if metric in one]
        values[metric] = float(np.mean(known))
    errors |= figures[0][1] if of else {}
    usual = max(float((truth == name).mean()) for name in targets)
    return Figures(n=len(truth), values=values, errors=errors, baseline=usual, of=of)


def quantified(truth: Array, predicted: Array) -> Figures:
    """Of a quantity, shapes (n,): mean absolute error first, in its unit, root mean squared error, and R²."""
    from sklearn.metrics import mean_absolute_error, r2_score, root_mean_squared_error

    values = {
        "mae": float(mean_absolute_error(truth, predicted)),
        "rmse": float(root_mean_squared_error(truth, predicted)),
    }
    if len(truth) > 1 and np.ptp(truth) > 0:
        values["r2"] = float(r2_score(truth, predicted))
    off = np.abs(truth - predicted)
    errors = {"mae": float(off.std(ddof=1) / np.sqrt(len(off)))} if len(off) > 1 else {}
    return Figures(n=len(truth), values=values, errors=errors, baseline=float(np.abs(truth - np.median(truth)).mean()))


def _of_one(
    is_it: npt.NDArray[np.bool_], said: npt.NDArray[np.bool_], score: Array
) -> tuple[dict[str, float], dict[str, float]]:
    """Precision, recall (sensitivity), specificity, F1 and ROC AUC of one outcome, and the errors of shares."""
    from sklearn.metrics import f1_score, roc_auc_score

    values, errors = {}, {}
    shares = {"precision": is_it[said], "recall": said[is_it], "sensitivity": said[is_it], "specificity": ~said[~is_it]}
    for name, held in shares.items():
        if len(held):
            values[name], errors[name] = float(held.mean()), _of_share(held)
    if is_it.any() or said.any():
        values["f1"] = float(f1_score(is_it, said, zero_division=0.0))
    if is_it.any() and not is_it.all():
        values["roc_auc"] = float(roc_auc_score(is_it, score))
        errors["roc_auc"] = _of_area(values["roc_auc"], int(is_it.sum()), int((~is_it).sum()))
    return values, errors


def _of_share(held: npt.NDArray[np.bool_]) -> float:
    """sqrt(p (1 - p) / n)."""
    share = float(held.mean())
    return float(np.sqrt(share * (1 - share) / len(held)))


def _of_area(area: float, yes: int, no: int) -> float:
    """Of a ROC AUC (Hanley and McNeil, 1982)."""
    first, second = area / (2 - area), 2 * area**2 / (1 + area)
    spread = area * (1 - area) + (yes - 1) * (first - area**2) + (no - 1) * (second - area**2)
    return float(np.sqrt(max(spread, 0.0) / (yes * no)))
