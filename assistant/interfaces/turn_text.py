"""A turn as the command line prints it: the reading, the answer, and what could be asked next."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.session import Session


def as_text(session: Session, told: Mapping[str, str]) -> str:
    """The last turn; `told` is what the command line says of its own, in the reader's language."""
    turn = session.last
    lines = [f"[{turn.reading}]", "", turn.answer.text]
    if (turn.record or {}).get("tables"):  # rows are an answer by themselves
        lines += ["", *(sentence.text for sentence in turn.answer.layer("detail"))]
    if turn.ask_back:
        lines += [
            "",
            *([told["or_meant"]] if turn.question.operations else []),
            *(f"  - {offer.reading}" for offer in turn.ask_back),
        ]
    if turn.follow_ups:
        lines += ["", told["could_ask"].format(questions=" | ".join(turn.follow_ups))]
    return "\n".join([*lines, "", told["session"].format(id=session.id)])
