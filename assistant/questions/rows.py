"""The rows a question is about: a filter tree over features, what really came out, what the model says, and numbers."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.domains.domain import Domain
from assistant.question import All, Any_, Condition, Node
from explainers.base import Frame, Schema, Value
from explainers.decision import decided

Mask = npt.NDArray[np.bool_]

FEWEST = 10
"""Rows a group must have before a person or a support agent is told anything of it."""
_SIGNS: Mapping[str, Callable[[Any, Any], Any]] = MappingProxyType(
    {
        "==": operator.eq,
        "!=": operator.ne,
        "<": operator.lt,
        "<=": operator.le,
        ">": operator.gt,
        ">=": operator.ge,
    }
)


def holding(nodes: tuple[Node, ...], domain: Domain) -> Mask:
    """Where every node holds among the rows that the model can score, shape (n,).

    A value that is not known fulfils no condition, not even `!=`.
    """
    found = domain.cases.scored
    for node in nodes:
        found &= _node(node, domain)
    return found


@lru_cache(maxsize=16)
def answers(domain: Domain) -> npt.NDArray[Any]:
    """What the model says of every row: names of outcomes, rules included, or numbers. Shape (n,)."""
    schema, scores = domain.schema, domain.cases.scores
    if schema.quantity is not None:
        return scores[:, 0]
    return ruled(decided(scores, schema, domain.cutoff), domain.cases.frame, schema)


def unseen_answers(domain: Domain) -> npt.NDArray[Any]:
    """The same of the rows that the model has not learned from, as it then answers. Shape (len(unseen.places),)."""
    schema, unseen = domain.schema, domain.cases.unseen
    if schema.quantity is not None:
        return unseen.scores[:, 0]
    return ruled(decided(unseen.scores, schema, domain.cutoff), domain.cases.frame.iloc[unseen.places], schema)


def ruled(scored: list[str], frame: Frame, schema: Schema) -> npt.NDArray[Any]:
    """What the scores came to, but where a rule decides. Shape (n,)."""
    names = np.array(scored, dtype=object)
    if not schema.rules:
        return names
    for place, row in enumerate(values_of(frame)):
        names[place] = next((r.then for r in schema.rules if r.when.holds(row)), names[place])
    return names


def values_of(frame: Frame) -> list[dict[str, Value]]:
    """The values of each row, by feature."""
    return frame.astype(object).where(frame.notna(), None).to_dict("records")  # type: ignore[return-value]  # columns are named by text


def _node(node: Node, domain: Domain) -> Mask:
    match node:
        case Condition():
            return _condition(node, domain)
        case All(nodes=inner):
            return holding(inner, domain)
        case Any_(nodes=inner):
            return np.asarray(np.any([_node(one, domain) for one in inner], axis=0), dtype=bool)


def _condition(condition: Condition, domain: Domain) -> Mask:
    column = _column(condition.feature, domain)
    compare = _SIGNS.get(condition.op)
    if column is None or compare is None or condition.value is None:
        return np.zeros(len(domain.cases.ids), dtype=bool)
    if column.dtype.kind == "f":
        try:
            value: Any = float(condition.value)  # type: ignore[arg-type]  # a text that is no number is caught
        except (TypeError, ValueError):
            return np.zeros(len(column), dtype=bool)
        return np.asarray(compare(column, value) & ~np.isnan(column), dtype=bool)
    known = np.array([isinstance(cell, str) for cell in column], dtype=bool)
    fits = np.array([compare(str(cell), str(condition.value)) for cell in column], dtype=bool)
    return np.asarray(known & fits, dtype=bool)


def _column(name: str, domain: Domain) -> npt.NDArray[Any] | None:
    """The values of a feature or of one of the names that stand for something else; None where there is none."""
    cases = domain.cases
    special: Mapping[str, Callable[[], npt.NDArray[Any]]] = {
        "@id": lambda: np.array(cases.ids, dtype=object),
        "@label": lambda: cases.truth if cases.truth.dtype.kind == "f" else cases.truth.astype(object),
        "@prediction": lambda: answers(domain),
    }
    if name in special:
        return special[name]()
    if name not in domain.schema.names:
        return None
    column = cases.frame[name].to_numpy()
    return column if column.dtype.kind == "f" else column.astype(object)
