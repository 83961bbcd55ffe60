"""One person and ten at once on the mounted page: `python -m benchmarks.crowd`. Needs Chromium.

A server as `plainwhy serve` starts it. A page loads for the first time; one person asks ten questions; ten people,
each with a page of their own, ask one every five seconds; then all ten ask in the same moment. Each time is taken in
the page, from the key that sends to the finished answer. Browsers and server share the processor, so ten cost more
than on ten desks.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Browser, Page, expect, sync_playwright

from benchmarks.same_bytes import server
from tests.browsing import CHROMIUM, FLAGS

PEOPLE = 10
EVERY = 5.0
PATIENCE = 120_000
WATCH = """
() => {
  window.took = null;
  const done = () => document.querySelectorAll('[role=log] .pw-copy').length;
  const before = done(), started = performance.now();
  new MutationObserver((_, watching) => {
    if (done() > before) { window.took = performance.now() - started; watching.disconnect(); }
  }).observe(document.body, {childList: true, subtree: true});
}
"""
"""Put into the page just before Enter; the tick between the two is part of the time."""


def opened(browser: Browser, address: str) -> Page:
    page = browser.new_context().new_page()
    page.goto(f"{address}/?case=12")
    expect(page.get_by_label("Ask a question")).to_be_enabled(timeout=PATIENCE)
    return page


def sent(page: Page, text: str) -> None:
    box = page.get_by_label("Ask a question")
    box.fill(text)
    page.evaluate(WATCH)
    box.press("Enter")


def took(page: Page) -> float:
    """Seconds of the last question."""
    page.wait_for_function("() => window.took !== null", timeout=PATIENCE)
    return float(page.evaluate("() => window.took")) / 1e3


def core(address: str) -> float:
    """What the core needs for the same question, in seconds."""
    asked = {"text": "Why was it decided like that?"}
    turns = [httpx.post(f"{address}/v1/loan/cases/12/ask", json=asked, timeout=60).json() for _ in range(5)]
    return statistics.median(turn["seconds"] for turn in turns)


def measured(browser: Browser, address: str) -> dict[str, float]:
    started = time.perf_counter()
    first = opened(browser, address)
    load = time.perf_counter() - started
    alone = []
    for _ in range(PEOPLE + 1):
        sent(first, "Why was it decided like that?")
        alone.append(took(first))
    crowd = [opened(browser, address) for _ in range(PEOPLE)]
    return {
        "load": load,
        "median": statistics.median(alone[1:]),
        "alone": p95(alone[1:]),
        "together": p95(chatting(crowd)),
        "burst": p95(in_one_moment(crowd)),
    }


def chatting(crowd: list[Page]) -> list[float]:
    """Everybody asks every `EVERY` seconds, one after the other, three times."""
    times = []
    for number in range(3 * len(crowd)):
        page, began = crowd[number % len(crowd)], time.perf_counter()
        if number >= len(crowd):
            times.append(took(page))
        sent(page, "Why was it decided like that?")
        time.sleep(max(0.0, EVERY / len(crowd) - (time.perf_counter() - began)))
    return times + [took(page) for page in crowd]


def in_one_moment(crowd: list[Page]) -> list[float]:
    for page in crowd:
        sent(page, "Why was it decided like that?")
    return [took(page) for page in crowd]


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def ready(address: str) -> None:
    """Waits until the server answers about its domain."""
    with httpx.Client(transport=httpx.HTTPTransport(retries=60), timeout=PATIENCE / 1e3) as client:
        client.get(f"{address}/v1/loan/cases/12").raise_for_status()


def main() -> None:
    store = Path(tempfile.mkdtemp()) / "crowd.sqlite"
    with server(store, "--domain", "loan") as address, sync_playwright() as playwright:
        ready(address)
        browser: Any = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        found, seconds = measured(browser, address), core(address)
        browser.close()
    over, three = found["median"] - seconds, 3 * found["alone"]
    print("| seconds | measured | bound | |")
    print("| --- | --- | --- | --- |")
    rows = (
        ("first load", found["load"], 3.0),
        ("finished answer beyond the core's own time", over, 0.3),
        (f"{PEOPLE} people chatting, p95 (bound: 3 times one person's {found['alone']:.2f})", found["together"], three),
        (f"{PEOPLE} in the same moment, p95 (the same bound)", found["burst"], three),
    )
    for name, value, bound in rows:
        print(f"| {name} | {value:.2f} | {bound:.2f} | {'met' if value <= bound else 'missed'} |")


if __name__ == "__main__":
    main()
