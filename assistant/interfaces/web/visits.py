"""What happens on the page: a case is opened, a question asked. The page only wires these to its parts."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.dialogue import Assistant
from assistant.domains.build import Progress, silent
from assistant.interfaces.web.assistants import Assistants
from assistant.interfaces.web.case_line import case_line, problem
from assistant.interfaces.web.messages import Message, Note, answered, arriving, asked, said
from assistant.interfaces.web.suggestions import suggested
from assistant.interfaces.web.wording import Wording
from assistant.question import Asked, Question
from assistant.session import Reader, ReaderName, Session, Turn
from explainers.errors import PlainwhyError, QuestionError
from prompts import Words

LOG = logging.getLogger(__name__)
SHOWN = 30
"""Turns on the page; older ones are in the store."""
OPENING = Question(operations=(Asked(op="predict"),))
"""Asked when a case is opened, so that its outcome on the page is a recorded answer like any other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One conversation on the page: the session as it began, and errors shown since. Its turns are in the store."""

    session: Session
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An opened case: the visit (None where it could not be opened), its outcome as HTML, and the first messages."""

    visit: Visit | None
    line: str
    messages: list[Message]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Visits:
    """All that visitors do, in one language."""

    assistants: Assistants
    words: Words

    def examples(self, domain: str, progress: Progress = silent) -> tuple[str, ...]:
        """Cases worth a first look; none where the domain could not be opened, which `begin` puts in words."""
        try:
            return suggested(self.assistants.get(domain, progress).domain)
        except Exception:  # `begin` meets it again and puts it in words
            return ()

    def begin(self, domain: str, case: str, reader: ReaderName) -> Opened:
        """A new conversation about a case, with what was decided about it."""
        who = Reader(name=reader, language=self.words.language)
        wording = Wording.of(self.words, who)
        try:
            assistant = self.assistants.get(domain)
            session = assistant.start(case=case, reader=who)
            turn = assistant.ask(session, self.words.plan("predict").button, OPENING).last
            visit = Visit(session=session)
            self.assistants.rehearse(domain)
            return Opened(visit=visit, line=case_line(turn, wording), messages=self.transcript(visit))
        except Exception as error:  # the outermost edge: nothing may reach the visitor but words
            return Opened(visit=None, line=problem(self._worded(error)), messages=[])

    def ask(self, visit: Visit, text: str) -> Iterator[tuple[Visit, list[Message]]]:
        """The conversation as it grows: the question at once, then the answer in pieces."""
        before: list[Message] = []
        try:
            before, wording = self.transcript(visit), self._wording(visit)
            yield visit, [*before, asked(text)]
            session = self._latest(visit)
            last = session.turns[-1] if session.turns else None
            turn = self._assistant(visit).ask(session, text, _chosen(last, text)).last
            for message in arriving(turn, wording):
                yield visit, [*before, asked(text), message]
        except Exception as error:  # the outermost edge: nothing may reach the visitor but words
            note = Note(after=len(self._latest(visit).turns), asked=text, said=self._worded(error))
            yield replace(visit, notes=(*visit.notes, note)), [*before, asked(text), said(note.said)]

    def transcript(self, visit: Visit) -> list[Message]:
        """The conversation as the store has it; what a browser sends back is never used."""
        wording, turns = self._wording(visit), self._latest(visit).turns
        greeting = wording.labels["greeting"]
        messages = [said(greeting, turns[0].follow_ups if turns else ())]
        for turn in turns[:1] + turns[1:][-SHOWN:]:
            if turn.number > 1:
                messages += [asked(turn.text), answered(turn, wording)]
            for note in visit.notes:
                if note.after == turn.number:
                    messages += [asked(note.asked), said(note.said, turn.follow_ups)]
        return messages

    def _assistant(self, visit: Visit) -> Assistant:
        return self.assistants.get(visit.session.domain)

    def _latest(self, visit: Visit) -> Session:
        """The session with all its turns, also those whose answer was stopped on its way to the page."""
        try:
            return self._assistant(visit).resume(visit.session.id)
        except QuestionError:  # nothing was asked yet
            return visit.session

    def _wording(self, visit: Visit) -> Wording:
        return Wording.of(self.words, visit.session.reader)

    def _worded(self, error: Exception) -> str:
        """What a visitor is told: an expected error in its own words, any other by a reference number."""
        if isinstance(error, PlainwhyError):
            return f"{error.message} {error.hint}".strip()
        reference = secrets.token_hex(4)
        LOG.error("Unexpected error %s", reference, exc_info=error)
        return self.words.page["wrong_reference"].format(reference=reference)


def _chosen(last: Turn | None, text: str) -> Question | None:
    """The reading that was offered in these very words, if the reader chose one."""
    offers = last.ask_back if last else ()
    return next((offer.question for offer in offers if offer.reading == text), None)
