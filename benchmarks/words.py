"""How well what is said is checked: `python -m benchmarks.words [--escaped] [--rejected]`.

False sentences of every kind, made by the tests, that are caught; true ones that are not accepted: our own, and those
written by hand; and how long it takes to check an answer.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

import numpy as np

from assistant.facts import Facts
from assistant.narration.faithful import Checker
from assistant.narration.narrate import narrate
from assistant.session import Reader, ReaderName
from prompts import Words
from tests.corruptions import Corruption, by_hand, corruptions
from tests.record_traps import TRAPS
from tests.records import RECORDS

WORDS = Words.load("en")
Sentence = tuple[Facts, str]
"""A sentence and the facts it is about."""


def main() -> None:
    """Prints the tables."""
    _caught(corruptions())
    _accepted({"our own words": _own(), **{f"by hand, {name}": _by_hand(name) for name in by_hand.FILES}})
    _times()


def _caught(found: Sequence[Corruption]) -> None:
    """A line for each kind of falsehood: how many, and the share that is not supported."""
    supported = _supported([(one.facts, one.text) for one in found])
    escaped = [one for one, passed in zip(found, supported, strict=True) if passed]
    made, missed = Counter(one.kind for one in found), Counter(one.kind for one in escaped)
    print(f"{'false sentences':24}{'n':>7}{'caught %':>10}")
    for kind, n in made.items():
        print(f"{kind:24}{n:>7}{100 * (1 - missed[kind] / n):>10.2f}")
    print(f"{'all':24}{len(found):>7}{100 * (1 - len(escaped) / len(found)):>10.2f}")
    if "--escaped" in sys.argv:
        for one in escaped:
            print(f"  {one.kind}: {one.text!r}\n      made of {one.original!r}")


def _accepted(sources: Mapping[str, Iterable[Sentence]]) -> None:
    """A line for each source of true sentences: how many, and the share that is rejected."""
    print(f"\n{'true sentences':24}{'n':>7}{'rejected %':>12}")
    for source, found in sources.items():
        sentences = list(found)
        rejected = [text for (_, text), passed in zip(sentences, _supported(sentences), strict=True) if not passed]
        print(f"{source:24}{len(sentences):>7}{100 * len(rejected) / len(sentences):>12.2f}")
        if "--rejected" in sys.argv:
            print("".join(f"  {text!r}\n" for text in rejected), end="")


def _own() -> Iterable[Sentence]:
    for facts in (*RECORDS, *TRAPS):
        for name in get_args(ReaderName):
            for sentence in narrate(facts, Reader(name=name), WORDS).sentences:
                yield facts, sentence.text


def _by_hand(name: str) -> Iterable[Sentence]:
    return ((one.facts, one.text) for one in by_hand.paraphrases(name))


def _supported(found: Sequence[Sentence]) -> list[bool]:
    """What the checker says of each; one checker for each record."""
    records = {id(facts): facts for facts, _ in found}
    checkers = {at: Checker.of(facts, WORDS) for at, facts in records.items()}
    return [checkers[id(facts)].judge(text).supported for facts, text in found]


def _times() -> None:
    """How long it takes to check one answer: our own, and one of false sentences, which are looked for to the end."""
    print(f"\n{'to check an answer':24}{'n':>7}{'p50 ms':>9}{'p95 ms':>9}")
    answers = [(f, narrate(f, Reader(name=n), WORDS).text) for f in (*RECORDS, *TRAPS) for n in get_args(ReaderName)]
    _line("our own words", [_seconds(facts, text) for facts, text in answers])
    by_record: dict[int, list[Corruption]] = {}
    for one in corruptions():
        by_record.setdefault(id(one.facts), []).append(one)
    wrong = [(found[0].facts, "\n".join(one.text for one in found[:10])) for found in by_record.values()]
    _line("ten false sentences", [_seconds(facts, text) for facts, text in wrong])


def _seconds(facts: Facts, text: str) -> float:
    start = time.perf_counter()
    Checker.of(facts, WORDS).check(text)
    return time.perf_counter() - start


def _line(title: str, seconds: list[float]) -> None:
    times = [1000 * second for second in seconds]
    print(f"{title:24}{len(times):>7}{np.median(times):>9.2f}{np.quantile(times, 0.95):>9.2f}")


if __name__ == "__main__":
    main()
