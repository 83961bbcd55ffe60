"""Whether probabilities may be told as percentages, and a layer that makes them so (Platt scaling)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from explainers.base import Array
from explainers.models.units import logit, sigmoid

BOUND = 0.05
"""The largest calibration error at which a score is told as a percentage."""
ENOUGH = 500
"""Rows below which nothing is promised."""
FEWEST = 20
"""Rows of each kind below which no layer is fitted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Platt:
    """p = sigmoid(slope * log-odds + shift), slope > 0 (Platt, 1999): strictly increasing, so ranks stay."""

    slope: float
    shift: float

    @classmethod
    def fit(cls, log_odds: Array, happened: npt.ArrayLike) -> Platt | None:
        """By maximum likelihood with Platt's smoothed targets; None where no rising curve fits."""
        from scipy.optimize import minimize

        truth = np.asarray(happened, dtype=bool)
        yes, no = int(truth.sum()), int((~truth).sum())
        if not yes or not no:
            return None
        wanted = np.where(truth, (yes + 1) / (yes + 2), 1 / (no + 2))

        def loss(point: Array) -> tuple[float, Array]:
            z = point[0] * log_odds + point[1]
            gap = sigmoid(z) - wanted
            value = np.logaddexp(0, z) - wanted * z
            return float(value.mean()), np.array([(gap * log_odds).mean(), gap.mean()])

        found = minimize(loss, np.array([1.0, 0.0]), jac=True, method="L-BFGS-B", bounds=[(1e-6, None), (None, None)])
        return cls(slope=float(found.x[0]), shift=float(found.x[1])) if found.x[0] > 1e-3 else None

    def apply(self, log_odds: Array) -> Array:
        """Calibrated probabilities of what the layer was fitted to."""
        return sigmoid(self.slope * log_odds + self.shift)

    def cutoff(self, probability: float) -> float:
        """Where an uncalibrated cut-off stands after the layer: the same cases are on either side."""
        return float(self.apply(logit(np.array([probability])))[0])

    def mirrored(self) -> Platt:
        """The layer of the other outcome, over its own log-odds."""
        return Platt(slope=self.slope, shift=-self.shift)


def shown_cutoff(cutoff: float | None, layer: Platt | None) -> float | None:
    """A declared cut-off on the scale of the scores as shown."""
    return cutoff if cutoff is None or layer is None else layer.cutoff(cutoff)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What was measured on `n` rows the model has not seen. `error` is that of the scores as shown, through `layer`."""

    layer: Platt | None
    error: float | None
    n: int

    @property
    def enough(self) -> bool:
        """Whether there were rows enough to rely on the error."""
        return self.n >= ENOUGH

    @property
    def holds(self) -> bool:
        """Whether scores may be told as percentages."""
        return self.enough and self.error is not None and self.error <= BOUND


def expected_calibration_error(probability: Array, happened: npt.ArrayLike, bins: int = 10) -> float:
    """Expected calibration error in bins of equal mass, less what chance alone adds to it.

    Tied probabilities share a bin. A bin's gap is normal around its true value with standard error sqrt(y(1-y)/n); the
    mean size such a gap would have by chance is subtracted, as in the debiased l1 estimator of Kumar, Liang and Ma
    (2019, Verified Uncertainty Calibration), its Gaussian mean in closed form instead of by simulation.
    """
    from scipy.special import ndtr

    truth = np.asarray(happened, dtype="float64")
    edges = np.quantile(probability, np.linspace(0, 1, bins + 1)[1:-1])
    bin_of = np.searchsorted(edges, probability, side="right")
    counts = np.bincount(bin_of, minlength=bins)
    filled = counts > 0
    n = counts[filled]
    rate = np.bincount(bin_of, truth, minlength=bins)[filled] / n
    gap = np.abs(rate - np.bincount(bin_of, probability, minlength=bins)[filled] / n)
    error = np.sqrt(rate * (1 - rate) / n)
    safe = np.where(error > 0, error, 1.0)
    by_chance = safe * np.sqrt(2 / np.pi) * np.exp(-((gap / safe) ** 2) / 2) + gap * (1 - 2 * ndtr(-gap / safe))
    expected = np.where(error > 0, by_chance, gap)
    return float(max(0.0, np.average(2 * gap - expected, weights=n)))


def calibrate(probability: Array, happened: npt.ArrayLike) -> Calibration:
    """Judges probabilities (n,) of what `happened` (n,) tells with 1, on rows the model has not seen.

    Good as they are (error <= 0.05): no layer. Else a Platt layer, judged on rows it was not fitted to (five folds),
    where it is better than none.
    """
    truth = np.asarray(happened, dtype=bool)
    n = len(truth)
    if min(truth.sum(), n - truth.sum()) < FEWEST:
        return Calibration(layer=None, error=None, n=n)
    raw = expected_calibration_error(probability, truth)
    layer = Platt.fit(logit(probability), truth) if raw > BOUND else None
    crossed = _cross_fitted(logit(probability), truth) if layer is not None else None
    if crossed is None or (error := expected_calibration_error(crossed, truth)) >= raw:
        return Calibration(layer=None, error=raw, n=n)
    return Calibration(layer=layer, error=error, n=n)


def calibrate_many(probabilities: Array, happened: npt.ArrayLike) -> Calibration:
    """The worst outcome's error of probabilities (n, k), k >= 3; `happened` (n,) holds the place of the true one."""
    truth = np.asarray(happened)
    k = probabilities.shape[1]
    counts = np.bincount(truth, minlength=k)
    if counts.min() < FEWEST:
        return Calibration(layer=None, error=None, n=len(truth))
    errors = [expected_calibration_error(probabilities[:, j], truth == j) for j in range(k)]
    return Calibration(layer=None, error=max(errors), n=len(truth))


def _cross_fitted(log_odds: Array, truth: npt.NDArray[np.bool_]) -> Array | None:
    """Every row through a layer fitted to the other four fifths; folds are alike in scores and in what happened."""
    fold = np.empty(len(truth), dtype=int)
    fold[np.lexsort((log_odds, truth))] = np.arange(len(truth)) % 5
    shown = np.empty(len(truth))
    for k in range(5):
        layer = Platt.fit(log_odds[fold != k], truth[fold != k])
        if layer is None:
            return None
        shown[fold == k] = layer.apply(log_odds[fold == k])
    return shown
