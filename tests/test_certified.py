"""Our own sentences: every one is held against the facts before it is shown, by two ways of reading it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from assistant.facts import Facts
from assistant.narration.faithful import UnsupportedError, certified
from assistant.narration.heard.hearing import NOT_UNDERSTOOD, Hearing
from assistant.narration.narrate import narrate
from assistant.narration.style import LEVELS, Level, Style
from assistant.session import Reader
from prompts import Words
from tests.records import RECORDS

READERS = ("person", "support", "expert")


@cache
def words() -> Words:
    return Words.load("en")


@pytest.mark.parametrize("level", [None, *LEVELS])
@pytest.mark.parametrize("reader", READERS)
def test_every_sentence_of_every_answer_is_supported(reader: str, level: Level | None) -> None:
    style = Style.of(words(), reader, level)
    for facts in RECORDS:
        certified(narrate(facts, Reader(reader), words(), level), facts, words(), style)  # type: ignore[arg-type]


def test_an_answer_with_a_sentence_that_the_facts_do_not_support_is_never_shown() -> None:
    facts = RECORDS[0]
    answer = narrate(facts, Reader("person"), words())
    first, *others = answer.sentences
    turned = first.text.replace("declined", "approved")
    assert turned != first.text
    with pytest.raises(UnsupportedError):
        certified(
            replace(answer, sentences=(replace(first, text=turned), *others)),
            facts,
            words(),
            Style.of(words(), "person"),
        )


@pytest.mark.parametrize("reader", READERS)
def test_what_the_grammar_of_free_text_hears_in_our_sentences_is_true(reader: str) -> None:
    """The judges know nothing of our shapes: where both can read a sentence, they agree."""
    heard = 0
    for facts in RECORDS:
        hearing = Hearing.of(facts.record(), "en")
        assert hearing is not None
        for sentence in narrate(facts, Reader(reader), words()).sentences:  # type: ignore[arg-type]
            claims, why = hearing.hear(sentence.text)
            assert why in ("", NOT_UNDERSTOOD), f"{shown(facts)}: {sentence.text} | {why}"
            heard += bool(claims)
    assert heard > 10 or reader == "expert"


def shown(facts: Facts) -> str:
    return f"{facts.kind} of {facts.subject.id if facts.subject else 'all'}"
