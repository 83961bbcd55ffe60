"""Claims about the data and a group of them: how large, too small, what they hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.narration.heard.figures import group_fits, is_count, is_share
from assistant.narration.heard.grammar import Node
from assistant.narration.heard.judged import Facts, Judged, Judges, false
from assistant.narration.heard.names import Record

ASKED = {
    "statistics": "statistics", "summary": "data_summary", "mistakes": "mistakes", "performance": "performance",
    "interactions": "interactions", "effect": "effect",
}  # fmt: skip
COUNTED = {"two": 2, "three": 3, "one": 1, "some": 2}
TOPICS = {
    "statistics": "statistics", "summary": "data_summary", "mistakes": "mistakes", "errs": "mistakes",
    "wrong": "mistakes", "count": "count", "performance": "performance", "quality": "performance",
    "accura": "performance", "interact": "interactions", "act together": "interactions",
    "work together": "interactions", "in concert": "interactions",
}  # fmt: skip
"""The kind of record that words of what cannot be told are about."""


def few(claim: Node, record: Record) -> Judged:
    """ "there are too few cases above the age of 30 to tell"."""
    facts = ("population.too_few",)
    if any(record["kind"] != kind for topic, kind in TOPICS.items() if topic in claim.text):
        return false("something else was asked", "kind")
    if not group_fits(claim, record):
        return false("it is another group", *facts)
    if record.get("interactions", {}).get("too_few") is True and ("act" in claim.text or "interact" in claim.text):
        return Judged(facts=("interactions.too_few",))
    return Judged(facts=facts) if record["population"]["too_few"] is True else false("there are enough", *facts)


def group_size(claim: Node, record: Record) -> Judged:
    """ "this group holds 412 of the 4,000 cases"."""
    population, facts = record["population"], ("population.n", "population.total")
    if not group_fits(claim, record):
        return false("it is another group", *facts)
    if any(record["statistics"]["feature"] not in node.value for node in claim.all("feature")):
        return false("it is another feature", "statistics.feature")
    if any(ASKED.get(node.text) != record["kind"] for node in claim.all("asked_thing")):
        return false("something else was asked", "kind")
    named = claim.has("grp_named", "grp_this", "size_group")
    if not named and population["filter"]:
        return false("all cases are more", *facts)
    for rule, fact in (("data_size_n", population["n"]), ("size_total", population["total"])):
        if any(node.parts[0].value.value != fact for node in claim.all(rule)):
            return false("it is another number", *facts)
    share = population["n"] / population["total"]
    fine = all(is_share(node.parts[0], share) for node in claim.all("size_fig"))
    return Judged(facts=facts) if fine else false("it is another part", *facts)


def asked(claim: Node, record: Record) -> Judged:
    """ "the statistics were requested for the group above 30 years"."""
    thing = claim.first("asked_thing")
    fine = thing is not None and ASKED.get(thing.text) == record["kind"] and group_fits(claim, record)
    fine = fine and (bool(record["population"]["filter"]) or not claim.has("grp_one"))
    return Judged(facts=("kind",)) if fine else false("something else was asked", "kind")


def _held(record: Record) -> Mapping[str, Any]:
    data: Mapping[str, Any] = record["data"]
    return data


def _calls(claim: Node, path: str) -> bool:
    """Whether every name for the data in a claim is at this path."""
    return all(path in node.value for it in claim.all("data_called") for node in it.all("written"))


def data_name(claim: Node, record: Record) -> Judged:
    """ "the data set is called personal loan applications"."""
    facts = ("data.name",)
    return (
        Judged(facts=facts) if "data" in record and _calls(claim, "data.name") else false("the name is another", *facts)
    )


def data_size(claim: Node, record: Record) -> Judged:
    """ "the data has 4,000 rows and three features"."""
    found, facts = _held(record), ("data.rows", "data.features")
    if not _calls(claim, "data.name"):
        return false("the name is another", "data.name")
    for rule, name in (("data_n_rows", "rows"), ("data_n_features", "features")):
        if any(not is_count(node.parts[0].parts[0], found[name]) for node in claim.all(rule)):
            return false("it is another number", *facts)
    return Judged(facts=facts)


def _features(claim: Node, record: Record) -> list[str]:
    """The labels that a list names, KeyError where it names another or one twice."""
    labels = set(_held(record)["labels"])
    told = [next(iter(node.value & labels), "") for node in claim.all("feature")]
    if "" in told or len(set(told)) != len(told):
        raise KeyError("no such feature")
    return told


def features_are(claim: Node, record: Record) -> Judged:
    """ "the features are income, existing debt and housing situation": all of them."""
    found, facts = _held(record), ("data.labels", "data.features")
    told = _features(claim, record)
    if any(not _is_number(node, found["features"]) for node in claim.all("data_n")):
        return false("it is another number", *facts)
    fine = len(told) == len(found["labels"]) == found["features"]
    return Judged(facts=facts) if fine else false("these are not all", *facts)


def _is_number(node: Node, fact: int) -> bool:
    number = node.first("number")
    return number is not None and number.value.value == fact


def feature_in(claim: Node, record: Record) -> Judged:
    """ "income is among the features"."""
    told = _features(claim, record)
    many = next((n for word, n in COUNTED.items() if f" {word} of the " in f" {claim.text} "), len(told))
    fine = many == len(told) or (" some of " in claim.text and len(told) > 1)
    return Judged(facts=("data.labels",)) if fine else false("it is another number", "data.labels")


def gaps(claim: Node, record: Record) -> Judged:
    """ "about 2 % of the values are missing"."""
    share, facts = _held(record)["gaps"], ("data.gaps",)
    fine = share == 0 if claim.has("data_none") else all(is_share(said, share) for said in claim.all("fig"))
    return Judged(facts=facts) if fine else false("the share is another", *facts)


def _sources(claim: Node) -> list[int]:
    """The places of the sources named, KeyError where one is none."""
    told = []
    for node in claim.all("data_sources")[0].all("written") if claim.has("data_sources") else ():
        told.append(next(int(p[len("data.sources[") : -1]) for p in node.value if p.startswith("data.sources[")))
    return told


def sources_are(claim: Node, record: Record) -> Judged:
    """ "pay slips and the credit bureau are given as sources"."""
    facts = ("data.sources",)
    if [node.value for node in claim.all("written")] == [frozenset({"data.source"})]:
        return Judged(facts=("data.source",))
    told = _sources(claim)
    if not _calls(claim, "data.name"):
        return false("the name is another", "data.name")
    partial = " as a source" in claim.text or " come" in claim.text or " given as sources" in claim.text
    fine = bool(told) and (partial or set(told) == set(range(len(_held(record)["sources"]))))
    return Judged(facts=facts) if fine else false("these are not the sources", *facts)


def made(wanted: bool) -> Any:
    """ "the data were made up": as they say themselves, or as is known of them."""

    def judged(claim: Node, record: Record) -> Judged:
        found, facts = _held(record), ("data.synthetic", "data.source")
        if not _calls(claim, "data.name"):
            return false("the name is another", "data.name")
        if claim.has("data_sources") and not _sources(claim):
            return false("these are not the sources", *facts)
        said = str(found.get("source") or "").lower().startswith("made up") and " made up" in claim.text
        fine = found.get("synthetic") is wanted or (wanted and said and found.get("synthetic") is None)
        return Judged(facts=facts) if fine else false("it is not known to be so", *facts)

    return judged


def targets(claim: Node, record: Record) -> Judged:
    """ "two outcomes are told apart, approved and declined": all of them."""
    found, facts = _held(record)["targets"], ("data.targets",)
    told = [node.value for node in claim.all("outcome")]
    many = next((n for word, n in COUNTED.items() if word in claim.text.split()), len(found))
    fine = len(found) > 1 and many == len(found) and (not told or sorted(told) == sorted(found))
    return Judged(facts=facts) if fine else false("the outcomes are others", *facts)


def learned(claim: Node, record: Record) -> Judged:
    """ "the model learned from 3,000 of them"."""
    facts: Facts = ("data.learned",)
    found = _held(record)
    fine = all(_is_many_of(node, found["learned"]) for node in claim.all("data_taught"))
    fine = fine and all(node.parts[0].value.value == found["rows"] for node in claim.all("data_whole"))
    fine = fine and all(is_share(node.parts[0], found["learned"] / found["rows"]) for node in claim.all("data_share"))
    return Judged(facts=facts) if fine else false("it is another number", *facts)


def _is_many_of(node: Node, fact: int) -> bool:
    count = node.first("fig_count")
    return fact == 0 if count is None else is_count(count, fact)


def unseen(claim: Node, record: Record) -> Judged:
    """ "a quarter of the rows, 1,000 out of 4,000, are ones the model has not seen"."""
    found, facts = _held(record), ("data.unseen", "data.rows")
    if any(not is_count(node.parts[0], found["unseen"]) for node in claim.all("data_count")):
        return false("it is another number", *facts)
    if any(node.parts[0].value.value != found["rows"] for node in claim.all("data_whole")):
        return false("the rows are others in number", *facts)
    fine = all(is_share(said, found["unseen"] / found["rows"]) for said in claim.all("fig"))
    return Judged(facts=facts) if fine else false("it is another part", *facts)


JUDGES: Judges = {
    "data_few": few,
    "data_group_size": group_size,
    "asked_of": asked,
    "data_name": data_name,
    "data_size": data_size,
    "data_features_are": features_are,
    "data_feature_in": feature_in,
    "data_gaps": gaps,
    "data_sources_are": sources_are,
    "data_made": made(wanted=True),
    "data_real": made(wanted=False),
    "data_targets": targets,
    "data_learned": learned,
    "data_unseen": unseen,
}
"""By the claim each judges."""
