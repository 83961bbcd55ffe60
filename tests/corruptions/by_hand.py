"""The true sentences written by hand, made false: free wording, where only one word or number is wrong.

Each is true of its record, so one number that is quoted and not a bound, one comparison, one direction or one denial
turned round makes it false. What could still be true then, such as "not all", is left alone.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.facts import Facts
from assistant.facts.reading import facts_of
from tests.corruptions.numbers import NUMBER
from tests.corruptions.oracle import close, labels, leaves, settled

FOLDER = Path(__file__).parent.parent / "paraphrases"
FILES = ("plain", "free")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paraphrase:
    """A sentence that is true of its record."""

    id: str
    text: str
    facts: Facts


@functools.cache
def paraphrases(name: str) -> tuple[Paraphrase, ...]:
    """Those of one file, `plain` or `free`."""
    records = {row["record_id"]: facts_of(row["record"]) for row in _rows("records")}
    return tuple(Paraphrase(id=row["id"], text=row["text"], facts=records[row["record_id"]]) for row in _rows(name))


def _rows(name: str) -> list[Mapping[str, Any]]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text().splitlines()]


BOUND = re.compile(
    r"\b(?:than|over|under|above|below|least|most|nearly|almost|past|beyond|exceeds?|between|within|fewer|"
    r"short|shy|no further|some|case|cases|application|patient|applicant|only to|up to)\b[^,;]{0,25}$",
    re.IGNORECASE,
)


def misquoted(one: Paraphrase) -> Iterator[str]:
    """A quoted number replaced by one that is a good deal larger or smaller."""
    bounds = {float(v) for v in _conditions(one.facts)}
    for found in NUMBER.finditer(one.text):
        number = float(found[0].replace(",", ""))
        if number in bounds or BOUND.search(one.text[: found.start()]) or found[0][0] in "+-":
            continue
        decimals = len(found[0].partition(".")[2])
        for factor in (1.6, 0.55):
            wrong = round(number * factor, decimals)
            if (
                not close(wrong, number)
                and wrong > 1
                and not (wrong > 99 and one.text[found.end() :].startswith((" %", " percent")))
            ):
                yield one.text[: found.start()] + f"{wrong:,.{decimals}f}" + one.text[found.end() :]


def _conditions(facts: Facts) -> Iterator[str]:
    """Numbers that say where something holds: those of a filter, and the values at which an effect was tried."""
    for path, value, _ in leaves(facts.record()):
        if isinstance(value, str) and not path.endswith(("version", "reference")):
            yield from re.findall(r"\d+(?:\.\d+)?", value)
        elif re.search(r"\.at$|steep|turn", path) and isinstance(value, int | float):
            yield str(value)


TURNED = {
    "higher than": "lower than",
    "lower than": "higher than",
    "more than": "less than",
    "less than": "more than",
    "above the": "below the",
    "below the": "above the",
    "more heavily than": "less heavily than",
    "smaller than": "larger than",
    "larger than": "smaller than",
    "better than": "worse than",
    "worse than": "better than",
    "the highest": "the lowest",
    "the lowest": "the highest",
    "the strongest": "the weakest",
    "the biggest": "the smallest",
    "more frequent than": "less frequent than",
    "outweighed": "weighed less than",
    "ahead of": "behind",
    "more common": "less common",
    "fewer than": "more than",
}
GUARDED = re.compile(
    r"\b(?:not|no|none|nor|neither|never|cannot|can't|hardly|barely|scarcely|without|unlike|twice|half|third|quarter)\b|n't",
    re.IGNORECASE,
)


def turned(one: Paraphrase) -> Iterator[str]:
    """The one comparison of a sentence the other way round."""
    found = [phrase for phrase in TURNED if re.search(rf"\b{phrase}\b", one.text)]
    if len(found) == 1 and one.text.count(found[0]) == 1 and not GUARDED.search(one.text):
        yield one.text.replace(found[0], TURNED[found[0]])


PULLS = {
    "against you": "for you",
    "in your favour": "against you",
    "spoke for you": "spoke against you",
    "against approval": "for approval",
    "in favour of approval": "against approval",
    "helped": "hurt",
    "pulled the score down": "pushed the score up",
    "pushed the price up": "pulled the price down",
    "in the patient's favour": "against the patient",
    "counted against": "counted for",
    "lowered the": "raised the",
    "pushed the score up": "pulled the score down",
    "spoke for": "spoke against",
    "nudged the score up": "nudged the score down",
    "took off": "added",
    "in favour of": "against",
}


def pulled(one: Paraphrase) -> Iterator[str]:
    """The one direction of a sentence turned round, where every feature it names pulls that one way."""
    named = [
        label for label in labels(one.facts.record()) if re.search(rf"\b{re.escape(label)}\b", one.text, re.IGNORECASE)
    ]
    known = {r.label: r.direction for r in settled(one.facts)}
    found = [phrase for phrase in PULLS if phrase in one.text]
    longest = max(found, key=len, default="")
    alone = all(phrase in longest for phrase in found) and one.text.count(longest) == 1
    if found and alone and named and {known.get(label) for label in named} in _ONE_WAY and not GUARDED.search(one.text):
        yield one.text.replace(longest, PULLS[longest])


_ONE_WAY: tuple[set[str | None], ...] = ({"for"}, {"against"}, {"up"}, {"down"})
MANY = re.compile(
    r"\b(?:all|every|each|both|some|any|only|just|most|several|few|but|more|while|whereas|although|though|yet|if|or)\b",
    re.IGNORECASE,
)
VERB = re.compile(r"\b(was|were|is|are|would|could)\b(?! not)")


def denied(one: Paraphrase) -> Iterator[str]:
    """A simple statement with "not": one verb, no quantity words, no second clause."""
    verbs = VERB.findall(one.text)
    if len(verbs) == 1 and "," not in one.text and not MANY.search(one.text) and not GUARDED.search(one.text):
        yield VERB.sub(r"\1 not", one.text)
