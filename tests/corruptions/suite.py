"""False sentences of every kind, made of true ones: what a checker of narration has to catch.

They come from three sources: sentences of our own answers in which one thing was changed, sentences in other words
about the same records, and sentences written by hand that were true. Each is proven false, or borne out by no record,
from the record alone; where that cannot be proven nothing is made. The same every time, in the same order.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from assistant.facts import Facts
from assistant.narration.narrate import narrate
from assistant.session import Reader, ReaderName
from prompts import Words
from tests.corruptions import (
    by_hand,
    clauses,
    denials,
    directions,
    names,
    numbers,
    outside,
    overreach,
    phrases,
    ranks,
    results,
)
from tests.corruptions.oracle import Book, Told, small
from tests.record_traps import TRAPS
from tests.records import RECORDS

WORDS = Words.load("en")
READERS: tuple[ReaderName, ...] = get_args(ReaderName)
MOST, MOST_BY_HAND = 600, 300
"""So many of a kind are kept, of ours and of those written by hand: no kind drowns the others."""

OfSentence = Callable[[Told], Iterator[str]]
OfRecord = Callable[[Facts], Iterator[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corruption:
    """A false sentence about `facts`, and the true one it was made of or stands beside."""

    kind: str
    text: str
    original: str
    facts: Facts


def _in(table: Sequence[phrases.Swap]) -> OfSentence:
    return lambda told: phrases.swapped(told, table)


OF_SENTENCES: Mapping[str, tuple[OfSentence, ...]] = {
    "direction": (_in(directions.DIRECTION),),
    "size": (_in(directions.SIZE),),
    "number": (numbers.other_number,),
    "role of a number": (numbers.changed_places,),
    "unit": (numbers.other_unit,),
    "feature swapped": (names.other_feature,),
    "feature invented": (names.invented_feature,),
    "outcome": (names.other_outcome,),
    "rank": (ranks.other_rank, ranks.most_important),
    "order": (ranks.other_order,),
    "comparison": (_in(directions.COMPARISON), directions.comparison_of_others),
    "quantifier": (_in(denials.QUANTIFIER),),
    "negation": (_in(denials.NEGATION),),
    "certainty": (_in(denials.CERTAINTY),),
    "scope": (names.other_scope,),
    "name": (names.other_name,),
    "causality": (_in(overreach.CAUSALITY),),
    "advice": (_in(overreach.ADVICE),),
    "promise": (_in(overreach.PROMISE),),
    "protected ground": (_in(overreach.PROTECTED),),
    "time": (_in(overreach.TIME),),
    "outside fact": (_in(overreach.OUTSIDE),),
}
OF_RECORDS: Mapping[str, tuple[OfRecord, ...]] = {
    "direction": (clauses.wrong_way, results.wrong_change, clauses.follows),
    "size": (clauses.wrong_size,),
    "outcome": (results.wrong_result,),
    "rank": (clauses.wrong_place,),
    "order": (clauses.wrong_order, results.wrong_importance),
    "comparison": (clauses.wrong_comparison,),
    "quantifier": (clauses.wrong_share,),
    "and, or": (clauses.wrong_list,),
    "negation": (clauses.not_what_it_did,),
    "double negation": (clauses.denied_twice,),
    "certainty": (results.wrong_certainty, outside.without_doubt),
    "causality": (outside.in_the_world,),
    "advice": (outside.advised,),
    "promise": (outside.promised,),
    "protected ground": (outside.on_protected_ground,),
    "time": (outside.at_another_time,),
    "outside fact": (outside.from_elsewhere,),
}
BY_HAND: Mapping[str, Callable[[by_hand.Paraphrase], Iterator[str]]] = {
    "number": by_hand.misquoted,
    "comparison": by_hand.turned,
    "direction": by_hand.pulled,
    "negation": by_hand.denied,
}
HEDGES = (
    "It seems that",
    "Probably,",
    "As far as one can tell,",
    "Apparently,",
    "It may well be that",
    "In all likelihood,",
    "I believe that",
    "It looks as if",
    "One might say that",
    "Presumably,",
)
CONTRADICTED = (
    "direction",
    "number",
    "rank",
    "order",
    "comparison",
    "quantifier",
    "and, or",
    "negation",
    "outcome",
    "size",
)
"""Kinds of which the record says the opposite."""
SHORT, EACH = 150, 20
"""A clause that takes another is shorter; so many of a record are hedged."""
JOINTS = (", and ", ", while ", ", but ", "; besides, ")
PLAIN = re.compile(
    r"(?=.* (?:is|are|was|were|has|have|had|did|do|does|would|could|may|goes?|matters?|\w+ed|comes?|spoke|say) )"
    r"(?:Your|The|This|It|That|In|On|Of|Over|For|Which|All|None|No|Not|Only|Every|Both|Neither|Either|What|Where|There|"
    r"Before|They|Most|Exactly|With|A|Nothing) [^.:;]*[^.:;]\."
)
"""A sentence of one clause or two that can stand beside another, and after a hedge."""


Group = tuple[Facts, ...]
"""The same facts, asked about in different ways."""


@functools.cache
def corruptions() -> tuple[Corruption, ...]:
    """All false sentences, by kind."""
    ours = _by_kind(one for group in groups() for one in _of(group))
    written = _by_kind(_made_by_hand())
    kinds = (*dict.fromkeys((*OF_SENTENCES, *OF_RECORDS)), "one among true", "hedged")
    return tuple(
        one for kind in kinds for one in (*_some(ours.get(kind, ()), MOST), *_some(written.get(kind, ()), MOST_BY_HAND))
    )


@functools.cache
def groups() -> Mapping[str, Group]:
    """The records made by hand, those with the same facts together.

    Left out are records of several answers: what is false of one may be true of another.
    """
    found: dict[str, Group] = {}
    for facts in (*RECORDS, *TRAPS):
        if not facts.also:
            found[key(facts)] = (*found.get(key(facts), ()), facts)
    return found


def key(facts: Facts) -> str:
    """What a record holds, however it was asked for."""
    return json.dumps({name: part for name, part in facts.record().items() if name != "kind"}, sort_keys=True)


@functools.cache
def told(of: str) -> tuple[Told, ...]:
    """What our words say of the facts with this key to any reader, each sentence once."""
    found: dict[str, Told] = {}
    for facts in groups()[of]:
        book = Book.of(facts)
        for one in (one for reader in READERS for one in narrate(facts, Reader(name=reader), WORDS).sentences):
            found.setdefault(one.text, Told(text=one.text, paths=one.facts, book=book))
    return tuple(found.values())


@functools.cache
def true_sentences(of: str) -> frozenset[str]:
    """All that our words say of the facts with this key to any reader, however they were asked for; `squeezed`."""
    return frozenset(squeezed(one.text) for one in told(of))


def squeezed(text: str) -> str:
    """A sentence without what makes no difference: case, spaces, the mark at its end."""
    return re.sub(r"\s+", " ", text).strip(" .").lower()


def _of(group: str) -> Iterator[Corruption]:
    """All that can be made of one record; none twice, none that is true."""
    seen = set(true_sentences(group))
    simple = [one for one in (*_of_sentences(group), *_of_record(group)) if _new(one.text, seen)]
    yield from simple
    yield from (one for one in (*_among_true(group, simple), *_hedged(simple)) if _new(one.text, seen))


def _new(text: str, seen: set[str]) -> bool:
    known = squeezed(text) in seen
    seen.add(squeezed(text))
    return not known


def _of_sentences(group: str) -> Iterator[Corruption]:
    for one in told(group):
        for kind, makers in OF_SENTENCES.items():
            for text in (text for make in makers for text in make(one)):
                yield Corruption(kind=kind, text=text, original=one.text, facts=one.facts)


def _of_record(group: str) -> Iterator[Corruption]:
    facts = next((one for one in groups()[group] if one.kind == "why"), groups()[group][0])
    beside = next(iter(told(group))).text
    for kind, makers in OF_RECORDS.items():
        for text in (text for make in makers for text in make(facts)):
            yield Corruption(kind=kind, text=text, original=beside, facts=facts)


def _among_true(group: str, simple: Sequence[Corruption]) -> Iterator[Corruption]:
    """A false clause after a true one, or before it."""
    true = [one.text for one in told(group) if PLAIN.fullmatch(one.text) and len(one.text) < SHORT]
    false = [one for one in simple if PLAIN.fullmatch(one.text) and len(one.text) < SHORT and one.kind in CONTRADICTED]
    for i, one in enumerate(_some(false, len(true) * 3)):
        beside, joint = true[i % len(true)], JOINTS[i % len(JOINTS)]
        if beside == one.original:
            continue
        first, second = (beside, one.text) if i % 3 else (one.text, beside)
        text = f"{first.rstrip('.')}{joint}{small(second)}"
        yield Corruption(kind="one among true", text=text, original=beside, facts=one.facts)


def _hedged(simple: Sequence[Corruption]) -> Iterator[Corruption]:
    """What is false, said with less conviction."""
    false = [one for one in simple if PLAIN.fullmatch(one.text) and one.kind in CONTRADICTED]
    for i, one in enumerate(_some(false, EACH)):
        text = f"{HEDGES[i % len(HEDGES)]} {small(one.text)}"
        yield Corruption(kind="hedged", text=text, original=one.original, facts=one.facts)


def _made_by_hand() -> Iterator[Corruption]:
    """Those made of the sentences written by hand; none that stands there as true of the same record."""
    all_of_them = [one for name in by_hand.FILES for one in by_hand.paraphrases(name)]
    true = {(key(one.facts), squeezed(one.text)) for one in all_of_them}
    for one in all_of_them:
        for kind, make in BY_HAND.items():
            for text in make(one):
                if (key(one.facts), squeezed(text)) not in true:
                    yield Corruption(kind=kind, text=text, original=one.text, facts=one.facts)


def _by_kind(found: Iterable[Corruption]) -> Mapping[str, list[Corruption]]:
    kinds: dict[str, list[Corruption]] = {}
    for one in found:
        kinds.setdefault(one.kind, []).append(one)
    return kinds


def _some(found: Sequence[Corruption], most: int) -> Sequence[Corruption]:
    """At most so many, drawn by what they say: the same ones every time."""
    drawn = sorted(found, key=lambda one: hashlib.sha256((one.original + one.text).encode()).digest())
    return drawn[:most]
