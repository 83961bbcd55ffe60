"""Why over a group of rows: the mean of their reasons, how far they share them, and how they come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from assistant.facts import Facts, GroupWhyFact, SharedReason
from assistant.questions.context import Context
from assistant.questions.groups import group_facts, group_of, too_few
from assistant.questions.predict import group_result
from assistant.questions.reasons import TOLD, toward
from assistant.questions.rows import Mask, answers, values_of
from explainers.attribution import choose
from explainers.evidence import Attributions
from explainers.overview.mean_attribution import EXACT_ROWS, SAMPLED_ROWS, Shared, chosen, shared
from explainers.overview.summary import frequencies


def group_why(kind: str, context: Context, feature: str | None = None) -> Facts:
    """The facts of a question for the reasons of a group; `feature` asks about one. Raises ModelError E216."""
    mask, population = group_of(context)
    found = explained(context, mask, target_of(context, mask)) if population.n else None
    if found is None:
        return group_facts(kind, context, population if population.n == 0 else too_few(context))
    fact = _with_asked(context, found, _fact(context, mask, found), feature)
    return replace(group_result(kind, context), model=context.model_fact(found), group_why=fact)


def explained(context: Context, mask: Mask, target: str) -> Attributions | None:
    """The attributions of a sample of the rows in the mask; None where there are too few for this reader.

    Rows whose decision on record is not the model's are left out, as single cases are.
    """
    domain = context.domain
    agreeing = mask if domain.cases.recorded is None else mask & (answers(domain) == np.array(domain.cases.recorded))
    explainer = choose(domain.model, target, domain.method)
    places = chosen(np.flatnonzero(agreeing), EXACT_ROWS if explainer.exact else SAMPLED_ROWS)
    if not len(places) or context.too_few(len(places)):
        return None
    return explainer.explain(domain.model, domain.cases.frame.iloc[places].reset_index(drop=True), target)


def target_of(context: Context, mask: Mask) -> str:
    """What the score is told of: the quantity, the favourable one of two outcomes, else the group's most frequent."""
    schema = context.domain.schema
    if schema.quantity is not None or (len(schema.targets) == 2 and schema.favourable):
        return schema.decisive
    return str(next(iter(frequencies(answers(context.domain)[mask]))))


def _fact(context: Context, mask: Mask, found: Attributions) -> GroupWhyFact:
    domain, schema = context.domain, context.domain.schema
    reasons = shared(found, domain.groups)
    told = [s for rank, s in enumerate(reasons, 1) if rank <= TOLD or s.divided]
    others = [name for name in schema.targets if name != found.target]
    return GroupWhyFact(
        of=context.outcome(found.target),
        explained=len(found.scores),
        reasons=tuple(_reason(context, found, s, reasons.index(s) + 1) for s in told),
        total=len(reasons),
        rest=sum(s.mean.weight for s in reasons if s not in told),
        base=float(found.base.mean()),
        score=float(found.scores.mean()),
        residual=float(found.residuals.mean()),
        unit=schema.quantity.unit if schema.quantity else None,
        other=context.outcome(others[0]) if len(others) == 1 else None,
        calibrated=None if schema.quantity else domain.calibrated,
        ruled=_ruled(context, np.flatnonzero(mask)) or None,
    )


def _with_asked(context: Context, found: Attributions, fact: GroupWhyFact, feature: str | None) -> GroupWhyFact:
    """The reason that was asked for among the told ones; by itself too where it is told as a group's."""
    if feature is None:
        return fact
    asked = context.domain.groups.get(feature, feature)
    if asked not in {reason.feature for reason in fact.reasons}:
        rank, own = _place(shared(found, context.domain.groups), asked)
        reasons = (*fact.reasons, _reason(context, found, own, rank))
        fact = replace(fact, reasons=reasons, rest=fact.rest - own.mean.weight)
    if asked == feature:
        return replace(fact, asked=asked)
    rank, own = _place(shared(found, {}), feature)
    return replace(fact, asked=asked, member=_reason(context, found, own, rank))


def _place(reasons: Sequence[Shared], name: str) -> tuple[int, Shared]:
    return next((rank, s) for rank, s in enumerate(reasons, 1) if s.mean.feature == name)


def _ruled(context: Context, places: npt.NDArray[np.int64]) -> int:
    """In how many rows a rule decides."""
    rules = context.domain.schema.rules
    rows = values_of(context.domain.cases.frame.iloc[places]) if rules else []
    return sum(any(rule.when.holds(row) for rule in rules) for row in rows)


def _reason(context: Context, found: Attributions, of: Shared, rank: int) -> SharedReason:
    mean, schema = of.mean, context.domain.schema
    inside = [f for f in schema.features if f.input and mean.feature in (f.name, f.group)]
    return SharedReason(
        feature=mean.feature,
        label=context.label(mean.feature),
        weight=mean.weight,
        direction=toward(context, found.target, mean.weight) if mean.settled else "none",
        rank=rank,
        agree=of.agree,
        up=of.up,
        down=of.down,
        error=mean.error,
        spread=of.spread,
        tied_with=mean.tied_with,
        divided=of.divided or None,
        sensitive=any(f.sensitive for f in inside) or None,
    )
