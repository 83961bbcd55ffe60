"""Judges by the claim they judge; one file for each file of rules in `prompts/<language>/heard/`."""

from __future__ import annotations

from collections import ChainMap

from assistant.narration.heard.grammar import Node
from assistant.narration.heard.judged import Judged, Judges, false
from assistant.narration.heard.judges import certainty, changes, reasons, result
from assistant.narration.heard.names import Record

JUDGES: Judges = ChainMap(*(dict(module.JUDGES) for module in (result, reasons, certainty, changes)))


def judge(claim: Node, record: Record) -> Judged:
    """Whether it is true. A claim about what the record does not hold is not."""
    try:
        return JUDGES[claim.rule](claim, record)
    except (KeyError, IndexError, TypeError, StopIteration):
        return false("the record does not hold what this is about")
