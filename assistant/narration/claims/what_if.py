"""A what-if: the changes, what moved with them, and what the model would say."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.facts import ChangeFact, WhatIfFact
from assistant.narration.realise import Claim, Said
from assistant.narration.scene import Scene, Slots, Tags, clause


def result(scene: Scene) -> Iterator[Claim]:
    """The headline: the changes asked for, and before and after."""
    found = scene.facts.what_if
    if found is None:
        return
    if not found.changes:
        yield scene.claim("already", {"none": "what_if.changes"}, _results(scene, found))
        return
    asked = tuple(_change(scene, i, c) for i, c in enumerate(found.changes) if c.by == "asked")
    yield scene.claim("what_if", _tags(found), {**_results(scene, found), "changes": asked})


def links(scene: Scene) -> Iterator[Claim]:
    """Computed values that moved along."""
    for i, change in enumerate(scene.facts.what_if.changes if scene.facts.what_if else ()):
        if change.by == "link":
            claim = _change(scene, i, change)
            yield Claim(name="link", tags={**claim.tags, "link": f"what_if.changes[{i}].by"}, slots=claim.slots)


def sparse(scene: Scene) -> Iterator[Claim]:
    """A warning where few training cases lie near the new value."""
    labels = scene.facts.what_if.sparse if scene.facts.what_if else ()
    if labels:
        items = [Said(text=label, facts=(f"what_if.sparse[{i}]",)) for i, label in enumerate(labels)]
        yield scene.claim("sparse", {"several": ""} if len(labels) > 1 else {}, {"features": scene.listed(items)})


def unused_change(scene: Scene) -> Iterator[Claim]:
    """Changed features that the model is not given."""
    labels = scene.facts.what_if.unused if scene.facts.what_if else ()
    if labels:
        items = [Said(text=label, facts=(f"what_if.unused[{i}]",)) for i, label in enumerate(labels)]
        yield scene.claim(
            "unused_change", {"several": ""} if len(labels) > 1 else {}, {"features": scene.listed(items)}
        )


def level_after(scene: Scene) -> Iterator[Claim]:
    """The level the score would have; said where no percentage may be."""
    found = scene.facts.what_if
    if found and found.level_after and not scene.percentages and not scene.reader.technical:
        yield scene.claim("level_after", _tags(found), _results(scene, found))


def rule_after(scene: Scene) -> Iterator[Claim]:
    """A rule that would decide the changed case, still or newly; or that the one which decided no longer would."""
    found = scene.facts.what_if
    if found and found.rule_after:
        tags: Tags = {"still": "what_if.rule_before"} if found.rule_before == found.rule_after else {}
        rule = Said(text=clause(found.rule_after), facts=("what_if.rule_after",))
        yield scene.claim("rule_after", tags, {"rule": rule})
    elif found and found.rule_before:
        rule = Said(text=clause(found.rule_before), facts=("what_if.rule_before",))
        yield scene.claim("rule_after", {"lifted": "what_if.rule_before"}, {"rule": rule})


def _tags(found: WhatIfFact) -> Tags:
    tags: Tags = {found.direction: "what_if.direction"}
    if found.outcome_before and found.outcome_after:
        flips = found.outcome_before != found.outcome_after
        tags["flips" if flips else "stays"] = ("what_if.outcome_before", "what_if.outcome_after")
    if found.before == found.after:
        tags["same"] = ("what_if.before", "what_if.after")
    else:
        tags["rises" if found.after > found.before else "falls"] = ("what_if.before", "what_if.after")
    if found.slight:
        tags["slight"] = "what_if.slight"
    if found.rule_after:
        tags["ruled"] = "what_if.rule_after"
    if found.level_before and found.level_before == found.level_after:
        tags["same_level"] = ("what_if.level_before", "what_if.level_after")
    return tags


def _results(scene: Scene, found: WhatIfFact) -> Slots:
    slots: Slots = {}
    before, after = _scores(scene, found)
    if before and after:
        slots["before"] = Said(text=before, facts=("what_if.before",))
        slots["after"] = Said(text=after, facts=("what_if.after",))
    for name in ("outcome_before", "outcome_after", "verb_after"):
        text = getattr(found, name)
        if text:
            slots[name] = Said(text=text, facts=(f"what_if.{name}",))
    for name, level in (("level_before", found.level_before), ("level_after", found.level_after)):
        if level:
            slots[name] = Claim(name="level_word", tags={f"level_{level}": f"what_if.{name}"})
    difference = found.after - found.before
    shown = scene.speech.numbers.exact(difference, signed=True)
    slots["difference"] = Said(text=shown, facts=("what_if.before", "what_if.after"))
    return slots


def _scores(scene: Scene, found: WhatIfFact) -> tuple[str | None, str | None]:
    """Before and after, told apart where they differ."""
    numbers, score = scene.speech.numbers, scene.facts.score
    if scene.regression and score:
        return numbers.apart((found.before, found.after), score.unit)
    if scene.reader.technical or not scene.percentages or found.before == found.after:
        return scene.score(found.before), scene.score(found.after)
    cutoff = score.cutoff if score else None
    before, after = numbers.percent(found.before, cutoff), numbers.percent(found.after, cutoff)
    if before == after:
        return numbers.percent(found.before, found.after), numbers.percent(found.after, found.before)
    return before, after


def _change(scene: Scene, i: int, change: ChangeFact) -> Claim:
    path = f"what_if.changes[{i}]"
    old, new = _values(scene, change)
    kind = "number" if isinstance(change.to, int | float) else "unknown" if change.to is None else "category"
    tags: Tags = {kind: "", **dict.fromkeys(scene.speech.label_tags(change.label), "")}
    if change.from_ is None:
        tags["was_unknown"] = f"{path}.from"
    unit = (f"{path}.unit",) if change.unit else ()
    slots: Slots = {
        "label": Said(text=change.label, facts=(f"{path}.label",)),
        "from": Said(text=old, facts=(f"{path}.from", *unit)),
        "to": Said(text=new, facts=(f"{path}.to", *unit)),
    }
    return scene.claim("change", tags, slots)


def _values(scene: Scene, change: ChangeFact) -> tuple[str, str]:
    old, new = change.from_, change.to
    if isinstance(old, int | float) and isinstance(new, int | float):
        return scene.speech.numbers.apart((old, new), change.unit or "", change.step)
    return scene.speech.value(old, change.unit, change.step), scene.speech.value(new, change.unit, change.step)
