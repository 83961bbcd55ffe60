"""Both ways to run the sentence encoder give the same vectors, and those that are shipped are up to date."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pytest

from assistant.understanding.cache import digest_of, stored
from assistant.understanding.encoder import Encoder, SentenceEncoder
from assistant.understanding.examples import read_phrasings
from assistant.understanding.minilm import NumpyEncoder
from assistant.understanding.shipped import shipped
from explainers.base import Array

TEXTS = ("why was I declined?", "what if my income were 50,000?", "", "心脏病", "x" * 3000)


@pytest.fixture(scope="module")
def reference() -> Array:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library's own, on import
        return SentenceEncoder().encode(TEXTS)


def test_vectors_from_weights_alone_are_those_of_sentence_transformers(reference: Array) -> None:
    assert NumpyEncoder().encode(TEXTS) == pytest.approx(reference, abs=1e-5)


def test_vectors_have_length_one_and_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert np.linalg.norm(encoder.encode(TEXTS), axis=1) == pytest.approx(np.ones(len(TEXTS)))
    assert encoder.encode([]).shape == (0, 384)


def test_a_batch_gives_what_single_texts_give() -> None:
    encoder = NumpyEncoder()
    singly = np.vstack([encoder.encode([text]) for text in TEXTS])

    assert np.array_equal(encoder.encode(TEXTS), singly)


def test_the_shipped_vectors_are_those_of_the_phrasings_as_they_are_now(encoder: Encoder) -> None:
    texts = [phrasing.neutral for phrasing in read_phrasings("en")]
    kept = shipped(digest_of(texts))
    assert kept is not None, "an ask.txt has changed: run python -m assistant.understanding.shipped"
    some = list(range(0, len(texts), 40))
    assert encoder.encode([texts[i] for i in some]) == pytest.approx(kept[some], abs=1e-3)


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
