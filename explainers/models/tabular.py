"""A model of tables behind the gate: any native model, asked in the gate's words and guarded."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from explainers.base import Array, Frame, Schema
from explainers.errors import ModelError
from explainers.models import guard
from explainers.models.apart import foreign, settled_apart
from explainers.models.columns import Columns, Dtypes, Training, in_pandas_order
from explainers.models.encoding import Encoding, lay_open
from explainers.models.labels import outcome_columns
from explainers.models.native import Native
from explainers.models.opening import native_of, settled
from explainers.models.units import LOG, LOG_ODDS, SCORE, Unit, logit
from explainers.trust.calibration import Platt


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A native model together with the column types of its training table, in the table's order.

    `seconds`: how long a call of a foreign model may take, which is then asked in a process of its own; None: any time,
    in this process.
    """

    native: object
    dtypes: Dtypes
    seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TabularModel:
    """A native model as a `Model`. Compared and hashed by identity.

    With two outcomes and logistic scores margins are log-odds; of boosters of a positive quantity (Poisson, gamma,
    Tweedie) they are logarithms; otherwise they are the scores before calibration. `order` finds each target among the
    model's own outcomes. The calibration layer, if any, is part of `link`.
    """

    name: str
    version: str
    schema: Schema
    reference: Frame
    columns: Columns
    native: Native
    order: tuple[int, ...]
    unit: Unit = SCORE
    calibration: Platt | None = None
    laid_open: Encoding | None = None

    def predict(self, frame: Frame) -> Array:
        """Scores as shown, shape (n, len(schema.targets)). Raises ModelError E210, E212 to E214."""
        if self.calibration is None:
            return self._scores(frame)
        return np.column_stack([self.score(frame, target) for target in self.schema.targets])

    def known_scores(self, frame: Frame) -> Array:
        """As `predict`, but NaN in rows that the model cannot score. Raises ModelError where these are many."""
        return guard.row_by_row(self.predict, frame, len(self.schema.targets))

    def score(self, frame: Frame, target: str) -> Array:
        """One column of `predict`, shape (n,)."""
        if self.calibration is not None:
            return self.link(self.margin(frame, target), target)
        return self._scores(frame)[:, self.schema.targets.index(target)]

    def margin(self, frame: Frame, target: str) -> Array:
        """What the model adds up in, shape (n,): log-odds or a logarithm, else the uncalibrated score."""
        place = self.schema.targets.index(target)
        if self.unit is SCORE or self.native.margins is None or frame.empty:
            return self._scores(frame)[:, place]
        rows, margins = self.columns.table(frame), self.native.margins
        found = guard.asked(lambda: margins(self.native.encode(rows)))
        found = guard.shaped(found, len(frame), 1)[:, 0]
        return -found if self.unit is LOG_ODDS and self.order[place] == 0 else found

    def link(self, margins: Array, target: str) -> Array:
        """From margins to scores as shown: strictly increasing."""
        if self.calibration is None:
            return self.unit.score(margins)
        layer = self.calibration if target == self.schema.decisive else self.calibration.mirrored()
        return layer.apply(margins if self.unit is LOG_ODDS else logit(margins))

    def base_value(self, target: str) -> float:
        """The starting point: the score at the mean margin of the reference sample."""
        return float(self.link(self.margin(self.reference, target).mean(keepdims=True), target)[0])

    def encoding(self, target: str) -> Encoding | None:
        """What the final estimator sees, told by feature; None where features mix or it sees more than numbers."""
        if self.laid_open is None:
            return None
        return replace(self.laid_open, position=self.order[self.schema.targets.index(target)])

    def calibrated(self, layer: Platt | None) -> TabularModel:
        """The same model with a calibration layer (or none) over its log-odds of `schema.decisive`."""
        if layer is not None and len(self.schema.outcomes) != 2:
            raise ValueError("a calibration layer needs two outcomes")
        return replace(self, calibration=layer)

    def _scores(self, frame: Frame) -> Array:
        """Uncalibrated, shape (n, targets), in the schema's order."""
        if frame.empty:
            return np.empty((0, len(self.order)))
        rows = self.columns.table(frame)
        found = guard.asked(lambda: self.native.scores(self.native.encode(rows)))
        found = guard.shaped(found, len(frame), len(self.order))
        return found if self.schema.quantity is not None else guard.probabilities(found)[:, self.order]


