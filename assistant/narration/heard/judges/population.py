"""Claims about many cases: how many they are, and how many of them got which outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.narration.heard.amounts import Number
from assistant.narration.heard.grammar import Node
from assistant.narration.heard.hedged import says
from assistant.narration.heard.judged import Judged, Judges, false
from assistant.narration.heard.names import Record

CLEAR = 0.6
GREAT = 0.75
"""What share makes a clear and a great majority."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A list of outcomes and how many cases got each; `whole`: so many in all, None where the list may be partial."""

    path: str
    counts: Sequence[Mapping[str, Any]]
    whole: int | None

    def n(self, name: str) -> int:
        """How many got it. KeyError where that is not known."""
        found = next((count for count in self.counts if count["name"] == name), None)
        if found is not None:
            return int(found["n"])
        if self.whole is None or sum(count["n"] for count in self.counts) != self.whole:
            raise KeyError("not counted")
        return 0

    def share(self, name: str) -> float:
        """The share that got it. KeyError where that is not known."""
        found = next((count for count in self.counts if count["name"] == name), None)
        return float(found["share"]) if found is not None else 0.0 * self.n(name)


def came_of(node: Node) -> tuple[str, ...]:
    """The outcomes that a part names, left to right."""
    return tuple(str((c.first("outcome") or c.first("outcomes") or c).value) for c in node.all("came"))


def in_scope(claim: Node, record: Record) -> bool:
    """Whether the cases that a claim speaks of are those of the record, and as many."""
    population, similar = record.get("population", {}), record.get("similar", {})
    if (claim.has("scope_alike", "alike") and not similar) or (claim.has("scope_group") and not population):
        return False
    explained = {n for n in (record.get("group_why", {}).get("explained"),) if n is not None}
    for part in (*claim.all("scope_group"), *claim.all("scope_alike"), *claim.all("in_how_many")):
        known = {(similar if part.has("scope_alike", "alike") else population or similar).get("n")}
        known = explained if part.has("explained") and population else known
        if any(node.parts[0].value.value not in known for node in part.all("shown_n")):
            return False
        if part.has("explained") and not explained:
            return False
    return True


def size(claim: Node, record: Record) -> Judged:
    """ "412 of 4,000 cases have an age above 30 years"."""
    population = record["population"]
    n, total = population["n"], population.get("total")
    facts = ("population.n", "population.total")
    if not in_scope(claim, record):
        return false("it is about other cases", *facts)
    if any(not says(node, n) for node in claim.all("size_n")):
        return false("they are not so many", *facts)
    if any(node.parts[0].value.value != (total or n) for node in claim.all("total")):
        return false("there are not so many in all", *facts)
    if any(not says(node, n / total, unit="%") for node in claim.all("portion")):
        return false("their share is another", *facts)
    whole = total in (None, n) if "data" not in claim.text else total == n
    if " figures " in f" {claim.text} " and claim.has("whole") and not whole:
        return false("they are of a part of the cases", *facts)
    return Judged(facts=facts)


def counts(claim: Node, record: Record) -> Judged:
    """ "288 cases were predicted to be approved and 124 declined"."""
    counted = _counted(claim, record)
    if not in_scope(claim, record):
        return false("it is about other cases", counted.path)
    named = came_of(claim)
    told = [part for rule in ("in_how_many", "and_rest", "and_n") for part in claim.all(rule)] or [*claim.all("size_n")]
    if len(told) != len(named):
        return false("it is not said how many got what", counted.path)
    if any(not _so_many(part, name, counted) for part, name in zip(told, named, strict=True)):
        return false("another number got it", counted.path)
    if (rest := claim.first("leaving")) and not says(rest, sum(c["n"] for c in counted.counts) - counted.n(named[0])):
        return false("another number is left", counted.path)
    return Judged(facts=(counted.path,))


def _counted(claim: Node, record: Record) -> Counted:
    """The counts that a claim is about. KeyError where the record has none of that kind."""
    truth = claim.has("told_truth", "in_truth", "outcome_true", "in_labels") or " labels " in claim.text
    model = claim.has("told_model", "by_model", "outcome_said", "predicted_came") or " the model " in f" {claim.text} "
    if truth and model:
        raise KeyError("one of the two was counted")
    if "similar" in record and not claim.has("scope_group"):
        name = "true_counts" if truth else "counts"
        return Counted(path=f"similar.{name}", counts=record["similar"][name], whole=record["similar"].get("n"))
    population = record["population"]
    if (truth and population["counted"] != "labels") or (model and population["counted"] != "predictions"):
        raise KeyError("another kind was counted")
    return Counted(path="population.counts", counts=population["counts"], whole=population.get("n"))


def _so_many(part: Node, name: str, counted: Counted) -> bool:
    n, share = counted.n(name), counted.share(name)
    if said := part.first("portion"):
        return says(said, share, unit="%")
    if said := part if part.rule in ("size_n", "and_n") else part.first("size_n"):
        return says(said, n)
    if part.has("most"):
        least = GREAT if part.has("big_most") else CLEAR if part.has("clear_most") else 0.5
        return share > 0.5 and share >= least
    if part.has("minority"):
        return 0 < share < 0.5
    if part.has("nobody"):
        return n == 0
    everyone = part.has("every") or part.text.startswith("everyone")
    return everyone and counted.whole == n == sum(count["n"] for count in counted.counts)


