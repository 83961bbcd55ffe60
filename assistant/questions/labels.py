"""What really came out: of one case, and of all cases or a group."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from assistant.facts import Facts, PopulationFact, TruthFact
from assistant.questions.context import Context
from assistant.questions.groups import group_facts, group_of, outcome_counts
from assistant.questions.rows import answers
from explainers.models.guard import no_score
from explainers.overview.summary import summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """For example: what was it in truth? A group's where one is named, a case's where one is, else both."""

    kind: ClassVar[str] = "labels"

    def facts(self, context: Context) -> Facts:
        population = PopulationFact(filter="") if context.named else _group(context)
        found = group_facts(self.kind, context, population)
        if context.scope:
            return found
        found = replace(found, subject=context.subject(), truth=truth_fact(context))
        return replace(found, population=None) if context.named else found


def truth_fact(context: Context) -> TruthFact | None:
    """What is on record for the case beside what the model says; None for a new or a changed case."""
    domain, case = context.domain, context.case
    if case.id not in domain.cases.ids or case != domain.case(case.id):
        return None
    place, quantity = domain.cases.ids.index(case.id), domain.schema.quantity
    if not domain.cases.scored[place]:
        raise no_score()
    truth, answer = domain.cases.truth[place], answers(domain)[place]
    learned = bool(domain.cases.learned[place])
    if quantity is None:
        named = context.outcome(str(truth)), context.outcome(str(answer))
        return TruthFact(value=named[0], answer=named[1], learned=learned, agrees=bool(truth == answer))
    return TruthFact(
        value=float(truth),
        answer=float(answer),
        learned=learned,
        of=context.outcome(quantity.name),
        unit=quantity.unit,
        off=float(abs(truth - answer)),
    )


def _group(context: Context) -> PopulationFact:
    mask, population = group_of(context)
    if not population.n:
        return population
    domain, truth = context.domain, context.domain.cases.truth[mask]
    population = replace(population, learned=int(domain.cases.learned[mask].sum()))
    if domain.schema.quantity is None:
        return replace(population, counted="labels", counts=outcome_counts(context, truth))
    told = summary(truth)
    assert told is not None  # rows without an outcome are refused
    return replace(
        population,
        counted="labels",
        mean=told.mean,
        median=told.median,
        of=context.outcome(domain.schema.decisive),
        unit=domain.schema.quantity.unit,
    )
