"""The reasons: what each value did to the score, how strongly, compared with whom, and how firmly that is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.facts import Member, Reason
from assistant.narration.claims.weights import grammar, reason_claim, sign, valued, weight_slots
from assistant.narration.realise import Claim, Said, paths
from assistant.narration.scene import Scene, Slots, Tags
from assistant.narration.selection import Ranked, sides

WEIGHTY = 4
"""`certainty.firm` speaks of so many reasons, the largest."""


def reasons(scene: Scene) -> Iterator[Claim]:
    """The told reasons, one claim each or two that go together in one."""
    if scene.facts.reasons is None:
        return
    chosen = sides(scene.facts, scene.reader.reasons)
    if not chosen.told:
        yield from undecided(scene) if scene.facts.asked else (scene.claim("no_reasons"),)
    if scene.facts.asked:
        yield from _asked(scene, chosen.told)
        return
    if scene.reader.technical:
        yield from (reason_claim(scene, pair, {}) for pair in sorted(chosen.told, key=lambda pair: pair[0]))
        return
    named = False
    for side, start in ((chosen.first, "first"), (chosen.second, "turn" if chosen.first else "first")):
        for place, group in enumerate(_together(side)):
            (i, reason), *_ = group
            tags: Tags = {start if place == 0 else "next": ""}
            tags |= {"top": f"reasons[{i}].rank"} if reason.rank == 1 else {}
            tags |= {} if named or reason.compared is None else {"named": ""}
            named = named or reason.compared is not None
            yield _pair(scene, group, tags) if len(group) == 2 else _told(scene, group[0], tags)


def _asked(scene: Scene, told: Sequence[Ranked]) -> Iterator[Claim]:
    """The one reason that was asked for, with its place; and the part of it that was meant, where it is a sum."""
    for i, reason in told:
        whole = scene.speech.numbers.whole
        worded = reason_claim if scene.reader.technical else _told
        claim = worded(scene, (i, reason), {"asked": "asked", "named": ""})
        yield claim
        slots: Slots = {
            "rank": Said(text=whole(reason.rank), facts=(f"reasons[{i}].rank",)),
            "total": Said(text=whole(scene.facts.reasons_total or 0), facts=("reasons_total",)),
        }
        if not reason.sensitive:
            yield scene.claim("asked_place", {"top": f"reasons[{i}].rank"} if reason.rank == 1 else {}, slots)
        for j, member in enumerate(reason.members or ()):
            if member.feature == scene.facts.asked_member:
                same = member.weight * reason.weight > 0
                path = f"reasons[{i}].members[{j}]"
                tags: Tags = {"agreed" if same else "opposed": (f"{path}.weight", f"reasons[{i}].weight")}
                own = _member(scene, member, path)
                yield Claim(name="asked_member", tags={**own.tags, **tags}, slots={**claim.slots, **_renamed(own)})


def _renamed(member: Claim) -> Slots:
    """The slots of a member beside those of its group."""
    return {f"member_{name}": member.slots[name] for name in ("label", "value")} | {
        "member_weight": member.slots["weight"]
    }


def both_sides(scene: Scene) -> Iterator[Claim]:
    """Whether there are reasons of both directions."""
    chosen = sides(scene.facts, scene.reader.reasons)
    if chosen.told:
        found = "both" if chosen.first and chosen.second else "one_sided"
        yield scene.claim("both_sides", {found: tuple(f"reasons[{i}].direction" for i, _ in chosen.told)})


def ties(scene: Scene) -> Iterator[Claim]:
    """Told neighbours whose order is open and that were not told as equals."""
    told = sides(scene.facts, scene.reader.reasons).told
    together = {i for side in _both_sides(scene) for group in _together(side) if len(group) == 2 for i, _ in group}
    apart = () if scene.reader.technical else together
    for (i, one), (j, other) in _neighbours(told):
        if other.feature in one.tied_with and not {i, j} <= set(apart):
            slots = {"first": _label(i, one), "second": _label(j, other)}
            yield scene.claim("tie", {"tied": f"reasons[{i}].tied_with"}, slots)


def firm(scene: Scene) -> Iterator[Claim]:
    """Whether the direction of every told reason is known."""
    certainty, told = scene.facts.certainty, sides(scene.facts, scene.reader.reasons).told
    if certainty is None or certainty.firm is None or all(reason.sensitive for _, reason in told):
        return
    if len(told) == 1:  # only settled reasons are told, and `certainty.firm` speaks of four
        yield scene.claim("firm", {"firm": f"reasons[{told[0][0]}].direction", "one": ""})
    else:
        weighty = enumerate((scene.facts.reasons or ())[:WEIGHTY])
        loose = scene.listed([_label(i, r) for i, r in weighty if r.direction == "none"])
        tags: Tags = {"firm" if certainty.firm else "unfirm": "certainty.firm"}
        yield scene.claim("firm", tags | ({"named": ""} if loose.text else {}), {"labels": loose})


def figures(scene: Scene) -> Iterator[Claim]:
    """The numbers behind each told reason."""
    place = "first"
    for i, reason in sorted(sides(scene.facts, scene.reader.reasons).told, key=lambda pair: pair[0]):
        claim = reason_claim(scene, (i, reason), {place: ""})
        if not reason.sensitive and ("points" in claim.slots or "compared" in claim.tags):
            yield Claim(name="figure", tags={**claim.tags, **_numeric(claim)}, slots=claim.slots)
            place = "next"


def members(scene: Scene) -> Iterator[Claim]:
    """What a group of features is made of, and whether its members pull the same way."""
    for i, reason in sides(scene.facts, scene.reader.reasons).told:
        found = reason.members or ()
        if len(found) > 1:
            path = f"reasons[{i}].members"
            opposed = any(m.weight * found[0].weight < 0 for m in found)
            weights = tuple(f"{path}[{j}].weight" for j in range(len(found)))
            told = tuple(_member(scene, m, f"{path}[{j}]") for j, m in enumerate(found))
            slots: Slots = {"label": _label(i, reason), "members": told}
            yield scene.claim(
                "members", {"opposed" if opposed else "agreed": weights, **grammar(scene, reason.label)}, slots
            )


def rest(scene: Scene) -> Iterator[Claim]:
    """What the reasons too small for the record add up to, and how many facts the model weighed."""
    facts, total = scene.facts, scene.facts.reasons_total or 0
    others = total - len(facts.reasons or ())
    if facts.reasons_rest is None or not facts.reasons or others <= 0 or facts.asked:
        return
    whole = scene.speech.numbers.whole
    slots: Slots = {
        "total": Said(text=whole(total), facts=("reasons_total",)),
        "others": Said(text=whole(others), facts=("reasons_total", "reasons")),
    }
    slots |= weight_slots(scene, facts.reasons_rest, "reasons_rest")
    if "points" in slots:
        yield scene.claim("rest", sign(facts.reasons_rest, "reasons_rest"), slots)


def undecided(scene: Scene) -> Iterator[Claim]:
    """Features whose direction cannot be told from zero."""
    asked = scene.facts.asked
    found = [(i, r) for i, r in enumerate(scene.facts.reasons or ()) if r.direction == "none"]
    found = [(i, r) for i, r in found if asked in (None, r.feature)][:3]
    if not found:
        return
    tags: Tags = {"several": ""} if len(found) > 1 else {}
    tags |= {"slight": f"reasons[{found[0][0]}].size"} if asked and found[0][1].size == "small" else {}
    yield scene.claim("undecided", tags, {"labels": scene.listed([_label(*pair) for pair in found])})


def _told(scene: Scene, pair: Ranked, tags: Tags) -> Claim:
    claim = reason_claim(scene, pair, tags)
    if pair[1].sensitive:
        return Claim(
            name="sensitive", tags={**claim.tags, "sensitive": f"reasons[{pair[0]}].sensitive"}, slots=claim.slots
        )
    opens_side = scene.facts.kind == "for_and_against" and "next" not in tags
    return replace(claim, name="reason_side") if opens_side else claim


def _together(side: Sequence[Ranked]) -> list[Sequence[Ranked]]:
    """The reasons of one side in order, two neighbours as one where they say the same; at most one such pair."""
    for k in range(len(side) - 1):
        (_, one), (_, other) = side[k], side[k + 1]
        if _alike(one, other) and (k > 0 or other.feature in one.tied_with):
            return [*((pair,) for pair in side[:k]), side[k : k + 2], *((pair,) for pair in side[k + 2 :])]
    return [(pair,) for pair in side]


def _alike(one: Reason, other: Reason) -> bool:
    pairable = all(r.kind == "number" and r.value is not None and not r.sensitive for r in (one, other))
    compared = [r.reference.comparison if r.reference else None for r in (one, other)]
    return pairable and (one.size, one.direction) == (other.size, other.direction) and compared[0] == compared[1]


def _pair(scene: Scene, group: Sequence[Ranked], tags: Tags) -> Claim:
    (i, one), (_, other) = group
    first, second = (reason_claim(scene, pair, {}) for pair in group)
    own: Tags = {
        tag: (*paths(first.tags[tag]), *paths(second.tags[tag]))
        for tag in first.tags.keys() & second.tags.keys() - {"tied", *scene.tags}
    }
    if other.feature in one.tied_with:
        own["tied"] = f"reasons[{i}].tied_with"
    slots = {**first.slots, "one": replace(first, name="thing"), "other": replace(second, name="thing")}
    return Claim(name="reason_pair", tags={**scene.tags, **own, **tags}, slots=slots)


def _numeric(claim: Claim) -> Tags:
    return {"points": ""} if "points" in claim.slots else {}


def _label(i: int, reason: Reason) -> Said:
    return Said(text=reason.label, facts=(f"reasons[{i}].label",))


def _member(scene: Scene, member: Member, path: str) -> Claim:
    shown = scene.speech.value(member.value, member.unit, member.step)
    slots: Slots = {
        "label": Said(text=member.label, facts=(f"{path}.label",)),
        "value": Said(text=shown, facts=valued(path, member.unit)),
        "weight": Said(text=scene.speech.numbers.exact(member.weight, signed=True), facts=(f"{path}.weight",)),
    }
    return scene.claim("member", sign(member.weight, f"{path}.weight"), slots)


def _both_sides(scene: Scene) -> tuple[Sequence[Ranked], Sequence[Ranked]]:
    chosen = sides(scene.facts, scene.reader.reasons)
    return chosen.first, chosen.second


def _neighbours(told: Sequence[Ranked]) -> list[tuple[Ranked, Ranked]]:
    ranked = sorted(told, key=lambda pair: pair[1].rank)
    return list(pairwise(ranked))
