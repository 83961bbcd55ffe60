"""The embedded domains behind the page, each opened once: ahead of time in the background, or when first asked for."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

from assistant.dialogue import Assistant
from assistant.domains.build import Progress, silent
from assistant.domains.source import name_of
from assistant.interfaces.web.signs import Sign
from assistant.store import Store
from assistant.understanding.encoder import Encoder
from prompts import Words

LOOK_AGAIN = 0.2
"""Seconds between two looks at how far the making of a domain is."""


class Assistants:
    """An `Assistant` for each name in `names`; no other can be had, so no path can be smuggled in."""

    def __init__(self, names: Sequence[str], encoder: Encoder, store: Path | None = None) -> None:
        self.names = tuple(names)
        self._signs: dict[tuple[str, str], Sign] = {}
        self._encoder = encoder
        self._store = store
        self._lock = threading.Lock()
        self._opening: dict[str, Future[Assistant]] = {}
        self._step: dict[str, tuple[str, int, int]] = {}
        self._rehearsed: set[str] = set()

    def open_all(self) -> None:
        """Opens every domain in the background, one after the other."""
        threading.Thread(target=self._open_in_turn, name="opening domains", daemon=True).start()

    def begin(self, name: str) -> None:
        """Opens a domain in the background."""
        self._started(name)

    def get(self, name: str, progress: Progress = silent) -> Assistant:
        """The assistant of a domain, waiting until it is open. KeyError for no such name."""
        if name not in self.names:
            raise KeyError(name)
        opening, told = self._started(name), None
        while not _done(opening):
            if (step := self._step.get(name)) and step != told:
                told = step
                progress(*step)
        return opening.result()

    def known(self, asked: str) -> str:
        """The domain an address names, as it is served or by its short name; the first where it names none."""
        return next((name for name in self.names if asked in (name, name_of(name))), self.names[0])

    def sign(self, name: str, language: str = "en") -> Sign:
        """Title and contact of a domain, without opening it."""
        if (name, language) not in self._signs:
            self._signs[name, language] = Sign.of(name, language)
        return self._signs[name, language]

    def rehearse(self, name: str) -> None:
        """Makes the first answers about a domain quick, in the background; called when its first case is shown."""
        with self._lock:
            if name in self._rehearsed:
                return
            self._rehearsed.add(name)
        threading.Thread(target=_rehearse, args=(self.get(name),), name=f"rehearsing {name}", daemon=True).start()

    def _started(self, name: str) -> Future[Assistant]:
        """Opening begins with the first who asks; one that failed begins anew."""
        with self._lock:
            known = self._opening.get(name)
            if known is None or (known.done() and known.exception()):
                known = self._opening[name] = Future()
                threading.Thread(target=self._open, args=(name, known), name=f"opening {name}", daemon=True).start()
            return known

    def _open(self, name: str, opening: Future[Assistant]) -> None:
        def progress(step: str, place: int, of: int) -> None:
            self._step[name] = step, place, of

        try:
            opening.set_result(Assistant.for_domain(name, store=self._store, encoder=self._encoder, progress=progress))
        except BaseException as error:  # whoever waits gets it
            opening.set_exception(error)

    def _open_in_turn(self) -> None:
        for name in self.names:
            self._started(name).exception()  # a visitor who opens the domain meets it again and is told in words


def _rehearse(assistant: Assistant) -> None:
    """Asks what needs every part, in a store that is thrown away: libraries load before a visitor waits."""
    words = Words.load("en")
    known, unknown = words.plan("why").button, words.page["question_hint"]
    with tempfile.TemporaryDirectory() as room:
        apart = replace(assistant, store=Store.open(Path(room) / "rehearsal.sqlite"))
        apart.ask(apart.ask(apart.start(case=assistant.domain.cases.ids[0]), known), unknown)
        apart.store.close()


def _done(opening: Future[Assistant]) -> bool:
    try:
        opening.exception(timeout=LOOK_AGAIN)
    except TimeoutError:
        return False
    return True
