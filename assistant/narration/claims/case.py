"""What is known about the case, how the model and the method are called, and what an answer cannot say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.facts import KnownFact
from assistant.narration.claims.weights import valued
from assistant.narration.realise import Claim, Said
from assistant.narration.scene import Scene, Slots, Tags

MOST_IN_A_SENTENCE = 5
VERSION_DIGITS = 12

Known = tuple[int, KnownFact]


def known_count(scene: Scene) -> Iterator[Claim]:
    """How many facts the model was given; of one that was asked for, the fact itself."""
    facts = scene.facts.known
    if facts is None:
        return
    if scene.facts.asked:
        yield from (_one(scene, pair) for pair in enumerate(facts))
        return
    used = sum(1 for k in facts if k.used and k.value is not None)
    slots: Slots = {"count": Said(text=scene.speech.numbers.whole(used), facts=("known",))}
    yield scene.claim("known_count", {"one": "known"} if used == 1 else {}, slots)


def known(scene: Scene) -> Iterator[Claim]:
    """The facts themselves, several a sentence; those that share their first or last word stay together."""
    found = [(i, k) for i, k in _listed(scene) if k.used and k.value is not None]
    for place, group in enumerate(_grouped(found)):
        items = tuple(_item(scene, pair) for pair in group)
        yield scene.claim("known", {"first" if place == 0 else "next": ""}, {"items": items})


def unknown(scene: Scene) -> Iterator[Claim]:
    """What is missing, said as unknown."""
    found = [_label(pair) for pair in _listed(scene) if pair[1].used and pair[1].value is None]
    if found:
        yield scene.claim("unknown", {"several": ""} if len(found) > 1 else {}, {"labels": scene.listed(found)})


def unused(scene: Scene) -> Iterator[Claim]:
    """What is on record but never shown to the model."""
    found = [_label(pair, "used") for pair in _listed(scene) if not pair[1].used]
    if found:
        yield scene.claim("unused", {"several": ""} if len(found) > 1 else {}, {"labels": scene.listed(found)})


def sources(scene: Scene) -> Iterator[Claim]:
    """Where each fact came from."""
    by_source: dict[str, list[Known]] = {}
    for pair in _listed(scene):
        if pair[1].source:
            by_source.setdefault(pair[1].source, []).append(pair)
    known_all = len(by_source) == 1 and all(fact.source for fact in scene.facts.known or ())
    for source, pairs in by_source.items():
        said = Said(text=source, facts=tuple(f"known[{i}].source" for i, _ in pairs))
        labels = scene.listed([_label(pair) for pair in pairs])
        yield scene.claim("source", {"only": "known"} if known_all else {}, {"source": said, "labels": labels})


def model(scene: Scene) -> Iterator[Claim]:
    """Which model, in which version, of which kind."""
    yield scene.claim("model", {}, _model_slots(scene))


def method(scene: Scene) -> Iterator[Claim]:
    """How the reasons were found."""
    found = scene.facts.model
    if found.method:
        tags: Tags = {found.method: "model.method"}
        tags |= {"referenced": ""} if found.reference else {}
        tags |= {"seeded": ""} if found.seed is not None else {}
        yield scene.claim("method", tags, _model_slots(scene))


def compared_with(scene: Scene) -> Iterator[Claim]:
    """The reference group and how many rows stand for it."""
    group = scene.facts.reference
    if group:
        slots: Slots = {
            "reference_group": Said(
                text=group.of or scene.speech.word("reference" if group.some else "all"), facts=("reference.of",)
            ),
            "reference_n": Said(text=scene.speech.numbers.whole(group.n), facts=("reference.n",)),
        }
        yield scene.claim("compared_with", {}, slots)


def adds_up(scene: Scene) -> Iterator[Claim]:
    """That weights, rest and residual add up to the score."""
    if scene.facts.residual is not None:
        tags: Tags = {found.method: "model.method"} if (found := scene.facts.model).method else {}
        yield scene.claim("adds_up", tags | {"residual": "residual"}, _model_slots(scene))


def seed(scene: Scene) -> Iterator[Claim]:
    """What makes a sampled method repeatable."""
    if scene.facts.model.seed is not None and scene.facts.model.method:
        yield scene.claim("seed", {}, _model_slots(scene))


def sums(scene: Scene) -> Iterator[Claim]:
    """That the told weights, the untold rest and the residual add up; margins beside it where there are any."""
    facts, numbers = scene.facts, scene.speech.numbers
    if facts.residual is None or facts.reasons_rest is None:
        return
    slots: Slots = {
        "rest": Said(text=numbers.exact(facts.reasons_rest, signed=True), facts=("reasons_rest",)),
        "residual": Said(text=numbers.exact(facts.residual, signed=True), facts=("residual",)),
    }
    yield scene.claim("sums", {}, slots)
    score = facts.score
    if score and score.margin is not None and score.margin_base is not None:
        slots["margin"] = Said(text=numbers.exact(score.margin), facts=("score.margin",))
        slots["margin_base"] = Said(text=numbers.exact(score.margin_base), facts=("score.margin_base",))
        yield scene.claim("margins", {}, slots)


def limits(scene: Scene) -> Iterator[Claim]:
    """What this answer does not say."""
    for i, name in enumerate(scene.facts.limits):
        tag = re.sub(r"\W+", "_", name)
        yield scene.claim("limit", {tag: f"limits[{i}]"}, {"limit": Said(text=name, facts=(f"limits[{i}]",))})


def cannot_know(scene: Scene) -> Iterator[Claim]:
    """That a case is more than what the model was told of it."""
    if scene.facts.subject:
        yield scene.claim("cannot_know")


def addressed(scene: Scene) -> Iterator[Claim]:
    """What a support agent sees first: the result of the case, the case alone, or only whom the words are for."""
    if scene.facts.score:
        yield scene.claim("case_line")
    else:
        yield from addressee(scene)


def addressee(scene: Scene) -> Iterator[Claim]:
    """The same without the result."""
    yield scene.claim("case_only" if scene.facts.subject else "customer")


def _model_slots(scene: Scene) -> Slots:
    found, numbers = scene.facts.model, scene.speech.numbers
    slots: Slots = {
        "model": Said(text=found.name, facts=("model.name",)),
        "version": Said(text=_short(found.version), facts=("model.version",)),
        "kind": Said(text=found.kind, facts=("model.kind",)),
    }
    if found.method:
        slots["method"] = Said(text=found.method, facts=("model.method",))
    if found.reference:
        slots["reference"] = Said(text=_short(found.reference), facts=("model.reference",))
    if found.seed is not None:
        slots["seed"] = Said(text=str(found.seed), facts=("model.seed",))
    if scene.facts.residual is not None:
        slots["residual"] = Said(text=numbers.exact(scene.facts.residual, signed=True), facts=("residual",))
    return slots


def _short(digest: str) -> str:
    name, colon, digits = digest.partition(":")
    return f"{name}{colon}{digits[:VERSION_DIGITS]}"


def _grouped(found: Sequence[Known]) -> list[list[Known]]:
    """Neighbours that share their first or last word, as far as one sentence carries; the others by number."""
    groups: list[list[Known]] = []
    for pair in found:
        fits = bool(groups) and len(groups[-1]) < MOST_IN_A_SENTENCE
        if fits and _kin(groups[-1][-1][1].label, pair[1].label) >= _kin_of(groups[-1]):
            groups[-1].append(pair)
        else:
            groups.append([pair])
    return groups


def _kin_of(group: Sequence[Known]) -> bool:
    return len(group) > 1 and _kin(group[0][1].label, group[1][1].label)


def _kin(one: str, other: str) -> bool:
    return one.split()[:1] == other.split()[:1] or one.split()[-1:] == other.split()[-1:]


def _listed(scene: Scene) -> Sequence[Known]:
    """The facts to be listed, with their places; none where one was asked for, which the headline tells."""
    return () if scene.facts.asked else tuple(enumerate(scene.facts.known or ()))


def _one(scene: Scene, pair: Known) -> Claim:
    i, fact = pair
    item = _item(scene, pair)
    tags: Tags = {} if fact.used else {"unused": f"known[{i}].used"}
    tags |= {"unknown": f"known[{i}].value"} if fact.value is None else {}
    tags |= {"sourced": f"known[{i}].source"} if fact.source else {}
    source = Said(text=fact.source or "", facts=(f"known[{i}].source",))
    return Claim(name="known_one", tags={**item.tags, **tags}, slots={**item.slots, "source": source})


def _label(pair: Known, because: str = "value") -> Said:
    i, fact = pair
    return Said(text=fact.label, facts=(f"known[{i}].label", f"known[{i}].{because}"))


def _item(scene: Scene, pair: Known) -> Claim:
    i, fact = pair
    slots: Slots = {
        "label": Said(text=fact.label, facts=(f"known[{i}].label",)),
        "value": Said(
            text=scene.speech.value(fact.value, fact.unit, fact.step), facts=valued(f"known[{i}]", fact.unit)
        ),
    }
    return scene.claim("known_item", {fact.kind: ""}, slots)
