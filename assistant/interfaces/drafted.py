"""What `plainwhy init` tells at the end: what it found, how good the model is, and how to go on."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from assistant.domains.domain import Domain
from assistant.domains.draft_text import template
from assistant.interfaces.drafting import Drafted
from assistant.questions.performance import figures
from assistant.session import Session
from explainers.base import Feature
from explainers.trust.performance import Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found in the data and made of it. `seconds` by step of making ready; none where that was done before."""

    domain: str
    cases: int
    target: str
    outcomes: Mapping[str, int]
    features: Mapping[str, str]
    sensitive: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    id: str | None
    left_out: Mapping[str, str]
    to_fill: tuple[str, ...]
    model: str | None
    order_guessed: bool
    seconds: Mapping[str, float]
    held_out: Figures | None


def found(written: Drafted, domain: Domain, seconds: Mapping[str, float]) -> Found:
    """What is told of a draft and of the domain made of it."""
    draft, schema, unseen = written.draft, written.draft.schema, len(domain.cases.unseen.places)
    favoured = schema.favourable or (schema.quantity and schema.quantity.favourable)
    advice = any(f.actionable != "no" for f in schema.features)
    return Found(
        domain=str(written.path),
        cases=draft.rows,
        target=draft.request.target,
        outcomes={o.name: draft.counts[o.key] for o in schema.outcomes},
        features={f.name: f.kind for f in schema.features},
        sensitive=tuple(f.label for f in schema.features if f.sensitive),
        groups=tuple(tuple(f.label for f in members) for members in draft.groups.values()),
        id=draft.request.id,
        left_out=dict(draft.left_out),
        to_fill=(*(() if favoured else ("favourable",)), *(() if advice else ("change",))),
        model=draft.model.path.name if draft.model else None,
        order_guessed=draft.order_guessed,
        seconds=dict(seconds),
        held_out=figures(domain, np.ones(unseen, dtype=bool)) if unseen else None,
    )


def as_json(what: Found, first: Session) -> dict[str, Any]:
    """One object: what was found, and the first answer as `plainwhy ask --json` prints it."""
    return {**asdict(what), "first": first.last.to_json(first.id)}


def as_text(what: Found, first: Session, domain: Domain) -> str:
    """The same for people, with two commands to go on with."""
    return template("drafted.txt.jinja").render(
        **asdict(what), path=shlex.quote(what.domain), case=first.case.id, shell=shlex.quote(first.case.id),
        turn=first.last, changed=_changed(first, domain),
    )  # fmt: skip


def _changed(first: Session, domain: Domain) -> tuple[str, str] | None:
    """A feature to try another value of, and that value: one that weighs in the answer where there is one."""
    weighed = [reason["feature"] for reason in (first.last.record or {}).get("reasons", ())]
    numbers = {f.name: f for f in domain.schema.features if f.kind == "number" and f.input and not f.sensitive}
    for name in [*(name for name in weighed if name in numbers), *numbers]:
        other = _another(numbers[name], first, domain)
        if other is not None:
            return numbers[name].label, other
    return None


def _another(feature: Feature, first: Session, domain: Domain) -> str | None:
    """The usual value, else an end of the range; None where the case has all of these."""
    own, usual = first.case.values[feature.name], domain.evidence.typical[feature.name]
    if isinstance(usual, float):
        usual = float(round(usual)) if feature.whole else float(f"{usual:.3g}")
    for value in (usual, feature.high, feature.low):
        if isinstance(value, float) and isinstance(own, float) and value != own:
            return f"{value:.15g}"
    return None
