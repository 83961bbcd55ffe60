"""Claims about how sure it is: how close, how usual, how well calibrated."""

from __future__ import annotations

from collections.abc import Callable

from assistant.narration.heard.grammar import Node
from assistant.narration.heard.hedged import fits
from assistant.narration.heard.judged import (
    Judged,
    Judges,
    false,
    is_score,
    one,
)
from assistant.narration.heard.judges.reasons import is_step
from assistant.narration.heard.judges.standing import is_gap, of_the_score
from assistant.narration.heard.names import Record


def band(*wanted: str) -> Callable[[Node, Record], Judged]:
    """ "it was a close call"."""

    def judged(claim: Node, record: Record) -> Judged:
        facts = ("certainty.band",)
        cuts = [said for part in claim.all("cut") for said in part.all("chance")]
        if claim.has("cut") and not all(is_score(said, record["score"]["cutoff"], record) for said in cuts):
            return false("the cut-off is another", "score.cutoff")
        fine = record["certainty"]["band"] in wanted and (not claim.has("cut") or of_the_score(claim, record))
        return Judged(facts=facts) if fine else false("the distance is another", *facts)

    return judged


def within(claim: Node, record: Record) -> Judged:
    """ "the score lies within nine points of the cut-off"."""
    gap, facts = abs(record["score"]["value"] - record["score"]["cutoff"]), ("score.value", "score.cutoff")
    fine = is_gap(claim.all("off_by")[0], gap, record) and of_the_score(claim, record) and not claim.has("chance")
    return Judged(facts=facts) if fine else false("it is another amount away", *facts)


def told_of_certainty(name: str, wanted: bool) -> Callable[[Node, Record], Judged]:
    """ "this application is unusual"."""

    def judged(_: Node, record: Record) -> Judged:
        facts = (f"certainty.{name}",)
        return Judged(facts=facts) if record["certainty"][name] is wanted else false("it is not so", *facts)

    return judged


def unusual_in(claim: Node, record: Record) -> Judged:
    """ "two measurements are unusual: worst area and area error"; "notably" names some of them."""
    labels, facts = set(record["certainty"]["unusual_in"]), ("certainty.unusual_in",)
    said = [node.value for node in claim.all("strange_things")[0].all("feature")]
    names = [names & labels or names & _features(record, labels) for names in said]
    count = next((part.value.value for part in claim.parts if part.rule == "number"), len(said))
    both = " both " not in f" {claim.text} " or len(said) == 2
    whole = claim.rule == "unusual_in" and " : " in f" {claim.text} "
    fine = all(names) and count == len(said) and both and (not whole or len(said) == len(labels))
    return Judged(facts=facts) if fine else false("it is not unusual in that", *facts)


def _features(record: Record, labels: set[str]) -> set[str]:
    """The features of these labels, as far as the reasons name them."""
    reasons = record.get("reasons") or ()
    entries = [*reasons, *(member for reason in reasons for member in reason.get("members") or ())]
    return {entry["feature"] for entry in entries if entry["label"] in labels}


def unusual_in_nothing(claim: Node, record: Record) -> Judged:
    """ "no particular feature is listed as unusual, though the house itself is"."""
    facts, found = ("certainty.unusual_in", "certainty.unusual"), record["certainty"]
    fine = not found["unusual_in"] and (not claim.has("case") or found["unusual"])
    return Judged(facts=facts) if fine else false("some are", *facts)


def calibrated(wanted: bool) -> Callable[[Node, Record], Judged]:
    """ "the score is calibrated"."""

    def judged(claim: Node, record: Record) -> Judged:
        facts = ("score.calibrated",)
        fine = record["score"]["calibrated"] is wanted and (of_the_score(claim, record) or "scores" in record)
        return Judged(facts=facts) if fine else false("it is not so", *facts)

    return judged


def calibration_error(claim: Node, record: Record) -> Judged:
    """ "the model's probabilities were off by about three percentage points on 1,200 cases"."""
    found, facts = record["certainty"], ("certainty.calibration_error", "certainty.calibration_n")
    fine = is_gap(claim.all("off_by")[0], found["calibration_error"], record)
    rows = [node.value for part in claim.all("rows") for node in part.all("number")]
    fine = fine and all(node.says(found["calibration_n"]) for node in rows) and of_the_score(claim, record)
    return Judged(facts=facts) if fine else false("the error is another", *facts)


def standard_error(claim: Node, record: Record) -> Judged:
    """ "the standard error of the floor area is 5,125 EUR"."""
    found = one(record, claim.all("thing")[0])
    fine = is_step(claim.all("off_by")[0], found.entry["error"], record)
    fine = fine and all(is_step(said, found.weight, record) for said in claim.all("weight_said"))
    facts = (f"{found.path}.error",)
    return Judged(facts=facts) if fine else false("the error is another", *facts)


def give_or_take(claim: Node, record: Record) -> Judged:
    """ "…, give or take just under two": in points of a probability, or as the quantity is counted."""
    found, said = one(record, claim.all("thing")[0]), claim.all("bare_error")[0]
    scale = 100 if record["score"]["unit"] == "probability" else 1
    fine = scale == 1 or bool(record["score"].get("calibrated"))
    fine = fine and fits(said, said.all("number")[0].value, found.entry["error"] * scale)
    return Judged(facts=(f"{found.path}.error",)) if fine else false("the error is another", f"{found.path}.error")


def verdict_of(claim: Node, record: Record) -> Judged:
    """ "the verdict of malignant is far from the threshold"."""
    wanted, facts = "close" if "close to" in claim.text else "clear", ("outcome.name", "certainty.band")
    cut = claim.all("cut")[0]
    fine = claim.all("verdict_name")[0].all("outcome")[0].value == record["outcome"]["name"]
    fine = fine and record["certainty"]["band"] == wanted and "cutoff" in record["score"] and not cut.has("towards")
    fine = fine and all(is_score(said, record["score"]["cutoff"], record) for said in cut.all("chance"))
    return Judged(facts=facts) if fine else false("the distance is another", *facts)


def distance(claim: Node, record: Record) -> Judged:
    """ "a moderate distance"."""
    told = {"narrow": "close", "wide": "clear"}.get(claim.all("band_word")[0].text, claim.all("band_word")[0].text)
    fine = told == record["certainty"]["band"]
    return Judged(facts=("certainty.band",)) if fine else false("the distance is another", "certainty.band")


JUDGES: Judges = {
    "distance": distance,
    "give_or_take": give_or_take,
    "verdict_of": verdict_of,
    "not_clear_cut": band("close", "moderate"),
    "calibrated_too": calibrated(wanted=True),
    "being_within": within,
    "standard_error_too": standard_error,
    "close": band("close"),
    "not_close": band("moderate", "clear"),
    "within": within,
    "clear_cut": band("clear"),
    "firm": told_of_certainty("firm", wanted=True),
    "not_firm": told_of_certainty("firm", wanted=False),
    "unusual": told_of_certainty("unusual", wanted=True),
    "not_unusual": told_of_certainty("unusual", wanted=False),
    "unusual_in": unusual_in,
    "unusual_notably": unusual_in,
    "unusual_in_nothing": unusual_in_nothing,
    "calibrated": calibrated(wanted=True),
    "not_calibrated": calibrated(wanted=False),
    "calibration_error": calibration_error,
    "calibration_error_too": calibration_error,
    "standard_error": standard_error,
}
"""By the claim each judges."""
