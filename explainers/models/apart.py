"""A model put apart from this program: every call goes to a worker process, with a time limit."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd

from explainers.base import Schema
from explainers.errors import ModelError
from explainers.models import guard
from explainers.models.native import Native
from explainers.models.opening import settled
from explainers.models.worker import Calls, What, Worker, told

SECONDS = 20.0
"""What a call may take where nobody says otherwise."""
MOST, PATIENCE = 4, 0.5
"""Workers of one model at the same time, so that one that hangs keeps nobody else waiting; and how many seconds a call
waits for one before another is started."""
KNOWN = frozenset({"sklearn", "xgboost", "lightgbm", "interpret", "numpy", "scipy", "builtins"})
"""Packages that are asked in this process: well kept, and what Plainwhy itself trains with."""


def foreign(model: Any) -> bool:
    """Whether anything in a model comes from elsewhere than KNOWN packages: a function, a subclass, a network."""
    if isinstance(model, Native) or os.name != "posix":  # put apart already; no processes of this kind elsewhere
        return False
    if _home(model) not in KNOWN or callable(model):
        return True
    parameters = model.get_params(deep=True).values() if hasattr(model, "get_params") else ()
    return any(_home(p) not in KNOWN for p in parameters if callable(p) or hasattr(p, "fit") or hasattr(p, "transform"))


def _home(thing: Any) -> str:
    return str(getattr(thing, "__module__", None) or type(thing).__module__).partition(".")[0]


def settled_apart(native: Native, seconds: float, schema: Schema, table: pd.DataFrame) -> Native:
    """A native model that is asked in workers, `seconds` a call at most, and what it shows of itself when asked.

    The model object in this process stays, for methods that read coefficients, trees and gradients off it. Raises
    ModelError E210 to E213.
    """
    workers = Workers(native, seconds)
    if native.settle is None:
        return settled(workers.asked(native), schema, table)
    first = workers.asked(native)
    guard.asked(lambda: first.scores(first.encode(table)))  # what hangs shows here, before it is asked in this process
    known = settled(native, schema, table)
    workers.become(known)
    return workers.asked(known)


class Workers:
    """The workers of one model, started when they are needed and ended with this object.

    One answers all calls until a call takes longer than PATIENCE; then the next caller gets one more, up to MOST.
    """

    def __init__(self, native: Native, seconds: float) -> None:
        self._calls = _calls(native)
        self._seconds = seconds
        self._running = 0
        self._idle: list[Worker] = []
        self._changed = threading.Condition()
        weakref.finalize(self, _end, self._idle)

    def become(self, native: Native) -> None:
        """From now on these are the workers of another model, or of the same one better known."""
        self._calls = _calls(native)
        with self._changed:
            for worker in [w for w in self._idle if not w.reload(self._calls)]:
                self._drop(worker)

    def asked(self, native: Native) -> Native:
        """The native model with its calls sent to these workers; encoding stays here where it is ours alone."""
        ours = native.encode.__module__.startswith("explainers.") and not getattr(native.encode, "__closure__", None)
        return replace(
            native,
            encode=native.encode if ours else self._call("encode"),
            scores=self._call("scores"),
            margins=None if native.margins is None else self._call("margins"),
        )

    def _call(self, what: What) -> Callable[[Any], Any]:
        return lambda rows: self.ask(what, rows)

    def ask(self, what: What, rows: Any) -> Any:
        """What the model returns. Raises ModelError: E210 and E213 as in this process, E211 where it hangs or ends."""
        worker = self._taken()
        try:
            worker = worker or Worker.start(self._calls)
            answer = worker.ask(what, rows, self._seconds)
        except BaseException:  # also an interrupted question: nobody would fetch its answer
            if worker is not None:
                worker.end()
            self._back(None)
            raise
        self._back(worker)
        return told(answer)

    def _taken(self) -> Worker | None:
        """An idle worker; None where the caller is to start one. Raises ModelError E211 where all stay busy."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._idle or not self._running, PATIENCE):
                self._changed.wait_for(lambda: self._idle or self._running < MOST, self._seconds)
            self._drop_dead()
            if self._idle:
                return self._idle.pop()
            if self._running >= MOST:
                busy = "The model is still busy with other questions."
                raise ModelError("E211", busy, where="model", hint=guard.HINT)
            self._running += 1
            return None

    def _back(self, worker: Worker | None) -> None:
        with self._changed:
            if worker is None:
                self._running -= 1
            else:
                self._idle.append(worker)
            self._changed.notify()

    def _drop_dead(self) -> None:
        """Forgets idle workers that have ended."""
        for worker in [w for w in self._idle if not w.alive]:
            self._drop(worker)

    def _drop(self, worker: Worker) -> None:
        self._idle.remove(worker)
        self._running -= 1
        worker.end()


def _calls(native: Native) -> Calls:
    margins: Calls = {} if native.margins is None else {"margins": native.margins}
    return {"encode": native.encode, "scores": native.scores, **margins}


def _end(idle: list[Worker]) -> None:
    while idle:
        idle.pop().end()
