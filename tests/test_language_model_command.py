"""`plainwhy language-model`: turned on only where it answers; off is off."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.interfaces.cli import app
from assistant.narration.language_model import VARIABLE, LocalModel, configured
from assistant.settings import chosen_language_model
from tests.tiny_language_model import tiny_model


@pytest.fixture(autouse=True)
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLAINWHY_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv(VARIABLE, raising=False)
    return tmp_path


def run(*words: str) -> str:
    result = CliRunner().invoke(app, ["language-model", *words])
    return str(result.exception) if result.exception else result.stdout


def test_a_folder_is_measured_turned_on_and_off(room: Path) -> None:
    folder = tiny_model(room / "tiny")

    assert "is on. The first answer took" in run("use", str(folder))
    assert run("status") == f"{folder.resolve()} is on.\n"
    found = configured(chosen_language_model())
    assert isinstance(found, LocalModel)
    assert found.name == str(folder.resolve())
    assert run("off") == run("status") == "No language model is asked.\n"
    assert configured(chosen_language_model()) is None


def test_what_gives_no_answer_stays_off(room: Path) -> None:
    (room / "empty").mkdir()

    assert "E230" in run("use", str(room / "empty"))
    assert "E230" in run("use", "http://127.0.0.1:9/v1#none")
    assert "Which language model" in run("use")
    assert run("status") == "No language model is asked.\n"


def test_the_variable_is_stronger_than_what_was_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "http://127.0.0.1:9/v1#named")

    assert run("status") == "http://127.0.0.1:9/v1#named is on.\n"
    assert "while it is set" in run("off")
