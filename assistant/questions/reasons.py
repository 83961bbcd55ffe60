"""An attribution as reasons: per declared group, with value, direction, size, rank, ties and the reference group."""

from __future__ import annotations

from assistant.facts import Comparison, Direction, Facts, Member, Reason, ReferenceFact, Size
from assistant.questions.context import Context
from assistant.questions.decision import certainty_fact, explained, outcome_fact, rule_fact, score_fact, scores_fact
from explainers.base import Feature, Value
from explainers.evidence import Attribution, Contribution

TOLD = 10
"""How many reasons a record holds; the others are summed in `reasons_rest`."""


def reasons_facts(kind: str, context: Context, target: str | None = None, asked: str | None = None) -> Facts:
    """The facts of every question about reasons; the one `asked` for is among them. Raises ModelError E216, E220."""
    decision, attributions = explained(context, target)
    attribution = attributions.row(0, context.domain.groups)
    ranks = {c.feature: rank for rank, c in enumerate(attribution.contributions, 1)}
    told = tuple(c for c in attribution.contributions if ranks[c.feature] <= TOLD or c.feature == asked)
    reasons = tuple(_reason(context, attribution, ranks[c.feature], c) for c in told)
    return Facts(
        kind=kind,
        language=context.language,
        model=context.model_fact(attributions),
        subject=context.subject(),
        outcome=outcome_fact(context, decision),
        rule=rule_fact(context, decision),
        score=score_fact(context, decision, attribution),
        scores=scores_fact(context, decision),
        asked=asked,
        reasons=reasons,
        reasons_total=len(attribution.contributions),
        reasons_rest=sum(c.weight for c in attribution.contributions if c not in told),
        residual=attribution.residual,
        certainty=certainty_fact(context, decision, firm=_firm(told)),
        medical=context.domain.vocabulary.medical,
        limits=context.domain.limits,
    )


def _firm(told: tuple[Contribution, ...]) -> bool | None:
    """Whether the direction of each of the four largest reasons is known; None where a method has no errors."""
    largest = [c for c in told[:4] if c.weight != 0]
    return None if any(c.error is None for c in largest) else all(c.settled for c in largest)


def _reason(context: Context, attribution: Attribution, rank: int, found: Contribution) -> Reason:
    inside = found.members or (found,)
    features = [context.domain.schema.feature(c.feature) for c in inside]
    alone = features[0] if len(features) == 1 else None
    return Reason(
        feature=found.feature,
        label=context.label(found.feature),
        kind=alone.kind if alone else "group",
        value=_value(context, alone),
        weight=found.weight,
        direction=direction(context, attribution.target, found),
        size=_size(abs(found.weight), sum(abs(c.weight) for c in attribution.contributions)),
        rank=rank,
        error=found.error,
        unit=context.unit(alone.name) if alone else None,
        step=context.step(alone) if alone else None,
        tied_with=found.tied_with,
        sensitive=True if any(f.sensitive for f in features) else None,
        group=tuple(c.feature for c in found.members) or None,
        members=tuple(_member(context, c) for c in found.members) or None,
        reference=reference_fact(context, alone) if alone else None,
    )


def _member(context: Context, found: Contribution) -> Member:
    feature = context.domain.schema.feature(found.feature)
    return Member(
        feature=found.feature,
        label=context.label(found.feature),
        value=_value(context, feature),
        weight=found.weight,
        unit=context.unit(found.feature),
        step=context.step(feature),
        reference=reference_fact(context, feature),
    )


def _value(context: Context, feature: Feature | None) -> Value:
    return None if feature is None else context.shown(feature, context.case.values[feature.name])


def direction(context: Context, target: str, found: Contribution) -> Direction:
    """For or against the favourable outcome where one is declared, else up or down; none where the sign is unknown."""
    if not found.settled:
        return "none"
    return toward(context, target, found.weight)


def toward(context: Context, target: str, weight: float) -> Direction:
    """Which way a change of the score of `target` goes."""
    if weight == 0:
        return "none"
    good = context.domain.favours(target)
    # Of three outcomes, what speaks for one that is not favourable need not speak against the one that is.
    if good is None or (not good and len(context.domain.schema.targets) > 2):
        return "up" if weight > 0 else "down"
    return "for" if (weight > 0) == good else "against"


def _size(weight: float, total: float) -> Size:
    share = weight / total if total else 0.0
    return "large" if share >= 0.25 else "medium" if share >= 0.10 else "small"


def reference_fact(context: Context, feature: Feature) -> ReferenceFact | None:
    """The reference group's median or most frequent category beside the case's value; None where it is unknown."""
    value = context.case.values[feature.name]
    usual = context.domain.evidence.typical.get(feature.name)
    if value is None or usual is None:
        return None
    return ReferenceFact(
        of=context.domain.reference_name(context.language),
        value=context.shown(feature, usual),
        comparison=comparison(feature, value, usual),
    )


def comparison(feature: Feature, value: float | str, usual: float | str) -> Comparison:
    """How a value stands to the usual one; numbers within half a step of it are the same."""
    if isinstance(value, str) or isinstance(usual, str) or feature.kind == "flag":
        return "same" if value == usual else "different"
    step = feature.step or 0.0
    if abs(value - usual) < step / 2 or value == usual:
        return "same"
    return "higher" if value > usual else "lower"
