"""Claims about a quantity: how far the model is off, to which side, and for how much of the differences it accounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assistant.narration.heard.figures import is_amount, is_share
from assistant.narration.heard.grammar import Node
from assistant.narration.heard.judged import Judged, Judges, false
from assistant.narration.heard.judges.performance import fits
from assistant.narration.heard.names import Record


def off_by(path: str) -> Callable[[Node, Record], Judged]:
    """ "on average, the predicted price is 48 EUR off"; "always giving the middle value would be 65 EUR off"."""

    def judged(claim: Node, record: Record) -> Judged:
        population, facts = record["population"], (f"population.{path}",)
        miss = population["metrics"]["mae"]
        fact = population["baseline"] if path == "baseline" else miss
        if any(node.value != population.get("of") for node in claim.all("outcome")):
            return false("it is another quantity", *facts)
        if path != "baseline" and " average" not in f" {claim.text}":
            return false("it is so far off on average", *facts)
        if why := fits(claim, record):
            return false(why, *facts)
        fine = all(is_amount(said, fact, population.get("unit")) for said in claim.all("fig"))
        return Judged(facts=facts) if fine else false("it is another amount", *facts)

    return judged


def explains(claim: Node, record: Record) -> Judged:
    """ "it accounts for 39 % of the differences"."""
    facts = ("population.metrics.r2",)
    fine = all(is_share(said, record["population"]["metrics"]["r2"]) for said in claim.all("fig"))
    return Judged(facts=facts) if fine else false("the share is another", *facts)


def missed_by(name: str) -> Any:
    """ "half of the misses are no bigger than 41 EUR"; "in one case in ten it is off by 95 EUR or more"."""

    def judged(claim: Node, record: Record) -> Judged:
        miss, facts = record["mistakes"]["miss"], (f"mistakes.miss.{name}",)
        if any(node.value != miss["of"] for node in claim.all("outcome")):
            return false("it is another quantity", *facts)
        said = claim.all("fig")
        fine = bool(said) and all(is_amount(node, miss[name], miss["unit"]) for node in said)
        return Judged(facts=facts) if fine else false("it is another amount", *facts)

    return judged


def side(claim: Node, record: Record) -> Judged:
    """ "it was too high more often than too low", "it was too low in 46 % of them"."""
    miss = record["mistakes"]["miss"]
    order = [
        "high" if part.rule == "mist_high" else "low" for part in claim.parts if part.rule in ("mist_high", "mist_low")
    ]
    facts = tuple(f"mistakes.miss.{name}" for name in order)
    if any(node.value != miss["of"] for node in claim.all("outcome")):
        return false("it is another quantity", *facts)
    figures = claim.all("fig")
    if not figures:
        fine = miss.get("leaning") == order[0] and miss[order[0]] > miss["low" if order[0] == "high" else "high"]
        return Judged(facts=facts) if fine else false("it does not lean that way", *facts)
    fine = len(figures) == len(order) and all(is_share(f, miss[name]) for f, name in zip(figures, order, strict=True))
    return Judged(facts=facts) if fine else false("the share is another", *facts)


def about(claim: Node, record: Record) -> Judged:
    """ "the misses are about the price, in EUR"."""
    miss, facts = record["mistakes"]["miss"], ("mistakes.miss.of", "mistakes.miss.unit")
    fine = all(node.value == miss["of"] for node in claim.all("outcome"))
    fine = fine and all(node.value == miss["unit"] for node in claim.all("unit"))
    return Judged(facts=facts) if fine else false("it is another quantity", *facts)


def tends(claim: Node, record: Record) -> Judged:
    """ "it tends to overestimate the price", "the price was overestimated in 54 % of the cases"."""
    miss = record["mistakes"]["miss"]
    order = ("high", "low") if claim.has("mist_too_high") else ("low", "high")
    facts = tuple(f"mistakes.miss.{name}" for name in order)
    if any(node.value != miss["of"] for node in claim.all("outcome")):
        return false("it is another quantity", *facts)
    if not claim.has("mist_rate"):
        fine = miss.get("leaning") == order[0] and miss[order[0]] > miss[order[1]]
        return Judged(facts=facts) if fine else false("it does not lean that way", *facts)
    fine = all(is_share(said.parts[0], miss[order[0]]) for said in claim.all("mist_rate"))
    fine = fine and all(is_share(said.parts[0], miss[order[1]]) for said in claim.all("mist_overall"))
    return Judged(facts=facts) if fine else false("the share is another", *facts)


def even(claim: Node, record: Record) -> Judged:
    """ "it was too high about as often as too low"."""
    miss, facts = record["mistakes"]["miss"], ("mistakes.miss.leaning",)
    fine = miss.get("leaning") is None and all(node.value == miss["of"] for node in claim.all("outcome"))
    return Judged(facts=facts) if fine else false("it leans one way", *facts)


JUDGES: Judges = {
    "mist_median": missed_by("median"),
    "mist_far": missed_by("far"),
    "mist_side": side,
    "mist_about": about,
    "mist_tends": tends,
    "mist_even": even,
    "perf_average_miss": off_by("metrics.mae"),
    "perf_always_off": off_by("baseline"),
    "perf_explains": explains,
}
"""By the claim each judges."""
