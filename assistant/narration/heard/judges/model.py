"""Claims about what the model is: its kind, what it learned from, what it answers, its cut-off and parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from assistant.narration.heard.figures import is_count, is_share
from assistant.narration.heard.grammar import Node
from assistant.narration.heard.judged import Judged, Judges, all_parts, false
from assistant.narration.heard.names import Record

FAMILIES = {"decision tree": "tree", "neural network": "network", "neural net": "network"}
MANY = {"two": 2, "three": 3, "four": 4, "five": 5}
PARAMETERS = "model_info.parameters."
Info = Mapping[str, Any]


def model(claim: Node, record: Record) -> Judged:
    """ "the loan score is a boosting model which learned from 3,000 cases": every part of it by itself."""
    facts: list[str] = []
    of_data = {"features": record["data"]["features"]} if "data" in record else {}
    info = record.get("model_info", of_data)
    for node in all_parts(claim):
        if node.rule not in PARTS:
            continue
        name, judged = PARTS[node.rule]
        facts.append(name)
        if node.rule != "model_called" and not info:
            raise KeyError("nothing is told of the model")
        if not judged(node, info):
            return false("it is otherwise", *facts)
    if not facts and claim.has("model_name"):
        facts.append("model.name")
    return Judged(facts=tuple(facts)) if facts else false("nothing is said of the model")


def _family(node: Node, info: Info) -> bool:
    return bool(FAMILIES.get(node.text, node.text) == info["family"])


def _counts(name: str) -> Callable[[Node, Info], bool]:
    def judged(node: Node, info: Info) -> bool:
        said = node.all("model_n")
        return bool(said) and all(is_count(n.parts[0], info[name]) for n in said)

    return judged


def _task(node: Node, info: Info) -> bool:
    """What it answers: all outcomes where some are named, and as many as are said."""
    told = [str(named.value) for named in node.all("outcome")]
    held = list(info["outcomes"])
    text = f" {node.text} "
    if (
        " number " in text
        or " quantity " in text
        or any(f" {w} the " in text for w in ("predicts", "estimates", "out"))
    ):
        return info["task"] == "number" and told == held
    many = [MANY[part.text] for part in node.all("model_many")]
    fine = len(held) > 1 and all(n == len(held) for n in many) and (not told or sorted(told) == sorted(held))
    return fine and bool(told or many)


def _calibrated(wanted: bool) -> Callable[[Node, Info], bool]:
    return lambda _, info: info["calibrated"] is wanted


def _cutoff(node: Node, info: Info) -> bool:
    named = [found.value for found in node.all("outcome")]
    figures = (*node.all("fig"), *node.all("model_least"))
    halfway = " halfway " not in f" {node.text} " or info["cutoff"] == 0.5
    if not info.get("calibrated") and any(said.has("percent", "share") for said in figures):
        return False
    fine = bool(figures) and all(is_share(said, info["cutoff"]) for said in figures)
    return fine and halfway and all(name == info["cutoff_of"] for name in named)


def _reference(node: Node, info: Info) -> bool:
    fine = all(is_count(n.parts[0], info["reference"]) for n in node.all("model_refs"))
    fine = fine and all(is_count(n.parts[0], info["learned"]) for n in node.all("model_n"))
    return fine and all(is_share(said, info["reference"] / info["learned"]) for said in node.all("fig"))


def _parameter(node: Node, info: Info) -> bool:
    """Whether a parameter named has the value named."""
    key, value = node.all("model_key")[0], node.all("model_value")[0]
    written = key.first("written")
    names = {"max_iter"}
    if written is not None:
        names = {p[len(PARAMETERS) : -len("#name")] for p in written.value if p.startswith(PARAMETERS) and "#" in p}
    held = info["parameters"]
    return any(_is_setting(value, name, str(held[name])) for name in names & set(held))


def _is_setting(value: Node, name: str, held: str) -> bool:
    if said := value.first("written"):
        return f"{PARAMETERS}{name}" in said.value
    number = value.first("number")
    try:
        return number is not None and float(held) == number.value.value
    except ValueError:
        return False


def _rounds(node: Node, info: Info) -> bool:
    return _is_setting(node, "max_iter", str(info["parameters"]["max_iter"]))


def _minimised(node: Node, _: Info) -> bool:
    return all(f"{PARAMETERS}loss" in said.value for said in node.all("written"))


PARTS: Mapping[str, tuple[str, Callable[[Node, Info], bool]]] = {
    "model_family": ("model_info.family", _family),
    "model_taught": ("model_info.learned", _counts("learned")),
    "model_taught_back": ("model_info.learned", _counts("learned")),
    "model_given": ("model_info.features", _counts("features")),
    "model_given_back": ("model_info.features", _counts("features")),
    "model_more_inputs": ("model_info.features", _counts("features")),
    "model_task": ("model_info.outcomes", _task),
    "model_task_back": ("model_info.outcomes", _task),
    "model_calibrated": ("model_info.calibrated", _calibrated(wanted=True)),
    "model_not_calibrated": ("model_info.calibrated", _calibrated(wanted=False)),
    "model_called": ("model.name", lambda node, _: node.has("model_name")),
    "model_cutoff": ("model_info.cutoff", _cutoff),
    "model_reference": ("model_info.reference", _reference),
    "model_parameter": ("model_info.parameters", _parameter),
    "model_rounds": ("model_info.parameters", _rounds),
    "model_minimised": ("model_info.parameters", _minimised),
    "model_minimised_is": ("model_info.parameters", _minimised),
    "model_comes_out": ("model_info.outcomes", _task),
}
"""What each part of a sentence is held against, and how."""

JUDGES: Judges = {"model_told": model}
"""By the claim each judges."""
