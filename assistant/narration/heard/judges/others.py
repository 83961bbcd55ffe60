"""Claims about the scores and outcomes of others: one other case, the ones most like it, the typical ones."""

from __future__ import annotations

from typing import Any

from assistant.narration.heard.grammar import Node
from assistant.narration.heard.hedged import as_number, says
from assistant.narration.heard.held import is_amount
from assistant.narration.heard.judged import Judged, Judges, all_parts, false
from assistant.narration.heard.judges.compare import apart, beside
from assistant.narration.heard.judges.population import came_of
from assistant.narration.heard.names import Record

SLIGHT = 0.1
"""How far apart, as a share, two means may be of which one is "slightly" over the other."""


def _scored(said: Node, value: float, record: Record) -> bool:
    """A percentage is told of a calibrated score; a bare number of a chance has decimals."""
    score = record["score"]
    if said.has("percent"):
        return score["unit"] == "probability" and bool(score.get("calibrated")) and says(said, value, unit="%")
    number = said.first("quantity")
    if number is None:
        return False
    if score["unit"] == "probability":
        return number.value.decimals > 0 and says(said, value)
    return says(said, value, unit=str(score["unit"]))


def other_outcome(claim: Node, record: Record) -> Judged:
    """ "application 12 was approved"."""
    facts = ("compare.outcome",)
    fine = list(came_of(claim)) == [record["compare"]["outcome"]]
    return Judged(facts=facts) if fine else false("it got another outcome", *facts)


def my_outcome(claim: Node, record: Record) -> Judged:
    """ "yours was declined"."""
    facts = ("outcome.name",)
    fine = list(came_of(claim)) == [record["outcome"]["name"]]
    return Judged(facts=facts) if fine else false("the outcome is another", *facts)


def same_outcome(claim: Node, record: Record) -> Judged:
    """ "the two applications did not get the same outcome"."""
    text, facts = f" {claim.text} ", ("compare.same_outcome",)
    same = " the same " in text
    if " differ " in text:
        same = False
    if " not " in text:
        same = not same
    if record["compare"]["same_outcome"] is not same:
        return false("it is the other way round", *facts)
    if " cut-off " in text and _apart(record) is same:
        return false("their scores lie otherwise", "score.cutoff", "compare.score")
    return Judged(facts=facts)


def _apart(record: Record) -> bool:
    """Whether the two scores lie on either side of the cut-off."""
    cut = record["score"]["cutoff"]
    return bool((record["score"]["value"] >= cut) != (record["compare"]["score"] >= cut))


def other_score(claim: Node, record: Record) -> Judged:
    """ "application 12 scored 0.73"."""
    (said,) = claim.all("d_score_n")
    facts = ("compare.score",)
    if not _beside_mine(claim, record):
        return false("the score is another", "score.value")
    if any(name != record["compare"]["outcome"] for name in came_of(claim)):
        return false("it got another outcome", "compare.outcome")
    return Judged(facts=facts) if _scored(said, record["compare"]["score"], record) else false("another score", *facts)


def _beside_mine(claim: Node, record: Record) -> bool:
    """Whether a score is of what is said, and that of the case, where it is told beside it, is its own."""
    score = record["score"]
    fine = all(node.value == score["of"] for part in claim.all("d_of") for node in part.all("outcome"))
    return fine and all(_scored(node, score["value"], record) for node in claim.all("d_my_n"))


def my_score(claim: Node, record: Record) -> Judged:
    """ "yours scored about 0.41"."""
    (said,) = claim.all("d_score_n")
    fine = _scored(said, record["score"]["value"], record)
    return Judged(facts=("score.value",)) if fine else false("the score is another", "score.value")


