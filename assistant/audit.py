"""An audit: every recorded turn computed again and compared, the chain verified."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.dialogue import answered
from assistant.domains.domain import Domain
from assistant.domains.ready import open_kept
from assistant.question import Question
from assistant.questions import Context
from assistant.recording import libraries
from assistant.store import Store
from assistant.store.entry import TurnEntry
from assistant.understanding.understand import Reading
from explainers.base import Case
from explainers.errors import PlainwhyError
from prompts import Words

Verdict = Literal["same", "differs", "refused", "erased", "cannot be recomputed here"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What came of one recorded turn; `why` says what differs, what is missing, or why it was refused (turn 0)."""

    seq: int
    session: str
    turn: int
    verdict: Verdict
    why: str = ""


def audit(store: Store, domain: str | None = None) -> Iterator[Finding]:
    """Re-runs facts and words of every turn. Understanding is not re-run: the question as read is what was answered."""
    opened: dict[str, Domain | None] = {}
    for recorded in store.turns(domain):
        entry = recorded.entry
        if entry.about.key not in opened:
            opened[entry.about.key] = open_kept(entry.about.key, entry.about.domain)
        verdict, why = _verdict(store, entry, opened[entry.about.key])
        yield Finding(
            seq=recorded.stored.seq, session=entry.position.session, turn=entry.position.turn, verdict=verdict, why=why
        )
    for stored, refusal in store.refusals(domain):
        why = f"{refusal.code} {refusal.message}"
        yield Finding(seq=stored.seq, session=refusal.session, turn=0, verdict="refused", why=why)
    for seq in store.verify().erased:
        yield Finding(seq=seq, session="", turn=0, verdict="erased")


def _verdict(store: Store, entry: TurnEntry, domain: Domain | None) -> tuple[Verdict, str]:
    missing = _missing(store, entry, domain)
    if missing or domain is None:
        return "cannot be recomputed here", missing
    try:
        answer, record = _again(store, entry, domain)
    except PlainwhyError as error:
        return "differs", str(error)
    if json.loads(json.dumps(record)) != entry.found.record:
        return "differs", "the facts"
    if answer != entry.said.answer:
        return "differs", "the words"
    return "same", ""


def _missing(store: Store, entry: TurnEntry, domain: Domain | None) -> str:
    """What it would take to compute the turn again and is not here."""
    if domain is None:
        return f"model and data {entry.about.key[:12]} of domain {entry.about.domain}"
    if store.kept(entry.made_with.words) is None:
        return f"words {entry.made_with.words[:12]}"
    now = libraries()
    other = [
        f"{name} {was} (here {now.get(name)})"
        for name, was in entry.made_with.libraries.items()
        if now.get(name) != was
    ]
    return ", ".join(other)


def _again(store: Store, entry: TurnEntry, domain: Domain) -> tuple[object, object]:
    kept = store.kept(entry.made_with.words)
    assert kept is not None  # looked at in _missing
    case = Case(id=entry.about.case, values=entry.about.values)
    context = Context(domain=domain, case=case, reader=entry.reader, text=entry.asked.text)
    offers = tuple(Question.from_json(offer) for offer in entry.asked.ask_back)
    reading = Reading(question=Question.from_json(entry.asked.question), confidence=1.0, alternatives=offers)
    said = answered(reading, context, Words.unpacked(kept))
    return said.answer.to_json(), said.facts.record() if said.facts else None
