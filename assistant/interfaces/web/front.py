"""The front door: what `app.py` opens."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from assistant.domains.source import DEMOS
from assistant.interfaces.web.assistants import Assistants
from assistant.understanding.minilm import NumpyEncoder
from prompts import Words


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Front:
    """The page and what stands behind it."""

    demo: Any
    assistants: Assistants

    def serve(self) -> None:
        """Serves the page until it is interrupted; where, say GRADIO_SERVER_NAME and GRADIO_SERVER_PORT."""
        from assistant.interfaces.web.look import launch_options

        _, address, _ = self.demo.launch(prevent_thread_lock=True, **launch_options())
        print(f"Plainwhy is at {address}", flush=True)
        self.assistants.open_all()
        self.demo.block_thread()


def open_front(language: str = "en") -> Front:
    """The page of the embedded domains. No domain is opened before it is served."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # before gradio is imported, and so before these are
    with _nothing_is_garbage():
        from assistant.interfaces.web.readers import all_pages
        from assistant.interfaces.web.visits import Visits

        assistants = Assistants(tuple(DEMOS), NumpyEncoder())
        demo = all_pages(Visits(assistants=assistants, words=Words.load(language)))
    return Front(demo=demo, assistants=assistants)


@contextmanager
def _nothing_is_garbage() -> Iterator[None]:
    """What is imported stays; looking for garbage in it, now and later, costs most of a second."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
