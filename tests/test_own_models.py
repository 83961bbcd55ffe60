"""Models of one's own, through Python: estimators, pipelines, boosters and plain functions are all explained."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import pandas as pd
import pytest
import xgboost
from sklearn.compose import make_column_transformer
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

from assistant.dialogue import Assistant

NUMBERS = ["age", "size"]


def table(rows: int = 300) -> pd.DataFrame:
    random = np.random.default_rng(3)
    found = pd.DataFrame({"age": random.integers(18, 80, rows), "size": random.normal(10, 2, rows).round(2)})
    found["home"] = random.choice(["own", "rent", "other"], rows)
    score = 0.05 * (found["age"] - 45) + 0.4 * (found["size"] - 10) + (found["home"] == "own")
    found["y"] = np.where(score + random.logistic(0, 0.5, rows) > 0, "yes", "no")
    found["three"] = pd.cut(score, [-99, -0.6, 0.6, 99], labels=["low", "mid", "high"]).astype(str)
    found["amount"] = 100 + 20 * score
    return found


def numbers_only(data: pd.DataFrame, target: str) -> tuple[Any, Any]:
    return data[NUMBERS], data[target]


def pipeline(encoder: Any, model: Any) -> Callable[[pd.DataFrame], Any]:
    columns = make_column_transformer((encoder, ["home"]), (StandardScaler(), NUMBERS))
    return lambda data: make_pipeline(columns, model).fit(data[[*NUMBERS, "home"]], data["y"])


MODELS: dict[str, tuple[str, list[str], Callable[[pd.DataFrame], Any]]] = {
    "logistic": ("y", NUMBERS, lambda d: LogisticRegression().fit(*numbers_only(d, "y"))),
    "one-hot pipeline": ("y", [*NUMBERS, "home"], pipeline(OneHotEncoder(), LogisticRegression())),
    "ordinal pipeline": (
        "y",
        [*NUMBERS, "home"],
        pipeline(OrdinalEncoder(), RandomForestClassifier(20, random_state=0)),
    ),
    "xgboost": ("y", NUMBERS, lambda d: xgboost.XGBClassifier(n_estimators=20).fit(d[NUMBERS], d["y"] == "yes")),
    "lightgbm": (
        "y",
        NUMBERS,
        lambda d: lightgbm.LGBMClassifier(n_estimators=20, verbose=-1).fit(*numbers_only(d, "y")),
    ),
    "three outcomes": ("three", NUMBERS, lambda d: LogisticRegression().fit(*numbers_only(d, "three"))),
    "regression": ("amount", NUMBERS, lambda d: LinearRegression().fit(*numbers_only(d, "amount"))),
    "function": ("y", NUMBERS, lambda d: lambda t: 1 / (1 + np.exp(-0.05 * (t["age"] - 45) - 0.4 * (t["size"] - 10)))),
}


@pytest.mark.parametrize("kind", MODELS)
def test_any_model_is_explained_in_the_features_people_know(kind: str, tmp_path: Path) -> None:
    target, inputs, fit = MODELS[kind]
    data = table()
    model = fit(data)
    known = (
        data[[*inputs, target]].replace({"yes": True, "no": False}) if kind == "xgboost" else data[[*inputs, target]]
    )
    assistant = Assistant.for_model(model, known, target=target, store=tmp_path / "s")
    session = assistant.ask(assistant.start(case="5"), "Why?")
    record = session.last.record
    assert record is not None
    assert {reason["feature"] for reason in record["reasons"]} == set(inputs)
    total = sum(r["weight"] for r in record["reasons"]) + record["reasons_rest"] + record["residual"]
    assert total == pytest.approx(record["score"]["value"] - record["score"]["base"], abs=1e-6)
    assert record["score"].get("calibrated") in (None, False)
    assert "%" not in session.last.answer.text
    for text in (
        "How sure is it?",
        "What matters most overall?",
        "What if the age were 40?",
        "What do you know about me?",
    ):
        session = assistant.ask(session, text)
        assert session.last.record is not None, text


def test_nothing_favourable_is_guessed_so_the_words_stay_neutral(tmp_path: Path) -> None:
    target, inputs, fit = MODELS["logistic"]
    assistant = Assistant.for_model(fit(table()), table()[[*inputs, target]], target=target, store=tmp_path / "s")
    record = assistant.ask(assistant.start(case="5"), "Why?").last.record
    assert record is not None
    assert {reason["direction"] for reason in record["reasons"]} <= {"up", "down", "none"}


def test_a_description_can_be_given_with_the_model(tmp_path: Path) -> None:
    target, inputs, fit = MODELS["logistic"]
    toml = 'title = "Loans"\nsubject = "applicant"\n[outcomes]\nno = { name = "refused" }\n'
    toml += 'yes = { name = "granted", favourable = true }\n'
    assistant = Assistant.for_model(
        fit(table()), table()[[*inputs, target]], target=target, toml=toml, store=tmp_path / "s"
    )
    answer = assistant.ask(assistant.start(case="5"), "Why?").last.answer
    assert "granted" in answer.text or "refused" in answer.text
