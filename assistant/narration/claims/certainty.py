"""How sure: the distance to the line, what is unusual, what the percentages were worth, the interval of a quantity."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.narration.realise import Claim, Said
from assistant.narration.scene import Scene, Slots, Tags


def band(scene: Scene) -> Iterator[Claim]:
    """How far the score lies from the line, or from the runner-up."""
    certainty = scene.facts.certainty
    if certainty and certainty.band:
        slots: Slots = {}
        if certainty.runner_up:
            slots["runner_up"] = Said(text=certainty.runner_up, facts=("certainty.runner_up",))
        if certainty.margin is not None:
            shown = scene.speech.numbers.exact(certainty.margin, signed=True)
            slots["margin"] = Said(text=shown, facts=("certainty.margin",))
        yield scene.claim("band", _tags(scene), slots)


def sure(scene: Scene) -> Iterator[Claim]:
    """The headline of "how sure?"."""
    for claim in band(scene):
        # Beside the chance of one outcome, "sure" would be read as sure of that.
        yield claim if scene.facts.asked_outcome else Claim(name="sure", tags=claim.tags, slots=claim.slots)
    if scene.regression:
        yield scene.claim("sure")


def unusual(scene: Scene) -> Iterator[Claim]:
    """Said only where the case is unlike the data."""
    certainty = scene.facts.certainty
    if certainty and certainty.unusual:
        yield scene.claim("unusual", *_unusual(scene))


def chance(scene: Scene) -> Iterator[Claim]:
    """The score itself, as a percentage or a level; not again where that of one outcome was asked for."""
    if scene.facts.score and not scene.regression and not scene.facts.asked_outcome:
        yield scene.claim("chance")


def asked_chance(scene: Scene) -> Iterator[Claim]:
    """The headline where the chance of one outcome was asked for."""
    found = scene.facts.asked_outcome
    if found:
        slots: Slots = {"asked": Said(text=found.name, facts=("asked_outcome.name",))}
        if shown := scene.score(found.score):
            slots["asked_score"] = Said(text=shown, facts=("asked_outcome.score",))
        yield scene.claim("asked_chance", {f"level_{found.level}": "asked_outcome.level"}, slots)


def calibration(scene: Scene) -> Iterator[Claim]:
    """What such percentages were worth on cases the model had not seen."""
    certainty = scene.facts.certainty
    if certainty and certainty.calibration_error is not None and certainty.calibration_n:
        numbers = scene.speech.numbers
        error = certainty.calibration_error
        shown = numbers.exact(error) if scene.reader.technical else numbers.points(error)
        slots: Slots = {
            "calibration_error": Said(text=shown, facts=("certainty.calibration_error",)),
            "calibration_n": Said(text=numbers.whole(certainty.calibration_n), facts=("certainty.calibration_n",)),
        }
        tags: Tags = {"few": "certainty.calibration_enough"} if certainty.calibration_enough is False else {}
        yield scene.claim("calibration", tags, slots)


def interval(scene: Scene) -> Iterator[Claim]:
    """Where the true value probably lies, and how often such intervals held."""
    score = scene.facts.score
    if score is None or score.interval is None:
        return
    found, numbers = score.interval, scene.speech.numbers
    low, high = numbers.apart((found.low, found.high), score.unit)
    slots: Slots = {
        "low": Said(text=low, facts=("score.interval.low",)),
        "high": Said(text=high, facts=("score.interval.high",)),
        "level": Said(text=numbers.percent(found.level), facts=("score.interval.level",)),
        "tenths": Said(text=numbers.amount(found.level * 10), facts=("score.interval.level",)),
    }
    yield scene.claim("interval", {}, slots)
    if found.coverage is not None and found.n:
        slots["coverage"] = Said(text=numbers.percent(found.coverage), facts=("score.interval.coverage",))
        slots["n"] = Said(text=numbers.whole(found.n), facts=("score.interval.n",))
        yield scene.claim("coverage", {}, slots)


def flags(scene: Scene) -> Iterator[Claim]:
    """What a support agent should notice of a case: one short line each."""
    if scene.facts.subject is None:
        return
    found = [*_certainty_flags(scene), *_reason_flags(scene)]
    yield from found or [scene.claim("no_flags")]


def _certainty_flags(scene: Scene) -> Iterator[Claim]:
    facts, certainty = scene.facts, scene.facts.certainty
    if facts.outcome and facts.outcome.by == "rule":
        yield scene.claim("flag", {"by_rule": "outcome.by"})
    if certainty and certainty.band == "close":
        yield scene.claim("flag", {"close": "certainty.band"})
    if certainty and certainty.unusual:
        yield scene.claim("flag", *_unusual(scene))
    if certainty and certainty.firm is False:
        yield scene.claim("flag", {"unfirm": "certainty.firm"})
    if facts.score and facts.score.calibrated is False:
        yield scene.claim("flag", {"rough": "score.calibrated"})


def _reason_flags(scene: Scene) -> Iterator[Claim]:
    for i, reason in enumerate(scene.facts.reasons or ()):
        if reason.sensitive:
            label = Said(text=reason.label, facts=(f"reasons[{i}].label",))
            yield scene.claim("flag", {"sensitive": f"reasons[{i}].sensitive"}, {"label": label})
    for i, name in enumerate(scene.facts.what_if.sparse if scene.facts.what_if else ()):
        said = Said(text=name, facts=(f"what_if.sparse[{i}]",))
        yield scene.claim("flag", {"sparse": "what_if.sparse"}, {"features": said})


def _tags(scene: Scene) -> Tags:
    certainty = scene.facts.certainty
    tags: Tags = {}
    if certainty and certainty.band:
        tags[certainty.band] = "certainty.band"
    if certainty and certainty.unusual:
        tags["unusual"] = "certainty.unusual"
    if certainty and certainty.runner_up:
        tags["runner_up"] = "certainty.runner_up"
        tags |= {"behind": "certainty.margin"} if (certainty.margin or 0) < 0 else {}
    if certainty and certainty.margin is not None:
        tags["margin"] = "certainty.margin"
    return tags


def _unusual(scene: Scene) -> tuple[Tags, Slots]:
    labels = scene.facts.certainty.unusual_in if scene.facts.certainty else ()
    if not labels:
        return {"unusual": "certainty.unusual"}, {}
    items = [Said(text=label, facts=(f"certainty.unusual_in[{i}]",)) for i, label in enumerate(labels)]
    tags: Tags = {"unusual": "certainty.unusual", "in_features": "certainty.unusual_in"}
    return tags, {"features": scene.listed(items)}
