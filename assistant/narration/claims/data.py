"""What the data are."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.facts import DataFact
from assistant.narration.claims.rows import filtered, group
from assistant.narration.realise import Claim, Said
from assistant.narration.scene import Scene, Slots, Tags


def data(scene: Scene) -> Iterator[Claim]:
    """The headline: all in a sentence, or the one thing asked for."""
    found = scene.facts.data
    if found:
        tags: Tags = {**filtered(scene), **({found.field: "data.field"} if found.field else {})}
        tags |= {"sourced": "data.source"} if found.source else {}
        yield scene.claim("data", tags, _slots(scene, found))


def data_made(scene: Scene) -> Iterator[Claim]:
    """Whether they are real or made up, and where they come from."""
    found = scene.facts.data
    if found is None or found.field in ("size", "language"):
        return
    if found.synthetic is not None:
        yield scene.claim("data_made", {"synthetic" if found.synthetic else "real": "data.synthetic"})
    if found.source and found.field != "source":
        yield scene.claim("data", {"source": "", "sourced": "data.source", "also": ""}, _slots(scene, found))


def data_taught(scene: Scene) -> Iterator[Claim]:
    """Which part taught the model, and to tell what."""
    found = scene.facts.data
    if found and found.field in (None, "size"):
        split: Tags = {} if found.unseen and found.learned else {"all" if found.learned else "none": "data.unseen"}
        yield scene.claim("data_taught", split, _slots(scene, found))
    if found and found.field is None:
        goal: Tags = {"quantity": "data.targets"} if len(found.targets) == 1 else {}
        yield scene.claim("data_target", goal, _slots(scene, found))


def data_gaps(scene: Scene) -> Iterator[Claim]:
    """How much is not known."""
    found = scene.facts.data
    if found and found.field is None:
        yield scene.claim("data_gaps", {} if found.gaps else {"none": "data.gaps"}, _slots(scene, found))


def data_features(scene: Scene) -> Iterator[Claim]:
    """The names of all features, and where their values come from."""
    found = scene.facts.data
    if found and found.field is None:
        yield scene.claim("data_features", {}, _slots(scene, found))
    if found and found.sources and found.field in (None, "source"):
        yield scene.claim("data_sources", {}, _slots(scene, found))


def _slots(scene: Scene, found: DataFact) -> Slots:
    numbers = scene.speech.numbers
    slots: Slots = {"name": Said(text=found.name, facts=("data.name",)), **group(scene)}
    for name in ("rows", "features", "learned", "unseen"):
        slots[name] = Said(text=numbers.whole(getattr(found, name)), facts=(f"data.{name}",))
    for name in ("labels", "targets"):
        items = [Said(text=text, facts=(f"data.{name}[{i}]",)) for i, text in enumerate(getattr(found, name))]
        slots[name] = scene.listed(items)
    for name in ("targets", "sources"):
        texts = enumerate(getattr(found, name))
        slots[f"{name}_quoted"] = tuple(
            scene.claim("quoted", {}, {"name": Said(text=text, facts=(f"data.{name}[{i}]",))}) for i, text in texts
        )
    slots["gaps"] = Said(text=numbers.percent(found.gaps), facts=("data.gaps",))
    if found.source:
        slots["source"] = Said(text=found.source, facts=("data.source",))
    return slots
