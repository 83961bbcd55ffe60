"""The page of a support agent: the queue, one case told in words ready to be said, what to notice, and what if."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import gradio as gr

from assistant.interfaces.web.flags import flags
from assistant.interfaces.web.forms import Forms
from assistant.interfaces.web.page import Beside, ReaderPage, Updates
from assistant.interfaces.web.parts import (
    Parts,
    case_part,
    chat_part,
    domain_part,
    question_part,
    queue_part,
    states,
)
from assistant.interfaces.web.visits import Opened
from assistant.session import ReaderName


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SupportPage(ReaderPage):
    """One case at a time; who sees which is the business of the gate before the page."""

    reader: ClassVar[ReaderName] = "support"

    def build(self, demo: gr.Blocks) -> None:
        """Puts the page into `demo`, wired."""
        labels, remembered = self.labels, states()
        header = gr.HTML(self.header())
        domain = domain_part(labels, self.domains())
        with gr.Row(elem_id="columns"):
            with gr.Column(elem_id="left"):
                case, cases = case_part(labels), queue_part(labels["queue"])
            with gr.Column(elem_id="middle"):
                line, chat = gr.HTML(elem_id="line"), chat_part(labels)
                question = question_part(labels)
            right = gr.Column(elem_id="right")
        parts = Parts(header=header, domain=domain, case=case, line=line, chat=chat, question=question, **remembered)
        with right:
            raised = gr.HTML(elem_id="flags")

        def updates(domain: str, opened: Opened, anew: bool) -> Updates:
            found = {raised: self._flags(opened)}
            return found | ({cases: self.queue(domain)} if anew else {})

        beside = Beside(triggers=[cases.select], outputs=[cases, raised], updates=updates)
        with right:
            forms = Forms(page=self, parts=parts, lists=True)
            forms.what_if()
            forms.new_case(beside)
        self.wire_opening(demo, parts, beside)
        self.wire_talk(parts)

    def _flags(self, opened: Opened) -> str:
        if opened.visit is None:
            return ""
        session = self.visits.latest(opened.visit)
        return flags(session.turns, session.case.id, self.visits.wording(opened.visit))
