"""The expert's tabs, one for each capability: each asks its question aside and shows the recorded answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

import gradio as gr

from assistant.answering import ANSWERED
from assistant.interfaces.web.forms import Forms
from assistant.interfaces.web.messages import overview
from assistant.interfaces.web.page import ReaderPage, Updates
from assistant.interfaces.web.parts import Parts
from assistant.interfaces.web.visits import Visit
from assistant.question import Asked, Question

TABS = ("why", "confidence", "importance", "effect", "similar", "typical", "data_summary", "performance", "model_info")
"""Kinds of question that have a tab; one is drawn where its kind can be answered at all."""
OF_A_FEATURE = "effect"
OF_A_SLICE = ("data_summary", "performance")
"""Told of the rows that were chosen."""
BESIDE = {"performance": (Asked(op="mistakes", args={"kind": "typical"}),)}
"""What a tab asks besides."""
SHOWN = {"api_visibility": "private", "show_progress": "minimal"}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tabs:
    """The tabs of one page; `feature` is the choice in the tab about one feature, where there is such a tab."""

    page: ReaderPage
    frame: gr.Tabs
    tabs: dict[str, gr.Tab]
    panels: dict[str, gr.HTML]
    feature: gr.Dropdown

    @classmethod
    def drawn(cls, page: ReaderPage, forms: Forms) -> Tabs:
        """Puts the tabs where they are called for, the form to change values among them."""
        tabs, panels = {}, {}
        feature = gr.Dropdown([], label=page.labels["tab_feature"], interactive=True, elem_id="feature", render=False)
        with gr.Tabs(elem_id="tabs") as frame:
            for kind in (kind for kind in TABS if kind in ANSWERED):
                with gr.Tab(page.labels[f"tab_{kind}"], id=kind) as tabs[kind]:
                    if kind == OF_A_FEATURE:
                        feature.render()
                    panels[kind] = gr.HTML(elem_classes="pw-tab")
                if kind == "why":
                    forms.what_if_tab()
        return cls(page=page, frame=frame, tabs=tabs, panels=panels, feature=feature)

    @property
    def outputs(self) -> list[Any]:
        """What an opening changes."""
        return [self.frame, *([self.feature] if self._featured else []), *self.panels.values()]

    @property
    def _featured(self) -> bool:
        return OF_A_FEATURE in self.tabs

    def opened(self, domain: str, visit: Visit | None, anew: bool) -> Updates:
        """The first tab about another case, the others empty until they are looked at."""
        first, *others = self.panels
        shown: Updates = {self.panels[kind]: "" for kind in others}
        shown |= {self.panels[first]: self._look(visit, first), self.frame: gr.Tabs(selected=first)}
        if anew and self._featured and visit is not None:
            form = self.page.form(domain)
            inputs = [f for f in form.domain.schema.features if f.input]
            choices = [(form.domain.vocabulary.label(f.name, form.language), f.name) for f in inputs]
            shown[self.feature] = gr.Dropdown(choices=choices, value=choices[0][1])
        return shown

    def wire(self, parts: Parts, chosen: gr.State) -> None:
        """Asks when a tab is opened, and when another feature is chosen; `chosen` are the conditions of a slice."""
        for kind, tab in self.tabs.items():
            more = {OF_A_FEATURE: self.feature, **dict.fromkeys(OF_A_SLICE, chosen)}.get(kind)
            read = [parts.visit, *([more] if more else [])]
            tab.select(self._asking(kind), read, self.panels[kind], **SHOWN)
            if kind == OF_A_FEATURE:
                self.feature.input(self._asking(kind), read, self.panels[kind], **SHOWN)

    def _asking(self, kind: str) -> Callable[..., str]:
        def asking(request: gr.Request, visit: Visit | None, more: Any = None) -> str:
            return self._look(self.page.held(request, visit), kind, more)

        return asking

    def _look(self, visit: Visit | None, kind: str, more: Any = None) -> str:
        """The answer as HTML; why there is none, in words, where the model cannot serve it.

        `more` is the feature chosen, or the conditions of the slice.
        """
        if visit is None:
            return ""
        filters, args = (more or (), {}) if kind in OF_A_SLICE else ((), {"feature": str(more)} if more else {})
        question = Question(filters=filters, operations=(Asked(op=kind, args=args), *BESIDE.get(kind, ())))
        try:
            return overview(self.page.visits.look(visit, question), self.page.visits.wording(visit))
        except Exception as error:  # the outermost edge: nothing may reach the visitor but words
            return f'<p role="alert">{escape(self.page.visits.worded(error))}</p>'
