"""Claims about how good the model is: measures on unseen rows, their errors, the baseline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.narration.heard.figures import group_fits, is_amount, is_count, is_points, is_share
from assistant.narration.heard.grammar import Node
from assistant.narration.heard.judged import Facts, Judged, Judges, false
from assistant.narration.heard.names import Record

METRICS = ("accuracy", "precision", "recall", "sensitivity", "specificity", "f1", "roc_auc", "mae", "rmse", "r2")
MISSES = ("mae", "rmse")
"""Measures in the unit of the target, of which less is better."""
OF_ONE = ("precision", "recall", "sensitivity", "specificity", "f1", "roc_auc")
"""Measures that are of one outcome where the record names it."""
MUCH = 0.05
"""From which difference on one measure is "well" above another."""
BIT = 0.03
"""Up to which difference it is "slightly" above."""
ALIKE = 0.01
"""Up to which difference two are "almost the same"."""


def metric_of(node: Node, record: Record) -> str:
    """The measure that is named, KeyError where it is not in the record or of another outcome or model."""
    name = next(name for name in METRICS if node.has(f"perf_{name}"))
    population = record["population"]
    outcome = node.first("outcome")
    if name not in population["metrics"]:
        raise KeyError(name)
    if outcome is not None and (name not in OF_ONE or outcome.value != population.get("of")):
        raise KeyError("the measure is not of this outcome")
    return name


def fits(node: Node, record: Record) -> str:
    """Why the group or the rows named are not those of the figures, "" where they are."""
    if not group_fits(node, record):
        return "it is another group"
    unseen = record["population"].get("unseen", 0)
    for rows in node.all("perf_new"):
        said = rows.first("fig_count")
        if not unseen or (said is not None and not is_count(said, unseen)):
            return "it was measured on other rows"
    return ""


def says_metric(said: Node, name: str, population: Mapping[str, Any]) -> bool:
    """Whether a figure is the value of this measure."""
    value = population["metrics"][name]
    if name in MISSES:
        return is_amount(said, value, population.get("unit"))
    return is_share(said, value)


def figure(claim: Node, record: Record) -> Judged:
    """ "its accuracy is 78 %"."""
    name = metric_of(claim.all("perf_metric")[0], record)
    facts = (f"population.metrics.{name}",)
    if why := fits(claim, record):
        return false(why, *facts)
    fine = all(says_metric(said, name, record["population"]) for said in claim.all("fig"))
    return Judged(facts=facts) if fine else false("the figure is another", *facts)


def told_as(name: str, *others: str) -> Any:
    """Judges the measure `name` told in a sentence of its own, such as "it is right in 78 % of cases"."""

    def judged(claim: Node, record: Record) -> Judged:
        population = record["population"]
        if name != "accuracy" and "metrics" not in population:
            raise KeyError(name)
        value, facts = _right(record) if name == "accuracy" else _metric(population, (name, *others))
        named = [node.value for node in claim.all("outcome")]
        if name != "accuracy" and (not named or any(value != population.get("of") for value in named)):
            return false("it is of another outcome", *facts)
        if why := fits(claim, record):
            return false(why, *facts)
        if any(metric_of(node, record) not in (name, *others) for node in claim.all("perf_metric")):
            return false("this is another measure", *facts)
        said = claim.all("fig")
        value = 1 - value if claim.has("perf_missed") else value
        fine = bool(said) and all(is_share(node, value) for node in said)
        return Judged(facts=facts) if fine else false("the figure is another", *facts)

    return judged


def _metric(population: Mapping[str, Any], names: tuple[str, ...]) -> tuple[float, Facts]:
    name = next(name for name in names if name in population["metrics"])
    return population["metrics"][name], (f"population.metrics.{name}",)


def _right(record: Record) -> tuple[float, Facts]:
    """The share of right answers: told as a measure, or what the mistakes leave."""
    metrics = record["population"].get("metrics") or {}
    if "accuracy" in metrics:
        return metrics["accuracy"], ("population.metrics.accuracy",)
    return 1 - record["mistakes"]["share"], ("mistakes.share",)


def compared(claim: Node, record: Record) -> Judged:
    """ "recall is higher than specificity"."""
    metrics = record["population"]["metrics"]
    nodes = claim.all("perf_metric")
    first, second = (metric_of(node, record) for node in nodes)
    facts = (f"population.metrics.{first}", f"population.metrics.{second}")
    if (first in MISSES) != (second in MISSES) or "r2" in (first, second):
        return false("these are not of one kind", *facts)
    order = (first, second)
    figures = claim.all("fig")
    if " fares " in f" {claim.text} " and figures and len(nodes) == 2:
        figures = figures[:1]
    trailing = claim.has("perf_trails") and len(figures) == 2
    if any(not says_metric(said, name, record["population"]) for said, name in zip(figures, order, strict=False)):
        return false("the figure is another", *facts)
    if why := fits(claim, record):
        return false(why, *facts)
    apart = metrics[first] - metrics[second]
    text = f" {claim.text} "
    if " differ " in text or " not the same " in text:
        return Judged(facts=facts) if apart else false("they are the same", *facts)
    if " than that " in text or trailing:
        apart = -apart
    if first in MISSES and any(f" {word} " in text for word in ("better", "worse", "stronger", "weaker")):
        apart = -apart
    return _apart(claim, apart, facts)


def _apart(claim: Node, apart: float, facts: Facts) -> Judged:
    words = set(claim.text.split())
    up = claim.has("perf_higher", "perf_beats") or words & {"higher", "better", "more", "above"}
    down = claim.has("perf_lower", "perf_trails") or words & {"lower", "worse", "less", "below"}
    if bool(up) == bool(down) or apart == 0 or (apart > 0) != bool(up):
        return false("it lies on the other side", *facts)
    if (claim.has("perf_much") and abs(apart) < MUCH) or (claim.has("perf_bit") and abs(apart) > BIT):
        return false("they lie nearer or further apart", *facts)
    return Judged(facts=facts)


def same(claim: Node, record: Record) -> Judged:
    """ "precision and accuracy are almost the same"."""
    population = record["population"]
    first, second = (metric_of(node, record) for node in claim.all("perf_metric"))
    facts = (f"population.metrics.{first}", f"population.metrics.{second}")
    off = abs(population["metrics"][first] - population["metrics"][second])
    if first in MISSES or second in MISSES:
        return false("these are not shares", *facts)
    if why := fits(claim, record):
        return false(why, *facts)
    if any(not says_metric(said, name, population) for said in claim.all("fig") for name in (first, second)):
        return false("the figure is another", *facts)
    loose = claim.has("perf_as_much") or claim.has("fig") or " little " in claim.text or " hardly any " in claim.text
    fine = off <= ALIKE if loose else off == 0
    return Judged(facts=facts) if fine else false("they are not the same", *facts)


def extreme(claim: Node, record: Record) -> Judged:
    """ "specificity is the lowest of the measures given"."""
    population = record["population"]
    metrics = {name: value for name, value in population["metrics"].items() if name not in (*MISSES, "r2")}
    names = [metric_of(node, record) for node in claim.all("perf_metric")]
    facts = tuple(f"population.metrics.{name}" for name in names)
    if any(name not in metrics for name in names):
        return false("the measures are not of one kind", *facts)
    if why := fits(claim, record):
        return false(why, *facts)
    text = f" {claim.text} "
    best, worst = max(metrics.values()), min(metrics.values())
    if claim.has("perf_best") and claim.has("perf_worst"):
        fine = metrics[names[0]] == best and metrics[names[-1]] == worst
        fine = fine and (len(names) == 2 or metrics[names[1]] == best)
    else:
        wanted = best if claim.has("perf_best") or " does best " in text else worst
        fine = metrics[names[0]] == wanted and len(names) == 1
    fine = fine and all(says_metric(said, names[0], population) for said in claim.all("fig"))
    return Judged(facts=facts) if fine else false("another measure stands there", *facts)


def error(claim: Node, record: Record) -> Judged:
    """ "the accuracy has a standard error of 1.3 points"."""
    population = record["population"]
    name = metric_of(claim.all("perf_metric")[0], record)
    facts = (f"population.metrics.{name}", f"population.errors.{name}")
    if why := fits(claim, record):
        return false(why, *facts)
    figures = claim.all("fig") if claim.has("fig_points") else claim.all("fig")[:-1]
    if any(not says_metric(said, name, population) for said in figures):
        return false("the figure is another", *facts)
    value = population["errors"][name]
    points = claim.all("fig_points")
    said = points[0] if points else claim.all("fig")[-1]
    if name in MISSES:
        fine = is_amount(said, value, population.get("unit"))
    elif not points:
        fine = False
    elif said.text.endswith(("one hundredth", "a hundredth")) and said.has("just_over"):
        fine = 0.01 < value <= 0.0125
    else:
        fine = is_points(said, value)
    return Judged(facts=facts) if fine else false("the error is another", *facts)


def baseline(claim: Node, record: Record) -> Judged:
    """ "it beats the baseline of 60 % by 18 percentage points"."""
    population = record["population"]
    primary = "accuracy" if "accuracy" in population["metrics"] else "mae"
    value, base = population["metrics"][primary], population["baseline"]
    facts = (f"population.metrics.{primary}", "population.baseline")
    if any(metric_of(node, record) != primary for node in claim.all("perf_metric")):
        return false("the baseline is of another measure", *facts)
    if why := fits(claim, record):
        return false(why, *facts)
    if why := _amounts(claim, population, primary):
        return false(why, *facts)
    gained = base - value if primary in MISSES else value - base
    text = f" {claim.text} "
    if any(w in text for w in (" not beat ", " fails to beat ", " no better ")):
        return Judged(facts=facts) if gained <= 0 else false("it beats the baseline", *facts)
    sized = primary in MISSES and any(w in text for w in (" higher ", " lower ", " above ", " below "))
    up = any(w in text for w in (" better ", " higher ", " above ")) or _beats(text)
    down = any(w in text for w in (" worse ", " lower ", " below "))
    moved = -gained if sized else gained
    if (up or down) and (moved == 0 or (moved > 0) != bool(up)):
        return false("it lies on the other side of the baseline", *facts)
    much, bit = claim.has("perf_much"), claim.has("perf_bit")
    share = abs(gained) if primary not in MISSES else abs(gained) / (base or 1)
    if (much and share < MUCH) or (bit and share > BIT):
        return false("it lies nearer to the baseline or further from it", *facts)
    return Judged(facts=facts)


def _beats(text: str) -> bool:
    words = (
        "beats",
        "beat",
        "outperforms",
        "outperformed",
        "surpasses",
        "clears",
        "exceeds",
        "improves",
        "improved",
        "tops",
    )
    return any(f" {word} " in text for word in words)


def _amounts(claim: Node, population: Mapping[str, Any], primary: str) -> str:
    """Why figures beside a baseline are others, "" where they are those of the record."""
    value, base = population["metrics"][primary], population["baseline"]
    unit = population.get("unit")
    of_base = [said for node in claim.all("perf_base_of") for said in node.all("fig")]
    rest = [said for said in claim.all("fig") if said not in of_base]
    text = f" {claim.text} "
    bare = not claim.has("perf_base_of")
    for said in of_base:
        if not (is_amount(said, base, unit) if primary in MISSES else is_share(said, base)):
            return "the baseline is another"
    for i, said in enumerate(rest):
        behind = i == len(rest) - 1 and (bare or " by " in text)
        gap = " by " in text and behind and not claim.has("fig_points")
        fact = abs(value - base) if gap else base if behind and bare else value
        if not (is_amount(said, fact, unit) if primary in MISSES else is_share(said, fact) and not gap):
            return "the figure is another"
    for said in claim.all("fig_points"):
        if not is_points(said, abs(value - base)):
            return "the distance is another"
    return ""


def unseen(claim: Node, record: Record) -> Judged:
    """ "the figures were measured on 1,000 unseen cases"."""
    facts = ("population.unseen",)
    if why := fits(claim, record):
        return false(why, *facts)
    within = [said for rows in claim.all("perf_new") for said in rows.all("fig_count")]
    loose = [said for said in claim.all("fig_count") if said not in within]
    fine = record["population"]["unseen"] > 0 and all(is_count(said, record["population"]["unseen"]) for said in loose)
    return Judged(facts=facts) if fine else false("it is another number", *facts)


JUDGES: Judges = {
    "perf_figure": figure,
    "perf_right": told_as("accuracy"),
    "perf_precise": told_as("precision"),
    "perf_finding": told_as("recall", "sensitivity"),
    "perf_leaving": told_as("specificity"),
    "perf_compared": compared,
    "perf_same": same,
    "perf_extreme": extreme,
    "perf_error": error,
    "perf_baseline": baseline,
    "perf_unseen": unseen,
}
"""By the claim each judges."""
