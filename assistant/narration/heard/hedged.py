"""Numbers with words around them: "just over half", "nearly 70 %", "more than two in five", "412 cases"."""

from __future__ import annotations

from assistant.narration.heard.amounts import ROUGH, SHARE, Number
from assistant.narration.heard.grammar import Node

NEAR = 0.1
"""How far off, as a share, a number may be from what is "just over" or "just under" it."""


def says(said: Node, fact: float, *, unit: str = "") -> bool:
    """Whether an amount with its hedge is true of a fact; of a share, as a percentage or a part of a whole."""
    number = _number(said)
    if number is None:
        return False
    if number.share or number.unit == "%":
        return unit == "%" and _hedged(said, number, fact if number.share else fact * 100)
    return number.unit in ("", unit) and unit != "%" and _hedged(said, number, fact)


def as_number(said: Node, fact: float) -> bool:
    """Whether a number with its hedge, whatever its unit, is true of a fact in that unit."""
    number = _number(said)
    return number is not None and _hedged(said, number, fact)


def _number(said: Node) -> Number | None:
    if part := said.first("one_in"):
        first, second = (node.value.value for node in part.all("number"))
        return Number(value=first / second, share=True) if second > 0 else None
    if said.has("single"):
        return Number(value=1)
    for rule in ("points", "percent", "share", "quantity", "number"):
        if node := said.first(rule):
            found: Number = node.value
            return found
    return None


def _hedged(said: Node, number: Number, fact: float) -> bool:
    value, off = number.value, abs(number.value - fact)
    near = off <= NEAR * abs(fact) and (number.share or off <= 2 * _unit(number))
    if said.has("hedge_few") and number.share and fact >= 0.5:
        return False
    if said.has("hedge_more"):
        return fact > value
    if said.has("hedge_less"):
        return fact < value
    if said.has("hedge_just_more"):
        return fact > value and near
    if said.has("hedge_just_less"):
        return fact < value and near
    if said.has("hedge_exact"):
        return off <= 1e-9 * max(1.0, abs(fact))
    if number.share:
        return off <= min(SHARE, 0.2 * value)
    return number.says(fact) or (said.has("hedge_about") and off <= min(ROUGH * abs(fact), _unit(number)))


def _unit(number: Number) -> float:
    """The place to which a number is written: 100 of 1,100, 0.01 of 0.41."""
    return float(10**number.zeros if not number.decimals else 10**-number.decimals)
