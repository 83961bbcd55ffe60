"""The rows themselves: one case to those who may see it, a table of rows to experts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from assistant.domains.domain import no_such_case
from assistant.domains.vocabulary import said
from assistant.facts import Facts, TableFact
from assistant.question import All, Any_, Condition, Node
from assistant.questions.context import Context
from assistant.questions.decision import decide, outcome_fact, rule_fact, score_fact, scores_fact
from assistant.questions.groups import answer_cell, group_facts, group_of
from assistant.questions.known import Known
from assistant.questions.labels import truth_fact
from assistant.questions.rows import Mask, answers
from explainers.base import Value

MOST_ROWS = 20
ALL_COLUMNS, MOST_COLUMNS = 8, 6
"""Up to how many features all are shown, and how many of more than those."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """For example: show me case 12; list the cases with debts over 50,000."""

    kind: ClassVar[str] = "show"

    def facts(self, context: Context) -> Facts:
        """Raises QuestionError E404 where a person asks to see other people's rows."""
        expert = context.reader.name == "expert"
        if context.named or not (context.scope or expert):
            return _case(self.kind, context)
        if context.reader.name == "person":
            raise no_such_case()
        mask, population = group_of(context)
        found = group_facts(self.kind, context, population)
        return replace(found, tables=(_table(context, mask),)) if expert and population.n else found


def _case(kind: str, context: Context) -> Facts:
    decision = decide(context)
    return replace(
        Known().facts(context),
        kind=kind,
        outcome=outcome_fact(context, decision),
        rule=rule_fact(context, decision),
        score=score_fact(context, decision),
        scores=scores_fact(context, decision),
        truth=truth_fact(context),
    )


def _table(context: Context, mask: Mask) -> TableFact:
    """The first rows in the order of the data: their ids, some features, the model's answer and what really came out.

    Features that the question names come first, then those the model leans on most.
    """
    domain, places = context.domain, np.flatnonzero(mask)[:MOST_ROWS]
    columns, answered = _columns(context), answers(domain)
    return TableFact(
        name=context.scope_text or said(domain.vocabulary.title, context.language),
        columns=("@id", *(context.label(name) for name in columns), "@prediction", "@label"),
        units=("", *(context.unit(name) or "" for name in columns), *[_target_unit(context)] * 2),
        rows=tuple(
            (
                domain.cases.ids[place],
                *_cells(context, domain.cases.ids[place], columns),
                answer_cell(context, answered[place]),
                answer_cell(context, domain.cases.truth[place]),
            )
            for place in places
        ),
    )


def _columns(context: Context) -> list[str]:
    schema, important = context.domain.schema, context.domain.evidence.importance.features
    if len(schema.names) <= ALL_COLUMNS:
        return list(schema.names)
    named = [name for node in context.scope for name in _named(node) if name in schema.names]
    ordered = [name for item in important for name in schema.inputs if schema.group_of(name) == item.feature]
    return list(dict.fromkeys([*named, *ordered]))[: max(MOST_COLUMNS, len(set(named)))]


def _named(node: Node) -> Iterator[str]:
    match node:
        case Condition(feature=feature):
            yield feature
        case All(nodes=nodes) | Any_(nodes=nodes):
            for inner in nodes:
                yield from _named(inner)


def _cells(context: Context, id: str, columns: list[str]) -> list[Value]:  # noqa: A002  # the field's own name
    case = context.domain.case(id)
    return [context.shown(context.domain.schema.feature(name), case.values[name]) for name in columns]


def _target_unit(context: Context) -> str:
    quantity = context.domain.schema.quantity
    return quantity.unit if quantity else ""
