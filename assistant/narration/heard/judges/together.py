"""Claims that look at several reasons together, or from a reason to the result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistant.narration.heard.grammar import Node
from assistant.narration.heard.hedged import BOUNDS
from assistant.narration.heard.judged import Judged, Judges, Weighed, false, named, one, sign_towards, target
from assistant.narration.heard.judges import ranks, reasons
from assistant.narration.heard.judges.reasons import NOT_WAYS, SIDES, WAYS, is_step, not_so, the_way, told_size
from assistant.narration.heard.names import Record

LION = 0.6
"""The share of all weights that is the lion's."""
FAR = 1.3
"""How many times the next a reason weighs that is followed at some distance."""


def every(record: Record) -> list[Weighed]:
    """The told reasons, those that weigh most first. KeyError where they are not those that weigh most of all."""
    ordered = sorted(record["reasons"], key=lambda r: r["rank"])
    if [r["rank"] for r in ordered] != list(range(1, len(ordered) + 1)):
        raise KeyError("not those that weigh most are told")
    return [Weighed(path=f"reasons[{i}]", entry=r, direction=r["direction"], weight=r["weight"])
            for i, r in enumerate(ordered)]  # fmt: skip


def did_so(claim: Node, record: Record) -> Judged:
    """ "it did so only faintly"."""
    things = [one(record, thing) for thing in claim.all("thing")]
    facts = tuple(f"{found.path}.size" for found in things)
    fine = things and all(found.entry.get("size") == told_size(claim.all("size")[0]) for found in things)
    return Judged(facts=facts) if fine else false("it counts more or less than that", *facts)


def weight_is(claim: Node, record: Record) -> Judged:
    """ "the pull of your debt is put at fourteen points"."""
    found = one(record, claim.all("thing")[0])
    text, facts = f" {claim.text} ", (f"{found.path}.weight",)
    fine = is_step(claim.all("step")[0], found.weight, record)
    fine = fine and not (" push " in text and found.weight < 0) and not (" pull " in text and found.weight > 0)
    return Judged(facts=facts) if fine else false("it counts by another amount", *facts)


def other_side(claim: Node, record: Record) -> Judged:
    """ "it could not offset the heavyweights on the other side"."""
    things = [one(record, thing) for thing in claim.all("thing")]
    facts, total = tuple(f"{found.path}.weight" for found in things), sum(found.weight for found in things)
    others = sum(found.weight for found in every(record) if found.weight * total < 0 and found.direction != "none")
    one_way = all(found.weight * total > 0 and found.direction != "none" for found in things)
    fine = things and one_way and abs(total) < abs(others)
    return Judged(facts=facts) if fine else false("it does offset them", *facts)


def combined(claim: Node, record: Record) -> Judged:
    """ "the combined effect of debt and missed payments was 23 points"."""
    things = [one(record, thing) for thing in claim.all("thing")]
    facts = tuple(f"{found.path}.weight" for found in things)
    one_way = len({found.weight > 0 for found in things}) == 1 and len(things) > 1
    fine = one_way and is_step(claim.all("step")[0], sum(found.weight for found in things), record)
    return Judged(facts=facts) if fine else false("together they count by another amount", *facts)


def rest(claim: Node, record: Record) -> Judged:
    """ "three further reasons, not named individually, together lower the score by about one point"."""
    weight, facts = record["reasons_rest"], ("reasons_rest", "reasons_total")
    way_ = the_way(claim)
    numbers = [part.value.value for part in claim.parts if part.rule == "number"]
    listed = len(record["reasons"])
    wanted = listed if claim.text.startswith("beyond") else record["reasons_total"] - listed
    found = Weighed(path="reasons_rest", entry={}, direction="none" if not weight else "known", weight=weight)
    goal = way_.first("rise_goal") or way_.first("goal")
    favoured = record["reasons"][0]["direction"] in ("for", "against")
    if way_.rule not in ("up", "down") and not (goal and goal.has("outcome") and favoured):
        return false("it is not clear which way is meant", *facts)
    steps = claim.all("step")
    fine = all(number == wanted for number in numbers) and not not_so(way_, found, record)
    fine = fine and not claim.has("size", "strength", "nudged") and record["reasons_total"] > listed
    fine = fine and all(is_step(step, weight, record) for step in steps)
    return Judged(facts=facts) if fine else false("the rest counts otherwise", *facts)


