"""A group of rows as a reader may be told of it: none of a person's or an agent's groups is smaller than FEWEST."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy.typing as npt

from assistant.facts import CountFact, Facts, PopulationFact
from assistant.questions.context import Context
from assistant.questions.rows import Mask
from explainers.base import Value
from explainers.overview.summary import frequencies


def group_of(context: Context) -> tuple[Mask, PopulationFact]:
    """The rows in scope, shape (n,), and how many they are; no number where they are too few for this reader."""
    mask = context.rows()
    n, total = int(mask.sum()), int(context.domain.cases.scored.sum())
    if context.too_few(n):
        return mask, too_few(context)
    return mask, PopulationFact(filter=context.scope_text, n=n, total=total, share=n / total)


def unseen_of(context: Context) -> tuple[Mask, PopulationFact]:
    """Which of the rows that the model has not learned from are in scope, shape (m,), and how many they are."""
    mask, population = group_of(context)
    places = context.domain.cases.unseen.places
    chosen = mask[places]
    n = int(chosen.sum())
    if not population.n:
        return chosen, population
    if len(places) and context.too_few(n):
        return chosen, too_few(context)
    taught_without = int(context.domain.cases.learned[places[chosen]].sum())
    return chosen, replace(population, unseen=n, out_of_fold=taught_without or None)


def too_few(context: Context) -> PopulationFact:
    """That there are too few rows, and nothing else of them."""
    return PopulationFact(filter=context.scope_text, too_few=True)


def group_facts(kind: str, context: Context, population: PopulationFact) -> Facts:
    """What every answer about a group rests on."""
    return Facts(
        kind=kind,
        language=context.language,
        model=context.model_fact(),
        population=population,
        medical=context.domain.vocabulary.medical,
    )


def answer_cell(context: Context, value: str | float) -> Value:
    """What came out, or what the model says, as a table shows it."""
    return context.outcome(value) if isinstance(value, str) else float(value)


def outcome_counts(context: Context, names: npt.NDArray[Any], asked: str | None = None) -> tuple[CountFact, ...]:
    """How often each outcome stands in (n,), the most frequent first; the one asked for also where it never does."""
    found = {**frequencies(names)}
    if asked:
        found.setdefault(asked, 0)
    return tuple(CountFact(name=context.outcome(name), n=n, share=n / len(names)) for name, n in found.items())
