"""Labels of features, and how else people call them: "payments missed within two years", "yearly income"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from assistant.narration.heard.amounts import WORDS
from assistant.narration.heard.spelling import Spelled, spelled

PERIODS = {"year": ("yearly", "annual"), "month": ("monthly",), "week": ("weekly",)}
LISTED = ("unusual_in", "sparse", "unused", "linked", "labels", "moves", "companions")
"""Lists of labels that stand without their features."""
_AFTER = re.compile(r"\s(?:in|of|on|at|by|for|from|to|with|per|\()\b.*")
_TAILS = ("situation", "status", "level", "history", "type")
_MEASURES = ("length", "number", "amount", "level", "duration")
"""Words of a label that people leave out: "housing" for "housing situation", "credit history" for its length."""
_MONTHS = re.compile(r"in the last (?P<months>\d{1,3}) months")


def labels(record: Any) -> Mapping[str, str]:
    """Every label of a record by the feature it is of; one that stands without its feature is its own.

    One that two features have is left out, since it is not clear which is meant.
    """
    every = list(_labels(record))
    twice = Counter(label for label, feature in {*every} if label != feature)
    found = [(label, feature) for label, feature in every if twice[label] < 2]
    listed = {label: feature for label, feature in found if label == feature}
    return listed | dict(_by_period(record)) | {label: feature for label, feature in found if label != feature}


def _labels(part: Any) -> Iterator[tuple[str, str]]:
    if isinstance(part, Mapping):
        if isinstance(part.get("feature"), str) and isinstance(part.get("label"), str):
            yield part["label"], part["feature"]
        paired = isinstance(part.get("features"), list)
        if paired and isinstance(part.get("labels"), list):
            yield from zip(part["labels"], part["features"], strict=True)
        for name, inner in part.items():
            if name in LISTED and isinstance(inner, list) and not paired:
                yield from ((label, label) for label in inner if isinstance(label, str))
            yield from _labels(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _labels(inner)


def features(known: Mapping[str, str]) -> Mapping[Spelled, frozenset[str]]:
    """Whole labels, and such ends and other names of one as no other label has."""
    whole = {spelled(label): feature for label, feature in known.items()}
    found: dict[Spelled, set[str]] = {words: {feature} for words, feature in whole.items() if words}
    short: dict[Spelled, set[str]] = {}
    for label, feature in known.items():
        words = spelled(_AFTER.sub("", label))
        for i in range(len(words)):
            short.setdefault(words[i:], set()).add(feature)
        for text in (*_called(label), *_turned(label), *_turned(_AFTER.sub("", label))):
            short.setdefault(spelled(text), set()).add(feature)
    found |= {words: names for words, names in short.items() if words not in found and len(names) == 1}
    return {words: frozenset(names) for words, names in found.items()}


def _called(label: str) -> Iterator[str]:
    """What else people call a label."""
    words = label.split()
    if len(words) > 1 and words[-1].lower() in _TAILS:
        yield " ".join(words[:-1])
    if len(words) > 2 and words[0] in _MEASURES and words[1] == "of":
        rest = " ".join(words[2:])
        yield from (rest, f"{words[0]} of the {rest}", f"{words[0]} of your {rest}", f"{words[0]} of their {rest}")


def _by_period(part: Any) -> Iterator[tuple[str, str]]:
    """ "yearly income" for an income a year, with its feature."""
    if isinstance(part, Mapping):
        if isinstance(part.get("feature"), str) and str(part.get("unit")).partition("/")[2] in PERIODS:
            for word in PERIODS[part["unit"].partition("/")[2]]:
                yield f"{word} {part['label']}", part["feature"]
        for inner in part.values():
            yield from _by_period(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _by_period(inner)


def _turned(label: str) -> Iterator[str]:
    """ "missed payments in the last 24 months" as "payments you missed in the last two years", and the like."""
    for spanned in _spanned(label):
        if spanned != label:
            yield spanned
        first, *rest = spanned.split()
        if rest and first.endswith("ed"):
            for between in ("", "you ", "you have "):
                yield " ".join((f"{rest[0]} {between}{first}", *rest[1:]))


def _spanned(label: str) -> Iterator[str]:
    yield label
    if not (told := _MONTHS.search(label)):
        return
    months, years = int(told["months"]), int(told["months"]) // 12
    spans = [f"in the past {months} months", f"within {months} months"]
    if months % 12 == 0 and 0 < years < len(WORDS):
        starts = ("in the last", "in the past", "within", "within the last")
        spans += [f"{start} {n} years" for start in starts for n in (years, WORDS[years])]
    yield from (_MONTHS.sub(span, label) for span in spans)
