"""Claims about values: what they are, and how they stand beside what is usual."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.narration.heard.grammar import Node
from assistant.narration.heard.judged import ANYBODY, Judged, Judges, false, is_value, not_beside, one, weighed
from assistant.narration.heard.names import Record


def beside_usual(claim: Node, record: Record) -> Judged:
    """ "your income is higher than usual"."""
    facts: list[str] = []
    for thing in claim.all("thing"):
        found = one(record, thing)
        facts += [f"{found.path}.reference.comparison", f"{found.path}.reference.value"]
        said = claim.first("beside") or claim.first("usual")
        if said is None:
            why = "" if found.entry["reference"]["comparison"] == "same" else "it is not usual"
        elif said.rule == "beside":
            why = not_beside(said, found)
        else:
            why = _beside_plainly(claim, found.entry["reference"]["comparison"]) or not_beside(said, found, False)
        if why:
            return false(why, *facts)
    two = " both " not in f" {claim.text} " or len(claim.all("thing")) == 2
    return Judged(facts=tuple(facts)) if facts and two else false("nothing is named")


def _beside_plainly(claim: Node, actual: str) -> str:
    text = f" {claim.text} "
    told = "higher" if " exceed" in text else "" if " differ" in text else "same"
    fine = actual == told if told else actual != "same"
    return "" if fine else "the comparison is another"


def beside_usual_had(claim: Node, record: Record) -> Judged:
    """ "you have a higher income than usual"."""
    feature, said = claim.all("feature")[0], claim.all("usual")[0]
    found = next(weighed(record, feature.value))
    facts = (f"{found.path}.reference.comparison",)
    told = "higher" if claim.has("more_of") or " higher " in f" {claim.text} " else "lower"
    why = not_beside(said, found, False)
    fine = not why and found.entry["reference"]["comparison"] == told
    return Judged(facts=facts) if fine else false(why or "the comparison is another", *facts)


def usual_compared(claim: Node, record: Record) -> Judged:
    """ "compared with all applications, your existing debt is high"."""
    found, said = one(record, claim.all("thing")[0]), next(p for p in claim.parts if p.rule == "height")
    group = next(part for part in claim.parts if part.rule == "group")
    facts, reference = (f"{found.path}.reference.comparison",), found.entry["reference"]
    fine = group.text in (str(reference["of"]).lower(), *ANYBODY)
    fine = fine and reference["comparison"] == ("higher" if said.has("high") else "lower")
    return Judged(facts=facts) if fine else false("the comparison is another", *facts)


def holds_it(claim: Node, record: Record) -> Judged:
    """ "you rent"."""
    found = next(weighed(record, claim.all("holds")[0].value))
    return Judged(facts=(f"{found.path}.value",))


def usual_is(claim: Node, record: Record) -> Judged:
    """ "the usual income is 36,000 EUR"."""
    found = next(weighed(record, claim.all("feature")[0].value))
    facts = (f"{found.path}.reference.value",)
    why = not_beside(claim, found, False)
    return false(why, *facts) if why else Judged(facts=facts)


def of_age(claim: Node, record: Record) -> Judged:
    """ "at 54 the applicant is older than the reference figure of 41"; only said where an age is among the reasons."""
    found = next(f for f in weighed(record, frozenset({"age"})) if f.entry["label"].lower() == "age")
    reference, unit = found.entry["reference"], found.entry.get("unit")
    facts = (f"{found.path}.value", f"{found.path}.reference.value")
    gaps = [a for part in claim.all("age_side") for a in part.all("amount")]
    usual = [part for part in claim.parts if part.rule == "amount"]
    now = [node for part in claim.all("age_now") for node in part.all("quantity")]
    fine = all(node.value.unit in ("", unit) and node.value.says(found.value) for node in now)
    fine = fine and all(is_value(a, abs(found.value - reference["value"]), unit) for a in gaps)
    fine = fine and all(is_value(a, reference["value"], unit) for a in usual)
    fine = fine and reference["comparison"] == ("higher" if claim.has("age_above") else "lower")
    fine = fine and ("age" in claim.text or "year" in claim.text or "older" in claim.text or "younger" in claim.text)
    if (group := claim.first("group")) and group.text not in (str(reference.get("of", "")).lower(), *ANYBODY):
        return false("it is compared with others", *facts)
    return Judged(facts=facts) if fine else false("the age is another", *facts)


def value(claim: Node, record: Record) -> Judged:
    """ "your income is 41,000 EUR a year"."""
    feature, amounts = claim.first("feature"), claim.all("amount")
    names = feature.value if feature else frozenset()
    if claim.has("apposed", "height"):
        one(record, claim.all("thing")[0])
    if claim.has("case") and not amounts:
        return false("no value is told")
    if apposed := claim.first("apposed"):
        amounts = tuple(amount for amount in amounts if amount not in apposed.all("amount"))
    for path, entry in _valued(record, names):
        if all(is_value(a, entry.get("value"), entry.get("unit")) for a in amounts):
            return Judged(facts=(f"{path}.value",))
    return false("the value is another, or not known")


def _valued(record: Record, features: frozenset[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for found in weighed(record, features):
        yield found.path, found.entry
    for i, known in enumerate(record.get("known") or ()):
        if known["feature"] in features:
            yield f"known[{i}]", known


JUDGES: Judges = {
    "beside_usual": beside_usual,
    "beside_usual_had": beside_usual_had,
    "more_than_usual": beside_usual_had,
    "usual_compared": usual_compared,
    "usual_is": usual_is,
    "of_age": of_age,
    "holds_it": holds_it,
    "is_value": value,
}
"""By the claim each judges."""
