"""How the page draws an answer: pictures, tables, evidence and messages, from records and turns made by hand."""

from __future__ import annotations

import re
import time
from itertools import pairwise
from typing import Any

import pytest

from assistant.interfaces.web.bars import picture
from assistant.interfaces.web.evidence import evidence
from assistant.interfaces.web.tables import numbers
from assistant.narration.answer import Answer, Sentence
from assistant.question import Asked, Question
from assistant.session import Alternative, ReaderName, Turn
from tests.visiting import NASTY, Outline, text_of, wording

# Gradio and what it is built on warn while they are imported; nothing of ours does.
pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio.*")]


def reason(label: str, weight: float, rank: int, **more: Any) -> dict[str, Any]:
    direction = "for" if weight > 0 else "against"
    plain = {"feature": label, "label": label, "kind": "number", "value": 3.0, "size": "large", "direction": direction}
    return {**plain, "weight": weight, "rank": rank, "tied_with": [], **more}


def why(**more: Any) -> dict[str, Any]:
    return {
        "kind": "why",
        "subject": {"id": "7", "noun": "application"},
        "model": {"name": "loan score", "version": "sha256:3f"},
        "outcome": {"name": "declined", "alternatives": ["approved"], "by": "score", "favourable": False},
        "score": {
            "value": 0.41,
            "of": "approved",
            "unit": "probability",
            "cutoff": 0.5,
            "calibrated": True,
            "base": 0.5,
        },
        "reasons": [
            reason("existing debt", -0.14, 1, value=18000.0, unit="EUR", size="large"),
            reason("income", 0.05, 2, value=41000.0, unit="EUR", size="small"),
            reason("late payments", 0.0, 3, size="small", direction="none"),
        ],
        "reasons_rest": 0.0,
        "residual": 0.0,
        **more,
    }


def test_a_bar_says_its_side_in_words_and_by_its_pattern() -> None:
    drawn = Outline(picture(why(), (0, 1), wording()))

    assert "existing debt a lot towards “declined”" in re.sub(r"\s+", " ", drawn.text)
    assert "income a little towards “approved”" in re.sub(r"\s+", " ", drawn.text)
    assert [bar["class"] for bar in drawn.named("i")] == ["pw-left", "pw-right"]
    assert all(bar["aria-hidden"] == "true" for bar in drawn.named("i"))


def test_only_the_told_reasons_are_drawn_and_the_table_holds_them_all() -> None:
    assert "income" not in picture(why(), (0,), wording())
    assert all(r["label"] in numbers(why(), wording()) for r in why()["reasons"])


def test_bars_are_as_long_as_the_weights() -> None:
    bars = Outline(picture(why(), (0, 1), wording())).named("i")

    assert [bar["style"] for bar in bars] == ["--share:1.000", "--share:0.357"]


def test_the_table_shows_what_the_bars_show_with_signs_and_the_sum() -> None:
    table = re.sub(r"\s+", " ", Outline(numbers(why(), wording())).text)

    assert "existing debt 18,000 EUR −14" in table
    assert "starting point 50%" in table
    assert "result 41%" in table


def test_a_lay_reader_of_an_uncalibrated_model_sees_no_percentage() -> None:
    record = why(
        score={
            "value": 0.41,
            "of": "approved",
            "unit": "probability",
            "calibrated": False,
            "level": "medium",
            "base": 0.5,
        }
    )

    shown = picture(record, (0, 1), wording()) + numbers(record, wording())

    assert "%" not in shown.replace("EUR", "")
    assert "0.41" not in shown
    assert "a lot towards" in numbers(record, wording())


def test_a_what_if_is_drawn_before_and_after() -> None:
    changes = [{"feature": "debt", "label": "debt", "from": 18000.0, "to": 12000.0, "unit": "EUR", "by": "asked"}]
    found = {
        "changes": changes,
        "before": 0.41,
        "after": 0.55,
        "outcome_before": "declined",
        "outcome_after": "approved",
    }
    record = {**why(), "kind": "what_if", "what_if": found}

    assert "41% (declined)" in picture(record, (), wording())
    assert "55% (approved)" in picture(record, (), wording())
    assert "18,000 EUR 12,000 EUR" in re.sub(r"\s+", " ", Outline(numbers(record, wording())).text)


def test_a_record_without_a_picture_has_none() -> None:
    record = {key: value for key, value in why().items() if key != "reasons"}

    assert picture(record, (), wording()) == "" == numbers(record, wording())
    assert picture(None, (), wording()) == "" == numbers(None, wording())