def open_model(
    native: object, schema: Schema, reference: Frame, *, name: str, version: str | None = None
) -> TabularModel:
    """A native model as a `Model`.

    Native is a fitted scikit-learn estimator or pipeline, an xgboost, lightgbm or catboost model, a torch module, an
    onnxruntime session, any object with `predict_proba` or `predict`, a function from a table to probabilities (n,),
    (n, k) or values (n,), or one of these as `Typed`. Rows of the reference sample that it cannot score are left out.
    `version` is `sha256:…` of the model's file; without one its behaviour on the reference sample is hashed. The model
    is asked for the scores of the reference sample once, so that what is wrong with it shows here.

    Raises InputError E110 and E113, ModelError E201 and E210 to E215, DomainError E611.
    """
    typed = native if isinstance(native, Typed) else Typed(native=native, dtypes={})
    native, dtypes = typed.native, typed.dtypes
    asked = native_of(native)
    columns = Columns.of(schema, _training(asked, schema, dtypes))
    columns.require(asked.width)
    asked = _settled(asked, typed, schema, columns.table(reference))
    labels = asked.labels or ()
    model = TabularModel(
        name=name,
        version=version or "",
        schema=schema,
        reference=reference,
        columns=columns,
        native=asked,
        order=(0,) if schema.quantity is not None else outcome_columns(labels, schema.outcomes),
        laid_open=lay_open(asked, columns, schema, reference),
    )
    try:
        scores = model.known_scores(reference)
    except ModelError as error:
        raise _on_opening(error, schema) from error
    if (bad := ~guard.scored(scores)).any():
        scores, model = scores[~bad], replace(model, reference=reference[~bad].reset_index(drop=True))
    return replace(model, version=version or _behaviour(native, scores), unit=_unit(model, scores))


def _on_opening(error: ModelError, schema: Schema) -> ModelError:
    """What is wrong with a model on every row may be wrong with the table, of which then its text is told."""
    texts = ", ".join(f"*{f.label}*" for f in schema.features if f.input and f.kind == "category")
    hint = f"Check that the columns hold what it was trained on{f'; text here: {texts}' if texts else ''}."
    return ModelError(error.code, error.message, where=error.where, hint=hint if error.code == "E210" else error.hint)


def _settled(native: Native, typed: Typed, schema: Schema, table: pd.DataFrame) -> Native:
    if typed.seconds is None or not foreign(typed.native):
        return settled(native, schema, table)
    return settled_apart(native, typed.seconds, schema, table)


def _training(native: Native, schema: Schema, dtypes: Dtypes) -> Training:
    """What the model and the caller say of the training table; the model's own word comes first."""
    dtypes = {n: d for n, d in dtypes.items() if not isinstance(d, pd.CategoricalDtype) or d.categories is not None}
    categories: dict[str, Any] = {}
    for feature in schema.features:
        values = native.categorical.get(feature.name, native.categorical.get("_".join(feature.name.split())))
        if values is None or (not values and isinstance(dtypes.get(feature.name), pd.CategoricalDtype)):
            continue
        categories[feature.name] = pd.CategoricalDtype(list(values) or in_pandas_order(feature))
    return Training(names=native.names, dtypes={**dtypes, **categories}, values=native.values)


def _unit(model: TabularModel, scores: Array) -> Unit:
    """The unit of the model's margins: the one that gives its scores, else the score itself."""
    margins = model.native.margins
    if margins is None or len(model.order) > 2:
        return SCORE
    rows = model.columns.table(model.reference)
    try:
        found = guard.shaped(guard.asked(lambda: margins(model.native.encode(rows))), len(rows), 1)[:, 0]
    except ModelError:
        return SCORE
    expected = scores[:, 0] if model.schema.quantity is not None else scores[:, model.order.index(1)]
    fitting = (SCORE, LOG) if model.schema.quantity is not None else (LOG_ODDS,)
    with np.errstate(over="ignore"):
        return next((u for u in fitting if np.allclose(u.score(found), expected, rtol=1e-5, atol=1e-6)), SCORE)


def _behaviour(native: object, scores: Array) -> str:
    """A version for models that come without a file: their class, and what they say of the reference sample."""
    rounded = np.round(scores, 9) + 0.0  # no -0.0
    kind = type(native.estimator if isinstance(native, Native) else native)
    text = f"{kind.__module__}.{kind.__qualname__}\n"
    return "sha256:" + hashlib.sha256(text.encode() + rounded.tobytes()).hexdigest()
