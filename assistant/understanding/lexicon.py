"""The everyday words of a language, from `prompts/<language>/lexicon.toml`."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

Phrases = tuple[tuple[str, ...], ...]
"""Phrases as stems, longest first."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lexicon:
    """Word lists by name; `same` maps a stem to the names of the lines of synonyms it stands in."""

    language: str
    outcomes: Mapping[str, Phrases]
    same: Mapping[str, frozenset[str]]
    numbers: Mapping[str, float]
    scales: Mapping[str, float]
    multiply: Mapping[str, float]
    fractions: Mapping[str, float]
    ordinals: Mapping[str, float]
    words: Mapping[str, frozenset[str]]
    arguments: Mapping[str, Mapping[str, Mapping[str, tuple[str, ...]]]]
    """Kind -> argument -> value -> the phrases that say it."""
    cues: Mapping[str, tuple[str, ...]]
    """Kind -> phrases that speak for it."""

    @property
    def general(self) -> frozenset[str]:
        """Stems of nouns that say little without the word before them."""
        return _stems(self.words["general"])

    def keys(self, word: str) -> frozenset[str]:
        """What a word is compared by: its stem and the lines of synonyms it stands in."""
        root = stem(word)
        return self.same.get(root, frozenset()) | {root}


@functools.cache
def read_lexicon(language: str) -> Lexicon:
    """The lexicon of `language`; English where it has none of its own."""
    file = files("prompts") / language / "lexicon.toml"
    if not file.is_file():
        return read_lexicon("en")
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    same: dict[str, frozenset[str]] = {}
    for line, words in data["same"].items():
        for word in words:
            same[stem(word)] = same.get(stem(word), frozenset()) | {"~" + line}
    return Lexicon(
        language=language,
        outcomes={side: _phrases(words) for side, words in data["outcomes"].items()},
        same=same,
        numbers=data["numbers"],
        scales=data["scales"],
        multiply=data["multiply"],
        fractions=data["fractions"],
        ordinals=data["ordinals"],
        words={name: frozenset(words) for name, words in data["words"].items()},
        arguments=data["arguments"],
        cues={kind: tuple(phrases) for kind, phrases in data["cues"].items()},
    )


@functools.lru_cache(maxsize=10_000)
def stem(word: str) -> str:
    """A word without case, possessive and simple endings: years -> year, missed -> miss, renting -> rent."""
    word = re.sub(r"['’]s$", "", word.lower())
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    for ending in ("ing", "ed"):
        root = word[: -len(ending)]
        if word.endswith(ending) and len(root) >= 3 and re.search("[aeiouy]", root) and not root.endswith("e"):
            return root[:-1] if len(root) > 3 and root[-1] == root[-2] and root[-1] not in "ls" else root
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


@functools.lru_cache(maxsize=8)
def _stems(words: frozenset[str]) -> frozenset[str]:
    return frozenset(map(stem, words))


@functools.cache
def unspaced_words() -> frozenset[str]:
    """Every entry of a lexicon whose language writes no spaces: what its texts are cut into."""
    data = tomllib.loads((files("prompts") / "zh" / "lexicon.toml").read_text(encoding="utf-8"))
    found: list[object] = [data]
    words: set[str] = set()
    while found:
        part = found.pop()
        if isinstance(part, dict):
            found += [*part, *part.values()]
        elif isinstance(part, list):
            found += part
        elif isinstance(part, str) and len(part) > 1 and not part.isascii():
            words.add(part.lower())
    return frozenset(words)


def _phrases(words: list[str]) -> Phrases:
    found = {tuple(stem(part) for part in phrase.split()) for phrase in words}
    return tuple(sorted(found, key=lambda p: (-len(p), p)))
