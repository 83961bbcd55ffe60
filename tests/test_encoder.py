"""Both ways to run the sentence encoder give the same vectors."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from assistant.understanding.encoder import Encoder, SentenceEncoder
from assistant.understanding.minilm import NumpyEncoder
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
