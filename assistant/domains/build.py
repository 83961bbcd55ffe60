"""From a source to a folder that holds a domain whole: data, model, reference sample, evidence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from assistant.domains.domain import Unseen
from assistant.domains.fitting import SEED, Fitted, calibration, conformal, fitted
from assistant.domains.folder import Parts, Tables, write
from assistant.domains.rows import Rows, gated
from assistant.domains.source import Source
from explainers.attribution import choose
from explainers.base import Array, Frame, Schema, Value
from explainers.decision import decided
from explainers.errors import InputError
from explainers.expression import Expression
from explainers.models.guard import scored
from explainers.models.units import logit
from explainers.overview.importance import importance
from explainers.trust.calibration import Platt, shown_cutoff
from explainers.trust.familiarity import Familiarity

STEPS = ("data", "model", "calibration", "reference sample", "importance")
Progress = Callable[[str, int, int], None]
"""Told the name of each of STEPS as it begins, its place from 1, and how many there are."""

EXACT_ROWS, SAMPLED_ROWS = 200, 25
"""How many reference rows importance is averaged over, by exact and by sampled methods."""


def silent(step: str, place: int, of: int) -> None:
    """Progress that nobody watches."""


def build(source: Source, folder: Path, progress: Progress) -> None:
    """Writes everything an opened domain needs. Raises PlainwhyError where description, data or model do not fit."""
    progress(STEPS[0], 1, len(STEPS))
    rows = gated(source)
    progress(STEPS[1], 2, len(STEPS))
    model = fitted(source, rows, folder)
    progress(STEPS[2], 3, len(STEPS))
    judged = calibration(rows, model)
    layer = judged.layer if judged else None
    progress(STEPS[3], 4, len(STEPS))
    reference = _reference(source, rows, model, layer)
    progress(STEPS[4], 5, len(STEPS))
    opened = model.model(_name(source), rows.schema, reference).calibrated(layer)
    target = rows.schema.decisive
    explainer = choose(opened, target, source.description.model.explain if source.description.model else None)
    scores = opened.known_scores(rows.frame)
    parts = Parts(
        name=opened.name,
        version=opened.version,
        model_file=model.file.name if model.file else "",
        dtypes={name: str(dtype) for name, dtype in model.dtypes.items()},
        schema=rows.schema,
        calibration=judged,
        conformal=conformal(rows, model),
        notes=(*rows.notes, *_unscored(rows, scores)),
        importance=importance(opened, explainer, target, EXACT_ROWS if explainer.exact else SAMPLED_ROWS),
    )
    Familiarity.of(rows.frame[model.learned], rows.schema).save(folder / "familiarity.npz")
    tables = Tables(
        rows=rows,
        learned=model.learned,
        scores=scores,
        unseen=Unseen(places=model.places, scores=_shown(model.scores, rows.schema, layer)),
        reference=opened.reference,
    )
    write(folder, source.text, parts, tables)


def _shown(scores: Array, schema: Schema, layer: Platt | None) -> Array:
    """Scores (m, targets) through the calibration layer, as readers see them."""
    if layer is None:
        return scores
    place = schema.targets.index(schema.decisive)
    decisive = layer.apply(logit(scores[:, place]))
    return np.column_stack([decisive if i == place else 1 - decisive for i in range(2)])


def _unscored(rows: Rows, scores: Array) -> tuple[str, ...]:
    """A note where the model gave some rows no score: they stay cases, but are not explained and in no group."""
    without = np.flatnonzero(~scored(scores))
    if not len(without):
        return ()
    some = ", ".join(rows.ids[place] for place in without[:3]) + (", …" if len(without) > 3 else "")
    return (f"The model gives no score for {len(without)} of {len(scores)} cases, which are not explained: {some}.",)


def _name(source: Source) -> str:
    table = source.description.model
    return (table.name if table else None) or f"{source.name} model"


def _reference(source: Source, rows: Rows, model: Fitted, layer: Platt | None) -> Frame:
    """Training rows that the `[reference]` filter holds for, at most n of them, drawn with a fixed seed.

    Raises InputError E120 where the filter leaves fewer than ten.
    """
    table = source.description.reference
    frame = rows.frame[model.learned].reset_index(drop=True)
    if table.rows != "all":
        frame = frame[_holds(table.rows, frame, rows, model, layer)].reset_index(drop=True)
    if len(frame) < 10:
        raise InputError(
            "E120", f"Only {len(frame)} rows are left to compare with: {table.rows}.",
            where="reference", hint="At least 10 are needed; 200 or more are better.",
        )  # fmt: skip
    chosen = np.sort(np.random.default_rng(SEED).permutation(len(frame))[: table.n])
    return frame.iloc[chosen].reset_index(drop=True)


def _holds(text: str, frame: Frame, rows: Rows, model: Fitted, layer: Platt | None) -> list[bool]:
    """Where a filter holds; `prediction` stands for the outcome that the score comes to."""
    scores = model.model("reference", rows.schema, frame.head(200)).calibrated(layer).known_scores(frame)
    known = scored(scores)
    outcomes = decided(scores, rows.schema, shown_cutoff(rows.schema.cutoff, layer))
    expression = Expression(text)
    cases: list[dict[str, Value]] = frame.astype(object).where(frame.notna(), None).to_dict("records")  # type: ignore[assignment]  # columns are named by text
    return [
        bool(known) and expression.holds({**case, "prediction": name})
        for case, name, known in zip(cases, outcomes, known, strict=True)
    ]