def score_beside(claim: Node, record: Record) -> Judged:
    """ "this patient's score exceeds that of patient 12 by almost 96 points"."""
    key, text = beside(claim, record), f" {claim.text} "
    if key == "typical" or not _beside_mine(claim, record):
        raise KeyError("no score of these")
    path = "compare.score" if key == "compare" else "similar.mean"
    mine, theirs = record["score"]["value"], record[key]["score" if key == "compare" else "mean"]
    facts = ("score.value", path)
    if said := claim.first("portion"):
        fine = record["score"]["unit"] != "probability" and says(said, theirs / mine, unit="%")
        return Judged(facts=facts) if fine else false("it is another part of it", *facts)
    if key == "similar" and " average " not in text:
        return false("it is not said that this is their mean", *facts)
    if gap := claim.first("d_gap_n"):
        if not _gap(gap, abs(mine - theirs), record):
            return false("the distance is another", *facts)
        if " sides of the cut-off " in text and not _apart(record):
            return false("their scores lie on one side", "score.cutoff", *facts)
        if " lie between " in text:
            return Judged(facts=facts)
    higher = claim.has("d_higher") or " exceed" in text or " above " in text
    fine = mine != theirs and higher == (mine > theirs)
    return Judged(facts=facts) if fine else false("it is the other way round", *facts)


def score_beside_theirs(claim: Node, record: Record) -> Judged:
    """ "application 12 scored 32 points higher than yours"."""
    if beside(claim, record) != "compare":
        raise KeyError("no score of these")
    mine, theirs = record["score"]["value"], record["compare"]["score"]
    facts = ("score.value", "compare.score")
    if not all(_gap(node, abs(mine - theirs), record) for node in claim.all("d_gap_n")):
        return false("the distance is another", *facts)
    fine = theirs > mine if claim.has("d_higher") else theirs < mine
    return Judged(facts=facts) if fine else false("it is the other way round", *facts)


def _gap(said: Node, gap: float, record: Record) -> bool:
    score = record["score"]
    if said.has("points"):
        percent = " percent" in f" {said.text}" or "%" in said.text
        if score["unit"] == "probability":
            return bool(score.get("calibrated")) and as_number(said, gap * 100)
        return not percent and score["unit"] in ("", "points") and as_number(said, gap)
    return score["unit"] != "probability" and says(said, gap, unit=str(score["unit"]))


def weights(claim: Node, record: Record) -> Judged:
    """ "income counted against you, yet it counted for the other application"."""
    if "compare" not in record:
        raise KeyError("no other case")
    found = apart(claim, record)
    facts = (f"{found.path}.weight_yours", f"{found.path}.weight_theirs")
    if not all(is_amount(node, found.entry["yours"], found.entry.get("unit")) for node in claim.all("d_mine_n")):
        return false("the value is another", *facts)
    told = [node for node in all_parts(claim) if node.rule in
            ("d_plus_me", "d_minus_me", "d_plus_other", "d_minus_other")]  # fmt: skip
    for node in told:
        weight = found.entry["weight_theirs" if node.rule.endswith("other") else "weight_yours"]
        scored = node.has("d_my_score", "d_step", "d_bare", "d_other_owner") or " score " in f" {node.text} "
        sign = (1 if "plus" in node.rule else -1) * (1 if scored else _favoured(record))
        if not sign or weight * sign <= 0:
            return false("it counts the other way", *facts)
        if not all(_is_step(step, weight, record) for step in (*node.all("d_step"), *node.all("d_bare"))):
            return false("it counts by another amount", *facts)
    return Judged(facts=facts) if told else false("nothing is said of it")


def _favoured(record: Record) -> int:
    """+1 where the score is of the favourable outcome, -1 where of the other of two, 0 where that is not known."""
    outcome = record.get("outcome", {})
    favourable = outcome.get("favourable")
    if favourable is None or len(outcome.get("alternatives", ())) != 1:
        return 0
    return 1 if (record["score"]["of"] == outcome["name"]) is bool(favourable) else -1


def _is_step(said: Node, weight: float, record: Record) -> bool:
    score = record["score"]
    fine = score["unit"] == "probability" and bool(score.get("calibrated"))
    return fine and as_number(said, abs(weight) * 100)


def weight_more(claim: Node, record: Record) -> Judged:
    """ "triglycerides did more to raise your score than to raise the other patient's"."""
    found = apart(claim, record)
    facts = (f"{found.path}.weight_yours", f"{found.path}.weight_theirs")
    fine = "compare" in record and found.entry["weight_yours"] > found.entry["weight_theirs"] > 0
    return Judged(facts=facts) if fine else false("it did not", *facts)


