"""Which features act together, or that the model adds them up one by one."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.facts import InteractionsFact, PairFact
from assistant.narration.claims.rows import filtered, group
from assistant.narration.realise import Claim, Said
from assistant.narration.scene import Scene, Slots

MOST_PLAIN = 3
"""Pairs that plain readers are told, the first one included."""


def interactions(scene: Scene) -> Iterator[Claim]:
    """The headline: the strongest pair, that hardly any act together, or that all are added up."""
    found = scene.facts.interactions
    if found is None:
        return
    tags, slots = filtered(scene), {**group(scene), **_measured(scene, found)}
    if found.additive:
        yield scene.claim("interactions", {**tags, "additive": "interactions.additive"}, slots)
    elif found.too_few:
        yield scene.claim("interactions", {**tags, "few": "interactions.too_few"}, slots)
    else:
        first = found.pairs[0]
        yield scene.claim(
            "interactions", {**tags, first.size: "interactions.pairs[0].size"}, {**slots, **_pair(scene, 0, first)}
        )


def pairs(scene: Scene) -> Iterator[Claim]:
    """The pairs not told yet: those that act together for plain readers, all with their numbers for experts."""
    found = scene.facts.interactions
    numbered = list(enumerate(found.pairs if found else ()))
    others = [(i, pair) for i, pair in numbered if i or pair.size == "hardly"]
    if scene.reader.technical:
        for i, pair in others:
            yield scene.claim("interaction_line", {pair.size: f"interactions.pairs[{i}].size"}, _pair(scene, i, pair))
        return
    together = [(i, pair) for i, pair in others if pair.size != "hardly"][: MOST_PLAIN - 1]
    if together:
        items = tuple(scene.claim("interaction_item", {}, _pair(scene, i, pair)) for i, pair in together)
        yield scene.claim("interactions_more", {}, {"items": items})


def measured(scene: Scene) -> Iterator[Claim]:
    """Over how many rows, and among which features."""
    found = scene.facts.interactions
    if found and found.pairs:
        yield scene.claim("interactions_measured", {}, _measured(scene, found))


def _measured(scene: Scene, found: InteractionsFact) -> Slots:
    numbers = scene.speech.numbers
    slots: Slots = {"features": Said(text=numbers.whole(found.features), facts=("interactions.features",))}
    if found.rows is not None:
        slots["rows"] = Said(text=numbers.whole(found.rows), facts=("interactions.rows",))
    if found.floor is not None:
        slots["floor"] = Said(text=numbers.exact(found.floor), facts=("interactions.floor",))
    return slots


def _pair(scene: Scene, i: int, pair: PairFact) -> Slots:
    path = f"interactions.pairs[{i}]"
    first, second = (label if scene.reader.technical else scene.speech.named(label) for label in pair.labels)
    return {
        "first": Said(text=first, facts=(f"{path}.labels[0]",)),
        "second": Said(text=second, facts=(f"{path}.labels[1]",)),
        "strength": Said(text=scene.speech.numbers.exact(pair.strength), facts=(f"{path}.strength",)),
    }
