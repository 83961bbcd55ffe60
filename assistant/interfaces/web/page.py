"""The layout of the page and its wiring. Handlers are public endpoints: of what a browser sends they trust nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, cast, get_args

import gradio as gr

from assistant.domains.source import describe
from assistant.interfaces.web.visits import Visit, Visits
from assistant.session import ReaderName

LONGEST_QUESTION = 2000
LONGEST_CASE = 40
QUIET = {"api_visibility": "private", "show_progress": "hidden"}
AFTER_ANSWER = "() => window.plainwhy.shown()"

Update = Any
"""What a handler gives back for a part of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts of the page that handlers read or change."""

    visit: gr.State
    domain: gr.Radio
    examples: gr.Radio
    case: gr.Textbox
    reader: gr.Radio
    line: gr.HTML
    chat: gr.Chatbot
    question: gr.Textbox


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Page:
    """The page of all readers over one `Visits`."""

    visits: Visits

    @property
    def labels(self) -> Mapping[str, str]:
        """The labels of the page's language."""
        return self.visits.words.page

    def blocks(self) -> gr.Blocks:
        """The whole page, wired."""
        with gr.Blocks(title=self.labels["title"], analytics_enabled=False) as demo:
            gr.HTML(_header(self.labels))
            with gr.Row(elem_id="columns"):
                with gr.Column(elem_id="choose"), gr.Accordion(self.labels["choose"], open=False):
                    choices = self._choices()
                with gr.Column(elem_id="talk"):
                    talk = self._conversation()
                    with gr.Column(elem_id="ask"):
                        question = self._question()
            parts = Parts(visit=gr.State(), question=question, **choices, **talk)
            self._wire(demo, parts)
        return demo

    def _choices(self) -> dict[str, Any]:
        labels, names = self.labels, self.visits.assistants.names
        readers = [(labels[f"reader_{name}"], name) for name in get_args(ReaderName)]
        domains = [(describe(name), name) for name in names]
        return {
            "domain": gr.Radio(domains, value=names[0], label=labels["domain"], elem_id="domain"),
            "examples": gr.Radio([], label=labels["pick_case"], elem_id="examples"),
            "case": gr.Textbox(
                label=labels["case"], max_length=LONGEST_CASE, submit_btn=labels["open"], elem_id="case"
            ),
            "reader": gr.Radio(readers, value="person", label=labels["reader"], elem_id="reader"),
        }

    def _conversation(self) -> dict[str, Any]:
        labels = self.labels
        return {
            "line": gr.HTML(elem_id="line"),
            "chat": gr.Chatbot(
                layout="panel", buttons=["copy"], allow_tags=False, feedback_options=None, render_markdown=False,
                autoscroll=False, height=None, show_label=False, container=False,
                label=labels["conversation"], elem_id="chat",
            ),
        }  # fmt: skip

    def _question(self) -> gr.Textbox:
        labels = self.labels
        return gr.Textbox(
            label=labels["question"], placeholder=labels["question_hint"], max_length=LONGEST_QUESTION, max_lines=5,
            submit_btn=labels["send"], stop_btn=False, interactive=False, elem_id="question",
        )  # fmt: skip

    def _wire(self, demo: gr.Blocks, parts: Parts) -> None:
        self._wire_choices(demo, parts)
        talk = [parts.visit, parts.chat, parts.question]
        answers = (
            parts.question.submit(self._ask, [parts.visit, parts.question], talk, **QUIET),
            parts.chat.option_select(self._choose, [parts.visit], talk, **QUIET),
        )
        for answer in answers:
            answer.then(None, js=AFTER_ANSWER)
        parts.question.stop(self._stopped, [parts.visit], [parts.chat, parts.question], cancels=list(answers), **QUIET)

    def _wire_choices(self, demo: gr.Blocks, parts: Parts) -> None:
        """All choices are one event: of two in a row, the later is the one that holds."""
        opened = [parts.visit, parts.line, parts.chat, parts.question, parts.examples, parts.case]
        shown = {"api_visibility": "private", "show_progress": "minimal", "show_progress_on": parts.line}

        def first(domain: str, reader: str, bar: gr.Progress = gr.Progress()) -> tuple[Update, ...]:  # noqa: B008  # how gradio hands one in
            return self._show(domain, "", reader, bar)

        def switch(
            found: dict[Any, str],
            event: gr.EventData,
            bar: gr.Progress = gr.Progress(),  # noqa: B008  # how gradio hands one in
        ) -> tuple[Update, ...]:
            chosen = event.target.elem_id
            case = {"domain": "", "examples": found[parts.examples]}.get(chosen, found[parts.case])
            *rest, box = self._show(found[parts.domain], case, found[parts.reader], bar)
            return *rest, gr.skip() if chosen in ("case", "reader") else box

        demo.load(first, [parts.domain, parts.reader], opened, **shown)
        chosen = [parts.domain.input, parts.examples.input, parts.case.submit, parts.reader.input]
        read = {parts.domain, parts.examples, parts.case, parts.reader}
        gr.on(chosen, switch, read, opened, trigger_mode="always_last", **shown)

    def _show(self, domain: str, case: str, reader: str, bar: gr.Progress) -> tuple[Update, ...]:
        """Another conversation: about this case, or the first suggested one. A domain is made ready where it is new."""

        def progress(_step: str, place: int, of: int) -> None:
            bar((place - 1, of), desc=self.labels["getting_ready"])

        examples = self.visits.examples(domain, progress)
        case = case or next(iter(examples), "")
        opened = self.visits.begin(domain, case, cast(ReaderName, reader))
        return (
            opened.visit,
            opened.line,
            opened.messages,
            gr.Textbox(value="", interactive=opened.visit is not None),
            gr.Radio(choices=list(examples), value=case if case in examples else None),
            case,
        )

    def _ask(self, visit: Visit | None, text: str) -> Iterator[tuple[Update, ...]]:
        if visit is None or not text.strip():
            yield gr.skip(), gr.skip(), gr.skip()
            return
        for known, messages in self.visits.ask(visit, text):
            yield known, messages, gr.Textbox(value="", submit_btn=False, stop_btn=self.labels["stop"])
        yield gr.skip(), gr.skip(), self._ready()

    def _choose(self, visit: Visit | None, chosen: gr.SelectData) -> Iterator[tuple[Update, ...]]:
        yield from self._ask(visit, str(chosen.value))

    def _stopped(self, visit: Visit | None) -> tuple[Update, ...]:
        return self.visits.transcript(visit) if visit else [], self._ready()

    def _ready(self) -> Update:
        return gr.Textbox(submit_btn=self.labels["send"], stop_btn=False)


def _header(labels: Mapping[str, str]) -> str:
    title, automated, public = (escape(labels[name]) for name in ("title", "automated", "footer"))
    return f'<header class="pw-header"><h1>{title}</h1><p><strong>{automated}</strong> {public}</p></header>'
