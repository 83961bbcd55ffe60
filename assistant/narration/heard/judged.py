"""What judges share: the verdict on a claim, and whether amounts and scores are those of the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from assistant.narration.heard.amounts import Number
from assistant.narration.heard.grammar import Node
from assistant.narration.heard.names import Record, stemmed

Facts: TypeAlias = tuple[str, ...]
"""Paths into the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What came of a claim: the paths it was held against, and `why` where it is not true."""

    facts: Facts = ()
    why: str = ""

    @property
    def true(self) -> bool:
        return not self.why


Judges: TypeAlias = Mapping[str, Callable[[Node, Record], Judged]]


def false(why: str, *facts: str) -> Judged:
    """Not true, and why not."""
    return Judged(facts=facts, why=why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A reason or a part of one: where it stands, which way it counts and how much."""

    path: str
    entry: Mapping[str, Any]
    direction: str
    weight: float

    @property
    def value(self) -> Any:
        return self.entry.get("value")


def weighed(record: Record, features: frozenset[str]) -> Iterator[Weighed]:
    """The reasons of these features, those told as part of a group among them."""
    reasons, where = record.get("reasons"), "reasons"
    for i, reason in enumerate(reasons or ()):
        if reason["feature"] in features:
            yield Weighed(path=f"{where}[{i}]", entry=reason, direction=reason["direction"], weight=reason["weight"])
        for j, member in enumerate(reason.get("members") or ()):
            if member["feature"] in features:
                weight = member["weight"]
                same = weight * reason["weight"] >= 0
                turned = {"for": "against", "against": "for", "up": "down", "down": "up"}
                way = reason["direction"] if same else turned.get(reason["direction"], "none")
                yield Weighed(path=f"{where}[{i}].members[{j}]", entry=member, direction=way, weight=weight)


def one(record: Record, thing: Node) -> Weighed:
    """The reason a text names, with the value it gives it. LookupError where there is none, or the value is another."""
    feature = thing.first("feature")
    found = next(weighed(record, feature.value if feature else frozenset()), None)
    if found is None:
        raise KeyError("no such reason")
    amount = thing.first("amount")
    if amount is not None and not is_value(amount, found.value, found.entry.get("unit")):
        raise KeyError("another value")
    return found


def is_value(amount: Node, value: Any, unit: str | None) -> bool:
    """Whether an amount is the value of a feature, in its unit where one is said."""
    rough = amount.has("about")
    if word := amount.first("category"):
        return isinstance(value, str) and stemmed(str(word.value).lower()) == stemmed(value.lower())
    said = amount.first("quantity") or amount.first("percent")
    if said is None or isinstance(value, str | bool) or value is None:
        return False
    number: Number = said.value
    units = {"count": "", None: ""}
    if number.unit and number.unit != units.get(unit, unit):
        return False
    return number.says(float(value), rough=rough)


def is_score(said: Node, value: float, record: Record) -> bool:
    """Whether a chance or estimate is this score. A percentage or a part is only told of a calibrated score."""
    rough = said.has("about")
    probability = record["score"]["unit"] == "probability"
    if (node := said.first("percent")) or (node := said.first("share")):
        calibrated = bool(record["score"].get("calibrated"))
        scale = 100.0 if node.rule == "percent" else 1.0
        return probability and calibrated and node.value.says(value * scale, rough=rough)
    node = said.first("quantity") or said.first("number")
    if node is None or (node.value.unit and node.value.unit != record["score"]["unit"]):
        return False
    if probability and node.value.decimals == 0:
        return False
    return bool(node.value.says(value, rough=rough))


def target(goal: Node | None, record: Record) -> str | None:
    """The outcome a goal names; that of the case where it is "this result", that of the score where it is the score."""
    if goal is None:
        return None
    if named := goal.first("outcome"):
        return str(named.value)
    if goal.has("score"):
        return str(record["score"]["of"])
    return str(record["outcome"]["name"]) if not goal.has("whom") and "outcome" in record else None


def sign_towards(found: Weighed, name: str, record: Record) -> int:
    """+1 where a reason makes this outcome likelier, -1 where less, 0 where neither. KeyError: not known."""
    if found.direction == "none":
        return 0
    sign = 1 if found.weight > 0 else -1 if found.weight < 0 else 0
    of = record["score"]["of"]
    if name == of:
        return sign
    outcome = record["outcome"]
    if {name, of} != {outcome["name"], *outcome["alternatives"]}:
        raise KeyError("not an outcome that the score is about")
    return -sign


def all_parts(node: Node) -> Iterator[Node]:
    """All parts of a node, those of its parts among them."""
    for part in node.parts:
        yield part
        yield from all_parts(part)


def named(claim: Node) -> str:
    """The outcome that a claim names. LookupError where it names none."""
    found = claim.first("outcome")
    if found is None:
        raise KeyError("no outcome is named")
    return str(found.value)
