"""The vectors of the phrasings, made beforehand: `python -m assistant.understanding.shipped` makes them anew."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.understanding.encoder import Encoder
from explainers.base import Array

FILE = Path(__file__).with_name("phrasings.npz")


def shipped(digest: str) -> Array | None:
    """The vectors kept beside this file, if they are of these very texts and weights; shape (n, 384)."""
    with np.load(FILE, allow_pickle=False) as kept:
        if str(kept["digest"]) != digest:
            return None
        vectors: Array = kept["vectors"].astype("float64")
        return vectors


def ship(digest: str, texts: Sequence[str], encoder: Encoder) -> None:
    """Half precision: similarities move by less than what is rounded away before any decision."""
    with FILE.open("wb") as file:
        np.savez_compressed(file, digest=np.array(digest), vectors=encoder.encode(texts).astype("float16"))


def main() -> None:
    """Remakes the file for the English phrasings."""
    from assistant.understanding.cache import digest_of
    from assistant.understanding.examples import read_phrasings
    from assistant.understanding.minilm import NumpyEncoder

    texts = [phrasing.neutral for phrasing in read_phrasings("en")]
    ship(digest_of(texts), texts, NumpyEncoder())


if __name__ == "__main__":
    main()
