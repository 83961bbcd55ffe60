"""Claims about what the reasons of a group add up to, and how many cases and features they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.narration.heard.grammar import Node
from assistant.narration.heard.hedged import says
from assistant.narration.heard.judged import Judged, Judges, false
from assistant.narration.heard.judges.groups import shared
from assistant.narration.heard.judges.population import in_scope
from assistant.narration.heard.names import Record


def is_mean(said: Node, value: float, found: Mapping[str, Any]) -> bool:
    """Whether a mean score or chance is this one; a percentage is only told of a calibrated score.

    Of a quantity, in its unit. A bare number of two figures is a percentage where one is told before it.
    """
    if said.has("percent", "share"):
        return "unit" not in found and bool(found.get("calibrated")) and says(said, value, unit="%")
    number = said.first("number") or said.first("quantity")
    if number is None:
        return False
    if "unit" in found:
        return says(said, value, unit=str(found["unit"]))
    return number.value.decimals > 0 and says(said, value)


def base(claim: Node, record: Record) -> Judged:
    """ "their average starting point is 56 %"."""
    found = record["group_why"]
    facts = ("group_why.base", "group_why.score")
    if not in_scope(claim, record):
        return false("it is about other cases", *facts)
    return Judged(facts=facts) if _sums(claim, found) else false("the sums are others", *facts)


def _sums(claim: Node, found: Mapping[str, Any]) -> bool:
    start, end = claim.first("base_at"), claim.first("end_at")
    if start is None and end is None:
        return is_mean(claim, found["base"], found)
    if start is not None and not is_mean(start, found["base"], found):
        return False
    if end is None:
        return True
    after_percent = start is not None and start.has("percent") and not end.has("percent")
    number = end.first("number")
    if after_percent and number is not None and number.value.decimals == 0:
        return bool(number.value.says(found["score"] * 100))
    return is_mean(end, found["score"], found)


def explained(claim: Node, record: Record) -> Judged:
    """ "the explanation rests on 100 cases"."""
    found = record.get("group_why") or record["population"]
    path = "group_why.explained" if "group_why" in record else "population.explained"
    fine = all(says(node, found["explained"]) for node in claim.all("size_n"))
    fine = fine and all(node.parts[0].value.value == record["population"]["n"] for node in claim.all("shown_n"))
    if fine and claim.has("base_at", "end_at"):
        fine = _sums(claim, record["group_why"])
    return Judged(facts=(path,)) if fine else false("it rests on another number of cases", path)


def total(claim: Node, record: Record) -> Judged:
    """ "twelve inputs enter into the group's explanation"."""
    found = record["group_why"]
    facts = ("group_why.total", "group_why.reasons")
    if not all(says(node, found["total"]) for node in claim.all("size_n")):
        return false("there are more or fewer", *facts)
    told = {shared(record, thing).entry["feature"] for thing in claim.all("g_thing")}
    fine = not told or told == {reason["feature"] for reason in found["reasons"]}
    return Judged(facts=facts) if fine else false("others are told", *facts)


def ruled(claim: Node, record: Record) -> Judged:
    """ "in 31 of them a rule decides"."""
    fine = all(says(node, record["group_why"]["ruled"]) for node in claim.all("size_n")) and in_scope(claim, record)
    return Judged(facts=("group_why.ruled",)) if fine else false("it is so in other cases", "group_why.ruled")


def calibrated(claim: Node, record: Record) -> Judged:
    """ "the setosa score is not calibrated and averages about 0.41"."""
    found = record["group_why"]
    facts = ("group_why.calibrated", "group_why.score")
    named = claim.first("outcome")
    if (named is not None and named.value != found["of"]) or found.get("calibrated") is not False:
        return false("it is calibrated, or not known to be", *facts)
    if any(not says(node, found["explained"]) for node in claim.all("size_n")):
        return false("it rests on another number of cases", *facts)
    said = claim.first("mean_chance")
    fine = said is None or is_mean(said, found["score"], found)
    return Judged(facts=facts) if fine else false("the mean is another", *facts)


def average(_: Node, record: Record) -> Judged:
    """ "a single case can have other reasons"."""
    return Judged(facts=("group_why.explained",)) if record["group_why"]["explained"] > 1 else false("it is one case")


def untold(claim: Node, record: Record) -> Judged:
    """ "there are other factors that are not listed"."""
    found = record["group_why"]
    n, facts = len(found["reasons"]), ("group_why.total", "group_why.reasons")
    fine = found["total"] > n and all(says(node, n) for node in claim.all("size_n"))
    fine = fine and all(node.parts[0].value.value == found["total"] for node in claim.all("of_total"))
    return Judged(facts=facts) if fine else false("all are listed, or others", *facts)


JUDGES: Judges = {
    "group_base": base,
    "group_explained": explained,
    "group_total": total,
    "group_average": average,
    "group_untold": untold,
    "group_ruled": ruled,
    "group_calibrated": calibrated,
}
"""By the claim each judges."""
