"""Why over a group: the reasons its cases have on average, how many share them, and where they are divided."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.facts import GroupWhyFact, SharedReason
from assistant.narration.realise import Claim, Said
from assistant.narration.scene import Scene, Slots, Tags

MOST_PLAIN = 2

Placed = tuple[int, SharedReason]


def group_explained(scene: Scene) -> Iterator[Claim]:
    """Of how many of the cases the reasons are the mean."""
    found, population = scene.facts.group_why, scene.facts.population
    if found and population and population.n:
        whole = scene.speech.numbers.whole
        slots: Slots = {
            "explained": Said(text=whole(found.explained), facts=("group_why.explained",)),
            "n": Said(text=whole(population.n), facts=("population.n",)),
        }
        yield scene.claim("group_explained", {"all": ""} if found.explained == population.n else {}, slots)


def group_ruled(scene: Scene) -> Iterator[Claim]:
    """In how many of them a rule decides, whatever the score."""
    found = scene.facts.group_why
    if found and found.ruled:
        number = Said(text=scene.speech.numbers.whole(found.ruled), facts=("group_why.ruled",))
        yield scene.claim("group_ruled", {}, {"ruled": number})


def group_reasons(scene: Scene) -> Iterator[Claim]:
    """The told reasons, the largest mean first; where one was asked for, that one with its place."""
    found, before = scene.facts.group_why, None
    if found is None:
        return
    told = _told(scene, found)
    if not told:
        yield from _undecided(scene, found)
    for place, (i, reason) in enumerate(told):
        start = "first" if place == 0 else "next" if before and reason.weight * before.weight > 0 else "turn"
        yield _reason(scene, found, reason, f"group_why.reasons[{i}]", {"asked" if found.asked else start: ""})
        before = reason
    if found.asked:
        yield from _asked(scene, found, told)


def group_divided(scene: Scene) -> Iterator[Claim]:
    """Where a reason points one way for some of them and the other way for others; plain readers get two."""
    found = scene.facts.group_why
    if found is None:
        return
    told = [
        (i, reason)
        for i, reason in enumerate(found.reasons)
        if reason.divided and found.asked in (None, reason.feature) and not _hidden(scene, reason)
    ]
    most = len(told) if scene.reader.technical else MOST_PLAIN
    for i, reason in told[:most]:
        path, percent = f"group_why.reasons[{i}]", scene.speech.numbers.percent
        shares: Slots = {
            name: Said(text=percent(share), facts=(f"{path}.{name}",))
            for name, share in (("up", reason.up), ("down", reason.down))
        }
        tags = {**_target(scene, found), **_grammar(scene, reason), "divided": f"{path}.divided"}
        yield scene.claim("group_divided", tags, {**_slots(scene, found, reason, path), **shares})
    if others := [_label(scene, reason, f"group_why.reasons[{i}]") for i, reason in told[most:]]:
        yield scene.claim("group_divided_too", {}, {"features": scene.listed(others)})


def group_average(scene: Scene) -> Iterator[Claim]:
    """That what holds on average need not hold for one of them."""
    if scene.facts.group_why:
        yield scene.claim("group_average")


def group_sums(scene: Scene) -> Iterator[Claim]:
    """That the mean reasons, the untold rest and the residual add up to the mean score."""
    found, exact = scene.facts.group_why, scene.speech.numbers.exact
    if found:
        slots: Slots = {
            name: Said(text=exact(value, signed=signed), facts=(f"group_why.{name}",))
            for name, value, signed in (
                ("base", found.base, False),
                ("score", found.score, False),
                ("rest", found.rest, True),
                ("residual", found.residual, True),
            )
        }
        yield scene.claim("group_sums", {}, slots)


def _told(scene: Scene, found: GroupWhyFact) -> list[Placed]:
    """The largest whose direction is known, of both directions where there are both; or the one asked for."""
    known = [(i, r) for i, r in enumerate(found.reasons) if r.direction != "none"]
    if found.asked:
        return [(i, r) for i, r in known if r.feature == found.asked]
    most = min(scene.facts.top_k or scene.reader.reasons, scene.reader.reasons)
    told = known[:most]
    turned = [(i, r) for i, r in known[most:] if r.weight * told[0][1].weight < 0]
    if most > 1 and turned and all(r.weight * told[0][1].weight > 0 for _, r in told):
        told = [*told[:-1], turned[0]]
    return told


def _undecided(scene: Scene, found: GroupWhyFact) -> Iterator[Claim]:
    """That no direction is known, of the one asked for or of any."""
    asked = [(i, r) for i, r in enumerate(found.reasons) if r.feature == found.asked]
    if not asked:
        yield scene.claim("group_no_reasons")
    for i, reason in asked:
        yield scene.claim("group_undecided", {}, _slots(scene, found, reason, f"group_why.reasons[{i}]"))


def _asked(scene: Scene, found: GroupWhyFact, told: list[Placed]) -> Iterator[Claim]:
    """The place of the reason that was asked for, and the part of it that was meant where it is told as a group's."""
    whole = scene.speech.numbers.whole
    for i, reason in told:
        if not reason.sensitive:
            path = f"group_why.reasons[{i}].rank"
            slots: Slots = {
                "rank": Said(text=whole(reason.rank), facts=(path,)),
                "total": Said(text=whole(found.total), facts=("group_why.total",)),
            }
            yield scene.claim("asked_place", {"top": path} if reason.rank == 1 else {}, slots)
    if found.member and not found.member.sensitive and found.member.direction != "none":
        yield _reason(scene, found, found.member, "group_why.member", {"member": "group_why.member.feature"})


