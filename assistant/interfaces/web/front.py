"""The front door: what `app.py` opens."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from assistant.domains.source import DEMOS
from assistant.interfaces.web.assistants import Assistants
from assistant.interfaces.web.importing import quickly
from assistant.understanding.minilm import NumpyEncoder
from explainers.attribution.plotless import OWN_PROCESS
from prompts import Words


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Front:
    """The page and what stands behind it."""

    demo: Any
    assistants: Assistants
    language: str = "en"

    def serve(self) -> None:
        """Serves the page until it is interrupted; where, say GRADIO_SERVER_NAME and GRADIO_SERVER_PORT."""
        from assistant.interfaces.web.look import launch_options

        os.environ[OWN_PROCESS] = "1"
        _, address, _ = self.demo.launch(prevent_thread_lock=True, **launch_options(self.language))
        print(f"Plainwhy is at {address}", flush=True)
        self.assistants.open_all()
        self.demo.block_thread()


def open_front(language: str = "en", *, serving: bool = False) -> Front:
    """The page of the embedded domains; about to be served, the first one is opened while the page is made."""
    assistants = Assistants(tuple(DEMOS), NumpyEncoder())
    with quickly():
        from assistant.interfaces.web.readers import all_pages
        from assistant.interfaces.web.visits import Visits

    if serving:  # not before: pydantic's models are not to be made in two threads at once
        assistants.begin(assistants.names[0])
    demo = all_pages(Visits(assistants=assistants, words=Words.load(language)))
    return Front(demo=demo, assistants=assistants, language=language)
