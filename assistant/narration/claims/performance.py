"""How good the model is: on rows it had not seen, beside what a guess would reach."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.facts import PopulationFact
from assistant.narration.claims.rows import filtered, group, told
from assistant.narration.paths import key
from assistant.narration.realise import Claim, Said
from assistant.narration.scene import Scene, Slots, Tags

FIRST = ("accuracy", "mae")
"""What is told where no figure is asked for."""
IN_UNIT = ("mae", "rmse")
PLAIN = ("precision", "recall", "r2")
"""What plain readers are told besides."""
SAME = ("recall", "sensitivity")
"""One figure under two names: the second is told only where it was asked for."""


def performance(scene: Scene) -> Iterator[Claim]:
    """The figure asked for, else how often the model was right or how far it was off."""
    population = told(scene)
    if population is None:
        return
    if not population.metrics:
        yield scene.claim("untested", filtered(scene), group(scene))
        return
    asked = population.metric if population.metric in population.metrics else None
    if population.metric and asked is None:
        yield scene.claim("no_such_figure")
    yield _told(scene, population, asked or _first(population))


def baseline(scene: Scene) -> Iterator[Claim]:
    """What always giving the most frequent answer, or the middle one, would have reached."""
    population = told(scene)
    if population and population.metrics and population.baseline is not None:
        name = _first(population)
        if population.metric not in (None, name) and population.metric in population.metrics:
            return
        value = population.metrics[name]
        better = value > population.baseline if name == "accuracy" else value < population.baseline
        paths = ("population.baseline", key("population.metrics", name))
        tags: Tags = {name: "", "better" if better else "no_better": paths}
        tags |= {"all_alike": paths[0]} if name == "accuracy" and population.baseline == 1 else {}
        slots: Slots = {"baseline": Said(text=_value(scene, population, name, population.baseline), facts=paths[:1])}
        yield scene.claim("baseline", tags, {**slots, **_of(population)})


def figures(scene: Scene) -> Iterator[Claim]:
    """The other figures: a few in words for plain readers, all for experts."""
    population = told(scene)
    if population is None or not population.metrics:
        return
    asked = population.metric if population.metric in population.metrics else _first(population)
    left_out = SAME if asked in SAME else (asked, SAME[1])
    for name in population.metrics:
        if name not in left_out and (scene.reader.technical or name in PLAIN):
            yield _told(scene, population, name, listed=True)


def out_of_fold(scene: Scene) -> Iterator[Claim]:
    """That some of the rows were answered by models taught without them."""
    population = told(scene)
    if population and population.out_of_fold:
        shown = Said(text=scene.speech.numbers.whole(population.out_of_fold), facts=("population.out_of_fold",))
        yield scene.claim("out_of_fold", {}, {"out_of_fold": shown})


def not_on_learned(scene: Scene) -> Iterator[Claim]:
    """Why figures on the rows that taught the model are not told."""
    population = told(scene)
    if population and population.learned_asked:
        yield scene.claim("not_on_learned", {"asked": "population.learned_asked"})


def _told(scene: Scene, population: PopulationFact, name: str, *, listed: bool = False) -> Claim:
    assert population.metrics is not None
    value, errors = population.metrics[name], population.errors or {}
    path = key("population.metrics", name)
    tags: Tags = {name: "", **({"also": ""} if listed else filtered(scene))}
    tags |= {"of": "population.of"} if population.of and name not in FIRST else {}
    tags |= {"worse": path} if value < 0 else {}
    tags |= {"tenths": path} if name == "accuracy" and 0 < round(value * 10) < 10 else {}
    slots: Slots = {
        **group(scene),
        **_of(population),
        "value": Said(text=_value(scene, population, name, value), facts=(path,)),
        "tenths": Said(text=scene.speech.numbers.whole(round(value * 10)), facts=(path,)),
    }
    if name in errors:
        tags["error"] = ""
        shown = _value(scene, population, name, errors[name])
        slots["error"] = Said(text=shown, facts=(key("population.errors", name),))
    return scene.claim("performance", tags, slots)


def _first(population: PopulationFact) -> str:
    return next(name for name in FIRST if name in (population.metrics or {}))


def _of(population: PopulationFact) -> Slots:
    return {"of": Said(text=population.of, facts=("population.of",))} if population.of else {}


def _value(scene: Scene, population: PopulationFact, name: str, value: float) -> str:
    numbers = scene.speech.numbers
    if name in IN_UNIT:
        return numbers.amount(value, population.unit or "")
    return numbers.exact(value) if scene.reader.technical or name == "f1" else numbers.percent(value)
