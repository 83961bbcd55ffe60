"""Our own sentences: every one is held against the facts before it is shown, by two ways of reading it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import get_args

import pytest

from assistant.facts import Facts
from assistant.narration.faithful import Checker, UnsupportedError, certified
from assistant.narration.heard.hearing import NOT_UNDERSTOOD, Hearing
from assistant.narration.narrate import narrate
from assistant.narration.style import LEVELS, Level, Style
from assistant.session import Reader, ReaderName
from prompts import Words
from tests.records import RECORDS

READERS = get_args(ReaderName)


@cache
def words() -> Words:
    return Words.load("en")


@pytest.mark.parametrize("level", [None, *LEVELS])
@pytest.mark.parametrize("reader", READERS)
def test_every_sentence_of_every_answer_is_supported(reader: ReaderName, level: Level | None) -> None:
    style = Style.of(words(), reader, level)
    for facts in RECORDS:
        certified(narrate(facts, Reader(reader), words(), level), facts, words(), style)


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
def test_what_the_grammar_of_free_text_hears_in_our_sentences_is_true(reader: ReaderName) -> None:
    """The judges know nothing of our shapes: where both can read a sentence, they agree."""
    heard = 0
    for facts in RECORDS:
        hearing = Hearing.of(facts.record(), "en")
        assert hearing is not None
        for sentence in narrate(facts, Reader(reader), words()).sentences:
            claims, why = hearing.hear(sentence.text)
            assert why in ("", NOT_UNDERSTOOD), f"{shown(facts)}: {sentence.text} | {why}"
            heard += bool(claims)
    assert heard > 10 or reader == "expert"


def shown(facts: Facts) -> str:
    return f"{facts.kind} of {facts.subject.id if facts.subject else 'all'}"


def test_what_holds_after_a_change_is_supported_only_behind_words_that_say_so() -> None:
    why = next(facts for facts in RECORDS if facts.kind == "why" and facts.reasons)
    after = replace(why, changed=True)
    first = next(facts for facts in RECORDS if facts.kind == "what_if" and facts.what_if)
    both = replace(first, also=(after,))
    told = [sentence.text for sentence in narrate(both, Reader("person"), words()).sentences]
    lead = next(i for i, text in enumerate(told) if "chang" in text and i and "would" in text and "model" in text)
    checker = Checker.of(both, words())

    assert all(verdict.supported for verdict in checker.judged(told))
    assert not any(checker.judge(text).supported for text in told[lead + 1 :] if "weigh" in text or "counted" in text)
    assert not checker.check("Income spoke for you.")[0].supported
    assert checker.check(f"{told[lead]} Income spoke for you.")[1].supported
