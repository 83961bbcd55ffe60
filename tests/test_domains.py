"""Domains: made once, kept by content, completed from the data, and refused in words where they do not fit."""

from __future__ import annotations

import tomllib
from pathlib import Path

import joblib
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression

from assistant.domains.build import silent
from assistant.domains.cache import digest, is_whole, kept
from assistant.domains.description import read_description
from assistant.domains.loan.make import table as loan_table
from assistant.domains.reading import schema_of
from assistant.domains.ready import open_domain
from assistant.domains.source import DEMOS, _folder
from explainers.errors import PlainwhyError
from explainers.models.files import file_sha256
from tests.talking import assistant

DATA = 'title = "x"\n[data]\npath = "train.csv"\ntarget = "y"\n'
TRAINED = '[model]\ntrain = "logistic"\n'


def tiny(folder: Path, toml: str = "", rows: int = 300) -> Path:
    """A small domain of one's own: a score from two numbers and a category, its data in a CSV."""
    table = pd.DataFrame(
        {
            "n": range(rows),
            "age": [20 + i % 50 for i in range(rows)],
            "size": [i % 7 for i in range(rows)],
            "home": [("own", "rent", "other")[i % 3] for i in range(rows)],
        }
    )
    table["y"] = ((table["age"] + 5 * table["size"] + 10 * (table["home"] == "own")) > 60).map(
        {True: "yes", False: "no"}
    )
    folder.mkdir(parents=True, exist_ok=True)
    table.to_csv(folder / "train.csv", index=False)
    path = folder / "domain.toml"
    path.write_text(
        toml
        or f"# {folder}"  # so that no two tests share a cached domain
        + """
title = "Tiny"
subject = "person"
[data]
path = "train.csv"
target = "y"
id = "n"
[model]
train = "logistic"
[outcomes]
yes = { name = "granted", favourable = true }
no = { name = "refused" }
[features.age]
kind = "number"
[features.size]
kind = "number"
[features.home]
kind = "category"
values = { own = "own", rent = "rent", other = "other" }
"""
    )
    return path


@pytest.mark.parametrize("name", DEMOS)
def test_every_demo_keeps_names_units_and_values_of_its_vocabulary(name: str) -> None:
    domain = assistant(name).domain
    assert len(domain.model.reference) >= 200
    for feature in domain.schema.features:
        words = domain.vocabulary.features[feature.name]
        assert words.label.get(""), feature.name
        assert words.label.get("zh"), feature.name
        for category in feature.categories:
            assert words.values[category].get("zh"), (feature.name, category)


@pytest.mark.data
@pytest.mark.parametrize("name", DEMOS)
def test_the_demos_speak_the_vocabulary_of_the_questions(name: str, data_folder: Path) -> None:
    theirs = tomllib.loads((data_folder / "questions" / "domains" / f"{name}.toml").read_text(encoding="utf-8"))
    ours = tomllib.loads((_folder(name) / "domain.toml").read_text(encoding="utf-8"))
    for feature, table in theirs["features"].items():
        for key in ("label", "label_zh", "kind", "unit", "range", "values"):
            assert ours["features"][feature].get(key) == table.get(key), (feature, key)


def test_the_synthetic_applicants_are_the_same_at_every_call_and_keep_the_rule() -> None:
    table = loan_table()
    pd.testing.assert_frame_equal(table, loan_table())
    assert set(table.loc[table["debt_to_income"] > 60, "decision"]) == {"declined"}


def test_a_second_opening_makes_nothing(tmp_path: Path) -> None:
    path = tiny(tmp_path)
    steps: list[str] = []
    first = open_domain(str(path), lambda step, place, of: steps.append(step))
    assert len(steps) == 5
    second = open_domain(str(path), lambda step, place, of: steps.append(step))
    assert len(steps) == 5
    assert first.key == second.key


def test_other_data_are_another_domain(tmp_path: Path) -> None:
    first = open_domain(str(tiny(tmp_path / "a")), silent)
    second = open_domain(str(tiny(tmp_path / "b", rows=301)), silent)
    assert first.key != second.key


def test_a_damaged_cache_is_made_anew(tmp_path: Path) -> None:
    def make(folder: Path) -> None:
        (folder / "file").write_text("whole")

    folder = kept("tests", digest(str(tmp_path)), make)
    (folder / "file").write_text("damaged")
    assert not is_whole(folder)
    assert (kept("tests", digest(str(tmp_path)), make) / "file").read_text() == "whole"


