"""The model of a domain: one that Plainwhy trains, or one from a file, and what it says of rows it has not seen."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from assistant.domains.rows import Rows
from assistant.domains.source import Source
from explainers.base import Array, Frame, Schema
from explainers.errors import InputError
from explainers.models.files import file_sha256, load_native
from explainers.models.guard import right_way_round, scored
from explainers.models.opening import native_of
from explainers.models.tabular import TabularModel, Typed, open_model
from explainers.models.training import Task, fit, keys, split
from explainers.trust.calibration import Calibration, calibrate, calibrate_many
from explainers.trust.conformal import SplitConformal

SEED = 0
FEWEST_ROWS = 20
"""Of fewer rows, hardly any are left to judge by when some are held out."""
SWAP_ROWS = 5_000
"""Rows by which a given model's outcomes are seen to be the right way round."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fitted:
    """A native model and the file it stands in, the rows it learned from, and how it does on those it has not seen.

    `scores` (m, targets) are of the rows at `places` (m,), `truth` (m,) the place of their outcome, or the quantity.
    """

    native: object
    file: Path | None
    learned: npt.NDArray[np.bool_]
    places: npt.NDArray[np.int64]
    scores: Array
    truth: Array
    dtypes: Mapping[str, Any] = field(default_factory=dict)
    version: str | None = None
    """Of a file that was given; a model trained here is told by its behaviour: pickles of the same model differ."""

    def model(self, name: str, schema: Schema, reference: Frame) -> TabularModel:
        """As a `Model`, compared with a reference sample."""
        native = Typed(native=self.native, dtypes=self.dtypes)
        return open_model(native, schema, reference, name=name, version=self.version)


def fitted(source: Source, rows: Rows, folder: Path) -> Fitted:
    """The model, its file put into `folder`. Raises ModelError E2xx, InputError E1xx."""
    if source.native is not None:
        return _given(source, rows, source.native, None)
    if source.model_path is None:
        return _trained(source, rows, folder)
    assert source.description.model is not None  # it named the path
    native = load_native(source.model_path, source.description.model.trusted_sha256)
    if not source.description.features and native_of(native).names is None and len(rows.schema.inputs) > 1:
        raise InputError(
            "E113", f"{source.model_path.name} does not name its columns, and no [features] are described.",
            where="features", hint="Describe them in the order the model was trained on: `plainwhy init` drafts them.",
        )  # fmt: skip
    copy = folder / f"model{source.model_path.suffix}"
    shutil.copyfile(source.model_path, copy)
    return _given(source, rows, native, copy)


def _trained(source: Source, rows: Rows, folder: Path) -> Fitted:
    """Learns from the rows that are not held out, or from three quarters of them where no part is."""
    import joblib

    table = source.description.model
    assert table is not None
    assert table.train is not None  # a source without a model is refused before
    truth = keys(rows.target, rows.schema)
    if len(truth) < FEWEST_ROWS:
        raise InputError("E120", f"There are {len(truth)} rows: too few to learn from.", where="data",
                         hint=f"Give at least {FEWEST_ROWS}; 500 or more are better.")  # fmt: skip
    if rows.schema.quantity is None and len(set(truth)) < 2:
        raise InputError("E130", "Every row has the same outcome: there is nothing to learn.", where="data.target",
                         hint="Give rows of each outcome.")  # fmt: skip
    learn = ~rows.held_out if rows.held_out.any() else split(pd.Series(truth), SEED)
    trained = fit(table.train, Task(frame=rows.frame, truth=truth, schema=rows.schema, learn=learn, seed=SEED))
    path = folder / "model.joblib"
    joblib.dump(trained.estimator, path)
    return Fitted(
        native=trained.estimator,
        file=path,
        learned=trained.learn,
        places=trained.places,
        scores=trained.scores,
        truth=trained.truth,
    )


def _given(source: Source, rows: Rows, native: object, file: Path | None) -> Fitted:
    """It may have learned from every row but those of a held-out part."""
    places, dtypes, truth = np.flatnonzero(rows.held_out), source.dtypes(), _truth(rows)
    if source.model_path is not None and source.description.features:
        # Of a model that does not name its columns, the description says the order; a table may have any.
        described = [name for f in rows.schema.features for name in (f.columns or (f.name,)) if name in dtypes]
        dtypes = {name: dtypes[name] for name in dict.fromkeys([*described, *dtypes])}
    typed = Typed(native=native, dtypes=dtypes, seconds=source.description.limits.seconds)
    model = open_model(typed, rows.schema, rows.frame.head(500), name="given")
    if len(rows.schema.outcomes) == 2:
        first = model.known_scores(rows.frame.head(SWAP_ROWS))
        known = scored(first)
        right_way_round(first[known, 1], truth[: len(first)][known] == 1)
    scores = model.known_scores(rows.frame.iloc[places])
    known = scored(scores)
    return Fitted(
        native=model.native,
        file=file,
        learned=~rows.held_out,
        places=places[known],
        version=f"sha256:{file_sha256(file)}" if file else None,
        scores=scores[known],
        truth=truth[places[known]],
        dtypes=dtypes,
    )


def _truth(rows: Rows) -> Array:
    """The place of each row's outcome among the targets, or the quantity."""
    if rows.schema.quantity is not None:
        return rows.target.to_numpy(dtype="float64")
    places = {name: float(i) for i, name in enumerate(rows.schema.targets)}
    return np.array([places[name] for name in rows.target])


def calibration(rows: Rows, model: Fitted) -> Calibration | None:
    """How far the scores may be told as percentages; None for a quantity, or where no row is left to judge by."""
    if rows.schema.quantity is not None or not len(model.places):
        return None
    if len(rows.schema.outcomes) > 2:
        return calibrate_many(model.scores, model.truth.astype(int))
    place = rows.schema.targets.index(rows.schema.decisive)
    return calibrate(model.scores[:, place], model.truth == place)


def conformal(rows: Rows, model: Fitted) -> SplitConformal | None:
    """Of a quantity, from the rows this very model has not learned from."""
    mine = ~model.learned[model.places]
    if rows.schema.quantity is None:
        return None
    return SplitConformal.of(model.scores[mine, 0], model.truth[mine])
