"""One hundred questions over Python, REST, the pages and the command line, in new processes, on one thread and on two.

`python -m benchmarks.same_bytes` prints how many answers have the same bytes everywhere (all but session and time).
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import islice, product
from pathlib import Path

import httpx
from playwright.sync_api import Page, expect, sync_playwright

from tests.browsing import CHROMIUM, FLAGS

DOMAINS = ("biopsy", "progression", "loan")
READERS = ("person", "support", "expert")
TEXTS = (
    "Why?",
    "how sure is the model about this one",
    "what counted for and what against it?",
    "please tell me what matters most in general",
    "what would it have said if {feature} were {value}?",
    "What do you know about this case?",
    "why not the other result",
    "how did you get to these reasons",
    "what is the result",
    "should I see a doctor about it?",
    "asdf qwer",
    "what can I ask you?",
)
CHANGES = {"biopsy": ("mean texture", 20), "progression": ("body mass index", 24), "loan": ("income", 42_000)}
MANY = 100

IN_PYTHON = """
import json, sys
from assistant.dialogue import Assistant
from assistant.session import Reader
assistants = {}
for line in sys.stdin:
    domain, case, reader, text, store = json.loads(line)
    if domain not in assistants:
        assistants[domain] = Assistant.for_domain(domain, store=store)
    assistant = assistants[domain]
    session = assistant.ask(assistant.start(case=case, reader=Reader(name=reader)), text)
    print(json.dumps(session.last.to_json(session.id)), flush=True)
"""


def questions() -> list[tuple[str, str, str, str]]:
    """Domain, case, reader and text of each."""
    rounds = product(range(3), TEXTS, DOMAINS)
    found = []
    for number, (case, text, domain) in enumerate(islice(rounds, MANY)):
        feature, value = CHANGES[domain]
        asked = text.format(feature=feature, value=value)
        found.append((domain, str(case + 3), READERS[number % 3], asked))
    return found


def bare(line: str) -> str:
    turn = json.loads(line)
    return json.dumps({k: v for k, v in turn.items() if k not in ("session", "seconds")}, sort_keys=True)


def over_python(threads: str, store: Path) -> list[str]:
    lines = "\n".join(json.dumps([*question, str(store)]) for question in questions())
    done = subprocess.run(
        [sys.executable, "-c", IN_PYTHON],
        input=lines,
        capture_output=True,
        text=True,
        check=True,
        env=with_threads(threads),
    )
    return [bare(line) for line in done.stdout.splitlines()]


def over_the_command_line(store: Path) -> list[str]:
    answers = []
    for domain, case, reader, text in questions():
        words = ["ask", "--domain", domain, "--case", case, "--reader", reader, "--json", "--store", str(store), text]
        done = subprocess.run(
            [sys.executable, "-c", "from assistant.interfaces.cli import main; main()", *words],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        answers.append(bare(done.stdout))
    return answers


@contextmanager
def server(store: Path, *more: str) -> Iterator[str]:
    """The address of `plainwhy serve` over the three domains, in a process of its own."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    words = ["serve", "--port", port, "--store", str(store), *more]
    code = "from assistant.interfaces.cli import main; main()"
    with subprocess.Popen([sys.executable, "-c", code, *words], stdout=subprocess.DEVNULL) as running:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            running.terminate()


def over_rest(store: Path) -> list[str]:
    answers = []
    with server(store, "--no-pages") as address, httpx.Client(base_url=address, timeout=120) as client:
        patient = httpx.HTTPTransport(retries=60)
        with httpx.Client(base_url=address, transport=patient, timeout=120) as first:
            first.get("/healthz")
        for domain, case, reader, text in questions():
            asked = client.post(f"/v1/{domain}/cases/{case}/ask", json={"text": text, "reader": reader})
            answers.append(bare(asked.raise_for_status().text))
    return answers


def over_the_page(store: Path) -> dict[tuple[str, str, str, str], str]:
    """The text of each answer as the page offers it for copying."""
    answers = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for domain in DOMAINS:
            with server(store, "--domain", domain) as address:
                httpx.Client(transport=httpx.HTTPTransport(retries=60), timeout=120).get(f"{address}/healthz")
                for question in (q for q in questions() if q[0] == domain):
                    answers[question] = shown(browser.new_context().new_page(), address, question)
        browser.close()
    return answers


def shown(page: Page, address: str, question: tuple[str, str, str, str]) -> str:
    _, case, reader, text = question
    page.goto(f"{address}/{'' if reader == 'person' else reader}?case={case}")
    box = page.get_by_label("Ask a question")
    expect(box).to_be_enabled(timeout=120_000)
    copies = page.get_by_role("log").locator(".pw-copy")
    told = 1 if reader == "support" else 0  # the support page opens with a reply
    expect(copies).to_have_count(told, timeout=120_000)
    box.fill(text)
    box.press("Enter")
    expect(copies).to_have_count(told + 1, timeout=120_000)
    found = str(copies.last.get_attribute("data-text"))
    page.context.close()
    return found


def with_threads(number: str) -> dict[str, str]:
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    return {**os.environ, **dict.fromkeys(names, number)}


def main() -> None:
    room = Path(tempfile.mkdtemp())
    first = over_python("1", room / "a")
    faces = {
        "Python, 2 threads, new process": over_python("2", room / "b"),
        "REST, a server": over_rest(room / "d"),
        "command line, a process each": over_the_command_line(room / "c"),
    }
    pages = over_the_page(room / "e")
    print("| beside Python on 1 thread | same bytes |")
    print("| --- | --- |")
    for name, answers in faces.items():
        print(f"| {name} | {sum(a == b for a, b in zip(first, answers, strict=True))} of {len(first)} |")
    texts = [json.loads(answer)["answer"]["text"] for answer in first]
    same = sum(pages[question] == text for question, text in zip(questions(), texts, strict=True))
    print(f"| the three pages in a browser, text of the answer | {same} of {len(first)} |")


if __name__ == "__main__":
    main()
