"""Claims about why, over a group: which way a reason counts on average, in how many cases, and where they divide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.narration.heard.grammar import Node
from assistant.narration.heard.hedged import as_number, says
from assistant.narration.heard.judged import Facts, Judged, Judges, false
from assistant.narration.heard.judges.population import CLEAR, GREAT, in_scope
from assistant.narration.heard.names import Record

EQUAL = 0.9
"""How much of one reason's weight another has that counts "by as much"."""
EVEN = 0.1
"""How far apart the two sides of a group may be that is split down the middle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A reason of the group, and where it stands."""

    path: str
    entry: Mapping[str, Any]


def all_shared(record: Record, parts: Sequence[Node]) -> list[Shared]:
    """The reasons that several parts name. KeyError where two name the same."""
    found = [shared(record, part) for part in parts]
    if len({reason.path for reason in found}) != len(found):
        raise KeyError("one is named twice")
    return found


def shared(record: Record, part: Node) -> Shared:
    """The one reason of the group that a part names. KeyError where there is none."""
    found = record["group_why"]
    named = next(iter(part.all("feature"))).value if part.rule != "feature" else part.value
    for i, reason in enumerate(found["reasons"]):
        if reason["feature"] in named:
            return Shared(path=f"group_why.reasons[{i}]", entry=reason)
    if found.get("member", {}).get("feature") in named:
        return Shared(path="group_why.member", entry=found["member"])
    raise KeyError("no such reason")


def sign_of(way: Node, found: Mapping[str, Any], goal_in: Node | None = None) -> int:
    """+1 where a way of counting is towards the outcome that the weights are signed for, -1 where away from it.

    Without an outcome or a score as its goal, "helped" is for the favourable one, 0 where none is. KeyError for an
    outcome that the weights say nothing about.
    """
    sign = 1 if way.rule == "g_plus" else -1
    named = way.first("outcome") or (goal_in.first("outcome") if goal_in else None)
    if named is not None:
        if named.value == found["of"]:
            return sign
        if named.value == found.get("other"):
            return -sign
        raise KeyError("the weights are not about that")
    goal = way.first("g_goal")
    scored = goal is not None and not goal.has("scope_group")
    if scored:
        return sign
    way_of = {r["direction"]: (1 if r["weight"] > 0 else -1) for r in found["reasons"] if r["direction"] != "none"}
    return sign * way_of.get("for", -way_of.get("against", 0))


def _counts(way: Node, reason: Shared, found: Mapping[str, Any]) -> str:
    """Why a reason of the group does not count so on average, "" where it does."""
    wanted = sign_of(way, found)
    if reason.entry["direction"] == "none" or not wanted:
        return "it has no clear direction"
    if reason.entry["weight"] * wanted <= 0:
        return "it counts the other way"
    if (step := way.first("g_step")) and not _is_step(step, reason.entry["weight"], found, way):
        return "it counts by another amount"
    return ""


def _is_step(step: Node, weight: float, found: Mapping[str, Any], way: Node) -> bool:
    """Percentage points and points of a chance are told of a calibrated score, points of any other."""
    probability = "unit" not in found
    if step.has("points") or step.text.endswith(" point"):
        plain = " percent" not in step.text and "%" not in step.text and " chance" not in way.text
        return probability and (bool(found.get("calibrated")) or plain) and as_number(step, abs(weight) * 100)
    return not probability and says(step, abs(weight), unit=str(found["unit"]))


