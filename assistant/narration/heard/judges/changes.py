"""Claims about what a change would do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.narration.heard.grammar import Node
from assistant.narration.heard.judged import (
    Facts,
    Judged,
    Judges,
    false,
    is_score,
    is_value,
)
from assistant.narration.heard.names import Record

UPWARDS = {"rose", "raised", "raising", "rise"}
DOWNWARDS = {"fell", "dropped", "lowered", "lowering", "cut", "cutting", "reduced", "reducing", "fall", "drop"}


def what_if(claim: Node, record: Record) -> Judged:
    """ "if your debt were 12,000 EUR, the application would be approved"."""
    found = record["what_if"]
    facts: list[str] = []
    if condition := claim.first("if"):
        named = condition.first("feature")
        if named is not None:
            i, change = next((i, c) for i, c in enumerate(found["changes"]) if c["feature"] in named.value)
            asked = [c for c in found["changes"] if c["by"] == "asked"]
            if len(asked) != 1 or asked[0] is not change:
                return false("this is not the one change that was asked about")
            facts.append(f"what_if.changes[{i}]")
            why = _is_change(condition, change)
            if why:
                return false(why, *facts)
    for result in claim.all("result"):
        why, paths = _is_result(result, found, record)
        facts += paths
        if why:
            return false(why, *facts)
    return Judged(facts=tuple(facts))


def _is_change(condition: Node, change: Mapping[str, Any]) -> str:
    """Why a condition is not this change; "" where it is."""
    amounts, text = list(condition.all("amount")), f" {condition.text} "
    turned = " from " in text or " instead " in text or " rather " in text or " not " in text
    first, second = ("from", "to") if " from " in text else ("to", "from")
    if not amounts or not is_value(amounts[0], change[first], change.get("unit")):
        return "the new value is another"
    if turned and (len(amounts) < 2 or not is_value(amounts[1], change[second], change.get("unit"))):
        return "the old value is another"
    up, down = UPWARDS & {*text.split()}, DOWNWARDS & {*text.split()}
    if (up or down) and bool(up) != (change["to"] > change["from"]):
        return "it moves the other way"
    return ""


def _is_result(result: Node, found: Mapping[str, Any], record: Record) -> tuple[str, Facts]:
    """Why a result of a change is not the one found, and the paths it was held against."""
    text = f" {result.text} "
    names = [str(node.value) for node in result.all("outcome")]
    outcomes = ("what_if.outcome_before", "what_if.outcome_after")
    if turn := result.first("would_turn"):
        before, after = found["outcome_before"], found["outcome_after"]
        told = {"from": before, "to": after}
        if " from " in text:
            fine = names == [before, after]
        elif len(names) == 2:
            fine = names == [after, before]
        else:
            fine = names == [after]
        changing = not turn.has("case", "model") or len(names) == 2
        fine = fine and (before != after or (not changing and " would be " in text))
        return ("" if fine else "the outcome after it is another"), outcomes if told else ()
    if result.has("would_stay"):
        fine = found["outcome_before"] == found["outcome_after"] and (not names or names == [found["outcome_after"]])
        return ("" if fine else "the outcome does not stay"), outcomes
    moves = found["after"] - found["before"]
    scored = ("what_if.before", "what_if.after")
    if names and any(name != record["score"]["of"] for name in names):
        return "the score is not about that", scored
    if result.has("would_move"):
        chances = result.all("chance")
        wanted = (found["before"], found["after"]) if len(chances) == 2 else (found["after"],)
        if " instead " in text:
            wanted = (found["after"], found["before"])
        if not all(is_score(said, value_, record) for said, value_ in zip(chances, wanted, strict=True)):
            return "the score after it is another", scored
        words = set(result.text.split())
        up = words & {"rise", "climb", "grow", "increase", "raise", "lift"} or " go up " in text or " edge up " in text
        down = words & {"fall", "drop", "slip", "decrease", "lower", "reduce"} or " down " in text
        fine = not ((up and moves <= 0) or (down and moves >= 0) or moves == 0)
        return ("" if fine else "the score moves the other way"), scored
    helps = result.has("would_help")
    way_ = found["direction"]
    good = (" score " in text or " chance" in text or " likely " in text or bool(names)) and moves > 0
    bad = (" score " in text or " chance" in text or " likely " in text or bool(names)) and moves < 0
    fine = (way_ == "for" or good) if helps else (way_ == "against" or bad)
    return ("" if fine else "it moves the other way"), ("what_if.direction",)


JUDGES: Judges = {
    "what_if": what_if,
}
"""By the claim each judges."""
