"""Several questions in one: each is answered with its own facts, and nothing is said twice."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from assistant.narration.paths import at
from assistant.question import Argument, Asked, Condition, Node, Question
from assistant.session import ReaderName, Turn
from tests.talking import assistant, session

WOMEN = (Condition(feature="sex", op="==", value="female"),)
OF_CASE = ("why", "confidence", "for_and_against", "known", "method")
OF_GROUP = ("count", "performance", "mistakes", "importance", "why", "labels", "interactions")
RICHER = Asked(op="what_if", args={"feature": "income", "change": "set", "value": 60000.0})


def answer(*operations: Asked, filters: tuple[Node, ...] = (), reader: ReaderName = "expert") -> Turn:
    asked = Question(filters=filters, operations=operations)
    return assistant("loan").ask(session("loan", "12", reader), "", asked).last


def asked(kind: str, **args: Argument) -> Asked:
    return Asked(op=kind, args=args)


def parts(turn: Turn) -> list[dict[str, Any]]:
    assert turn.record is not None
    return [dict(turn.record), *turn.record.get("also", ())]


def check(turn: Turn, *kinds: str) -> None:
    assert [part["kind"] for part in parts(turn)] == list(kinds)
    texts = [sentence.text for sentence in turn.answer.sentences]
    assert len(texts) == len(set(texts))
    assert turn.record is not None
    for path in (path for sentence in turn.answer.sentences for path in sentence.facts):
        at(turn.record, path)


@pytest.mark.parametrize("pair", tuple(itertools.combinations(OF_CASE, 2)), ids="+".join)
@pytest.mark.parametrize("reader", ["person", "support", "expert"])
def test_two_questions_about_a_case_are_both_answered(reader: ReaderName, pair: tuple[str, str]) -> None:
    turn = answer(*map(asked, pair), reader=reader)
    check(turn, *pair)
    alone = [answer(asked(kind), reader=reader) for kind in pair]
    assert {s.text for one in alone for s in one.answer.sentences} == {s.text for s in turn.answer.sentences}


@pytest.mark.parametrize("pair", tuple(itertools.combinations(OF_GROUP, 2)), ids="+".join)
def test_two_questions_about_a_group_are_both_answered(pair: tuple[str, str]) -> None:
    turn = answer(*map(asked, pair), filters=WOMEN)
    check(turn, *pair)
    for place, kind in enumerate(pair):
        under = f"also[{place - 1}]." if place else ""
        own = [p for s in turn.answer.sentences for p in s.facts if p.startswith("also[") == bool(under)]
        assert own, f"nothing is said of {kind}"


def test_the_reasons_beside_a_change_are_those_after_it() -> None:
    turn = answer(RICHER, asked("predict"), asked("why"), reader="person")
    check(turn, "what_if", "why")
    assert not {"detail", "technical"} & {
        layer
        for layer, at in turn.answer.layers.items()
        for i in at
        if any(path.startswith("also[") for path in turn.answer.sentences[i].facts)
    }, "behind no words that say after the change"
    before, after = parts(turn)
    assert after["changed"] is True
    assert after["score"]["value"] == pytest.approx(before["what_if"]["after"])
    values = {m["feature"]: m["value"] for reason in after["reasons"] for m in (reason, *reason.get("members", ()))}
    assert values["income"] == 60000


def test_three_questions_are_all_answered() -> None:
    check(
        answer(*map(asked, ("count", "performance", "importance")), filters=WOMEN), "count", "performance", "importance"
    )


def test_the_page_draws_a_picture_for_each() -> None:
    from assistant.dialogue import words_in
    from assistant.interfaces.web.messages import behind
    from assistant.interfaces.web.wording import Wording
    from assistant.session import Reader

    turn = answer(asked("why"), asked("importance"), reader="person")
    page = behind(turn, Wording.of(words_in("en"), Reader("person")))
    assert page.count("<figure") == 2


def test_what_a_picture_shows_after_a_change_is_said_to_be_after_it() -> None:
    from assistant.dialogue import words_in
    from assistant.interfaces.web.messages import behind
    from assistant.interfaces.web.wording import Wording
    from assistant.session import Reader

    turn = answer(RICHER, asked("predict"), asked("why"), reader="person")
    page = behind(turn, Wording.of(words_in("en"), Reader("person")))
    assert page.count("What would weigh most after the change") == 2  # the picture, and its table
    assert "What weighed most" not in page


def test_flags_are_read_from_every_question_but_not_from_what_only_holds_after_a_change() -> None:
    from assistant.dialogue import words_in
    from assistant.interfaces.web.flags import flags
    from assistant.interfaces.web.wording import Wording
    from assistant.session import Reader

    wording = Wording.of(words_in("en"), Reader("support"))
    both = answer(asked("known"), asked("why"), reader="support")
    supposed = answer(RICHER, asked("predict"), asked("why"), reader="support")
    assert "close" in flags([both], "12", wording).lower()
    assert "Not worked out" in flags([supposed], "12", wording)
