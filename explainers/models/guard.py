"""What a model returns is checked before anyone uses it: E210 and E212 to E215, each a sentence for a person."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from explainers.base import Array, Frame
from explainers.errors import ModelError

HINT = "This case is not explained; a person can be asked."
TOLERANCE = 1e-4
"""How far probabilities of a row may be from a sum of 1, and one of them outside 0 to 1: float32 models round."""
MOST_UNSCORED = 100
"""Rows without a score, and half of a table at most, before a model is of no use at all."""
OF_A_ROW = ("E210", "E212", "E214")
"""What may be wrong with one row and right with the next."""


def returned(call: Callable[[], object]) -> object:
    """What the model returns. ModelError E210 where it raises."""
    try:
        return call()
    except ModelError:
        raise
    except Exception as error:  # whatever a model does is an answer of the model, not a bug of this program
        raise ModelError(
            "E210", f"The model could not score this ({type(error).__name__}).", where="model", hint=HINT
        ) from error


def asked(call: Callable[[], object]) -> Array:
    """What the model returns, as float64. ModelError E210 where it raises, E213 where it returns no numbers."""
    found = returned(call)
    try:
        return np.array(found, dtype="float64")
    except (TypeError, ValueError) as error:
        raise ModelError(
            "E213", "The model returned something that is not a table of numbers.", where="model", hint=HINT
        ) from error


def no_score(where: str = "model") -> ModelError:
    """E212: what is said of a case that the model returned no number for."""
    return ModelError("E212", "The model returned no number for this case.", where=where, hint=HINT)


def shaped(scores: Array, rows: int, columns: int) -> Array:
    """Scores of shape (rows, columns); a single column may come as (rows,).

    ModelError E213 for another shape, E212 for NaN and inf.
    """
    if scores.ndim == 1 and columns == 1:
        scores = scores[:, None]
    if scores.shape != (rows, columns):
        raise ModelError(
            "E213",
            f"The model returned an array of shape {scores.shape}; {rows} rows by {columns} were expected.",
            where="model",
            hint=HINT,
        )
    if (bad := ~scored(scores)).any():
        raise no_score(_row(bad))
    return scores


def probabilities(scores: Array) -> Array:
    """Rows of probabilities, (n, k), rounding clipped.

    ModelError E214 where one is outside 0 to 1 or a row does not add up to 1.
    """
    outside = ((scores < -TOLERANCE) | (scores > 1 + TOLERANCE)).any(axis=1)
    if outside.any():
        raise ModelError("E214", "The model returned a probability outside 0 to 1.", where=_row(outside), hint=HINT)
    unequal = np.abs(scores.sum(axis=1) - 1) > TOLERANCE
    if unequal.any():
        raise ModelError("E214", "The model's probabilities do not add up to 1.", where=_row(unequal), hint=HINT)
    clipped: Array = np.clip(scores, 0.0, 1.0)
    return clipped


def scored(scores: Array) -> npt.NDArray[np.bool_]:
    """Which rows of scores (n, k) hold numbers, (n,)."""
    return np.asarray(np.isfinite(scores).all(axis=1), dtype=bool)


def row_by_row(predict: Callable[[Frame], Array], frame: Frame, columns: int) -> Array:
    """Scores (n, columns), NaN in the rows that the model cannot score; found by halving the table.

    Raises the ModelError of the first such row where there are more than MOST_UNSCORED, or than half of them; any other
    ModelError at once.
    """
    scores = np.full((len(frame), columns), np.nan)
    without: list[ModelError] = []

    def fill(begin: int, end: int) -> None:
        try:
            scores[begin:end] = predict(frame.iloc[begin:end])
        except ModelError as error:
            if error.code not in OF_A_ROW:
                raise
            if end - begin == 1:
                without.append(error)
                if len(without) > min(MOST_UNSCORED, len(frame) // 2):
                    raise without[0] from None
                return
            middle = (begin + end) // 2
            fill(begin, middle)
            fill(middle, end)

    if len(frame):
        fill(0, len(frame))
    return scores


def right_way_round(probability: Array, happened: npt.ArrayLike) -> None:
    """ModelError E215 where a model ranks what happened clearly the wrong way round: its classes are swapped.

    `probability` (n,) of the outcome that `happened` (n,) tells with 1. Clearly: the area under the ROC curve is more
    than three standard errors below one half (Hanley and McNeil, 1982, at 0.5).
    """
    from scipy.stats import rankdata

    truth = np.asarray(happened, dtype=bool)
    yes, no = int(truth.sum()), int((~truth).sum())
    if not yes or not no:
        return
    area = (rankdata(probability)[truth].sum() - yes * (yes + 1) / 2) / (yes * no)
    if area < 0.5 - 3 * np.sqrt((yes + no + 1) / (12 * yes * no)):
        raise ModelError(
            "E215",
            "The model's scores point the wrong way: its outcomes seem to be swapped.",
            where="outcomes",
            hint="Check which label of [outcomes] the model calls 1.",
        )


def _row(bad: npt.NDArray[np.bool_] | np.bool_) -> str:
    return f"row {int(np.argmax(bad)) + 1}"
