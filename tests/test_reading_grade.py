"""What a person is told reads at grade 8 or below (Flesch and Kincaid, 1975), in short sentences, without jargon."""

from __future__ import annotations

import re
import statistics
from typing import Any

import pyphen
import pytest

from assistant.narration.narrate import narrate, talk
from assistant.session import Reader
from prompts import Words
from tests.record_texts import strings
from tests.records import RECORDS

WORDS = Words.load("en")
SYLLABLES = pyphen.Pyphen(lang="en_GB")
PLAIN = "label"
"""Stands for any name or value that comes from the domain: one word of two syllables."""
JARGON = (
    "log-odds",
    "shap",
    "margin",
    "positive influence",
    "because your",
    "feature",
    "attribution",
    "base value",
    "residual",
    "standard error",
    "calibrat",
    "probability",
    "contribution",
    "confidence interval",
    "our algorithm",
)


def levelled(text: str, record: dict[str, Any]) -> str:
    """The text with every name and value as one plain word."""
    for name in sorted({s.rstrip(".") for s in strings(record) if s}, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", PLAIN, text, flags=re.IGNORECASE)
    units = r"(?:%| EUR(?: a year)?| kg/m²| mm Hg| mg/dl| years?| months?| cm| m²)?"
    return re.sub(rf"-?\d[\d,.]*\d{units}|-?\d{units}", PLAIN, text)


def grade(text: str) -> float:
    sentences = [s for s in re.split(r"[.!?]+(?:\s|$)", text) if re.search(r"\w", s)]
    words = re.findall(r"[A-Za-z’']+", text)
    syllables = sum(2 if w == PLAIN else len(SYLLABLES.positions(w.lower())) + 1 for w in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def told() -> list[tuple[str, str]]:
    """Every answer a person sees at once, levelled."""
    found = [(f.kind, levelled(narrate(f, Reader(name="person"), WORDS).text, f.record())) for f in RECORDS]
    computed = {f.kind for f in RECORDS}
    others = [kind for kind in WORDS.plans if kind not in computed]
    return found + [(kind, talk(kind, (), {}, Reader(name="person"), WORDS).text) for kind in others]


TOLD = told()


@pytest.mark.parametrize(("kind", "text"), TOLD, ids=[f"{i}-{kind}" for i, (kind, _) in enumerate(TOLD)])
def test_a_person_never_needs_more_than_grade_eight(kind: str, text: str) -> None:
    assert grade(text) <= 8, text


def test_most_answers_are_easier_still() -> None:
    grades = sorted(grade(text) for _, text in TOLD)

    assert grades[int(0.95 * len(grades)) - 1] <= 7
    assert statistics.median(grades) <= 6


def test_sentences_for_a_person_are_short() -> None:
    lengths = [
        len(re.findall(r"\w[\w’']*", sentence))
        for _, text in TOLD
        for sentence in re.split(r"[.!?]+(?:\s|$)", text)
        if sentence.strip()
    ]

    assert statistics.mean(lengths) <= 15


@pytest.mark.parametrize("reader", ["person", "support"])
@pytest.mark.parametrize("facts", RECORDS, ids=lambda f: f.kind)
def test_plain_readers_meet_no_jargon_and_no_false_cause(facts: Any, reader: Any) -> None:
    answer = narrate(facts, Reader(name=reader), WORDS)
    shown = " ".join(s.text for layer in answer.opened for s in answer.layer(layer) if not s.text.startswith("Flag"))

    assert not [word for word in JARGON if word in shown.lower()]
