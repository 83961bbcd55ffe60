"""The result itself, and how sure it is: of the case, or of a group."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from assistant.facts import Facts, OutcomeScore, PopulationFact
from assistant.questions.context import Context
from assistant.questions.decision import (
    certainty_fact,
    check_recorded,
    decide,
    outcome_fact,
    rule_fact,
    score_fact,
    scores_fact,
)
from assistant.questions.groups import group_facts, group_of, outcome_counts
from assistant.questions.rows import Mask, answers
from explainers.overview.summary import summary
from explainers.trust.certainty import level


@dataclass(frozen=True, slots=True, kw_only=True)
class Predict:
    """For example: what did the model say?"""

    kind: ClassVar[str] = "predict"

    def facts(self, context: Context) -> Facts:
        return group_result(self.kind, context) if context.scope else result_facts(self.kind, context)


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """For example: how sure is it? How likely is approval for people under 30? `class_` names an outcome."""

    kind: ClassVar[str] = "confidence"
    class_: str | None = None

    def facts(self, context: Context) -> Facts:
        if context.scope:
            return group_result(self.kind, context, self.class_)
        found = result_facts(self.kind, context)
        return replace(found, asked_outcome=asked_outcome(context, self.class_, found))


def result_facts(kind: str, context: Context) -> Facts:
    """Outcome, score, rule and certainty of the case, without reasons. Raises ModelError E220."""
    decision = decide(context)
    check_recorded(context, decision)
    return Facts(
        kind=kind,
        language=context.language,
        model=context.model_fact(),
        subject=context.subject(),
        outcome=outcome_fact(context, decision),
        rule=rule_fact(context, decision),
        score=score_fact(context, decision),
        scores=scores_fact(context, decision),
        certainty=certainty_fact(context, decision),
        medical=context.domain.vocabulary.medical,
        limits=context.domain.limits,
    )


def asked_outcome(context: Context, outcome: str | None, found: Facts) -> OutcomeScore | None:
    """The outcome that a question names, with its score; None where it names none, and for a quantity."""
    if outcome not in context.domain.schema.targets or found.scores is None:
        return None
    name = context.outcome(outcome)
    return OutcomeScore(name=name, score=found.scores[name], level=level(found.scores[name]))


def group_result(kind: str, context: Context, asked: str | None = None) -> Facts:
    """What the model says of the rows in scope: how many get which outcome and the mean score, or the mean."""
    mask, population = group_of(context)
    if population.n:
        population = _answered(context, mask, population, asked)
    return replace(group_facts(kind, context, population), limits=context.domain.limits)


def _answered(context: Context, mask: Mask, population: PopulationFact, asked: str | None) -> PopulationFact:
    domain = context.domain
    found, schema = answers(domain)[mask], domain.schema
    if schema.quantity is not None:
        told = summary(found)
        assert told is not None  # a model that answers no number is refused
        return replace(
            population,
            counted="predictions",
            mean=told.mean,
            median=told.median,
            of=context.outcome(schema.decisive),
            unit=schema.quantity.unit,
        )
    target = asked if asked in schema.targets else None
    place = schema.targets.index(target or schema.decisive)
    return replace(
        population,
        counted="predictions",
        counts=outcome_counts(context, found, target),
        asked=context.outcome(target) if target else None,
        share_favourable=float((found == schema.favourable).mean()) if schema.favourable else None,
        mean=float(domain.cases.scores[mask, place].mean()),
        of=context.outcome(schema.targets[place]),
        calibrated=domain.calibrated,
    )
