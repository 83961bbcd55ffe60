"""Judges by the claim they judge; one file for each file of rules in `prompts/<language>/heard/`."""

from __future__ import annotations

from collections import ChainMap

from assistant.narration.heard.grammar import Node
from assistant.narration.heard.judged import NOT_HELD, Judged, Judges, false
from assistant.narration.heard.judges import (
    certainty,
    changes,
    compare,
    data,
    effect,
    figures,
    group_change,
    group_sums,
    groups,
    having,
    interactions,
    known,
    lists,
    method,
    misses,
    mistakes,
    model,
    others,
    performance,
    population,
    ranking,
    ranks,
    reasons,
    result,
    scant,
    standing,
    statistics,
    together,
    usual,
)
from assistant.narration.heard.names import Record

_OF_A_CASE = (result, standing, reasons, lists, ranks, together, usual, certainty, changes)
_OF_GROUPS = (population, scant, groups, known, group_sums, ranking, group_change, compare, having, others)
_OF_THE_MODEL = (performance, mistakes, misses, data, statistics, effect, model, method, interactions, figures)
JUDGES: Judges = ChainMap(*(dict(module.JUDGES) for module in (*_OF_A_CASE, *_OF_GROUPS, *_OF_THE_MODEL)))
OF_A_CASE = frozenset({"as_reason", *(name for module in _OF_A_CASE for name in module.JUDGES)})
"""Claims of one case, which "it" and what is left out may refer to."""
REASONS: Judges = {name: JUDGES[name] for name in ("counts", "by_rule", "beside_cutoff", "stands", "is_score")}
"""Judges of what may stand after "as" and "because"."""


def judge(claim: Node, record: Record) -> Judged:
    """Whether it is true. A claim about what the record does not hold is not."""
    try:
        if claim.rule == "as_reason":
            return together.as_reason(lambda cause, of: REASONS[cause.rule](cause, of))(claim, record)
        return JUDGES[claim.rule](claim, record)
    except (LookupError, TypeError, ValueError, ArithmeticError, StopIteration):
        return false(NOT_HELD)
