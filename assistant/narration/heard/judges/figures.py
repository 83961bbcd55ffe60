"""Which rows are meant, beside a claim: "in this group", "on 1,000 unseen cases"."""

from __future__ import annotations

from assistant.narration.heard.grammar import Node
from assistant.narration.heard.judged import Judged, Judges, false
from assistant.narration.heard.judges.performance import fits
from assistant.narration.heard.names import Record


def beside(claim: Node, record: Record) -> Judged:
    """ "in this group": the one that the facts are of. "Overall" says nothing where they are not of a group."""
    facts = ("population.filter", "population.unseen") if claim.has("perf_new") else ("population.filter",)
    if "population" not in record:
        return Judged() if claim.text == "overall" else false("no group is told of")
    why = fits(claim, record)
    return false(why, *facts) if why else Judged(facts=facts)


JUDGES: Judges = {"grp_beside": beside}
"""By the claim each judges."""
