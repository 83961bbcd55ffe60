"""Both ways to run the sentence encoder give the same vectors, and the worker ends when it should."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pytest

from assistant.understanding.cache import stored
from assistant.understanding.encoder import Encoder, LocalEncoder, WorkerEncoder
from assistant.understanding.minilm import NumpyEncoder
from explainers.base import Array

TEXTS = ("why was I declined?", "what if my income were 50,000?", "", "心脏病", "x" * 3000)


@pytest.fixture(scope="module")
def reference() -> Array:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library's own, on import
        return LocalEncoder().encode(TEXTS)


def test_vectors_from_weights_alone_are_those_of_sentence_transformers(reference: Array) -> None:
    assert NumpyEncoder().encode(TEXTS) == pytest.approx(reference, abs=1e-5)


def test_vectors_have_length_one_and_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert np.linalg.norm(encoder.encode(TEXTS), axis=1) == pytest.approx(np.ones(len(TEXTS)))
    assert encoder.encode([]).shape == (0, 384)


def test_a_batch_gives_what_single_texts_give() -> None:
    encoder = NumpyEncoder()
    singly = np.vstack([encoder.encode([text]) for text in TEXTS])

    assert np.array_equal(encoder.encode(TEXTS), singly)


@pytest.mark.slow
def test_the_worker_gives_the_same_vectors_survives_its_death_and_closes(reference: Array) -> None:
    with WorkerEncoder() as worker:
        assert np.array_equal(worker.encode(TEXTS), reference)
        child = worker._child
        assert child is not None
        child.kill()
        assert worker.encode(TEXTS[:1]) == pytest.approx(reference[:1], abs=1e-6)
        again = worker._child
        assert again is not None
        assert again.pid != child.pid
    assert again.poll() is not None


class CountingEncoder:
    """Remembers how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def encode(self, texts: object) -> Array:
        self.asked += 1
        return np.full((len(TEXTS), 384), 0.5)


def test_vectors_are_made_once_and_again_when_the_file_is_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAINWHY_CACHE", str(tmp_path))
    counting = CountingEncoder()
    first = stored(TEXTS, counting)
    assert np.array_equal(stored(TEXTS, counting), first)
    assert counting.asked == 1

    (kept,) = (tmp_path / "vectors").iterdir()
    kept.write_bytes(kept.read_bytes()[:-1] + b"!")

    assert np.array_equal(stored(TEXTS, counting), first)
    assert counting.asked == 2


def test_other_texts_are_kept_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAINWHY_CACHE", str(tmp_path))
    counting = CountingEncoder()
    stored(TEXTS, counting)
    stored(TEXTS[::-1], counting)

    assert counting.asked == 2