def sides(claim: Node, record: Record) -> Judged:
    """ "what spoke against you outweighed what spoke for you"."""
    told, facts = every(record), ("reasons", "reasons_rest")
    parts = [part for part in claim.parts if part.rule in (*SIDES, "sides_of", "sides_against")]
    totals = [sum(abs(f.weight) for f in told if _on(part, f, record)) for part in parts]
    fine = totals[0] - totals[1] > abs(record["reasons_rest"]) and not claim.has("size", "strength", "step")
    return Judged(facts=facts) if fine else false("it does not outweigh it", *facts)


def _on(side: Node, found: Weighed, record: Record) -> bool:
    if side.rule in SIDES:
        return not not_so(side, found, record)
    return found.direction == ("for" if side.rule == "sides_of" else "against")


def contributed(claim: Node, record: Record) -> Judged:
    """ "debt contributed -14 points"."""
    found, step = one(record, claim.all("thing")[0]), claim.all("step")[0]
    numbers = [node for rule in ("points", "quantity", "percent") for node in step.all(rule)]
    facts = (f"{found.path}.weight",)
    if (numbers[0].value.value < 0) != (found.weight < 0) or step.has(*BOUNDS):
        return false("it counts the other way", *facts)
    positive = _positive(step)
    return Judged(facts=facts) if is_step(positive, found.weight, record) else false("it is another amount", *facts)


def _positive(node: Node) -> Node:
    if node.rule in ("points", "quantity", "percent"):
        return replace(node, value=replace(node.value, value=abs(node.value.value)))
    return replace(node, parts=tuple(_positive(part) for part in node.parts))


def all_reasons(claim: Node, record: Record) -> Judged:
    """ "nothing beyond floor area and rooms enters into the estimate"."""
    names = {one(record, thing).entry["feature"] for thing in claim.all("thing")}
    whole = record["reasons_total"] == len(record["reasons"])
    counts = [part.value.value for part in claim.parts if part.rule == "number"]
    fine = whole and names == {r["feature"] for r in record["reasons"]} and all(n == len(names) for n in counts)
    return Judged(facts=("reasons_total",)) if fine else false("there are others", "reasons_total")


def but_for(claim: Node, record: Record) -> Judged:
    """ "the price would have been higher but for the rooms"."""
    name = str(target(claim, record))
    things = [one(record, thing) for thing in claim.all("thing")]
    facts = tuple(f"{found.path}.weight" for found in things)
    wanted = -1 if " higher " in f" {claim.text} " else 1
    fine = things and all(sign_towards(found, name, record) == wanted for found in things)
    return Judged(facts=facts) if fine else false("it counts the other way", *facts)


def counts_which(claim: Node, record: Record) -> Judged:
    """ "…, which pulled the score down three times as hard"."""
    if not claim.has("times_as_hard"):
        return reasons.way(claim, record)
    found = one(record, _single(claim, 0))
    if not_so(the_way(claim), found, record) or claim.has("size", "strength", "step"):
        return false("it counts the other way", f"{found.path}.weight")
    return ranks.so_many_times(claim.all("times_as_hard")[0], found, one(record, _single(claim, 1)))


def _single(claim: Node, place: int) -> Node:
    """The one thing that the first or second part of a claim stands for. LookupError where it stands for several."""
    part = [part for part in claim.parts if part.rule in ("things", "thing")][place]
    things = part.all("thing") if part.rule == "things" else (part,)
    if len(things) != 1:
        raise KeyError("one is compared, not several")
    return things[0]


def followed(claim: Node, record: Record) -> Judged:
    """ "…, followed at some distance by missed payments": the next among all, or among those on its side."""
    second = one(record, next(part for part in claim.parts if part.rule == "thing"))
    parts = [part for part in claim.parts if part.rule in ("things", "thing")]
    first = one(record, parts[-1].all("thing")[0] if parts[-1].rule == "things" else parts[-1])
    facts = (f"{first.path}.rank", f"{second.path}.rank")
    ordered = [found.entry["feature"] for found in every(record)]
    side = [f.entry["feature"] for f in every(record) if f.weight * first.weight > 0 and f.direction != "none"]
    pair = [first.entry["feature"], second.entry["feature"]]
    fine = any(pair == names[i : i + 2] for names in (ordered, side) for i in range(len(names)))
    fine = fine and (not claim.has("at_distance") or abs(first.weight) >= FAR * abs(second.weight))
    fine = fine and (" closely " not in f" {claim.text} " or abs(first.weight) < FAR * abs(second.weight))
    return Judged(facts=facts) if fine else false("it does not come next", *facts)


