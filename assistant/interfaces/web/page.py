"""What the three pages share: opening a case, asking, choosing, stopping.

Handlers are public endpoints: of what a browser sends they trust nothing. The reader is the page's own, the user is
whom the page's gate let in, and each handler first asks `ReaderPage.held` whose conversation it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import gradio as gr

from assistant.interfaces.web.fields import Form
from assistant.interfaces.web.parts import LONGEST_CASE, LONGEST_QUESTION, Labels, Parts, header
from assistant.interfaces.web.queue import Queues
from assistant.interfaces.web.visits import Caller, Opened, Visit, Visits
from assistant.interfaces.web.wording import Wording
from assistant.question import Question
from assistant.questions.rows import Mask
from assistant.session import Reader, ReaderName

QUIET = {"api_visibility": "private", "show_progress": "hidden"}
AFTER_ANSWER = "() => window.plainwhy.shown()"
AFTER_OPENING = "() => window.plainwhy.opened()"

Update = Any
"""What a handler gives back for a part of the page."""
Updates = dict[Any, Update]
"""By part; the parts it does not name stay as they are."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReaderPage:
    """One reader's page over one `Visits`; `links` shows the way to the other readers' pages (demos are public)."""

    reader: ClassVar[ReaderName]
    visits: Visits
    links: bool = False

    @property
    def labels(self) -> Labels:
        """The labels of the page's language."""
        return self.visits.words.page

    def blocks(self) -> gr.Blocks:
        """The page alone."""
        with gr.Blocks(title=self.labels["title"], analytics_enabled=False) as demo:
            self.build(demo)
        return demo

    def build(self, demo: gr.Blocks) -> None:
        """Puts the page into `demo`, wired."""
        raise NotImplementedError

    def caller(self, request: gr.Request) -> Caller:
        """Who calls a handler."""
        return Caller(reader=self.reader, user=getattr(request, "username", None) or "")

    def held(self, request: gr.Request, visit: Visit | None) -> Visit | None:
        """The conversation, if it is the caller's: the one place where its owner is checked."""
        return visit if visit is not None and visit.owner == self.caller(request) else None

    def domains(self) -> dict[str, str]:
        """Name -> title of everything the page can be about."""
        language = self.visits.words.language
        return {name: self.visits.assistants.sign(name, language).title for name in self.visits.assistants.names}

    def header(self, domain: str = "", case: str = "") -> str:
        """The top of the page."""
        about = {name: value for name, value in (("domain", domain), ("case", case)) if value}
        return header(self.labels, self.reader, self.links, about)

    def form(self, domain: str) -> Form:
        """The forms of a domain, opened already."""
        who = Reader(name=self.reader, language=self.visits.words.language)
        found = self.visits.assistants.get(domain).domain
        return Form(domain=found, language=who.language, wording=Wording.of(self.visits.words, who))

    def queue(self, domain: str, mask: Mask | None = None) -> Update:
        """The cases of a domain (those in `mask`) as the table to pick from; empty where it could not be opened."""
        try:
            form = self.form(domain)
        except Exception:  # `begin` meets it again and puts it in words
            return gr.Dataframe(value={"headers": [], "data": []})
        found = Queues(domain=form.domain, language=form.language, wording=form.wording).table(mask)
        return gr.Dataframe(value={"headers": list(found.columns), "data": found.rows})

    def wire_opening(self, demo: gr.Blocks, parts: Parts, beside: Beside) -> None:
        """All choices are one event: of two in a row, the later is the one that holds."""
        outputs = [*all_of(parts), *beside.outputs]
        shown = {"api_visibility": "private", "show_progress": "minimal", "show_progress_on": parts.line}

        def first(request: gr.Request, bar: gr.Progress = gr.Progress()) -> Updates:  # noqa: B008  # how gradio hands one in
            asked = request.query_params
            domain = asked.get("domain", "")
            known = self.visits.assistants.known(domain)
            case, key = asked.get("case", "")[:LONGEST_CASE], asked.get("key", "")
            chosen = Chosen(domain=known, case=case, key=key, anew=True)
            return self.show(parts, beside, chosen, self._call(request, bar)) | {parts.domain: known}

        def switch(
            request: gr.Request,
            event: gr.EventData,
            domain: str,
            case: str,
            bar: gr.Progress = gr.Progress(),  # noqa: B008  # how gradio hands one in
        ) -> Updates:
            return self.show(parts, beside, _chosen(event, domain, case), self._call(request, bar))

        demo.load(first, None, outputs, **shown).then(None, js=AFTER_OPENING)
        triggers, read = [parts.domain.input, parts.case.submit, *beside.triggers], [parts.domain, parts.case]
        gr.on(triggers, switch, read, outputs, trigger_mode="always_last", **shown).then(None, js=AFTER_OPENING)

    def show(self, parts: Parts, beside: Beside, chosen: Chosen, call: Call) -> Updates:
        """Another conversation: about this case, or the first suggested one. A domain is made ready where it is new."""
        examples = self.visits.examples(chosen.domain, call.caller, call.progress)
        case = chosen.case or next(iter(examples), "")
        opened = self.visits.begin(chosen.domain, case, call.caller, chosen.key)
        return self.opening(parts, opened, replace(chosen, case=case)) | beside.updates(
            chosen.domain, opened, chosen.anew
        )

    def opening(self, parts: Parts, opened: Opened, chosen: Chosen) -> Updates:
        """What an opened case changes on every page."""
        visit = opened.visit
        return {
            parts.visit: visit,
            parts.opened: visit.session.id if visit else "",
            parts.header: self.header(chosen.domain, chosen.case if visit else ""),
            parts.line: opened.line,
            parts.chat: opened.messages,
            parts.question: gr.Textbox(interactive=visit is not None),
            parts.case: chosen.case,
        }

    def ask(self, visit: Visit | None, text: str, question: Question | None = None) -> Iterator[tuple[Update, ...]]:
        """One question about a conversation that is held; nothing where there is none."""
        if visit is None or not text.strip():
            yield gr.skip(), gr.skip(), gr.skip()
            return
        told = text[: LONGEST_QUESTION + 1]  # longer than a question may be, so that it is refused in words
        for known, messages in self.visits.ask(visit, told, question):
            yield known, messages, gr.Textbox(value="", submit_btn=False, stop_btn=self.labels["stop"])
        yield gr.skip(), gr.skip(), self._ready()

    def wire_talk(self, parts: Parts) -> None:
        talk = [parts.visit, parts.chat, parts.question]
        answers = (
            parts.question.submit(self._asked, [parts.visit, parts.question], talk, **QUIET),
            parts.chat.option_select(self._chose, [parts.visit], talk, **QUIET),
        )
        for answer in answers:
            answer.then(None, js=AFTER_ANSWER)
        parts.question.stop(self._stopped, [parts.visit], [parts.chat, parts.question], cancels=list(answers), **QUIET)

    def _asked(self, request: gr.Request, visit: Visit | None, text: str) -> Iterator[tuple[Update, ...]]:
        yield from self.ask(self.held(request, visit), text)

    def _chose(self, request: gr.Request, visit: Visit | None, chosen: gr.SelectData) -> Iterator[tuple[Update, ...]]:
        yield from self.ask(self.held(request, visit), str(chosen.value))

    def _stopped(self, request: gr.Request, visit: Visit | None) -> tuple[Update, ...]:
        mine = self.held(request, visit)
        return self.visits.transcript(mine) if mine else [], self._ready()

    def _ready(self) -> Update:
        return gr.Textbox(submit_btn=self.labels["send"], stop_btn=False)

    def _call(self, request: gr.Request, bar: gr.Progress) -> Call:
        return Call(caller=self.caller(request), bar=bar, words=self.labels["getting_ready"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which case is to be opened; "" for the first one worth a look. `anew`: another domain than before.

    `key` is what a person's own link bears.
    """

    domain: str
    case: str
    key: str = ""
    anew: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What a page has beside the common parts: what opens a case, and what an opened one changes there.

    `updates` is given the domain, what was opened, and whether the domain is another one than before.
    """

    triggers: Sequence[Any]
    outputs: Sequence[Any]
    updates: Callable[[str, Opened, bool], Updates]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call that may take long: who calls, and the bar that tells how far it is."""

    caller: Caller
    bar: gr.Progress
    words: str

    def progress(self, _step: str, place: int, of: int) -> None:
        """Shows a step of the making of a domain."""
        self.bar((place - 1, of), desc=self.words)


def all_of(parts: Parts) -> list[Any]:
    """The parts as the outputs of an opening."""
    return [getattr(parts, name) for name in parts.__slots__]


def _chosen(event: gr.EventData, domain: str, case: str) -> Chosen:
    """By the part that was used; what it says comes from the browser, and is looked up like any number typed in."""
    part = event.target.elem_id
    if part == "domain":
        return Chosen(domain=domain, case="", anew=True)
    said = {"examples": lambda: event.value, "queue": lambda: event.row_value[0]}.get(part, lambda: case)()
    return Chosen(domain=domain, case=str(said)[:LONGEST_CASE])
