"""A foreign model may raise, hang, end its process or shout: its asker gets a sentence, and nobody else notices."""

from __future__ import annotations

import contextlib
import gc
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler

from explainers.attribution import choose
from explainers.base import Array, Frame
from explainers.errors import ModelError
from explainers.models.apart import Workers, foreign
from explainers.models.native import Native, as_it_is
from explainers.models.tabular import TabularModel, Typed, open_model
from tests.models_by_hand import numbers, schema_of

FRAME = numbers(60, 2)
TRUTH = (FRAME["a"] > 0).astype(int)
ODD = pd.DataFrame({"a": [9.0], "b": [0.0]})
"""The case on which the models of these tests do what they should not."""
LIMIT = 2.0
MARGIN = 3.0


def workers(scores: Callable[[Frame], object], seconds: float = LIMIT) -> Workers:
    return Workers(Native(estimator=None, encode=as_it_is, scores=scores), seconds)


def opened(native: object) -> TabularModel:
    return open_model(Typed(native=native, dtypes={}, seconds=LIMIT), schema_of(FRAME, ("no", "yes")), FRAME, name="m")


def odd(deed: Callable[[], object]) -> Callable[[Frame], object]:
    """A model that behaves, but for the odd case."""
    return lambda rows: deed() if (rows["a"] == 9.0).any() else np.full(len(rows), 0.5)


def fault(model: TabularModel) -> tuple[ModelError, float]:
    """What the asker of the odd case is told, and after how many seconds."""
    started = time.monotonic()
    with pytest.raises(ModelError) as caught:
        model.predict(ODD)
    return caught.value, time.monotonic() - started


@contextlib.contextmanager
def watched(pid: int) -> Iterator[Callable[[], bool]]:
    """Whether a process, anybody's, ends within a few seconds."""
    file = os.pidfd_open(pid)
    try:
        yield lambda: bool(select.select([file], [], [], 2 * MARGIN)[0])
    finally:
        os.close(file)


@pytest.mark.parametrize("deed", [lambda: time.sleep(60), lambda: sum(1 for _ in iter(int, 1))], ids=["sleep", "spin"])
def test_a_model_that_hangs_is_stopped_at_the_limit_and_answers_again(deed: Callable[[], None]) -> None:
    model = opened(odd(deed))
    told, seconds = fault(model)
    assert told.code == "E211"
    assert told.message == "The model took longer than 2 seconds and was stopped."
    assert "person can be asked" in told.hint
    assert LIMIT <= seconds < LIMIT + MARGIN
    assert model.predict(FRAME) == pytest.approx(0.5)


def test_a_model_that_hangs_from_the_start_is_given_up_after_one_limit() -> None:
    started = time.monotonic()
    with pytest.raises(ModelError) as caught:
        opened(lambda rows: time.sleep(60))
    assert caught.value.code == "E211"
    assert time.monotonic() - started < LIMIT + MARGIN


@pytest.mark.parametrize(
    "deed",
    [
        lambda: os._exit(0),
        lambda: sys.exit("enough"),
        lambda: os.kill(os.getpid(), signal.SIGKILL),
    ],
    ids=["ends", "exits", "is killed for memory"],
)
def test_a_model_that_ends_its_process_ends_only_its_own(deed: Callable[[], None]) -> None:
    model = opened(odd(deed))
    told, seconds = fault(model)
    assert told.code == "E211"
    assert "ended its own process" in told.message
    assert seconds < MARGIN
    assert model.predict(FRAME) == pytest.approx(0.5)


def test_a_model_that_raises_says_so_without_its_secrets_and_is_asked_again() -> None:
    calls = []

    def third(rows: Frame) -> Array:
        calls.append(len(rows))
        if len(calls) == 3:
            raise ZeroDivisionError("secret of row 7")
        return np.full(len(rows), 0.5)

    asked = workers(third)
    found = []
    for _ in range(4):
        try:
            found.append(asked.ask("scores", FRAME)[0])
        except ModelError as error:
            found.append(str(error))
    assert found[:2] + found[3:] == [0.5, 0.5, 0.5]
    assert found[2].startswith("E210: The model could not score this (ZeroDivisionError).")
    assert "secret" not in found[2]


FAULTS = [
    ([[np.nan, 0.5]], "E212"),
    ([[0.2, 0.3, 0.5]], "E213"),
    ([["no", "yes"]], "E213"),
    (None, "E213"),
    (sys.exc_info, "E213"),
    ([[1.2, -0.2]], "E214"),
    ([[0.2, 0.2]], "E214"),
]


def test_what_a_model_returns_is_checked_as_in_this_process() -> None:
    answers = [answer for answer, _ in FAULTS]

    def native(rows: Frame) -> object:
        return answers[int(rows["b"].iloc[0])] if (rows["a"] == 9.0).any() else np.full((len(rows), 2), 0.5)

    model = opened(native)
    for place, (_, code) in enumerate(FAULTS):
        with pytest.raises(ModelError) as caught:
            model.predict(ODD.assign(b=float(place)))
        assert caught.value.code == code


