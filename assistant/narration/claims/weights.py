"""One reason as a claim: its direction, size, comparison and numbers as tags and slots."""

from __future__ import annotations

from assistant.facts import Reason
from assistant.narration.realise import Claim, Said
from assistant.narration.scene import Scene, Slots, Tags
from assistant.narration.selection import Ranked


def reason_claim(scene: Scene, pair: Ranked, tags: Tags) -> Claim:
    """The claim `reason`, knowing all that may be said of this reason."""
    i, reason = pair
    path = f"reasons[{i}]"
    own: Tags = {
        **tags,
        "unknown" if reason.value is None and reason.kind != "group" else reason.kind: f"{path}.kind",
        reason.size: f"{path}.size",
        **_direction(scene, reason, path),
        **sign(reason.weight, f"{path}.weight"),
        **grammar(scene, reason.label),
        **_comparison(reason, path),
    }
    if reason.tied_with:
        own["tied"] = f"{path}.tied_with"
    if reason.error is not None:
        own["error"] = ""
    if reason.sensitive:
        own["sensitive"] = f"{path}.sensitive"
    return scene.claim("reason", own, _reason_slots(scene, reason, path))


def _reason_slots(scene: Scene, reason: Reason, path: str) -> Slots:
    speech = scene.speech
    slots: Slots = {
        "label": Said(text=reason.label, facts=(f"{path}.label",)),
        "value": Said(text=speech.value(reason.value, reason.unit, reason.step), facts=valued(path, reason.unit)),
        "towards": _towards(scene, reason.weight),
        **weight_slots(scene, reason.weight, f"{path}.weight"),
    }
    if reason.members:
        first = reason.members[0]
        slots["member"] = Said(text=first.label, facts=(f"{path}.members[0].label",))
        slots["member_value"] = Said(
            text=speech.value(first.value, first.unit, first.step), facts=valued(f"{path}.members[0]", first.unit)
        )
    if reason.compared:
        whose, where = (reason.members[0], f"{path}.members[0]") if reason.members else (reason, path)
        typical = speech.value(reason.compared.value, whose.unit, whose.step)
        slots["typical"] = Said(text=typical, facts=(f"{where}.reference.value",))
        slots["group"] = Said(text=reason.compared.of or speech.word("reference"), facts=(f"{where}.reference.of",))
    if reason.error is not None:
        shown = speech.numbers.exact(reason.error, like=reason.weight)
        slots["error"] = Said(text=shown, facts=(f"{path}.error",))
    return slots


def weight_slots(scene: Scene, weight: float, path: str) -> Slots:
    """`weight` is exact and signed; `points` is its size in the unit people know, where they may be told one."""
    numbers = scene.speech.numbers
    slots: Slots = {"weight": Said(text=numbers.exact(weight, signed=True), facts=(path,))}
    if scene.regression and scene.facts.score:
        slots["points"] = Said(text=numbers.amount(abs(weight), scene.facts.score.unit), facts=(path,))
    elif scene.percentages or scene.reader.technical:
        slots["points"] = Said(text=numbers.points(weight), facts=(path,))
    return slots


def _direction(scene: Scene, reason: Reason, path: str) -> Tags:
    """Neutral words where no outcome is better, or where "against you" would be cruel; up and down for a quantity."""
    if scene.regression:
        return {"raised" if reason.weight > 0 else "lowered": f"{path}.direction"}
    if reason.direction in ("for", "against") and not scene.facts.medical:
        return {reason.direction: f"{path}.direction"}
    two = bool(scene.facts.outcome and len(scene.facts.outcome.alternatives) == 1)
    return {"towards" if reason.weight > 0 or two else "away": f"{path}.direction"}


def _towards(scene: Scene, weight: float) -> Said:
    """The outcome a weight points to; with three and more, the one it is about."""
    score, outcome = scene.facts.score, scene.facts.outcome
    if score is None:
        return Said(text="")
    if weight > 0 or outcome is None or len(outcome.alternatives) != 1:
        return Said(text=score.of, facts=("score.of",))
    if outcome.name == score.of:
        return Said(text=outcome.alternatives[0], facts=("outcome.alternatives[0]",))
    return Said(text=outcome.name, facts=("outcome.name",))


def _comparison(reason: Reason, path: str) -> Tags:
    if reason.compared is None or reason.compared.value is None:
        return {}
    if reason.members:
        return {f"member_{reason.compared.comparison}": f"{path}.members[0].reference.comparison"}
    return {"compared": "", reason.compared.comparison: f"{path}.reference.comparison"}


def sign(weight: float, path: str) -> Tags:
    """Of a weight: `plus`, `minus` or `zero`."""
    return {"plus" if weight > 0 else "minus" if weight < 0 else "zero": path}


def grammar(scene: Scene, label: str) -> Tags:
    """The grammar of a label as tags."""
    return dict.fromkeys(scene.speech.label_tags(label), "")


def valued(path: str, unit: str | None) -> tuple[str, ...]:
    """The paths of a value and, where it has one, of its unit."""
    return (f"{path}.value", f"{path}.unit") if unit else (f"{path}.value",)
