"""Claims about which reason weighs more: places, comparisons of two, and ties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.narration.heard.grammar import Node
from assistant.narration.heard.judged import (
    Judged,
    Judges,
    Weighed,
    false,
    is_times,
    one,
    sign_towards,
    target,
)
from assistant.narration.heard.judges.reasons import WAYS, not_so, the_way
from assistant.narration.heard.names import Record

BY_FAR = 1.5
"""How many times the next a reason weighs that is first by far."""
PLACES = {"first": "main", "second": "second", "third": "third", "last": "least"}


def stands(claim: Node, record: Record) -> Judged:
    """ "the main reason was your debt", "debt weighed most"."""
    things = claim.all("thing")
    if len(things) != 1:
        return false("one feature can stand at a place, not several")
    found = one(record, things[0])
    facts = (f"{found.path}.rank", f"{found.path}.weight")
    ordered = _ordered(claim, record)
    place = {"main": 0, "second": 1, "third": 2, "least": -1}[_rank(claim)]
    if place == -1 and record["reasons_total"] > len(record["reasons"]) and not claim.has("listed"):
        return false("not all reasons are told")
    if any(node.value.value != len(record["reasons"]) for node in claim.all("listed") for node in node.all("number")):
        return false("so many are not told")
    if "members" in found.path or ordered[place]["feature"] != found.entry["feature"]:
        return false("another feature stands there", *facts)
    if claim.has("by_far") and len(ordered) > 1:
        rest = max(abs(r["weight"]) for r in ordered if r is not ordered[place])
        if place or abs(found.weight) < BY_FAR * rest:
            return false("not by far", *facts)
    return Judged(facts=facts)


def _ordered(claim: Node, record: Record) -> list[Mapping[str, Any]]:
    """The reasons that a place is among, those that weigh most first."""
    if sorted(r["rank"] for r in record["reasons"]) != list(range(1, len(record["reasons"]) + 1)):
        raise KeyError("not those that weigh most are told")
    wanted, name = _side(claim, record)
    reasons = [r for r in record["reasons"] if not wanted or _counts(r, wanted, name, record)]
    return sorted(reasons, key=lambda r: r["rank"])


def _side(claim: Node, record: Record) -> tuple[int, str | None]:
    """Whether reasons for (1) or against (-1) an outcome are meant, or all (0)."""
    text = f" {claim.text} "
    for thing in claim.all("thing"):
        text = text.replace(f" {thing.text} ", "  ", 1)
    words = set(text.split())
    if claim.has("pos", "neg"):
        if any(
            (r["weight"] > 0) != (r["direction"] in ("for", "up"))
            for r in record["reasons"]
            if r["direction"] != "none"
        ):
            raise KeyError("positive and good are not the same here")
        return (1 if claim.has("pos") else -1), str(record["score"]["of"])
    if outcome := claim.first("side_outcome"):
        if outcome.all("outcome")[0].value != record["outcome"]["name"] or record["outcome"]["by"] == "rule":
            raise KeyError("that is not what came of it")
        return 1, str(record["outcome"]["name"])
    if {"up", "upwards", "down", "downwards"} & words:
        return (1 if {"up", "upwards"} & words else -1), target(claim, record)
    side = claim.first("sided") or claim
    goal = side.first("goal") or (side if side.has("towards") else None)
    if {"against", "hurt", "obstacle", "way"} & words:
        return -1, target(goal, record)
    if side.has("goal") and goal and not goal.has("outcome", "score", "whom") and "outcome" not in record:
        return 0, None
    if side.rule == "sided" and not side.has("goal", "whose"):
        return 0, None
    return int(bool({"for", "favour", "helped", "behind"} & words)), target(goal, record)


def _rank(claim: Node) -> str:
    if place := claim.first("place"):
        return PLACES[place.text]
    rank = claim.first("rank")
    return next((name for name in ("main", "second", "third", "least") if rank and rank.has(name)), "main")


def _counts(reason: Mapping[str, Any], wanted: int, name: str | None, record: Record) -> bool:
    found = Weighed(path="", entry=reason, direction=reason["direction"], weight=reason["weight"])
    if name is None:
        return {"for": 1, "against": -1}.get(reason["direction"]) == wanted
    return sign_towards(found, name, record) == wanted


def stand_first(claim: Node, record: Record) -> Judged:
    """ "the two main reasons were debt and income"."""
    things = [one(record, thing) for thing in claim.all("thing")]
    ordered, facts = _ordered(claim, record), tuple(f"{found.path}.rank" for found in things)
    said = next((p.value.value for p in claim.parts if p.rule == "number"), None)
    counts = {"two": 2, "three": 3}
    if " tied as " in claim.text and not all(_tied(things[0], other) for other in things[1:]):
        return false("they are not tied", *facts)
    said = said or next((counts[word] for word in claim.text.split()[:4] if word in counts), len(things))
    first = {r["feature"] for r in ordered[: len(things)]}
    fine = len(things) > 1 and said == len(things) and first == {found.entry["feature"] for found in things}
    return Judged(facts=facts) if fine else false("others stand there", *facts)


def above_all(claim: Node, record: Record) -> Judged:
    """ "above all it was debt that counted against you"."""
    found = one(record, claim.all("thing")[0])
    facts = (f"{found.path}.rank", f"{found.path}.direction")
    if claim.has("drag"):
        up = " pushed " in f" {claim.text} "
        reasons_ = [r for r in record["reasons"] if (r["weight"] > 0) == up and r["direction"] != "none"]
        fine = min(reasons_, key=lambda r: r["rank"])["feature"] == found.entry["feature"]
        return Judged(facts=facts) if fine and " pulled " not in f" {claim.text} " else false("another does", *facts)
    way_ = the_way(claim)
    if way_.rule not in WAYS or way_.has("size", "strength", "step"):
        return false("it is not clear what is meant", *facts)
    if why := not_so(way_, found, record):
        return false(why, *facts)
    reasons = sorted(record["reasons"], key=lambda r: r["rank"])
    each = [Weighed(path="", entry=r, direction=r["direction"], weight=r["weight"]) for r in reasons]
    first = next(other for other in each if not not_so(way_, other, record))
    fine = first.entry["feature"] == found.entry["feature"]
    return Judged(facts=facts) if fine else false("another weighs more", *facts)


def mattered_more(claim: Node, record: Record) -> Judged:
    """ "debt weighed more than income"."""
    things = [one(record, thing) for thing in claim.all("thing")]
    if len(things) == 1 and len(record["reasons"]) == 2:
        others = [r for r in record["reasons"] if r["feature"] != things[0].entry["feature"]]
        things += [Weighed(path="reasons", entry=r, direction=r["direction"], weight=r["weight"]) for r in others[:1]]
    first, second = things
    if " less " in f" {claim.text} ":
        first, second = second, first
    return _more(first, [second])


def _more(first: Weighed, others: Sequence[Weighed]) -> Judged:
    facts = tuple(f"{found.path}.weight" for found in (first, *others))
    if any(_tied(first, other) or abs(first.weight) <= abs(other.weight) for other in others):
        return false("it does not weigh more", *facts)
    return Judged(facts=facts)


def between(claim: Node, record: Record) -> Judged:
    """ "missed payments mattered less than debt but more than income"."""
    middle, first, second = (one(record, thing) for thing in claim.all("thing"))
    low, high = (second, first) if claim.text.index(" less ") < claim.text.index(" more ") else (first, second)
    above = _more(high, [middle])
    return above if not above.true else _more(middle, [low])


def within_group(claim: Node, record: Record) -> Judged:
    """ "within debt, existing debt weighed more than card use"."""
    whole, *parts = (one(record, thing) for thing in claim.all("thing"))
    if any(not part.path.startswith(f"{whole.path}.members") for part in parts):
        return false("it is not a part of that", whole.path)
    others = [Weighed(path=whole.path, entry=m, direction="known", weight=m["weight"]) for m in whole.entry["members"]]
    rest = parts[1:] or [other for other in others if other.entry["feature"] != parts[0].entry["feature"]]
    return _more(parts[0], rest)


def weighed_more_than_that(claim: Node, record: Record) -> Judged:
    """ "income helped, but debt weighed more"."""
    (firsts, seconds) = _two(claim, record)
    judged = [_more(first, seconds) for first in firsts]
    return next((found for found in judged if not found.true), judged[0])


def _two(claim: Node, record: Record) -> tuple[list[Weighed], list[Weighed]]:
    """The two sides of a comparison."""
    first, second = (part for part in claim.parts if part.rule in ("things", "thing"))
    sides = [[one(record, t) for t in (side.all("thing") if side.rule == "things" else (side,))]
             for side in (first, second)]  # fmt: skip
    return sides[0], sides[1]


def offset(claim: Node, record: Record) -> Judged:
    """ "income could not make up for debt"; what counts one way beside what counts the other."""
    firsts, seconds = _two(claim, record)
    facts = tuple(f"{found.path}.weight" for found in (*firsts, *seconds))
    first, second = (sum(found.weight for found in side) for side in (firsts, seconds))
    mixed = any(found.weight * total <= 0 or found.direction == "none"
                for side, total in ((firsts, first), (seconds, second)) for found in side)  # fmt: skip
    tied = len(firsts) == len(seconds) == 1 and _tied(firsts[0], seconds[0])
    less = claim.has("not_outweighed")
    if mixed or tied or first * second >= 0 or (abs(first) < abs(second)) != less:
        return false("it does not outweigh it", *facts)
    return Judged(facts=facts)


def weighed_times(claim: Node, record: Record) -> Judged:
    """ "debt weighed three times as much as income"."""
    first, second = (one(record, thing) for thing in claim.all("thing"))
    facts = (f"{first.path}.weight", f"{second.path}.weight")
    for way_, found in zip(claim.all("way"), (first, second), strict=False):
        said = way_.parts[0]
        if said.has("size", "strength", "step") or not_so(said, found, record):
            return false("it counts another way", *facts)
    if claim.text.startswith("what "):
        takes = any(word in claim.text.split(" is ")[0].split(" was ")[0] for word in ("take", "took", "cost"))
        if (first.weight < 0) != takes or first.weight * second.weight >= 0:
            return false("it counts another way", *facts)
    return so_many_times(claim.first("times_as") or claim, first, second)


def so_many_times(said: Node, first: Weighed, second: Weighed) -> Judged:
    """Whether one reason weighs so many times another."""
    facts = (f"{first.path}.weight", f"{second.path}.weight")
    fine = is_times(said, said.all("times")[0], first.weight, second.weight)
    return Judged(facts=facts) if fine else false("it is another multiple", *facts)


def tied(claim: Node, record: Record) -> Judged:
    """ "debt and income weighed about equally"."""
    first, *others = (one(record, thing) for thing in claim.all("thing"))
    facts = tuple(f"{found.path}.tied_with" for found in (first, *others))
    if sided := claim.first("sided"):
        wanted, name = _side(sided, record)
        each = [{**f.entry, "direction": f.direction} for f in (first, *others)]
        if wanted and not all(_counts(entry, wanted, name, record) for entry in each):
            return false("they do not count this way", *facts)
    fine = others and all(_tied(first, other) for other in others)
    return Judged(facts=facts) if fine else false("they are not tied", *facts)


def _tied(first: Weighed, second: Weighed) -> bool:
    one_way = second.entry["feature"] in first.entry.get("tied_with", ())
    return one_way or first.entry["feature"] in second.entry.get("tied_with", ())


def not_enough(claim: Node, record: Record) -> Judged:
    """ "…, but not enough to outweigh your debt"."""
    against, firsts = _two(claim, record)
    facts = tuple(f"{found.path}.weight" for found in (*firsts, *against))
    totals = [sum(found.weight for found in side) for side in (firsts, against)]
    fine = totals[0] * totals[1] < 0 and abs(totals[0]) < abs(totals[1])
    fine = fine and all(found.direction != "none" for found in (*firsts, *against))
    return Judged(facts=facts) if fine else false("it does outweigh it", *facts)


JUDGES: Judges = {
    "not_enough": not_enough,
    "stands": stands,
    "stand_first": stand_first,
    "above_all": above_all,
    "mattered_more": mattered_more,
    "between": between,
    "within_group": within_group,
    "weighed_more_than_that": weighed_more_than_that,
    "offset": offset,
    "weighed_times": weighed_times,
    "tied": tied,
}
"""By the claim each judges."""
