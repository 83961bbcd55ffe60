"""The effect of one feature: which way, how far, where most of it lies, and where the case stands."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.facts import EffectFact, EffectPoint
from assistant.narration.claims.weights import grammar
from assistant.narration.realise import Claim, Said
from assistant.narration.scene import Scene, Slots, Tags
from explainers.base import Value


def effect_shape(scene: Scene) -> Iterator[Claim]:
    """The headline: which way the model's answer goes as the feature rises, or that the model is not given it."""
    found = scene.facts.effect
    if found is None:
        return
    if not found.used:
        yield scene.claim("effect_unused", {"unused": "effect.used"}, _named(scene, found))
        return
    yield scene.claim("effect_shape", _tags(scene, found), {**_slots(scene, found), **_extremes(scene, found)})


def effect_range(scene: Scene) -> Iterator[Claim]:
    """The average scores it goes between; only where they may be told."""
    found = scene.facts.effect
    if found and found.points and (found.shape != "flat" or scene.reader.technical):
        slots = _extremes(scene, found)
        if "first" in slots:
            yield scene.claim("effect_range", _tags(scene, found), {**_slots(scene, found), **slots})
        if found.slight:
            yield scene.claim("effect_slight", {"slight": "effect.slight"}, _slots(scene, found))


def effect_steep(scene: Scene) -> Iterator[Claim]:
    """Where most of a rise or a fall lies."""
    found = scene.facts.effect
    if found and found.steep:
        yield scene.claim("effect_steep", _tags(scene, found), _slots(scene, found))


def effect_yours(scene: Scene) -> Iterator[Claim]:
    """Where the case stands, and what the model would say of it over the same values."""
    found = scene.facts.effect
    if found is None or found.yours is None or (found.shape == "flat" and not scene.reader.technical):
        return
    tags = _tags(scene, found)
    if found.yours_at:
        tags[found.yours_at] = "effect.yours_at"
    yield scene.claim("effect_yours", tags, _slots(scene, found))
    slots = _own(scene, found)
    if slots:
        yield scene.claim(
            "effect_own", _tags(scene, found), {**_slots(scene, found), **_extremes(scene, found), **slots}
        )


def effect_agree(scene: Scene) -> Iterator[Claim]:
    """How many single cases go the same way."""
    found = scene.facts.effect
    if found and found.agree is not None and found.shape != "flat":
        yield scene.claim("effect_agree", _tags(scene, found), _slots(scene, found))


def effect_caveats(scene: Scene) -> Iterator[Claim]:
    """What moved along, what was held although it goes together with the feature, and where cases are few."""
    found = scene.facts.effect
    if found is None or not found.used:
        return
    tags, slots = _tags(scene, found), _slots(scene, found)
    if found.moves:
        yield scene.claim("effect_moves", tags, {**slots, "others": _labels(scene, found.moves, "effect.moves")})
    if found.companions:
        others = _labels(scene, found.companions, "effect.companions")
        yield scene.claim("effect_companions", tags, {**slots, "others": others})
    if found.sparse and (found.shape != "flat" or scene.reader.technical):
        yield scene.claim("effect_sparse", {"sparse": "effect.sparse"}, slots)


def effect_points(scene: Scene) -> Iterator[Claim]:
    """Every value tried with its average score; single cases' spread for experts."""
    found = scene.facts.effect
    if found and found.points and scene.score(found.points[0].score):
        items = tuple(_item(scene, found, i, point) for i, point in enumerate(found.points))
        yield scene.claim("effect_points", _tags(scene, found), {**_slots(scene, found), "items": items})


def _labels(scene: Scene, labels: tuple[str, ...], path: str) -> Said:
    return scene.listed([Said(text=scene.speech.named(t), facts=(f"{path}[{i}]",)) for i, t in enumerate(labels)])


def _tags(scene: Scene, found: EffectFact) -> Tags:
    tags: Tags = {found.kind: "effect.kind", found.shape: "effect.shape", **grammar(scene, found.label)}
    if found.unit == "count":
        tags["counted"] = "effect.unit"
    if found.direction in ("for", "against") and not scene.facts.medical and not scene.regression:
        tags[found.direction] = "effect.direction"
    if found.shape == "mixed" and found.agree is not None and found.kind != "category":
        tags["divided"] = "effect.agree"
    if found.agree == 1:
        tags["every"] = "effect.agree"
    return tags


