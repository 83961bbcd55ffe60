"""The page of an expert: all cases, the conversation, a tab for each capability, two cases compared, and the export."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import gradio as gr

from assistant.interfaces.web.export import FORMATS, exported
from assistant.interfaces.web.forms import Forms
from assistant.interfaces.web.page import AFTER_ANSWER, QUIET, Beside, ReaderPage, Update, Updates
from assistant.interfaces.web.parts import (
    Parts,
    case_part,
    chat_part,
    domain_part,
    question_part,
    queue_part,
    states,
)
from assistant.interfaces.web.slices import Slices
from assistant.interfaces.web.tabs import Tabs
from assistant.interfaces.web.visits import Opened, Visit
from assistant.session import ReaderName

SAVE = "(file) => window.plainwhy.save(file)"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pin:
    """One case kept to be compared with others: its number, and the two buttons."""

    number: gr.State
    pin: gr.Button
    compare: gr.Button


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ExpertPage(ReaderPage):
    """What the tabs show is asked aside, and recorded like everything else."""

    reader: ClassVar[ReaderName] = "expert"

    def build(self, demo: gr.Blocks) -> None:
        """Puts the page into `demo`, wired."""
        labels, remembered = self.labels, states()
        header = gr.HTML(self.header())
        domain = domain_part(labels, self.domains())
        with gr.Row(elem_id="columns"):
            with gr.Column(elem_id="left"):
                case, slices = case_part(labels), Slices.drawn(self)
                cases, pin = queue_part(labels["all_cases"]), self._pin()
            with gr.Column(elem_id="middle"):
                line, chat = gr.HTML(elem_id="line"), chat_part(labels)
                question = question_part(labels)
                exports = self._exports()
            right = gr.Column(elem_id="right")
        parts = Parts(header=header, domain=domain, case=case, line=line, chat=chat, question=question, **remembered)
        with right:
            forms = Forms(page=self, parts=parts, lists=True)
            tabs = Tabs.drawn(self, forms)

        def updates(domain: str, opened: Opened, anew: bool) -> Updates:
            found = tabs.opened(domain, opened.visit, anew)
            return found | ({cases: self.queue(domain), **slices.opened(), **self._unpinned(pin)} if anew else {})

        outputs = [cases, pin.number, pin.compare, *slices.outputs, *tabs.outputs]
        beside = Beside(triggers=[cases.select], outputs=outputs, updates=updates)
        with right:
            forms.new_case(beside)
        tabs.wire(parts, slices.chosen)
        slices.wire(parts, cases)
        self._wire_pin(parts, pin)
        self._wire_exports(parts, exports)
        self.wire_opening(demo, parts, beside)
        self.wire_talk(parts)

    def _pin(self) -> Pin:
        with gr.Row(elem_id="pin"):
            return Pin(
                number=gr.State(""),
                pin=gr.Button(self.labels["pin"], size="sm"),
                compare=gr.Button(self.labels["compare"], size="sm", interactive=False),
            )

    def _unpinned(self, pin: Pin) -> Updates:
        return {pin.number: "", pin.compare: gr.Button(self.labels["compare"], interactive=False)}

    def _wire_pin(self, parts: Parts, pin: Pin) -> None:
        def pinned(request: gr.Request, visit: Visit | None) -> tuple[Update, ...]:
            held = self.held(request, visit)
            if held is None:
                return gr.skip(), gr.skip()
            number = held.session.case.id
            return number, gr.Button(self.labels["compare_with"].format(id=number), interactive=True)

        def compared(request: gr.Request, visit: Visit | None, number: str) -> Iterator[tuple[Update, ...]]:
            yield from self.ask(self.held(request, visit), self.labels["compare_ask"].format(id=number))

        pin.pin.click(pinned, [parts.visit], [pin.number, pin.compare], **QUIET)
        talk = [parts.visit, parts.chat, parts.question]
        pin.compare.click(compared, [parts.visit, pin.number], talk, **QUIET).then(None, js=AFTER_ANSWER)

    def _exports(self) -> dict[str, gr.Button]:
        with gr.Row(elem_id="export"):
            gr.HTML(f'<p class="pw-hint">{self.labels["export"]}</p>')
            return {form: gr.Button(form.upper(), size="sm") for form in FORMATS}

    def _wire_exports(self, parts: Parts, buttons: dict[str, gr.Button]) -> None:
        """The file is made in the browser from what the store holds: nothing is left on the server's disk."""
        file = gr.JSON(visible=False)
        for form, button in buttons.items():
            button.click(self._export(form), [parts.visit], [file], **QUIET).then(None, [file], js=SAVE)

    def _export(self, form: str) -> Callable[..., Any]:
        def export(request: gr.Request, visit: Visit | None) -> dict[str, str] | None:
            held = self.held(request, visit)
            return exported(self.visits.latest(held), form, self.visits.wording(held)) if held else None

        return export
