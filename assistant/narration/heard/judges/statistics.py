"""Claims about one feature over many rows: its mean, median and spread, what is missing, which value is frequent."""

from __future__ import annotations

from collections.abc import Callable

from assistant.narration.heard.figures import group_fits, is_amount, is_count, is_share
from assistant.narration.heard.grammar import Node
from assistant.narration.heard.judged import Judged, Judges, false, is_value
from assistant.narration.heard.names import Record


def statistic(claim: Node, record: Record) -> Judged:
    """ "the average income in this group is about 36,000 EUR a year"."""
    found = record["statistics"]
    facts: list[str] = []
    if why := _other(claim, record):
        return false(why, "statistics.feature")
    names = [name for name in ("mean", "median", "spread", "minimum", "maximum") if claim.has(f"stat_{name}")]
    if claim.has("stat_on_average", "stat_averages") or " on average" in f" {claim.text}":
        names = ["mean"]
    told = claim.all("fig")
    if len(names) != len(told):
        return false("it is not said what the figure is", "statistics")
    for name, said in zip(names, told, strict=True):
        facts.append(f"statistics.{name}")
        if not is_amount(said, found[name], found.get("unit")):
            return false("the figure is another", *facts)
    return Judged(facts=tuple(facts))


def _other(claim: Node, record: Record) -> str:
    """Why a statistic is of another feature or group, "" where it is not."""
    found = record["statistics"]
    if any(found["feature"] not in node.value for node in claim.all("feature")):
        return "it is another feature"
    return "" if group_fits(claim, record) else "it is another group"


def known_for(claim: Node, record: Record) -> Judged:
    """ "income is known for 410 cases"."""
    found, facts = record["statistics"], ("statistics.n", "statistics.missing")
    if why := _other(claim, record):
        return false(why, *facts)
    if any(not is_count(said.parts[0], found["n"]) for said in claim.all("stat_n")):
        return false("it is another number", *facts)
    if (" without a single " in claim.text or " none is " in claim.text) and found["missing"]:
        return false("some are missing", *facts)
    return Judged(facts=facts)


def missing(claim: Node, record: Record) -> Judged:
    """ "no income values are missing"."""
    found, facts = record["statistics"], ("statistics.missing",)
    if why := _other(claim, record):
        return false(why, *facts)
    if claim.has("stat_never"):
        fine = found["missing"] == 0
    else:
        fine = all(_is_many(said, found["missing"]) for said in claim.all("stat_missing"))
    return Judged(facts=facts) if fine else false("it is another number", *facts)


def _is_many(said: Node, fact: int) -> bool:
    count = said.first("fig_count")
    return fact == 0 if count is None else is_count(count, fact)


def between(least: str, most: str) -> Callable[[Node, Record], Judged]:
    """ "nine in ten lie between 17,900 and 64,200 EUR a year", by the names of the two ends."""

    def judged(claim: Node, record: Record) -> Judged:
        found, facts = record["statistics"], (f"statistics.{least}", f"statistics.{most}")
        if why := _other(claim, record):
            return false(why, *facts)
        low, high = claim.all("stat_from")[0].parts[0], claim.all("stat_to")[0].parts[0]
        unit = found.get("unit")
        fine = is_amount(low, found[least], unit) and is_amount(high, found[most], unit)
        return Judged(facts=facts) if fine else false("the range is another", *facts)

    return judged


def apart(claim: Node, record: Record) -> Judged:
    """ "the median income is lower than the average"."""
    found, facts = record["statistics"], ("statistics.mean", "statistics.median")
    if why := _other(claim, record):
        return false(why, *facts)
    first, second = ("mean" if claim.all(r)[0].has("stat_mean") else "median" for r in ("stat_one", "stat_two"))
    up = claim.has("stat_above") or " above " in claim.text
    fine = found[first] > found[second] if up else found[first] < found[second]
    return Judged(facts=facts) if fine else false("it is the other way round", *facts)


def frequent(claim: Node, record: Record) -> Judged:
    """ "rent is the most common housing situation", "49 % have rent"."""
    found = record["statistics"]
    if why := _other(claim, record):
        return false(why, "statistics.counts")
    value = claim.all("stat_value")[0].parts[0].value
    i, count = next((i, c) for i, c in enumerate(found["counts"]) if c["name"] == value)
    facts = (f"statistics.counts[{i}]",)
    if claim.has("stat_top"):
        fine = count["n"] == max(c["n"] for c in found["counts"])
        fine = fine and sum(c["n"] == count["n"] for c in found["counts"]) == 1
        return Judged(facts=facts) if fine else false("another value is more common", *facts)
    fine = all(is_share(said, count["share"]) for said in claim.all("fig"))
    fine = fine and all(is_count(node.parts[0], count["n"]) for node in claim.all("stat_count"))
    fine = fine and all(node.parts[0].value.value == found["n"] for node in claim.all("stat_all"))
    return Judged(facts=facts) if fine else false("the share is another", *facts)


def beside_middle(claim: Node, record: Record) -> Judged:
    """ "your income of 31,400 EUR a year is below the median"."""
    found, facts = record["statistics"], ("statistics.yours", "statistics.comparison")
    thing = claim.first("thing")
    if why := _other(claim, record):
        return false(why, *facts)
    amount = thing.first("amount") if thing else None
    if amount and not is_value(amount, found["yours"], found.get("unit")):
        return false("the value is another", *facts)
    if any(not is_amount(said, found["median"], found.get("unit")) for said in claim.all("fig")):
        return false("the median is another", "statistics.median")
    told = "higher" if claim.has("above") else "lower" if claim.has("below") else "same"
    return Judged(facts=facts) if found["comparison"] == told else false("it lies on the other side", *facts)


JUDGES: Judges = {
    "stat_is_mean": statistic,
    "stat_known": known_for,
    "stat_is_missing": missing,
    "stat_range": between("low", "high"),
    "stat_whole": between("minimum", "maximum"),
    "stat_apart": apart,
    "stat_most": frequent,
    "stat_beside": beside_middle,
}
"""By the claim each judges."""
