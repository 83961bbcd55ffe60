"""Claims that there are too few cases to tell of, about what was asked for, and about which model it is."""

from __future__ import annotations

from assistant.narration.heard.grammar import Node
from assistant.narration.heard.judged import Judged, Judges, false
from assistant.narration.heard.judges.population import in_scope
from assistant.narration.heard.names import Record

OTHERS = ("why", "what_if", "performance", "mistakes", "statistics", "data_summary", "interactions")
KINDS = {
    **{f"{way}_{kind}": kind for way in ("for", "no") for kind in OTHERS},
    "the_what_if": "what_if", "the_mistakes": "mistakes", "the_statistics": "statistics",
    "the_summary": "data_summary", "the_reasons": "why", "the_interactions": "interactions",
    "for_count": "count", "no_count": "count", "the_count": "count", "for_labels": "labels", "no_labels": "labels",
    "the_labels": "labels", "whose_labels": "labels", "for_show": "show", "no_show": "show",
}  # fmt: skip
"""The kind of record that a purpose is of."""
HIDDEN = "describes the model, not cause and effect"


def _of_kind(claim: Node, record: Record) -> bool:
    return all(record["kind"] == kind for rule, kind in KINDS.items() if claim.has(rule))


def too_few(claim: Node, record: Record) -> Judged:
    """ "there are too few cases for a count"."""
    facts = ("population.too_few",)
    fine = record["population"].get("too_few") is True and _of_kind(claim, record)
    fine = fine and in_scope(claim, record) and not claim.has("shown_n", "scope_alike")
    return Judged(facts=facts) if fine else false("they are not too few", *facts)


def change_too_few(claim: Node, record: Record) -> Judged:
    """ "there were too few cases to work out what a smaller loan amount would do"."""
    found = record["group_what_if"]
    facts = ("group_what_if.too_few", "group_what_if.moves")
    if not found.get("too_few") or not in_scope(claim, record) or claim.has("scope_alike"):
        return false("they are not too few", *facts)
    wanted = {"decrease": ("smaller", "lower"), "increase": ("larger", "higher", "bigger")}
    words = claim.text.split()
    for feature in claim.all("feature"):
        move = next(move for move in found["moves"] if move["feature"] in feature.value)
        said = {word for way in wanted.values() for word in way} & {*words}
        if not said or not said <= {*wanted.get(move["change"], ())} or len(found["moves"]) != 1:
            return false("another change was asked about", *facts)
        for by in claim.all("quantity"):
            if by.value.unit not in ("", move.get("unit")) or not by.value.says(move["value"]):
                return false("the change has another size", *facts)
    return Judged(facts=facts)


def asked_for(claim: Node, record: Record) -> Judged:
    """ "only cases with an age above 30 years were asked for"."""
    facts = ("population.filter", "kind")
    named = ("filter_noun", "filter_after", "filter_are", "filter_people")
    fine = (bool(record["population"]["filter"]) and claim.has(*named)) or claim.has("model_name")
    fine = fine and _of_kind(claim, record)
    return Judged(facts=facts) if fine and in_scope(claim, record) else false("that was not asked for", *facts)


def about_model(claim: Node, record: Record) -> Judged:
    """ "the answer describes the model called loan score, not cause and effect"."""
    facts = ("model.name",)
    if claim.has("not_causes") and HIDDEN not in record["limits"]:
        return false("this limit is not told", "limits")
    fine = " count " not in claim.text or record["kind"] == "count"
    return Judged(facts=facts) if fine else false("nothing was counted", *facts)


JUDGES: Judges = {
    "too_few": too_few,
    "change_too_few": change_too_few,
    "asked_for": asked_for,
    "about_model": about_model,
}
"""By the claim each judges."""
