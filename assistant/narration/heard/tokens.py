"""Words and numbers of a sentence, as the grammar of free text reads them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?P<number>[-−+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)|(?P<word>[^\W\d_]+(?:['’-][^\W\d_]+)*)|(?P<mark>[%€$£;:/×±=])"
)
_DROPPED = re.compile(r"[\s,.“”\"'’‘()?!–—_-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word in small letters, a mark, or a number with how many decimals and closing zeros it is written with."""

    text: str
    number: float | None = None
    decimals: int = 0
    zeros: int = 0


def tokens(sentence: str) -> tuple[Token, ...] | None:
    """The tokens; commas, quotes, brackets and underscores say nothing. None where a sign stands that we never use."""
    found: list[Token] = []
    place = 0
    for match in _TOKEN.finditer(sentence):
        if not _nothing(sentence[place : match.start()]):
            return None
        found.append(_number(match[0]) if match["number"] else Token(text=match[0].lower().replace("’", "'")))
        place = match.end()
    return tuple(found) if _nothing(sentence[place:]) else None


def _nothing(between: str) -> bool:
    return not _DROPPED.sub("", between)


def _number(text: str) -> Token:
    plain = text.replace(",", "").replace("−", "-")
    whole, _, rest = plain.partition(".")
    zeros = 0 if rest else len(whole) - len(whole.rstrip("0"))
    return Token(text=text, number=float(plain), decimals=len(rest), zeros=zeros)
