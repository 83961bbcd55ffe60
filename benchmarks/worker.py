"""A model that hangs, and everybody else: `python -m benchmarks.worker`.

One asks about a case on which the model sleeps for 60 seconds; five others go on asking why, of the same model and of
an embedded one. Beside it what a call costs that goes to a worker process, and what a new process costs.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd

from assistant import Assistant
from explainers.base import Frame
from explainers.errors import PlainwhyError
from explainers.models.apart import SECONDS, Workers
from explainers.models.native import Native, as_it_is

CHATS, QUIET = 5, 15.0
"""How many ask beside, and for how many seconds before the model hangs."""


def applicants() -> pd.DataFrame:
    rng = np.random.default_rng(0)
    age, size = rng.integers(18, 80, 600), rng.normal(10, 2, 600).round(1)
    chance = 1 / (1 + np.exp(-0.05 * (age - 45) - 0.4 * (size - 10)))
    return pd.DataFrame({"age": age, "size": size, "y": (rng.random(600) < chance).astype(int)})


def sleeper(row: pd.Series) -> Callable[[Frame], object]:
    """A model that sleeps over one case."""
    age, size = float(row["age"]), float(row["size"])

    def model(table: Frame) -> object:
        if len(table) == 1 and table["age"].iloc[0] == age and table["size"].iloc[0] == size:
            time.sleep(60)
        return 1 / (1 + np.exp(-0.05 * (table["age"] - 45) - 0.4 * (table["size"] - 10)))

    return model


def seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def asking(assistant: Assistant, until: Callable[[], bool]) -> list[float]:
    """The seconds of each answer to one chat, case after case."""
    took = []
    for place in range(1, 10_000):
        if until():
            break
        session = assistant.start(case=assistant.domain.cases.ids[1 + place % 50])
        took.append(seconds(lambda: assistant.ask(session, "Why?")))  # noqa: B023  # called at once
    return took


def beside(assistants: list[Assistant], until: Callable[[], bool]) -> list[float]:
    with ThreadPoolExecutor(len(assistants)) as pool:
        return [took for chat in pool.map(lambda a: asking(a, until), assistants) for took in chat]


def hanging(assistant: Assistant, over: threading.Event, took: list[float]) -> None:
    started = time.perf_counter()
    try:
        assistant.ask(assistant.start(case="0"), "Why?")
    except PlainwhyError as error:
        print(f"The asker was told: {error}")
    took.append(time.perf_counter() - started)
    over.set()


def others(assistant: Assistant, same: Assistant) -> tuple[float, float, float]:
    """p95 of five chats before and during a hang, and when its asker had a sentence."""
    chats = [assistant] * CHATS
    asking(assistant, iter([False] * 3 + [True]).__next__)
    end = time.perf_counter() + QUIET
    before = beside(chats, lambda: time.perf_counter() > end)
    over, took = threading.Event(), list[float]()
    hung = threading.Thread(target=hanging, args=(same, over, took))
    hung.start()
    during = beside(chats, over.is_set)
    hung.join()
    return float(np.quantile(before, 0.95)), float(np.quantile(during, 0.95)), took[0]


def overhead() -> None:
    print("| rows of a call | in this process ms | in a worker ms |\n| --- | --- | --- |")
    native = Native(estimator=None, encode=as_it_is, scores=lambda rows: rows.to_numpy().sum(axis=1))
    workers = Workers(native, SECONDS)
    table = pd.DataFrame(np.random.default_rng(0).normal(size=(100_000, 20)))
    start = seconds(lambda: workers.ask("scores", table.head(1)))
    for rows in (1, 1_000, 10_000, 100_000):
        part = table.head(rows)
        here = np.median([seconds(lambda: native.scores(part)) for _ in range(30)])  # noqa: B023
        there = np.median([seconds(lambda: workers.ask("scores", part)) for _ in range(30)])  # noqa: B023
        print(f"| {rows} | {here * 1e3:.2f} | {there * 1e3:.2f} |")
    print(f"\nA new worker answers its first call after {start:.2f} s.\n")


def main() -> None:
    overhead()
    table, store = applicants(), Path(tempfile.mkdtemp()) / "store.sqlite"
    slow = Assistant.for_model(sleeper(table.iloc[0]), table, target="y", store=store)
    rows = []
    for name, assistant in (("of an embedded model", Assistant.for_domain("loan", store=store)), ("of the same", slow)):
        before, during, took = others(assistant, slow)
        met = "met" if took <= SECONDS + 3 and during <= 2 * before else "missed"
        rows.append(
            f"| {name} | {before * 1e3:.0f} | {during * 1e3:.0f} | {during / before:.2f} | {took:.1f} | {met} |"
        )
    print("\n| five chats | p95 before ms | p95 during ms | times | the asker's sentence after s | bound |")
    print("| --- | --- | --- | --- | --- | --- |", *rows, sep="\n")


if __name__ == "__main__":
    main()
