"""Claims about how it was explained: the method, the comparison group, what was checked, and what it does not say."""

from __future__ import annotations

from typing import Any

from assistant.narration.heard.figures import is_amount, is_count, is_points, is_share
from assistant.narration.heard.grammar import Node
from assistant.narration.heard.judged import Judged, Judges, false
from assistant.narration.heard.judges.curve import says_score
from assistant.narration.heard.names import Record

NOT_CAUSES = "describes the model, not cause and effect"


def method(claim: Node, record: Record) -> Judged:
    """ "the reasons were worked out with Tree SHAP"."""
    facts = ("model.method",)
    if not claim.has("written") or any("model.method" not in node.value for node in claim.all("written")):
        return false("the method is another", *facts)
    if why := _reference(claim, record) or _seed(claim, record) or _score(claim, record):
        return false(why, *facts)
    return Judged(facts=facts)


def _seed(claim: Node, record: Record) -> str:
    """Why a seed that is said is another, "" where it is not."""
    said = [node.parts[0].value.value for node in claim.all("how_seed")]
    return "" if all(value == record["model"]["seed"] for value in said) else "the seed is another"


def _score(claim: Node, record: Record) -> str:
    """Why a score that is said is another, "" where it is not."""
    figures = claim.all("fig")
    return "" if all(says_score(said, record["score"]["value"], record) for said in figures) else "the score is another"


def _reference(claim: Node, record: Record) -> str:
    """Why the comparison group is another, "" where it is not, or none is named."""
    if not claim.has("how_ref_n", "how_ref_rows", "how_ref_all"):
        return ""
    reference = record["reference"]
    if any(node.text != reference["of"].lower() for node in claim.all("how_ref_all")):
        return "the comparison group is another"
    if any(
        node.text.removeprefix("other ") not in ("cases", reference["of"].lower().split()[-1])
        for node in claim.all("how_ref_rows")
    ):
        return "the comparison group is another"
    if any(not is_count(node.parts[0], reference["n"]) for node in claim.all("how_ref_n")):
        return "the comparison group is of another size"
    return ""


def seeded(claim: Node, record: Record) -> Judged:
    """ "the seed is 7"."""
    why = _seed(claim, record)
    return Judged(facts=("model.seed",)) if not why else false(why, "model.seed")


def compared(claim: Node, record: Record) -> Judged:
    """ "all applications served as the reference group, 500 of them"."""
    facts = ("reference.of", "reference.n")
    why = _reference(claim, record) or _score(claim, record)
    return Judged(facts=facts) if not why else false(why, *facts)


def counted(claim: Node, record: Record) -> Judged:
    """ "the prediction is traced back to eight reasons, six of which are spelled out"."""
    facts = ("reasons_total", "reasons")
    if any("model.method" not in node.value for node in claim.all("written")):
        return false("the method is another", "model.method")
    fine = all(node.first("number") and _number(node) == record["reasons_total"] for node in claim.all("how_reasons"))
    fine = fine and all(_number(node) == len(record["reasons"]) for node in claim.all("how_told"))
    if why := _score(claim, record):
        return false(why, "score.value")
    return Judged(facts=facts) if fine else false("it is another number", *facts)


def _number(node: Node) -> float:
    number = node.first("number")
    return float(number.value.value) if number else -1.0


def starts(claim: Node, record: Record) -> Judged:
    """ "each contribution is counted from a starting point of 62 %, the score itself coming to 41"."""
    facts = ("score.base", "score.value")
    for rule, name in (("how_base", "base"), ("how_score", "value")):
        if any(not says_score(node.parts[0], record["score"][name], record) for node in claim.all(rule)):
            return false("the figure is another", *facts)
    return Judged(facts=facts)


def checked(claim: Node, record: Record) -> Judged:
    """ "calibration was checked on 1,200 cases"."""
    certainty, facts = record["certainty"], ("certainty.calibration_n", "certainty.calibration_error")
    if any(not is_count(node.parts[0], certainty["calibration_n"]) for node in claim.all("how_checked_n")):
        return false("it is another number of cases", *facts)
    fine = all(is_points(said, certainty["calibration_error"]) for said in claim.all("fig_points"))
    return Judged(facts=facts) if fine else false("the error is another", *facts)


def ranged(claim: Node, record: Record) -> Judged:
    """ "the 90 % range runs from about 112 to about 300"."""
    interval, score = record["score"]["interval"], record["score"]
    facts = ("score.interval.low", "score.interval.high", "score.interval.level")
    if any(not is_share(node, interval["level"]) for node in claim.all("how_level")):
        return false("the level is another", *facts)
    for rule, name in (("how_low", "low"), ("how_high", "high")):
        for node in claim.all(rule):
            said, fact = node.parts[0], interval[name]
            probability = score["unit"] == "probability"
            if not (says_score(said, fact, record) if probability else is_amount(said, fact, score["unit"])):
                return false("the range is another", *facts)
    if any(not is_share(node.parts[0], interval["coverage"]) for node in claim.all("how_coverage")):
        return false("the coverage is another", "score.interval.coverage")
    if any(not is_count(node.parts[0], interval["n"]) for node in claim.all("how_covered_n")):
        return false("it is another number of cases", "score.interval.n")
    return Judged(facts=facts)


def bundled(claim: Node, record: Record) -> Judged:
    """ "credit card utilisation and existing debt are bundled into a single reason called debt, one of nine in all"."""
    named = [node.value for node in claim.all("feature")]
    if " are " not in f" {claim.text} ":
        named = [*named[1:], named[0]]
    for i, reason in enumerate(record["reasons"]):
        members = {member["feature"] for member in reason.get("members") or ()}
        facts = (f"reasons[{i}].members", "reasons_total")
        told = [next(iter(names & members), "") for names in named[:2]]
        if len(members) == 2 and set(told) == members and all(reason["feature"] in names for names in named[2:]):
            fine = all(_number(node) == record["reasons_total"] for node in claim.all("how_total"))
            return Judged(facts=facts) if fine else false("it is another number", *facts)
    return false("they are no such group", "reasons")


def not_causes(_: Node, record: Record) -> Judged:
    """ "this describes the model, not cause and effect"."""
    if NOT_CAUSES not in record["limits"]:
        return false("this limit is not told", "limits")
    return Judged(facts=(f"limits[{record['limits'].index(NOT_CAUSES)}]",))


def unknown(_: Node, record: Record) -> Judged:
    """ "what the model was not told, it could not weigh": so of every model."""
    name: Any = record["model"]
    return Judged(facts=("model",)) if name else false("no model is told of", "model")


JUDGES: Judges = {
    "how_method": method,
    "how_seeded": seeded,
    "how_compared": compared,
    "how_counted": counted,
    "how_starts": starts,
    "how_checked": checked,
    "how_ranged": ranged,
    "how_bundled": bundled,
    "lim_causal": not_causes,
    "lim_unknown": unknown,
}
"""By the claim each judges."""
