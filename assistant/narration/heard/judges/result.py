"""Claims about what came out: the outcome, the scores of outcomes, and whether a rule decided."""

from __future__ import annotations

from dataclasses import replace

from assistant.narration.heard.grammar import Node
from assistant.narration.heard.judged import Judged, Judges, all_parts, false, is_score, named
from assistant.narration.heard.judges.standing import before, is_gap, own
from assistant.narration.heard.names import Record

LESS = {"lower", "smaller", "less"}


def outcome(claim: Node, record: Record) -> Judged:
    """ "the application was declined"."""
    facts, near = ("outcome.name",), record.get("certainty", {}).get("band")
    if (claim.has("cut_far") and near != "clear") or (claim.has("cut_near") and near != "close"):
        return false("it is nearer or further", "certainty.band")
    return Judged(facts=facts) if named(claim) == record["outcome"]["name"] else false("the outcome is another", *facts)


def outcome_not(claim: Node, record: Record) -> Judged:
    """ "the application was not approved", "it was declined, not approved"."""
    facts, names = ("outcome.name",), [node.value for node in _outcomes(claim)]
    fine = names[-1] in record["outcome"]["alternatives"]
    fine = fine and (len(names) == 1 or names[0] == record["outcome"]["name"])
    return Judged(facts=facts) if fine else false("this is the outcome", *facts)


def _outcomes(claim: Node) -> list[Node]:
    return [part for part in all_parts(claim) if part.rule == "outcome"]


def score(claim: Node, record: Record) -> Judged:
    """ "the chance of approval was 41 %"."""
    said = own(claim)
    if claim.rule == "score_too" and claim.text.startswith("at ") and not said.has("score"):
        return false("no score is spoken of")
    told = before(claim)
    if told and claim.rule == "probability_of_it":
        said = replace(said, parts=(*said.parts, *_outcomes(told)[-1:])) if told.rule == "is_outcome" else said
    of = next((str(node.value) for node in _outcomes(said)), record["score"]["of"])
    if told and told.rule == "what_if":
        after = record["what_if"]["after"] if of == record["score"]["of"] else None
        fine = after is not None and is_score(said.all("chance")[0], after, record)
        return Judged(facts=("what_if.after",)) if fine else false("the score after it is another", "what_if.after")
    chance = said.first("chance") or said
    if "scores" in record:
        value, path = record["scores"][of], f"scores.{of}"
    elif of == record["score"]["of"]:
        value, path = record["score"]["value"], "score.value"
    else:
        raise KeyError("no score of it")
    return Judged(facts=(path,)) if is_score(chance, value, record) else false("the score is another", path)


def likeliest(claim: Node, record: Record) -> Judged:
    """ "of the two outcomes refusal is the likelier"."""
    scores, name = record["scores"], named(claim)
    counts = {"two": 2, "three": 3, "four": 4}
    said = {counts[word] for word in claim.text.split() if word in counts}
    fine = scores[name] == max(scores.values()) and said <= {len(scores)}
    fine = fine and all(is_score(node, scores[name], record) for node in claim.all("chance"))
    return Judged(facts=("scores",)) if fine else false("another is likelier", "scores")


def likelier(claim: Node, record: Record) -> Judged:
    """ "the score for declined is higher than the score for approved"."""
    first, second = (str(node.value) for node in _outcomes(claim))
    facts = (f"scores.{first}", f"scores.{second}")
    gap = record["scores"][first] - record["scores"][second]
    fine = gap < 0 if LESS & {*claim.text.split()} else gap > 0
    return Judged(facts=facts) if fine else false("it is the other way round", *facts)


def runner_up(claim: Node, record: Record) -> Judged:
    """ "setosa was the runner-up"."""
    scores, name = record["scores"], named(claim)
    second = sorted(scores, key=lambda other: -scores[other])[1]
    close = " close " not in f" {claim.text} " or record["certainty"]["band"] == "close"
    fine = name == record["certainty"].get("runner_up", second) and close
    fine = fine and all(is_score(said, scores[name], record) for said in claim.all("chance"))
    return Judged(facts=("certainty.runner_up",)) if fine else false("another is second", "scores")


def ahead(claim: Node, record: Record) -> Judged:
    """ "versicolor is nine points ahead of setosa"."""
    first, *others = (str(node.value) for node in _outcomes(claim))
    scores = record["scores"]
    rest = {name: value for name, value in scores.items() if name != first}
    second = others[0] if others else max(rest, key=lambda name: rest[name])
    facts, gap = (f"scores.{first}", f"scores.{second}"), scores[first] - scores[second]
    if claim.has("a_nose") and record["certainty"]["band"] != "close":
        return false("it is further ahead", *facts)
    turned = any(
        word in claim.text
        for word in ("gap between", "difference between", "distance between", "separate", "lie between", "part ")
    )
    fine = (gap > 0 or turned) and (bool(others) or scores[first] == max(scores.values()))
    fine = fine and all(is_gap(said, abs(gap), record) for said in claim.all("cut_gap"))
    return Judged(facts=facts) if fine else false("it is another amount ahead", *facts)


