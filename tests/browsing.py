"""What browser tests share: the app as people start it, Chromium, and a visitor who notices what goes wrong."""

from __future__ import annotations

import os
import re
import selectors
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

ROOT = Path(__file__).parent.parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE = 180_000
"""Milliseconds; a domain may have to be made first, on a machine that does other things too."""
ANSWER = 60_000
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
DESK = {"viewport": {"width": 1280, "height": 800}}


@contextmanager
def app_running(room: Path) -> Iterator[str]:
    """`python app.py` as people start it, on a port of its own; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (room / "stderr").open("w")
    command = [sys.executable, "app.py"]
    here = {**os.environ, "GRADIO_SERVER_PORT": str(port), "PYTHONUNBUFFERED": "1"}
    with log, subprocess.Popen(command, cwd=ROOT, env=here, stdout=subprocess.PIPE, stderr=log, text=True) as app:
        try:
            assert app.stdout is not None
            with selectors.DefaultSelector() as ready:
                ready.register(app.stdout, selectors.EVENT_READ)
                assert ready.select(timeout=PATIENCE / 1000), "app.py printed no address"
            found = re.search(r"http://127\.0\.0\.1:\d+", app.stdout.readline())
            assert found
            yield found[0]
        finally:
            app.terminate()


@dataclass
class Visitor:
    """One person at a screen, and everything that went wrong or outside behind their back."""

    page: Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    asked: int = 0

    def arrive(self, address: str, path: str) -> None:
        host = address.removeprefix("http://")
        inside = re.compile(rf"https?://{re.escape(host)}/|data:|blob:")
        self.page.on("request", lambda r: None if inside.match(r.url) else self.outside.append(r.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        self.page.goto(address + path)
        self.ready()

    def ready(self) -> None:
        expect(self.question).to_be_enabled(timeout=PATIENCE)

    @property
    def question(self) -> Any:
        return self.page.get_by_label("Ask a question")

    @property
    def transcript(self) -> Any:
        return self.page.get_by_role("log")

    @property
    def heading(self) -> Any:
        return self.page.locator("#line").get_by_role("heading")

    def open(self, case: str) -> None:
        box = self.page.locator("#case").get_by_role("textbox")
        if not box.is_visible():
            self.unfold("Another example or case")
        box.fill(case)
        self.page.locator("#case").get_by_role("button", name="Open").click()

    def unfold(self, name: str) -> None:
        self.page.get_by_role("button", name=name).click()

    def ask(self, text: str) -> None:
        self.question.fill(text)
        self.question.press("Enter")
        self.answered()

    def choose(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()
        self.answered()

    def answered(self) -> None:
        self.asked += 1
        copies = self.transcript.get_by_role("button", name=re.compile("^Copy"))
        expect(self.transcript.get_by_test_id("user")).to_have_count(self.asked, timeout=ANSWER)
        expect(copies).to_have_count(self.asked, timeout=PATIENCE)
        expect(self.page.get_by_role("button", name="Send")).to_be_visible(timeout=ANSWER)

    def width(self) -> int:
        return int(self.page.evaluate("document.documentElement.scrollWidth"))

    def lightness(self) -> float:
        """Of the page's background, from 0 (black) to 1."""
        colour = self.page.evaluate("getComputedStyle(document.querySelector('gradio-app')).backgroundColor")
        return sum(map(int, re.findall(r"\d+", colour)[:3])) / (3 * 255)

    def keep(self, name: str) -> None:
        """A screenshot where PLAINWHY_SCREENSHOTS names a folder."""
        folder = os.environ.get("PLAINWHY_SCREENSHOTS")
        if folder:
            self.page.screenshot(path=Path(folder) / name)

    def grave(self) -> list[str]:
        """What axe finds serious or critical."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page).response["violations"]
        return [f"{v['id']}: {v['nodes'][0]['html']}" for v in found if v["impact"] in ("serious", "critical")]


@contextmanager
def visitor(browser: Browser, address: str, path: str = "/", **screen: Any) -> Iterator[Visitor]:
    """Somebody who opens a page; in the end nothing may have gone outside, and nothing wrong."""
    context = browser.new_context(reduced_motion="reduce", **screen)
    found = Visitor(page=context.new_page())
    found.arrive(address, path)
    yield found
    context.close()
    assert found.outside == []
    assert found.errors == []
