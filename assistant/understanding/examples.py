"""How people ask each kind of question: `prompts/<language>/<kind>/ask.txt`, and what is known by heart."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files

from assistant.understanding.lexicon import stem
from assistant.understanding.slots import NEUTRAL
from assistant.understanding.text import collapsed, normalised, tokens

_FILL = {
    **NEUTRAL, "other": NEUTRAL["outcome"], "subject": "case", "rows": "cases", "id": "7", "n": "5", "term": "term",
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


def digest_of(phrasings: Iterable[Phrasing]) -> str:
    """What phrasings are known by: what was learned from others is out of date."""
    text = "\n".join(f"{p.kind} {sorted(p.args.items())} {p.text}" for p in phrasings)
    return hashlib.sha256(text.encode()).hexdigest()


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


class Examples:
    """All phrasings of a language: exact texts, and the stems of their words."""

    def __init__(self, phrasings: tuple[Phrasing, ...]) -> None:
        self._exact = {normalised(p.neutral): p for p in reversed(phrasings)}
        self.words = frozenset(stem(t.text) for p in phrasings for t in tokens(p.neutral))

    @classmethod
    @functools.cache
    def read(cls, language: str) -> Examples:
        """Those of `prompts/<language>/<kind>/ask.txt`."""
        return cls(read_phrasings(language))

    def exact(self, neutral: str) -> Phrasing | None:
        """The phrasing that is this very text, but for case and punctuation."""
        return self._exact.get(normalised(neutral))
