"""What words mean, and what the model is."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.facts import DefinitionFact, ModelInfoFact
from assistant.narration.claims.weights import grammar, valued
from assistant.narration.paths import key
from assistant.narration.realise import Claim, Said
from assistant.narration.scene import Scene, Slots, Tags, clause


def definition(scene: Scene) -> Iterator[Claim]:
    """The headline: what a feature, an outcome or a word is; said to be unknown where it is."""
    found = scene.facts.definition
    if found is None:
        return
    tags: Tags = {found.about: "definition.about"}
    if found.about == "word":
        yield scene.claim("term", {**tags, found.term: "definition.term"})
        return
    tags |= {"explained": "definition.text"} if found.text else {}
    tags |= {"named": "definition.term"} if found.term else {}
    tags |= {"alone": ""} if found.about == "outcome" and not found.others else {}
    tags |= {"many": "definition.others"} if len(found.others or ()) > 1 else {}
    yield scene.claim("definition", {**tags, **grammar(scene, found.label or "")}, _definition_slots(scene, found))


def definition_more(scene: Scene) -> Iterator[Claim]:
    """What values it can have, where it comes from, where the case stands; of an outcome, when the model gives it."""
    found = scene.facts.definition
    if found is None:
        return
    slots = _definition_slots(scene, found)
    if "low" in slots and "high" in slots:
        yield scene.claim("definition_range", {}, slots)
    if found.values:
        yield scene.claim("definition_values", {"values": "definition.kind"}, slots)
    if found.source:
        yield scene.claim("definition_source", {}, slots)
    if found.cutoff is not None and (found.calibrated or scene.reader.technical):
        yield scene.claim("definition_cutoff", {}, slots)
    if found.about == "outcome" and not found.others and found.favourable is not None:
        side: Tags = {"high" if found.favourable else "low": "definition.favourable"}
        yield scene.claim("definition_better", side, slots)


def definition_yours(scene: Scene) -> Iterator[Claim]:
    """The case's own value."""
    for i, fact in enumerate(scene.facts.known or ()):
        if scene.facts.definition:
            shown = scene.speech.value(fact.value, fact.unit, fact.step)
            value = Said(text=shown, facts=valued(f"known[{i}]", fact.unit))
            tags: Tags = {"unknown": f"known[{i}].value"} if fact.value is None else {fact.kind: f"known[{i}].kind"}
            yield scene.claim("definition_yours", tags, {"value": value})


def model_kind(scene: Scene) -> Iterator[Claim]:
    """The headline: what sort of model, or the one thing that was asked of its training."""
    found = scene.facts.model_info
    if found is None:
        return
    slots = _model_slots(scene, found)
    if found.asked == "task":
        yield _task(scene, found, slots)
    elif found.asked:
        tags: Tags = {found.asked: "model_info.asked"}
        tags |= {"answered": "model_info.answer"} if found.answer else {}
        yield scene.claim("model_training", tags, slots)
    yield scene.claim("model_kind", {found.family: "model_info.family"}, slots)


def model_facts(scene: Scene) -> Iterator[Claim]:
    """What it answers, what it learned from, where its line is, what its percentages are worth."""
    found = scene.facts.model_info
    if found is None:
        return
    slots = _model_slots(scene, found)
    if found.asked != "task":
        yield _task(scene, found, slots)
    yield scene.claim("model_learned", {"one": "model_info.features"} if found.features == 1 else {}, slots)
    if "cutoff" in slots:
        yield scene.claim("model_cutoff", {}, slots)
    if found.calibrated is not None:
        held: Tags = {"held" if found.calibrated else "not_held": "model_info.calibrated"}
        yield scene.claim("model_calibrated", held, slots)


def _task(scene: Scene, found: ModelInfoFact, slots: Slots) -> Claim:
    task = {"two outcomes": "two", "several outcomes": "several", "number": "quantity"}[found.task]
    return scene.claim("model_task", {task: "model_info.task"}, slots)


def model_parameters(scene: Scene) -> Iterator[Claim]:
    """The estimator's own parameters."""
    found = scene.facts.model_info
    if found and found.parameters:
        items = tuple(
            scene.claim(
                "parameter",
                {},
                {"name": Said(text=name), "value": Said(text=text, facts=(key("model_info.parameters", name),))},
            )
            for name, text in found.parameters.items()
        )
        yield scene.claim("model_parameters", {}, {"items": items})


def _definition_slots(scene: Scene, found: DefinitionFact) -> Slots:
    numbers, unit = scene.speech.numbers, found.unit or ""
    slots: Slots = {
        name: Said(text=clause(text), facts=(f"definition.{name}",))
        for name, text in (("term", found.term), ("label", found.label), ("text", found.text), ("source", found.source))
        if text
    }
    for name, end in (("low", found.low), ("high", found.high)):
        if end is not None:
            slots[name] = Said(text=numbers.amount(end, unit, found.step), facts=(f"definition.{name}",))
    for name, texts in (("values", found.values), ("others", found.others)):
        items = [Said(text=text, facts=(f"definition.{name}[{i}]",)) for i, text in enumerate(texts or ())]
        slots[name] = tuple(scene.claim("quoted", {}, {"name": item}) for item in items)
    if found.cutoff is not None:
        shown = numbers.exact(found.cutoff) if scene.reader.technical else numbers.percent(found.cutoff)
        slots["cutoff"] = Said(text=shown, facts=("definition.cutoff",))
    return slots


def _model_slots(scene: Scene, found: ModelInfoFact) -> Slots:
    numbers = scene.speech.numbers
    names = [Said(text=name, facts=(f"model_info.outcomes[{i}]",)) for i, name in enumerate(found.outcomes)]
    slots: Slots = {
        "model": Said(text=scene.facts.model.name, facts=("model.name",)),
        "kind": Said(text=scene.facts.model.kind, facts=("model.kind",)),
        "outcomes": tuple(scene.claim("quoted", {}, {"name": name}) for name in names),
        "answer": Said(text=found.answer or "", facts=("model_info.answer",) if found.answer else ()),
    }
    for name, count in (("learned", found.learned), ("features", found.features), ("reference", found.reference)):
        slots[name] = Said(text=numbers.whole(count), facts=(f"model_info.{name}",))
    if found.cutoff is not None and found.cutoff_of and (found.calibrated or scene.reader.technical):
        shown = numbers.exact(found.cutoff) if scene.reader.technical else numbers.percent(found.cutoff)
        slots["cutoff"] = Said(text=shown, facts=("model_info.cutoff",))
        slots["cutoff_of"] = Said(text=found.cutoff_of, facts=("model_info.cutoff_of",))
    return slots