def out_in_front(claim: Node, record: Record) -> Judged:
    """ "…, with body mass index well out in front"."""
    found, told = one(record, claim.all("thing")[0]), every(record)
    facts = (f"{found.path}.rank",)
    fine = told[0].entry["feature"] == found.entry["feature"]
    fine = fine and not (claim.has("by_far_in") and abs(told[0].weight) < ranks.BY_FAR * abs(told[1].weight))
    return Judged(facts=facts) if fine else false("it is not in front", *facts)


def causes(cause: Node, name: str, record: Record) -> bool:
    """Whether a true claim is a reason of the model's for an outcome."""
    by_rule = record["outcome"]["by"] == "rule"
    if cause.rule == "is_score" and "cutoff" not in record["score"]:
        return False
    if cause.rule in ("by_rule", "beside_cutoff", "beside_cutoff_too", "is_score"):
        return bool(by_rule == (cause.rule == "by_rule"))
    things = [one(record, thing) for thing in cause.all("thing")]
    if by_rule or not things:
        return False
    plain = not cause.has(*NOT_WAYS) and (cause.rule == "stands" or the_way(cause).rule in WAYS)
    return plain and all(sign_towards(f, str(name), record) == 1 for f in things)


def because_not(claim: Node, record: Record) -> Judged:
    """ "the application was not approved because of debt": what it was instead, it was because of that."""
    facts, others = ("outcome.name", "outcome.by"), record["outcome"]["alternatives"]
    if named(claim) not in others or len(others) != 1 or record["outcome"]["by"] == "rule":
        return false("that is not what came of it", *facts)
    things = [one(record, thing) for thing in claim.all("thing")]
    name = str(record["outcome"]["name"])
    side = [found for found in every(record) if sign_towards(found, name, record) == 1]
    fine = things and all(sign_towards(found, name, record) == 1 for found in things)
    fine = fine and (not claim.has("chiefly") or side[0].path in [found.path for found in things])
    return Judged(facts=facts) if fine else false("it does not count this way", *facts)


def therefore(claim: Node, record: Record) -> Judged:
    """ "debt counted against you, so the application was declined"; the claims themselves are judged as well."""
    result = claim.all("said_result")[0].parts[0]
    fine = named(result) == record["outcome"]["name"] and result.rule == "is_outcome"
    if result.rule == "is_not_outcome":
        fine = named(result) in record["outcome"]["alternatives"] and len(record["outcome"]["alternatives"]) == 1
    fine = fine and causes(claim.all("claim_before")[0].parts[0], record["outcome"]["name"], record)
    return Judged(facts=("outcome.name", "outcome.by")) if fine else false("that does not follow", "outcome.name")


def as_reason(judge: Callable[[Node, Record], Judged]) -> Callable[[Node, Record], Judged]:
    """ "the application was declined, as debt counted against you"."""

    def judged(claim: Node, record: Record) -> Judged:
        cause, result = claim.all("reason_claim")[0].parts[0], claim.all("claim_before")[0].parts[0]
        found = judge(cause, record)
        fine = result.rule in ("is_outcome", "is_not_outcome", "by_rule", "beside_cutoff")
        fine = fine and found.true and causes(cause, record["outcome"]["name"], record)
        return found if fine else false(found.why or "that is no reason for it", *found.facts)

    return judged


def lion(claim: Node, record: Record) -> Judged:
    """ "floor area did the lion's share of the work"."""
    found = one(record, claim.all("thing")[0])
    whole = sum(abs(reason["weight"]) for reason in record["reasons"]) + abs(record["reasons_rest"])
    fine = abs(found.weight) > (LION if "lion" in claim.text else 0.5) * whole and found.direction != "none"
    return Judged(facts=(f"{found.path}.weight",)) if fine else false("it is not that much", f"{found.path}.weight")


JUDGES: Judges = {
    "lion": lion,
    "did_so": did_so,
    "weight_is": weight_is,
    "rest": rest,
    "combined": combined,
    "other_side": other_side,
    "sides": sides,
    "contributed": contributed,
    "not_because": because_not,
    "all_reasons": all_reasons,
    "these_all": all_reasons,
    "but_for": but_for,
    "counts_which": counts_which,
    "which_stands": ranks.stands,
    "followed": followed,
    "out_in_front": out_in_front,
    "therefore": therefore,
}
"""By the claim each judges."""
