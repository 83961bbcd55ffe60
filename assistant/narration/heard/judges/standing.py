"""Claims about where a score stands: beside its cut-off, its starting point, and within its interval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistant.narration.heard.grammar import Node
from assistant.narration.heard.hedged import fits
from assistant.narration.heard.judged import (
    Judged,
    Judges,
    false,
    is_score,
)
from assistant.narration.heard.names import Record

UPWARDS = {"rose", "climbed", "up", "grew"}
DOWNWARDS = {"fell", "slid", "dropped", "down", "sank"}
SLIGHT = 0.03
"""A score is just beside its starting point within this, of probability or as a share of the start."""
WELL = 0.15


BANDS = ((0.1, "close"), (0.25, "moderate"))
"""How far from the cut-off a probability is close, and moderately far; beyond it is clear."""


def of_the_score(claim: Node, record: Record) -> bool:
    """Whether the outcome that a claim itself names, if any, is the one that the score is of."""
    return all(node.value == record["score"]["of"] for node in own(claim).all("outcome"))


def own(claim: Node) -> Node:
    """A claim without the one before it, which it may hold."""
    return replace(claim, parts=tuple(part for part in claim.parts if part.rule not in ("may_follow", "claim_before")))


def before(claim: Node) -> Node | None:
    """The claim that a part-sentence follows."""
    follows = claim.first("may_follow") or claim.first("claim_before")
    return follows.parts[0] if follows and follows.parts else None


def as_it_is(claim: Node, record: Record) -> tuple[float, str | None]:
    """The score that is spoken of and its band: after a change where one was told of before, else as things are."""
    told = before(claim)
    if told is None or told.rule not in ("what_if", "moving_too", "enough") or "what_if" not in record:
        return record["score"]["value"], record.get("certainty", {}).get("band")
    after = record["what_if"]["after"]
    if "cutoff" not in record["score"] or record["score"]["unit"] != "probability":
        return after, None
    distance = abs(after - record["score"]["cutoff"])
    return after, next((band for limit, band in BANDS if distance < limit), "clear")


def is_gap(said: Node, gap: float, record: Record) -> bool:
    """Whether an amount between two scores is said in points of probability, or in the unit of the quantity."""
    probability = record["score"]["unit"] == "probability"
    if node := said.first("points"):
        if not probability:
            return node.value.unit == "points" and not record["score"]["unit"] and fits(said, node.value, gap)
        calibrated = bool(record["score"].get("calibrated"))
        return (calibrated or node.value.unit == "points") and fits(said, node.value, gap * 100)
    node = said.first("quantity")
    if node is None or (probability and (not node.value.decimals or node.value.value >= 1)):
        return False
    return node.value.unit in ("", record["score"]["unit"]) and fits(said, node.value, gap)


def _gaps_fit(claim: Node, gap: float, record: Record) -> bool:
    return all(is_gap(said, gap, record) for rule in ("cut_gap", "cut_by") for said in own(claim).all(rule))


def base(claim: Node, record: Record) -> Judged:
    """ "the starting point is 62 %"."""
    fine = is_score(claim.all("chance")[0], record["score"]["base"], record) and of_the_score(claim, record)
    return Judged(facts=("score.base",)) if fine else false("the starting point is another", "score.base")


def moved_from_base(claim: Node, record: Record) -> Judged:
    """ "from 62 % the score slid to 41 %"."""
    start, end, facts = record["score"]["base"], record["score"]["value"], ("score.base", "score.value")
    chances, words = claim.all("chance"), set(claim.text.split())
    told = (start, end) if len(chances) == 2 else (end,)
    if " from " in f" {claim.text} " and claim.text.index(" from ") > claim.text.rfind(" to "):
        told = told[::-1]
    if not of_the_score(claim, record) or start == end:
        return false("the score is not about that", *facts)
    if not all(is_score(said, value, record) for said, value in zip(chances, told, strict=True)):
        return false("the scores are others", *facts)
    if (words & UPWARDS and end < start) or (words & DOWNWARDS and end > start):
        return false("it moves the other way", *facts)
    return Judged(facts=facts)


def cutoff(claim: Node, record: Record) -> Judged:
    """ "the cut-off is 50 %"."""
    fine = is_score(claim.all("chance")[0], record["score"]["cutoff"], record) and of_the_score(claim, record)
    return Judged(facts=("score.cutoff",)) if fine else false("the cut-off is another", "score.cutoff")


def beside_cutoff(claim: Node, record: Record) -> Judged:
    """ "you were just short of the cut-off"."""
    value, band = as_it_is(claim, record)
    cut, facts = record["score"]["cutoff"], ("score.value", "score.cutoff", "certainty.band")
    if not of_the_score(claim, record):
        return false("the score is not about that", *facts)
    if any(not is_score(said, value, record) for part in own(claim).all("score_said") for said in part.all("chance")):
        return false("the score is another", *facts)
    if any(not is_score(said, cut, record) for part in own(claim).all("cut") for said in part.all("chance")):
        return false("the cut-off is another", *facts)
    claim = own(claim)
    beneath, beyond = claim.has("cut_below", "missed"), claim.has("cut_above", "cleared")
    if (beneath or beyond) and (beneath == beyond or beneath != (value < cut)):
        return false("it lies on the other side", *facts)
    if (claim.has("cut_near") and band != "close") or (claim.has("cut_far") and band != "clear"):
        return false("it is nearer or further", *facts)
    return Judged(facts=facts) if _gaps_fit(claim, abs(value - cut), record) else false("it is another amount", *facts)


def beside_base(claim: Node, record: Record) -> Judged:
    """ "the chance ended up below the starting point"."""
    value, start, facts = as_it_is(claim, record)[0], record["score"]["base"], ("score.value", "score.base")
    gap = abs(value - start)
    if not of_the_score(claim, record):
        return false("the score is not about that", *facts)
    if any(not is_score(said, start, record) for said in own(claim).all("chance")):
        return false("the starting point is another", *facts)
    claim = own(claim)
    if value == start or claim.has("base_below") != (value < start):
        return false("it lies on the other side", *facts)
    part = gap if record["score"]["unit"] == "probability" else gap / abs(start)
    if (claim.has("base_near") and part > SLIGHT) or (claim.has("base_far") and part < WELL):
        return false("it is nearer or further", *facts)
    return Judged(facts=facts) if _gaps_fit(claim, gap, record) else false("it is another amount", *facts)


def needed_more(claim: Node, record: Record) -> Judged:
    """ "to be approved, the score would have had to be nine points higher"."""
    value, cut, facts = record["score"]["value"], record["score"]["cutoff"], ("score.value", "score.cutoff")
    fine = value < cut and of_the_score(claim, record) and _gaps_fit(claim, cut - value, record)
    fine = fine and record["outcome"]["by"] == "score"
    return Judged(facts=facts) if fine else false("it is another amount", *facts)


def level(claim: Node, record: Record) -> Judged:
    """ "the chance is medium"."""
    told = claim.first("level")
    if not of_the_score(claim, record):
        return false("the level is not about that", "score.level")
    if any(not is_score(said, record["score"]["value"], record) for said in claim.all("chance")):
        return false("the score is another", "score.value")
    fine = told is not None and record["score"]["level"] == told.text
    return Judged(facts=("score.level",)) if fine else false("the level is another", "score.level")


def interval(claim: Node, record: Record) -> Judged:
    """ "the 90 % interval runs from 112 to 300"."""
    found, facts = record["score"]["interval"], ("score.interval",)
    ends = zip(claim.all("chance"), (found["low"], found["high"]), strict=False)
    levels = [part.value for part in claim.parts if part.rule == "percent"]
    fine = all(is_score(said, value, record) for said, value in ends)
    fine = fine and all(told.says(found["level"] * 100) for told in levels) and of_the_score(claim, record)
    return Judged(facts=facts) if fine else false("the interval is another", *facts)


def so_near(near: bool) -> Callable[[Node, Record], Judged]:
    """ "though not by much", said of the side of the cut-off."""

    def judged(claim: Node, record: Record) -> Judged:
        fine = as_it_is(claim, record)[1] == ("close" if near else "clear")
        return Judged(facts=("certainty.band",)) if fine else false("the distance is another", "certainty.band")

    return judged


JUDGES: Judges = {
    "is_base": base,
    "starting_from": base,
    "moved_from_base": moved_from_base,
    "is_cutoff": cutoff,
    "cutoff_too": cutoff,
    "beside_cutoff": beside_cutoff,
    "beside_cutoff_too": beside_cutoff,
    "now_beside": beside_cutoff,
    "beside_base": beside_base,
    "beside_base_too": beside_base,
    "needed_more": needed_more,
    "is_level": level,
    "in_interval": interval,
    "not_by_much": so_near(near=True),
    "clearly_so": so_near(near=False),
}
"""By the claim each judges."""
