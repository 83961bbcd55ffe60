"""`plainwhy understand`: a line of JSON in, a line out, so that anyone can score what is understood."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.interfaces.cli import app
from assistant.interfaces.reading_lines import readings
from explainers.errors import DomainError, InputError

LOAN = """title = "loans"
subject = "applicant"
[outcomes]
yes = { name = "approved", favourable = true }
no = { name = "declined" }
[features.income]
label = "income"
kind = "number"
range = [0, 500000]
[features.age]
label = "age"
kind = "number"
unit = "years"
"""
REVIEWS = 'title = "reviews"\nsubject = "review"\n[features.text]\nlabel = "text"\nkind = "text"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "loan.toml").write_text(LOAN)
    (tmp_path / "reviews.toml").write_text(REVIEWS)
    return tmp_path


def read(folder: Path, **line: Any) -> dict[str, Any]:
    (found,) = readings([json.dumps({"id": "a", "schema": "loan", **line})], str(folder))
    told: dict[str, Any] = json.loads(found)
    return told


def ops(told: dict[str, Any]) -> list[str]:
    return [o["op"] for o in told["operations"]]


def test_a_question_is_read_against_the_description_its_schema_names(folder: Path) -> None:
    told = read(folder, text="what if my income were 50,000?")
    assert list(told) == ["id", "filters", "operations", "confidence", "ask_back"]
    assert told["id"] == "a"
    assert told["operations"][0] == {"op": "what_if", "args": {"feature": "income", "change": "set", "value": 50000}}
    assert told["ask_back"] is False
    assert ops(read(folder, schema="reviews", text="which words mattered most?")) == ["token_attribution"]


def test_a_turn_before_is_taken_by_its_meaning_or_read_first(folder: Path) -> None:
    gold = {"filters": [{"feature": "@id", "op": "==", "value": 12}], "operations": [{"op": "why", "args": {}}]}
    known = read(folder, text="same for case 13", turn_before={"text": "anything", "gold": gold})
    first = read(folder, text="same for case 13", turn_before={"text": "why was case 12 declined?"})
    assert known["filters"] == first["filters"] == [{"feature": "@id", "op": "==", "value": "13"}]
    assert ops(known) == ops(first) == ["why"]


def test_other_keys_of_a_line_are_ignored(folder: Path) -> None:
    gold = {"filters": [], "operations": [{"op": "letter", "args": {}}]}
    assert read(folder, text="why?", gold=gold, source="x") == read(folder, text="why?")


@pytest.mark.parametrize("text", ["", "x" * 2001, "😀😀"])
def test_what_cannot_be_read_is_asked_back(folder: Path, text: str) -> None:
    told = read(folder, text=text)
    assert (told["operations"], told["ask_back"]) == ([], True)


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '{"text": 5}'])
def test_a_line_that_is_no_question_is_named(folder: Path, line: str) -> None:
    with pytest.raises(InputError, match="Line 2") as caught:
        list(readings(['{"id": 1, "schema": "loan", "text": "why?"}', line], str(folder)))
    assert caught.value.code == "E106"


def test_a_schema_that_there_is_not_is_named(folder: Path) -> None:
    for schema in ("nowhere", "../loan/../nowhere"):
        with pytest.raises(DomainError, match=r"nowhere\.toml"):
            list(readings([json.dumps({"id": 1, "schema": schema, "text": "why?"})], str(folder)))


def test_an_embedded_domain_and_one_file_are_read_as_well(folder: Path) -> None:
    for domain in ("loan", str(folder / "loan.toml")):
        done = CliRunner().invoke(app, ["understand", "--domain", domain], input='{"id": 7, "text": "Why?"}\n')
        assert done.exit_code == 0
        assert [o["op"] for o in json.loads(done.stdout)["operations"]] == ["why"]
