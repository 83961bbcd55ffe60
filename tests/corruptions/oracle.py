"""What a record says, read from the record alone: no proof that a sentence is false comes from a checker."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.facts import Facts, Reason
from assistant.narration.paths import at
from assistant.narration.speech import Speech
from prompts import Words

Record = Mapping[str, Any]
SPEECH = Speech.of(Words.load("en"))
"""Only for the grammar of labels and the forms of a case: nothing true or false comes from it."""
LABEL_LISTS = ("labels", "unusual_in", "companions", "moves", "linked", "unused", "sparse")


Leaf = tuple[str, Any, str]
"""A single value: its path, itself, and the unit that stands nearest to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A record, looked through once: its single values, its labels, its names that hold a digit."""

    facts: Facts
    record: Record
    leaves: tuple[Leaf, ...]
    labels: tuple[str, ...]
    numbered: frozenset[str]

    @classmethod
    def of(cls, facts: Facts) -> Book:
        record = facts.record()
        found = tuple(leaves(record))
        texts = {value for _, value, _ in found if isinstance(value, str)}
        numbered = frozenset(text for text in texts if re.search(r"\d", text) and not text.isdigit())
        return cls(facts=facts, record=record, leaves=found, labels=labels(record), numbered=numbered)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A true sentence, the paths of the facts it rests on, and the record they lead into."""

    text: str
    paths: tuple[str, ...]
    book: Book

    @property
    def facts(self) -> Facts:
        return self.book.facts

    @property
    def record(self) -> Record:
        return self.book.record

    @property
    def items(self) -> tuple[Record, ...]:
        """The facts of lists, such as reasons, of which the label is told: whom the sentence is about."""
        return tuple(at(self.record, path.removesuffix(".label")) for path in self.paths if path.endswith("].label"))


def close(shown: float, truth: float) -> bool:
    """Whether a number may stand for the truth: at most a tenth off, or what it is rounded to one to three digits."""
    if abs(shown - truth) <= abs(truth) * 0.12 or shown == truth == 0:
        return True
    return any(math.isclose(abs(shown), abs(found), rel_tol=1e-9) for found in _rounded(truth))


def apart(one: Any, other: Any) -> bool:
    """Whether two values of the record cannot be told as the same."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return not close(one, other) and not close(other, one)
    return bool(one != other)


def _rounded(value: float) -> Iterator[float]:
    if value == 0 or not math.isfinite(value):
        yield value
        return
    for digits in (1, 2, 3):
        unit = 10.0 ** (math.floor(math.log10(abs(value))) - digits + 1)
        yield from (way(value / unit) * unit for way in (math.floor, round, math.ceil))


def leaves(part: Any, path: str = "", unit: str = "") -> Iterator[Leaf]:
    """Every single value of a record."""
    if isinstance(part, Mapping):
        unit = part.get("unit", unit)
        for name, inner in part.items():
            yield from leaves(inner, f"{path}.{name}" if path else name, unit)
    elif isinstance(part, list):
        for i, inner in enumerate(part):
            yield from leaves(inner, f"{path}[{i}]", unit)
    else:
        yield path, part, unit


def labels(record: Record) -> tuple[str, ...]:
    """All that the record calls features, the longest first: what holds another label comes before it."""
    found = {
        value
        for path, value, _ in leaves(record)
        if isinstance(value, str)
        and (path.endswith(".label") or re.search(rf"(?:^|\.)({'|'.join(LABEL_LISTS)})\[\d+\]$", path))
    }
    return tuple(sorted(found, key=lambda label: (-len(label), label)))


def label_spans(text: str, names: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Where labels stand in a text; none within a longer one."""
    return tuple(found.span() for found in _any_of(names).finditer(text))


@functools.cache
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    ways = "|".join(rf"{_either_case(name)}" for name in names) or r"(?!)"
    return re.compile(rf"(?<![\w-])(?:{ways})(?![\w-])")


def _either_case(name: str) -> str:
    first = name[:1]
    return f"[{re.escape(first.lower())}{re.escape(first.upper())}]{re.escape(name[1:])}"


def place_of(text: str, label: str, names: tuple[str, ...]) -> tuple[int, int] | None:
    """The one place where a text has this label and not a longer one; None where there are more or none."""
    found = [span for span in label_spans(text, names) if text[slice(*span)].lower() == label.lower()]
    return found[0] if len(found) == 1 else None


def plural(label: str) -> bool:
    """Whether a label is told as several: "missed payments in the last 24 months"."""
    return "plural" in SPEECH.label_tags(label) or re.match(r"(?:people|children)\b", label) is not None


def forms(facts: Facts) -> Mapping[str, str]:
    """How the case is spoken of: "you", "your application", "this house"."""
    return SPEECH.case_forms(facts.subject.noun if facts.subject else "case")


def thing(reason: Reason, facts: Facts) -> str:
    """A reason as a noun: "your income"; a statement is quoted."""
    if "verbal" in SPEECH.label_tags(reason.label):
        return f"the fact “{reason.label}: {reason.value}”"
    return f"{forms(facts)['possessive']} {reason.label}"


def settled(facts: Facts) -> tuple[Reason, ...]:
    """The reasons whose direction is known, by rank."""
    found = [r for r in facts.reasons or () if r.direction != "none" and r.weight]
    return tuple(sorted(found, key=lambda r: r.rank))


def tied(one: Reason, other: Reason) -> bool:
    """Whether the record leaves the order of the two open; what is tied with the same is no clear order either."""
    return (
        other.feature in one.tied_with
        or one.feature in other.tied_with
        or bool({*one.tied_with} & {*other.tied_with})
        or not apart(abs(one.weight), abs(other.weight))
    )


def favoured(facts: Facts) -> bool:
    """Whether reasons speak for and against someone."""
    return any(r.direction in ("for", "against") for r in facts.reasons or ())


def capital(text: str) -> str:
    """With a capital first letter, as a sentence has it."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """With a small first letter, as a clause within a sentence has it."""
    return text[:1].lower() + text[1:]
