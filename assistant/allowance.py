"""How many what-ifs a case may still have today: enough to understand, not enough to copy the model."""

from __future__ import annotations

from datetime import datetime

from assistant.domains.domain import Domain
from assistant.question import Question
from assistant.store import Store
from explainers.base import Case
from explainers.errors import QuestionError


def allow(question: Question, case: Case, domain: Domain, store: Store, now: datetime) -> None:
    """QuestionError E429 where the question is a what-if and today's are used up; a day begins at 00:00 UTC."""
    most = domain.what_ifs_a_day
    if most is None or not _is_what_if(question):
        return
    today = store.turns_about(domain.name, case.id, now.date().isoformat())
    if sum(_is_what_if(Question.from_json(turn.entry.asked.question)) for turn in today) >= most:
        raise QuestionError(
            "E429", f"The {most} what-ifs a day for this case are used up.",
            where="question", hint="They begin anew at 00:00 UTC; ask a person if you need more.",
        )  # fmt: skip


def _is_what_if(question: Question) -> bool:
    return any(asked.op == "what_if" for asked in question.operations)
