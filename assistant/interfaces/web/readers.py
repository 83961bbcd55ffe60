"""The pages of all readers: each alone, to be mounted behind its own gate, or together for demos that are public."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import gradio as gr

from assistant.interfaces.web.expert import ExpertPage
from assistant.interfaces.web.page import ReaderPage
from assistant.interfaces.web.person import PersonPage
from assistant.interfaces.web.support import SupportPage
from assistant.interfaces.web.visits import Visits
from assistant.session import ReaderName

PAGES: Mapping[ReaderName, type[ReaderPage]] = MappingProxyType(
    {"person": PersonPage, "support": SupportPage, "expert": ExpertPage}
)


def page_of(reader: ReaderName, visits: Visits) -> gr.Blocks:
    """One reader's page."""
    page = PAGES[reader](visits=visits)
    with gr.Blocks(title=page.labels["title"], analytics_enabled=False) as demo:
        page.build(demo)
    return _queued(demo)


def all_pages(visits: Visits) -> gr.Blocks:
    """The person's page at /, the others at /support and /expert, each with the way to the others."""
    labels = visits.words.page
    with gr.Blocks(title=labels["title"], analytics_enabled=False) as demo:
        PersonPage(visits=visits, links=True).build(demo)
    for reader in ("support", "expert"):
        with demo.route(labels[f"reader_{reader}"], f"/{reader}", show_in_navbar=False):
            PAGES[reader](visits=visits, links=True).build(demo)
    return _queued(demo)


def _queued(demo: gr.Blocks) -> gr.Blocks:
    return demo.queue(api_open=False, default_concurrency_limit=16, max_size=200)