def way(claim: Node, record: Record) -> Judged:
    """ "debt and income counted against approval in this group"."""
    found, facts = record["group_why"], []
    if not in_scope(claim, record):
        return false("it is about other cases", "group_why")
    if member := claim.first("g_member"):
        whole = shared(record, next(iter(member.all("g_whole"))))
        if "member" not in found or found.get("asked") != whole.entry["feature"]:
            return false("it is not known as part of that", "group_why.member")
    way_ = claim.first("g_plus") or claim.first("g_minus")
    turned = claim.first("g_other_way")
    others = turned.all("g_thing") if turned else ()
    named = [thing for thing in claim.all("g_thing") if thing not in others]
    named = named[:1] if member else named
    all_shared(record, (*named, *others))
    for thing in (*named, *others):
        reason = shared(record, thing)
        facts += [f"{reason.path}.direction", f"{reason.path}.weight"]
        if way_ is None or (reason.path == "group_why.member" and not claim.has("g_member") and len(named) > 1):
            raise KeyError("nothing is said of it")
        if thing in others:
            wanted = -sign_of(way_, found)
            if reason.entry["direction"] == "none" or reason.entry["weight"] * wanted <= 0:
                return false("it does not count the other way", *facts)
        elif why := _counts(way_, reason, found):
            return false(why, *facts)
        if claim.has("g_equal") and abs(reason.entry["weight"]) < EQUAL * abs(shared(record, named[0]).entry["weight"]):
            return false("it counts by less", *facts)
        if claim.has("g_mostly") and reason.entry["up" if reason.entry["weight"] > 0 else "down"] <= 0.5:
            return false("it is not so in most of them", *facts)
    return Judged(facts=tuple(facts)) if named else false("no feature is named")


def only(claim: Node, record: Record) -> Judged:
    """ "of the inputs listed, only the loan amount tended to work towards approval"."""
    found = record["group_why"]
    way_ = claim.first("g_plus") or claim.first("g_minus")
    if way_ is None or not in_scope(claim, record) or not _listed(claim, record):
        return false("it is about others", "group_why")
    listed = claim.has("g_listed", "g_of_listed") or found["total"] == len(found["reasons"])
    reason = shared(record, claim)
    alike = [r for r in found["reasons"] if r["weight"] * sign_of(way_, found) > 0 and r["direction"] != "none"]
    fine = listed and [r["feature"] for r in alike] == [reason.entry["feature"]] and not _counts(way_, reason, found)
    if (pull := claim.first("g_pull_is")) and not pulls(pull, reason.entry["weight"], found):
        return false("it counts by another amount", reason.path)
    return Judged(facts=("group_why.reasons",)) if fine else false("it is not the only one", "group_why.reasons")


def pulls(said: Node, weight: float, found: Mapping[str, Any]) -> bool:
    """Whether a pull "of five points against approval" is this weight."""
    step, named = said.first("g_step"), said.first("outcome")
    if step is None or not _is_step(step, weight, found, said):
        return False
    if named is None:
        return True
    sign = {found["of"]: 1, found.get("other"): -1}[named.value]
    return weight * (-sign if " against " in said.text else sign) > 0


def _listed(claim: Node, record: Record) -> bool:
    """Whether so many reasons are listed as a text says."""
    n = len(record["group_why"]["reasons"])
    return all(node.parts[0].value.value == n for node in claim.all("listed_n"))


def open_(claim: Node, record: Record) -> Judged:
    """ "age had no clear influence in this group"."""
    if not in_scope(claim, record):
        return false("it is about other cases", "group_why")
    _goal_known(claim, record)
    found = all_shared(record, claim.all("g_thing"))
    facts = tuple(f"{reason.path}.direction" for reason in found)
    fine = bool(found) and all(reason.entry["direction"] == "none" for reason in found)
    return Judged(facts=facts) if fine else false("it has a clear direction", *facts)


def _goal_known(claim: Node, record: Record) -> None:
    """KeyError where an outcome is named that the weights say nothing about."""
    found = record["group_why"]
    if any(node.value not in (found["of"], found.get("other")) for node in claim.all("outcome")):
        raise KeyError("the weights are not about that")


def all_open(claim: Node, record: Record) -> Judged:
    """ "none of the factors listed had a clear direction for the group"."""
    _goal_known(claim, record)
    found = record["group_why"]
    whole = found["total"] == len(found["reasons"])
    told = any(f" {word} " in f" {claim.text} " for word in ("listed", "named", "told", "given", "shown"))
    fine = in_scope(claim, record) and _listed(claim, record) and (whole or told or claim.has("listed_n"))
    fine = fine and all(reason["direction"] == "none" for reason in found["reasons"])
    return Judged(facts=("group_why.reasons",)) if fine else false("some have one", "group_why.reasons")


