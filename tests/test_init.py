"""`plainwhy init`: a draft that loads and talks at once, guesses what it says, and never says what only people can."""

from __future__ import annotations

import io
import json
import shlex
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pandas as pd
import pytest
import xgboost
from sklearn.linear_model import LogisticRegression

from assistant.dialogue import Assistant
from assistant.domains.description import read_description
from assistant.interfaces.cli import main

ROWS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    code: int
    out: str
    err: str


class Terminal(io.StringIO):
    """Standard input where somebody sits."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def init(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """`plainwhy init` of a table into tmp_path / "mine", `typed` in a terminal. What is the same is made ready once."""
    monkeypatch.chdir(tmp_path)

    def run(table: pd.DataFrame, target: str, *words: str, typed: str | None = None) -> Done:
        table.to_csv("train.csv", index=False)
        given = ["--data", "train.csv", "--target", target, "-o", "mine", "--store", "store"]
        with monkeypatch.context() as shell:
            shell.setattr(sys, "argv", ["plainwhy", "init", *given, *words])
            shell.setattr(sys, "stdin", io.StringIO() if typed is None else Terminal(typed))
            with pytest.raises(SystemExit) as ended:
                main()
        told = capsys.readouterr()
        return Done(code=int(ended.value.code or 0), out=told.out, err=told.err)

    return run


def people(rows: int = ROWS) -> pd.DataFrame:
    random = np.random.default_rng(5)
    table = pd.DataFrame(
        {
            "customer_id": [f"c{i:03}" for i in random.permutation(rows)],
            "hours-per-week": random.integers(10, 60, rows),
            "incomeKEur": random.normal(40, 8, rows).round(1),
            "gender": random.choice(["f", "m"], rows),
            "home_own": random.integers(0, 2, rows),
            "joined": [f"2024-01-{day:02}" for day in random.integers(1, 29, rows)],
            "batch": "b7",
            "thal": random.choice([3, 6, 7], rows),
        }
    )
    table["home_rent"] = 1 - table["home_own"]
    table["spending"] = table["incomeKEur"] * 0.7
    table.loc[3, "thal"] = None
    table["churn"] = (table["incomeKEur"] + random.normal(0, 4, rows) > 40).astype(int)
    return table


def drafted(tmp_path: Path) -> dict[str, Any]:
    return tomllib.loads((tmp_path / "mine" / "domain.toml").read_text(encoding="utf-8"))


def test_a_table_is_drafted_trained_and_answered_in_one_go(init: Callable[..., Done], tmp_path: Path) -> None:
    done = init(people(), "churn")
    assert done.code == 0, done.err
    draft = drafted(tmp_path)
    assert draft["data"] == {"path": "../train.csv", "target": "churn", "id": "customer_id"}
    assert draft["model"] == {"train": "gradient_boosting", "cutoff": 0.5}
    assert set(draft["features"]) == {"hours-per-week", "incomeKEur", "gender", "home", "thal", "spending"}
    assert draft["features"]["hours-per-week"]["label"] == "hours per week"
    assert draft["features"]["home"]["columns"] == ["home_own", "home_rent"]
    assert draft["features"]["gender"]["sensitive"]
    assert draft["features"]["thal"]["kind"] == "category"
    assert draft["features"]["thal"]["missing"] == "unknown"
    assert draft["features"]["incomeKEur"]["group"] == draft["features"]["spending"]["group"]
    assert draft["features"]["incomeKEur"]["step"] == 0.1
    for left_out in ("joined", "batch"):
        assert left_out in done.out
    assert "Why? (case c" in done.out
    assert "“churn: " in done.out
    assert "cases it had not seen" in done.out


def test_what_is_favourable_and_what_may_change_is_never_guessed(init: Callable[..., Done], tmp_path: Path) -> None:
    init(people(), "churn")
    draft, text = drafted(tmp_path), (tmp_path / "mine" / "domain.toml").read_text(encoding="utf-8")
    assert not any("favourable" in outcome for outcome in draft["outcomes"].values())
    assert not any("change" in feature for feature in draft["features"].values())
    assert text.count("# favourable = true  # fill in") == 2
    assert text.count('# change = "free"  # fill in') == len(draft["features"]) - 1, "all but the sensitive one"


def test_the_lines_to_fill_load_when_they_are_filled(init: Callable[..., Done], tmp_path: Path) -> None:
    init(people(), "churn")
    path = tmp_path / "mine" / "domain.toml"
    text = path.read_text(encoding="utf-8")
    filled = text.replace("# favourable", "favourable", 1).replace('# change = "free"', 'change = "up"')
    path.write_text(filled.replace("# verb", "verb"), encoding="utf-8")
    found = read_description(path)
    assert [o.favourable for o in found.outcomes.values()] == [True, None]
    assert {f.change for f in found.features.values() if not f.sensitive} == {"up"}


def test_in_a_terminal_it_asks_and_takes_down_what_is_said(init: Callable[..., Done], tmp_path: Path) -> None:
    done = init(people(), "churn", typed="7\n2\nhours per week up, home, luck\nhours per week up, home\n")
    assert done.code == 0, done.err
    draft = drafted(tmp_path)
    assert draft["outcomes"]["0"]["favourable"] is True
    assert "favourable" not in draft["outcomes"]["1"]
    assert draft["features"]["hours-per-week"]["change"] == "up"
    assert draft["features"]["home"]["change"] == "free"
    assert "'luck' is none of them" in done.err
    assert "gender" not in done.err, "a sensitive feature is nothing to change"


def test_in_a_terminal_every_question_may_be_skipped(init: Callable[..., Done], tmp_path: Path) -> None:
    assert init(people(), "churn", typed="\n\n").code == 0
    assert "favourable" not in json.dumps(drafted(tmp_path))


def test_json_tells_the_same_as_one_object(init: Callable[..., Done], tmp_path: Path) -> None:
    found = json.loads(init(people(), "churn", "--json").out)
    assert found["cases"] == ROWS
    assert found["id"] == "customer_id"
    assert found["left_out"] == {"joined": "date", "batch": "constant"}
    assert found["to_fill"] == ["favourable", "change"]
    assert found["held_out"]["n"] == ROWS
    assert found["first"]["record"]["outcome"]["name"].startswith("churn: ")


def test_odd_names_and_texts_are_written_so_that_they_are_read_again(init: Callable[..., Done], tmp_path: Path) -> None:
    random = np.random.default_rng(2)
    odd = ["a.b", 'say "hi"', "back\\slash", "new\nline", "größe (cm)", "年龄", "id", "title", "1", "-", "[x]", "#"]
    odd += ["a b", "a_b"]
    table = pd.DataFrame({name: random.normal(size=ROWS).round(2) for name in odd})
    table["kind"] = random.choice(['the "best"', "it's\\", "{x} | [y]", "# no comment", "= 1", "yes, no"], ROWS)
    table["on"] = random.choice(["True", "False"], ROWS)
    table['out"come'] = np.where(table["a.b"] + random.normal(0, 0.5, ROWS) > 0, 'yes "so"', "\\no #")
    done = init(table, 'out"come')
    assert done.code == 0, done.err
    draft = drafted(tmp_path)
    assert set(draft["features"]) == {*odd, "kind", "on"}
    assert set(draft["outcomes"]) == {'yes "so"', "\\no #"}
    assert set(draft["features"]["kind"]["values"]) == set(table["kind"])
    assert draft["features"]["größe (cm)"]["unit"] == "cm"
    assert draft["features"]["on"]["kind"] == "flag"
    labels = [feature["label"] for feature in draft["features"].values()]
    assert len(set(labels)) == len(labels), "a_b and a b are told apart"


def test_the_draft_answers_what_people_ask_first(init: Callable[..., Done], tmp_path: Path) -> None:
    init(people(), "churn")
    assistant = Assistant.for_domain(str(tmp_path / "mine"), store=tmp_path / "s")
    session = assistant.start(case="c007")
    for text in ("Why?", "What if the hours per week were 40?", "How sure is it?"):
        session = assistant.ask(session, text)
        assert session.last.record is not None, text


@pytest.mark.parametrize(
    ("target", "kinds"),
    [
        (lambda s: np.where(s > 0, "gold", "tin"), {"gold", "tin"}),
        (lambda s: np.digitize(s, [-0.5, 0.5]), {"y = 0", "y = 1", "y = 2"}),
        (lambda s: (100 + 20 * s).round(2), {"y"}),
    ],
)
def test_targets_of_every_kind_are_answered(
    init: Callable[..., Done], target: Callable[[Any], Any], kinds: set[str]
) -> None:
    random = np.random.default_rng(4)
    table = pd.DataFrame({"a": random.normal(size=60), "b": random.integers(0, 9, 60)})
    table["y"] = target(table["a"].to_numpy())
    found = json.loads(init(table, "y", "--json").out)
    assert set(found["outcomes"] or ["y"]) == kinds
    record = found["first"]["record"]
    assert (record["outcome"]["name"] in kinds) if found["outcomes"] else record["score"]["value"] > 0


@pytest.mark.parametrize(
    ("change", "target", "words", "code", "status"),
    [
        (lambda t: t, "nosuch", (), "E110", 2),
        (lambda t: t.assign(churn=1), "churn", (), "E130", 2),
        (lambda t: t.assign(churn=""), "churn", (), "E130", 2),
        (lambda t: t.assign(churn=[f"n{i}" for i in range(ROWS)]), "churn", (), "E130", 2),
        (lambda t: t.assign(churn=["", *t["churn"].astype(str)[1:]]), "churn", (), "E101", 2),
        (lambda t: t[["batch", "churn"]], "churn", (), "E130", 2),
        (lambda t: t.head(0), "churn", (), "E120", 2),
        (lambda t: t.head(8), "churn", (), "E120", 2),
        (lambda t: t, "churn", ("--id", "gender"), "E604", 2),
        (lambda t: t, "churn", ("--id", "nosuch"), "E110", 2),
        (lambda t: t, "churn", ("--model", "nosuch.json"), "E201", 1),
        (lambda t: t, "churn", ("--test", "nosuch.csv"), "E129", 2),
    ],
)
def test_what_cannot_be_drafted_is_said_in_words_and_nothing_is_left_behind(
    init: Callable[..., Done], tmp_path: Path, change: Callable[[Any], Any], target: str, words: tuple[str, ...],
    code: str, status: int,
) -> None:  # fmt: skip
    done = init(change(people()), target, *words)
    assert done.err.splitlines()[-1].startswith(f"{code}: "), done.err
    assert done.code == status
    assert "Traceback" not in done.err
    assert not (tmp_path / "mine").exists()


def test_a_column_of_numbers_is_never_lost_for_one_bad_cell(init: Callable[..., Done], tmp_path: Path) -> None:
    table = people().astype({"incomeKEur": object})
    table.loc[2, "incomeKEur"] = "lots"
    done = init(table, "churn")

    assert done.code == 2
    assert done.err.strip().splitlines()[-1].startswith("E105: *incomeKEur* in row 3 is not a number: 'lots'.")


def test_a_domain_that_is_there_is_not_overwritten(init: Callable[..., Done], tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "domain.toml").write_text("mine", encoding="utf-8")
    done = init(people(), "churn")
    assert (done.code, done.err[:4]) == (2, "E606")
    assert "--force" in done.err
    assert (tmp_path / "mine" / "domain.toml").read_text(encoding="utf-8") == "mine"
    assert init(people(), "churn", "--force").code == 0


def test_a_given_model_says_which_columns_count(init: Callable[..., Done], tmp_path: Path) -> None:
    table = people()
    inputs = ["incomeKEur", "hours-per-week"]
    model = xgboost.XGBClassifier(n_estimators=10).fit(table[inputs], table["churn"])
    model.save_model(tmp_path / "model.json")
    found = json.loads(init(table, "churn", "--model", str(tmp_path / "model.json"), "--json").out)
    assert set(found["features"]) == {*inputs, "gender"}
    assert found["left_out"]["spending"] == "unused"
    assert found["held_out"] is None
    draft = drafted(tmp_path)
    assert draft["model"]["path"] == "../model.json"
    assert draft["features"]["gender"]["input"] is False, "kept for fairness checks"


def test_a_model_that_only_counts_its_columns_gets_the_table_s_order_and_that_is_said(
    init: Callable[..., Done], tmp_path: Path
) -> None:
    table = people()[["incomeKEur", "hours-per-week", "churn"]]
    model = xgboost.XGBClassifier(n_estimators=10).fit(table.drop(columns="churn").to_numpy(), table["churn"])
    model.save_model(tmp_path / "model.json")
    told = init(table, "churn", "--model", str(tmp_path / "model.json")).out
    assert "does not name its columns" in told
    assert "in the order it was trained on" in (tmp_path / "mine" / "domain.toml").read_text(encoding="utf-8")


def test_a_column_without_a_name_gets_one(init: Callable[..., Done]) -> None:
    table = people().rename(columns={"incomeKEur": ""})
    assert "column 3" in str(json.loads(init(table, "churn", "--json").out)["features"])


def test_a_model_of_spread_categories_gets_the_columns_it_learned_from(
    init: Callable[..., Done], tmp_path: Path
) -> None:
    table = people()
    spread = pd.get_dummies(table[["incomeKEur", "gender"]], drop_first=True, dtype=float)
    model = xgboost.XGBClassifier(n_estimators=10).fit(spread, table["churn"])
    model.save_model(tmp_path / "model.json")
    found = json.loads(init(table, "churn", "--model", str(tmp_path / "model.json"), "--json").out)
    assert found["first"]["record"]["model"]["method"]
    gender = drafted(tmp_path)["features"]["gender"]
    assert (gender["columns"], list(gender["values"])) == (["gender_m"], ["m", "f"])


def test_a_pickle_is_never_allowed_silently(init: Callable[..., Done], tmp_path: Path) -> None:
    table = people()
    path = tmp_path / "model.joblib"
    joblib.dump(LogisticRegression().fit(table[["incomeKEur"]], table["churn"]), path)
    done = init(table, "churn", "--model", str(path))
    assert done.code == 1
    assert "E202" in done.err
    text = (tmp_path / "mine" / "domain.toml").read_text(encoding="utf-8")
    assert "\n# trusted_sha256 = [" in text
    assert "trusted_sha256" not in drafted(tmp_path)["model"]
    refused = init(table, "churn", "--model", str(path), "--force", typed="n\n\n\n")
    assert refused.code == 1
    allowed = init(table, "churn", "--model", str(path), "--force", typed="y\n\n\n")
    assert allowed.code == 0, allowed.err
    assert len(drafted(tmp_path)["model"]["trusted_sha256"]) == 1


def test_held_out_rows_say_how_good_a_given_model_is(init: Callable[..., Done], tmp_path: Path) -> None:
    table, test = people(), people(40).assign(customer_id=[f"t{i}" for i in range(40)])
    xgboost.XGBClassifier(n_estimators=10).fit(table[["incomeKEur"]], table["churn"]).save_model(tmp_path / "m.json")
    test.to_csv(tmp_path / "test.csv", index=False)
    words = ("--model", str(tmp_path / "m.json"), "--test", str(tmp_path / "test.csv"), "--json")
    held_out = json.loads(init(table, "churn", *words).out)["held_out"]
    assert held_out["n"] == 40
    assert 0.5 < held_out["values"]["accuracy"] <= 1
    assert 0.5 <= held_out["baseline"] < 1


def test_the_commands_it_proposes_are_answered(init: Callable[..., Done], tmp_path: Path) -> None:
    proposed = [line for line in init(people(), "churn").out.splitlines() if line.startswith("  plainwhy ask ")]
    assert len(proposed) == 2
    assistant = Assistant.for_domain("mine/domain.toml", store=tmp_path / "s")
    for words in map(shlex.split, proposed):
        assert words[:4] == ["plainwhy", "ask", "--domain", "mine/domain.toml"]
        turn = assistant.ask(assistant.start(case=words[5]), words[6]).last
        assert turn.record is not None, words
        assert not turn.ask_back, words


def test_names_of_cases_are_found_with_blanks_around_them(init: Callable[..., Done], tmp_path: Path) -> None:
    table = people()
    done = init(table.assign(customer_id=" " + table["customer_id"]), "churn", "--id", "customer_id")
    assert done.code == 0, done.err
    assert Assistant.for_domain("mine/domain.toml", store=tmp_path / "s").start(case="c007").case.id == "c007"
