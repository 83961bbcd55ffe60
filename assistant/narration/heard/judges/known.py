"""Claims about what is known of a case, where it comes from, whether the model is given it, and what a term means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.narration.heard.grammar import Node
from assistant.narration.heard.held import is_amount
from assistant.narration.heard.judged import Judged, Judges, all_parts, false
from assistant.narration.heard.names import Record
from assistant.narration.heard.spelling import stemmed

ONE = ("all", "each", "every")


def entry(record: Record, feature: Node) -> tuple[str, Mapping[str, Any]]:
    """What is known of a feature. KeyError where nothing is said of it."""
    for i, found in enumerate(record["known"]):
        if found["feature"] in feature.value:
            return f"known[{i}]", found
    raise KeyError("not among what is known")


def _things(claim: Node) -> Iterator[Node]:
    """The parts that name a feature, with the value they give it."""
    rules = ("k_thing", "k_recorded", "k_figure")
    yield from (node for node in all_parts(claim) if node.rule in rules)


def _is(said: Node, found: Mapping[str, Any]) -> bool:
    """Whether the value that a part gives a feature, if any, is the one known."""
    value = found["value"]
    for node in said.all("k_n"):
        if word := node.first("category"):
            if not isinstance(value, str) or stemmed(str(word.value).lower()) != stemmed(value.lower()):
                return False
        elif not is_amount(node, value, found.get("unit")):
            return False
    return True


def _known(claim: Node, record: Record) -> list[tuple[str, Mapping[str, Any], Node]]:
    """All that a claim names, each with its part. KeyError where a value is another."""
    found = []
    for said in _things(claim):
        for feature in said.all("feature"):
            path, known = entry(record, feature)
            if not _is(said, known):
                raise KeyError("another value")
            found.append((path, known, said))
    if not found:
        raise KeyError("nothing is named")
    return found


def source(claim: Node, record: Record) -> Judged:
    """ "your income of 41,000 EUR a year comes from pay slips"."""
    found = _known(claim, record)
    facts = tuple(f"{path}.source" for path, _, _ in found)
    sources = [node.text for node in claim.all("source")]
    if claim.has("k_used") and not all(known["used"] for _, known, _ in found):
        return false("the model is not given it", *facts)
    for node in (node for node in claim.parts if node.rule == "k_n"):
        if not all(_is(Node(rule="k_thing", text=node.text, parts=(node,)), known) for _, known, _ in found):
            return false("the value is another", *facts)
    for _, known, said in found:
        last = len(sources) == 2 and said.rule == "k_figure" and said in claim.parts
        wanted = sources[-1] if last else sources[0]
        if _source(known, record) != wanted:
            return false("it comes from somewhere else", *facts)
    return Judged(facts=facts)


def _source(known: Mapping[str, Any], record: Record) -> str:
    """Where a fact comes from, as it says itself or as its definition does; "" where neither does."""
    found = record.get("definition", {})
    defined = found.get("source", "") if found.get("term") == known["feature"] else ""
    return str(known.get("source", defined)).lower()


def term_source(claim: Node, record: Record) -> Judged:
    """ "it is taken from pay slips"."""
    found = record["definition"]
    (said,) = claim.all("source")
    fine = found["about"] == "feature" and str(found["source"]).lower() == said.text
    return Judged(facts=("definition.source",)) if fine else false("it comes from somewhere else", "definition.source")


def used(claim: Node, record: Record) -> Judged:
    """ "the model does make use of your income"."""
    found = _known(claim, record)
    facts = tuple(f"{path}.used" for path, _, _ in found)
    if any(str(known.get("source", "")).lower() != node.text for _, known, _ in found for node in claim.all("source")):
        return false("it comes from somewhere else", *facts)
    return Judged(facts=facts) if all(known["used"] for _, known, _ in found) else false("it is not used", *facts)


def not_used(claim: Node, record: Record) -> Judged:
    """ "the model does not use your sex"."""
    found = _known(claim, record)
    facts = tuple(f"{path}.used" for path, _, _ in found)
    return Judged(facts=facts) if not any(known["used"] for _, known, _ in found) else false("it is used", *facts)


def missing(claim: Node, record: Record) -> Judged:
    """ "the length of your credit history is not known"."""
    whole = claim if claim.has("k_thing", "k_figure", "k_recorded") else None
    if whole is None:
        path, known = entry(record, next(iter(claim.all("feature"))))
        if not known["label"].startswith("length of"):
            raise KeyError("it is no length")
        found = [(path, known)]
    else:
        found = [(path, known) for path, known, _ in _known(claim, record)]
    facts = tuple(f"{path}.value" for path, _ in found)
    fine = all(known["value"] is None for _, known in found)
    would = claim.has("k_it_would_use") or " would use " in claim.text
    fine = fine and (not would or all(known["used"] for _, known in found))
    return Judged(facts=facts) if fine else false("it is known", *facts)


def filed(claim: Node, record: Record) -> Judged:
    """ "your sex is on file, but the model does not use it"."""
    if verb := claim.first("category_verb"):
        i, known = next((i, k) for i, k in enumerate(record["known"]) if k["value"] == verb.value)
        found = [(f"known[{i}]", known)]
    elif claim.text.startswith("you earn "):
        i, known = next((i, k) for i, k in enumerate(record["known"]) if k["label"] == "income")
        if not _is(claim, known):
            raise KeyError("another value")
        found = [(f"known[{i}]", known)]
    else:
        found = [(path, known) for path, known, _ in _known(claim, record)]
    facts = tuple(f"{path}.value" for path, _ in found)
    if any(known["value"] is None for _, known in found):
        return false("it is not known", *facts)
    direct = [node for node in claim.parts if node.rule == "category"]
    for node in direct:
        if any(str(node.value).lower() != str(known["value"]).lower() for _, known in found):
            return false("it is recorded otherwise", *facts)
    why = _use(claim, [known for _, known in found])
    return false(why, *facts) if why else Judged(facts=facts)


def _use(claim: Node, found: list[Mapping[str, Any]]) -> str:
    if claim.has("k_it_used") and not all(known["used"] for known in found):
        return "the model is not given it"
    if claim.has("k_knows") and not all(known["used"] for known in found):
        return "the model is not given it"
    if claim.has("k_it_not_used", "k_but_unused") and any(known["used"] for known in found):
        return "the model is given it"
    return ""


def only(claim: Node, record: Record) -> Judged:
    """ "what is known about you is an income of 41,000 EUR a year"."""
    found = _known(claim, record)
    annual = " annual " not in claim.text or str(found[0][1].get("unit", "")).endswith("/year")
    fine = record["kind"] == "known" and len(record["known"]) == len(found) == 1 and annual
    return Judged(facts=("known",)) if fine else false("more is known", "known")


def own_used(claim: Node, record: Record) -> Judged:
    """ "your own income is 41,000 EUR a year, and the model uses it"."""
    ((path, known, _),) = _known(claim, record)
    facts = (f"{path}.value", f"{path}.used")
    said = [node for node in claim.parts if node.rule == "k_n"]
    for node in said:
        whole = Node(rule="k_thing", text=node.text, parts=(node,))
        if not _is(whole, known):
            return false("the value is another", *facts)
    why = _use(claim, [known])
    return false(why, *facts) if why else Judged(facts=facts)


def same(claim: Node, record: Record) -> Judged:
    """ "mean radius and worst radius have the same value"."""
    first, second = _known(claim, record)
    facts = (f"{first[0]}.value", f"{second[0]}.value")
    alike = first[0] != second[0] and first[1].get("unit") == second[1].get("unit")
    fine = alike and first[1]["value"] is not None and first[1]["value"] == second[1]["value"]
    return Judged(facts=facts) if fine else false("they differ", *facts)


def all_used(claim: Node, record: Record) -> Judged:
    """ "all of the measurements shown are used by the model"."""
    if record["kind"] != "known":
        raise KeyError("not all is told")
    known, text = record["known"], f" {claim.text} "
    if any(node.parts[0].value.value != len(known) for node in claim.all("k_n_of")):
        return false("there are not so many", "known")
    if " measurements " in text and any(isinstance(found["value"], str) for found in known):
        return false("not all are measured", "known")
    if " known " in text and any(found["value"] is None for found in known):
        return false("not all are known", "known")
    unused = [found["feature"] for found in known if not found["used"]]
    if but := claim.first("k_but_one") or claim.first("k_except"):
        named = next(iter(but.all("feature")))
        fine = len(unused) == 1 and unused[0] in named.value
    else:
        told = claim.has("k_all", "k_each") or " each of them " in text
        fine = not told or not unused
    return Judged(facts=("known",)) if fine else false("not all are used", "known")


def means(claim: Node, record: Record) -> Judged:
    """ "income means yearly income before tax"."""
    fine = _term(claim, record)
    return Judged(facts=("definition.text",)) if fine else false("it is another term", "definition.term")


def _term(claim: Node, record: Record) -> bool:
    feature, found = claim.first("feature"), record["definition"]
    return found["about"] == "feature" and feature is not None and found["term"] in feature.value


def unit(claim: Node, record: Record) -> Judged:
    """ "income is given in EUR per year and is taken from pay slips"."""
    found, facts = record["definition"], ("definition.unit", "definition.source", "definition.step")
    if not _term(claim, record):
        return false("it is another term", *facts)
    fine = all(node.value == found["unit"] for node in claim.all("unit"))
    fine = fine and all(node.text == str(found["source"]).lower() for node in claim.all("source"))
    for node in claim.all("quantity"):
        whole = found["unit"].partition("/")[0]
        fine = fine and node.value.unit in ("", whole, found["unit"]) and node.value.says(found["step"])
    return Judged(facts=facts) if fine else false("it is given otherwise", *facts)


def span(claim: Node, record: Record) -> Judged:
    """ "the range given for income goes up to 500,000 EUR a year"."""
    found, facts = record["definition"], ("definition.low", "definition.high")
    if not _term(claim, record) and (claim.has("feature") or found["about"] != "feature"):
        return false("it is another term", *facts)
    unit_ = found.get("unit")
    fine = all(is_amount(node, found["high"], unit_) for node in claim.all("d_high_n"))
    fine = fine and all(is_amount(node, found["low"], unit_) for node in claim.all("d_low_n"))
    return Judged(facts=facts) if fine else false("the range is another", *facts)


def term_unknown(_: Node, record: Record) -> Judged:
    """ "it is unknown what term was meant"."""
    facts = ("definition.about",)
    fine = record["definition"]["about"] == "unknown"
    return Judged(facts=facts) if fine else false("it is known", *facts)


JUDGES: Judges = {
    "known_source": source,
    "known_used": used,
    "known_not_used": not_used,
    "known_missing": missing,
    "known_filed": filed,
    "known_only": only,
    "known_own_used": own_used,
    "known_same": same,
    "known_all": all_used,
    "term_source": term_source,
    "means": means,
    "term_unit": unit,
    "term_range": span,
    "term_unknown": term_unknown,
}
"""By the claim each judges."""
