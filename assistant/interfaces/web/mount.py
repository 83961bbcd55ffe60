"""The readers' pages on a FastAPI app, each behind its own gate: /support, /expert, and / last."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse

from assistant.dialogue import words_in
from assistant.interfaces.links import Links
from assistant.interfaces.web.assistants import Assistants
from assistant.session import ReaderName

Allowed = Callable[[str, Request], str | None]
"""`allowed(reader, request)`: the user's name, or None where that user may not see that reader's page."""
WHERE: tuple[tuple[ReaderName, str], ...] = (("support", "/support"), ("expert", "/expert"), ("person", ""))


def mount(
    app: FastAPI, assistants: Assistants, allowed: Allowed, links: Links | None = None, language: str = "en"
) -> None:
    """Mounts the pages. Routes of one's own must be on `app` before: the last page answers every other path.

    Every response of `app` gets the headers that keep browsers from asking anybody else. A conversation belongs to the
    name that `allowed` gave: nobody else may go on with it. With `links`, a person opens a case by its own link only.
    Raises QuestionError E407 for a language without words.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # before gradio is imported, and so before these are
    from gradio import mount_gradio_app

    from assistant.interfaces.web.look import Guarded, dress
    from assistant.interfaces.web.readers import page_of
    from assistant.interfaces.web.visits import Visits

    visits = Visits(assistants=assistants, words=words_in(language), links=links)
    app.add_middleware(Guarded)
    for reader, path in WHERE:
        if path:
            app.add_api_route(path, _below, include_in_schema=False)
        mount_gradio_app(
            app, page_of(reader, visits), path=path, auth_dependency=partial(allowed, reader), **dress(language)
        )


def _below(request: Request) -> RedirectResponse:
    """To the page's own folder, where the rest of it lies; relative, so that it also holds behind a proxy."""
    asked = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{request.url.path.rpartition('/')[2]}/{asked}")
