"""How names are spelled, so that "approval" is found where "approved" is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.narration.heard.tokens import Token, tokens

Spelled = tuple[str, ...]
"""The words of a name, each without its ending."""
_ENDINGS = ("ing", "ed", "als", "al", "es", "s", "e", "d")


def stemmed(word: str) -> str:
    """A word without its ending, to compare "approval" with "approved"."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def spelled(text: str) -> Spelled:
    """How a text is spelled."""
    return stems(tokens(text) or ())


def stems(said: Sequence[Token]) -> Spelled:
    """Words without their endings."""
    return tuple(stemmed(token.text) for token in said)


def spelled_at(table: Mapping[Spelled, Any], said: Sequence[Token], begin: int) -> Iterator[tuple[int, Any]]:
    """The entries spelled here, the longest first."""
    longest = max(map(len, table), default=0)
    words = stems(said[begin : begin + longest])
    for n in range(len(words), 0, -1):
        if words[:n] in table:
            yield begin + n, table[words[:n]]
