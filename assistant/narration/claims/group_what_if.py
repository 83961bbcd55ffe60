"""A what-if over a group: the change, how many would get which result, and which cases it leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.facts import CountFact, GroupWhatIfFact, MoveFact
from assistant.narration.claims.rows import group
from assistant.narration.realise import Claim, Said
from assistant.narration.scene import Scene, Slots, Tags


def result(scene: Scene) -> Iterator[Claim]:
    """The headline: the changes, and what the model would say of how many cases; or that too few are left."""
    found = scene.facts.group_what_if
    if found is None:
        return
    slots = {**group(scene), "moves": tuple(_move(scene, i, move) for i, move in enumerate(found.moves))}
    if found.n is None:
        yield scene.claim("group_what_if", {"too_few": "group_what_if.too_few"}, slots)
        return
    yield scene.claim("group_what_if", _tags(scene, found), {**slots, **_counted(scene, found), **_means(scene, found)})


def flips(scene: Scene) -> Iterator[Claim]:
    """How many would change from which result to which; of scores and of quantities how many would rise and fall."""
    found = scene.facts.group_what_if
    if found is None or found.n is None:
        return
    items = tuple(
        scene.claim(
            "flip_item",
            {},
            {
                "from": Said(text=flip.from_, facts=(f"group_what_if.flips[{i}].from",)),
                "to": Said(text=flip.to, facts=(f"group_what_if.flips[{i}].to",)),
                "count": _whole(scene, flip.n, f"group_what_if.flips[{i}].n"),
            },
        )
        for i, flip in enumerate(found.flips or ())
    )
    if items:
        yield scene.claim("group_flips", {}, {"items": items})
    if found.unit is not None or scene.reader.technical:
        slots: Slots = {
            "raised": _whole(scene, found.raised or 0, "group_what_if.raised"),
            "lowered": _whole(scene, found.lowered or 0, "group_what_if.lowered"),
        }
        tags: Tags = {} if found.raised else {"none_raised": "group_what_if.raised"}
        tags |= {} if found.lowered else {"none_lowered": "group_what_if.lowered"}
        yield scene.claim("group_moves", tags, slots)


def mean(scene: Scene) -> Iterator[Claim]:
    """The mean score before and after; without percentages, plain readers are told which way it would go."""
    found = scene.facts.group_what_if
    if found and found.n is not None and found.unit is None:
        yield scene.claim("group_mean", _tags(scene, found), _means(scene, found))


def left_out(scene: Scene) -> Iterator[Claim]:
    """How many cases the change was not made in, and why."""
    found = scene.facts.group_what_if
    slots: Slots = {}
    for name in ("stuck", "outside"):
        if found and (number := getattr(found, name)):
            slots[name] = _whole(scene, number, f"group_what_if.{name}")
    if slots:
        yield scene.claim("group_left_out", dict.fromkeys(slots, ""), slots)


def notes(scene: Scene) -> Iterator[Claim]:
    """What moves along, what the model is not given, and where it has seen few cases."""
    found = scene.facts.group_what_if
    if found is None or found.n is None:
        return
    for name, claim, labels in (("linked", "group_linked", found.linked), ("unused", "group_unused", found.unused)):
        items = [_label(scene, label, f"group_what_if.{name}[{i}]") for i, label in enumerate(labels)]
        if items:
            yield scene.claim(claim, {}, {"features": scene.listed(items)})
    if found.sparse:
        yield scene.claim("group_sparse", {}, {"sparse": _whole(scene, found.sparse, "group_what_if.sparse")})


def no_promise(scene: Scene) -> Iterator[Claim]:
    """That what the model would say is not what will be."""
    found = scene.facts.group_what_if
    if scene.facts.what_if or (found and found.n is not None):
        yield scene.claim("no_promise")


def _tags(scene: Scene, found: GroupWhatIfFact) -> Tags:
    tags: Tags = {"quantity": "group_what_if.unit"} if found.unit is not None else {}
    if found.calibrated is not None:
        tags["calibrated" if found.calibrated else "uncalibrated"] = "group_what_if.calibrated"
    if found.before == found.after:
        tags["same"] = ("group_what_if.before", "group_what_if.after")
    else:
        rises = (found.after or 0.0) > (found.before or 0.0)
        tags["rises" if rises else "falls"] = ("group_what_if.before", "group_what_if.after")
    if found.slight:
        tags["slight"] = "group_what_if.slight"
    if found.flips == ():
        tags["none"] = "group_what_if.flips"
    if found.asked:
        tags["asked"] = "group_what_if.asked"
    if scene.facts.population and scene.facts.population.n != found.n:
        tags["partly"] = ("population.n", "group_what_if.n")
    return tags


def _counted(scene: Scene, found: GroupWhatIfFact) -> Slots:
    slots: Slots = {"changed": _whole(scene, found.n or 0, "group_what_if.n")}
    for name in ("before", "after"):
        counts: Sequence[CountFact] = getattr(found, f"counts_{name}") or ()
        path = f"group_what_if.counts_{name}"
        slots[f"items_{name}"] = tuple(_item(scene, c, f"{path}[{i}]") for i, c in enumerate(counts) if c.n)
        for i, count in enumerate(counts):
            if count.name == found.asked:
                slots["asked"] = Said(text=count.name, facts=(f"{path}[{i}].name",))
                slots[f"asked_{name}"] = _whole(scene, count.n, f"{path}[{i}].n")
    return slots


def _item(scene: Scene, found: CountFact, path: str) -> Claim:
    name = Said(text=found.name, facts=(f"{path}.name",))
    return scene.claim("outcome_item", {}, {"name": name, "count": _whole(scene, found.n, f"{path}.n")})


def _means(scene: Scene, found: GroupWhatIfFact) -> Slots:
    before, after, numbers = found.before or 0.0, found.after or 0.0, scene.speech.numbers
    shown = numbers.percent(before, after), numbers.percent(after, before)
    if found.unit is not None:
        shown = numbers.apart((before, after), found.unit)
    elif scene.reader.technical:
        shown = numbers.exact(before), numbers.exact(after)
    return {
        "of": Said(text=found.of or "", facts=("group_what_if.of",)),
        "before": Said(text=shown[0], facts=("group_what_if.before",)),
        "after": Said(text=shown[1], facts=("group_what_if.after",)),
        "difference": Said(
            text=numbers.exact(after - before, signed=True), facts=("group_what_if.before", "group_what_if.after")
        ),
    }


def _move(scene: Scene, i: int, move: MoveFact) -> Claim:
    path = f"group_what_if.moves[{i}]"
    kind = "category" if isinstance(move.value, str) else "number"
    tags: Tags = {move.change: f"{path}.change", kind: "", **dict.fromkeys(scene.speech.label_tags(move.label), "")}
    unit = (f"{path}.unit",) if move.unit else ()
    slots: Slots = {
        "label": _label(scene, move.label, f"{path}.label"),
        "value": Said(text=scene.speech.value(move.value, move.unit), facts=(f"{path}.value", *unit)),
    }
    return scene.claim("move", tags, slots)


def _label(scene: Scene, label: str, path: str) -> Said:
    return Said(text=label if scene.reader.technical else scene.speech.named(label), facts=(path,))


def _whole(scene: Scene, count: int, path: str) -> Said:
    return Said(text=scene.speech.numbers.whole(count), facts=(path,))
