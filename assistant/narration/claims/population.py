"""Over many cases: which features the model leans on most."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.facts import ImportanceFact, PopulationFact
from assistant.narration.realise import Claim, Said
from assistant.narration.scene import Scene, Slots, Tags

MOST_PLAIN = 5


def most_important(scene: Scene) -> Iterator[Claim]:
    """The headline: the feature or the features at the top, or at the bottom where that was asked."""
    found = _in_order(scene)
    if found and not _asked(scene):
        top = _first(found)
        tags: Tags = dict.fromkeys(scene.speech.label_tags(found[0][1].label), "")
        tags |= {"tied": f"population.importance[{top[0][0]}].tied_with", "several": ""} if len(top) > 1 else {}
        tags |= _order(scene) | _filtered(scene)
        yield scene.claim(
            "most_important", tags, {"features": scene.listed([_label(scene, *at) for at in top]), **_group(scene)}
        )


def importance(scene: Scene) -> Iterator[Claim]:
    """What follows in rank: in one sentence for plain readers, a line each with numbers for experts."""
    found, asked = _in_order(scene), _asked(scene)
    most = (scene.facts.population.top_k if scene.facts.population else None) or (
        scene.reader.reasons if scene.reader.technical else MOST_PLAIN
    )
    if scene.reader.technical:
        for i, item in found[:most]:
            yield scene.claim(
                "importance_line", {"error": ""} if item.error is not None else {}, _numbers(scene, i, item)
            )
        return
    following = [_label(scene, *at) for at in found[0 if asked else len(_first(found)) : most]]
    if following:
        tags: Tags = {"several": ""} if len(following) > 1 else {}
        tags |= {"asked": ""} if asked else _order(scene)
        yield scene.claim("next_important", tags, {"features": scene.listed(following)})


def asked_rank(scene: Scene) -> Iterator[Claim]:
    """The rank of the one feature asked for."""
    found = _importance(scene)
    asked = _asked(scene)
    for i, item in enumerate(found):
        if item.feature == asked:
            near = [_label(scene, j, other) for j, other in enumerate(found) if other.feature in item.tied_with]
            tags: Tags = {"tied": f"population.importance[{i}].tied_with"} if near else {}
            total = Said(text=scene.speech.numbers.whole(len(found)), facts=("population.importance",))
            slots = {**_group(scene), **_numbers(scene, i, item), "total": total, "tied_with": scene.listed(near)}
            yield scene.claim("asked_rank", tags | _filtered(scene), slots)


def overall(scene: Scene) -> Iterator[Claim]:
    """That ranks over many cases need not hold for one."""
    if _importance(scene):
        yield scene.claim("overall", _filtered(scene), _group(scene))


def shares(scene: Scene) -> Iterator[Claim]:
    """How much of all the weight each of the first features carries."""
    found = [(i, item) for i, item in enumerate(_importance(scene)) if item.share is not None][:MOST_PLAIN]
    if found and not scene.reader.technical:
        yield scene.claim("shares", {}, {"features": tuple(_share(scene, i, item) for i, item in found)})


def _share(scene: Scene, i: int, item: ImportanceFact) -> Claim:
    shown = scene.speech.numbers.percent(item.share or 0.0)
    share = Said(text=shown, facts=(f"population.importance[{i}].share",))
    return scene.claim("share_item", {}, {"label": _label(scene, i, item), "share": share})


def _in_order(scene: Scene) -> list[tuple[int, ImportanceFact]]:
    """Features with their places in the record, the most important first, or the least where that was asked."""
    found = list(enumerate(_importance(scene)))
    return found[::-1] if _order(scene) else found


def _first(found: list[tuple[int, ImportanceFact]]) -> list[tuple[int, ImportanceFact]]:
    """The first, and the second where the two are tied."""
    return found[:2] if len(found) > 1 and found[1][1].feature in found[0][1].tied_with else found[:1]


def _order(scene: Scene) -> Tags:
    least = scene.facts.population and scene.facts.population.order == "least"
    return {"least": "population.order"} if least else {}


def _filtered(scene: Scene) -> Tags:
    """Whether it is about rows that the question named."""
    group = scene.facts.population and scene.facts.population.explained
    return {"filtered": "population.explained"} if group else {}


def _asked(scene: Scene) -> str | None:
    return scene.facts.population.asked if scene.facts.population else None


def _importance(scene: Scene) -> tuple[ImportanceFact, ...]:
    population = scene.facts.population
    return population.importance or () if population else ()


def _label(scene: Scene, i: int, item: ImportanceFact) -> Said:
    path = f"population.importance[{i}]"
    text = item.label if scene.reader.technical else scene.speech.named(item.label)
    return Said(text=text, facts=(f"{path}.label", f"{path}.rank"))


def _numbers(scene: Scene, i: int, item: ImportanceFact) -> Slots:
    numbers, path = scene.speech.numbers, f"population.importance[{i}]"
    slots: Slots = {
        "label": _label(scene, i, item),
        "rank": Said(text=str(item.rank), facts=(f"{path}.rank",)),
        "weight": Said(text=numbers.exact(item.weight), facts=(f"{path}.weight",)),
    }
    if item.error is not None:
        slots["error"] = Said(text=numbers.exact(item.error), facts=(f"{path}.error",))
    return slots


def _group(scene: Scene) -> Slots:
    population: PopulationFact | None = scene.facts.population
    if population is None:
        return {}
    everything = scene.speech.word("reference" if population.some else "all")
    whole = scene.speech.numbers.whole
    return {
        "filter": Said(text=population.filter or everything, facts=("population.filter",)),
        "n": Said(text=whole(population.n or 0), facts=("population.n",)),
        "explained": Said(text=whole(population.explained or 0), facts=("population.explained",)),
    }
