"""The words: nothing but language. `Words` holds every text of one language."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from prompts.plan import Plan, ReaderWords
from prompts.shape import Gap, Shape, shapes_of

__all__ = ["Gap", "Plan", "ReaderWords", "Shape", "Words", "languages"]

READERS = "readers.toml"
PATTERNS = ("page.toml", "speech.toml", "*/plan.toml", "shapes/*.txt")
"""What a language folder holds for answers; how people ask (`ask.txt`, `lexicon.toml`) is read by the understanding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Every text of one language, parsed. `files` are the texts it was made from, `digest` their sha256."""

    language: str
    files: Mapping[str, str]
    digest: str
    readers: Mapping[str, ReaderWords]
    page: Mapping[str, str]
    speech: Mapping[str, Any]
    plans: Mapping[str, Plan]
    claims: Mapping[str, tuple[Shape, ...]]

    def shapes(self, claim: str) -> tuple[Shape, ...]:
        """The licensed sentences of a claim; KeyError where the language has no such file."""
        return self.claims[claim]

    def plan(self, kind: str) -> Plan:
        """How a kind of question is answered; KeyError where the language has no such folder."""
        return self.plans[kind]

    @classmethod
    def load(cls, language: str, folder: Path = Path(__file__).parent) -> Words:
        """The words of a language folder. FileNotFoundError where there is none."""
        home = folder / language
        paths = [folder / READERS, *sorted(p for pattern in PATTERNS for p in home.glob(pattern))]
        if not home.is_dir():
            raise FileNotFoundError(f"There are no words for the language {language!r}.")
        return cls.of({p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8") for p in paths})

    @classmethod
    def of(cls, files: Mapping[str, str]) -> Words:
        """The words made from texts by path, such as a kept snapshot. ValueError where they are not of one language."""
        tops = {PurePosixPath(path).parts[0] for path in files} - {READERS}
        if len(tops) != 1:
            raise ValueError(f"Words are of one language, not of {sorted(tops)}.")
        language = tops.pop()
        below = {path.removeprefix(f"{language}/"): text for path, text in files.items()}
        return cls(
            language=language,
            files=dict(sorted(files.items())),
            digest=_digest(files),
            readers={name: ReaderWords.of(name, table) for name, table in tomllib.loads(files[READERS]).items()},
            page=tomllib.loads(below["page.toml"]),
            speech=tomllib.loads(below["speech.toml"]),
            plans={p.parent.name: Plan.of(p.parent.name, tomllib.loads(t)) for p, t in _matching(below, "*/plan.toml")},
            claims={p.stem: shapes_of(t) for p, t in _matching(below, "shapes/*.txt")},
        )

    def packed(self) -> bytes:
        """The texts as bytes, to be kept under `digest`."""
        return json.dumps(dict(self.files), ensure_ascii=False, sort_keys=True).encode()

    @classmethod
    def unpacked(cls, body: bytes) -> Words:
        """The words that `packed` packed."""
        return cls.of(json.loads(body))


def languages(folder: Path = Path(__file__).parent) -> tuple[str, ...]:
    """Every language there are words for."""
    return tuple(sorted(p.parent.name for p in folder.glob("*/speech.toml")))


def _matching(files: Mapping[str, str], pattern: str) -> list[tuple[PurePosixPath, str]]:
    return [(path, text) for name, text in files.items() if (path := PurePosixPath(name)).match(pattern)]


def _digest(files: Mapping[str, str]) -> str:
    digest = hashlib.sha256()
    for path, text in sorted(files.items()):
        digest.update(f"{path}\0{text}\0".encode())
    return f"sha256:{digest.hexdigest()}"
