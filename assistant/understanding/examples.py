"""How people ask each kind of question: `prompts/<language>/<kind>/ask.txt`, ready to be compared with."""

from __future__ import annotations

import functools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from assistant.understanding.cache import stored
from assistant.understanding.encoder import Encoder
from assistant.understanding.lexicon import stem
from assistant.understanding.slots import NEUTRAL
from assistant.understanding.text import collapsed, normalised, tokens
from explainers.base import Array

LEXICAL = 0.5
"""Weight of shared letters beside shared meaning; measured by leaving each phrasing out in turn."""
NEAREST = 0.5
"""Weight of the nearest phrasing beside the linear head; measured likewise."""
RIDGE = 0.1
DECIMALS = 4
"""Figures are rounded before any decision, so that threads and batches cannot change a reading."""
_FILL = {
    **NEUTRAL, "other": NEUTRAL["outcome"], "subject": "case", "rows": "cases", "id": "7", "term": "term",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasing:
    """One line of an `ask.txt`; `args` are those of the last `#: name=value` line above it."""

    kind: str
    text: str
    args: Mapping[str, str]

    @property
    def neutral(self) -> str:
        """With the fixed neutral words in its slots."""
        filled = re.sub(r"\{(\w+)\}", lambda m: _FILL[m[1]], self.text)
        return collapsed(" ".join("5" if t.is_number and t.text != "7" else t.text for t in tokens(filled)))


def read_phrasings(language: str) -> tuple[Phrasing, ...]:
    """Every phrasing of every kind, kinds in alphabetical order; English where the language has none."""
    folder = files("prompts") / language
    kinds = sorted(entry.name for entry in folder.iterdir() if (entry / "ask.txt").is_file()) if folder.is_dir() else []
    if not kinds and language != "en":
        return read_phrasings("en")
    return tuple(
        phrasing for kind in kinds
        for phrasing in _lines(kind, (folder / kind / "ask.txt").read_text(encoding="utf-8"))
    )  # fmt: skip


def _lines(kind: str, text: str) -> list[Phrasing]:
    args: dict[str, str] = {}
    found = []
    for line in text.splitlines():
        if line.startswith("#:"):
            pairs = (pair.split("=", 1) for pair in line[2:].split())
            args = {name: value for name, value in pairs if value and "{" not in value}
        elif line.strip() and not line.startswith("#"):
            found.append(Phrasing(kind=kind, text=line.strip(), args=args))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One kind, its score, and its nearest phrasing."""

    kind: str
    score: float
    phrasing: Phrasing


class Examples:
    """All phrasings with what is compared: exact texts, character n-grams and sentence vectors.

    The vectors are read from the cache, or made by `encoder`, when they are first needed.
    """

    def __init__(self, phrasings: tuple[Phrasing, ...], encoder: Encoder) -> None:
        self.phrasings = phrasings
        self.kinds = tuple(dict.fromkeys(p.kind for p in phrasings))
        self._encoder = encoder
        self._exact = {normalised(p.neutral): p for p in reversed(phrasings)}
        self.words = frozenset(stem(t.text) for p in phrasings for t in tokens(p.neutral))

    @classmethod
    def read(cls, language: str, encoder: Encoder) -> Examples:
        return cls(read_phrasings(language), encoder)

    def exact(self, neutral: str) -> Phrasing | None:
        """The phrasing that is this very text, but for case and punctuation."""
        return self._exact.get(normalised(neutral))

    @functools.cached_property
    def vectors(self) -> Array:
        """Shape (number of phrasings, 384)."""
        return stored([p.neutral for p in self.phrasings], self._encoder)

    @functools.cached_property
    def _rows(self) -> tuple[npt.NDArray[np.intp], ...]:
        """The rows of each kind's phrasings."""
        owners = np.array([p.kind for p in self.phrasings])
        return tuple(np.flatnonzero(owners == kind) for kind in self.kinds)

    @functools.cached_property
    def _head(self) -> Array:
        """Ridge regression of kinds on vectors in closed form, shape (384, number of kinds)."""
        x = self.vectors
        y = np.zeros((len(x), len(self.kinds)))
        for kind, rows in enumerate(self._rows):
            y[rows, kind] = 1
        return np.asarray(np.linalg.solve(x.T @ x + RIDGE * np.eye(x.shape[1]), x.T @ y), dtype=np.float64)

    def ranked(self, neutral: str, encoder: Encoder) -> tuple[Match, ...]:
        """Every kind, best first; ties in the order of kinds."""
        vector = encoder.encode([neutral])[0]  # einsum below: BLAS would start threads for next to nothing
        meaning = np.round(np.einsum("ij,j->i", self.vectors, vector), DECIMALS)
        close = meaning + LEXICAL * np.round(self.lexical(neutral), DECIMALS)
        head = np.round(np.einsum("i,ij->j", vector, self._head), DECIMALS)
        found = []
        for number, (kind, rows) in enumerate(zip(self.kinds, self._rows, strict=True)):
            nearest = rows[np.argmax(close[rows])]
            score = round(float(head[number] + NEAREST * close[nearest]), DECIMALS)
            found.append(Match(kind=kind, score=score, phrasing=self.phrasings[nearest]))
        return tuple(sorted(found, key=lambda m: -m.score))

    @functools.cached_property
    def _postings(self) -> Mapping[str, tuple[Array, Array]]:
        grams = [_grams(p.neutral) for p in self.phrasings]
        frequency = Counter(g for row in grams for g in row)
        columns: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for i, row in enumerate(grams):
            weights = {g: n * math.log(1 + len(grams) / frequency[g]) for g, n in row.items()}
            length = math.sqrt(sum(w * w for w in weights.values()))
            for gram, weight in weights.items():
                columns[gram].append((i, weight / length))
        return {
            gram: (np.array([i for i, _ in column], dtype=np.float64), np.array([w for _, w in column]))
            for gram, column in columns.items()
        }

    def lexical(self, neutral: str) -> Array:
        """Cosine of TF-IDF character n-grams with every phrasing, shape (number of phrasings,)."""
        postings = self._postings
        total = np.zeros(len(self.phrasings))
        length = 0.0
        for gram, n in _grams(neutral).items():
            rows, weights = postings.get(gram, (np.zeros(0), np.zeros(0)))
            idf = math.log(1 + len(self.phrasings) / max(len(rows), 1))
            total[rows.astype(int)] += n * idf * weights
            length += (n * idf) ** 2
        return total / math.sqrt(length) if length else total


def _grams(text: str) -> Counter[str]:
    """Words, and the 3 to 5 characters in a row of each."""
    found: Counter[str] = Counter()
    for token in tokens(text):
        word = f" {token.text} "
        found[word] += 1
        found.update(word[i : i + n] for n in (3, 4, 5) for i in range(len(word) - n + 1) if n < len(word))
    return found