@pytest.mark.parametrize("reader", ["person", "expert"])
def test_nothing_from_outside_becomes_markup(reader: ReaderName) -> None:
    record = why(reasons=[reason(NASTY, -0.1, 1, kind="category", value=NASTY, unit=NASTY)])
    record["outcome"] = {"name": NASTY, "alternatives": ["approved"], "by": "score"}
    answer = Answer(
        sentences=(Sentence(text=NASTY, facts=("reasons[0].value", "outcome.name")),),
        layers={"headline": (0,)},
        opened=("headline",),
    )
    shown = picture(record, (0,), wording(reader)) + numbers(record, wording(reader))
    shown += evidence(answer, record, wording(reader))

    assert "<img" not in shown
    assert not Outline(shown).named("img")


def test_a_picture_is_small_and_quick() -> None:
    words, record = wording(), why()
    started = time.process_time()
    for _ in range(100):
        drawn = picture(record, (0, 1, 2), words)

    assert (time.process_time() - started) / 100 < 0.001
    assert len(drawn) < 2048


def test_a_picture_asks_for_nothing_and_runs_nothing() -> None:
    shown = picture(why(), (0, 1), wording()) + numbers(why(), wording())

    assert not re.search(r"https?:|url\(|<script|\bon\w+=|<img|<link", shown)


def test_every_sentence_names_the_facts_it_rests_on_in_words() -> None:
    answer = Answer(
        sentences=(
            Sentence(
                text="Your debt counted.", facts=("reasons[0].label", "reasons[0].weight", "reasons[0].direction")
            ),
            Sentence(text="Hello."),
        ),
        layers={"headline": (0, 1)},
        opened=("headline",),
    )
    shown = re.sub(r"\s+", " ", Outline(evidence(answer, why(), wording())).text)

    assert "Your debt counted." in shown
    assert "existing debt: effect on the score -0.14" in shown
    assert "Hello" not in shown


WHY = Question(operations=(Asked(op="why"),))


def turn(**more: Any) -> Turn:
    sentences = tuple(Sentence(text=f"Sentence {i}.") for i in range(6))
    answer = Answer(
        sentences=sentences, layers={"headline": (0,), "reasons": (1, 2, 3, 4, 5)}, opened=("headline", "reasons")
    )
    plain = {"number": 2, "text": "Why?", "reading": "why", "question": WHY, "ask_back": (), "answer": answer}
    return Turn(**{**plain, "record": None, "follow_ups": ("How sure is it?",), "seconds": 0.0, **more})


def test_an_answer_comes_in_a_few_pieces_that_only_grow() -> None:
    from assistant.interfaces.web.messages import answered, arriving

    pieces = [Outline(text_of(message)).words for message in arriving(turn(), wording())]

    assert 1 < len(pieces) <= 3
    assert all(later.startswith(earlier) for earlier, later in pairwise(pieces))
    assert pieces[-1] == Outline(text_of(answered(turn(), wording()))).words


def test_a_sentence_leads_to_its_own_facts() -> None:
    from assistant.interfaces.web.messages import whole

    sentences = (Sentence(text="Hello."), Sentence(text="Debt counted.", facts=("reasons[0].weight",)))
    answer = Answer(sentences=sentences, layers={"headline": (0, 1)}, opened=("headline",))
    shown = Outline(whole(turn(answer=answer, record=why()), wording()))

    assert [found["data-n"] for found in shown.named("span") if found.get("class") == "pw-told"] == ["1"]
    assert [found["data-n"] for found in shown.named("li") if "data-n" in found] == ["1"]


def test_only_the_whole_answer_offers_what_may_be_asked_next() -> None:
    from assistant.interfaces.web.messages import arriving

    *early, last = arriving(turn(), wording())

    assert not any(message.get("options") for message in early)
    assert last["options"] == [{"value": "How sure is it?"}]


def test_two_close_readings_are_offered_and_the_chosen_one_is_asked() -> None:
    from assistant.interfaces.web.messages import answered
    from assistant.interfaces.web.visits import _chosen

    unsure = turn(question=Question(), ask_back=(Alternative(reading="why this result", question=WHY),))

    assert answered(unsure, wording())["options"] == [{"value": "why this result"}]
    assert _chosen(unsure, "why this result", "I meant: {reading}") == WHY
    assert _chosen(unsure, "something else", "I meant: {reading}") is None


def test_a_reader_s_own_words_are_text_and_nothing_else() -> None:
    from assistant.interfaces.web.messages import answered, asked

    shown = asked(NASTY)["content"] + text_of(answered(turn(text=NASTY, reading=NASTY), wording()))

    assert "<img" not in shown