def ahead_too(claim: Node, record: Record) -> Judged:
    """ "…, its 54 percent only nine points ahead of setosa"."""
    told = before(claim)
    first = _outcomes(told)[0] if told else None
    second = next(str(node.value) for part in claim.all("towards") for node in part.all("outcome"))
    if first is None or not is_score(claim.all("chance")[0], record["scores"][first.value], record):
        return false("the score is another", "scores")
    gap = record["scores"][first.value] - record["scores"][second]
    fine = gap > 0 and all(is_gap(said, gap, record) for said in claim.all("cut_gap"))
    return Judged(facts=("scores",)) if fine else false("it is another amount ahead", "scores")


def close_between(claim: Node, record: Record) -> Judged:
    """ "the result was close between versicolor and setosa"."""
    scores, names = record["scores"], {str(node.value) for node in _outcomes(claim)}
    first = set(sorted(scores, key=lambda name: -scores[name])[:2])
    fine = names == first and record["certainty"]["band"] == "close"
    return Judged(facts=("scores", "certainty.band")) if fine else false("it is another distance", "certainty.band")


def came_close(claim: Node, record: Record) -> Judged:
    """ "the application came close to approval"."""
    told, facts = record["score"], ("score.value", "certainty.band")
    fine = named(claim) == told["of"] and told["value"] < told["cutoff"] and record["certainty"]["band"] == "close"
    return Judged(facts=facts) if fine else false("it did not come close", *facts)


def by_rule(claim: Node, record: Record) -> Judged:
    """ "the application was declined by a rule, not by its score"."""
    rule, facts = record["rule"], ["outcome.by", "rule.then"]
    if record["outcome"]["by"] != "rule" or any(node.value != rule["then"] for node in _outcomes(claim)):
        return false("no such rule decided", *facts)
    if any(word in claim.text for word in ("overr", "overrul", "trumped", "outranked")):
        facts.append("rule.agrees")
        if rule["agrees"] is not False:
            return false("the score says the same", *facts)
    return Judged(facts=tuple(facts))


def by_score(claim: Node, record: Record) -> Judged:
    """ "it was the score that decided"."""
    fine = record["outcome"]["by"] != "rule"
    fine = fine and all(node.value == record["outcome"]["name"] for node in _outcomes(claim))
    return Judged(facts=("outcome.by",)) if fine else false("a rule decided", "outcome.by")


def rule_agrees(claim: Node, record: Record) -> Judged:
    """ "the rule and the score agree", and that they do not."""
    wanted = claim.rule == "rule_agrees"
    fine = record["rule"]["agrees"] is wanted
    return Judged(facts=("rule.agrees",)) if fine else false("it is the other way", "rule.agrees")


def score_alone(claim: Node, record: Record) -> Judged:
    """ "by its score alone the application would have been approved"."""
    told, cut, facts = record["score"], record["score"]["cutoff"], ("score.value", "score.cutoff", "rule.agrees")
    over = told["value"] >= cut
    other = next(name for name in (record["outcome"]["name"], *record["outcome"]["alternatives"]) if name != told["of"])
    if "rule" not in record or len(record["outcome"]["alternatives"]) != 1:
        return false("no rule decided", *facts)
    if " enough " in f" {claim.text} ":
        fine = over and named(claim) == told["of"]
        fine = fine and all(is_score(said, told["value"], record) for said in claim.all("chance"))
    elif claim.has("cut"):
        fine = over == bool({"passed", "cleared"} & {*claim.text.split()})
        fine = fine and all(is_score(said, cut, record) for part in claim.all("cut") for said in part.all("chance"))
        said_scores = [part for part in claim.parts if part.rule == "chance"]
        fine = fine and all(is_score(said, told["value"], record) for said in said_scores)
        fine = fine and all(node.value == told["of"] for node in _outcomes(claim))
    else:
        fine = named(claim) == (told["of"] if over else other)
    return Judged(facts=facts) if fine else false("the score says something else", *facts)


def rule_says(_: Node, record: Record) -> Judged:
    """ "the rule is: we do not lend where …"; only the text of the rule that decided is read as one."""
    return Judged(facts=("rule.text",)) if record["rule"]["text"] else false("no rule is known")


JUDGES: Judges = {
    "is_outcome": outcome,
    "is_not_outcome": outcome_not,
    "is_score": score,
    "score_too": score,
    "model_giving": score,
    "scoring_too": score,
    "likeliest": likeliest,
    "likelier": likelier,
    "runner_up": runner_up,
    "runner_up_too": runner_up,
    "probability_of_it": score,
    "ahead": ahead,
    "ahead_too": ahead_too,
    "close_between": close_between,
    "came_close": came_close,
    "by_rule": by_rule,
    "by_score": by_score,
    "rule_agrees": rule_agrees,
    "rule_differs": rule_agrees,
    "score_alone": score_alone,
    "rule_says": rule_says,
}
"""By the claim each judges."""
