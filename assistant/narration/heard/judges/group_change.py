"""Claims about what a change would do in every case of a group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.narration.heard.grammar import Node
from assistant.narration.heard.hedged import as_number, says
from assistant.narration.heard.judged import Judged, Judges, all_parts, false, is_value
from assistant.narration.heard.judges.population import came_of, in_scope
from assistant.narration.heard.names import Record

WAYS = {
    "gc_less": "decrease", "gc_less_if": "decrease", "gc_asked": "decrease", "gc_more": "increase",
    "gc_more_if": "increase",
    "gc_been_less": "decrease",
    "gc_been_more": "increase", "gc_set": "set", "gc_set_if": "set",
}  # fmt: skip
"""The kind of change that a wording is of."""
MOVES = ("group_what_if.moves",)
MEANS = ("group_what_if.before", "group_what_if.after")


def _change(claim: Node, record: Record) -> Mapping[str, Any]:
    """What was computed. KeyError where a claim is about another change or other cases."""
    found: Mapping[str, Any] = record["group_what_if"]
    if not in_scope(claim, record):
        raise KeyError("other cases")
    for node in all_parts(claim):
        if node.rule in WAYS and not _is_move(node, found):
            raise KeyError("another change")
    return found


def _is_move(said: Node, found: Mapping[str, Any]) -> bool:
    move, *others = found["moves"]
    if others or move["change"] != WAYS[said.rule]:
        return False
    if said.rule == "gc_asked" or said.text.startswith("asking "):
        if "amount" not in move["label"].split():
            return False
    elif any(move["feature"] not in feature.value for feature in said.all("feature")):
        return False
    if to := said.first("gc_to"):
        named = to.first("category")
        return str(named.value) == move["value"] if named else is_value(to, move["value"], move.get("unit"))
    by = said.first("gc_by")
    return by is None or says(by, move["value"], unit=str(move.get("unit", "")))


def flips(claim: Node, record: Record) -> Judged:
    """ "18 cases would switch from declined to approved"."""
    found, facts = _change(claim, record), ("group_what_if.flips",)
    told = {(flip["from"], flip["to"]): flip["n"] for flip in found["flips"]}
    sizes, named = claim.all("gc_size"), came_of(claim)
    if claim.has("gc_nothing_at_all"):
        still = found["raised"] == found["lowered"] == 0 and found["before"] == found["after"]
        return Judged(facts=facts) if still and not told else false("something would change", *facts)
    if not sizes:
        nothing = claim.has("gc_nothing", "gc_any") or " not change " in claim.text or " no effect " in claim.text
        return Judged(facts=facts) if nothing and not told else false("some results would change", *facts)
    if not named:
        fine = len(sizes) == 1 and says(sizes[0], sum(told.values()))
        return Judged(facts=facts) if fine else false("another number would change", *facts)
    if claim.has("gc_came_new"):
        named = (*came_of(next(iter(claim.all("gc_came_old")))), *came_of(next(iter(claim.all("gc_came_new")))))
    pairs = list(zip(named[::2], named[1::2], strict=True))
    if len(pairs) != len(sizes) or any(first == second for first, second in pairs):
        return false("it is not said what would change", *facts)
    fine = all(pair in told and says(size, told[pair]) for pair, size in zip(pairs, sizes, strict=True))
    return Judged(facts=facts) if fine else false("another number would change so", *facts)


def each(claim: Node, record: Record) -> Judged:
    """ "the smaller loan amount raised the score in more cases than it lowered it"."""
    found, facts = _change(claim, record), ("group_what_if.raised", "group_what_if.lowered")
    _of_score(claim, found)
    raised, lowered = found["raised"], found["lowered"]
    if claim.has("gc_no_rise", "gc_no_fall"):
        fine = (not claim.has("gc_no_rise") or raised == 0) and (not claim.has("gc_no_fall") or lowered == 0)
        return Judged(facts=facts) if fine else false("some do", *facts)
    if claim.has("gc_go_up", "gc_go_down"):
        fine = (raised if claim.has("gc_go_up") else lowered) > found["n"] / 2
        return Judged(facts=facts) if fine else false("it is not so in most", *facts)
    if claim.has("gc_more_than", "gc_less_than"):
        fine = raised > lowered if claim.has("gc_more_than") else lowered > raised
        return Judged(facts=facts) if fine else false("it is the other way round", *facts)
    told = [node for node in all_parts(claim) if node.rule in ("gc_in_how_many", "gc_size")]
    told = [node for node in told if node.rule == "gc_in_how_many" or not claim.has("gc_in_how_many")]
    first = next((node.rule for node in all_parts(claim) if node.rule in ("gc_raises", "gc_lowers")), "gc_raises")
    wanted = (raised, lowered) if first == "gc_raises" else (lowered, raised)
    for node, n in zip(told, wanted, strict=False):
        if not (n > found["n"] / 2 if " most " in node.text else says(node, n)):
            return false("it is so in another number of cases", *facts)
    return Judged(facts=facts) if told else false("it is not said in how many")


def _of_score(claim: Node, found: Mapping[str, Any]) -> None:
    """KeyError where a score is named that the change was not computed for."""
    named = [node for score in claim.all("gc_score") for node in score.all("outcome")]
    if any(node.value != found["of"] for node in named):
        raise KeyError("another score")


def counts(claim: Node, record: Record) -> Judged:
    """ "the number of approvals would rise from 223 to 240"."""
    found = _change(claim, record)
    facts = ("group_what_if.counts_before", "group_what_if.counts_after")
    before = {count["name"]: count for count in found["counts_before"]}
    after = {count["name"]: count for count in found["counts_after"]}
    named = came_of(claim)
    told = claim.all("gc_n_before")
    if " at " in claim.text and len(told) == len(named) and not claim.has("gc_n_after", "gc_n_diff"):
        fine = all(before[name]["n"] == after[name]["n"] for name in named)
        fine = fine and all(says(node, before[name]["n"]) for node, name in zip(told, named, strict=True))
        return Judged(facts=facts) if fine else false("they do not stay so", *facts)
    (name,) = named
    if claim.has("gc_n_after") and not claim.has("gc_n_before", "gc_up", "gc_down", "gc_move", "gc_n_diff"):
        fine = all(says(node, after[name]["n"]) for node in claim.all("gc_n_after"))
        return Judged(facts=facts) if fine else false("another number of them would be", *facts)
    moves = after[name]["n"] - before[name]["n"]
    up, down = claim.has("gc_up", "gc_more_cases"), claim.has("gc_down", "gc_fewer_cases")
    if not moves or (up and moves < 0) or (down and moves > 0):
        return false("they move the other way", *facts)
    fine = all(says(node, before[name]["n"]) for node in told)
    fine = fine and all(says(node, after[name]["n"]) for node in claim.all("gc_n_after"))
    fine = fine and all(says(node, abs(moves)) for node in claim.all("gc_n_diff"))
    fine = fine and all(says(node, before[name]["share"], unit="%") for node in claim.all("gc_before"))
    fine = fine and all(_share_after(node, after[name]["share"]) for node in claim.all("gc_share_after"))
    return Judged(facts=facts) if fine else false("another number of them is counted", *facts)


def _share_after(said: Node, share: float) -> bool:
    """A bare number goes on in percent."""
    return says(said, share, unit="%") if said.has("percent", "share") else as_number(said, share * 100)


def _is_mean(said: Node, value: float, found: Mapping[str, Any]) -> bool:
    if said.has("percent", "share"):
        return "unit" not in found and bool(found.get("calibrated")) and says(said, value, unit="%")
    number = said.first("quantity")
    if number is None or ("unit" not in found and not number.value.decimals):
        return False
    return says(said, value, unit=str(found.get("unit", "")))


def mean(claim: Node, record: Record) -> Judged:
    """ "on average the score would edge up by 2.4 points, from 0.519 to 0.543"."""
    found = _change(claim, record)
    _of_score(claim, found)
    if claim.has("gc_no_move"):
        return _unmoved(claim, found)
    moves = found["after"] - found["before"]
    if claim.has("gc_stays"):
        fine = moves == 0 and all(_is_mean(node, found["before"], found) for node in claim.all("gc_before"))
        return Judged(facts=MEANS) if fine else false("it does not stay so", *MEANS)
    up, down = claim.has("gc_up", "gc_raises"), claim.has("gc_down", "gc_lowers")
    if not moves or (up and moves < 0) or (down and moves > 0):
        return false("it moves the other way", *MEANS)
    fine = all(_is_mean(node, found["before"], found) for node in claim.all("gc_before"))
    fine = fine and all(_is_mean(node, found["after"], found) for node in claim.all("gc_after"))
    fine = fine and all(_is_step(node, abs(moves), found) for node in claim.all("gc_amount")) and _ordered(claim, moves)
    return Judged(facts=MEANS) if fine else false("the mean is another", *MEANS)


def _ordered(claim: Node, moves: float) -> bool:
    """Whether the numbers told of before and after move the way the mean does."""
    told = [next(node.value.value for node in all_parts(part) if node.value is not None)
            for rule in ("gc_before", "gc_after") for part in claim.all(rule)]  # fmt: skip
    return len(told) < 2 or (told[1] - told[0]) * moves > 0


def _unmoved(claim: Node, found: Mapping[str, Any]) -> Judged:
    facts = ("group_what_if.flips", "group_what_if.raised", "group_what_if.lowered", *MEANS)
    fine = not found["flips"] if "flips" in found else "outcome" not in claim.text
    if " single " not in claim.text and " outcomes " not in claim.text:
        fine = fine and found["raised"] == found["lowered"] == 0 and found["before"] == found["after"]
    elif "flips" not in found:
        fine = False
    if claim.has("gc_stays"):
        fine = fine and found["before"] == found["after"]
    fine = fine and all(_is_mean(node, found["before"], found) for node in claim.all("gc_before"))
    return Judged(facts=facts) if fine else false("it moves", *facts)


def _is_step(said: Node, moved: float, found: Mapping[str, Any]) -> bool:
    """Percentage points are told of a calibrated score, points of any."""
    if said.has("points"):
        plain = " percent" not in f" {said.text}" and "%" not in said.text
        return "unit" not in found and (bool(found.get("calibrated")) or plain) and as_number(said, moved * 100)
    return "unit" in found and says(said, moved, unit=str(found["unit"]))


def helps(claim: Node, record: Record) -> Judged:
    """ "overall, the smaller loan amount helped this group"."""
    found, facts = _change(claim, record), ("group_what_if.direction", *MEANS)
    wanted = "for" if claim.has("gc_helps", "gc_better") else "against"
    fine = found["direction"] == wanted and found["before"] != found["after"]
    return Judged(facts=facts) if fine else false("it does not", *facts)


def asked(claim: Node, record: Record) -> Judged:
    """ "the what-if takes 2,000 EUR off the loan amount"."""
    found = _change(claim, record)
    if any(node.rule in WAYS for node in all_parts(claim)):
        return Judged(facts=MOVES)
    move, *others = found["moves"]
    thing, by = claim.first("feature"), claim.first("gc_by")
    fine = not others and move["change"] == "decrease" and thing is not None and move["feature"] in thing.value
    fine = fine and by is not None and says(by, move["value"], unit=str(move.get("unit", "")))
    return Judged(facts=MOVES) if fine else false("another change was asked about", *MOVES)


def linked(claim: Node, record: Record) -> Judged:
    """ "the debt-to-income ratio moves along with the loan amount"."""
    move, *others = record["group_what_if"]["moves"]
    thing = claim.first("feature")
    facts = ("group_what_if.linked", *MOVES)
    fine = not others and (thing is None or move["feature"] in thing.value)
    return Judged(facts=facts) if fine else false("it moves with something else", *facts)


def unused(claim: Node, record: Record) -> Judged:
    """ "the model makes no use of sex"."""
    return Judged(facts=("group_what_if.unused",)) if in_scope(claim, record) else false("it is about other cases")


def cases(claim: Node, record: Record) -> Judged:
    """ "of the 412 cases above the age of 30, 400 enter into the comparison"."""
    found = _change(claim, record)
    n = record["population"]["n"]
    paths = {"gc_size": "n", "gc_stuck": "stuck", "gc_outside": "outside", "gc_sparse": "sparse"}
    facts = tuple(f"group_what_if.{name}" for rule, name in paths.items() if claim.has(rule))
    fine = all(says(node, found[name]) for rule, name in paths.items() for node in claim.all(rule))
    fine = fine and all(node.parts[0].value.value == n for node in claim.all("shown_n"))
    fine = fine and all(node.value == found["of"] for node in claim.all("outcomes"))
    return Judged(facts=facts) if fine and facts else false("it is so in another number of cases", *facts)


JUDGES: Judges = {
    "change_flips": flips,
    "change_each": each,
    "gc_counts_move": counts,
    "change_mean": mean,
    "change_helps": helps,
    "change_is": asked,
    "change_linked": linked,
    "change_unused": unused,
    "change_cases": cases,
}
"""By the claim each judges."""