def test_nothing_a_model_prints_is_seen(capfd: pytest.CaptureFixture[str]) -> None:
    def loud(rows: Frame) -> Array:
        print("shout")
        os.write(2, b"shout")
        return np.full(len(rows), 0.5)

    lock = threading.Lock()
    for native in (loud, lambda rows: loud(rows) if not lock.locked() else None):
        opened(native).predict(FRAME)
    assert capfd.readouterr() == ("", "")


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # of forks beside threads, since Python 3.12
def test_a_model_that_cannot_be_pickled_is_asked_and_stopped_too() -> None:
    lock = threading.Lock()

    def native(rows: Frame) -> Array:
        with lock:
            if (rows["a"] == 9.0).any():
                time.sleep(60)
            return np.full(len(rows), 0.5)

    model = opened(native)
    told, seconds = fault(model)
    assert told.code == "E211"
    assert seconds < LIMIT + MARGIN
    assert model.predict(FRAME) == pytest.approx(0.5)


def test_a_call_that_hangs_keeps_nobody_else_waiting() -> None:
    asked = workers(odd(lambda: time.sleep(60)), seconds=5.0)
    asked.ask("scores", FRAME)
    with ThreadPoolExecutor(1) as pool:
        hung = pool.submit(asked.ask, "scores", ODD)
        assert asked.ask("scores", FRAME) == pytest.approx(0.5)
        assert not hung.done()
        assert isinstance(hung.exception(), ModelError)


def test_many_askers_at_once_each_get_their_own_answer() -> None:
    asked = workers(lambda rows: rows["a"] * 2, seconds=20.0)
    frames = [pd.DataFrame({"a": [float(i)]}) for i in range(200)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda frame: asked.ask("scores", frame)[0], frames))
    assert found == [2.0 * i for i in range(200)]


def test_one_process_answers_call_after_call_and_ends_with_the_model() -> None:
    asked = workers(lambda rows: np.full(len(rows), os.getpid()))
    (pid,) = {int(asked.ask("scores", FRAME)[0]) for _ in range(5)}
    assert pid != os.getpid()
    with watched(pid) as ended:
        del asked
        gc.collect()
        assert ended()
    with pytest.raises(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)  # nothing of it is left, not even a zombie


PARENT = """
import os, sys, time, threading, numpy as np, pandas as pd
from explainers.models.apart import Workers
from explainers.models.native import Native, as_it_is
lock = threading.Lock()
def scores(rows):
    if rows[0] == 0:
        return [os.getpid()]
    time.sleep(60)
def cannot_be_pickled(rows):
    with lock:
        return scores(rows)
asked = Workers(Native(estimator=None, encode=as_it_is, scores=eval(sys.argv[1])), 60.0)
print(int(asked.ask("scores", [0])[0]), flush=True)
if sys.argv[2] == "busy":
    asked.ask("scores", [1])
sys.stdin.read()
"""


@pytest.mark.parametrize(
    ("stop", "state", "model"),
    [
        (signal.SIGTERM, "idle", "scores"),
        (signal.SIGKILL, "busy", "scores"),
        (signal.SIGTERM, "busy", "cannot_be_pickled"),
        (signal.SIGKILL, "idle", "cannot_be_pickled"),
    ],
)
def test_a_worker_ends_with_its_parent(stop: int, state: str, model: str) -> None:
    command = [sys.executable, "-W", "ignore", "-c", PARENT, model, state]
    root = Path(__file__).parent.parent
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        with watched(pid) as ended:
            parent.send_signal(stop)
            parent.wait(10)
            assert ended()


def logarithms(rows: Frame) -> Array:
    return np.log1p(np.abs(np.asarray(rows)))


class Own(LogisticRegression):
    """A subclass may do anything."""


@pytest.mark.parametrize(
    ("model", "is_foreign"),
    [
        (LogisticRegression(), False),
        (make_pipeline(StandardScaler(), GradientBoostingClassifier()), False),
        (make_pipeline(FunctionTransformer(np.log1p), LogisticRegression()), False),
        (make_pipeline(FunctionTransformer(logarithms), LogisticRegression()), True),
        (make_pipeline(StandardScaler(), Own()), True),
        (Own(), True),
        (logarithms, True),
    ],
)
def test_what_is_not_of_a_known_library_is_asked_apart(model: object, is_foreign: bool) -> None:
    assert foreign(model) == is_foreign


def test_a_foreign_step_before_a_linear_model_is_explained_exactly_all_the_same() -> None:
    native = make_pipeline(FunctionTransformer(logarithms), LogisticRegression()).fit(FRAME, TRUTH)
    apart, here = opened(native), open_model(native, schema_of(FRAME, ("no", "yes")), FRAME, name="m")
    method = choose(apart, "yes")
    assert method.name == "linear"
    found, expected = (method.explain(model, FRAME.head(3), "yes") for model in (apart, here))
    assert found.blocks.tobytes() == expected.blocks.tobytes()
