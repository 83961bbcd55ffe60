"""The labels of the pages: every one is used, and every one that is used is there."""

from __future__ import annotations

import ast
from pathlib import Path

from assistant.narration.answer import LAYERS
from prompts import Words, languages
from prompts.shape import plain_shape

SPOKEN = {language: Words.load(language).page for language in languages()}
WEB = Path(__file__).parent.parent / "assistant" / "interfaces" / "web"


def texts() -> tuple[set[str], set[str]]:
    """The texts of the code, and those that are the beginning of a label's name."""
    whole, beginnings = set(), set()
    for path in WEB.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
                if node.value.endswith("_") and len(node.value) > 1:
                    beginnings.add(node.value)
    return whole, beginnings


def test_no_label_is_left_that_nothing_uses() -> None:
    whole, beginnings = texts()
    unused = [n for n in Words.load("en").page if n not in whole and not n.startswith(tuple(beginnings))]

    assert unused == []


def test_every_layer_size_and_reader_has_its_label() -> None:
    labels = Words.load("en").page

    assert {f"layer_{name}" for name in LAYERS} <= labels.keys()
    assert {"size_large", "size_medium", "size_small"} <= labels.keys()


def test_every_language_has_the_same_labels_with_the_same_gaps() -> None:
    for labels in SPOKEN.values():
        assert labels.keys() == SPOKEN["en"].keys()
        for name, text in labels.items():
            assert plain_shape(text).gaps == plain_shape(SPOKEN["en"][name]).gaps, name
