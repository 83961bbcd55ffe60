"""What came out: the outcome, its score, the rule that decided, where the score starts and where the line is."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.narration.paths import key
from assistant.narration.realise import Claim, Said
from assistant.narration.scene import Scene


def outcome(scene: Scene) -> Iterator[Claim]:
    """The headline of an answer about one case."""
    if scene.facts.outcome or scene.regression:
        yield scene.claim("outcome")


def outcome_not(scene: Scene) -> Iterator[Claim]:
    """The headline where another outcome was asked for."""
    asked, given = scene.facts.asked_outcome, scene.facts.outcome
    if asked and given and asked.name == given.name:
        yield scene.claim("outcome_is", {}, {"asked": Said(text=asked.name, facts=("asked_outcome.name",))})
        yield from outcome(scene)
        return
    for claim in outcome(scene):
        yield Claim(name="outcome_not", tags=claim.tags, slots=claim.slots)


def rule_apart(scene: Scene) -> Iterator[Claim]:
    """What the score alone says where a rule decided."""
    rule = scene.facts.rule
    if rule and scene.facts.outcome and scene.facts.outcome.by == "rule":
        yield scene.claim("rule_apart", {"agrees" if rule.agrees else "disagrees": "rule.agrees"})


def cutoff(scene: Scene) -> Iterator[Claim]:
    """The score beside the line it had to reach; only where both may be told as numbers."""
    if "cutoff" in scene.slots and "score" in scene.slots:
        yield scene.claim("cutoff")


def base(scene: Scene) -> Iterator[Claim]:
    """The starting point, before anything about the case is weighed."""
    if "base" in scene.slots:
        yield scene.claim("base")


def scores(scene: Scene) -> Iterator[Claim]:
    """Every outcome's score, with three outcomes and more."""
    found = scene.facts.scores or {}
    told = tuple(
        scene.claim(
            "score_item", {}, {"name": Said(text=name), "share": Said(text=shown, facts=(key("scores", name),))}
        )
        for name, value in sorted(found.items(), key=lambda pair: -pair[1])
        if (shown := scene.score(value))
    )
    if len(told) > 2:
        yield scene.claim("scores", slots={"scores": told})
