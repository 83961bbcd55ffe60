"""What the reading of questions is learned from, and what was learned: up to date, small, the same every time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.understanding.examples import digest_of, read_phrasings
from assistant.understanding.head import Head
from assistant.understanding.labels import best_sets, kind_of, label_of
from assistant.understanding.learned import LANGUAGES, file_of, learned, write
from assistant.understanding.learning import network
from assistant.understanding.learning.compose import Composer, Made
from assistant.understanding.learning.places import examples_of_roles, examples_of_spans, learned_roles, learned_spans
from assistant.understanding.lexicon import read_lexicon
from assistant.understanding.quoted import quoted_change, quoted_rows
from assistant.understanding.slots import fill_slots
from assistant.understanding.spans import Spans
from assistant.understanding.text import clean, tokens
from tests.understanding_domains import domain


@pytest.fixture(scope="module")
def made() -> list[Made]:
    return list(Composer("en", read_phrasings("en")[::40]).questions(1))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_learned_is_of_the_phrasings_as_they_are_now(language: str) -> None:
    kept = str(learned(language)["phrasings"])
    assert kept == digest_of(read_phrasings(language)), (
        "an ask.txt has changed: python -m assistant.understanding.train"
    )
    assert file_of(language).stat().st_size < 5_000_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_can_be_read_in_every_language(language: str) -> None:
    assert {kind_of(label) for label in Head.shipped(language).labels} == {p.kind for p in read_phrasings("en")}


def test_the_same_seed_composes_the_same_questions(made: list[Made]) -> None:
    again = list(Composer("en", read_phrasings("en")[::40]).questions(1))
    assert [m.text for m in again] == [m.text for m in made]
    assert all("{" not in m.text for m in made)
    assert all(len(m.roles) == len(m.text) for m in made)
    assert any(len(m.labels) > 1 for m in made)


def test_every_phrasing_has_a_label(made: list[Made]) -> None:
    assert {label for m in made for label in m.labels} <= {label_of(p) for p in read_phrasings("en")} | {
        "what_if",
        "predict",
    }


def test_learning_twice_gives_the_same_bytes(made: list[Made], tmp_path: Path) -> None:
    some = made[:300]
    for name in ("one", "two"):
        roles = learned_roles(examples_of_roles(some, "en"))
        spans = learned_spans(examples_of_spans(some, "en"))
        write({**roles.arrays(), **spans.arrays()}, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_the_network_learns_what_is_there_to_learn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "EPOCHS", 40)
    random = np.random.default_rng(0)
    x = np.zeros((400, len(Head.shipped("en").inner)), "float32")
    x[:, :20] = random.normal(size=(400, 20))
    y = np.column_stack([x[:, 0] > 0, x[:, 1] > 0.5]).astype("float32")
    head = network.learned_head(x, y, ["why", "count"])
    right = [
        (head.odds(row.astype("float64"))["why"] > 0) == wanted for row, wanted in zip(x, y[:, 0] > 0, strict=True)
    ]
    assert np.mean(right) > 0.9


def test_two_questions_in_one_need_something_that_joins_them() -> None:
    odds = {"why": 3.0, "confidence": 0.5, "what_if": -4.0}
    assert best_sets(odds)[0][0] == ("why", "confidence")
    assert best_sets(odds, joined=False)[0][0] == ("why",)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("what would you predict for people over 40 with no debt?", "what would you predict for cases"),
        ("if their income were 20000 higher, how likely is approved?", "if income were 5 how likely is approved"),
    ],
)
def test_rows_and_changes_are_each_told_in_the_same_few_words(text: str, asked: str) -> None:
    schema, vocabulary = domain("loan")
    slots = fill_slots(clean(text), schema, vocabulary, read_lexicon("en"), frozenset())
    assert Spans.shipped("en").asked(slots, schema) == asked


@pytest.mark.parametrize(
    ("text", "kind", "conditions"),
    [
        ("show reviews that contain 'slow' but not 'cheap'", "show", [("contains", "slow"), ("not_contains", "cheap")]),
        ("how many mention the word refund?", "count", [("contains", "refund")]),
        ("what would you say about this: never again", "predict", [("==", "never again")]),
        ("which words count most?", "token_attribution", []),
    ],
)
def test_quoted_words_tell_which_texts(text: str, kind: str, conditions: list[tuple[str, str]]) -> None:
    assert [(c.op, c.value) for c in quoted_rows(text, kind)] == conditions  # type: ignore[union-attr]  # conditions


@pytest.mark.parametrize(
    ("text", "change", "value"),
    [
        ("what if I leave out the word slow?", "remove", "slow"),
        ("what if 'boring' wasn't there", "remove", "boring"),
        ("what if it said 'quite nice' instead?", "set", "quite nice"),
        ("去掉“慢”这个词会怎样", "remove", "慢"),
    ],
)
def test_quoted_words_are_put_in_or_taken_out(text: str, change: str, value: str) -> None:
    (asked,) = quoted_change(text)
    assert dict(asked.args) == {"feature": "@text", "change": change, "value": value}


def test_chinese_is_cut_into_the_words_of_its_lexicon() -> None:
    assert [t.text for t in tokens("如果我的收入是5万呢")] == ["如果", "我的", "收入", "是", "5", "万", "呢"]
    text = "30岁以上的人"
    assert all(text[t.start : t.end] == t.text for t in tokens(text))
