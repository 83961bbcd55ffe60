"""The state of one conversation, a value passed in and returned: who reads, about which case, and the turns so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from assistant.narration.answer import Answer
from assistant.question import Question
from explainers.base import Case

ReaderName = Literal["person", "support", "expert"]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: a person the decision is about, a support agent, or an expert; and in which language (ISO code)."""

    name: ReaderName = "person"
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A reading on offer when two are close: its words, and what it would ask."""

    reading: str
    question: Question

    def to_json(self) -> dict[str, Any]:
        return {"reading": self.reading, **self.question.to_json()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One question and what was answered. `record` is None where nothing was computed.

    `language_model` names the one that read the question, where the parser was not sure and one is configured.
    """

    number: int
    text: str
    reading: str
    question: Question
    ask_back: tuple[Alternative, ...]
    answer: Answer
    record: Mapping[str, Any] | None
    follow_ups: tuple[str, ...]
    seconds: float
    language_model: str | None = None

    @property
    def records(self) -> tuple[Mapping[str, Any], ...]:
        """The record of each question that was asked at once; none where nothing was computed."""
        return (self.record, *self.record.get("also", ())) if self.record else ()

    def to_json(self, session: str) -> dict[str, Any]:
        """What `plainwhy ask --json` prints and every other face returns."""
        return {
            "session": session,
            "turn": self.number,
            "reading": self.reading,
            "question": self.question.to_json(),
            "ask_back": [offer.to_json() for offer in self.ask_back],
            "answer": self.answer.to_json(),
            "record": self.record,
            "follow_ups": list(self.follow_ups),
            "seconds": self.seconds,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One conversation of one reader about one case of one domain."""

    id: str
    domain: str
    reader: Reader
    case: Case
    turns: tuple[Turn, ...] = ()

    @property
    def last(self) -> Turn:
        """The latest turn; IndexError before the first."""
        return self.turns[-1]

    def with_turn(self, turn: Turn) -> Session:
        return replace(self, turns=(*self.turns, turn))
