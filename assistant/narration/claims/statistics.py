"""One feature over many rows: the middle, the spread, how often each value stands, and where the case is."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.facts import StatisticsFact
from assistant.narration.claims.rows import counted, filtered, group
from assistant.narration.realise import Claim, Said
from assistant.narration.scene import Scene, Slots, Tags

MOST_VALUES = 6
EXACT = ("minimum", "maximum")
"""Values that some row has, told in the steps of the feature; means and middles may lie between."""


def usual(scene: Scene) -> Iterator[Claim]:
    """The headline: the middle of numbers, or the values by how often they stand."""
    found = scene.facts.statistics
    if found is None:
        return
    tags: Tags = {**filtered(scene), found.kind: "statistics.kind"}
    slots = {**group(scene), **_numbers(scene, found)}
    if found.counts:
        slots["items"] = tuple(
            counted(scene, f"statistics.counts[{i}]", one) for i, one in enumerate(found.counts[:MOST_VALUES])
        )
    elif found.kind != "number":
        tags["scattered"] = ""
    yield scene.claim("usual", tags, slots)


def usual_spread(scene: Scene) -> Iterator[Claim]:
    """How far numbers lie apart, where there are two; the extremes where they are known."""
    found = scene.facts.statistics
    if found and found.low is not None and found.spread is not None:
        tags: Tags = {"extremes": "statistics.minimum"} if found.minimum is not None else {}
        tags |= {"one_value": ""} if found.low == found.high else {}
        yield scene.claim("usual_spread", tags, _numbers(scene, found))


def usual_extremes(scene: Scene) -> Iterator[Claim]:
    """Why the smallest and the largest value are not told."""
    found = scene.facts.statistics
    if found and found.low is not None and found.minimum is None:
        yield scene.claim("usual_extremes")


def usual_yours(scene: Scene) -> Iterator[Claim]:
    """Where the case in focus stands."""
    found = scene.facts.statistics
    if found is None or found.yours is None or found.comparison is None:
        return
    tags: Tags = {found.kind: "statistics.kind", found.comparison: "statistics.comparison"}
    shown = scene.speech.value(found.yours, found.unit, found.step)
    slots: Slots = {"yours": Said(text=shown, facts=("statistics.yours",))}
    for i, one in enumerate(found.counts or ()):
        if one.name == found.yours:
            tags["counted"] = ""
            slots["share"] = Said(
                text=scene.speech.numbers.percent(one.share), facts=(f"statistics.counts[{i}].share",)
            )
    yield scene.claim("usual_yours", tags, slots)


def usual_missing(scene: Scene) -> Iterator[Claim]:
    """For how many rows it is not known."""
    found = scene.facts.statistics
    if found and (found.missing or scene.reader.technical):
        yield scene.claim("usual_missing", {"one": ""} if found.missing == 1 else {}, _numbers(scene, found))


def _numbers(scene: Scene, found: StatisticsFact) -> Slots:
    numbers = scene.speech.numbers
    label = found.label if scene.reader.technical else scene.speech.named(found.label)
    slots: Slots = {"label": Said(text=label, facts=("statistics.label",))}
    for name in ("n", "missing"):
        slots[f"feature_{name}"] = Said(text=numbers.whole(getattr(found, name)), facts=(f"statistics.{name}",))
    for name in ("mean", "median", "spread", "minimum", "maximum"):
        if (number := getattr(found, name)) is not None:
            shown = numbers.amount(number, found.unit or "", found.step if name in EXACT else None)
            slots[name] = Said(text=shown, facts=(f"statistics.{name}",))
    if found.low is not None and found.high is not None:
        low, high = numbers.apart((found.low, found.high), found.unit or "", found.step)
        slots |= {"low": Said(text=low, facts=("statistics.low",)), "high": Said(text=high, facts=("statistics.high",))}
    return slots
