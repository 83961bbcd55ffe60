"""The parts every page has: header, choice of domain and case, the case's line, the conversation, the question box."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, get_args
from urllib.parse import urlencode

import gradio as gr

from assistant.session import ReaderName

LONGEST_QUESTION = 2000
LONGEST_CASE = 40
Labels = Mapping[str, str]
PATHS: Mapping[ReaderName, str] = {"person": "./", "support": "./support", "expert": "./expert"}
"""Where each reader's page is, seen from any of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts that handlers read or change. `opened` changes when another conversation begins, and only then."""

    visit: gr.State
    opened: gr.State
    header: gr.HTML
    domain: gr.Radio
    case: gr.Textbox
    line: gr.HTML
    chat: gr.Chatbot
    question: gr.Textbox


def header(labels: Labels, here: ReaderName, links: bool, about: Mapping[str, str]) -> str:
    """Name, notice, and where there are several pages the way to the others, about the same case."""
    title, automated, public = (escape(labels[name]) for name in ("title", "automated", "footer"))
    skip = f'<a class="pw-skip" href="#question">{escape(labels["skip"])}</a>'
    words = f"<div><h1>{title}</h1><p><strong>{automated}</strong>{' ' + public if links else ''}</p></div>"
    return f'{skip}<header class="pw-header">{words}{_readers(labels, here, about) if links else ""}</header>'


def _readers(labels: Labels, here: ReaderName, about: Mapping[str, str]) -> str:
    asked = f"?{escape(urlencode(about))}" if about else ""
    items = "".join(
        f'<a href="{PATHS[name]}{asked}"{" aria-current=page" if name == here else ""}>'
        f"{escape(labels[f'reader_{name}'])}</a>"
        for name in get_args(ReaderName)
    )
    return f'<nav aria-label="{escape(labels["reader"])}">{items}</nav>'


def domain_part(labels: Labels, domains: Mapping[str, str]) -> gr.Radio:
    """`domains`: name -> title. Hidden where there is no choice."""
    choices = [(title, name) for name, title in domains.items()]
    return gr.Radio(
        choices, value=choices[0][1], label=labels["domain"], visible=len(choices) > 1, elem_id="domain"
    )  # fmt: skip


def case_part(labels: Labels) -> gr.Textbox:
    """The number of a case, with a button that opens it."""
    return gr.Textbox(label=labels["case"], max_length=LONGEST_CASE, submit_btn=labels["open"], elem_id="case")


def queue_part(label: str) -> gr.Dataframe:
    """The table of cases to pick from."""
    return gr.Dataframe(
        interactive=False, show_search="filter", label=label, max_height=560, wrap=False, buttons=[], elem_id="queue",
    )  # fmt: skip


def chat_part(labels: Labels) -> gr.Chatbot:
    """The conversation."""
    return gr.Chatbot(
        layout="panel", buttons=[], allow_tags=False, feedback_options=None, render_markdown=False,
        autoscroll=False, height=None, show_label=False, container=False,
        label=labels["conversation"], elem_id="chat",
    )  # fmt: skip


def question_part(labels: Labels) -> gr.Textbox:
    """The box to ask in, closed until a case is open."""
    with gr.Column(elem_id="ask"):
        return gr.Textbox(
            label=labels["question"], placeholder=labels["question_hint"], max_length=LONGEST_QUESTION, max_lines=5,
            submit_btn=labels["send"], stop_btn=False, interactive=False, elem_id="question",
        )  # fmt: skip


def states() -> dict[str, Any]:
    """What the server remembers of a visitor."""
    return {"visit": gr.State(), "opened": gr.State("")}
