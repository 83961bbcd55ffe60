"""How the page looks and is served: theme, style sheet, script, and a policy that lets browsers ask nobody but us."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from importlib import resources
from typing import Any

import gradio as gr

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
SYSTEM = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")
FIXED = ("ui-monospace", "Menlo", "Consolas", "monospace")
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'"
)
"""Gradio's own pages need inline styles and scripts; nothing may come from, or go to, another host."""
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)


class Guarded:
    """ASGI middleware that puts `HEADERS` on every response."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Any, send: Send) -> None:
        """Hands the request on; the headers go out with the first part of the answer."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *HEADERS]}
            await send(message)

        await self.app(scope, receive, guarded)


def dress(language: str = "en") -> dict[str, Any]:
    """What a page looks like and how it behaves, launched or mounted; `language` is the one its words are in."""
    return {
        "theme": _theme(),
        "css": _read("page.css") + _read("answer.css"),
        "js": _read("page.js"),
        "head": f'<script>document.documentElement.lang = "{language}"</script>',  # gradio says en
        "ssr_mode": False,
        "run_history": False,
        "footer_links": [],
        "enable_monitoring": False,
        "show_error": False,
    }


def launch_options(language: str = "en") -> dict[str, Any]:
    """Everything `Blocks.launch` is told, but where to serve: that is read from the environment."""
    from starlette.middleware import Middleware

    return {**dress(language), "app_kwargs": {"middleware": [Middleware(Guarded)]}, "quiet": True, "share": False}


def _read(name: str) -> str:
    return (resources.files("assistant.interfaces.web") / name).read_text(encoding="utf-8")


def _theme() -> Any:
    return gr.themes.Base(
        primary_hue=gr.themes.colors.blue,
        neutral_hue=gr.themes.colors.slate,
        font=SYSTEM,
        font_mono=FIXED,
    ).set(
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_dark="*primary_700",
        button_primary_text_color="white",
        block_info_text_color="*neutral_600",
        block_info_text_color_dark="*neutral_300",
    )
