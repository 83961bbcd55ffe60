"""Claims about where the model is wrong: how often, which way, by how much, and what mistakes have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.narration.heard.amounts import Number
from assistant.narration.heard.figures import is_count, is_ratio, is_share
from assistant.narration.heard.grammar import Node
from assistant.narration.heard.judged import Judged, Judges, false, is_value
from assistant.narration.heard.judges.performance import fits
from assistant.narration.heard.names import Record

HALF = 0.5


def says_part(said: Node, fact: float) -> bool:
    """Whether "two thirds", or "two mistakes in three", is this part."""
    ratio = said.first("mist_ratio") if said.rule != "mist_ratio" else said
    if ratio is None:
        return is_share(said.first("fig") or said, fact)
    part, whole = ratio.first("mist_part"), ratio.first("mist_whole")
    if part is None or whole is None:
        return False
    number = whole.first("number")
    of = number.value.value if number else 100.0
    return of > 0 and is_ratio(ratio, part.parts[0].value.value / of, fact)


def share(claim: Node, record: Record) -> Judged:
    """ "it is wrong in 8 % of cases"."""
    if "mistakes" in record:
        fact, facts = record["mistakes"]["share"], ("mistakes.share",)
    else:
        fact, facts = 1 - record["population"]["metrics"]["accuracy"], ("population.metrics.accuracy",)
    if why := fits(claim, record):
        return false(why, *facts)
    if any(not is_count(said, record["population"]["unseen"]) for said in _loose(claim)):
        return false("it is another number of cases", *facts)
    return _parts(claim, fact, facts)


def _parts(claim: Node, fact: float, facts: tuple[str, ...]) -> Judged:
    told = [*claim.all("mist_fig"), *_outside(claim, "fig", "mist_fig")]
    if any(" mistake" in f" {node.text}" or " error" in f" {node.text}" for node in claim.all("mist_ratio")):
        return false("it is a part of all cases", *facts)
    fine = bool(told) and all(says_part(said, fact) for said in told)
    return Judged(facts=facts) if fine else false("the share is another", *facts)


def _outside(claim: Node, rule: str, within: str) -> list[Node]:
    inner = [node for outer in claim.all(within) for node in outer.all(rule)]
    return [node for node in claim.all(rule) if node not in inner]


def _loose(claim: Node) -> list[Node]:
    """Counts that are no part of a phrase about the rows."""
    return _outside(claim, "fig_count", "perf_new")


def count(claim: Node, record: Record) -> Judged:
    """ "it was wrong 218 times"."""
    found, facts = record["mistakes"], ("mistakes.wrong",)
    if why := fits(claim, record):
        return false(why, *facts)
    counts = _loose(claim)
    if not counts or any(not is_count(said, found["wrong"]) for said in counts):
        return false("the count is another", *facts)
    if any(node.parts[0].value.value != record["population"]["unseen"] for node in claim.all("mist_all")):
        return false("it is another number of cases", "population.unseen")
    told = claim.all("mist_fig")
    return _parts(claim, found["share"], (*facts, "mistakes.share")) if told else Judged(facts=facts)


def way_of(node: Node, record: Record) -> tuple[int, Mapping[str, Any]]:
    """The one way of being wrong that is named. LookupError where it is none, or several."""
    said, truth = node.first("mist_said"), node.first("mist_truth")
    ways = [
        (i, way)
        for i, way in enumerate(record["mistakes"]["ways"])
        if (said is None or said.parts[0].value == way["said"])
        and (truth is None or truth.parts[0].value == way["truth"])
    ]
    if len(ways) != 1 or (said is None and truth is None):
        raise KeyError("no such way of being wrong")
    return ways[0]


def way(claim: Node, record: Record) -> Judged:
    """ "most of the mistakes were wrong approvals"; "in 71 cases it said declined where approved came out"."""
    node = claim.first("mist_way") or claim.first("mist_event")
    if node is None:
        raise KeyError("no way of being wrong is named")
    i, found = way_of(node, record)
    facts = (f"mistakes.ways[{i}].n", f"mistakes.ways[{i}].share")
    if any(not is_count(said, found["n"]) for said in claim.all("fig_count")):
        return false("the count is another", *facts)
    told = [*claim.all("mist_fig"), *_outside(claim, "mist_ratio", "mist_fig")]
    if any(not says_part(said, found["share"]) for said in told):
        return false("the share is another", *facts)
    words = f" {claim.text} "
    ratios = claim.all("mist_ratio")
    if any(not any(w in ratio.text for w in ("mistake", "error", "slip")) and " of " not in words for ratio in ratios):
        return false("it is a part of the mistakes", *facts)
    mostly = words.startswith(" most of ") or " mostly " in words or claim.has("mist_most_often")
    if mostly and found["share"] <= HALF:
        return false("they are not most of the mistakes", *facts)
    others = [other["n"] for j, other in enumerate(record["mistakes"]["ways"]) if j != i]
    if claim.has("mist_top") and (found["n"] <= max(others, default=0) or (not others and found["share"] <= HALF)):
        return false("another kind is more frequent", *facts)
    if claim.has("mist_rare") and (not _whole(record) or not others or found["n"] >= min(others)):
        return false("another kind is rarer", *facts)
    if not (told or claim.has("fig_count") or mostly or claim.has("mist_kind")):
        return false("nothing is said of it", *facts)
    return Judged(facts=facts)


def _whole(record: Record) -> bool:
    """Whether all ways of being wrong are told."""
    found = record["mistakes"]
    return bool(sum(way["n"] for way in found["ways"]) == found.get("wrong"))


def way_more(claim: Node, record: Record) -> Judged:
    """ "wrong approvals are more frequent than wrong refusals"."""
    (i, first), (j, second) = (way_of(node, record) for node in claim.all("mist_way"))
    facts = (f"mistakes.ways[{i}].n", f"mistakes.ways[{j}].n")
    less = claim.has("mist_less", "mist_fewer")
    fine = first["n"] < second["n"] if less else first["n"] > second["n"]
    clearly = " clearly " in f" {claim.text} " or " much " in f" {claim.text} " or " one way " in f" {claim.text} "
    if not fine or (clearly and not record["mistakes"].get("one_way")):
        return false("they are not more frequent", *facts)
    if (times := claim.first("mist_times")) and (number := times.first("number")):
        told: Number = number.value
        if not is_ratio(times, told.value, first["n"] / second["n"]):
            return false("the ratio is another", *facts)
    return Judged(facts=facts)


def _said(rule: str, claim: Node, record: Record) -> tuple[int, Mapping[str, Any]]:
    """The one way in which the model wrongly said this outcome."""
    wanted = claim.all(rule)[0].parts[0].value
    ways = [(i, way) for i, way in enumerate(record["mistakes"]["ways"]) if way["said"] == wanted]
    if len(ways) != 1:
        raise KeyError("no one way of being wrong says this")
    return ways[0]


def both(claim: Node, record: Record) -> Judged:
    """ "it wrongly approved 147 cases and wrongly declined 71"; "it wrongly approves more often than it declines"."""
    (i, first), (j, second) = (_said(rule, claim, record) for rule in ("mist_first", "mist_second"))
    facts = (f"mistakes.ways[{i}].n", f"mistakes.ways[{j}].n")
    counts = claim.all("fig_count")
    if not counts:
        return Judged(facts=facts) if first["n"] > second["n"] else false("it is the other way round", *facts)
    fine = all(is_count(said, way["n"]) for said, way in zip(counts, (first, second), strict=True))
    return Judged(facts=facts) if fine and i != j else false("the count is another", *facts)


def split(claim: Node, record: Record) -> Judged:
    """ "of the 218 mistakes, 147 were wrong approvals and 71 wrong refusals"."""
    ways = [way_of(node, record) for node in claim.all("mist_way")]
    facts = ("mistakes.wrong", *(f"mistakes.ways[{i}].n" for i, _ in ways))
    fine = all(node.parts[0].value.value == record["mistakes"]["wrong"] for node in claim.all("mist_total"))
    fine = fine and all(is_count(s, w["n"]) for s, (_, w) in zip(claim.all("fig_count"), ways, strict=True))
    return Judged(facts=facts) if fine else false("the count is another", *facts)


def one_way(wanted: bool) -> Any:
    """ "the mistakes lean one way"."""

    def judged(_: Node, record: Record) -> Judged:
        fine = record["mistakes"]["one_way"] is wanted
        return Judged(facts=("mistakes.one_way",)) if fine else false("it is not so", "mistakes.one_way")

    return judged


def no_rule(claim: Node, record: Record) -> Judged:
    """ "no rule was found that the mistakes have in common"."""
    common, facts = record["mistakes"]["common"], ("mistakes.common.rules",)
    if common["rules"]:
        return false("a rule was found", *facts)
    fine = all(is_count(said.parts[0], common["checked_on"]) for said in claim.all("mist_checked_on"))
    return Judged(facts=facts) if fine else false("it is another number of cases", "mistakes.common.checked_on")


def too_rare(_: Node, record: Record) -> Judged:
    """ "there were too few mistakes to look for a rule"."""
    common = record["mistakes"].get("common")
    fact = "mistakes.common.enough" if common else "mistakes.asked"
    fine = common["enough"] is False if common else record["mistakes"]["asked"] == "typical"
    return Judged(facts=(fact,)) if fine else false("there were enough", fact)


def checked(claim: Node, record: Record) -> Judged:
    """ "rules were looked for on 500 cases and checked on 500 others"."""
    common, facts = record["mistakes"]["common"], ("mistakes.common.found_on", "mistakes.common.checked_on")
    for name in ("found_on", "checked_on"):
        if any(not is_count(said.parts[0], common[name]) for said in claim.all(f"mist_{name}")):
            return false("it is another number of cases", *facts)
    if any(not is_share(said.parts[0], common["overall"]) for said in claim.all("mist_overall")):
        return false("the share is another", "mistakes.common.overall")
    return Judged(facts=facts)


def rule(claim: Node, record: Record) -> Judged:
    """ "it goes wrong more often where the ratio is above 11 %"."""
    common = record["mistakes"]["common"]
    if "miss" in record["mistakes"]:
        raise KeyError("of a quantity a mistake has a limit")
    told = claim.all("mist_condition") or claim.all("mist_range")
    ranged = claim.has("mist_range")
    for i, found in enumerate(common["rules"]):
        conditions = found["conditions"]
        if ranged:
            fits_rule = len(conditions) == 2 and _in_range(told[0], conditions)
        else:
            fits_rule = len(told) == len(conditions) and all(any(_holds(t, c) for t in told) for c in conditions)
        if fits_rule:
            facts = (f"mistakes.common.rules[{i}]", "mistakes.common.overall")
            fine = all(is_share(said.parts[0], found["rate"]) for said in claim.all("mist_rate"))
            fine = fine and all(said.parts[0].value.value == found["n"] for said in claim.all("mist_n"))
            fine = fine and all(is_share(said.parts[0], common["overall"]) for said in claim.all("mist_overall"))
            return Judged(facts=facts) if fine else false("the rate is another", *facts)
    return false("there is no such rule", "mistakes.common.rules")


def _in_range(told: Node, conditions: Sequence[Mapping[str, Any]]) -> bool:
    """Whether "above 11 % and at most 49 %" is what two conditions on one feature say."""
    feature, amounts = told.first("feature"), told.all("amount")
    held = {condition["op"]: condition for condition in conditions}
    if feature is None or set(held) != {"above", "at_most"}:
        return False
    return all(
        condition["feature"] in feature.value and is_value(amount, condition["value"], condition.get("unit"))
        for amount, condition in zip(amounts, (held["above"], held["at_most"]), strict=True)
    )


def nothing(claim: Node, record: Record) -> Judged:
    """ "it made no mistakes on 1,000 unseen cases"."""
    facts = ("mistakes.wrong",)
    if why := fits(claim, record):
        return false(why, *facts)
    return Judged(facts=facts) if record["mistakes"]["wrong"] == 0 else false("it made some", *facts)


def _holds(told: Node, condition: Mapping[str, Any]) -> bool:
    feature, amount = told.first("feature"), told.first("amount")
    ways = {"mist_above": "above", "mist_at_most": "at_most", "mist_not": "is_not"}
    op = next((op for name, op in ways.items() if told.has(name)), "is")
    if feature is None or amount is None or condition["feature"] not in feature.value:
        return False
    return op == condition["op"] and is_value(amount, condition["value"], condition.get("unit"))


JUDGES: Judges = {
    "mist_share": share,
    "mist_count": count,
    "mist_way_is": way,
    "mist_way_more": way_more,
    "mist_nothing": nothing,
    "mist_both": both,
    "mist_split": split,
    "mist_oftener": both,
    "mist_one_way": one_way(wanted=True),
    "mist_no_way": one_way(wanted=False),
    "mist_no_rule": no_rule,
    "mist_too_rare": too_rare,
    "mist_checked": checked,
    "mist_rule": rule,
}
"""By the claim each judges."""
