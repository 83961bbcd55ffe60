"""One process that a model is asked in: there it may raise, hang, print or end, and nobody else is hurt.

A worker is a fresh interpreter that gets the model by `cloudpickle`. Only a model that cannot be pickled is forked
instead: a fork has none of the threads of its parent, so a library that had started some (OpenMP, onnxruntime) may wait
for them for ever, and is then ended at the limit like any other that hangs. What the model remembers between calls it
remembers in its worker. A worker ends with its parent, however that ends, and after IDLE seconds without a question.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal, TypeAlias

import cloudpickle

from explainers.errors import ErrorReport, ModelError
from explainers.models import guard

START = 60.0
"""Seconds that a fresh process may take to import libraries and load the model."""
IDLE = 600.0
GRACE = 2.0
"""Seconds after the limit when a process that nobody has ended ends by itself."""

Calls: TypeAlias = dict[str, Callable[[Any], Any]]
"""What a model can be asked for: `encode`, `scores`, and `margins` where it has any."""
What: TypeAlias = Literal["encode", "scores", "margins", "load"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """A running process with a model in it. `owner` is the process that started it."""

    line: Connection
    pid: int
    reap: Callable[[], object]
    owner: int

    @classmethod
    def start(cls, calls: Calls) -> Worker:
        """A process that can be asked for `calls`. Raises ModelError E211 where there is none to be had."""
        with contextlib.suppress(Exception):  # whatever a model raises while it is pickled or loaded: then it is forked
            return cls._fresh(cloudpickle.dumps(calls))
        return cls._forked(calls)

    @classmethod
    def _fresh(cls, calls: bytes) -> Worker:
        mine, theirs = multiprocessing.Pipe()
        command = f"from explainers.models.worker import fresh; fresh({theirs.fileno()}, {os.getpid()})"
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", command],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path)},
            pass_fds=(theirs.fileno(),),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        theirs.close()
        worker = cls(line=mine, pid=process.pid, reap=process.wait, owner=os.getpid())
        try:
            mine.send_bytes(calls)
            if not mine.poll(START) or mine.recv() != "ready":
                raise _ended()
        except BaseException:
            worker.end()
            raise
        return worker

    @classmethod
    def _forked(cls, calls: Calls) -> Worker:
        mine, theirs = multiprocessing.Pipe()
        context = multiprocessing.get_context("fork")
        process = context.Process(target=_forked, args=(theirs, mine, os.getpid(), calls), daemon=True)
        process.start()
        theirs.close()
        assert process.pid is not None  # it was started
        return cls(line=mine, pid=process.pid, reap=process.join, owner=os.getpid())

    @property
    def alive(self) -> bool:
        """Whether an idle worker can be asked: it is this process's own, and has not closed its end."""
        return self.owner == os.getpid() and not self.line.poll(0)

    def ask(self, what: What, rows: Any, seconds: float) -> Any:
        """What the model returns to rows, or the report of what it did instead.

        Raises ModelError E211 where it takes longer than `seconds` or its process ends; the worker is of no use then.
        """
        try:
            self.line.send((what, rows, seconds))
            if not self.line.poll(seconds):
                raise ModelError(
                    "E211",
                    f"The model took longer than {seconds:g} seconds and was stopped.",
                    where="model, [limits] seconds",
                    hint=guard.HINT,
                )
            return self.line.recv()
        except (EOFError, OSError) as error:
            raise _ended() from error

    def reload(self, calls: Calls) -> bool:
        """Puts other calls into the same process, which saves the time of a start; False where that cannot be done."""
        try:
            return bool(self.ask("load", cloudpickle.dumps(calls), START) == "ready")
        except Exception:  # as at the start
            return False

    def end(self) -> None:
        """Ends the process and all it has started."""
        self.line.close()
        if self.owner != os.getpid():  # a copy of the parent: not ours to end
            return
        for stop in (os.killpg, os.kill):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                stop(self.pid, signal.SIGKILL)
        self.reap()


def _ended() -> ModelError:
    return ModelError("E211", "The model ended its own process instead of answering.", where="model", hint=guard.HINT)


def fresh(file: int, parent: int) -> None:
    """What a fresh interpreter does: loads the model that comes down the line, then answers."""
    line = Connection(file)
    calls = cloudpickle.loads(line.recv_bytes())
    line.send("ready")
    _serve(line, parent, calls)


def _forked(line: Connection, other_end: Connection, parent: int, calls: Calls) -> None:
    os.setsid()
    other_end.close()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for file in (0, 1, 2):
        os.dup2(nowhere, file)
    sys.stdout = sys.stderr = open(nowhere, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # for as long as it lives
    _serve(line, parent, calls)


def _serve(line: Connection, parent: int, calls: Calls) -> None:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # ends the process even where a library never returns to Python
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    while line.poll(IDLE):
        try:
            what, rows, seconds = line.recv()
        except EOFError:
            break
        signal.setitimer(signal.ITIMER_REAL, seconds + GRACE)
        if what == "load":
            calls, answer = cloudpickle.loads(rows), "ready"
        else:
            answer = _answer(calls[what], what, rows)
        signal.setitimer(signal.ITIMER_REAL, 0)
        line.send(answer)
    os._exit(0)  # no farewell of whatever the model has started


def _answer(call: Callable[[Any], Any], what: What, rows: Any) -> Any:
    try:
        return guard.returned(lambda: call(rows)) if what == "encode" else guard.asked(lambda: call(rows))
    except ModelError as error:
        return error.report()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1.0)
    os._exit(0)


def told(answer: Any) -> Any:
    """An answer of a worker; the ModelError it reports is raised."""
    if isinstance(answer, ErrorReport):
        raise ModelError(answer.code, answer.message, where=answer.where, hint=answer.hint)
    return answer
