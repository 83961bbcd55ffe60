"""Slices: an expert names rows in words, sees them in the table, and is told how many they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

import gradio as gr

from assistant.interfaces.web.page import ReaderPage, Update, Updates
from assistant.interfaces.web.parts import LONGEST_QUESTION, Parts
from assistant.interfaces.web.visits import Visit
from assistant.question import Asked, Node, Question
from assistant.questions.rows import holding


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Slices:
    """The box, what is told below it, and the conditions that hold, which the server remembers."""

    page: ReaderPage
    box: gr.Textbox
    told: gr.HTML
    chosen: gr.State

    @classmethod
    def drawn(cls, page: ReaderPage) -> Slices:
        """Puts the box where it is called for."""
        labels = page.labels
        box = gr.Textbox(
            label=labels["slice"], placeholder=labels["slice_hint"], max_length=LONGEST_QUESTION,
            submit_btn=labels["slice_show"], elem_id="slice",
        )  # fmt: skip
        return cls(page=page, box=box, told=gr.HTML(elem_id="sliced"), chosen=gr.State(()))

    @property
    def outputs(self) -> list[Any]:
        """What an opening changes."""
        return [self.box, self.told, self.chosen]

    def opened(self) -> Updates:
        """Of another domain, nothing is chosen."""
        return {self.box: "", self.told: "", self.chosen: ()}

    def wire(self, parts: Parts, cases: gr.Dataframe) -> None:
        """Enter chooses the rows that the table of cases shows; an empty box chooses all."""
        read, changed = [parts.visit, self.box], [self.told, self.chosen, cases]
        self.box.submit(self._sliced, read, changed, api_visibility="private", show_progress="minimal")

    def _sliced(self, request: gr.Request, visit: Visit | None, text: str) -> Iterator[tuple[Update, ...]]:
        held = self.page.held(request, visit)
        if held is None:
            yield gr.skip(), gr.skip(), gr.skip()
            return
        try:
            filters = self._read(held, text)
            yield self._told(held, filters, text), filters, self._rows(held, filters)
        except Exception as error:  # the outermost edge: nothing may reach the visitor but words
            yield f'<p role="alert">{escape(self.page.visits.worded(error))}</p>', gr.skip(), gr.skip()

    def _read(self, visit: Visit, text: str) -> tuple[Node, ...]:
        if not text.strip():
            return ()
        asked = self.page.labels["slice_asks"].format(text=text)
        reading = self.page.visits.assistant(visit).read(visit.session, asked)
        told = (reading.question,) if reading.question.operations else reading.alternatives
        rows = {question.filters for question in told}  # what is asked of them may be in doubt, the rows are not
        return rows.pop() if len(rows) == 1 else ()

    def _told(self, visit: Visit, filters: tuple[Node, ...], text: str) -> str:
        """How many, by the answer that the conversation would give."""
        if not filters:
            words = self.page.labels["slice_unclear"] if text.strip() else ""
            return f'<p role="alert">{escape(words)}</p>' if words else ""
        turn = self.page.visits.look(visit, Question(filters=filters, operations=(Asked(op="count"),)))
        return f'<p role="status">{escape(turn.answer.text)}</p>'

    def _rows(self, visit: Visit, filters: tuple[Node, ...]) -> Update:
        return self.page.queue(visit.domain, holding(filters, self.page.visits.assistant(visit).domain))
