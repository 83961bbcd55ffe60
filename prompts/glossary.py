"""The words that can be asked about, of the explanation and of the field: how people write them, and the name of each.

What they mean is a claim (`shapes/term.txt`), one tag a name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

GLOSSARY = "glossary.toml"


@lru_cache(maxsize=8)
def glossary(language: str, part: str = "", folder: Path = Path(__file__).parent) -> Mapping[str, str]:
    """Spelling -> name, the longest spellings first; of one part (`explanation`, `field`) or of all.

    Empty for a language without a glossary.
    """
    path = folder / language / GLOSSARY
    table = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    parts = [words for title, words in table.items() if part in ("", title)]
    found = {plain(s): name for words in parts for name, more in words.items() for s in (name, *more)}
    return MappingProxyType(dict(sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0]))))


def named_in(text: str, language: str) -> str | None:
    """The name of the longest word of the glossary that stands in a text."""
    words = f" {plain(text)} "
    known = glossary(language)
    return next(
        (name for spelling, name in known.items() if f" {spelling} " in words or _unspaced(spelling, words)), None
    )


def plain(text: str) -> str:
    """Lower case, one space between words, no other signs."""
    return " ".join(re.findall(r"\w+", text.lower().replace("_", " ")))


def _unspaced(spelling: str, words: str) -> bool:
    """Languages written without spaces: the spelling anywhere."""
    return not spelling.isascii() and spelling in words