def test_a_making_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    def fails(folder: Path) -> None:
        (folder / "half").write_text("half")
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        kept("tests", digest(str(tmp_path), "half"), fails)
    folder = kept("tests", digest(str(tmp_path), "half"), lambda room: (room / "whole").write_text("x") and None)
    assert not (folder / "half").exists()


def test_the_data_fill_in_what_the_description_leaves_out(tmp_path: Path) -> None:
    schema = open_domain(str(tiny(tmp_path))).schema
    age = schema.feature("age")
    assert (age.low, age.high, age.whole, age.missing) == (20, 69, True, "refuse")
    assert age.actionable == "no"


def test_a_domain_without_features_is_inferred_and_nothing_favourable_is_guessed(tmp_path: Path) -> None:
    path = tiny(tmp_path, 'title = "Bare"\n[data]\npath = "train.csv"\ntarget = "y"\n[model]\ntrain = "logistic"\n')
    domain = open_domain(str(path))
    assert domain.schema.favourable is None
    assert {f.name for f in domain.schema.features} == {"n", "age", "size", "home"}
    assert domain.favours("yes") is None


@pytest.mark.parametrize(
    ("toml", "code"),
    [
        ("title = ", "E602"),
        ('title = "x"\n[features.a]\nkind = "shape"', "E603"),
        (DATA, "E605"),
        (DATA.replace("train.csv", "gone.csv") + TRAINED, "E601"),
        (DATA.replace('"y"', '"z"') + TRAINED, "E110"),
        (DATA + TRAINED + '[outcomes]\na = {name = "a"}\nb = {name = "b"}', "E104"),
        (DATA + TRAINED + '[reference]\nrows = "age > 900"', "E120"),
        (DATA + '[model]\npath = "train.csv"', "E201"),
    ],
)  # fmt: skip
def test_a_description_that_does_not_fit_is_refused_in_words(tmp_path: Path, toml: str, code: str) -> None:
    path = tiny(tmp_path, toml)
    with pytest.raises(PlainwhyError) as caught:
        open_domain(str(path))
    assert caught.value.code == code
    assert caught.value.where


@pytest.mark.parametrize(("link", "code"), [('set = "b"\nas = "a * 2"', "E604"), ('set = "a"\nas = "open(1)"', "E610")])
def test_a_link_that_cannot_hold_is_refused_in_words(tmp_path: Path, link: str, code: str) -> None:
    path = tiny(tmp_path, f'title = "x"\n[features.a]\nkind = "number"\n[[links]]\n{link}')
    with pytest.raises(PlainwhyError) as caught:
        schema_of(read_description(path))
    assert caught.value.code == code


def test_an_unknown_domain_names_the_embedded_ones() -> None:
    with pytest.raises(PlainwhyError, match="biopsy"):
        open_domain("nosuch")


def test_the_reference_sample_can_be_the_favourable_cases(tmp_path: Path) -> None:
    path = tiny(tmp_path)
    path.write_text(path.read_text() + '\n[reference]\nrows = "prediction == granted"\n')
    domain = open_domain(str(path))
    assert (domain.model.score(domain.model.reference, "granted") >= 0.5).all()


def test_a_model_of_ones_own_is_loaded_only_by_its_hash_and_swapped_outcomes_are_refused(tmp_path: Path) -> None:
    path = tiny(tmp_path)
    table = pd.read_csv(tmp_path / "train.csv")
    model = LogisticRegression(max_iter=5_000).fit(table[["age", "size"]], (table["y"] == "yes").astype(int))
    joblib.dump(model, tmp_path / "model.joblib")
    base = path.read_text().split("[features.home]")[0].replace('train = "logistic"', 'path = "model.joblib"')
    path.write_text(base)
    with pytest.raises(PlainwhyError, match="E202"):
        open_domain(str(path))
    sha = file_sha256(tmp_path / "model.joblib")
    path.write_text(trusting(base, sha))
    domain = open_domain(str(path))
    assert domain.model.version == f"sha256:{sha}"
    assert not domain.calibrated  # every row may have been learned from
    swapped = LogisticRegression(max_iter=5_000).fit(table[["age", "size"]], (table["y"] == "no").astype(int))
    joblib.dump(swapped, tmp_path / "model.joblib")
    path.write_text(trusting(base, file_sha256(tmp_path / "model.joblib")))
    with pytest.raises(PlainwhyError, match="E215"):
        open_domain(str(path))


def trusting(toml: str, sha256: str) -> str:
    return toml.replace('path = "model.joblib"', f'path = "model.joblib"\ntrusted_sha256 = ["{sha256}"]')
