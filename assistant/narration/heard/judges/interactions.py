"""Claims about which features act together, and how strongly."""

from __future__ import annotations

from typing import Any

from assistant.narration.heard.figures import is_amount, is_count
from assistant.narration.heard.grammar import Node
from assistant.narration.heard.judged import Judged, Judges, false
from assistant.narration.heard.names import Record


def none(claim: Node, record: Record) -> Judged:
    """ "no pair of features was found to interact"."""
    found, facts = record["interactions"], ("interactions.pairs",)
    if found.get("too_few"):
        return false("there were too few cases to tell", "interactions.too_few")
    if " add up " in f" {claim.text} " and not found["additive"]:
        return false("the model is not additive", "interactions.additive")
    return Judged(facts=facts) if not found["pairs"] and _counted(claim, found) else false("some act together", *facts)


def additive(claim: Node, record: Record) -> Judged:
    """ "the model is additive", "each of the five inputs makes its contribution independently of the others"."""
    found, facts = record["interactions"], ("interactions.additive", "interactions.features")
    fine = found["additive"] is True and _counted(claim, found)
    return Judged(facts=facts) if fine else false("it is not so", *facts)


def hardly(_: Node, record: Record) -> Judged:
    """ "hardly any of the features act together"."""
    found, facts = record["interactions"], ("interactions.pairs", "interactions.floor")
    measured = not found.get("too_few") and (found["additive"] or found["pairs"])
    fine = measured and all(pair["size"] == "hardly" for pair in found["pairs"])
    return Judged(facts=facts) if fine else false("some act together", *facts)


def _counted(claim: Node, found: Any) -> bool:
    return all(node.parts[0].value.value == found["features"] for node in claim.all("int_n"))


def looked(claim: Node, record: Record) -> Judged:
    """ "five features were looked at, and the model turned out to be additive"."""
    found, facts = record["interactions"], ("interactions.features", "interactions.additive")
    fine = _counted(claim, found) and (" additive" not in claim.text or found["additive"] is True)
    return Judged(facts=facts) if fine else false("it is not so", *facts)


def _pair(claim: Node, record: Record) -> int:
    """The place of the pair that is named. StopIteration where there is none."""
    first, second = (node.value for node in claim.all("feature"))
    pairs = record["interactions"]["pairs"]
    return next(
        i
        for i, pair in enumerate(pairs)
        if (pair["features"][0] in first and pair["features"][1] in second)
        or (pair["features"][1] in first and pair["features"][0] in second)
    )


def together(claim: Node, record: Record) -> Judged:
    """ "debt and income clearly act together"."""
    i = _pair(claim, record)
    pair = record["interactions"]["pairs"][i]
    facts = (f"interactions.pairs[{i}].size", f"interactions.pairs[{i}].strength")
    sizes = {"int_clear": "clear", "int_slight": "slight", "int_hardly": "hardly",
             "int_clear_word": "clear", "int_slight_word": "slight"}  # fmt: skip
    told = [size for rule, size in sizes.items() if claim.has(rule)]
    measured = claim.all("int_strength")
    if any(not is_amount(node.parts[0], pair["strength"], "") for node in measured):
        return false("the strength is another", *facts)
    fine = all(size == pair["size"] for size in told) if told else bool(measured) or pair["size"] != "hardly"
    return Judged(facts=facts) if fine and len(told) <= 1 else false("they act together more or less than that", *facts)


def strongest(claim: Node, record: Record) -> Judged:
    """ "the strongest interaction is that between debt and income"."""
    i = _pair(claim, record)
    pairs = record["interactions"]["pairs"]
    facts = tuple(f"interactions.pairs[{j}].strength" for j in range(len(pairs)))
    if any(not is_amount(node.parts[0], pairs[i]["strength"], "") for node in claim.all("int_strength")):
        return false("the strength is another", *facts)
    others = [pair["strength"] for j, pair in enumerate(pairs) if j != i]
    fine = all(pairs[i]["strength"] > other for other in others) and pairs[i]["size"] != "hardly"
    return Judged(facts=facts) if fine else false("another pair is stronger", *facts)


def rows(claim: Node, record: Record) -> Judged:
    """ "this was measured on 40 cases"."""
    facts = ("interactions.rows",)
    fine = all(is_count(said, record["interactions"]["rows"]) for said in claim.all("fig_count"))
    return Judged(facts=facts) if fine else false("it is another number of cases", *facts)


JUDGES: Judges = {
    "int_none": none,
    "int_additive": additive,
    "int_looked": looked,
    "int_together": together,
    "int_strongest": strongest,
    "int_rows": rows,
    "int_few": hardly,
}
"""By the claim each judges."""