def _reason(scene: Scene, found: GroupWhyFact, reason: SharedReason, path: str, tags: Tags) -> Claim:
    own: Tags = {**tags, **_target(scene, found), **_direction(scene, found, reason, path), **_grammar(scene, reason)}
    slots = _slots(scene, found, reason, path)
    own |= {name: "" for name in ("points", "error", "spread") if name in slots}
    if reason.sensitive:
        own["sensitive"] = f"{path}.sensitive"
    if _hidden(scene, reason):
        return scene.claim("group_sensitive", own, slots)
    return scene.claim("group_reason", own, slots)


def _hidden(scene: Scene, reason: SharedReason) -> bool:
    """Whether only the fixed words of a sensitive feature may be said of it."""
    return bool(reason.sensitive) and not scene.reader.technical


def _label(scene: Scene, reason: SharedReason, path: str) -> Said:
    label = reason.label if scene.reader.technical else scene.speech.named(reason.label)
    return Said(text=label, facts=(f"{path}.label",))


def _grammar(scene: Scene, reason: SharedReason) -> Tags:
    return dict.fromkeys(scene.speech.label_tags(reason.label), "")


def _target(scene: Scene, found: GroupWhyFact) -> Tags:
    """What the reasons speak of: a quantity, one of two outcomes, or one of more; whether percentages may be told."""
    if found.unit is not None:
        return {"regression": "group_why.unit"}
    tags: Tags = {"two" if found.other else "many": ""}
    favoured = any(r.direction in ("for", "against") for r in found.reasons) and not scene.facts.medical
    tags |= {"favoured": ""} if favoured else {}
    return tags | {"calibrated" if found.calibrated else "uncalibrated": "group_why.calibrated"}


def _direction(scene: Scene, found: GroupWhyFact, reason: SharedReason, path: str) -> Tags:
    if found.unit is not None:
        return {"raised" if reason.weight > 0 else "lowered": f"{path}.direction"}
    if reason.direction in ("for", "against") and not scene.facts.medical:
        return {reason.direction: f"{path}.direction"}
    return {"towards" if reason.weight > 0 or found.other else "away": f"{path}.direction"}


def _slots(scene: Scene, found: GroupWhyFact, reason: SharedReason, path: str) -> Slots:
    numbers = scene.speech.numbers
    slots: Slots = {
        "label": _label(scene, reason, path),
        "of": Said(text=found.of, facts=("group_why.of",)),
        "target": Said(text=found.of, facts=("group_why.of",)),
        "other": Said(text=found.other or "", facts=("group_why.other",) if found.other else ()),
        "agree": Said(text=numbers.percent(reason.agree), facts=(f"{path}.agree",)),
        "weight": Said(text=numbers.exact(reason.weight, signed=True), facts=(f"{path}.weight",)),
    }
    slots["towards"] = slots["of"] if reason.weight > 0 or not found.other else slots["other"]
    for name, value in (("error", reason.error), ("spread", reason.spread)):
        if value is not None:
            slots[name] = Said(text=numbers.exact(value, like=reason.weight), facts=(f"{path}.{name}",))
    if found.unit is not None:
        slots["points"] = Said(text=numbers.amount(abs(reason.weight), found.unit), facts=(f"{path}.weight",))
    elif found.calibrated:
        slots["points"] = Said(text=numbers.points(reason.weight), facts=(f"{path}.weight",))
    return slots
