"""Claims about what a change would do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from assistant.narration.heard.grammar import Node
from assistant.narration.heard.hedged import BOUNDS
from assistant.narration.heard.judged import Judged, Judges, false, is_score, is_value
from assistant.narration.heard.judges.conditions import unlike_the_change
from assistant.narration.heard.judges.reasons import NOT_WAYS, WAYS, is_step, the_way
from assistant.narration.heard.judges.standing import is_gap
from assistant.narration.heard.names import Record

LEVELS = ("low", "medium", "high")
_OUTCOMES = ("what_if.outcome_before", "what_if.outcome_after")
_SCORES = ("what_if.before", "what_if.after")
_LEVELS = ("what_if.level_before", "what_if.level_after")


def what_if(claim: Node, record: Record) -> Judged:
    """ "if your debt were 12,000 EUR, the application would be approved"."""
    facts: list[str] = ["what_if.changes"]
    if why := unlike_the_change(claim, record["what_if"]["changes"]):
        return false(why, *facts)
    for part in claim.all("result") + claim.all("would_result"):
        said = part.parts[0]
        why, paths = RESULTS[said.rule](said, record)
        facts += paths
        if why:
            return false(why, *facts)
    return Judged(facts=tuple(facts))


Result = tuple[str, Sequence[str]]
"""Why a result is not the one found ("" where it is), and the paths it was held against."""


def _told(said: Node, rule: str) -> list[str]:
    return [str(node.value) for part in said.all(rule) for node in part.all("outcome")]


def _turns(said: Node, record: Record) -> Result:
    before, after = record["what_if"]["outcome_before"], record["what_if"]["outcome_after"]
    named = all(name == before for name in _told(said, "w_old")) and all(n == after for n in _told(said, "w_new"))
    return ("" if named and before != after else "the outcome after it is another"), _OUTCOMES


def _is(said: Node, record: Record) -> Result:
    before, after = record["what_if"]["outcome_before"], record["what_if"]["outcome_after"]
    old, new = _told(said, "w_old"), _told(said, "w_new")
    fine = new == [after] and (not old or (old == [before] and before != after))
    return ("" if fine else "the outcome after it is another"), _OUTCOMES


def _stays(said: Node, record: Record) -> Result:
    before, after = record["what_if"]["outcome_before"], record["what_if"]["outcome_after"]
    fine = before == after and all(name == after for name in _told(said, "w_new"))
    return ("" if fine else "the outcome does not stay"), _OUTCOMES


def _scores(said: Node, record: Record) -> tuple[float, float]:
    """The scores before and after, of the outcome that is named. KeyError where they are not known."""
    found, of = record["what_if"], record["score"]["of"]
    names = {node.value for part in (*said.all("score"), *said.all("towards")) for node in part.all("outcome")}
    if names <= {of}:
        return found["before"], found["after"]
    if len(record["outcome"]["alternatives"]) == 1 and len(names) == 1:
        return 1 - found["before"], 1 - found["after"]
    raise KeyError("no score of that")


def _moves(said: Node, record: Record) -> Result:
    before, after = _scores(said, record)
    moved = after - before
    if (said.has("w_up", "t_up") and moved <= 0) or (said.has("w_down", "t_down") and moved >= 0):
        return "the score moves the other way", _SCORES
    told = [
        (node, before) for rule in ("w_from", "w_instead") for part in said.all(rule) for node in part.all("chance")
    ]
    told += [(node, after) for rule in ("w_to", "w_at") for part in said.all(rule) for node in part.all("chance")]
    told += [(part, after) for part in said.parts if part.rule == "chance"]
    if not all(is_score(node, value, record) for node, value in told):
        return "the score after it is another", _SCORES
    gaps = all(is_gap(node, abs(moved), record) for node in said.all("cut_gap"))
    return ("" if gaps and moved else "the score moves by another amount"), _SCORES


def _halves(said: Node, record: Record) -> Result:
    before, after = _scores(said, record)
    times = 0.5 if "cut" in said.text or "halve" in said.text else 2.0
    off = after / before / times - 1
    fine = abs(off) <= (0.1 if said.has("about") else 0.03) and not said.has(*BOUNDS)
    return ("" if fine else "it is another share of it"), _SCORES


def _level(said: Node, record: Record) -> Result:
    before, after = record["what_if"]["level_before"], record["what_if"]["level_after"]
    old, new = ([node.text for node in said.all(rule)] for rule in ("old_level", "new_level"))
    about = {node.value for node in said.all("score") + said.all("towards") for node in node.all("outcome")}
    about |= {node.value for part in said.all("the_level") for node in part.all("outcome")}
    ways = (said.has("w_up") and LEVELS.index(after) <= LEVELS.index(before)) or (
        said.has("w_down") and LEVELS.index(after) >= LEVELS.index(before)
    )
    if ways or not about <= {record["score"]["of"]}:
        return "the level is not so", _LEVELS
    if said.rule == "level_stays":
        fine = before == after == new[0]
    elif said.rule == "level_leaves":
        fine = before == old[0] != after
    else:
        fine = new == [after] and (not old or (old == [before] and before != after))
    return ("" if fine else "the level is another"), _LEVELS


def _counts(said: Node, record: Record) -> Result:
    found, way_ = record["what_if"], the_way(said)
    if way_.rule in NOT_WAYS or way_.has("size", "strength", "nudged"):
        return "it is not clear how much that is", ()
    wanted = WAYS[way_.rule]
    goal = way_.first("goal")
    about = goal.first("outcome") if goal else None
    if way_.rule in ("for", "against") and about is None:
        actual = {"for": 1, "against": -1, "none": 0}[found["direction"]]
    else:
        before, after = _scores(way_, record)
        if about and about.value != record["score"]["of"] and not way_.has("score"):
            before, after = 1 - before, 1 - after
            if len(record["outcome"]["alternatives"]) != 1:
                return "no score of that is known", _SCORES
        actual = (after > before) - (after < before)
    if actual != wanted or (wanted == 0 and found["before"] != found["after"]):
        return "it moves the other way", ("what_if.direction", *_SCORES)
    fine = all(is_step(step, found["after"] - found["before"], record) for step in way_.all("step"))
    return ("" if fine else "it moves by another amount"), ("what_if.direction", *_SCORES)


def _nothing(said: Node, record: Record) -> Result:
    before, after = _scores(said, record)
    return ("" if before == after else "the score moves"), _SCORES


def _passes(said: Node, record: Record) -> Result:
    before, after = _scores(said, record)
    cut, facts = record["score"]["cutoff"], (*_SCORES, "score.cutoff")
    if any(node.value != record["score"]["of"] for node in said.all("outcome")):
        return "the score is not about that", facts
    chances = [node for part in said.all("cut") for node in part.all("chance")]
    beneath = said.has("cut_below") or " miss " in f" {said.text} " or " not reach " in f" {said.text} "
    crossing = said.text.startswith(("carry", "take", "bring", "push", "lift", "pull", "would carry", "would take",
                                     "would bring", "would push", "would lift", "would pull", "enough"))  # fmt: skip
    fine = beneath == (after < cut) and (not crossing or (before < cut) != (after < cut))
    fine = fine and all(is_score(node, cut, record) for node in chances)
    fine = fine and all(is_gap(node, abs(after - cut), record) for node in said.all("cut_gap"))
    return ("" if fine else "it lies on the other side"), facts


RESULTS: Mapping[str, Callable[[Node, Record], Result]] = {
    "would_turn": _turns,
    "would_be": _is,
    "would_stay": _stays,
    "would_move": _moves,
    "would_halve": _halves,
    "would_level": _level,
    "level_stays": _level,
    "level_leaves": _level,
    "would_count": _counts,
    "w_nothing": _nothing,
    "would_pass": _passes,
}
"""By the result each judges."""


def as_result(judge: Callable[[Node, Record], Result]) -> Callable[[Node, Record], Judged]:
    """A part-sentence that is a result by itself."""

    def judged(claim: Node, record: Record) -> Judged:
        why, facts = judge(claim, record)
        return false(why, *facts) if why else Judged(facts=tuple(facts))

    return judged


def moving_too(claim: Node, record: Record) -> Judged:
    """ "dropping from 0.78 to 0.40", after a change or, where none is asked about, from the starting point."""
    score, words = record["score"], set(claim.text.split())
    change = record.get("what_if")
    before, after = (change["before"], change["after"]) if change else (score["base"], score["value"])
    facts = _SCORES if change else ("score.base", "score.value")
    ends = [node for rule in ("w_from", "w_to") for part in claim.all(rule) for node in part.all("chance")]
    up, down = words & {"rising", "climbing", "up"}, words & {"dropping", "falling", "sinking", "slipping", "down"}
    fine = all(is_score(said, value, record) for said, value in zip(ends, (before, after), strict=True))
    fine = fine and not (up and after <= before) and not (down and after >= before)
    return Judged(facts=facts) if fine else false("the scores are others", *facts)


def linked(claim: Node, record: Record) -> Judged:
    """ "your debt-to-income ratio would drop along with your debt"."""
    changes = record["what_if"]["changes"]
    thing = claim.all("linked_thing")[0].all("feature")[0]
    change = next(c for c in changes if c["feature"] in thing.value and c["by"] == "link")
    facts = ("what_if.changes",)
    for other in claim.all("changed_thing"):
        if not any(c["feature"] in other.all("feature")[0].value and c["by"] == "asked" for c in changes):
            return false("that is not what was changed", *facts)
    words = {*claim.text.split()}
    up = words & {"rise", "rises"} or " up " in claim.text
    down = words & {"down", "fall", "falls", "drop", "drops", "shrink"}
    if (up or down) and bool(up) != (change["to"] > change["from"]):
        return false("it moves the other way", *facts)
    why = unlike_values(claim, change)
    return false(why, *facts) if why else Judged(facts=facts)


def unlike_values(said: Node, change: Mapping[str, Any]) -> str:
    """Why the values that are told are not those of a change, "" where they are."""
    for rule, side in (("old_value", "from"), ("new_value", "to")):
        if any(not is_value(a, change[side], change.get("unit")) for p in said.all(rule) for a in p.all("amount")):
            return "the values are others"
    return "it is by another amount" if said.has("by_amount") else ""


def lost(claim: Node, record: Record) -> Judged:
    """ "after the change there would be no known value for it"."""
    features = claim.all("changed_thing")[0].all("feature")[0].value
    change = next(c for c in record["what_if"]["changes"] if c["feature"] in features)
    fine = change["to"] is None and not claim.has("old_value")
    return Judged(facts=("what_if.changes",)) if fine else false("there is a value", "what_if.changes")


def rule_after(claim: Node, record: Record) -> Judged:
    """ "at an income of 20,000 EUR a rule would decide"."""
    found, facts = record["what_if"], ("what_if.rule_after",)
    if claim.has("conditions") and (why := unlike_the_change(claim, found["changes"])):
        return false(why, *facts)
    if any(name != found["outcome_after"] for name in _told(claim, "w_new")):
        return false("it would decide otherwise", *facts)
    return Judged(facts=facts) if found.get("rule_after") else false("no rule decides then", *facts)


def few_near(claim: Node, record: Record) -> Judged:
    """ "few training rows lie near the new value"."""
    sparse = record["what_if"]["sparse"]
    about = [node.value for node in claim.all("feature")]
    known = {c["feature"] for c in record["what_if"]["changes"] if c["label"] in sparse} | {*sparse}
    fine = bool(sparse) and all(names & known for names in about)
    return Judged(facts=("what_if.sparse",)) if fine else false("enough lie there", "what_if.sparse")


def unchanged(claim: Node, record: Record) -> Judged:
    """ "your age was not changed in this what-if"."""
    changes = record["what_if"]["changes"]
    names = [node.value for node in claim.all("feature")]
    fine = bool(names) and not any(c["feature"] in features for c in changes for features in names)
    return Judged(facts=("what_if.changes",)) if fine else false("it was changed", "what_if.changes")


JUDGES: Judges = {
    "unchanged": unchanged,
    "what_if": what_if,
    "moving_too": moving_too,
    "enough": as_result(_passes),
    "linked": linked,
    "lost": lost,
    "rule_after": rule_after,
    "few_near": few_near,
}
"""By the claim each judges."""
