"""The glossary: every word has its meaning for every reader, no spelling means two things, and questions reach it."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

import prompts
from assistant.session import ReaderName
from prompts import Words
from prompts.glossary import glossary, named_in, plain
from tests.talking import ask

TABLES = {
    language: tomllib.loads((Path(prompts.__file__).parent / language / "glossary.toml").read_text(encoding="utf-8"))
    for language in prompts.languages()
}
NAMES = [name for words in TABLES["en"].values() for name in words]
in_every_language = pytest.mark.parametrize("language", TABLES)


@in_every_language
@pytest.mark.parametrize("reader", get_args(ReaderName))
@pytest.mark.parametrize("name", NAMES)
def test_every_word_has_a_meaning_for_every_reader(name: str, reader: str, language: str) -> None:
    known = Words.load(language).shapes("term")
    assert [s for s in known if s.tags == {name} and (not s.readers or reader in s.readers)]


@in_every_language
def test_every_meaning_is_of_a_word(language: str) -> None:
    assert {tag for shape in Words.load(language).shapes("term") for tag in shape.tags} == set(NAMES)
    assert [name for words in TABLES[language].values() for name in words] == NAMES


@in_every_language
def test_no_spelling_means_two_things(language: str) -> None:
    table = TABLES[language]
    spelled = Counter(
        plain(s) for words in table.values() for name, more in words.items() for s in {plain(name), *map(plain, more)}
    )
    assert [spelling for spelling, n in spelled.items() if n > 1] == []


def test_a_language_without_a_glossary_knows_no_word() -> None:
    assert glossary("xx") == {}
    assert named_in("What is a score?", "xx") is None


def test_the_longest_word_of_a_text_is_meant() -> None:
    assert named_in("Please explain the confidence interval of a prediction", "en") == "confidence_interval"
    assert named_in("Is it a prediction?", "en") == "prediction"
    assert named_in("A scoreboard", "en") is None


@pytest.mark.parametrize(
    ("text", "kind", "about"),
    [
        ("What is a cut-off?", "define", "cut_off"),
        ("what do you mean by score?", "define", "score"),
        ("what does calibrated mean", "define", "calibration"),
        ("What's a confidence interval?", "define", "confidence_interval"),
        ("define probability", "define", "chance"),
        ("What is overfitting?", "domain", "overfitting"),
        ("what is a random forest?", "domain", "random_forest"),
    ],
)
def test_questions_for_a_word_reach_its_meaning(text: str, kind: str, about: str) -> None:
    record = ask("loan", "3", text).record
    assert record is not None
    assert (record["kind"], record["definition"]["term"]) == (kind, about)


@pytest.mark.parametrize(
    "text",
    [
        "What is the score?",
        "What is the result?",
        "What are the reasons?",
        "What is income?",
    ],
)
def test_questions_for_the_thing_itself_are_not_taken_for_its_meaning(text: str) -> None:
    record = ask("loan", "3", text).record
    assert record is not None
    assert record.get("definition", {}).get("about") != "word"