def _named(scene: Scene, found: EffectFact) -> Slots:
    label = found.label if scene.reader.technical else scene.speech.named(found.label)
    return {
        "label": Said(text=label, facts=("effect.label",)),
        "bare": Said(text=found.label, facts=("effect.label",)),
        "of": Said(text=found.of, facts=("effect.of",)),
    }


def _slots(scene: Scene, found: EffectFact) -> Slots:
    numbers = scene.speech.numbers
    slots = {
        **_named(scene, found),
        "n": Said(text=numbers.whole(found.n), facts=("effect.n",)),
        "yours": Said(text=_value(scene, found, found.yours), facts=("effect.yours",)),
        "away": _away(scene, found),
    }
    if found.turn is not None:
        slots["turn"] = Said(text=_value(scene, found, found.turn), facts=("effect.turn",))
    if found.steep:
        low, high = (_value(scene, found, end) for end in found.steep)
        slots |= {
            "from": Said(text=low, facts=("effect.steep[0]",)),
            "to": Said(text=high, facts=("effect.steep[1]",)),
        }
    if found.agree is not None:
        slots["agree"] = Said(text=numbers.percent(found.agree), facts=("effect.agree",))
    return slots


def _away(scene: Scene, found: EffectFact) -> Said:
    """The other one of two outcomes."""
    outcome = scene.facts.outcome
    if outcome is None or len(outcome.alternatives) != 1:
        return Said(text="")
    if outcome.name == found.of:
        return Said(text=outcome.alternatives[0], facts=("outcome.alternatives[0]",))
    return Said(text=outcome.name, facts=("outcome.name",))


def _extremes(scene: Scene, found: EffectFact) -> Slots:
    """The lowest and the highest average, and where they lie; `first` and `last` are the two as their values stand."""
    slots: Slots = {}
    for names, ends in _ends(found):
        shown = _scores(scene, [found.points[i].score for i in ends])
        for place, (name, i) in enumerate(zip(names, ends, strict=True)):
            path = f"effect.points[{i}]"
            slots[f"{name}_at"] = Said(text=_value(scene, found, found.points[i].at), facts=(f"{path}.at",))
            if shown:
                slots[name] = Said(text=shown[place], facts=(f"{path}.score",))
    return slots


def _ends(found: EffectFact) -> list[tuple[tuple[str, str], tuple[int, int]]]:
    """The places of the lowest and the highest average, under the names of their slots."""
    if found.least is None or found.most is None:
        return []
    low, high = found.least, found.most
    ordered = (low, high) if found.kind == "category" else (min(low, high), max(low, high))
    return [(("least", "most"), (low, high)), (("first", "last"), ordered)]


def _own(scene: Scene, found: EffectFact) -> Slots:
    """The case's own scores at the same values."""
    slots: Slots = {}
    for names, ends in _ends(found):
        shown = _scores(scene, [found.points[i].yours for i in ends])
        for name, i, text in zip(names, ends, shown, strict=False):
            slots[f"own_{name}"] = Said(text=text, facts=(f"effect.points[{i}].yours",))
    return slots


def _scores(scene: Scene, scores: list[float]) -> list[str]:
    """Two scores told apart where they differ; none where this reader may not be told any."""
    score, numbers = scene.facts.score, scene.speech.numbers
    if scene.regression and score:
        return list(numbers.apart((scores[0], scores[1]), score.unit))
    if scene.reader.technical:
        return [numbers.exact(s) for s in scores]
    return [numbers.percent(scores[0], scores[1]), numbers.percent(scores[1], scores[0])] if scene.percentages else []


def _item(scene: Scene, found: EffectFact, i: int, point: EffectPoint) -> Claim:
    path, exact = f"effect.points[{i}]", scene.speech.numbers.exact
    slots: Slots = {
        "at": Said(text=_value(scene, found, point.at), facts=(f"{path}.at",)),
        "mean": Said(text=scene.score(point.score) or "", facts=(f"{path}.score",)),
        "low": Said(text=exact(point.low), facts=(f"{path}.low",)),
        "high": Said(text=exact(point.high), facts=(f"{path}.high",)),
    }
    return scene.claim("effect_point", {}, slots)


def _value(scene: Scene, found: EffectFact, value: Value) -> str:
    return scene.speech.value(value, found.unit, found.step)
