"""What happens on the pages: a case is opened, a question asked. The pages only wire these to their parts."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from assistant.dialogue import Assistant, words_in
from assistant.domains.build import Progress, silent
from assistant.domains.domain import no_such_case
from assistant.interfaces.links import Links
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
class Caller:
    """Who is at a page: the page's reader, and the name its gate let in ("" where nobody is asked for one)."""

    reader: ReaderName = "person"
    user: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One conversation on the page: whose it is, and the session as it began; its turns are in the store.

    `domain` is as `Assistants` names it, `notes` are the errors shown since. `aside` is the expert's second session:
    what the tabs show is asked there.
    """

    owner: Caller
    domain: str
    session: Session
    aside: Session | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An opened case: the visit (None where it could not be opened), its outcome as HTML, and the first messages."""

    visit: Visit | None
    line: str
    messages: list[Message]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Visits:
    """All that visitors do, in one language. `links`: a person opens a case by its own link only; None: any case."""

    assistants: Assistants
    words: Words
    links: Links | None = None

    def examples(self, domain: str, caller: Caller, progress: Progress = silent) -> tuple[str, ...]:
        """Cases worth a first look; none where the domain could not be opened, which `begin` puts in words."""
        if self._bound(caller):
            return ()
        try:
            return suggested(self.assistants.get(domain, progress).domain)
        except Exception:  # `begin` meets it again and puts it in words
            return ()

    def begin(self, domain: str, case: str | Mapping[str, object], caller: Caller, key: str = "") -> Opened:
        """A new conversation about a case of the data, or a new one given by its values, with what was decided.

        `key` is what a person's own link bears.
        """
        who = Reader(name=caller.reader, language=self.words.language)
        if self._bound(caller) and not key and isinstance(case, str):
            return Opened(visit=None, line=problem(self.words.page["own_link"]), messages=[])
        try:
            if self.links and self._bound(caller) and isinstance(case, str) and not self.links.opens(key, domain, case):
                raise no_such_case()
            assistant = self.assistants.get(domain)
            given = {"case": case} if isinstance(case, str) else {"values": case}
            session = assistant.start(reader=who, **given)
            turn = assistant.ask(session, self.words.plan("predict").button, OPENING).last
            aside = assistant.start(reader=who, **given) if caller.reader == "expert" else None
            visit = Visit(owner=caller, domain=domain, session=session, aside=aside)
            self.assistants.rehearse(domain)
            line = case_line(turn, Wording.of(self.words, who), self.assistants.sign(domain, who.language))
            return self._with_first_answer(Opened(visit=visit, line=line, messages=self.transcript(visit)))
        except Exception as error:  # the outermost edge: nothing may reach the visitor but words
            return Opened(visit=None, line=problem(self.worded(error)), messages=[])

    def _bound(self, caller: Caller) -> bool:
        """Whether this caller may open none but the own case."""
        return self.links is not None and caller.reader == "person"

    def ask(self, visit: Visit, text: str, question: Question | None = None) -> Iterator[tuple[Visit, list[Message]]]:
        """The conversation as it grows: the question at once, then the answer in pieces."""
        before: list[Message] = []
        try:
            before = self.transcript(visit)
            yield visit, [*before, asked(text)]
            session = self.latest(visit)
            session = self.assistant(visit).ask(session, text, question or self._offered(session, text))
            for message in arriving(session.last, self._told_in(session, session.last)):
                yield visit, [*before, asked(text), message]
        except Exception as error:  # the outermost edge: nothing may reach the visitor but words
            note = Note(after=len(self.latest(visit).turns), asked=text, said=self.worded(error))
            yield replace(visit, notes=(*visit.notes, note)), [*before, asked(text), said(note.said)]

    def look(self, visit: Visit, question: Question) -> Turn:
        """The answer to a question asked aside, the recorded one where it was asked before. Raises PlainwhyError."""
        assistant, session = self.assistant(visit), visit.aside or visit.session
        session = self._recorded(assistant, session)
        known = next((turn for turn in session.turns if turn.question == question), None)
        return known or assistant.ask(session, self.words.plan(question.operations[0].op).button, question).last

    def transcript(self, visit: Visit) -> list[Message]:
        """The conversation as the store has it; what a browser sends back is never used."""
        session = self.latest(visit)
        turns = session.turns
        messages = [said(self.words.page["greeting"], turns[0].follow_ups if turns else ())]
        for turn in turns[:1] + turns[1:][-SHOWN:]:
            if turn.number > 1:
                messages += [asked(turn.text), answered(turn, self._told_in(session, turn))]
            for note in visit.notes:
                if note.after == turn.number:
                    messages += [asked(note.asked), said(note.said, turn.follow_ups)]
        return messages

    def assistant(self, visit: Visit) -> Assistant:
        """Of the domain a visit is about."""
        return self.assistants.get(visit.domain)

    def latest(self, visit: Visit) -> Session:
        """The session with all its turns, also those whose answer was stopped on its way to the page."""
        return self._recorded(self.assistant(visit), visit.session)

    def wording(self, visit: Visit) -> Wording:
        """The words of a visit's reader."""
        return Wording.of(self.words, visit.session.reader)

    def _told_in(self, session: Session, turn: Turn) -> Wording:
        """The words of the language that a turn was answered in, which need not be that of the page."""
        language = str((turn.record or {}).get("language", session.reader.language))
        words = self.words if language == self.words.language else words_in(language)
        return Wording.of(words, session.reader)

    def _offered(self, session: Session, text: str) -> Question | None:
        last = session.turns[-1] if session.turns else None
        return _chosen(last, text, self._told_in(session, last).labels["meant"]) if last else None

    def worded(self, error: Exception) -> str:
        """What a visitor is told: an expected error in its own words, any other by a reference number."""
        if isinstance(error, PlainwhyError):
            return f"{error.message} {error.hint}".strip()
        reference = secrets.token_hex(4)
        LOG.error("Unexpected error %s", reference, exc_info=error)
        return self.words.page["wrong_reference"].format(reference=reference)

    def _with_first_answer(self, opened: Opened) -> Opened:
        """Support is told why at once: a reply to a customer begins there, and so do the flags."""
        if opened.visit is None or opened.visit.owner.reader != "support":
            return opened
        *_, (visit, messages) = self.ask(opened.visit, self.words.plan("why").button)
        return replace(opened, visit=visit, messages=messages)

    def _recorded(self, assistant: Assistant, session: Session) -> Session:
        try:
            return assistant.resume(session.id)
        except QuestionError:  # nothing was asked yet
            return session


def _chosen(last: Turn, text: str, meant: str) -> Question | None:
    """The reading that was offered in these very words, alone or after "I meant", if the reader chose one."""
    return next((o.question for o in last.ask_back if text in (o.reading, meant.format(reading=o.reading))), None)
