"""Claims about reasons: which way they count, how much, in which order, and what is usual."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.narration.heard.amounts import Number
from assistant.narration.heard.grammar import Node
from assistant.narration.heard.judged import (
    Judged,
    Judges,
    Weighed,
    all_parts,
    false,
    is_value,
    one,
    sign_towards,
    target,
    weighed,
)
from assistant.narration.heard.names import Record

ANYBODY = ("the reference group", "all others", "the others")


def way(claim: Node, record: Record) -> Judged:
    """ "your debt counted strongly against you"."""
    way_ = claim.parts[0] if claim.parts[0].rule in WAYS else next(p for p in all_parts(claim) if p.rule in WAYS)
    if claim.has("neither") and not claim.all("thing"):
        raise KeyError("nothing is named")
    facts: list[str] = []
    for thing in claim.all("thing"):
        found = one(record, thing)
        facts += [f"{found.path}.direction", f"{found.path}.weight"]
        why = _against(way_, found, record)
        if why:
            return false(why, *facts)
    return Judged(facts=tuple(facts)) if facts else false("no feature is named")


WAYS = {"for": 1, "against": -1, "up": 1, "down": -1, "none": 0}


def _against(way_: Node, found: Weighed, record: Record) -> str:
    """Why a reason does not count this way, "" where it does."""
    wanted = WAYS[way_.rule]
    goal = way_.first("goal")
    name = target(goal, record)
    if name is None and way_.rule in ("for", "against"):
        if found.direction not in ("for", "against", "none"):
            return "nothing says which way is good"
        actual = {"for": 1, "against": -1, "none": 0}[found.direction]
    else:
        actual = sign_towards(found, name or record["score"]["of"], record)
    if actual != wanted:
        return "it counts the other way" if actual * wanted else "it has no clear direction"
    if size := way_.first("size"):
        told = next(word for word in ("large", "medium", "small") if size.has(word))
        if found.entry.get("size") != told:
            return "it counts more or less than that"
    if (step := way_.first("step")) and not _is_step(step, found.weight, record):
        return "it counts by another amount"
    return ""


def _is_step(step: Node, weight: float, record: Record) -> bool:
    rough = step.has("about")
    probability = record["score"]["unit"] == "probability"
    if node := step.first("points"):
        points: Number = node.value
        return probability and bool(record["score"].get("calibrated")) and points.says(abs(weight) * 100, rough=rough)
    node = step.first("quantity") or step.first("percent")
    if node is None or probability:
        return False
    number: Number = node.value
    return number.unit in ("", record["score"]["unit"]) and number.says(abs(weight), rough=rough)


def main(claim: Node, record: Record) -> Judged:
    """ "the main reason was your debt", "debt weighed most"."""
    things = claim.all("thing")
    if len(things) != 1:
        return false("one feature can stand at a place, not several")
    found = one(record, things[0])
    reasons = [r for r in record["reasons"] if r["direction"] != "none"]
    side = claim.first("sided") or claim
    goal = side.first("goal")
    wanted = _side(claim, side)
    if wanted:
        name = target(goal, record)
        reasons = [r for r in reasons if _counts(r, wanted, name, record)]
    place = {"main": 0, "second": 1, "third": 2, "least": -1}[_rank(claim)]
    if place == -1 and record.get("reasons_total", len(record["reasons"])) > len(record["reasons"]):
        return false("not all reasons are told")
    ordered = sorted(reasons, key=lambda r: -abs(r["weight"]))
    facts = (f"{found.path}.rank", f"{found.path}.weight")
    if "members" in found.path or ordered[place]["feature"] != found.entry["feature"]:
        return false("another feature stands there", *facts)
    return Judged(facts=facts)


def _rank(claim: Node) -> str:
    if place := claim.first("place"):
        return {"first": "main", "second": "second", "third": "third", "last": "least"}[place.text]
    rank = claim.first("rank")
    return next((name for name in ("main", "second", "third", "least") if rank and rank.has(name)), "main")


def _side(claim: Node, side: Node) -> int:
    text = f" {claim.text} "
    if " against " in text or " hurt " in text or " stood in the way " in text or " down more " in text:
        return -1
    if side.rule == "sided" and side.text in ("of all", "here", "in the case"):
        return 0
    return int(any(word in text for word in (" for ", " favour ", " helped ", " behind ", " up more ")))


def _counts(reason: Mapping[str, Any], wanted: int, name: str | None, record: Record) -> bool:
    found = Weighed(path="", entry=reason, direction=reason["direction"], weight=reason["weight"])
    if name is None:
        return {"for": 1, "against": -1}.get(reason["direction"]) == wanted
    return sign_towards(found, name, record) == wanted


def mattered_more(claim: Node, record: Record) -> Judged:
    """ "debt weighed more than income"."""
    things = [one(record, thing) for thing in claim.all("thing")]
    if len(things) == 1 and len(record["reasons"]) == 2:
        both = weighed(record, frozenset(r["feature"] for r in record["reasons"]))
        things += [found for found in both if found.path != things[0].path][:1]
    first, second = things
    if " less " in f" {claim.text} ":
        first, second = second, first
    facts = (f"{first.path}.weight", f"{second.path}.weight")
    if _tied(first, second) or abs(first.weight) <= abs(second.weight):
        return false("it does not weigh more", *facts)
    return Judged(facts=facts)


def tied(claim: Node, record: Record) -> Judged:
    """ "debt and income weighed about equally"."""
    first, second = (one(record, thing) for thing in claim.all("thing"))
    facts = (f"{first.path}.tied_with",)
    return Judged(facts=facts) if _tied(first, second) else false("they are not tied", *facts)


def _tied(first: Weighed, second: Weighed) -> bool:
    one_way = second.entry["feature"] in first.entry.get("tied_with", ())
    return one_way or first.entry["feature"] in second.entry.get("tied_with", ())


def beside_usual(claim: Node, record: Record) -> Judged:
    """ "your income is higher than usual"."""
    thing, text = claim.first("thing"), f" {claim.text} "
    feature = claim.first("feature")
    found = one(record, thing) if thing else next(weighed(record, feature.value if feature else frozenset()))
    reference = found.entry["reference"]
    facts = (f"{found.path}.reference.comparison", f"{found.path}.reference.value")
    rest = [a for a in claim.all("amount") if thing is None or a not in thing.all("amount")]
    if any(not is_value(a, reference["value"], found.entry.get("unit")) for a in rest):
        return false("the usual value is another", *facts)
    group = claim.first("group")
    if group and group.text not in (str(reference.get("of", "")).lower(), *ANYBODY):
        return false("it is compared with others", *facts)
    if thing is None and rest and not any(f" {w} " in text for w in ("higher", "lower")):
        return Judged(facts=facts)
    compared = reference["comparison"]
    if claim.has("above") or " exceed" in text or " higher " in text:
        told = "higher"
    elif claim.has("below") or " lower " in text:
        told = "lower"
    elif " differ" in text:
        return Judged(facts=facts) if compared != "same" else false("it does not differ", *facts)
    else:
        told = "same"
    return Judged(facts=facts) if told == compared else false("the comparison is another", *facts)


def value(claim: Node, record: Record) -> Judged:
    """ "your income is 41,000 EUR a year"."""
    feature, amounts = claim.first("feature"), claim.all("amount")
    names = feature.value if feature else frozenset()
    for path, entry in _valued(record, names):
        if all(is_value(a, entry.get("value"), entry.get("unit")) for a in amounts):
            return Judged(facts=(f"{path}.value",))
    return false("the value is another, or not known")


def _valued(record: Record, features: frozenset[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for found in weighed(record, features):
        yield found.path, found.entry
    for i, known in enumerate(record.get("known") or ()):
        if known["feature"] in features:
            yield f"known[{i}]", known


JUDGES: Judges = {
    "counts": way,
    "stands": main,
    "mattered_more": mattered_more,
    "tied": tied,
    "beside_usual": beside_usual,
    "is_value": value,
}
"""By the claim each judges."""
