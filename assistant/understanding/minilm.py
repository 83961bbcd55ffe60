"""MiniLM from its weights and tokenizer alone, in numpy: ready in a fraction of a second, no torch."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.understanding.encoder import WIDTH, weights_folder
from explainers.base import Array

Weights = npt.NDArray[np.float32]
HEADS = 12
LAYERS = 6
LONGEST = 256
"""In word pieces; the rest of a longer text is not looked at."""
_EPSILON = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dense:
    """x W + b"""

    weight: Weights
    bias: Weights

    def __call__(self, x: Weights) -> Weights:
        return x @ self.weight + self.bias


@dataclass(frozen=True, slots=True, kw_only=True)
class _Norm:
    """Layer normalisation (Ba et al., 2016)."""

    scale: Weights
    shift: Weights

    def __call__(self, x: Weights) -> Weights:
        centred = x - x.mean(-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(-1, keepdims=True) + np.float32(_EPSILON))
        normal: Weights = centred / spread * self.scale + self.shift
        return normal


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layer:
    """One encoder block of BERT (Devlin et al., 2019)."""

    qkv: _Dense
    mixed: _Dense
    after_mixing: _Norm
    wide: _Dense
    narrow: _Dense
    after: _Norm

    def __call__(self, x: Weights) -> Weights:
        n = len(x)
        q, k, v = self.qkv(x).reshape(n, 3, HEADS, -1).transpose(1, 2, 0, 3)
        logits = q @ k.transpose(0, 2, 1) / np.float32(np.sqrt(WIDTH / HEADS))
        weights = np.exp(logits - logits.max(-1, keepdims=True))
        weights /= weights.sum(-1, keepdims=True)
        x = self.after_mixing(x + self.mixed((weights @ v).transpose(1, 0, 2).reshape(n, WIDTH)))
        return self.after(x + self.narrow(_gelu(self.wide(x))))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """The loaded network. `tokenizer` and `threads` are of libraries without types."""

    tokenizer: Any
    words: Weights
    positions: Weights
    norm: _Norm
    layers: tuple[_Layer, ...]
    threads: Any


class NumpyEncoder:
    """The vectors of sentence-transformers to 1e-5 without importing it; text by text, so batches change nothing."""

    def __init__(self) -> None:
        self._parts: _Parts | None = None
        self._loading = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Array:
        """As `Encoder.encode`."""
        parts = self._loaded()
        # One question is too small to share out: on busy cores a second thread makes it four times slower.
        with parts.threads.limit(limits=1, user_api="blas"):
            rows = [self._one(parts, text) for text in texts]
        return np.array(rows, dtype=np.float64).reshape(len(texts), WIDTH)

    @staticmethod
    def _one(parts: _Parts, text: str) -> Array:
        pieces = parts.tokenizer.encode(text).ids
        x = parts.norm(parts.words[pieces] + parts.positions[: len(pieces)])
        for layer in parts.layers:
            x = layer(x)
        mean = x.mean(0).astype(np.float64)
        unit: Array = mean / np.linalg.norm(mean)
        return unit

    def _loaded(self) -> _Parts:
        with self._loading:
            if self._parts is None:
                self._parts = _read()
        return self._parts


def _gelu(x: Weights) -> Weights:
    from scipy.special import erf

    half: Weights = x * np.float32(0.5) * (1 + erf(x * np.float32(np.sqrt(0.5))))
    return half


def _read() -> _Parts:
    from safetensors.numpy import load_file
    from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]  # ships no types
    from tokenizers import Tokenizer

    folder = weights_folder()
    raw = load_file(folder / "model.safetensors")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    types = raw["embeddings.token_type_embeddings.weight"][0]
    positions = raw["embeddings.position_embeddings.weight"] + types
    layers = tuple(_layer(raw, f"encoder.layer.{i}.") for i in range(LAYERS))
    return _Parts(
        tokenizer=tokenizer,
        words=raw["embeddings.word_embeddings.weight"],
        positions=positions,
        norm=_norm(raw, "embeddings."),
        layers=layers,
        threads=ThreadpoolController(),
    )


def _layer(raw: dict[str, Weights], at: str) -> _Layer:
    return _Layer(
        qkv=_dense(raw, *(f"{at}attention.self.{name}" for name in ("query", "key", "value"))),
        mixed=_dense(raw, at + "attention.output.dense"),
        after_mixing=_norm(raw, at + "attention.output."),
        wide=_dense(raw, at + "intermediate.dense"),
        narrow=_dense(raw, at + "output.dense"),
        after=_norm(raw, at + "output."),
    )


def _dense(raw: dict[str, Weights], *names: str) -> _Dense:
    weight = np.concatenate([raw[f"{name}.weight"] for name in names]).T
    return _Dense(weight=np.ascontiguousarray(weight), bias=np.concatenate([raw[f"{name}.bias"] for name in names]))


def _norm(raw: dict[str, Weights], at: str) -> _Norm:
    return _Norm(scale=raw[f"{at}LayerNorm.weight"], shift=raw[f"{at}LayerNorm.bias"])
