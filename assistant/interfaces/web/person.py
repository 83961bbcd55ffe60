"""The page of the person a decision is about: one column, words before numbers, choices folded below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import gradio as gr

from assistant.interfaces.web.forms import Forms
from assistant.interfaces.web.page import Beside, ReaderPage, Updates
from assistant.interfaces.web.parts import Parts, case_part, chat_part, domain_part, question_part, states
from assistant.interfaces.web.visits import Caller, Opened
from assistant.session import ReaderName


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PersonPage(ReaderPage):
    """No dropdowns, no sliders, no uploads. The case comes with the link, or is chosen below the conversation."""

    reader: ClassVar[ReaderName] = "person"

    def build(self, demo: gr.Blocks) -> None:
        """Puts the page into `demo`, wired."""
        labels = self.labels
        header = gr.HTML(self.header())
        with gr.Column(elem_id="one"):
            line, chat = gr.HTML(elem_id="line"), chat_part(labels)
            question = question_part(labels)
            below = gr.Column(elem_id="below")
        free = self.visits.links is None
        with below, gr.Accordion(labels["choose"], open=False, visible=free, elem_id="choose", render=False) as choose:
            domain = domain_part(labels, self.domains())
            examples = gr.Radio([], label=labels["pick_case"], elem_id="examples")
            case = case_part(labels)
        parts = Parts(header=header, domain=domain, case=case, line=line, chat=chat, question=question, **states())

        def updates(domain: str, opened: Opened, _: bool) -> Updates:
            known = self.visits.examples(domain, Caller(reader=self.reader))
            here = opened.visit.session.case.id if opened.visit else ""
            return {examples: gr.Radio(choices=list(known), value=here if here in known else None)}

        beside = Beside(triggers=[examples.select], outputs=[examples], updates=updates)
        with below:
            forms = Forms(page=self, parts=parts, lists=False)
            forms.what_if()
            choose.render()
            forms.new_case(beside)
        self.wire_opening(demo, parts, beside)
        self.wire_talk(parts)
