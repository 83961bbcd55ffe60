"""The reader's text, cleaned and cut into words and numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.understanding.lexicon import stem, unspaced_words
from explainers.errors import QuestionError

LIMIT = 2000
# Directional marks and the like would let a text look different from what is read.
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_UNSPACED = re.compile(r"[\u3400-\u9fff]")
LONGEST = 8
"""Signs of the longest word looked for where words are not spaced."""
_WORD = re.compile(
    r"(?P<number>(?<![a-zA-Z0-9_./])[-+]?(?:\d+(?:[.]\d+)?[eE][-+]?\d+(?![a-zA-Z0-9_])"
    r"|\d{1,3}(?:[ ,.’']\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?|[.]\d+)(?!/\d))"
    r"|(?P<word>(?<![a-zA-Z0-9])[a-zA-Z]{1,2}\d{1,2}(?![a-zA-Z0-9])|[^\W\d_]+(?:['’][^\W\d_]+)*)|(?P<sign>[<>]=?|[=%#€$£@])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One word, number or sign, where it stands in the text."""

    text: str
    start: int
    end: int
    is_number: bool = False

    @property
    def stem(self) -> str:
        return stem(self.text)


def clean(text: str) -> str:
    """The text on one line, without control characters and directional marks. Raises QuestionError E401."""
    if len(text) > LIMIT:
        raise QuestionError(
            "E401", f"The question has {len(text):,} characters.", where="question", hint=f"At most {LIMIT:,} are read."
        )
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    text = "".join(" " if unicodedata.category(c)[0] == "Z" or c in "\t\r\n" else c for c in text)
    text = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    text = re.sub(" +", " ", text.replace("’", "'").replace("\u2212", "-")).strip()
    text = re.sub(r"(?<=\d)_(?=\d{3}(?!\d))", "", text)  # 60_000
    text = re.sub(r"(?<=[a-z] )- (?=\d)", "-", text)  # "were - 5" is no 5
    if not text:
        raise QuestionError(
            "E401", "The question is empty.", where="question", hint=f"Type up to {LIMIT:,} characters."
        )
    return text


def tokens(text: str) -> tuple[Token, ...]:
    """Words in lower case and numbers as written, in order; what is written without spaces is cut into known words."""
    found: list[Token] = []
    for match in _WORD.finditer(text):
        if match.lastgroup == "word" and _UNSPACED.search(match.group()):
            found += _cut(match.group().lower(), match.start())
        else:
            found.append(
                Token(
                    text=match.group().lower(),
                    start=match.start(),
                    end=match.end(),
                    is_number=match.lastgroup == "number",
                )
            )
    return tuple(found)


def unspaced(text: str) -> bool:
    """Whether some of it is written without spaces between words, as Chinese is."""
    return _UNSPACED.search(text) is not None


def _cut(text: str, start: int) -> Iterator[Token]:
    """The longest known words from left to right; a sign that begins none is a word."""
    known, i = unspaced_words(), 0
    while i < len(text):
        if text[i].isascii():
            size = len(re.match(r"[\x00-\x7f]+", text[i:]).group())  # type: ignore[union-attr]  # it begins with one
        else:
            size = next((n for n in range(min(LONGEST, len(text) - i), 1, -1) if text[i : i + n] in known), 1)
        yield Token(text=text[i : i + size], start=start + i, end=start + i + size)
        i += size


_ROWS = (
    "people|those|cases|individuals|persons|everyone|everybody|ones|men|women|instances|applicants|patients|customers"
)
_LINK = (
    "with|whose|who|that|where|which|aged|age|have|has|had|having|is|are|were|was|being|of|an?|the|over|above|under|"
    "below|more|less|fewer|greater|higher|lower|than|older|younger|at|least|most|between|and|or|no|not|never|been|both|either|years|old|in|exactly|but|without"
)


def collapsed(neutral: str) -> str:
    """A question in neutral words with every stated group of rows as "cases": the kind does not hang on which."""
    if re.search(r"\b(if|suppose|imagine)\b", neutral):
        return neutral
    neutral = re.sub(rf"\b(?:{_ROWS})\b", "cases", neutral)
    told = rf"(?:(?: (?:{_LINK}))* (?:income|5)\b)*"
    return re.sub(rf"\b(?:(?:income|5) )*cases\b{told}(?: old| years| or)*", "cases", neutral)


def normalised(text: str) -> str:
    """What two phrasings are compared by when they are to be the same: words and numbers only."""
    return " ".join(t.text.replace("'", "") for t in tokens(text) if t.text not in "=#@")