def labels(claim: Node, record: Record) -> Judged:
    """ "about 30 % of the labels say declined"."""
    population = record["population"]
    counted = Counted(path="population.counts", counts=population["counts"], whole=population.get("n"))
    facts = (counted.path, "population.counted")
    if population["counted"] != "labels":
        return false("it was not labels that were counted", *facts)
    named, sizes = came_of(claim), claim.all("size_n")
    if ratio := claim.first("ratio"):
        fine = says(ratio, counted.n(named[1]) / counted.n(named[0]))
    elif sizes:
        fine = all(says(node, counted.n(name)) for node, name in zip(sizes, named, strict=True))
    else:
        share = counted.share(named[0])
        fine = all(says(node, share, unit="%") for node in claim.all("portion"))
        fine = fine and (" majority" not in claim.text or share > (CLEAR if " clear " in claim.text else 0.5))
    return Judged(facts=facts) if fine else false("another number of labels says so", *facts)


def commoner(claim: Node, record: Record) -> Judged:
    """ "approved is the more common label"."""
    kind = (claim.first("counted_as") or claim).text
    population = record["population"]
    facts = ("population.counts", "population.counted")
    wanted = {"label": "labels", "prediction": "predictions", "predicted outcome": "predictions"}.get(kind)
    if wanted not in (None, population["counted"]):
        return false("another kind was counted", *facts)
    (name,) = came_of(claim)
    ordered = sorted(population["counts"], key=lambda count: -count["n"])
    two = " more " in f" {claim.text} " or (claim.has("less_often") and " least " not in f" {claim.text} ")
    if len(ordered) < 2 or (two and len(ordered) != 2) or ordered[0]["n"] == ordered[1]["n"]:
        return false("they cannot be ordered so", *facts)
    told = next(count for count in ordered if count["name"] == name)
    if any(not says(node, told["n"]) for node in claim.all("size_n")) or any(
        not says(node, told["share"], unit="%") for node in claim.all("portion")
    ):
        return false("another number got it", *facts)
    fine = ordered[0 if claim.has("more_often") else -1]["name"] == name and ordered[-1]["n"] != ordered[-2]["n"]
    return Judged(facts=facts) if fine else false("another one is", *facts)


def outnumber(claim: Node, record: Record) -> Judged:
    """ "approvals outnumber refusals by more than two to one"."""
    counted = _counted(claim, record)
    named = came_of(claim)
    if not in_scope(claim, record) or len(named) != 2:
        return false("it is about other cases", counted.path)
    first, second = (counted.n(name) for name in named)
    if claim.has("fewer_of_them"):
        first, second = second, first
    if first <= second:
        return false("they are not more", counted.path)
    if (ratio := claim.first("ratio")) and not (second and says(ratio, first / second)):
        return false("it is another ratio", counted.path)
    if " twice " in f" {claim.text} " and not (second and _twice(claim, first / second)):
        return false("it is another ratio", counted.path)
    sizes = (*claim.all("size_a"), *claim.all("size_b"))
    if any(not says(node, n) for node, n in zip(sizes, (first, second), strict=bool(sizes))):
        return false("they are not so many", counted.path)
    return Judged(facts=(counted.path,))


def _twice(claim: Node, ratio: float) -> bool:
    two = Node(rule="number", text="two", value=Number(value=2.0))
    hedge = claim.first("ratio_hedge")
    return says(Node(rule="ratio", text="", parts=(*((hedge,) if hedge else ()), two)), ratio)


def counted_kind(claim: Node, record: Record) -> Judged:
    """ "it was labels that were counted, not predictions"."""
    found = record["population"]["counted"]
    first = next(part.rule for part in claim.parts if part.rule in ("counted_labels", "counted_predictions"))
    facts = ("population.counted",)
    return Judged(facts=facts) if first == f"counted_{found}" else false("another kind was counted", *facts)


def mean(claim: Node, record: Record) -> Judged:
    """ "the group scores 41 % for approval on average"."""
    population = record["population"]
    facts = ("population.mean", "population.of")
    if not in_scope(claim, record) or any(name != population["of"] for name in came_of(claim)):
        return false("the mean is of something else", *facts)
    if (part := claim.first("portion")) and not says(part, population["n"] / population["total"], unit="%"):
        return false("their share is another", *facts)
    if any(node.parts[0].value.value != population["total"] for node in claim.all("total")):
        return false("there are not so many in all", *facts)
    said = claim.first("mean_chance") or claim
    percent = said.has("percent", "share")
    fine = (
        bool(population.get("calibrated")) and says(said, population["mean"], unit="%")
        if percent
        else (says(said, population["mean"]) and not _whole(said, population))
    )
    return Judged(facts=facts) if fine else false("the mean is another", *facts)


def _whole(said: Node, population: Mapping[str, Any]) -> bool:
    number = said.first("number")
    return population.get("calibrated") is not None and (number is None or number.value.decimals == 0)


JUDGES: Judges = {
    "group_size": size,
    "group_counts": counts,
    "label_counts": labels,
    "commoner": commoner,
    "outnumber": outnumber,
    "counted_kind": counted_kind,
    "group_mean": mean,
}
"""By the claim each judges."""
