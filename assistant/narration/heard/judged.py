"""What judges share: the verdict on a claim, and whether amounts and scores are those of the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from assistant.narration.heard.amounts import Number
from assistant.narration.heard.grammar import Node
from assistant.narration.heard.hedged import LOOSE, fits
from assistant.narration.heard.names import Record
from assistant.narration.heard.spelling import stemmed
from assistant.narration.heard.units import is_unit

Facts: TypeAlias = tuple[str, ...]
"""Paths into the record."""

NOT_HELD = "the record does not hold what this is about"
"""Why a claim is not supported that no fact can be held against."""


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
    """The reason a text names, with what it says of its value. LookupError where there is none, or that is untrue."""
    core = thing.first("thing_core") or thing
    feature = core.first("feature") or core.first("held") or core.first("holds") or core.first("the_age")
    found = next(weighed(record, feature.value if feature else frozenset()), None)
    if found is None:
        raise KeyError("no such reason")
    amount = core.first("amount")
    if amount is not None and not is_value(amount, found.value, found.entry.get("unit")):
        raise KeyError("another value")
    if core.has("height") and found.entry["reference"]["comparison"] != ("higher" if core.has("high") else "lower"):
        raise KeyError("another height")
    if (other := core.first("gerund")) and other.value != found.entry["reference"]["value"]:
        raise KeyError("not what is usual")
    if core.has("mere") and found.entry["reference"]["comparison"] == "higher":
        raise KeyError("it is not little")
    apposed = thing.first("apposed")
    if apposed and apposed.has("apposed_sensitive"):
        if found.entry.get("sensitive") is not True:
            raise KeyError("it is not sensitive")
    elif apposed and not_beside(apposed, found):
        raise KeyError("the comparison is another")
    return found


ANYBODY = ("the reference group", "all others", "the others")


def not_beside(said: Node, found: Weighed, compared_too: bool = True) -> str:
    """Why a comparison with the reference is not so, "" where it is; else only why that is not named rightly."""
    reference = found.entry["reference"]
    unit = found.entry.get("unit")
    if any(found.entry["feature"] not in node.value for node in said.all("feature")):
        return "another feature is meant"
    if (group := said.first("group")) and group.text not in (str(reference.get("of", "")).lower(), *ANYBODY):
        return "it is compared with others"
    if said.has("nought"):
        return "" if reference["value"] == 0 else "the usual value is another"
    if word := said.first("gerund"):
        return "" if word.value == reference["value"] else "the usual value is another"
    compared = said.first("beside") or said
    gaps = [part for part in compared.parts if part.rule == "amount"] if compared.rule == "beside" else []
    if any(not is_value(a, reference["value"], unit) for a in said.all("amount") if a not in gaps):
        return "the usual value is another"
    if any(not is_value(gap, abs(found.value - reference["value"]), unit) for gap in gaps):
        return "it is another amount away"
    if times := said.first("times"):
        return "" if is_times(compared, times, found.value, reference["value"]) else "it is another multiple"
    if said.has("reference_is") or not compared_too:
        return ""
    told = "higher" if said.has("above") else "lower" if said.has("below") else "same"
    actual = reference["comparison"]
    if " unlike " in f" {said.text} " or " different " in f" {said.text} ":
        return "" if actual != "same" else "it does not differ"
    return "" if told == actual else "the comparison is another"


def is_times(said: Node, times: Node, value: float, other: float) -> bool:
    """Whether a value is so many times another, roughly as the words before it say."""
    told, actual = times.value.value, abs(value) / abs(other) if other else 0.0
    if said.has("more_than"):
        return bool(told < actual <= max(told * (1 + 2 * LOOSE), told + 0.9 if told >= 1 else 0))
    if said.has("just_over"):
        return bool(told < actual <= told * (1 + LOOSE))
    if said.has("just_under"):
        return bool(told * (1 - LOOSE) <= actual < told)
    if said.has("well_over"):
        return bool(told * (1 + LOOSE) < actual < told + 1)
    if said.has("less_than"):
        return bool(max(told * (1 - 2 * LOOSE), told - 0.9 if told >= 2 else 0) <= actual < told)
    return bool(abs(actual - told) <= told * (0.01 if said.has("exactly") else 0.1 if said.has("about") else 0.05))


def is_value(amount: Node, value: Any, unit: str | None) -> bool:
    """Whether an amount is the value of a feature, in its unit where one is said."""
    if word := amount.first("category"):
        return isinstance(value, str) and stemmed(str(word.value).lower()) == stemmed(value.lower())
    said = amount.first("quantity") or amount.first("percent")
    if said is None or isinstance(value, str | bool) or value is None:
        return False
    number: Number = said.value
    if not is_unit(number.unit, unit):
        return False
    return fits(amount, number, float(value))


def is_score(said: Node, value: float, record: Record) -> bool:
    """Whether a chance or estimate is this score. A percentage or a part is only told of a calibrated score."""
    probability = record["score"]["unit"] == "probability"
    if probability and said.has("mere") and value >= 0.5:
        return False
    if (node := said.first("percent")) or (node := said.first("share")):
        calibrated = bool(record["score"].get("calibrated"))
        scale = 100.0 if node.rule == "percent" else 1.0
        return probability and calibrated and fits(said, node.value, value * scale)
    node = said.first("quantity") or said.first("number")
    if node is None or (node.value.unit and node.value.unit != record["score"]["unit"]):
        return False
    if probability and node.value.decimals == 0:
        calibrated = bool(record["score"].get("calibrated"))
        return calibrated and node.value.value > 1 and not node.value.unit and fits(said, node.value, value * 100)
    return fits(said, node.value, value)


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
