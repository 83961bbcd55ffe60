"""The page in a real browser: asking, following up, changing a value; alone on a phone and with axe on a desk."""

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

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE = 180_000
"""Milliseconds; a domain may have to be made first, on a machine that does other things too."""
ANSWER = 60_000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`python app.py` as people start it, on a port of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (tmp_path_factory.mktemp("app") / "stderr").open("w")
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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip(f"there is no Chromium at {CHROMIUM}; name one in CHROMIUM")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()


@dataclass
class Visitor:
    """One person at a screen, and everything that went wrong or outside behind their back."""

    page: Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    asked: int = 0

    def arrive(self, address: str) -> None:
        host = address.removeprefix("http://")
        inside = re.compile(rf"https?://{re.escape(host)}/|data:|blob:")
        self.page.on("request", lambda r: None if inside.match(r.url) else self.outside.append(r.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        self.page.goto(address)
        expect(self.question).to_be_enabled(timeout=PATIENCE)

    @property
    def question(self) -> Any:
        return self.page.get_by_label("Ask a question")

    @property
    def transcript(self) -> Any:
        return self.page.get_by_role("log")

    def open(self, case: str) -> None:
        self.page.locator("#case").get_by_role("textbox").fill(case)
        self.page.locator("#case").get_by_role("button", name="Open").click()

    def ask(self, text: str) -> None:
        self.question.fill(text)
        self.question.press("Enter")
        self.answered()

    def choose(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()
        self.answered()

    def answered(self) -> None:
        self.asked += 1
        expect(self.transcript.get_by_test_id("user")).to_have_count(self.asked, timeout=ANSWER)
        expect(self.transcript.get_by_role("button", name="Copy", exact=True)).to_have_count(
            self.asked, timeout=PATIENCE
        )
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


@contextmanager
def visitor(browser: Browser, address: str, **screen: Any) -> Iterator[Visitor]:
    context = browser.new_context(reduced_motion="reduce", **screen)
    found = Visitor(page=context.new_page())
    found.arrive(address)
    yield found
    context.close()
    assert found.outside == []
    assert found.errors == []


PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
DESK = {"viewport": {"width": 1280, "height": 800}}


def grave(page: Page) -> list[str]:
    """What axe finds serious or critical."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html']}" for v in found if v["impact"] in ("serious", "critical")]


def test_on_a_phone_one_asks_follows_up_and_changes_a_value(browser: Browser, address: str) -> None:
    with visitor(browser, address, **PHONE) as someone:
        expect(someone.page.get_by_role("heading", name=re.compile("^Sample .+: (malignant|benign)$"))).to_be_visible()
        someone.ask("Why?")
        someone.keep("page-person-phone.png")
        expect(someone.transcript).to_contain_text("You asked: why this sample got this result")
        someone.page.get_by_text("Show the numbers").click()
        expect(someone.transcript.get_by_role("table")).to_contain_text("starting point")

        someone.choose("How sure is it?")
        expect(someone.transcript).to_contain_text("You asked: how sure")

        someone.ask("what if the mean radius were 12?")
        expect(someone.transcript).to_contain_text("Before and after")
        expect(someone.transcript).to_contain_text("mean radius were 12")

        assert someone.width() == 360
        assert grave(someone.page) == []


def test_at_a_desk_in_the_dark_an_expert_opens_another_case(browser: Browser, address: str) -> None:
    with visitor(browser, address, color_scheme="dark", **DESK) as someone:
        someone.page.get_by_label("Expert").check()
        someone.open("7")
        expect(someone.page.get_by_role("heading", name="Sample 7:")).to_be_visible(timeout=PATIENCE)
        someone.ask("Why?")
        someone.keep("page-desktop.png")
        expect(someone.transcript).to_contain_text("Base value")
        for closed in someone.transcript.locator("summary").all():
            closed.click()

        assert grave(someone.page) == []
        assert someone.lightness() < 0.2


def test_the_keyboard_alone_is_enough(browser: Browser, address: str) -> None:
    with visitor(browser, address, **DESK) as someone:
        someone.ask("Why?")
        expect(someone.question).to_be_focused()
        summary = someone.transcript.get_by_text("How do you know?")
        summary.focus()
        summary.press("Enter")
        expect(someone.transcript.get_by_text("the result").first).to_be_visible()
        button = someone.page.get_by_role("button", name="How sure is it?", exact=True)
        button.focus()
        button.press("Enter")
        someone.answered()


def test_what_a_reader_types_is_shown_as_typed(browser: Browser, address: str) -> None:
    typed = 'why <img src="http://example.com/x.png" onerror="alert(1)"> ![y](http://example.com/y.png) **so**'
    with visitor(browser, address, **DESK) as someone:
        someone.ask(typed)

        expect(someone.transcript.get_by_test_id("user")).to_have_text(typed)
        assert someone.transcript.locator("img").count() == 0


def test_two_visitors_never_see_each_other(browser: Browser, address: str) -> None:
    with visitor(browser, address, **PHONE) as one, visitor(browser, address, **PHONE) as other:
        one.ask("Why?")
        other.ask("How sure is it?")
        one.ask("What do you know about this case?")

        assert one.transcript.get_by_test_id("user").all_inner_texts() == ["Why?", "What do you know about this case?"]
        assert other.transcript.get_by_test_id("user").all_inner_texts() == ["How sure is it?"]


def test_a_case_that_is_not_there_is_refused_in_words(browser: Browser, address: str) -> None:
    with visitor(browser, address, **DESK) as someone:
        someone.open("0815-nobody")

        expect(someone.page.get_by_role("alert")).to_contain_text("There is no such case.")
        expect(someone.question).to_be_disabled()
