"""Words of a text that a question quotes: a text to judge, a word the texts hold, a word to take out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.question import Asked, Condition, Node
from explainers.base import Schema

_QUOTE = re.compile(
    r"“([^”]+)”|「([^」]+)」|‘([^’]+)’|\"([^\"]+)\"|(?<!\w)'([^']+)'(?!\w)"
    r"|\bthe (?:word|term|phrase) (?:of |like |called )?([a-z][\w-]*)(?=[\s?.!,]|$)",
    re.IGNORECASE,
)
_AFTER = re.compile(r"[^:]{4,}:\s+(\w[^:]{3,})$")
_HOLDS = re.compile(
    r"(?:contain\w*|mention\w*|includ\w*|us(?:e|es|ing)|with|ha(?:s|ve|ving)|say\w*)"
    r"(?: (?:the|a|an))?(?: words?| term| phrase)?\s*$"
    r"|(?:包含|含有|含|提到|带有|带|出现|有)(?:了)?\s*$",
    re.IGNORECASE,
)
_OUT = re.compile(
    r"\b(?:remov\w*|leav\w* out|left out|tak\w* out|took out|delet\w*|drop\w*|cut\w*|without|omit\w*|eras\w*)\b"
    r"|去掉|删掉|删除|拿掉|删去|没有",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|without|no|don't|doesn't|never)\b[^,.;]*$|(?:不|没有?)[^，。；]*$", re.IGNORECASE)
_GONE = re.compile(
    r"^\W*(?:\w+ )?(?:wasn't|weren't|isn't|was not|were not|gone|missing|away|out)\b|^\W*(?:不在|没有)", re.IGNORECASE
)
_NO_WORDS = frozenset(
    ("count", "counts", "the", "that", "which", "in", "of", "is", "are", "level", "most", "for", "with")
)
OF_TEXTS = frozenset(
    ("show", "count", "predict", "why", "confidence", "labels", "mistakes", "performance", "token_attribution")
)
"""Kinds that may be asked of texts that hold a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Quoted words, with what stands before them since the quote before, and after."""

    before: str
    said: str
    after: str


def of_texts(schema: Schema) -> bool:
    """Whether the cases are texts."""
    return any(f.kind == "text" for f in schema.features)


def quotes(text: str) -> tuple[Quote, ...]:
    """All quoted words; else the rest of a text after its colon."""
    found, last = [], 0
    for match in _QUOTE.finditer(text):
        said = next(part for part in match.groups() if part)
        if match.lastindex != 6 or said.lower() not in _NO_WORDS:
            begin = match.start(6) if match.lastindex == 6 else match.start()
            found.append(Quote(before=text[last:begin], said=said, after=text[match.end() :]))
            last = match.end()
    after = _AFTER.fullmatch(text) if not found else None
    return tuple(found) if after is None else (Quote(before=text[: after.start(1)], said=after[1], after=""),)


def quoted_rows(text: str, kind: str) -> tuple[Node, ...]:
    """Texts that hold the quoted words, or the one text that is quoted."""
    found = quotes(text) if kind in OF_TEXTS else ()
    holding = any(_HOLDS.search(quote.before) for quote in found)
    if not holding:
        exact = kind not in ("token_attribution", "mistakes", "performance")
        return tuple(Condition(feature="@text", op="==", value=quote.said) for quote in found[:1] if exact)
    return tuple(
        Condition(feature="@text", op="not_contains" if _NOT.search(quote.before) else "contains", value=quote.said)
        for quote in found
    )


def quoted_change(text: str) -> tuple[Asked, ...]:
    """The text set to what is quoted, or without it."""
    found = quotes(text)
    if not found:
        out = _OUT.search(text)
        rest = re.match(r"\s+([a-z][\w-]*)[\s?.!]*$", text[out.end() :], re.IGNORECASE) if out else None
        return (_change("remove", rest[1]),) if rest else ()
    first = found[0]
    return (_change("remove" if _OUT.search(first.before) or _GONE.search(first.after) else "set", first.said),)


def _change(how: str, said: str) -> Asked:
    return Asked(op="what_if", args={"feature": "@text", "change": how, "value": said})
