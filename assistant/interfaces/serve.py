"""`plainwhy serve`: REST and the three pages in one server, which finishes running answers before it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domains.source import name_of
from assistant.interfaces.links import Links

if TYPE_CHECKING:
    from fastapi import FastAPI, Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """What is served: domains (names or paths of a `domain.toml`), the file of conversations, pages or REST alone.

    `token`: what requests under /v1 must bear, "" for nothing. `user_header`: the header in which a proxy that has
    logged people in names them; the pages of support and expert open to nobody else, and a person's to who has the
    link of a case. "" opens them to everybody. `language` is that of the pages; REST is told one with each question.
    """

    domains: Sequence[str]
    store: Path | None = None
    pages: bool = True
    token: str = ""
    user_header: str = ""
    language: str = "en"

    def user(self, reader: str, request: Request) -> str | None:
        """Who asks for a reader's page, None for nobody who may."""
        if reader == "person" or not self.user_header:
            return reader
        return request.headers.get(self.user_header) or None


def served(serving: Serving) -> FastAPI:
    """The whole application. Domains are opened in the background, one after the other."""
    from assistant.interfaces.rest.app import application
    from assistant.interfaces.web.assistants import Assistants
    from assistant.understanding.minilm import NumpyEncoder

    assistants = Assistants(tuple(serving.domains), NumpyEncoder(), serving.store)
    app = application(assistants, {name_of(name): name for name in serving.domains}, serving.token)
    if serving.pages:
        from assistant.interfaces.web.importing import quickly

        with quickly():
            from assistant.interfaces.web.mount import mount
        links = Links.own() if serving.user_header else None
        mount(app, assistants, serving.user, links, serving.language)
    assistants.open_all()
    return app


def serve(serving: Serving, host: str, port: int) -> None:
    """Serves until it is told to end (SIGTERM, Ctrl-C)."""
    import uvicorn

    uvicorn.run(served(serving), host=host, port=port, log_level="warning", timeout_graceful_shutdown=30)
