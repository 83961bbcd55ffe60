"""The checker of narration: what our words say of a record is supported, what is false of it is not.

The false sentences are those of `tests/corruptions`. They were made without looking at the checker, so that they
stay as hard for one that reads free text as for one that knows our own sentences only.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import get_args

import pytest

from assistant.facts import Facts
from assistant.facts.reading import facts_of
from assistant.narration.faithful import Checker
from assistant.narration.narrate import narrate
from assistant.session import Reader, ReaderName
from prompts import Words
from tests.corruptions import Corruption, by_hand, corruptions
from tests.corruptions.oracle import close
from tests.corruptions.suite import groups, key, squeezed, true_sentences
from tests.record_traps import TRAPS
from tests.records import RECORDS

WORDS = Words.load("en")
ALL = (*RECORDS, *TRAPS)
CAUGHT, CAUGHT_OF_A_KIND = 0.995, 0.98
every_record = pytest.mark.parametrize("facts", ALL, ids=[f"{i}-{f.kind}" for i, f in enumerate(ALL)])


@pytest.fixture(scope="module")
def escaped() -> tuple[Corruption, ...]:
    """The false sentences that the checker supports."""
    records = {id(one.facts): one.facts for one in corruptions()}
    checkers = {at: Checker.of(facts, WORDS) for at, facts in records.items()}
    return tuple(one for one in corruptions() if checkers[id(one.facts)].judge(one.text).supported)


@every_record
def test_what_our_words_say_is_supported(facts: Facts) -> None:
    checker = Checker.of(facts, WORDS)
    for name in get_args(ReaderName):
        for sentence in narrate(facts, Reader(name=name), WORDS).sentences:
            assert checker.judge(sentence.text).supported, (name, sentence.text)


@every_record
def test_a_record_read_back_is_the_same_facts(facts: Facts) -> None:
    assert facts_of(json.loads(json.dumps(facts.record()))) == facts


def test_false_sentences_are_not_supported(escaped: tuple[Corruption, ...]) -> None:
    assert len(escaped) <= (1 - CAUGHT) * len(corruptions()), _told(escaped)


@pytest.mark.parametrize("kind", dict.fromkeys(one.kind for one in corruptions()))
def test_false_sentences_of_each_kind_are_not_supported(kind: str, escaped: tuple[Corruption, ...]) -> None:
    found = [one for one in escaped if one.kind == kind]
    of_a_kind = sum(one.kind == kind for one in corruptions())
    assert len(found) <= (1 - CAUGHT_OF_A_KIND) * of_a_kind, _told(found)


def _told(found: tuple[Corruption, ...] | list[Corruption]) -> str:
    return "\n".join(f"{one.kind}: {one.text!r} for {one.original!r}" for one in found)


def test_there_are_many_false_sentences_of_many_kinds() -> None:
    kinds = Counter(one.kind for one in corruptions())

    assert len(kinds) >= 18
    assert min(kinds.values()) >= 100, kinds
    assert sum(kinds.values()) >= 5000


def test_no_false_sentence_is_one_that_is_known_to_be_true_of_the_same_facts() -> None:
    """Neither one that our words say of them, nor one that was written by hand."""
    keys = {at: key(facts) for at, facts in {id(one.facts): one.facts for one in corruptions()}.items()}
    by_hands = [one for name in by_hand.FILES for one in by_hand.paraphrases(name)]
    true = {(key(one.facts), squeezed(one.text)) for one in by_hands}
    true |= {(group, text) for group in groups() for text in true_sentences(group)}

    assert not [one for one in corruptions() if (keys[id(one.facts)], squeezed(one.text)) in true]


@pytest.mark.parametrize(
    ("shown", "truth", "may"),
    [
        (0.4, 0.4137, True),
        (0.5, 0.4137, True),
        (0.6, 0.4137, False),
        (100, 149, True),
        (200, 149, True),
        (300, 149, False),
        (0, 0.0, True),
        (0.2, 0.0, False),
        (3.1, 0.031, False),
        (31250, 31245.1, True),
    ],
)
def test_a_number_is_called_wrong_only_where_no_rounding_makes_it_right(shown: float, truth: float, may: bool) -> None:
    assert close(shown, truth) == may
