"""The application over HTTP: health, documentation and the routes under /v1; pages are mounted on it elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import FastAPI

from assistant.interfaces.rest.refusals import install
from assistant.interfaces.rest.routes import Opened, routes
from assistant.version import VERSION


def application(opened: Opened, names: Mapping[str, str], token: str = "") -> FastAPI:
    """REST over assistants; `names` maps the name of each domain in addresses to the one it is opened by.

    With a `token` every request under /v1 must bear it.
    """
    app = FastAPI(
        title="Plainwhy",
        version=VERSION,
        description="Ask a machine-learning model why, what if and how sure, in plain words.",
        redoc_url=None,
    )
    install(app)

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        """Whether the server answers."""
        return {"status": "ok", "version": VERSION}

    app.include_router(routes(opened, names, token))
    return app
