"""Sentence vectors kept on disk by the content they were made from."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.domains.cache import cache_folder
from assistant.understanding.encoder import WIDTH, Encoder, weights_folder
from assistant.understanding.shipped import shipped
from explainers.base import Array


def stored(texts: Sequence[str], encoder: Encoder) -> Array:
    """The vectors of `texts`: those shipped, else from the cache where it holds them undamaged; shape (n, 384)."""
    digest = digest_of(texts)
    ready = shipped(digest)
    if ready is not None:
        return ready
    path = cache_folder() / "vectors" / f"{digest}.npy"
    kept = _read(path, len(texts))
    if kept is not None:
        return kept
    made = encoder.encode(texts)
    with contextlib.suppress(OSError):  # a folder that cannot be written to costs time, not the answer
        _write(path, made)
    return made


def digest_of(texts: Sequence[str]) -> str:
    """What the vectors of these texts are kept by."""
    return hashlib.sha256("\n".join((weights_digest(), *texts)).encode()).hexdigest()


@functools.cache
def weights_digest() -> str:
    """Of the encoder's weights, by size and the first and last megabyte: all 90 MB would cost more than they tell."""
    path = weights_folder() / "model.safetensors"
    size = path.stat().st_size
    digest = hashlib.sha256(str(size).encode())
    with path.open("rb") as file:
        digest.update(file.read(1 << 20))
        file.seek(max(size - (1 << 20), 0))
        digest.update(file.read())
    return digest.hexdigest()


def _read(path: Path, n: int) -> Array | None:
    """The file is the SHA-256 of an array's bytes and the array; anything else is as good as absent."""
    try:
        data = path.read_bytes()
        digest, body = data[:32], data[32:]
        if hashlib.sha256(body).digest() != digest:
            return None
        found: Array = np.load(io.BytesIO(body), allow_pickle=False)
    except (OSError, ValueError):
        return None
    return found if found.shape == (n, WIDTH) else None


def _write(path: Path, vectors: Array) -> None:
    buffer = io.BytesIO()
    np.save(buffer, vectors, allow_pickle=False)
    body = buffer.getvalue()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(hashlib.sha256(body).digest() + body)
    Path(name).replace(path)
