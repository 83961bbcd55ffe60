"""What-ifs a day: counted by case, told when they are used up, and free where nobody limits them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.allowance import allow
from assistant.dialogue import Assistant
from assistant.question import Asked, Question
from assistant.store import Store
from explainers.errors import QuestionError
from tests.talking import assistant

TRY = "What if the income were 60000?"


def limited(store: Path, most: int) -> Assistant:
    loan = assistant("loan")
    return replace(loan, domain=replace(loan.domain, what_ifs_a_day=most), store=Store.open(store))


def test_the_last_what_if_is_answered_and_the_next_one_told_when_again(tmp_path: Path) -> None:
    loan = limited(tmp_path / "talk.sqlite", 2)
    session = loan.start(case="3")
    for _ in range(2):
        session = loan.ask(session, TRY)
    with pytest.raises(QuestionError) as caught:
        loan.ask(session, TRY)

    assert caught.value.code == "E429"
    assert "00:00 UTC" in caught.value.hint
    assert loan.ask(session, "Why?").last.record is not None
    assert loan.ask(loan.start(case="4"), TRY).last.record is not None
    with pytest.raises(QuestionError):
        loan.ask(loan.start(case="3"), TRY)


def test_a_new_day_begins_anew(tmp_path: Path) -> None:
    loan = limited(tmp_path / "talk.sqlite", 1)
    session = loan.ask(loan.start(case="3"), TRY)
    what_if = Question(operations=(Asked(op="what_if", args={"feature": "income", "change": "set", "value": 1.0}),))
    now = datetime.now(UTC)

    with pytest.raises(QuestionError):
        allow(what_if, session.case, loan.domain, loan.store, now)
    allow(what_if, session.case, loan.domain, loan.store, now + timedelta(days=1))
