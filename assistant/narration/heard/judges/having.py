"""Claims about what a case has and what those beside it have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.narration.heard.grammar import Node
from assistant.narration.heard.held import feature_of, held, is_amount
from assistant.narration.heard.judged import Judged, Judges, false
from assistant.narration.heard.judges.compare import Apart, apart, beside, gap_is
from assistant.narration.heard.judges.population import came_of
from assistant.narration.heard.names import Record


def mine(claim: Node, record: Record) -> Judged:
    """ "unlike the similar cases, this one has no guarantor"."""
    (said,) = claim.all("h_held")
    if " neighbours " in claim.text and "similar" not in record:
        raise KeyError("other cases")
    if "known" in record and not claim.has("d_others"):
        return _known(said, record)
    found = apart(claim, record, feature_of(said))
    facts = (f"{found.path}.yours", f"{found.path}.theirs")
    if not held(said, found.entry, found.entry["yours"]):
        return false("the case has something else", *facts)
    if claim.has("d_others") and held(said, found.entry, found.entry["theirs"]):
        return false("the others have it too", *facts)
    return Judged(facts=facts)


def several(claim: Node, record: Record) -> Judged:
    """ "you rent your home, earn 41,000 EUR a year and have no guarantor"."""
    facts: list[str] = []
    for said in claim.all("h_more"):
        if said.text.startswith("earn"):
            path, entry, value = _mine(record, frozenset({"income"}), None)
            fine = is_amount(said, value, entry.get("unit"))
        else:
            verb = said.first("category_verb")
            path, entry, value = _mine(record, feature_of(said), str(verb.value) if verb else None)
            fine = held(said, entry, value)
            fine = fine and not (claim.has("d_others") and held(said, entry, entry["theirs"]))
        facts.append(path)
        if not fine:
            return false("the case has something else", *facts)
    if claim.has("d_others"):
        beside(claim, record)
    return Judged(facts=tuple(facts))


def _mine(record: Record, named: frozenset[str] | None, word: str | None) -> tuple[str, Mapping[str, Any], Any]:
    """What the case has of a feature, or what is this word. KeyError where that is not known."""
    keys = [key for key in ("similar", "compare") if key in record]
    lists = [(f"{key}.differences", "yours", record[key]["differences"]) for key in keys]
    lists += [("known", "value", record["known"])] if "known" in record else []
    for path, key, entries in lists:
        for i, entry in enumerate(entries):
            if entry["feature"] in (named or ()) or (named is None and entry[key] == word):
                return f"{path}[{i}].{key}", entry, entry[key]
    raise KeyError("not known")


def _known(said: Node, record: Record) -> Judged:
    """Of what is known of a case."""
    named, verb = feature_of(said), said.first("category_verb")
    for i, entry in enumerate(record["known"]):
        if entry["feature"] in (named or ()) or (named is None and verb and entry["value"] == verb.value):
            fine = held(said, entry, entry["value"])
            path = f"known[{i}].value"
            return Judged(facts=(path,)) if fine else false("the case has something else", path)
    raise KeyError("not known")


def theirs(claim: Node, record: Record) -> Judged:
    """ "typically, approved cases have a guarantor, and yours does not"."""
    if not (said := claim.first("h_held")):
        found = apart(claim, record)
        fine = found.entry.get("kind") == "flag" and found.entry["theirs"] == "yes"
        absent = " absent " not in claim.text or found.entry["yours"] == "no"
        return Judged(facts=(found.path,)) if fine and absent else false("it is not typical", found.path)
    if claim.has("d_most") and not _most(claim, record):
        raise KeyError("that is not known of most")
    if " it is usual to have one" in claim.text:
        return _usual(said, claim, record)
    found = apart(claim, record, feature_of(said))
    facts = (f"{found.path}.theirs", f"{found.path}.yours")
    if found.path.startswith("typical.") and not (
        claim.has("d_most") or claim.has("d_usually") or " typical" in f" {claim.text}"
    ):
        return false("it is not said that this is typical", *facts)
    if not held(said, found.entry, found.entry["theirs"]):
        return false("the others have something else", *facts)
    if (claim.has("h_not", "h_rest_not") or " unlike " in claim.text) and held(said, found.entry, found.entry["yours"]):
        return false("the case has it too", *facts)
    if (mine_ := claim.first("h_count") or claim.first("h_mine_n")) and not is_amount(
        mine_, found.entry["yours"], found.entry.get("unit")
    ):
        return false("the case has something else", *facts)
    return Judged(facts=facts)


def _most(claim: Node, record: Record) -> bool:
    """Whether a text speaks of most of the others, and of a flag: its more frequent value is that of most."""
    most = claim.first("d_most")
    named = came_of(most) if most else ()
    found = apart(claim, record, feature_of(claim))
    if found.entry.get("kind") != "flag":
        return False
    return "typical" in record and named == (record["typical"]["outcome"],) if named else "similar" in record


def pair(claim: Node, record: Record) -> Judged:
    """ "where similar applicants own their home, you rent"."""
    (theirs_,) = claim.all("h_theirs")
    (mine_,) = (part for part in claim.parts if part.rule == "h_held")
    their = next(iter(theirs_.all("h_held")))
    first = apart(claim, record, feature_of(their)) if feature_of(their) else _of_word(claim, record, their)
    second = apart(claim, record, feature_of(mine_)) if feature_of(mine_) else _of_word(claim, record, mine_)
    facts = (f"{first.path}.theirs", f"{second.path}.yours")
    fine = held(their, first.entry, first.entry["theirs"]) and held(mine_, second.entry, second.entry["yours"])
    return Judged(facts=facts) if fine else false("one of them has something else", *facts)


def _of_word(claim: Node, record: Record, said: Node) -> Apart:
    """The difference in which one of the two is this word."""
    key = beside(claim, record)
    word = next(iter(said.all("category_verb"))).value
    for i, entry in enumerate(record[key]["differences"]):
        if word in (entry["theirs"], entry["yours"]):
            return Apart(path=f"{key}.differences[{i}]", entry=entry)
    raise KeyError("no such value")


def both(claim: Node, record: Record) -> Judged:
    """ "a typical approved case has an income of 52,000 EUR a year and no missed payments"."""
    key = beside(claim, record)
    if key == "typical" and not (claim.has("d_usually") or " typical" in f" {claim.text}"):
        return false("it is not said that this is typical", key)
    facts: list[str] = []
    for said in (part for part in claim.parts if part.rule in ("h_held", "h_any")):
        found = apart(claim, record, feature_of(said)) if feature_of(said) else _of_word(claim, record, said)
        facts.append(f"{found.path}.theirs")
        if not held(said, found.entry, found.entry["theirs"]):
            return false("the others have something else", *facts)
    return Judged(facts=tuple(facts))


def mirrored(claim: Node, record: Record) -> Judged:
    """ "you have two missed payments, while similar applications have none"."""
    (said,) = claim.all("h_held")
    found = apart(claim, record, feature_of(said))
    facts = (f"{found.path}.yours", f"{found.path}.theirs")
    if not held(said, found.entry, found.entry["yours"]):
        return false("the case has something else", *facts)
    if their := claim.first("h_their_n"):
        fine = is_amount(their, found.entry["theirs"], found.entry.get("unit"))
    elif " none" in claim.text:
        fine = found.entry["theirs"] == "no" or (found.entry["theirs"] == 0 and found.entry.get("unit") == "count")
    else:
        fine = not held(said, found.entry, found.entry["theirs"])
    return Judged(facts=facts) if fine else false("the others have something else", *facts)


def unlike(claim: Node, record: Record) -> Judged:
    """ "the other applicant earns 11,000 EUR a year more and, unlike you, has no missed payments"."""
    income = apart(claim, record, frozenset({"income"})).entry
    (said,) = claim.all("h_held")
    found = apart(claim, record, feature_of(said))
    facts = (f"{found.path}.theirs", f"{found.path}.yours")
    if income["comparison"] != ("lower" if claim.has("d_more") else "higher") or not gap_is(claim, income):
        return false("the income compares otherwise", *facts)
    fine = held(said, found.entry, found.entry["theirs"])
    if " unlike " in claim.text:
        fine = fine and not held(said, found.entry, found.entry["yours"])
    if count := claim.first("h_count"):
        fine = fine and is_amount(count, found.entry["yours"], found.entry.get("unit"))
    return Judged(facts=facts) if fine else false("one of them has something else", *facts)


def _usual(said: Node, claim: Node, record: Record) -> Judged:
    """ "this patient has no guarantor, whereas among the similar ones it is usual to have one"."""
    found = apart(claim, record, feature_of(said))
    facts = (f"{found.path}.theirs", f"{found.path}.yours")
    fine = found.entry.get("kind") == "flag" and (found.entry["yours"], found.entry["theirs"]) == ("no", "yes")
    return Judged(facts=facts) if fine and held(said, found.entry, "no") else false("it is not so", *facts)


JUDGES: Judges = {
    "diff_mine": mine,
    "diff_several": several,
    "diff_pair": pair,
    "diff_both": both,
    "diff_mirror": mirrored,
    "diff_unlike": unlike,
    "diff_theirs": theirs,
}
"""By the claim each judges."""
