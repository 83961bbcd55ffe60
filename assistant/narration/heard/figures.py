"""Whether a figure that a text gives is one of the record, with the words beside it: about, over, at most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant.narration.heard.amounts import ROUGH, Number
from assistant.narration.heard.grammar import Node
from assistant.narration.heard.hedged import HEDGES, fits
from assistant.narration.heard.units import is_unit


def is_share(said: Node, fact: float) -> bool:
    """Whether it is this part of a whole: in percent, as a share, as a decimal, or as a bare figure of a hundred."""
    if node := said.first("percent"):
        return _of_hundred(node.value, fact, said)
    if node := said.first("share"):
        return fits(said, node.value, fact)
    node = said.first("quantity") or said.first("number")
    if node is None or node.value.unit not in ("", "%"):
        return False
    number: Number = node.value
    if number.decimals >= 1 and number.value <= 1:
        return fits(said, number, fact)
    return number.value >= 2 and _of_hundred(number, fact, said)


def is_points(said: Node, fact: float) -> bool:
    """Whether it is this part of a whole, in percentage points or as a decimal."""
    if node := said.first("points"):
        return _of_hundred(node.value, fact, said)
    node = said.first("share") or said.first("quantity") or said.first("number")
    return node is not None and node.value.unit == "" and node.value.value < 1 and fits(said, node.value, fact)


def is_amount(said: Node, fact: float, unit: str | None) -> bool:
    """Whether it is this amount, in its unit where one is said."""
    node = said.first("percent") if unit == "%" else None
    node = node or said.first("quantity") or said.first("number")
    if node is None or not is_unit(node.value.unit, unit):
        return False
    return fits(said, node.value, fact)


def is_count(said: Node, fact: int) -> bool:
    """Whether it is this count: exactly, where nothing is said beside it."""
    node = said.first("quantity") or said.first("number")
    if node is None or node.value.unit or node.value.decimals:
        return False
    bounded = said.has(*HEDGES)
    return fits(said, node.value, fact) if bounded else float(node.value.value) == fact


def group_fits(claim: Node, record: Mapping[str, Any]) -> bool:
    """Whether the group that a text names, if any, is the one the facts are of."""
    held = str((record.get("population") or {}).get("filter") or "")
    for node in (*claim.all("grp_limit"), *claim.all("grp_old"), *claim.all("grp_equal")):
        wanted = next((way for way in ("above", "below", "at_least", "at_most") if node.has(f"grp_{way}")), "is")
        if any(wanted != found.value for name in ("condition_limit", "condition_age") for found in node.all(name)):
            return False
    if held and "all" in claim.text.split() and claim.has("perf_rows") and not claim.has("grp_named"):
        return False
    if (claim.has("grp_whole") or "overall" in claim.text.split()) and held:
        return False
    return not (claim.has("grp_this") and not held)


def _of_hundred(number: Number, fact: float, said: Node) -> bool:
    if number.value in (0, 100) and 100 * fact != number.value:
        return False
    return fits(said, replace(number, unit="%"), round(100 * fact, 9))


def is_ratio(said: Node, told: float, fact: float) -> bool:
    """Whether a ratio worked out from what a text says is this one, as near as a text can be expected to come."""
    return fits(said, Number(value=told, share=fact <= 1), fact) or (
        fact > 1 and not said.has(*HEDGES) and abs(told - fact) <= ROUGH * fact
    )
