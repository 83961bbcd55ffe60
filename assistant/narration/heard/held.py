"""Whether a case or a group is said to have what it has: "no guarantor", "two missed payments", "rents"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.narration.heard.grammar import Node
from assistant.narration.heard.hedged import as_number, says
from assistant.narration.heard.spelling import stemmed


def is_amount(said: Node, value: Any, unit: str | None) -> bool:
    """Whether an amount is this value, in its unit where one is said; 41,000 EUR may go without "a year"."""
    if value is None or isinstance(value, bool | str):
        return False
    number = said.first("percent") or said.first("quantity")
    if number is None:
        return False
    if number.rule == "percent":
        return unit == "%" and as_number(said, float(value))
    if unit is not None and "/" in unit and number.value.unit == unit.partition("/")[0]:
        return as_number(said, float(value))
    return says(said, float(value), unit="" if unit in (None, "count", "%") else str(unit))


def held(said: Node, entry: Mapping[str, Any], value: Any) -> bool:
    """Whether `said`, an `h_held`, is true of this value of the entry's feature."""
    if verb := said.first("category_verb"):
        if said.text.endswith(" home") and "hous" not in entry["label"]:
            return False
        return entry.get("kind") == "category" and isinstance(value, str) and stemmed(str(verb.value)) == stemmed(value)
    if value is None:
        return False
    flag = entry.get("kind") == "flag"
    if said.has("h_no", "h_without"):
        return value == "no" if flag else _number(value) == 0.0 and entry.get("unit") == "count"
    if said.has("h_yes"):
        return value == "yes" if flag else (_number(value) or 0.0) > 0 and entry.get("unit") == "count"
    amount = said.first("h_amount")
    if amount is None:
        return False
    if word := amount.first("category"):
        return isinstance(value, str) and not flag and stemmed(str(word.value).lower()) == stemmed(value.lower())
    return is_amount(amount, value, entry.get("unit"))


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def feature_of(said: Node) -> frozenset[str] | None:
    """The feature that it is said of, None where only a value is said."""
    node = said.first("feature")
    return None if node is None else node.value
