"""Facts to an answer: the plan says which claims stand where, the claims say what is told, the shapes say it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from assistant.facts import Facts
from assistant.narration.answer import LAYERS, Answer, Sentence
from assistant.narration.claims import CLAIMS
from assistant.narration.realise import Claim, Said, Voice
from assistant.narration.scene import Scene
from assistant.narration.speech import Speech
from assistant.narration.style import Level, Style
from assistant.session import Reader
from prompts import ReaderWords, Words
from prompts.plan import Layers

TRIES = 3
"""Wordings looked at for one that begins otherwise than the sentence before."""


def narrate(facts: Facts, reader: Reader, words: Words, level: Level | None = None) -> Answer:
    """The facts in words for this reader, or told otherwise where a level is asked for.

    Wording varies with the case and the model's version, never between two askings. Raises UnlicensedError where the
    words have no sentence for a fact, KeyError for a kind or reader without words.
    """
    style = Style.of(words, reader.name, level)
    answer = _narrated(facts, style, words)
    for place, other in enumerate(facts.also or ()):
        answer = answer.joined(_narrated(other, style, words).under(f"also[{place}]."))
    return answer


def _narrated(facts: Facts, style: Style, words: Words) -> Answer:
    table, speech = style.table, Speech.of(words)
    scene = Scene.of(facts, table, speech)
    seed = "\0".join((facts.subject.id if facts.subject else "", facts.model.version))
    voice = Voice(words=words, numbers=speech.numbers, reader=table.speaks, seed=seed)

    def tell(name: str) -> Iterable[Claim]:
        return CLAIMS[name](scene) if name in CLAIMS else (scene.claim(name),)

    return _answer(style.layers(words.plan(facts.kind), changed=bool(facts.changed)), tell, voice, table)


def talk(kind: str, tags: tuple[str, ...], slots: Mapping[str, str], reader: Reader, words: Words) -> Answer:
    """The fixed, reviewed words of a kind that computes nothing; the kind and the names of `slots` count as tags.

    The same words to everyone who asks the same. Raises UnlicensedError or KeyError as `narrate` does.
    """
    table, speech = words.readers[reader.name], Speech.of(words)
    seed = "\0".join((kind, *tags, *slots.values()))
    voice = Voice(words=words, numbers=speech.numbers, reader=table.speaks, seed=seed)
    holding = dict.fromkeys((kind, *tags, *slots), "")
    said = {name: Said(text=text) for name, text in slots.items()}
    layers = words.plan(kind).layers_for(reader.name)
    return _answer(layers, lambda name: (Claim(name=name, tags=holding, slots=said),), voice, table)


def _answer(layers: Layers, tell: Callable[[str], Iterable[Claim]], voice: Voice, table: ReaderWords) -> Answer:
    told: list[Sentence] = []
    places: dict[str, tuple[int, ...]] = {}
    counts: Counter[str] = Counter()
    for layer in LAYERS:
        start = len(told)
        for claim in (claim for name in layers.get(layer, ()) for claim in tell(name)):
            said = _fresh(claim, counts[claim.name], voice, told[start:])
            counts[claim.name] += 1
            told += [Sentence(text=said.text, facts=said.facts)] if said.text else []
        if len(told) > start:
            places[layer] = tuple(range(start, len(told)))
    return Answer(
        sentences=tuple(told), layers=places, opened=table.opened, listed=table.technical, between=voice.speech.between
    )


def _fresh(claim: Claim, index: int, voice: Voice, before: Sequence[Sentence]) -> Said:
    """The claim in words that do not begin as the sentence before does, where it has any."""
    first, opening = voice.say(claim, index), voice.speech.opening
    if not before or opening(first.text) != opening(before[-1].text):
        return first
    others = (voice.say(claim, index + step) for step in range(1, TRIES))
    return next((said for said in others if opening(said.text) != opening(before[-1].text)), first)