def mean(claim: Node, record: Record) -> Judged:
    """ "for the similar patients the model predicts an average of about 111"."""
    return _mean(claim, record, "mean")


def true_mean(claim: Node, record: Record) -> Judged:
    """ "for the similar patients the true average is about 115"."""
    return _mean(claim, record, "true_mean")


def _mean(claim: Node, record: Record, name: str) -> Judged:
    beside(claim, record)
    (said,) = claim.all("d_score_n")
    facts = (f"similar.{name}",)
    if not _beside_mine(claim, record):
        return false("the score is another", "score.value")
    fine = record["score"]["unit"] != "probability" and _scored(said, record["similar"][name], record)
    if claim.has("d_gap_up", "d_gap_down"):
        gap = record["similar"]["true_mean"] - record["similar"]["mean"]
        fine = fine and (gap > 0 if claim.has("d_gap_up") else gap < 0) and abs(gap) <= SLIGHT * abs(said_value(record))
    return Judged(facts=facts) if fine else false("the mean is another", *facts)


def said_value(record: Record) -> float:
    """The mean that others' means are held against."""
    return float(record["similar"]["mean"])


def how_many_alike(claim: Node, record: Record) -> Judged:
    """ "there are 25 similar patients"."""
    fine = all(says(node, record["similar"]["n"]) for node in claim.all("d_n"))
    return Judged(facts=("similar.n",)) if fine else false("there are not so many", "similar.n")


def _ends(claim: Node, found: Any) -> bool:
    ends = [node.text for node in claim.all("d_end")]
    return all(found.get("end") == ("low" if " low" in f" {text}" else "high") for text in ends)


def how_many_typical(claim: Node, record: Record) -> Judged:
    """ "approved cases number 2,703, which amounts to about two thirds"."""
    beside(claim, record)
    found, facts = record["typical"], ("typical.n", "typical.share")
    if not _ends(claim, found) or any(name != found["outcome"] for name in came_of(claim)):
        return false("it is about other cases", *facts)
    fine = all(says(node, found["n"]) for node in claim.all("d_n"))
    fine = fine and all(says(node, found["share"], unit="%") for node in claim.all("portion"))
    return Judged(facts=facts) if fine else false("there are not so many", *facts)


def limit(claim: Node, record: Record) -> Judged:
    """ "your score of about 206 lies above the limit of 100 for the low end"."""
    found, facts = record["typical"], ("typical.limit", "typical.end", "score.value")
    value, text = record["score"]["value"], f" {claim.text} "
    if not _ends(claim, found) or not all(_scored(node, found["limit"], record) for node in claim.all("d_limit_n")):
        return false("the limit is another", *facts)
    if not all(_scored(node, value, record) for node in claim.all("d_score_n")):
        return false("the score is another", *facts)
    if times := claim.first("d_times"):
        ratio = value / found["limit"]
        fine = ratio > 2 if times.has("more_than") else ratio < 2 if times.has("less_than") else abs(ratio - 2) < 0.1
        return Judged(facts=facts) if fine else false("it is another part of it", *facts)
    if " covers " in text or " means " in text:
        low = " up to " in text or " at most " in text
        return Judged(facts=facts) if low == (found["end"] == "low") else false("it is the other side", *facts)
    if claim.has("d_my_score"):
        above = " above " in text or " over " in text
        fine = value != found["limit"] and above == (value > found["limit"])
        return Judged(facts=facts) if fine else false("it lies on the other side", *facts)
    return Judged(facts=facts)


JUDGES: Judges = {
    "other_outcome": other_outcome,
    "my_outcome": my_outcome,
    "same_outcome": same_outcome,
    "other_score": other_score,
    "my_score": my_score,
    "score_beside": score_beside,
    "score_beside_theirs": score_beside_theirs,
    "diff_weights": weights,
    "diff_weight_more": weight_more,
    "alike_mean": mean,
    "alike_truth": true_mean,
    "alike_n": how_many_alike,
    "typical_n": how_many_typical,
    "typical_limit": limit,
}
"""By the claim each judges."""