def part(claim: Node, record: Record) -> Judged:
    """ "in 83 % of the cases explained, debt lowered the chance of approval"."""
    reason = shared(record, claim)
    facts = (f"{reason.path}.up", f"{reason.path}.down", f"{reason.path}.direction")
    if any(shared(record, thing) != reason for thing in claim.all("g_thing")) or not in_scope(claim, record):
        return false("it is about something else", *facts)
    return _parts(claim, reason, record, facts)


def _parts(claim: Node, reason: Shared, record: Record, facts: Facts) -> Judged:
    found = record["group_why"]
    ways = [node for node in _in_order(claim) if node.rule in ("g_plus", "g_minus", "g_turn", "g_against_it")]
    shares = [node for node in _in_order(claim) if node.rule in ("g_part", "g_bare")]
    if any(node.rule == "g_bare" for node in shares) and not shares[0].has("percent"):
        raise KeyError("it is not said of what this is a number")
    if len(ways) != len(shares):
        raise KeyError("it is not said in how many")
    for way_, said in zip(ways, shares, strict=True):
        sign = _sign(way_, ways[0], found)
        if not sign or way_.has("g_step"):
            raise KeyError("it is not said which way")
        if not _so_often(said, reason.entry["up" if sign > 0 else "down"], found):
            return false("it is so in another share of them", *facts)
    if " average a drag " in claim.text and (reason.entry["weight"] >= 0 or reason.entry["direction"] == "none"):
        return false("on average it is not so", *facts)
    if " divided " in claim.text and not reason.entry.get("divided"):
        return false("they are not divided", *facts)
    return Judged(facts=facts)


def _sign(way_: Node, first: Node, found: Mapping[str, Any]) -> int:
    """The side that a way of counting is on; "against it" is beside the way said before."""
    if way_.rule == "g_turn":
        return 1 if way_.text == "up" else -1
    if way_.rule == "g_against_it":
        towards = way_.text in ("for it", "towards it")
        return sign_of(first, found) * (1 if towards == (first.rule == "g_plus") else -1)
    return sign_of(way_, found, first)


def _in_order(node: Node) -> Iterator[Node]:
    for inner in node.parts:
        yield inner
        yield from _in_order(inner)


def _so_often(said: Node, share: float, found: Mapping[str, Any]) -> bool:
    if said.rule == "g_bare":
        return as_number(said, share * 100)
    if (most := said.first("most")) is not None:
        least = GREAT if most.has("big_most") else CLEAR if most.has("clear_most") else 0.5
        if share <= 0.5 or share < least:
            return False
    if (size := said.first("size_n")) is not None:
        return says(size, round(share * found["explained"]))
    named = said.first("portion")
    return says(named, share, unit="%") if named is not None else most is not None


def split(claim: Node, record: Record) -> Judged:
    """ "the group is divided over age"."""
    reason = shared(record, claim)
    facts = (f"{reason.path}.divided", f"{reason.path}.up", f"{reason.path}.down")
    if len(claim.all("g_thing")) != 1 or not in_scope(claim, record):
        return false("it is about something else", *facts)
    if not reason.entry.get("divided"):
        return false("they are not divided", *facts)
    if claim.has("halves") and abs(reason.entry["up"] - reason.entry["down"]) > EVEN:
        return false("they are not split evenly", *facts)
    return _parts(claim, reason, record, facts) if claim.has("g_part") else Judged(facts=facts)


def sensitive(claim: Node, record: Record) -> Judged:
    """ "debt and income are marked as sensitive"."""
    found = all_shared(record, claim.all("g_thing"))
    facts = tuple(f"{reason.path}.sensitive" for reason in found)
    fine = all(reason.entry.get("sensitive") is True for reason in found)
    whole = " named " not in claim.text or len(record["group_why"]["reasons"]) == len(found) == 2
    return Judged(facts=facts) if fine and whole else false("it is not sensitive", *facts)


JUDGES: Judges = {
    "group_way": way,
    "group_only": only,
    "group_open": open_,
    "group_all_open": all_open,
    "group_part": part,
    "group_split": split,
    "group_sensitive": sensitive,
}
"""By the claim each judges."""
