"""Over rows: how many, what the model says of them, what really came out, and the rows themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from assistant.facts import CountFact, PopulationFact, TableFact
from assistant.narration.realise import Claim, Said
from assistant.narration.scene import Scene, Slots, Tags
from explainers.base import Value

SPECIAL: Mapping[str, str] = MappingProxyType({"@id": "id", "@prediction": "answer", "@label": "truth"})
"""Columns that are no features, and the gaps they fill."""


def too_few(scene: Scene) -> Iterator[Claim]:
    """That there are no rows, or too few to speak of."""
    population = scene.facts.population
    if population and population.too_few:
        yield scene.claim("too_few", {"hidden": "population.too_few", **filtered(scene)}, group(scene))
    elif population and population.n == 0:
        yield scene.claim("too_few", {"none": "population.n", **filtered(scene)}, group(scene))


def count(scene: Scene) -> Iterator[Claim]:
    """How many of all rows."""
    if told(scene):
        yield scene.claim("count", filtered(scene), group(scene))


def answers(scene: Scene) -> Iterator[Claim]:
    """How many get which outcome by the model, or its mean; what was asked for first."""
    yield from _counted(scene, "predictions", "answers")


def mean_score(scene: Scene) -> Iterator[Claim]:
    """The mean score of one outcome; to plain readers only where scores may be told as percentages."""
    population = told(scene)
    if population and population.counts and population.mean is not None:
        calibrated = bool(population.calibrated)
        if calibrated or scene.reader.technical:
            numbers = scene.speech.numbers
            shown = numbers.exact(population.mean) if scene.reader.technical else numbers.percent(population.mean)
            tags: Tags = {"calibrated" if calibrated else "uncalibrated": "population.calibrated"}
            slots: Slots = {
                "mean": Said(text=shown, facts=("population.mean",)),
                "of": Said(text=population.of or "", facts=("population.of",)),
            }
            yield scene.claim("mean_score", tags, slots)


def labels(scene: Scene) -> Iterator[Claim]:
    """What really came out, over the rows."""
    yield from _counted(scene, "labels", "labels")


def truth(scene: Scene) -> Iterator[Claim]:
    """What really came out for the case, beside the model's answer."""
    found = scene.facts.truth
    if scene.facts.subject is None:
        return
    if found is None:
        yield scene.claim("truth", {"unrecorded": ""})
        return
    unit = found.unit or ""
    slots: Slots = {
        "truth": Said(text=scene.speech.value(found.value, unit), facts=("truth.value",)),
        "answer": Said(text=scene.speech.value(found.answer, unit), facts=("truth.answer",)),
    }
    tags: Tags = {"agrees" if found.agrees else "differs": "truth.agrees"} if found.agrees is not None else {}
    if found.off is not None:
        tags = {"quantity": "truth.of"}
        slots["of"] = Said(text=found.of or "", facts=("truth.of",))
        slots["off"] = Said(text=scene.speech.numbers.amount(found.off, unit), facts=("truth.off",))
    yield scene.claim("truth", tags, slots)
    yield scene.claim("fair_test", {"learned" if found.learned else "unseen": "truth.learned"})


def labels_learned(scene: Scene) -> Iterator[Claim]:
    """That the model learned from some of the rows, so that agreeing with them is no test."""
    population = told(scene)
    if population and population.learned:
        number = Said(text=scene.speech.numbers.whole(population.learned), facts=("population.learned",))
        tags: Tags = {"all": "population.n"} if population.learned == population.n else {}
        yield scene.claim("labels_learned", tags, {"learned": number})


def shown(scene: Scene) -> Iterator[Claim]:
    """Before a case that is shown to an agent: its result, and whom the words are for."""
    if scene.facts.subject:
        yield scene.claim("case_line")


def one_at_a_time(scene: Scene) -> Iterator[Claim]:
    """That this reader sees rows one by one."""
    if told(scene) and scene.facts.tables is None:
        yield scene.claim("one_at_a_time")


def table(scene: Scene) -> Iterator[Claim]:
    """What stands in the columns, then the rows, a line each."""
    for i, found in enumerate(scene.facts.tables or ()):
        names = [
            Said(text=name, facts=(f"tables[{i}].columns[{k}]",))
            for k, name in enumerate(found.columns)
            if name not in SPECIAL
        ]
        yield scene.claim("columns", {}, {"labels": scene.listed(names)})
        for j in range(len(found.rows)):
            yield scene.claim("row", {}, _row(scene, f"tables[{i}]", found, j))


