"""Approved answers: what the assistant says, for a person to review. `python -m tests.approve` rewrites them."""

from __future__ import annotations

import tempfile
import textwrap
from pathlib import Path

from assistant.dialogue import Assistant
from assistant.session import Reader
from explainers.errors import PlainwhyError

FOLDER = Path(__file__).parent / "approved"
READERS = ("person", "support", "expert")
GENERAL = (
    "Why?",
    "Why not {other}?",
    "What spoke for and against?",
    "What did the model say?",
    "How sure is it?",
    "What matters most overall?",
    "What do you know about this case?",
    "How do you work these reasons out?",
    "What can you do?",
    "Thank you!",
    "What is the weather tomorrow?",
    "What would have to change?",
    "blorp fizz wug",
)
CASES = {
    "biopsy": (
        "7",
        "benign",
        ("What if the mean radius were 12?", "What if the radius were 12?", "Should I have surgery?"),
    ),
    "progression": (
        "5",
        "lower",
        ("What if my bmi were 27?", "What if my age were 300?", "And if my blood sugar were 80 and my bmi 24?"),
    ),
    "loan": (
        "3",
        "approved",
        (
            "What if my income were 50,000?",
            "What if my debt ratio were 20?",
            "And if I owed nothing?",
            "What if I were a man?",
        ),
    ),
}
"""Domain: the case, the other outcome, and questions of its own."""
OTHERS = {"loan": ("11", "29"), "biopsy": ("0", "50")}
"""More cases that only "Why?" and "How sure is it?" are asked about."""


def conversation(assistant: Assistant, reader: str) -> str:
    """Every question of a domain's list, asked by one reader in one session, as text."""
    case, other, own = CASES[assistant.domain.name]
    told = [_asked(assistant, reader, case, [q.format(other=other) for q in GENERAL] + list(own))]
    for another in OTHERS.get(assistant.domain.name, ()):
        told.append(_asked(assistant, reader, another, ["Why?", "How sure is it?"]))
    return "\n".join(told)


def _asked(assistant: Assistant, reader: str, case: str, questions: list[str]) -> str:
    session = assistant.start(case=case, reader=Reader(name=reader, language="en"))  # type: ignore[arg-type]
    told = [f"=== {assistant.domain.name}, case {case}, {reader}\n"]
    for question in questions:
        try:
            session = assistant.ask(session, question)
        except PlainwhyError as error:
            told.append(f"> {question}\n{error}\n")
            continue
        turn = session.last
        offers = "".join(f"\n  ( {offer.reading} )" for offer in turn.ask_back)
        told.append(f"> {question}\n[{turn.reading}]\n{_wrapped(turn.answer.text)}{offers}\n")
    return "\n".join(told)


def _wrapped(text: str) -> str:
    return "\n\n".join(textwrap.fill(paragraph, 110) for paragraph in text.split("\n\n"))


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name in CASES:
        assistant = Assistant.for_domain(name, store=Path(tempfile.mkdtemp()) / "approve.sqlite")
        for reader in READERS:
            (FOLDER / f"{name}.{reader}.txt").write_text(conversation(assistant, reader), encoding="utf-8")


if __name__ == "__main__":
    main()
