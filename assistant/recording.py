"""A turn as the store keeps it, and a turn made of what is kept; what was asked and refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from importlib.metadata import version

from assistant.domains.domain import Domain
from assistant.narration.answer import Answer
from assistant.question import Question
from assistant.session import Alternative, Session, Turn
from assistant.store.entry import About, Asking, Finding, Position, Provenance, RefusalEntry, Saying, TurnEntry
from assistant.understanding.text import LIMIT
from assistant.version import VERSION
from explainers.errors import PlainwhyError
from prompts import Words

LIBRARIES = ("numpy", "pandas", "scikit-learn", "shap", "babel")


def entry_of(session: Session, turn: Turn, domain: Domain, words: Words) -> TurnEntry:
    """The next turn of a session, with all that is needed to check it and to compute it again."""
    model = (turn.record or {}).get("model", {})
    return TurnEntry(
        position=Position(session=session.id, turn=turn.number),
        reader=session.reader,
        about=About(domain=domain.name, key=domain.key, case=session.case.id, values=dict(session.case.values)),
        asked=Asking(
            text=turn.text,
            reading=turn.reading,
            question=turn.question.to_json(),
            ask_back=tuple(offer.to_json() for offer in turn.ask_back),
        ),
        found=Finding(
            record=turn.record,
            method=model.get("method"),
            parameters=model.get("parameters") or {},
            seed=model.get("seed"),
        ),
        made_with=Provenance(
            model=domain.model.version,
            data=domain.reference_hash,
            words=words.digest,
            libraries=libraries(),
            language_model=turn.language_model,
        ),
        said=Saying(
            answer=turn.answer.to_json(),
            verdict="supported" if turn.record else "fixed words",
            follow_ups=turn.follow_ups,
        ),
        seconds=turn.seconds,
        created=_now(),
    )


def turn_of(entry: TurnEntry) -> Turn:
    """A turn as it was recorded."""
    return Turn(
        number=entry.position.turn,
        text=entry.asked.text,
        reading=entry.asked.reading,
        question=Question.from_json(entry.asked.question),
        ask_back=tuple(
            Alternative(reading=offer["reading"], question=Question.from_json(offer)) for offer in entry.asked.ask_back
        ),
        answer=Answer.from_json(entry.said.answer),
        record=entry.found.record,
        follow_ups=entry.said.follow_ups,
        seconds=entry.seconds,
        language_model=entry.made_with.language_model,
    )


def refusal(session: Session, text: str, error: PlainwhyError) -> RefusalEntry:
    """A question that could not be answered, and the words it got instead."""
    return RefusalEntry(
        session=session.id,
        reader=session.reader,
        domain=session.domain,
        case=session.case.id,
        text=text[: LIMIT + 1],
        code=error.code,
        message=error.message,
        created=_now(),
    )


@lru_cache(maxsize=1)
def libraries() -> Mapping[str, str]:
    """Versions of what the numbers and the words come from; they cannot change under a running program."""
    return {"plainwhy": VERSION, **{name: version(name) for name in LIBRARIES}}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
