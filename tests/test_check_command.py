"""`plainwhy check`: anyone can hold any text against a record."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from assistant.interfaces.cli import app
from tests.records import RECORDS

WHY = next(facts for facts in RECORDS if facts.kind == "why" and facts.subject and facts.subject.id == "A-1003")


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "record.json"
    path.write_text(json.dumps(WHY.record()), encoding="utf-8")
    return path


def run(record: Path, text: str, *more: str) -> tuple[Result, list[dict[str, Any]]]:
    result = CliRunner().invoke(app, ["check", str(record), *more], input=text)
    return result, [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]


def test_true_sentences_end_with_0_and_name_their_facts(record: Path) -> None:
    result, told = run(record, "Your application was declined. Income spoke for you.")

    assert result.exit_code == 0
    assert [line["sentence"] for line in told] == ["Your application was declined.", "Income spoke for you."]
    assert told[0] | {"id": None, "supported": True, "why": ""} == told[0]
    assert "outcome.name" in told[0]["claims"][0]["facts"]
    assert "reasons[2].direction" in told[1]["claims"][0]["facts"]


def test_one_false_sentence_among_true_ones_ends_with_1_and_says_why(record: Path) -> None:
    result, told = run(record, "Your application was declined. Income spoke against you. The bank dislikes you.")

    assert result.exit_code == 1
    assert [line["supported"] for line in told] == [True, False, False]
    assert told[1]["why"] == "it counts the other way"
    assert told[2]["claims"] == []


def test_lines_keep_their_names(record: Path) -> None:
    lines = [{"id": "a", "text": "The application was declined."}, {"id": "b", "text": "It was approved."}]
    _, told = run(record, "\n".join(map(json.dumps, lines)))

    assert [(line["id"], line["supported"]) for line in told] == [("a", True), ("b", False)]


def test_a_turn_is_as_good_as_its_record(record: Path, tmp_path: Path) -> None:
    turn = tmp_path / "turn.json"
    turn.write_text(json.dumps({"answer": {}, "record": WHY.record()}), encoding="utf-8")

    assert run(turn, "The application was declined.")[1] == run(record, "The application was declined.")[1]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[1]",
        '{"record": 1}',
        json.dumps({**WHY.record(), "kind": "zzz"}),
        '{"record": 2, "kind": "why"}',
        "\x00",
    ],
)
def test_what_is_no_record_is_said_to_be_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "no.json"
    path.write_text(text, encoding="utf-8")
    result, _ = run(path, "The application was declined.")

    assert result.exit_code != 0
    assert re.search("E115|E106", str(result.exception or result.output))


def test_a_line_that_is_no_object_with_a_text_is_an_error(record: Path) -> None:
    result, _ = run(record, '{"id": "a"}')

    assert "E106" in str(result.exception or result.output)
