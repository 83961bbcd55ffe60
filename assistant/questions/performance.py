"""How good the model is, on rows it has not learned from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from assistant.domains.domain import Domain
from assistant.facts import Facts, PopulationFact
from assistant.questions.context import Context
from assistant.questions.groups import group_facts, unseen_of
from assistant.questions.rows import Mask, unseen_answers
from explainers.trust.performance import Figures, classified, quantified


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """For example: how accurate is it? `metric` is the field's name of one figure, `class_` the outcome it is about.

    A figure on the rows that taught the model (`split` train) would flatter it and is never told.
    """

    kind: ClassVar[str] = "performance"
    metric: str | None = None
    class_: str | None = None
    split: str | None = None

    def facts(self, context: Context) -> Facts:
        chosen, population = unseen_of(context)
        if population.n:
            population = self._measured(context, chosen, population)
        return group_facts(self.kind, context, population)

    def _measured(self, context: Context, chosen: Mask, population: PopulationFact) -> PopulationFact:
        learned_asked = True if self.split == "train" else None
        population = replace(population, metric=self.metric, learned_asked=learned_asked)
        if not population.unseen:
            return population
        found = figures(context.domain, chosen, _about(context, self.class_))
        quantity = context.domain.schema.quantity
        return replace(
            population,
            metrics=found.values,
            errors=found.errors,
            baseline=found.baseline,
            of=context.outcome(found.of or context.domain.schema.decisive) if found.of or quantity else None,
            unit=quantity.unit if quantity else None,
        )


def figures(domain: Domain, chosen: Mask, of: str | None = None) -> Figures:
    """Over the chosen ones (m,) of the unseen rows, at least one; rules count as what is answered."""
    truth = domain.cases.truth[domain.cases.unseen.places][chosen]
    said, scores = unseen_answers(domain)[chosen], domain.cases.unseen.scores[chosen]
    if domain.schema.quantity is not None:
        return quantified(truth, said)
    return classified(truth.astype(object), np.asarray(said, dtype=object), scores, domain.schema.targets, of)


def _about(context: Context, asked: str | None) -> str | None:
    """The outcome asked for; else, of two, the one looked for: in medicine the illness, elsewhere the favourable one.

    None for an average over three outcomes and more.
    """
    schema = context.domain.schema
    if asked in schema.targets or len(schema.targets) != 2:
        return asked if asked in schema.targets else None
    other = next(name for name in schema.targets if name != schema.decisive)
    return other if context.domain.vocabulary.medical and schema.favourable else schema.decisive
