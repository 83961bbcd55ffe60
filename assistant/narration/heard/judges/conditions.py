"""Whether a condition that a text names is the change that was asked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.narration.heard.grammar import Node
from assistant.narration.heard.hedged import fits
from assistant.narration.heard.judged import (
    is_times,
    is_value,
)

HALF = 0.05
"""How far off, as a share, a half or a double may be."""
Change = Mapping[str, Any]


def unlike_the_change(claim: Node, changes: Sequence[Change]) -> str:
    """Why the conditions of a claim are not all the changes that were asked about, "" where they are."""
    asked = [change for change in changes if change["by"] == "asked"]
    named = [part for group in claim.all("conditions") for part in group.all("condition") if part.has("changed_thing")]
    if not named:
        return ""
    met = []
    for condition in named:
        feature = condition.all("changed_thing")[0].all("feature")[0]
        change = next((c for c in asked if c["feature"] in feature.value), None)
        if change is None:
            return "this is not the change that was asked about"
        if why := _unlike(condition, change):
            return why
        met.append(change["feature"])
    return "" if len({*met}) == len(asked) else "more was changed than that"


def _unlike(condition: Node, change: Change) -> str:
    """Why a condition is not this change."""
    if condition.has("unknown", "leaving_out"):
        return "" if change["to"] is None and _were(condition, "old_value", change, "from") else "it is another value"
    if not _were(condition, "old_value", change, "from"):
        return "the old value is another"
    if not _were(condition, "new_value", change, "to"):
        return "the new value is another"
    return _moves(condition, change)


def _were(condition: Node, rule: str, change: Change, side: str) -> bool:
    told = [amount for part in condition.all(rule) for amount in part.all("amount")]
    return all(is_value(amount, change[side], change.get("unit")) for amount in told)


def _moves(condition: Node, change: Change) -> str:
    """Why it does not move this way, or by so much."""
    up = condition.has("goes_up", "raising", "raised_", "delta_more")
    down = condition.has("goes_down", "lowering", "lowered_", "delta_less")
    numbers = isinstance(change["to"], int | float) and isinstance(change["from"], int | float)
    if (up or down) and (not numbers or up != (change["to"] > change["from"]) or change["to"] == change["from"]):
        return "it moves the other way"
    gaps = [
        a for rule in ("by_amount", "delta_more", "delta_less") for p in condition.all(rule) for a in p.all("amount")
    ]
    if any(not is_value(gap, abs(change["to"] - change["from"]), change.get("unit")) for gap in gaps):
        return "it moves by another amount"
    if halving := condition.first("halving"):
        times = 0.5 if halving.text == "halving" else 2.0
        if not numbers or not change["from"] or abs(change["to"] / change["from"] / times - 1) > HALF:
            return "it is another share"
    for said in condition.all("by_amount"):
        for share in said.all("share"):
            if not numbers or not fits(said, share.value, abs(change["to"] / change["from"] - 1)):
                return "it moves by another share"
    for said in condition.all("ratio_to"):
        if not numbers or not is_times(said, said.all("times")[0], change["to"], change["from"]):
            return "it is another share"
    return ""
