"""Claims about what came out: the outcome, the score, the starting point and the cut-off."""

from __future__ import annotations

from assistant.narration.heard.grammar import Node
from assistant.narration.heard.judged import (
    Judged,
    Judges,
    false,
    is_score,
    named,
)
from assistant.narration.heard.names import Record


def outcome(claim: Node, record: Record) -> Judged:
    """ "the application was declined"."""
    facts = ("outcome.name",)
    return Judged(facts=facts) if named(claim) == record["outcome"]["name"] else false("the outcome is another", *facts)


def outcome_not(claim: Node, record: Record) -> Judged:
    """ "the application was not approved"."""
    facts = ("outcome.name",)
    others = record["outcome"]["alternatives"]
    return Judged(facts=facts) if named(claim) in others else false("this is the outcome", *facts)


def score(claim: Node, record: Record) -> Judged:
    """ "the chance of approval was 41 %"."""
    named = claim.first("outcome")
    of = str(named.value) if named else record["score"]["of"]
    said = claim.first("chance") or claim
    if "scores" in record:
        value, path = record["scores"][of], f"scores.{of}"
    elif of == record["score"]["of"]:
        value, path = record["score"]["value"], "score.value"
    else:
        raise KeyError("no score of it")
    return Judged(facts=(path,)) if is_score(said, value, record) else false("the score is another", path)


def base(claim: Node, record: Record) -> Judged:
    """ "the starting point is 62 %"."""
    said = claim.first("chance") or claim
    fine = is_score(said, record["score"]["base"], record)
    return Judged(facts=("score.base",)) if fine else false("the starting point is another", "score.base")


def cutoff(claim: Node, record: Record) -> Judged:
    """ "the cut-off is 50 %"."""
    said = claim.first("chance") or claim
    named = claim.first("outcome")
    fine = is_score(said, record["score"]["cutoff"], record) and (named is None or named.value == record["score"]["of"])
    return Judged(facts=("score.cutoff",)) if fine else false("the cut-off is another", "score.cutoff")


def beside_cutoff(claim: Node, record: Record) -> Judged:
    """ "you were just short of the cut-off"."""
    value, cut, text = record["score"]["value"], record["score"]["cutoff"], f" {claim.text} "
    facts = ("score.value", "score.cutoff")
    named = claim.first("outcome")
    if named is not None and named.value != record["score"]["of"]:
        return false("the score is not about that", *facts)
    said = claim.first("chance")
    if said and not is_score(said, cut, record):
        return false("the cut-off is another", *facts)
    beneath = any(word in text for word in (" below ", " under ", " short ", " missed "))
    beyond = any(word in text for word in (" above ", " over ", " cleared ", " passed "))
    if beneath == beyond or beneath != (value < cut):
        return false("it lies on the other side", *facts)
    band = record.get("certainty", {}).get("band")
    near, far = " just " in text, " well " in text or " clearly " in text
    if (near and band != "close") or (far and band != "clear"):
        return false("it is nearer or further", *facts, "certainty.band")
    return Judged(facts=facts)


def beside_base(claim: Node, record: Record) -> Judged:
    """ "the chance ended up below the starting point"."""
    value, start, text = record["score"]["value"], record["score"]["base"], f" {claim.text} "
    facts = ("score.value", "score.base")
    said = claim.first("chance")
    if said and not is_score(said, start, record):
        return false("the starting point is another", *facts)
    below = any(word in text for word in (" below ", " under ", " lower "))
    named = claim.first("outcome")
    if named is not None and named.value != record["score"]["of"]:
        return false("the score is not about that", *facts)
    fine = value != start and below == (value < start)
    return Judged(facts=facts) if fine else false("it lies on the other side", *facts)


def level(claim: Node, record: Record) -> Judged:
    """ "the chance is medium"."""
    named, told = claim.first("outcome"), claim.first("level")
    if named is not None and named.value != record["score"]["of"]:
        return false("the level is not about that", "score.level")
    fine = told is not None and record["score"]["level"] == told.text
    return Judged(facts=("score.level",)) if fine else false("the level is another", "score.level")


JUDGES: Judges = {
    "is_outcome": outcome,
    "is_not_outcome": outcome_not,
    "is_score": score,
    "is_base": base,
    "is_cutoff": cutoff,
    "beside_cutoff": beside_cutoff,
    "beside_base": beside_base,
    "is_level": level,
}
"""By the claim each judges."""
