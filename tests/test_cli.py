"""The command line: the same answers as Python, errors in words, and an audit that finds what was changed."""

from __future__ import annotations

import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.interfaces.cli import main
from tests.talking import assistant, session


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def plainwhy(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """The command in this process, its arguments, standard input and environment as a shell would set them."""

    def run(*words: str, stdin: str = "", **env: str) -> Done:
        with monkeypatch.context() as shell:
            shell.setattr(sys, "argv", ["plainwhy", *words])
            shell.setattr(sys, "stdin", io.StringIO(stdin))
            for name, value in env.items():
                shell.setenv(name, value)
            with pytest.raises(SystemExit) as ended:
                main()
        told = capsys.readouterr()
        return Done(returncode=int(ended.value.code or 0), stdout=told.out, stderr=told.err)

    return run


def in_a_process(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from assistant.interfaces.cli import main; main()", *words]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **env}, check=False, timeout=120)


def without_time(turn: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in turn.items() if name not in ("seconds", "session")}


def test_a_question_is_answered_in_the_language_named(plainwhy: Callable[..., Done], tmp_path: Path) -> None:
    store = str(tmp_path / "store.sqlite")
    done = plainwhy("ask", "--domain", "loan", "--case", "3", "--language", "zh", "--store", store, "为什么？")

    assert done.returncode == 0
    assert "您的申请被拒绝；" in done.stdout
    assert "您可以接着问：有多大把握？" in done.stdout
    assert not re.search("[A-Za-z]", re.sub(r"会话 \w+", "", done.stdout))
    assert plainwhy("audit", "--store", store).returncode == 0


def test_domains_lists_the_embedded_ones(plainwhy: Callable[..., Done]) -> None:
    done = plainwhy("domains")
    assert done.returncode == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["biopsy", "progression", "loan"]


def test_the_command_line_gives_the_bytes_that_python_gives(tmp_path: Path) -> None:
    for threads in ("1", "2"):
        done = in_a_process(
            "ask", "--domain", "biopsy", "--case", "7", "--reader", "expert", "--json", "--store",
            str(tmp_path / threads), "Why?", OMP_NUM_THREADS=threads, OPENBLAS_NUM_THREADS=threads,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        mine = assistant("biopsy").ask(session("biopsy", "7", "expert"), "Why?").last
        theirs = json.loads(done.stdout)
        assert without_time(theirs) == without_time(json.loads(json.dumps(mine.to_json(""))))


def test_text_shows_the_reading_the_answer_and_what_to_ask_next(plainwhy: Callable[..., Done], tmp_path: Path) -> None:
    done = plainwhy("ask", "--domain", "loan", "--case", "3", "--store", str(tmp_path / "s"), "Why?")
    assert done.stdout.startswith("[why ")
    assert "declined" in done.stdout
    assert "How sure is it?" in done.stdout


def test_a_session_goes_on_in_another_process(plainwhy: Callable[..., Done], tmp_path: Path) -> None:
    store = str(tmp_path / "s")
    first = plainwhy("ask", "--domain", "loan", "--case", "3", "--json", "--store", store, "Why?")
    name = json.loads(first.stdout)["session"]
    second = in_a_process("ask", "--domain", "loan", "--session", name, "--json", "--store", store, "How sure is it?")
    assert json.loads(second.stdout)["turn"] == 2


def test_a_new_case_comes_from_a_file_or_from_stdin(plainwhy: Callable[..., Done], tmp_path: Path) -> None:
    values = {n: v for n, v in assistant("loan").domain.case("3").values.items() if n != "debt_to_income"}
    done = plainwhy(
        "ask", "--domain", "loan", "--values", "-", "--json", "--store", str(tmp_path / "s"), "Why?",
        stdin=json.dumps(values),
    )  # fmt: skip
    assert json.loads(done.stdout)["record"]["outcome"]["name"] == "declined"


@pytest.mark.parametrize(
    ("words", "code", "status"),
    [
        (("ask", "--domain", "biopsy", "--case", "9999", "Why?"), "E404", 2),
        (("ask", "--domain", "nosuch", "--case", "1", "Why?"), "E601", 2),
        (("ask", "--domain", "biopsy", "--case", "7", ""), "E401", 2),
        (("ask", "--domain", "biopsy", "--case", "7", "What if the mean radius were 500?"), "E103", 2),
        (("ask", "--domain", "biopsy", "--case", "7", "--language", "xx", "Why?"), "E407", 2),
        (("ask", "--domain", "loan", "--values", "nosuch.json", "Why?"), "E129", 2),
        (("ask", "--domain", "loan", "--case", "3", "--language", "en/../en", "Why?"), "E407", 2),
    ],
)
def test_errors_are_words_with_a_code_and_an_exit_status_never_a_traceback(
    plainwhy: Callable[..., Done], tmp_path: Path, words: tuple[str, ...], code: str, status: int
) -> None:
    done = plainwhy(*words[:-1], "--store", str(tmp_path / "s"), words[-1])
    assert done.returncode == status
    assert done.stderr.startswith(code)
    assert "Traceback" not in done.stderr
    done = plainwhy(*words[:-1], "--store", str(tmp_path / "s"), "--json", words[-1])
    assert set(json.loads(done.stderr)["error"]) == {"code", "message", "where", "hint"}


def test_an_audit_of_a_file_that_is_not_there_makes_none(plainwhy: Callable[..., Done], tmp_path: Path) -> None:
    done = plainwhy("audit", "--store", str(tmp_path / "nosuch.sqlite"))
    assert done.stderr.startswith("E129")
    assert list(tmp_path.iterdir()) == []


def test_a_name_twice_in_a_case_is_refused(plainwhy: Callable[..., Done], tmp_path: Path) -> None:
    done = plainwhy(
        "ask", "--domain", "loan", "--values", "-", "--store", str(tmp_path / "s"), "Why?",
        stdin='{"income": 1, "income": 2}',
    )  # fmt: skip
    assert done.stderr.startswith("E112")


def test_an_audit_computes_every_turn_again(plainwhy: Callable[..., Done], tmp_path: Path) -> None:
    store = str(tmp_path / "s")
    for text in ("Why?", "What if my income were 50,000?", "Thank you!"):
        assert plainwhy("ask", "--domain", "loan", "--case", "3", "--store", store, text).returncode == 0
    done = plainwhy("audit", "--store", store, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert [turn["verdict"] for turn in found["turns"]] == ["same"] * 3
    assert not found["chain"]["broken"]


def test_an_audit_says_what_is_missing_and_what_was_erased(plainwhy: Callable[..., Done], tmp_path: Path) -> None:
    store = str(tmp_path / "s")
    for case in ("3", "4"):
        plainwhy("ask", "--domain", "loan", "--case", case, "--store", store, "Why?")
    elsewhere = plainwhy("audit", "--store", store, PLAINWHY_CACHE=str(tmp_path / "empty"))
    assert elsewhere.stdout.count("cannot be recomputed here: model and data") == 2
    erased = plainwhy("erase", "--domain", "loan", "--case", "3", "--store", store)
    assert erased.stdout.startswith("1 entry")
    done = plainwhy("audit", "--store", store, "--json")
    assert sorted(turn["verdict"] for turn in json.loads(done.stdout)["turns"]) == ["erased", "same"]
    assert not json.loads(done.stdout)["chain"]["broken"]


def test_an_audit_finds_an_answer_that_was_changed(plainwhy: Callable[..., Done], tmp_path: Path) -> None:
    store = tmp_path / "s"
    plainwhy("ask", "--domain", "loan", "--case", "3", "--store", str(store), "Why?")
    with sqlite3.connect(store) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE contents SET body = replace(body, 'declined', 'approved')")
    done = plainwhy("audit", "--store", str(store))
    assert done.returncode == 1
    assert "BROKEN" in done.stdout
