"""What our own shapes can say of a record: every sentence of the grammar, read back without making them all."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from assistant.facts import Facts
from assistant.narration.claims import CLAIMS
from assistant.narration.realise import Claim, Said, UnlicensedError, Voice, filling, paths, tidied
from assistant.narration.scene import Scene
from assistant.narration.speech import Speech
from assistant.narration.style import Style
from prompts import Gap, Words

_SPACE = re.compile(r"\s+")
Read: TypeAlias = tuple[int, Said]
"""Where a reading ends in the text without spaces, and what was said up to there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """The licensed sentences of one record: what is told in each of several styles, and by which voice."""

    told: Mapping[int, tuple[Claim, ...]]
    voices: Mapping[int, Voice]

    @classmethod
    def of(cls, facts: Facts, words: Words, styles: Iterable[Style], only: Collection[str] = ()) -> Grammar:
        """All that the plan of the record's kind can tell in these styles, or `only` some claims of it."""
        speech = Speech.of(words)
        told, voices = {}, {}
        for number, style in enumerate(styles):
            layers = style.layers(words.plan(facts.kind), changed=bool(facts.changed))
            names = dict.fromkeys(name for claims in layers.values() for name in claims if not only or name in only)
            scene = Scene.of(facts, style.table, speech)
            told[number] = tuple(claim for name in names for claim in _told(name, scene))
            voices[number] = Voice(words=words, numbers=speech.numbers, reader=style.table.speaks, seed="")
        return cls(told=told, voices=voices)

    def read(self, sentence: str) -> Said | None:
        """The sentence with the facts it rests on, where a shape says it of this record; else None."""
        for number, claims in self.told.items():
            reading = _Reading(text=_lowered(_squeezed(sentence)), voice=self.voices[number])
            for claim in claims:
                for end, said in reading.phrases(claim, 0):
                    if end == len(reading.text) and _lowered(tidied(said.text)) == _lowered(sentence):
                        return replace(said, text=sentence)
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """One text without spaces, read by one voice."""

    text: str
    voice: Voice

    def phrases(self, claim: Claim, begin: int) -> Iterator[Read]:
        """Every way to say the claim that the text has at `begin`."""
        try:
            licensed = self.voice.licensed(self.voice.words.claims.get(claim.name, ()), claim)
        except UnlicensedError:
            return
        for shape in licensed:
            tags = tuple(path for tag in sorted(shape.tags) for path in paths(claim.tags[tag]))
            for variant in shape.variants:
                for end, said in self._parts(variant, claim, begin):
                    yield end, Said(text=said.text, facts=tuple(dict.fromkeys(filter(None, (*tags, *said.facts)))))

    def _parts(self, variant: Sequence[str | Gap], claim: Claim, begin: int) -> Iterator[Read]:
        if not variant:
            yield begin, Said(text="")
            return
        first, *rest = variant
        for middle, one in self._literal(first, begin) if isinstance(first, str) else self._gap(first, claim, begin):
            for end, others in self._parts(rest, claim, middle):
                yield end, Said(text=one.text + others.text, facts=(*one.facts, *others.facts))

    def _literal(self, part: str, begin: int, facts: tuple[str, ...] = ()) -> Iterator[Read]:
        squeezed = _squeezed(part)
        same = self.text.startswith(squeezed, begin) or (begin == 0 and self.text.startswith(_lowered(squeezed)))
        if same:
            yield begin + len(squeezed), Said(text=part, facts=facts)

    def _gap(self, gap: Gap, claim: Claim, begin: int) -> Iterator[Read]:
        match filling(gap, claim):
            case Said() as said:
                yield from self._literal(said.text, begin, said.facts)
            case Claim() as inner:
                yield from self.phrases(inner, begin)
            case tuple() as several:
                yield from self._listed(several, begin, gap.form)
            case None if gap.name in self.voice.words.claims and not gap.form:
                yield from self.phrases(replace(claim, name=gap.name), begin)

    def _listed(self, claims: Sequence[Claim], begin: int, how: str) -> Iterator[Read]:
        """The claims joined as the language joins them; what stands between is found by joining signs."""
        signs = [chr(0xE000 + i) for i in range(len(claims))]
        between = re.split("[\ue000-\uefff]", self.voice.speech.joined(signs, how))

        def after(place: int, at: int) -> Iterator[Read]:
            for start, mark in self._literal(between[place], at):
                if place == len(claims):
                    yield start, mark
                    continue
                for middle, one in self.phrases(claims[place], start):
                    for end, others in after(place + 1, middle):
                        yield end, Said(text=mark.text + one.text + others.text, facts=(*one.facts, *others.facts))

        yield from after(0, begin)


def _told(name: str, scene: Scene) -> tuple[Claim, ...]:
    return tuple(CLAIMS[name](scene)) if name in CLAIMS else (scene.claim(name),)


def _squeezed(text: str) -> str:
    return _SPACE.sub("", text)


def _lowered(text: str) -> str:
    """With a small first letter, as a phrase has it within a sentence."""
    return text[:1].lower() + text[1:]
