"""What tests of the pages share: visits over one real domain, built pages, and HTML taken apart."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.interfaces.links import Links
from assistant.interfaces.web.assistants import Assistants
from assistant.interfaces.web.wording import Wording
from assistant.session import Reader, ReaderName
from prompts import Words
from tests.talking import encoder

if TYPE_CHECKING:
    from assistant.interfaces.web.visits import Visit, Visits

DOMAIN = "progression"
NASTY = "<img src=x onerror=alert(1)>\"&'"
VOID = {"img", "br"}


def new_visits(room: Path, domain: str = DOMAIN, links: Links | None = None, language: str = "en") -> Visits:
    from assistant.interfaces.web.visits import Visits

    assistants = Assistants((domain,), encoder(), room / "conversations.sqlite")
    return Visits(assistants=assistants, words=Words.load(language), links=links)


def opened(visits: Visits, reader: ReaderName = "person", case: str = "7", user: str = "", key: str = "") -> Any:
    from assistant.interfaces.web.visits import Caller

    return visits.begin(visits.assistants.names[0], case, Caller(reader=reader, user=user), key)


def last_of(pieces: Iterator[tuple[Visit, list[dict[str, Any]]]]) -> tuple[Visit, list[dict[str, Any]]]:
    *_, last = pieces
    return last


def built(visits: Visits, reader: ReaderName) -> Any:
    """A reader's page as Gradio has it."""
    from assistant.interfaces.web.readers import page_of

    return in_a_loop(lambda: page_of(reader, visits))


def in_a_loop(work: Callable[[], Any]) -> Any:
    """Gradio makes event loops it never closes where none is running."""

    async def working() -> Any:
        return work()

    return asyncio.run(working())


def wording(reader: ReaderName = "person") -> Wording:
    return Wording.of(Words.load("en"), Reader(name=reader))


def text_of(message: dict[str, Any]) -> str:
    """Words and HTML of a message of the chat."""
    content = message["content"]
    return content if isinstance(content, str) else "\n".join(p if isinstance(p, str) else p.value for p in content)


class Outline(HTMLParser):
    """The text of HTML, its elements, and whether every one is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += f"{data} "

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def words(self) -> str:
        """The text with single spaces."""
        return " ".join(self.text.split())