def more_rows(scene: Scene) -> Iterator[Claim]:
    """That a table does not hold all rows."""
    for i, found in enumerate(scene.facts.tables or ()):
        population = told(scene)
        if population and (population.n or 0) > len(found.rows):
            first = Said(text=scene.speech.numbers.whole(len(found.rows)), facts=(f"tables[{i}].rows",))
            yield scene.claim("more_rows", {}, {**group(scene), "shown": first})


def told(scene: Scene) -> PopulationFact | None:
    """The population, where there are rows that this reader may be told of."""
    population = scene.facts.population
    return population if population and population.n else None


def filtered(scene: Scene) -> Tags:
    """Whether the rows are some or all."""
    return {"filtered": ""} if scene.facts.population and scene.facts.population.filter else {}


def group(scene: Scene) -> Slots:
    """Which rows and how many, where they may be told."""
    population, numbers = scene.facts.population, scene.speech.numbers
    if population is None:
        return {}
    slots: Slots = {"filter": Said(text=population.filter, facts=("population.filter",))}
    for name in ("n", "total", "unseen"):
        if (number := getattr(population, name)) is not None:
            slots[name] = Said(text=numbers.whole(number), facts=(f"population.{name}",))
    if population.share is not None:
        slots["share"] = Said(text=numbers.percent(population.share), facts=("population.share",))
    return slots


def counted(scene: Scene, path: str, found: CountFact) -> Claim:
    """One value or outcome with how many rows have it."""
    name = scene.speech.value(found.name)
    slots: Slots = {
        "name": Said(text=name, facts=(f"{path}.name",)),
        "n": Said(text=scene.speech.numbers.whole(found.n), facts=(f"{path}.n",)),
        "share": Said(text=scene.speech.numbers.percent(found.share), facts=(f"{path}.share",)),
    }
    return scene.claim("count_item", {}, slots)


def _counted(scene: Scene, what: str, name: str) -> Iterator[Claim]:
    population = told(scene)
    if population is None or population.counted != what:
        return
    tags, slots = filtered(scene), group(scene)
    if population.counts is None:
        yield scene.claim(name, {**tags, "quantity": "population.counted"}, {**slots, **_means(scene, population)})
        return
    items = tuple(counted(scene, f"population.counts[{i}]", one) for i, one in enumerate(population.counts))
    asked = [i for i, one in enumerate(population.counts) if one.name == population.asked]
    if asked:
        tags["asked"] = "population.asked"
        tags |= {"never": f"population.counts[{asked[0]}].n"} if not population.counts[asked[0]].n else {}
        slots |= {f"asked_{k}": v for k, v in items[asked[0]].slots.items() if k in ("name", "n", "share")}
    yield scene.claim(name, {**tags, "counted": "population.counted"}, {**slots, "items": items})


def _means(scene: Scene, population: PopulationFact) -> Slots:
    slots: Slots = {"of": Said(text=population.of or "", facts=("population.of",))}
    for name in ("mean", "median"):
        number = getattr(population, name)
        if number is not None:
            shown = scene.speech.numbers.amount(number, population.unit or "")
            slots[name] = Said(text=shown, facts=(f"population.{name}",))
    return slots


def _row(scene: Scene, path: str, found: TableFact, j: int) -> Slots:
    """Its number, what stands in the columns of features, the model's answer and what really came out."""
    cells = [_cell(scene, found, f"{path}.rows[{j}][{k}]", j, k) for k in range(len(found.columns))]
    slots: Slots = {SPECIAL[c]: cells[k] for k, c in enumerate(found.columns) if c in SPECIAL}
    values = [cells[k] for k, c in enumerate(found.columns) if c not in SPECIAL]
    parted = scene.speech.word("cells").join(cell.text for cell in values)
    slots["items"] = Said(text=parted, facts=tuple(path for cell in values for path in cell.facts))
    return slots


def _cell(scene: Scene, found: TableFact, path: str, j: int, k: int) -> Said:
    value: Value = found.rows[j][k]
    return Said(text=scene.speech.value(value, found.units[k] if found.units else None), facts=(path,))
