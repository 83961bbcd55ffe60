"""Claims about how many of the reasons, and about all, none or only some of them."""

from __future__ import annotations

from assistant.narration.heard.grammar import Node
from assistant.narration.heard.judged import Judged, Judges, false, one, weighed
from assistant.narration.heard.judges.reasons import WAYS, facts_of, not_by_so_much, not_so, the_way, told_reasons
from assistant.narration.heard.names import Record


def unclear(claim: Node, record: Record) -> Judged:
    """ "neither debt nor income had a clear direction", "none of the six reasons is clear"."""
    told = record["reasons"]
    count = next((part.value.value for part in claim.parts if part.rule == "number"), len(told))
    named_ = claim.all("thing")
    text = f" {claim.text} "
    if text.startswith((" none ", " not one ")) or (text.startswith(" no ") and not named_):
        if count != len(told) or not (_all_told(record) or _listed(claim)):
            return false("these are not all the reasons", "reasons_total")
        things = [f for r in told for f in weighed(record, frozenset({r["feature"]}))][: len(told)]
    else:
        things = [one(record, thing) for thing in named_]
    facts = facts_of(things)
    return (
        Judged(facts=facts) if things and all(f.direction == "none" for f in things) else false("it is clear", *facts)
    )


def _listed(claim: Node) -> bool:
    """Whether a text speaks of the reasons that are told, not of all there are."""
    return bool({"listed", "named", "given", "told", "shown", "these"} & set(claim.text.split()))


def _all_told(record: Record) -> bool:
    return bool(record["reasons_total"] == len(record["reasons"]))


def _rightly_listed(claim: Node, record: Record) -> bool:
    counts = [node.value.value for node in claim.parts if node.rule == "number"]
    counts += [node.value.value for listed in claim.all("listed") for node in listed.all("number")]
    whole = _listed(claim) or len(record["reasons"]) in counts or _all_told(record)
    return whole and all(count == len(record["reasons"]) for count in counts)


def only_these(claim: Node, record: Record) -> Judged:
    """ "of the factors listed, only income was in your favour"."""
    way_, things = the_way(claim), [one(record, thing) for thing in claim.all("thing")]
    facts = (*facts_of(things), "reasons")
    if not _rightly_listed(claim, record):
        return false("these are not all the reasons", "reasons_total")
    for found in things:
        if why := not_so(way_, found, record) or not_by_so_much(claim, found, record, step=way_.first("step")):
            return false(why, *facts)
    named_ = {found.path.partition(".")[0] for found in things}
    if any("." in found.path for found in things) or way_.rule not in WAYS:
        return false("a part of a group is not the only reason", *facts)
    so = [path for path, found in told_reasons(record) if not not_so(way_, found, record)]
    return Judged(facts=facts) if set(so) == named_ else false("others do so too", *facts)


def so_many(claim: Node, record: Record) -> Judged:
    """ "four of the six listed factors worked against you"."""
    way_, told = the_way(claim), told_reasons(record)
    if not _rightly_listed(claim, record) or way_.has("size", "strength", "step"):
        return false("these are not all the reasons", "reasons_total")
    n, of = sum(not not_so(way_, found, record) for _, found in told), len(told)
    many = claim.first("how_many")
    if many is None or many.text in ("all", "each", "every one"):
        fine = n == of
    elif number := many.first("number"):
        fine = n == number.value.value
    else:
        fine = {"none": n == 0, "not one": n == 0, "half": 2 * n == of}.get(many.text, 2 * n > of)
    return Judged(facts=("reasons",)) if fine else false("it is another number of them", "reasons")


def reasons_of(claim: Node, record: Record) -> Judged:
    """ "the reasons against you were debt and missed payments": all that are told, and no others."""
    side = next(part for part in claim.parts if part.rule in ("for_side", "against_side"))
    names = {one(record, thing).path for thing in claim.all("thing")}
    so = {path for path, found in told_reasons(record) if not not_so(side, found, record)}
    return Judged(facts=("reasons",)) if names == so else false("the reasons are others", "reasons")


JUDGES: Judges = {
    "reasons_of": reasons_of,
    "unclear": unclear,
    "only_these": only_these,
    "so_many": so_many,
}
"""By the claim each judges."""
