"""What every sentence of one answer may use: the facts, who reads, and the tags and slots that hold for all claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.facts import Facts, ReferenceFact
from assistant.narration.paths import key
from assistant.narration.realise import Claim, Filling, Paths, Said
from assistant.narration.speech import Speech
from prompts import ReaderWords

Tags = dict[str, Paths]
Slots = dict[str, Filling]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The facts of one answer, its reader, and how the language speaks."""

    facts: Facts
    reader: ReaderWords
    speech: Speech
    tags: Mapping[str, Paths]
    slots: Mapping[str, Filling]

    @classmethod
    def of(cls, facts: Facts, reader: ReaderWords, speech: Speech) -> Scene:
        scene = cls(facts=facts, reader=reader, speech=speech, tags={}, slots={})
        return cls(
            facts=facts,
            reader=reader,
            speech=speech,
            tags={**dict(_case_tags(scene)), **dict(_outcome_tags(facts)), **dict(_score_tags(facts))},
            slots={
                **dict(_case_slots(scene)),
                **dict(_outcome_slots(scene)),
                **dict(_score_slots(scene)),
                **dict(_reference_slots(scene)),
            },
        )

    def claim(
        self, name: str, tags: Mapping[str, Paths] | None = None, slots: Mapping[str, Filling] | None = None
    ) -> Claim:
        """A claim that knows all that holds for the answer, and what is its own."""
        return Claim(name=name, tags={**self.tags, **(tags or {})}, slots={**self.slots, **(slots or {})})

    @property
    def regression(self) -> bool:
        return self.facts.score is not None and self.facts.score.unit != "probability"

    @property
    def percentages(self) -> bool:
        """Whether this reader may be given probabilities in percent."""
        return self.facts.score is not None and bool(self.facts.score.calibrated)

    def score(self, value: float) -> str | None:
        """A score as this reader sees it; None where only its level may be told."""
        score = self.facts.score
        if score is None:
            return None
        if self.regression:
            return self.speech.numbers.amount(value, score.unit)
        if self.reader.technical:
            return self.speech.numbers.exact(value, apart_from=score.cutoff)
        return self.speech.numbers.percent(value, score.cutoff) if self.percentages else None

    def listed(self, items: list[Said]) -> Said:
        """Items joined as the language joins them."""
        facts = tuple(dict.fromkeys(path for item in items for path in item.facts))
        return Said(text=self.speech.numbers.listed(item.text for item in items), facts=facts)


def clause(text: str) -> str:
    """A text without its full stop, to stand within a sentence."""
    return text.rstrip(".。")


def _case_tags(scene: Scene) -> Iterator[tuple[str, str]]:
    facts = scene.facts
    yield facts.kind, "kind"
    if facts.subject:
        yield scene.speech.address(facts.subject.noun), ""
    if facts.medical:
        yield "medical", "medical"


def _outcome_tags(facts: Facts) -> Iterator[tuple[str, str]]:
    outcome = facts.outcome
    if outcome is None:
        return
    yield {"rule": "rule", "score": "by_score", "highest score": "highest"}[outcome.by], "outcome.by"
    yield "two" if len(outcome.alternatives) == 1 else "many", "outcome.alternatives"
    if outcome.verb:
        yield "verb", ""
    if outcome.favourable is not None:
        yield "favourable" if outcome.favourable else "unfavourable", "outcome.favourable"
        if not facts.medical:
            yield "favoured", "outcome.favourable"
    if facts.score and facts.score.of == outcome.name:
        yield "predicted", "score.of"


def _score_tags(facts: Facts) -> Iterator[tuple[str, str]]:
    score = facts.score
    if score is None:
        return
    if score.unit != "probability":
        yield "regression", "score.unit"
    else:
        yield ("calibrated", "score.calibrated") if score.calibrated else ("uncalibrated", "score.level")
    if score.level:
        yield f"level_{score.level}", "score.level"
    if score.base is not None:
        yield "based", ""
    if score.interval is not None:
        yield "interval", ""


def _case_slots(scene: Scene) -> Iterator[tuple[str, Said]]:
    subject = scene.facts.subject
    if subject is None:
        return
    yield "noun", Said(text=subject.noun, facts=("subject.noun",))
    yield "id", Said(text=subject.id, facts=("subject.id",))
    for form, text in scene.speech.case_forms(subject.noun).items():
        yield f"case:{form}", Said(text=text)


def _outcome_slots(scene: Scene) -> Iterator[tuple[str, Said]]:
    facts = scene.facts
    outcome = facts.outcome
    if outcome:
        others = [Said(text=name, facts=(f"outcome.alternatives[{i}]",)) for i, name in enumerate(outcome.alternatives)]
        yield "outcome", Said(text=outcome.name, facts=("outcome.name",))
        yield "others", scene.listed(others)
        if outcome.verb:
            yield "verb", Said(text=outcome.verb, facts=("outcome.verb",))
        if outcome.name in (facts.scores or {}) and (chance := scene.score((facts.scores or {})[outcome.name])):
            yield "chance", Said(text=chance, facts=(key("scores", outcome.name),))
    if facts.rule:
        yield "rule", Said(text=clause(facts.rule.text), facts=("rule.text",))
        yield "then", Said(text=facts.rule.then, facts=("rule.then",))


def _score_slots(scene: Scene) -> Iterator[tuple[str, Said]]:
    score = scene.facts.score
    if score is None:
        return
    yield "target", Said(text=score.of, facts=("score.of",))
    for name in ("value", "base", "cutoff"):
        number = getattr(score, name)
        if number is not None and (text := scene.score(number)):
            yield {"value": "score"}.get(name, name), Said(text=text, facts=(f"score.{name}",))


def _reference_slots(scene: Scene) -> Iterator[tuple[str, Said]]:
    group, path = next(_references(scene.facts), (None, ""))
    yield "group", Said(text=group.of, facts=(path,)) if group else Said(text=scene.speech.word("reference"))


def _references(facts: Facts) -> Iterator[tuple[ReferenceFact, str]]:
    for i, reason in enumerate(facts.reasons or ()):
        if reason.compared and reason.compared.of:
            yield reason.compared, f"reasons[{i}].{'members[0].' if reason.members else ''}reference.of"
