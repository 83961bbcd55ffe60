"""Claims about how the score moves with one feature: the shape of the curve, and where the case stands on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.narration.heard.figures import is_count, is_share
from assistant.narration.heard.grammar import Node
from assistant.narration.heard.judged import Facts, Judged, Judges, false, is_value
from assistant.narration.heard.judges.curve import (
    crosses,
    effect_of,
    ends,
    flags,
    higher_and_lower,
    lies_between,
    point_at,
    runs,
    stays_below,
)
from assistant.narration.heard.names import Record

SIGNS = {"rises": 1, "falls": -1}


def direction(claim: Node, record: Record) -> Judged:
    """ "the higher the income, the higher the score"."""
    found = effect_of(claim, record)
    facts: Facts = ("effect.shape",)
    if claim.has("eff_earns") and (found["label"] != "income" or " less " in claim.text.split(" earn")[0]):
        return false("it is another feature", *facts)
    if found["kind"] != "number" or found["shape"] not in SIGNS:
        return false("it goes no one way", *facts)
    moved, answered = _moves(claim)
    goal, facts = _goal(claim, found, record)
    if not moved or not answered or SIGNS[found["shape"]] * goal != moved * answered:
        return false("it goes the other way", *facts)
    if any(not is_count(node.parts[0], found["n"]) for node in claim.all("eff_count")):
        return false("it is another number of cases", "effect.n")
    if claim.has("eff_each"):
        return runs(claim, record)
    return Judged(facts=facts)


def _moves(claim: Node) -> tuple[int, int]:
    """Which way the feature is moved, and which way the score is said to answer."""
    feature = [1 if node.has("eff_up") else -1 for node in claim.all("eff_more")]
    words = [1 if node.has("eff_grows") else -1 for node in claim.all("eff_moves_word")]
    answers = {"eff_better": 1, "eff_worse": -1, "eff_helps": 1, "eff_hurts": -1, "eff_rising": 1, "eff_falling": -1}
    said = [sign for rule, sign in answers.items() if claim.has(rule)]
    said += [1 if node.text == "more" else -1 for node in claim.all("eff_likely")]
    said += [1 if node.parts[0].has("eff_grows") else -1 for node in claim.all("eff_moves_too")]
    own = [1 if n.has("eff_grows") else -1 for n in claim.parts if n.rule == "eff_moves_word"]
    if " so does " in f" {claim.text} ":
        said += own
    moved = feature or own or ([1] if words or claim.has("eff_rising", "eff_falling", "eff_earns") else [])
    return (moved[0], said[0]) if len(moved) == 1 == len(said) else (0, 0)


def _goal(claim: Node, found: Mapping[str, Any], record: Record) -> tuple[int, Facts]:
    """+1 where what is said to gain is what the score is of, -1 where it is the other outcome."""
    if claim.has("eff_whom"):
        sign = {"for": 1, "against": -1}.get(found["direction"], 0)
        return sign * SIGNS[found["shape"]], ("effect.shape", "effect.direction")
    named = [node.value for node in claim.all("outcome")]
    facts = ("effect.shape", "effect.of")
    if all(name == found["of"] for name in named):
        return 1, facts
    outcome = record["outcome"]
    if len(named) == 1 and {named[0], found["of"]} == {outcome["name"], *outcome["alternatives"]}:
        return -1, facts
    raise KeyError("not an outcome that the score is about")


def shaped(claim: Node, record: Record) -> Judged:
    """ "the effect of income on the score is mixed"."""
    found, facts = effect_of(claim, record), ("effect.shape",)
    text = f" {claim.text} "
    if claim.has("eff_mixed") or " no clear pattern " in text:
        wanted: tuple[str, ...] = ("mixed",)
    elif claim.has("eff_flat") or " flat " in text or " neither rising nor falling" in text:
        wanted = ("flat",)
    elif " peak" in text or " hill " in text:
        wanted = ("peak",)
    elif " dip" in text or " valley " in text:
        wanted = ("dip",)
    elif claim.has("eff_rising", "eff_grows"):
        wanted = ("rises",)
    elif claim.has("eff_falling", "eff_shrinks"):
        wanted = ("falls",)
    else:
        wanted = ("mixed", "flat", "peak", "dip")
    if any(node.value != found["of"] for node in claim.all("outcome")):
        return false("the score is not about that", "effect.of")
    return Judged(facts=facts) if found["shape"] in wanted else false("the shape is another", *facts)


def humped(claim: Node, record: Record) -> Judged:
    """ "the estimate rises up to the peak and falls after it"."""
    found, facts = effect_of(claim, record), ("effect.shape", "effect.turn")
    wanted = "peak" if claim.has("eff_hill") else "dip"
    if found["shape"] != wanted or any(node.value != found["of"] for node in claim.all("outcome")):
        return false("the shape is another", *facts)
    fine = all(is_value(node, found["turn"], found.get("unit")) for node in claim.all("amount"))
    return Judged(facts=facts) if fine else false("it turns elsewhere", *facts)


def steep(claim: Node, record: Record) -> Judged:
    """ "the rise is steepest between 12,000 and 36,000 EUR a year"."""
    found, facts = effect_of(claim, record), ("effect.steep",)
    low, high = found["steep"]
    first, second = claim.all("eff_from")[0].parts[0], claim.all("eff_to")[0].parts[0]
    unit = found.get("unit")
    if not (is_value(first, low, unit) and is_value(second, high, unit)):
        return false("it is steep elsewhere", *facts)
    text = f" {claim.text.split(' between ')[0]} "
    up = claim.has("eff_rise") or any(f" {w} " in text for w in ("rises", "climbs", "grows"))
    down = claim.has("eff_fall") or any(f" {w} " in text for w in ("falls", "drops", "sinks"))
    if (up and found["shape"] != "rises") or (down and found["shape"] != "falls"):
        return false("it goes the other way", "effect.shape")
    if any(node.value != found["of"] for node in claim.all("outcome")):
        return false("the score is not about that", "effect.of")
    return _stands(claim, found, "above" if claim.has("eff_left") else "", facts)


def yours_steep(claim: Node, record: Record) -> Judged:
    """ "your income is above the part where the curve is steepest"."""
    found = effect_of(claim, record)
    told = next((w for w in ("above", "below", "inside") if claim.has(f"eff_{w}")), "above")
    text = f" {claim.text} "
    if any(w in text for w in (" rises ", " rise ", " climbs ")) and found["shape"] != "rises":
        return false("it goes the other way", "effect.shape")
    if any(w in text for w in (" falls most ", " fall ")) and found["shape"] != "falls":
        return false("it goes the other way", "effect.shape")
    return _stands(claim, found, told, ("effect.yours_at", "effect.steep"))


def _stands(claim: Node, found: Mapping[str, Any], told: str, facts: Facts) -> Judged:
    """Whether the value of the case, where it is said, is its own, and lies where it is said to lie."""
    said = [amount for node in claim.all("eff_mine") for amount in node.all("amount")]
    if any(not is_value(amount, found["yours"], found.get("unit")) for amount in said):
        return false("the value is another", "effect.yours")
    fine = not told or found["yours_at"] == told
    return Judged(facts=facts) if fine else false("it lies elsewhere", *facts)


def yours(claim: Node, record: Record) -> Judged:
    """ "in this case the mean radius is 17.99, which is past the peak"."""
    found, facts = effect_of(claim, record), ("effect.yours", "effect.turn")
    if any(not is_value(amount, found["yours"], found.get("unit")) for amount in claim.all("amount")):
        return false("the value is another", *facts)
    if claim.has("eff_turn"):
        text = f" {claim.text} "
        wanted = ("peak", "dip") if " turning point" in text else ("peak",) if claim.has("eff_turning") else ("dip",)
        past = claim.has("eff_after")
        fine = found["shape"] in wanted and found["yours"] != found["turn"] and past == (found["yours"] > found["turn"])
        return Judged(facts=facts) if fine else false("it lies elsewhere", *facts)
    return Judged(facts=facts)


def beside(name: str) -> Any:
    """ "when the income changes, the debt-to-income ratio moves with it"."""

    def judged(claim: Node, record: Record) -> Judged:
        found, facts = record["effect"], ("effect.feature", f"effect.{name}")
        others = [node for other in claim.all("eff_other") for node in other.all("feature")]
        own = [node for node in claim.all("feature") if node not in others]
        fine = all(found["feature"] in node.value for node in own) and bool(others)
        fine = fine and all(node.value & set(found[name]) for node in others)
        return Judged(facts=facts) if fine else false("it is not so", *facts)

    return judged


def none(claim: Node, record: Record) -> Judged:
    """ "age has no effect on the score": the model is not given it."""
    found, facts = effect_of(claim, record), ("effect.used",)
    fine = found["used"] is False and all(node.value in _outcomes(record) for node in claim.all("outcome"))
    return Judged(facts=facts) if fine else false("the model is given it", *facts)


def _outcomes(record: Record) -> set[str]:
    outcome = record.get("outcome") or {"name": record["effect"]["of"], "alternatives": ()}
    return {outcome["name"], *outcome["alternatives"], record["effect"]["of"]}


def hardly(claim: Node, record: Record) -> Judged:
    """ "taken alone, income makes hardly any difference to the score"."""
    found, facts = effect_of(claim, record), ("effect.shape",)
    fine = found["shape"] == "flat" and all(node.value in _outcomes(record) for node in claim.all("outcome"))
    return Judged(facts=facts) if fine else false("it makes a difference", *facts)


def _known(claim: Node, record: Record, wanted: bool) -> Judged:
    """Whether what is known of the case is used."""
    known = [(i, k) for i, k in enumerate(record["known"]) if k["feature"] in claim.all("feature")[0].value]
    facts = tuple(f"known[{i}].used" for i, _ in known)
    fine = known and "direction" not in claim.text and all(k["used"] is wanted for _, k in known)
    return Judged(facts=facts) if fine else false("it is not so", *facts)


def used(wanted: bool) -> Any:
    """ "age is not used by the model"."""

    def judged(claim: Node, record: Record) -> Judged:
        if "effect" not in record:
            return _known(claim, record, wanted)
        found, facts = effect_of(claim, record), ("effect.used",)
        if " no clear direction" in claim.text and found["shape"] not in ("mixed", "flat", "peak", "dip"):
            return false("it has a direction", "effect.shape")
        return Judged(facts=facts) if found["used"] is wanted else false("it is not so", *facts)

    return judged


def agree(claim: Node, record: Record) -> Judged:
    """ "in 93 % of the cases the curves for income agree"."""
    found, facts = effect_of(claim, record), ("effect.agree",)
    if any(node.value != found["of"] for node in claim.all("outcome")):
        return false("the score is not about that", "effect.of")
    if any(not is_count(node.parts[0], found["n"]) for node in claim.all("eff_count")):
        return false("it is another number of cases", "effect.n")
    share, text = found["agree"], f" {claim.text} "
    fine = all(is_share(said, share) for said in claim.all("fig"))
    fine = fine and (not text.startswith(" most ") or share > 0.5) and (not text.startswith(" all ") or share == 1)
    fine = fine and (" far from unanimous " not in text or share < 0.75)
    return Judged(facts=facts) if fine else false("the share is another", *facts)


def rows(claim: Node, record: Record) -> Judged:
    """ "the curve was traced over 200 cases"."""
    found, facts = effect_of(claim, record), ("effect.n",)
    for word, shape in (("rise", "rises"), ("fall", "falls")):
        if f" {word} " in f" {claim.text} " and found["shape"] != shape:
            return false("the shape is another", "effect.shape")
    fine = found["n"] > 0 and all(is_count(node.parts[0], found["n"]) for node in claim.all("eff_count"))
    return Judged(facts=facts) if fine else false("it is another number of cases", *facts)


def sparse(_: Node, record: Record) -> Judged:
    """ "the model has seen few cases near some of these values"."""
    fine = record["effect"]["sparse"] is True
    return Judged(facts=("effect.sparse",)) if fine else false("it has seen enough", "effect.sparse")


def slight(claim: Node, record: Record) -> Judged:
    """ "the effect of income is small" beside how far apart scores lie."""
    found, facts = effect_of(claim, record), ("effect.slight",)
    fine = found["slight"] is True and all(node.value == found["of"] for node in claim.all("outcome"))
    return Judged(facts=facts) if fine else false("it is not known to be small", *facts)


JUDGES: Judges = {
    "eff_slight": slight,
    "eff_flags": flags,
    "eff_direction": direction,
    "eff_runs": runs,
    "eff_point": point_at,
    "eff_beside": higher_and_lower,
    "eff_both_below": stays_below,
    "eff_extreme": ends,
    "eff_shaped": shaped,
    "eff_humped": humped,
    "eff_steep": steep,
    "eff_yours_steep": yours_steep,
    "eff_yours": yours,
    "eff_moving": beside("moves"),
    "eff_together": beside("companions"),
    "eff_none": none,
    "eff_hardly": hardly,
    "eff_unused": used(wanted=False),
    "eff_used": used(wanted=True),
    "eff_agree": agree,
    "eff_rows": rows,
    "eff_cross": crosses,
    "eff_sits": lies_between,
    "eff_sparse": sparse,
}
"""By the claim each judges."""
