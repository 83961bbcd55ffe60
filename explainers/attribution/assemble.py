"""From weights to attributions in the unit of the score; what promises to add up does, or does not leave here."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any, cast

import numpy as np

from explainers.attribution.reference import Sample
from explainers.base import Array, Frame, Model, Value
from explainers.errors import ModelError
from explainers.evidence import Attributions, Explainer

DOUBLE = 1e-6
"""By how much weights may miss the margin of a model in double precision; times the margin where that is above 1."""
SINGLE = 1e-4
"""The same for trees that add in single precision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a method found: weights (n, blocks, d) against a sample, and how closely they must add up.

    Weights are in margins; of a method that promises no sum (`bound` None) they are in the unit of the score.
    """

    method: Explainer
    sample: Sample
    blocks: Array
    bound: float | None = DOUBLE


def assemble(evidence: Evidence, model: Model, cases: Frame, target: str) -> Attributions:
    """The attributions of all cases, in the unit of the score.

    Additivity, where it is promised, is asserted in margins, against the model's own margin, before anything is
    converted. Raises ModelError E216 where a case's weights miss it.
    """
    margins, base = model.margin(cases, target), evidence.sample.base
    if evidence.bound is not None:
        _assert_additive(evidence, margins, evidence.bound)
    scores = model.score(cases, target)
    start, slope = _start(model, base, target)
    return Attributions(
        method=evidence.method.name,
        parameters={
            **asdict(cast(Any, evidence.method)),
            "reference_rows": len(evidence.sample.frame),
            "blocks": evidence.sample.blocks,
        },
        target=target,
        features=model.schema.inputs,
        blocks=evidence.blocks,
        scale=np.ones(len(cases)) if evidence.bound is None else _scale(margins - base, scores - start, slope),
        base=np.full(len(cases), start),
        scores=scores,
        margin_base=base,
        margins=margins,
        seeds=tuple(seed(evidence.method, model, row) for row in rows(cases, model.schema.inputs)),
    )


def seed(method: Explainer, model: Model, values: tuple[Value, ...]) -> int:
    """32 bits of the hash of a case, a model and a method; the same for every target, so that two outcomes mirror."""
    text = json.dumps([method.name, asdict(cast(Any, method)), model.version, values], sort_keys=True)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")


def rows(cases: Frame, features: tuple[str, ...]) -> list[tuple[Value, ...]]:
    """The cases' values in plain types, None where unknown."""
    columns = [[None if value != value else value for value in cases[f].tolist()] for f in features]  # noqa: PLR0124 - NaN
    return list(zip(*columns, strict=True))


def additive(weights: Array, margins: Array, base: float, bound: float) -> bool:
    """Whether weights (n, d) plus the base give the margins (n,), to `bound` times the larger of 1 and the margins."""
    scale = max(1.0, abs(base), float(np.abs(margins).max(initial=0)))
    return bool((np.abs(weights.sum(axis=1) + base - margins) <= bound * scale).all())


def _assert_additive(evidence: Evidence, margins: Array, bound: float) -> None:
    weights, base = evidence.blocks.mean(axis=1), evidence.sample.base
    wrong = [i for i in range(len(margins)) if not additive(weights[[i]], margins[[i]], base, bound)]
    if wrong:
        raise not_additive(f"row {wrong[0]}, method {evidence.method.name}")


def not_additive(where: str) -> ModelError:
    """E216: weights that do not add up to the margin."""
    return ModelError(
        "E216",
        "No reasons are shown because they do not add up to what the model itself computed.",
        where=where,
        hint="It may answer the same case differently from call to call. If it does not, name another method: "
        '[model] explain = "sampled_shap", or "occlusion", which promises no sum.',
    )


def _start(model: Model, base: float, target: str) -> tuple[float, float]:
    """The score at the starting point, and how steeply scores rise with margins there."""
    step = 1e-4 * max(1.0, abs(base))
    below, start, above = model.link(np.array([base - step, base, base + step]), target).tolist()
    return start, (above - below) / (2 * step)


def _scale(margins: Array, scores: Array, slope: float) -> Array:
    """What a unit of margin is worth in the score: the chord from the starting point, its slope where that is short."""
    short = np.abs(margins) < 1e-9
    scale: Array = np.where(short, slope, scores / np.where(short, 1.0, margins))
    return scale
