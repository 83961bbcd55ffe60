"""Where the model is wrong: how often, which way, and rules that its mistakes follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.facts import CommonFact, ConditionFact, MistakesFact, RuleOfMistakesFact, WayFact
from assistant.narration.claims.rows import filtered, group, told
from assistant.narration.claims.weights import grammar
from assistant.narration.realise import Claim, Said
from assistant.narration.scene import Scene, Slots, Tags
from explainers.base import Value

LIMITS = {"above", "at_most"}
"""Of a number; both together are a range."""


def mistakes(scene: Scene) -> Iterator[Claim]:
    """The headline: the first rule where one was asked for, else how often the model is wrong, or how far off."""
    found, population = scene.facts.mistakes, told(scene)
    if population and found is None:
        yield scene.claim("untested", filtered(scene), group(scene))
    elif found and found.asked == "typical":
        yield _first_rule(scene, found.common)
    elif found:
        yield _often(scene, found)


def rules(scene: Scene) -> Iterator[Claim]:
    """The rules after the first."""
    common = scene.facts.mistakes.common if scene.facts.mistakes else None
    for i, rule in enumerate(common.rules if common else ()):
        if common and i:
            yield _rule(scene, common, i, rule)


def checked(scene: Scene) -> Iterator[Claim]:
    """How rules are found and tested."""
    common = scene.facts.mistakes.common if scene.facts.mistakes else None
    if common and common.enough:
        yield scene.claim("mistakes_checked", {}, _halves(scene, common))


def ways(scene: Scene) -> Iterator[Claim]:
    """Which way it is wrong: the most frequent one for plain readers, each with its number for experts."""
    found = scene.facts.mistakes
    if found is None or found.asked == "typical":
        return
    tags: Tags = {"clear" if found.one_way else "even": "mistakes.one_way"}
    for i, way in enumerate(found.ways if scene.reader.technical else found.ways[:1]):
        yield scene.claim("mistake_way", tags, _way(scene, i, way))


def misses(scene: Scene) -> Iterator[Claim]:
    """How far a quantity is off at worst, and to which side."""
    found = scene.facts.mistakes
    if found is None or found.miss is None or found.asked == "typical":
        return
    even: Tags = {"even": ("mistakes.miss.high", "mistakes.miss.low")}
    tags: Tags = {found.miss.leaning: "mistakes.miss.leaning"} if found.miss.leaning else even
    yield scene.claim("miss_far", {}, _miss(scene, found))
    yield scene.claim("miss_side", tags, _miss(scene, found))


def private(scene: Scene) -> Iterator[Claim]:
    """That single rows are not shown, where some were asked for."""
    found = scene.facts.mistakes
    if found and found.asked == "sample" and scene.facts.tables is None:
        yield scene.claim("mistakes_private", {"asked": "mistakes.asked"})


def listed(scene: Scene) -> Iterator[Claim]:
    """Which of the wrong rows are shown."""
    for i, table in enumerate(scene.facts.tables or ()):
        shown = Said(text=scene.speech.numbers.whole(len(table.rows)), facts=(f"tables[{i}].rows",))
        kind: Tags = {} if "@score" in table.columns else {"quantity": "mistakes.miss.of"}
        kind |= {} if table.rows else {"none": f"tables[{i}].rows"}
        yield scene.claim("mistakes_listed", kind, {"shown": shown})


def rows(scene: Scene) -> Iterator[Claim]:
    """The wrong rows themselves, where the record holds them."""
    names = {"@id": "id", "@prediction": "answer", "@score": "score", "@label": "truth"}
    for i, table in enumerate(scene.facts.tables or ()):
        scored: Tags = {"scored": ""} if "@score" in table.columns else {}
        for j, row in enumerate(table.rows):
            slots: Slots = {
                names[column]: Said(text=_cell(scene, column, cell, unit), facts=(f"tables[{i}].rows[{j}][{k}]",))
                for k, (column, cell, unit) in enumerate(zip(table.columns, row, table.units, strict=True))
            }
            yield scene.claim("mistake_row", scored, slots)


def not_why(scene: Scene) -> Iterator[Claim]:
    """That a rule of mistakes is no cause of them."""
    common = scene.facts.mistakes.common if scene.facts.mistakes else None
    if common and common.rules:
        yield scene.claim("mistakes_not_why")


def _cell(scene: Scene, column: str, cell: Value, unit: str) -> str:
    if column == "@score" and isinstance(cell, float):
        return scene.speech.numbers.exact(cell)
    return scene.speech.value(cell, unit)


def _often(scene: Scene, found: MistakesFact) -> Claim:
    tags, slots, numbers = filtered(scene), group(scene), scene.speech.numbers
    if found.miss:
        return scene.claim("mistakes", {**tags, "quantity": "mistakes.miss.of"}, {**slots, **_miss(scene, found)})
    share = found.share or 0.0
    tags |= {"none": "mistakes.wrong"} if found.wrong == 0 else {}
    tags |= {"tenths": "mistakes.share"} if 1 < round(share * 10) < 10 else {}
    tags |= {"once": "mistakes.share"} if round(share * 10) == 1 else {}
    slots["wrong_share"] = Said(text=numbers.percent(share), facts=("mistakes.share",))
    slots["tenths"] = Said(text=numbers.whole(round(share * 10)), facts=("mistakes.share",))
    if found.wrong is not None:
        tags["counted"] = "mistakes.wrong"
        slots["wrong"] = Said(text=numbers.whole(found.wrong), facts=("mistakes.wrong",))
    return scene.claim("mistakes", tags, slots)


def _first_rule(scene: Scene, common: CommonFact | None) -> Claim:
    if common and common.rules:
        return _rule(scene, common, 0, common.rules[0])
    path = "mistakes.common.enough" if common else "mistakes.asked"
    tags: Tags = {"none": "mistakes.common.rules"} if common and common.enough else {"scarce": path}
    return scene.claim("no_mistake_rule", {**tags, **filtered(scene)}, group(scene))


def _rule(scene: Scene, common: CommonFact, i: int, rule: RuleOfMistakesFact) -> Claim:
    path, numbers = f"mistakes.common.rules[{i}]", scene.speech.numbers
    again = i > 0 and not scene.reader.technical
    tags: Tags = {"again": ""} if again else filtered(scene)
    slots: Slots = {
        **group(scene),
        **_halves(scene, common),
        "conditions": _conditions(scene, f"{path}.conditions", rule.conditions),
        "rate": Said(text=numbers.percent(rule.rate, common.overall), facts=(f"{path}.rate",)),
        "n": Said(text=numbers.whole(rule.n), facts=(f"{path}.n",)),
    }
    if common.limit is not None and (miss := scene.facts.mistakes and scene.facts.mistakes.miss):
        tags |= {} if again else {"quantity": "mistakes.common.limit"}
        slots["limit"] = Said(text=numbers.amount(common.limit, miss.unit), facts=("mistakes.common.limit",))
    return scene.claim("mistake_rule", tags, slots)


def _conditions(scene: Scene, path: str, found: tuple[ConditionFact, ...]) -> tuple[Claim, ...]:
    """Each condition; two limits of one feature as one range."""
    claims = [_condition(scene, f"{path}[{i}]", one) for i, one in enumerate(found)]
    if len(found) > 1 and {one.op for one in found} == LIMITS and found[0].feature == found[1].feature:
        first, second = claims
        return (replace(first, tags={**first.tags, **second.tags}, slots={**first.slots, **second.slots}),)
    return tuple(claims)


def _condition(scene: Scene, path: str, found: ConditionFact) -> Claim:
    label = found.label if scene.reader.technical else scene.speech.named(found.label)
    unit = (f"{path}.unit",) if found.unit else ()
    shown = scene.speech.value(found.value, found.unit, found.step)
    slots: Slots = {
        "label": Said(text=label, facts=(f"{path}.label",)),
        found.op if found.op in LIMITS else "is_value": Said(text=shown, facts=(f"{path}.value", *unit)),
    }
    return scene.claim("condition", {found.op: f"{path}.op", **grammar(scene, found.label)}, slots)


def _halves(scene: Scene, common: CommonFact) -> Slots:
    numbers, path = scene.speech.numbers, "mistakes.common"
    return {
        "overall": Said(text=numbers.percent(common.overall), facts=(f"{path}.overall",)),
        "checked": Said(text=numbers.whole(common.checked_on), facts=(f"{path}.checked_on",)),
        "found": Said(text=numbers.whole(common.found_on), facts=(f"{path}.found_on",)),
    }


def _way(scene: Scene, i: int, way: WayFact) -> Slots:
    path, numbers = f"mistakes.ways[{i}]", scene.speech.numbers
    return {
        "said": Said(text=way.said, facts=(f"{path}.said",)),
        "true": Said(text=way.truth, facts=(f"{path}.truth",)),
        "count": Said(text=numbers.whole(way.n), facts=(f"{path}.n",)),
        "way_share": Said(text=numbers.percent(way.share), facts=(f"{path}.share",)),
    }


def _miss(scene: Scene, found: MistakesFact) -> Slots:
    miss, numbers = found.miss, scene.speech.numbers
    if miss is None:
        return {}
    path = "mistakes.miss"
    return {
        "of": Said(text=miss.of, facts=(f"{path}.of",)),
        "median": Said(text=numbers.amount(miss.median, miss.unit), facts=(f"{path}.median",)),
        "far": Said(text=numbers.amount(miss.far, miss.unit), facts=(f"{path}.far",)),
        "high": Said(text=numbers.percent(miss.high), facts=(f"{path}.high",)),
        "low": Said(text=numbers.percent(miss.low), facts=(f"{path}.low",)),
    }
