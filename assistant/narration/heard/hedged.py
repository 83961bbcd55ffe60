"""Numbers with words around them: "just over half", "nearly 70 %", "more than two in five", "412 cases"."""

from __future__ import annotations

from assistant.narration.heard.amounts import Number
from assistant.narration.heard.grammar import Node

LOOSE = 0.15
"""How far off, as a share, a number is at least that something is said to be well over or under."""
FAR = 0.5
"""How far off, as a share of the fact, it may be where the text says no more than "over" or "under"."""
BOUNDS = ("well_over", "well_under", "just_over", "just_under", "more_than", "less_than", "at_least", "at_most")
"""Words beside a number that say on which side of it the fact lies."""
HEDGES = ("about", *BOUNDS)


def fits(said: Node, number: Number, fact: float) -> bool:
    """Whether a number with what is said before it, such as "about" or "just under", tells the fact."""
    over, off, most = fact - number.value, abs(fact - number.value), FAR * abs(fact)
    if said.has("mere") and not _little(number, fact):
        return False
    if said.has("well_over"):
        return LOOSE * abs(number.value) <= over <= most
    if said.has("well_under"):
        return LOOSE * abs(number.value) <= -over <= FAR * abs(number.value)
    if said.has("at_least"):
        return 0 <= over <= most
    if said.has("at_most"):
        return 0 <= -over <= most
    if said.has("more_than"):
        return 0 < over <= most
    if said.has("less_than"):
        return 0 < -over <= most
    if said.has("just_over"):
        return over > 0 and number.says(fact, rough=True)
    if said.has("just_under"):
        return over < 0 and number.says(fact, rough=True)
    if said.has("exactly"):
        return off <= 1e-9 * max(1.0, abs(fact))
    return number.says(fact, rough=said.has("about"))


def says(said: Node, fact: float, *, unit: str = "") -> bool:
    """Whether an amount with its hedge is true of a fact; of a share, as a percentage or a part of a whole."""
    number = _number(said)
    if number is None:
        return False
    if number.share or number.unit == "%":
        return unit == "%" and fits(said, number, fact if number.share else fact * 100)
    return number.unit in ("", unit) and unit != "%" and fits(said, number, fact)


def as_number(said: Node, fact: float) -> bool:
    """Whether a number with its hedge, whatever its unit, is true of a fact in that unit."""
    number = _number(said)
    return number is not None and fits(said, number, fact)


def _little(number: Number, fact: float) -> bool:
    """Whether "only" may be said of a part: less than half of the whole."""
    return fact < (0.5 if number.share else 50) if number.share or number.unit == "%" else True


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
