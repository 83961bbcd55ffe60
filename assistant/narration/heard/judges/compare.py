"""Claims about how a case differs from others: those most like it, those typical of an outcome, one other case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.narration.heard.grammar import Node
from assistant.narration.heard.hedged import says
from assistant.narration.heard.held import feature_of, is_amount
from assistant.narration.heard.judged import Judged, Judges, false
from assistant.narration.heard.judges.population import came_of
from assistant.narration.heard.names import Record

SIDES = {"d_alike": "similar", "alike": "similar", "d_typical": "typical", "d_other": "compare",
         "other_case": "compare", "d_other_owner": "compare"}  # fmt: skip


REST = frozenset({"typical"})
"""Where `yours` is not the case in focus but the rest of the rows, so that nothing of the case itself is known."""
OF_CASE = ("d_me", "d_mine", "h_not", "h_count", "h_mine_n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """One feature in which the case and the others differ, and where that stands."""

    path: str
    entry: Mapping[str, Any]


def beside(claim: Node, record: Record) -> str:
    """The key of the others that a claim is about. KeyError where it is about others than the record."""
    keys = {key for rule, key in SIDES.items() if claim.has(rule)}
    known = [key for key in ("similar", "typical", "compare") if key in record]
    if len(known) != 1 or not keys <= {*known}:
        raise KeyError("other cases")
    key, found = known[0], record[known[0]]
    of_case = claim.has(*OF_CASE) or " here" in claim.text or " in your case" in claim.text or " absent " in claim.text
    if (key in REST and of_case) or (key not in REST and claim.has("d_rest")):
        raise KeyError("of the case, or of the rest, nothing is known")
    if any(node.parts[0].value.value != found.get("n") for node in claim.all("shown_n")):
        raise KeyError("another number of cases")
    for typical in claim.all("d_typical"):
        low, high = typical.has("d_low"), typical.has("d_high")
        if (low or high) and found.get("end") != ("low" if low else "high"):
            raise KeyError("the other end")
        if any(name != found["outcome"] for name in came_of(typical)):
            raise KeyError("another outcome")
    return key


def apart(claim: Node, record: Record, features: frozenset[str] | None = None) -> Apart:
    """The difference in the feature that a claim names. KeyError where there is none."""
    key = beside(claim, record)
    named = features if features is not None else feature_of(claim)
    found = [(i, d) for i, d in enumerate(record[key]["differences"]) if named is None or d["feature"] in named]
    if named is None:
        word = next(iter(claim.all("category_verb"))).value
        found = [(i, d) for i, d in found if word in (d["theirs"], d["yours"])]
    (i, entry) = found[0]
    return Apart(path=f"{key}.differences[{i}]", entry=entry)


def _sides(claim: Node, theirs: bool = False) -> str:
    """How the case compares with the others, as it is said."""
    higher = claim.has("d_higher", "d_above") or " elevated" in claim.text or claim.has("d_more")
    if higher == claim.has("d_lower", "d_less", "d_below"):
        raise KeyError("it is not said which is higher")
    return "higher" if higher != theirs else "lower"


def compared(claim: Node, record: Record) -> Judged:
    """ "your income is lower than that of similar applications"."""
    return _compared(claim, record, theirs=False)


def compared_theirs(claim: Node, record: Record) -> Judged:
    """ "the other patient has lower triglycerides than you"."""
    return _compared(claim, record, theirs=True)


def _compared(claim: Node, record: Record, *, theirs: bool) -> Judged:
    told = claim.has("d_others", "d_others_own", "d_against") or " here" in claim.text
    earns = f" {claim.text} ".count(" earn")
    features = None if claim.has("feature") or not earns else frozenset({"income"})
    found = apart(claim, record, features)
    facts = (f"{found.path}.comparison", f"{found.path}.theirs", f"{found.path}.yours")
    if not told or len({node.value for node in claim.all("feature")}) > 1:
        return false("it is not said beside whom", *facts)
    plain = (
        claim.has("d_mine_n") and claim.has("d_their_n") and not claim.has("d_higher", "d_lower", "d_more", "d_less")
    )
    if not plain and found.entry["comparison"] != _sides(claim, theirs):
        return false("the comparison is another", *facts)
    if not _amounts(claim, found.entry):
        return false("it is another number", *facts)
    return Judged(facts=facts)


def _amounts(claim: Node, entry: Mapping[str, Any]) -> bool:
    unit = entry.get("unit")
    fine = all(is_amount(node, entry["yours"], unit) for node in claim.all("d_mine_n"))
    fine = fine and all(is_amount(node, entry["theirs"], unit) for node in claim.all("d_their_n"))
    fine = fine and gap_is(claim, entry)
    logarithm = all("logarithm" in entry["label"] for _ in [0] if " logarithmic " in f" {claim.text} ")
    return fine and logarithm


def typical_n(claim: Node, record: Record) -> Judged:
    """ "the typical income among similar applications is 52,000 EUR a year"."""
    earns = f" {claim.text} ".count(" earn")
    found = apart(claim, record, frozenset({"income"}) if earns else None)
    facts = (f"{found.path}.theirs",)
    if earns and beside(claim, record) != "compare":
        return false("it is not said that this is typical", *facts)
    (said,) = claim.all("d_their_n")
    fine = is_amount(said, found.entry["theirs"], found.entry.get("unit"))
    return Judged(facts=facts) if fine else false("it is another number", *facts)


def all_differences(claim: Node, record: Record) -> Judged:
    """ "the differences are income, missed payments and housing"."""
    known = [key for key in ("similar", "compare") if key in record]
    found = {entry["feature"] for entry in record[known[0]]["differences"]}
    named = [next(name for name in found if name in node.value) for node in claim.all("feature")]
    fine = {*named} == found and len(named) == len(found)
    return Judged(facts=(f"{known[0]}.differences",)) if fine else false("there are others", "differences")


def gap_is(claim: Node, entry: Mapping[str, Any]) -> bool:
    """Whether the two values are as far apart as is said, if it is."""
    said = claim.all("d_by_n")
    return all(is_amount(node, abs(entry["yours"] - entry["theirs"]), entry.get("unit")) for node in said)


def listed(claim: Node, record: Record) -> Judged:
    """ "they differ from you in triglycerides and guarantor"."""
    key = beside(claim, record)
    found = {entry["feature"]: entry for entry in record[key]["differences"]}
    facts = (f"{key}.differences",)
    if (claim.has("d_two") or " the two " in f" {claim.text} ") and key != "compare":
        return false("there are more than two", *facts)
    if any(not says(node, record[key]["n"]) for node in claim.all("d_n")):
        return false("there are not so many", *facts)
    named = [node for part in claim.all("d_list") for node in part.all("feature")]
    told = [next(entry for name, entry in found.items() if name in node.value) for node in named]
    if len({entry["feature"] for entry in told}) != len(told):
        raise KeyError("one is named twice")
    if claim.has("d_higher", "d_lower"):
        fine = len(told) == 1 and told[0]["comparison"] == _sides(claim) and _amounts(claim, told[0])
        return Judged(facts=facts) if fine else false("the comparison is another", *facts)
    return Judged(facts=facts) if told and not claim.has("d_against") else false("in what is not said", *facts)


JUDGES: Judges = {
    "diff_beside": compared,
    "diff_beside_theirs": compared_theirs,
    "diff_typical_n": typical_n,
    "diff_all": all_differences,
    "diff_list": listed,
}
"""By the claim each judges."""
