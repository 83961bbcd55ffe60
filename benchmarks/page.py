"""How soon the page can be used, and answers, on a warm cache: `python -m benchmarks.page`. Needs Chromium.

Each round starts `python app.py` anew, opens it, types a question nobody wrote down before, then asks two more.
"""

from __future__ import annotations

import os
import re
import socket
import statistics
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect, sync_playwright

from tests.browsing import CHROMIUM, FLAGS

ROOT = Path(__file__).parent.parent
ROUNDS = 3
BOUNDS = {"page usable": 10.0, "first answer after that": 3.0, "first text, warm": 0.5, "reload": 1.0}
PATIENCE = 120_000


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def asked(page: Page, text: str, number: int) -> float:
    """Seconds from Send to the first text of the answer."""
    box = page.get_by_label("Ask a question")
    box.fill(text)
    bot: Any = page.get_by_role("log").get_by_test_id("bot")
    before = bot.count()
    started = time.perf_counter()
    box.press("Enter")
    expect(bot).not_to_have_count(before, timeout=PATIENCE)
    first = time.perf_counter() - started
    copies = page.get_by_role("log").get_by_role("button", name="Copy", exact=True)
    expect(copies).to_have_count(number, timeout=PATIENCE)
    return first


def one_round(playwright: Any) -> dict[str, float]:
    port, started = free_port(), time.perf_counter()
    here = {**os.environ, "GRADIO_SERVER_PORT": str(port), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=here, stdout=subprocess.PIPE, text=True) as app:
        try:
            assert app.stdout is not None
            found = re.search(r"http://\S+", app.stdout.readline())
            assert found
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
            page = browser.new_page()
            page.goto(found[0])
            expect(page.get_by_label("Ask a question")).to_be_enabled(timeout=PATIENCE)
            usable = time.perf_counter() - started
            answering = time.perf_counter()
            asked(page, "Why did it come to this result?", 1)
            first = time.perf_counter() - answering
            warm = [
                asked(page, text, n)
                for n, text in enumerate(("Is it really so sure?", "And what spoke against it?"), 2)
            ]
            again = time.perf_counter()
            page.reload()
            expect(page.get_by_label("Ask a question")).to_be_enabled(timeout=PATIENCE)
            reload = time.perf_counter() - again
            browser.close()
        finally:
            app.terminate()
    return dict(zip(BOUNDS, (usable, first, statistics.median(warm), reload), strict=True))


def main() -> None:
    with sync_playwright() as playwright:
        one_round(playwright)  # makes the domains where they are new
        rounds = [one_round(playwright) for _ in range(ROUNDS)]
    print("| seconds | median | worst | bound | |")
    print("| --- | --- | --- | --- | --- |")
    for name, bound in BOUNDS.items():
        values = [found[name] for found in rounds]
        median = statistics.median(values)
        print(f"| {name} | {median:.2f} | {max(values):.2f} | {bound} | {'met' if median <= bound else 'missed'} |")


if __name__ == "__main__":
    main()
