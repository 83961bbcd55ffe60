"""Claims about reasons: which way they count, by how much, and which of them do."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.narration.heard.grammar import Node
from assistant.narration.heard.hedged import fits
from assistant.narration.heard.judged import (
    Judged,
    Judges,
    Weighed,
    all_parts,
    false,
    named,
    one,
    sign_towards,
    target,
)
from assistant.narration.heard.names import Record

WAYS = {"for": 1, "against": -1, "for_side": 1, "against_side": -1, "up": 1, "down": -1,
        "gain_step": 1, "loss_step": -1, "none": 0}  # fmt: skip
SIDES = ("for", "against", "for_side", "against_side")
NOT_WAYS = {"not_for": "for", "not_against": "against", "not_up": "up", "not_down": "down"}
SIZES = ("large", "medium", "small")


def way(claim: Node, record: Record) -> Judged:
    """ "your debt counted strongly against you"."""
    way_ = the_way(claim)
    things = [one(record, thing) for thing in claim.all("thing")]
    facts = facts_of(things)
    alone = any(f" {word} " in f" {claim.text} " for word in ("together", "in total")) and (
        len(things) == 1 or not way_.has("step")
    )
    if not things or alone or not _as_many(claim, len(things)):
        return false("so many are not named", *facts)
    step = next(iter(claim.all("step")), None)
    if claim.rule == "counts_ing" and not {*claim.text.split()[:2]} & _ing(claim):
        return false("this is no part-sentence", *facts)
    together = step is not None and len(things) > 1 and " each " not in f" {claim.text} "
    if claim.has("pos", "neg") and any((found.weight > 0) != claim.has("pos") for found in things):
        return false("it stands on the other side", *facts)
    if claim.has("chiefly") and not _the_most(things, way_, record):
        return false("another counts for more", *facts)
    for found in things:
        if why := not_so(way_, found, record):
            return false(why, *facts)
        if why := not_by_so_much(claim, found, record, step=None if together else step):
            return false(why, *facts)
    if together and step and not is_step(step, sum(found.weight for found in things), record):
        return false("together they count by another amount", *facts)
    return Judged(facts=facts)


def _the_most(things: Sequence[Weighed], way_: Node, record: Record) -> bool:
    """Whether these are the ones that count most this way."""
    so = [found for _, found in told_reasons(record) if not not_so(way_, found, record)]
    so.sort(key=lambda found: int(found.entry["rank"]))
    return {found.path for found in so[: len(things)]} == {found.path for found in things}


def _ing(claim: Node) -> set[str]:
    return {word for word in claim.text.split() if word.endswith("ing")}


def the_way(claim: Node) -> Node:
    """The first part of a claim that says which way."""
    return next(part for part in all_parts(claim) if part.rule in WAYS or part.rule in NOT_WAYS)


def facts_of(things: Sequence[Weighed]) -> tuple[str, ...]:
    """The paths of what is held against a text about these."""
    return tuple(path for found in things for path in (f"{found.path}.direction", f"{found.path}.weight"))


def _as_many(claim: Node, n: int) -> bool:
    """Whether "both" and "all" are said of two and of more."""
    text = f" {claim.text} "
    for part in (*claim.all("thing"), *claim.all("goal")):
        text = text.replace(f" {part.text} ", "  ", 1)
    return (" both " not in text or n == 2) and (" all " not in text or n > 2)


def not_so(way_: Node, found: Weighed, record: Record) -> str:
    """Why a reason does not count this way, "" where it does."""
    wanted, denied = WAYS[NOT_WAYS.get(way_.rule, way_.rule)], way_.rule in NOT_WAYS
    name = target(way_.first("goal") or _raised(way_), record)
    if name is None and NOT_WAYS.get(way_.rule, way_.rule) in SIDES:
        plain = record.get("outcome", {}).get("name") == record["score"]["of"] and not way_.has("goal", "whose")
        if found.direction not in ("for", "against", "none") and not plain:
            return "nothing says which way is good"
        actual = {"for": 1, "against": -1, "up": 1, "down": -1, "none": 0}[found.direction]
    else:
        actual = sign_towards(found, name or record["score"]["of"], record)
    if denied:
        if way_.has("size", "strength", "step"):
            return "what is denied is not clear"
        return "" if actual != wanted else "it does count this way"
    if actual != wanted:
        return "it counts the other way" if actual * wanted else "it has no clear direction"
    return ""


def _raised(way_: Node) -> Node | None:
    """What a reason raises or lowers, or makes more or less likely."""
    goal = way_.first("rise_goal") or way_.first("score")
    if goal is None and way_.has("towards"):
        return way_
    return goal


def not_by_so_much(claim: Node, found: Weighed, record: Record, *, step: Node | None) -> str:
    """Why a reason does not count by so much, "" where it does."""
    for said in (*claim.all("size"), *claim.all("strength")):
        if found.entry.get("size") != told_size(said):
            return "it counts more or less than that"
    if claim.has("nudged") and found.entry.get("size") != "small":
        return "it does more than that"
    if step and step.has("mere") and found.entry.get("size") == "large":
        return "it is not that little"
    return "it counts by another amount" if step and not is_step(step, found.weight, record) else ""


def told_size(said: Node) -> str:
    """The size that an adverb or adjective says."""
    return next(size for size in SIZES if said.has(size, f"{size}_a"))


def is_step(step: Node, weight: float, record: Record) -> bool:
    """Whether a weight is this much, in the unit of the score."""
    probability = record["score"]["unit"] == "probability"
    if node := step.first("points"):
        if not probability:
            return node.value.unit == "points" and not record["score"]["unit"] and fits(step, node.value, abs(weight))
        calibrated = bool(record["score"].get("calibrated"))
        return (calibrated or node.value.unit == "points") and fits(step, node.value, abs(weight) * 100)
    node = step.first("quantity") or step.first("percent")
    if node is None or (probability and (not node.value.decimals or node.value.value >= 1)):
        return False
    return node.value.unit in ("", record["score"]["unit"]) and fits(step, node.value, abs(weight))


def passive(claim: Node, record: Record) -> Judged:
    """ "the score was raised by income and lowered by debt"."""
    name = target(claim, record)
    facts: list[str] = []
    text = claim.text
    for i, group in enumerate(claim.all("things")):
        said = text.split(" by ")[i]
        up = any(word in said.split() for word in ("raised", "lifted", "up", "increased", "boosted"))
        for thing in group.all("thing"):
            found = one(record, thing)
            facts += facts_of([found])
            if sign_towards(found, str(name), record) != (1 if up else -1):
                return false("it counts the other way", *facts)
    return Judged(facts=tuple(facts))


def unlike(claim: Node, record: Record) -> Judged:
    """ "the loan amount helped, unlike debt"."""
    way_ = the_way(claim)
    others = [thing for group in claim.all("things") for thing in group.all("thing")]
    thing = next(part for part in claim.parts if part.rule == "thing")
    found, rest = one(record, thing), [one(record, other) for other in others]
    facts = facts_of([found, *rest])
    why = not_so(way_, found, record) or not_by_so_much(claim, found, record, step=way_.first("step"))
    if why:
        return false(why, *facts)
    if any(not not_so(way_, other, record) for other in rest):
        return false("the others do so too", *facts)
    return Judged(facts=facts)


def told_reasons(record: Record) -> list[tuple[str, Weighed]]:
    """The reasons that are told, by their paths."""
    return [
        (path, Weighed(path=path, entry=reason, direction=reason["direction"], weight=reason["weight"]))
        for i, reason in enumerate(record["reasons"])
        for path in [f"reasons[{i}]"]
    ]


def has_effect(claim: Node, record: Record) -> Judged:
    """ "sex had a small effect"."""
    things = [one(record, thing) for thing in claim.all("thing")]
    facts = facts_of(things)
    for found in things:
        if found.direction == "none" or not_by_so_much(claim, found, record, step=None):
            return false("it has another effect", *facts)
    return Judged(facts=facts) if things else false("nothing is named")


def because(claim: Node, record: Record) -> Judged:
    """ "the application was declined because of debt"."""
    name = named(claim)
    things = [one(record, thing) for thing in claim.all("thing")]
    facts = ("outcome.name", "outcome.by", *facts_of(things))
    if name != record["outcome"]["name"] or record["outcome"]["by"] == "rule":
        return false("that is not what came of it", *facts)
    if not things or any(sign_towards(found, name, record) != 1 for found in things):
        return false("it does not count this way", *facts)
    most = max((f for _, f in told_reasons(record) if sign_towards(f, name, record) == 1), key=lambda f: abs(f.weight))
    if claim.has("chiefly") and most.path not in [found.path for found in things]:
        return false("another counts for more", *facts)
    return Judged(facts=facts)


def marked(claim: Node, record: Record) -> Judged:
    """ "age is a sensitive input"."""
    things = [one(record, thing) for thing in claim.all("thing")]
    fine = things and all(found.entry.get("sensitive") is True for found in things) and _as_many(claim, len(things))
    facts = tuple(f"{found.path}.sensitive" for found in things)
    return Judged(facts=facts) if fine else false("it is not marked so", *facts)


def group_of(claim: Node, record: Record) -> Judged:
    """ "existing debt is part of debt"."""
    parts = [one(record, thing) for group in claim.all("things") for thing in group.all("thing")]
    whole = one(record, next(part for part in claim.parts if part.rule == "thing"))
    facts = tuple(found.path for found in (whole, *parts))
    members = {member["feature"] for member in whole.entry["members"]}
    named_ = {found.entry["feature"] for found in parts}
    every = any(word in claim.text for word in ("made up of", "consists", "comprises", "form ", "make"))
    fine = named_ == members if every else named_ <= members
    return Judged(facts=facts) if fine else false("it is not a part of that", *facts)


JUDGES: Judges = {
    "counts": way,
    "counts_ing": way,
    "by_another": way,
    "side_too": way,
    "passive": passive,
    "unlike": unlike,
    "has_effect": has_effect,
    "because": because,
    "marked": marked,
    "group_of": group_of,
}
"""By the claim each judges."""
