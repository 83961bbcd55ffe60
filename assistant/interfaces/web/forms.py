"""The forms of a page, drawn from the schema when they are opened: change values of this case, or enter a new one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import gradio as gr

from assistant.interfaces.web.fields import Field
from assistant.interfaces.web.page import (
    AFTER_ANSWER,
    AFTER_OPENING,
    QUIET,
    Beside,
    Chosen,
    ReaderPage,
    Update,
    Updates,
    all_of,
)
from assistant.interfaces.web.parts import Parts
from assistant.interfaces.web.visits import Visit
from assistant.narration.restate import restate

FEW = 4
"""As many choices stand side by side; more of them are a list to open, for those who may have one."""
DRAWN = {"trigger_mode": "always_last", "show_progress": "hidden"}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Forms:
    """Both forms of a page. `lists`: whether long choices may be dropdowns, which screen readers read poorly."""

    page: ReaderPage
    parts: Parts
    lists: bool

    def what_if(self) -> None:
        """Values of the case in sight, to be changed, in a fold; the answer appears in the conversation."""
        with gr.Accordion(self.page.labels["form_what_if"], open=False, elem_id="what-if") as fold:
            self._changes(fold.expand)

    def what_if_tab(self) -> None:
        """The same in a tab."""
        with gr.Tab(self.page.labels["tab_what_if"], id="what_if") as tab:
            self._changes(tab.select)

    def _changes(self, looked_at: Any) -> None:
        """Drawn when it is first looked at."""
        page, parts, seen = self.page, self.parts, gr.State(False)

        @gr.render([parts.visit, seen], [parts.opened.change, seen.change], **DRAWN)  # type: ignore[untyped-decorator]  # gradio is not typed
        def drawn(request: gr.Request, visit: Visit | None, seen: bool) -> None:
            held = page.held(request, visit)
            if held is None or not seen:
                return
            fields = page.form(held.domain).changing(held.session.case)
            controls = self._controls(fields, f"{held.session.id} what-if")
            self._fixed(fields)
            apply = gr.Button(page.labels["form_apply"], variant="primary", key=f"{held.session.id} apply")
            talk = [parts.visit, parts.chat, parts.question]
            apply.click(self._applied, [parts.visit, *controls], talk, **QUIET).then(None, js=AFTER_ANSWER)

        looked_at(lambda: True, None, seen, **QUIET)

    def new_case(self, beside: Beside) -> None:
        """A case of one's own, filled with the usual values."""
        page, parts = self.page, self.parts
        with gr.Accordion(page.labels["form_new"], open=False, elem_id="new-case") as fold:
            seen, wrong = gr.State(False), gr.HTML(elem_id="wrong")

            @gr.render([parts.domain, seen], [parts.opened.change, seen.change], **DRAWN)  # type: ignore[untyped-decorator]  # gradio is not typed
            def drawn(domain: str, seen: bool) -> None:
                if domain not in page.visits.assistants.names or not seen:
                    return
                gr.HTML(f'<p class="pw-hint">{escape(page.labels["form_new_hint"])}</p>', key=f"{domain} hint")
                controls = self._controls(page.form(domain).new(), f"{domain} new")
                enter = gr.Button(page.labels["form_enter"], variant="primary", key=f"{domain} enter")
                changed = [wrong, *all_of(parts), *beside.outputs]
                entered = self._entered(wrong, beside)
                enter.click(entered, [parts.domain, *controls], changed, **QUIET).then(None, js=AFTER_OPENING)

        fold.expand(lambda: True, None, seen, **QUIET)

    def _applied(self, request: gr.Request, visit: Visit | None, *values: Any) -> Iterator[tuple[Update, ...]]:
        """Asks the what-if of what was changed, in the words it would be read back in."""
        held = self.page.held(request, visit)
        if held is None:
            yield gr.skip(), gr.skip(), gr.skip()
            return
        form, words = self.page.form(held.domain), self.page.visits.words
        question = form.moved(form.changing(held.session.case), values)
        if question is None:
            gr.Info(self.page.labels["form_unchanged"])
            yield gr.skip(), gr.skip(), gr.skip()
            return
        reading = restate(question, form.domain.vocabulary, words.language, words)
        yield from self.page.ask(held, self.page.labels["form_asks"].format(reading=reading), question)

    def _entered(self, wrong: gr.HTML, beside: Beside) -> Any:
        """The handler of a new case: refused in words field by field, or opened."""
        page, parts = self.page, self.parts

        def entered(request: gr.Request, domain: str, *values: Any) -> Updates:
            if domain not in page.visits.assistants.names:
                return {wrong: gr.skip()}
            form = page.form(domain)
            given, refused = form.checked(form.new(), values)
            if refused:
                return {wrong: _refused(refused, page.labels["form_refused"])}
            opened = page.visits.begin(domain, given, page.caller(request))
            if opened.visit is None:
                return {wrong: opened.line}
            chosen = Chosen(domain=domain, case="")  # it has no number that could be opened again
            return page.opening(parts, opened, chosen) | beside.updates(domain, opened, False) | {wrong: ""}

        return entered

    def _controls(self, fields: Sequence[Field], key: str) -> list[Any]:
        with gr.Column(elem_classes="pw-form", key=f"{key} form"):
            return [self._control(field, f"{key} {field.name}") for field in fields if field.free]

    def _control(self, field: Field, key: str) -> Any:
        told = {"label": field.label, "info": field.hint or None, "key": key, "interactive": True}
        if field.kind == "number":
            return gr.Number(field.value, precision=0 if field.whole else None, **told)
        if field.kind == "flag":
            return gr.Checkbox(bool(field.value), **told)
        if field.kind == "choice":
            shown = gr.Dropdown if self.lists and len(field.choices) > FEW else gr.Radio
            known = field.value if field.value in [value for _, value in field.choices] else None
            return shown(list(field.choices), value=known, **told)
        return gr.Textbox(str(field.value or ""), max_lines=8, **told)

    def _fixed(self, fields: Sequence[Field]) -> None:
        """What cannot be changed here, as text."""
        fixed = [field for field in fields if not field.free]
        if fixed:
            rows = "".join(f"<dt>{escape(f.label)}</dt><dd>{escape(f.shown)}</dd>" for f in fixed)
            gr.HTML(f'<p class="pw-hint">{escape(self.page.labels["form_fixed"])}</p><dl class="pw-fixed">{rows}</dl>')


def _refused(reasons: Sequence[str], lead: str) -> str:
    items = "".join(f"<li>{escape(reason)}</li>" for reason in reasons)
    return f'<div class="pw-refused" role="alert"><p>{escape(lead)}</p><ul>{items}</ul></div>'
