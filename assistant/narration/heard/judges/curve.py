"""Single points of an effect's curve: what the score is there, where it is highest, which way it goes between two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.narration.heard.figures import is_amount, is_count, is_share
from assistant.narration.heard.grammar import Node
from assistant.narration.heard.judged import Judged, all_parts, false, is_value
from assistant.narration.heard.names import Record

UP = {"leaps", "jumps", "climbs", "rises", "grows", "increases", "shoots", "rise", "climb", "rising", "climbing", "up"}
DOWN = {
    "sinks",
    "falls",
    "drops",
    "declines",
    "decreases",
    "slips",
    "sink",
    "fall",
    "drop",
    "sinking",
    "falling",
    "dropping",
    "down",
}


def effect_of(claim: Node, record: Record) -> Mapping[str, Any]:
    """The effect told; KeyError where the claim names another feature than that it is of."""
    found: Mapping[str, Any] = record["effect"]
    others = [node for other in claim.all("eff_other") for node in other.all("feature")]
    if any(found["feature"] not in node.value for node in claim.all("feature") if node not in others):
        raise KeyError("it is the effect of another feature")
    return found


def says_score(said: Node, value: float, record: Record) -> bool:
    """Whether a figure is this score; a percentage or a part is only told of a calibrated one."""
    score = record["score"]
    if score["unit"] != "probability":
        return is_amount(said, value, score["unit"])
    bare = said.first("quantity") or said.first("number")
    if bare is not None and bare.value.decimals and bare.value.value <= 1:
        return is_share(said, value)
    return bool(score.get("calibrated")) and is_share(said, value)


def place(at: Node, found: Mapping[str, Any]) -> int:
    """Which point of the curve is named; KeyError where it is none of them."""
    amount = at if at.rule == "amount" else at.first("amount")
    places = [i for i, p in enumerate(found["points"]) if amount and is_value(amount, p["at"], found.get("unit"))]
    if len(places) != 1:
        raise KeyError("no such point")
    return places[0]


def about(claim: Node, found: Mapping[str, Any]) -> None:
    """KeyError where the claim names an outcome that the curve is not of."""
    if any(node.value != found["of"] for node in claim.all("outcome")):
        raise KeyError("the curve is not of this outcome")


def score_at(i: int, found: Mapping[str, Any]) -> float:
    """The mean score at a point."""
    return float(found["points"][i]["score"])


def path(i: int) -> str:
    """Where that score stands in the record."""
    return f"effect.points[{i}].score"


def point_at(claim: Node, record: Record) -> Judged:
    """ "at an income of 20,000 EUR a year, the chance of approval is about 42 %"."""
    found = effect_of(claim, record)
    about(claim, found)
    i = _where(claim, found)
    said = claim.all("fig")
    fine = len(said) == 1 and says_score(said[0], score_at(i, found), record)
    return Judged(facts=(path(i),)) if fine else false("the score there is another", path(i))


def _where(claim: Node, found: Mapping[str, Any]) -> int:
    """The one point that is named: by its value, as none at all, or as with or without a flag."""
    if claim.has("eff_none_of"):
        return next(i for i, point in enumerate(found["points"]) if point["at"] == 0 and found["kind"] == "number")
    if flag := claim.first("eff_flagged"):
        return _flag(flag, found)
    return place(claim.first("eff_at") or next(part for part in claim.parts if part.rule == "amount"), found)


def _flag(node: Node, found: Mapping[str, Any]) -> int:
    if found["kind"] != "flag" or len(found["points"]) != 2:
        raise KeyError("it is no flag")
    wanted = "no" if node.has("eff_flag_no") else "yes"
    return next(i for i, point in enumerate(found["points"]) if point["at"] == wanted)


def flags(claim: Node, record: Record) -> Judged:
    """ "the chance is 42 % with a guarantor and 31 % without"."""
    found = effect_of(claim, record)
    about(claim, found)
    first = _flag(claim.all("eff_flagged")[0], found)
    if claim.text.endswith((" with", " with one", " with it")) and not claim.all("eff_flagged")[0].has("eff_flag_no"):
        return false("it is said twice", path(first))
    pair = (first, 1 - first)
    facts = tuple(path(i) for i in pair)
    fine = all(says_score(said, score_at(i, found), record) for said, i in zip(claim.all("fig"), pair, strict=True))
    return Judged(facts=facts) if fine else false("the score there is another", *facts)


def higher_and_lower(claim: Node, record: Record) -> Judged:
    """ "the score is higher at 20,000 EUR a year than at 12,000 EUR a year"."""
    found = effect_of(claim, record)
    about(claim, found)
    if flags := claim.all("eff_flagged"):
        first = _flag(flags[0], found)
        second = _flag(flags[1], found) if len(flags) > 1 else 1 - first
    else:
        first, second = (place(node, found) for node in claim.all("eff_at"))
    apart = score_at(first, found) - score_at(second, found)
    fine = (apart > 0 if claim.has("eff_better") else apart < 0) and found["shape"] != "flat"
    facts = (path(first), path(second))
    return Judged(facts=facts) if fine else false("it is the other way round", *facts)


def stays_below(claim: Node, record: Record) -> Judged:
    """ "both at the smallest and the largest value tried, the price stays below the 290,000 EUR reached at 11.25"."""
    found = effect_of(claim, record)
    about(claim, found)
    *pair, where = claim.all("amount")
    i, last = place(where, found), len(found["points"]) - 1
    facts = (path(0), path(last), path(i))
    if pair and [place(node, found) for node in pair] != [0, last]:
        return false("these are other points", *facts)
    fine = says_score(claim.all("fig")[0], score_at(i, found), record)
    fine = fine and max(score_at(0, found), score_at(last, found)) < score_at(i, found)
    return Judged(facts=facts) if fine else false("it is not so", *facts)


def ends(claim: Node, record: Record) -> Judged:
    """ "the price is highest at a mean radius of 15"."""
    found = effect_of(claim, record)
    about(claim, found)
    places = claim.all("eff_at") or tuple(part for part in claim.parts if part.rule == "amount")
    named = [place(node, found) for node in places]
    if any(not is_count(node.parts[0], len(found["points"])) for node in claim.all("eff_count")):
        return false("it is another number of points", "effect.points")
    if claim.has("eff_around") and found["shape"] != ("peak" if claim.has("eff_best") else "dip"):
        return false("it goes otherwise from there", "effect.shape")
    highs = bool(claim.has("eff_best", "eff_peaks", "eff_top")) or _says(claim, "peak", "top", "high")
    lows = bool(claim.has("eff_worst", "eff_bottoms")) or _says(claim, "dip", "bottom", "low")
    if _says(claim, "turning") and not (highs or lows):
        highs, lows = found["shape"] == "peak", found["shape"] == "dip"
    wanted = [found[name] for name, told in (("most", highs), ("least", lows)) if told]
    if highs and lows and next(p.rule for p in all_parts(claim) if p.rule in ("eff_best", "eff_worst")) == "eff_worst":
        wanted.reverse()
    facts = tuple(path(i) for i in named)
    if found["shape"] == "flat" or not wanted or named != wanted or not _lonely(named, found):
        return false("it is highest or lowest elsewhere", *facts)
    fine = all(says_score(said, score_at(named[0], found), record) for said in claim.all("fig"))
    return Judged(facts=facts) if fine else false("the score there is another", *facts)


def _says(claim: Node, *words: str) -> bool:
    return any(f" {word} " in f" {claim.text} " for word in words)


def _lonely(named: list[int], found: Mapping[str, Any]) -> bool:
    """Whether no other point has the same score."""
    scores = [point["score"] for point in found["points"]]
    return all(scores.count(scores[i]) == 1 for i in named)


def runs(claim: Node, record: Record) -> Judged:
    """ "the score leaps from 0.2 at 12,000 to 0.7 at 20,000, only to sink to 0.3 at 74,000"."""
    found = effect_of(claim, record)
    about(claim, found)
    if " has no " in f" {claim.text} " and found["shape"] in ("rises", "falls"):
        return false("it has a uniform effect", "effect.shape")
    named = [place(node, found) for node in claim.all("eff_at")]
    figures = claim.all("fig")
    facts = tuple(path(i) for i in named)
    if len(figures) != len(named) or named != sorted(set(named)):
        return false("these are other points", *facts)
    if not all(says_score(said, score_at(i, found), record) for said, i in zip(figures, named, strict=True)):
        return false("the score there is another", *facts)
    steps = [claim, *claim.all("eff_jump")]
    for node, i, j in zip(steps, named, named[1:], strict=False):
        text = node.text if node.rule == "eff_jump" else claim.text.split(" from ")[0]
        words = set(text.split())
        climbed = score_at(j, found) - score_at(i, found)
        if node is claim and claim.rule == "eff_direction":
            continue
        if (words & UP and climbed <= 0) or (words & DOWN and climbed >= 0):
            return false("it goes the other way", *facts)
    return Judged(facts=facts)


def crosses(claim: Node, record: Record) -> Judged:
    """ "between 20,000 and 36,000 EUR the average score crosses the 50 % mark"."""
    found = effect_of(claim, record)
    about(claim, found)
    i, j = (place(claim.all(rule)[0].parts[0], found) for rule in ("eff_from", "eff_to"))
    facts = (path(i), path(j), "score.cutoff")
    mark = claim.all("eff_mark")[0]
    at: float | None = record["score"].get("cutoff")
    said = mark.first("fig")
    if said is not None and (at is None or not says_score(said, at, record)):
        return false("the line is another", *facts)
    low, high = sorted((score_at(i, found), score_at(j, found)))
    fine = at is not None and j == i + 1 and low < at < high
    return Judged(facts=facts) if fine else false("it does not cross it there", *facts)


def lies_between(claim: Node, record: Record) -> Judged:
    """ "with an income of 41,000 EUR, the case sits between two points at which staying scores 0.6 and 0.3"."""
    found = effect_of(claim, record)
    about(claim, found)
    own = claim.all("eff_at")[0].first("amount")
    facts = ("effect.yours", "effect.points")
    if own is None or not is_value(own, found["yours"], found.get("unit")):
        return false("the value is another", *facts)
    after = next(i for i, point in enumerate(found["points"]) if point["at"] > found["yours"])
    pair = found["points"][after - 1 : after + 1]
    if figures := claim.all("fig"):
        fine = all(says_score(said, p["score"], record) for said, p in zip(figures, pair, strict=True))
    else:
        amounts = [part for part in claim.parts if part.rule == "amount"]
        fine = all(is_value(said, p["at"], found.get("unit")) for said, p in zip(amounts, pair, strict=True))
    return Judged(facts=facts) if fine and after > 0 else false("these are other points", *facts)
