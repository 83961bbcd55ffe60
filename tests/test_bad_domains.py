"""Descriptions, data, models and numbers that would give wrong answers in silence: refused in words, or put right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xgboost
from sklearn.linear_model import LogisticRegression

from assistant.dialogue import Assistant
from assistant.questions.reasons import toward
from assistant.session import Reader, ReaderName
from assistant.understanding.text import tokens
from explainers.errors import PlainwhyError
from tests.talking import assistant, encoder

TRAINED = '[model]\ntrain = "logistic"\n'


def people(rows: int = 240) -> pd.DataFrame:
    random = np.random.default_rng(4)
    found = pd.DataFrame({"age": random.integers(18, 80, rows), "debt": random.integers(0, 9_000, rows)})
    found["smoker"] = random.random(rows) < 0.15
    score = 0.05 * (found["age"] - 45) - found["debt"] / 3_000 + found["smoker"]
    found["y"] = np.where(score + random.logistic(0, 0.5, rows) > -1, "yes", "no")
    found["cost"] = 100 + 20 * found["smoker"] + score
    return found


def domain(folder: Path, table: pd.DataFrame, rest: str = "", target: str = "y", model: str = TRAINED) -> str:
    table.to_csv(folder / "train.csv", index=False)
    outcomes = '[outcomes]\nyes = { name = "yes" }\nno = { name = "no" }\n' if target == "y" else ""
    head = f'title = "Mine"\nsubject = "person"\n[data]\npath = "train.csv"\ntarget = "{target}"\n'
    (folder / "domain.toml").write_text(f"{head}{rest}\n{model}{outcomes}")
    return str(folder / "domain.toml")


def opened(name: str, folder: Path) -> Assistant:
    return Assistant.for_domain(name, store=folder / "store", encoder=encoder())


def refused(name: str, folder: Path) -> PlainwhyError:
    with pytest.raises(PlainwhyError) as caught:
        opened(name, folder)
    return caught.value


@pytest.mark.parametrize(("ids", "row"), [(["A 1", " A 1 "], 2), (["A 1", ""], 2)])
def test_two_cases_never_share_a_name(tmp_path: Path, ids: list[str], row: int) -> None:
    table = people()
    table["id"] = [*ids, *(f"B {i}" for i in range(len(table) - len(ids)))]
    found = refused(domain(tmp_path, table, 'id = "id"'), tmp_path)

    assert found.code == "E604"
    assert f"row {row}" in found.message


@pytest.mark.parametrize("described", [False, True])
def test_a_file_without_column_names_needs_a_description_of_their_order(tmp_path: Path, described: bool) -> None:
    table = people().drop(columns=["smoker", "cost"])
    model = xgboost.XGBClassifier(n_estimators=5).fit(table[["debt", "age"]].to_numpy(), table["y"] == "yes")
    model.get_booster().save_model(tmp_path / "model.json")
    features = '[features.debt]\nkind = "number"\n[features.age]\nkind = "number"\n' if described else ""
    name = domain(tmp_path, table, model=f'[model]\npath = "model.json"\n{features}')
    if described:
        mine = opened(name, tmp_path)
        expected = model.predict_proba(table[["debt", "age"]].to_numpy())[:, 1]
        assert mine.domain.cases.scores[:, mine.domain.schema.targets.index("yes")] == pytest.approx(expected, abs=1e-6)
    else:
        assert refused(name, tmp_path).code == "E113"


def test_a_damaged_model_is_called_by_the_name_of_the_user_s_file(tmp_path: Path) -> None:
    (tmp_path / "mymodel.json").write_text("{")
    found = refused(domain(tmp_path, people(), model='[model]\npath = "mymodel.json"\n'), tmp_path)

    assert found.code == "E201"
    assert "mymodel.json" in found.message


@pytest.mark.parametrize(
    ("table", "code"), [(people()[:5], "E120"), (people().assign(y="yes"), "E130")], ids=["few rows", "one outcome"]
)
def test_data_that_nothing_can_be_learned_of_are_refused(tmp_path: Path, table: pd.DataFrame, code: str) -> None:
    assert refused(domain(tmp_path, table), tmp_path).code == code


def test_a_column_that_nobody_described_is_left_aside_with_a_note(tmp_path: Path) -> None:
    features = '[features.age]\nkind = "number"\n[features.debt]\nkind = "number"\n'
    table = people().assign(id=[f"P{i}" for i in range(240)])
    mine = opened(domain(tmp_path, table, 'id = "id"', model=f"{TRAINED}{features}"), tmp_path)

    assert mine.domain.notes == ("Not used: smoker, cost.",)
    assert assistant("loan").domain.notes == ()


def test_a_rule_cannot_decide_a_number(tmp_path: Path) -> None:
    rule = '[[rules]]\nwhen = "age > 70"\nthen = "cost"\ntext = "Old."\n'
    name = domain(tmp_path, people().drop(columns="y"), target="cost", model=f"{TRAINED}{rule}")

    assert refused(name.replace("logistic", ""), tmp_path).code == "E604"


def test_a_feature_that_never_changes_in_the_reference_group_is_explained_where_it_does(tmp_path: Path) -> None:
    reference = '[reference]\nrows = "smoker == 0"\n'
    mine = opened(domain(tmp_path, people().drop(columns="cost"), model=f"{TRAINED}{reference}"), tmp_path)
    smoker = mine.domain.cases.ids[int(np.argmax(mine.domain.cases.frame["smoker"].to_numpy()))]
    record = mine.ask(mine.start(case=smoker), "Why?").last.record

    assert record is not None
    assert next(r for r in record["reasons"] if r["feature"] == "smoker")["weight"] != 0
    told = mine.ask(mine.start(case=smoker), "What matters most overall?").last.answer.text
    assert "the comparison group" in told
    assert "all cases" not in told


def test_of_three_outcomes_only_the_favourable_one_is_for_or_against(tmp_path: Path) -> None:
    table = people().drop(columns="cost")
    table["y"] = pd.cut(table["age"], [0, 35, 55, 99], labels=["bronze", "silver", "gold"]).astype(str)
    outcomes = '[outcomes]\ngold = { name = "gold", favourable = true }\nsilver = { name = "silver" }\n'
    outcomes += 'bronze = { name = "bronze" }\n'
    name = domain(tmp_path, table)
    path = Path(name)
    path.write_text(path.read_text().split("[outcomes]")[0] + outcomes)
    mine = opened(name, tmp_path)
    from assistant.questions import Context

    context = Context(domain=mine.domain, case=mine.case("0"), reader=Reader())
    assert toward(context, "gold", 0.1) == "for"
    assert toward(context, "silver", 0.1) == "up"


def test_a_decision_on_record_that_differs_is_not_spoken_of_as_the_model_s(tmp_path: Path) -> None:
    table = people().drop(columns="cost")
    table["decided"] = np.where(table["y"] == "yes", "no", "yes")
    mine = opened(domain(tmp_path, table, 'decision = "decided"'), tmp_path)
    cases, targets = mine.domain.cases, mine.domain.schema.targets
    said = [targets[int(row.argmax())] for row in cases.scores]
    rows = zip(cases.ids, cases.recorded or (), said, strict=True)
    apart = next(id_ for id_, recorded, answer in rows if recorded != answer)
    for text in ("Why?", "How sure is it?", "What did the model say?", "What if my age were 40?"):
        with pytest.raises(PlainwhyError, match="E220"):
            mine.ask(mine.start(case=apart), text)


def test_a_computed_value_that_contradicts_its_parts_is_refused() -> None:
    loan = assistant("loan")
    known: dict[str, Any] = {**loan.domain.case("3").values, "income": 45_000, "existing_debt": 9_000}
    assert loan.start(values={**known, "debt_to_income": 20}).case.values["debt_to_income"] == pytest.approx(20)
    with pytest.raises(PlainwhyError, match=r"E103.*comes to 20"):
        loan.start(values={**known, "debt_to_income": 99})


@pytest.mark.parametrize("reader", ["person", "boss"])
@pytest.mark.parametrize("language", ["", "..", "en/../en", "/", "tlh"])
def test_a_language_or_a_reader_that_there_is_not_is_refused(reader: ReaderName, language: str) -> None:
    with pytest.raises(PlainwhyError, match="E407"):
        assistant("loan").start(case="3", reader=Reader(reader, language))
    with pytest.raises(PlainwhyError, match="E408"):
        assistant("loan").start(case="3", reader=Reader("boss", "en"))  # type: ignore[arg-type]  # what must be refused


@pytest.mark.parametrize("values", [[1], "income", None])
def test_a_case_is_names_and_values(values: Any) -> None:
    with pytest.raises(PlainwhyError, match=r"E106|E404"):
        assistant("loan").start(values=values)


def test_a_table_without_names_is_refused() -> None:
    with pytest.raises(PlainwhyError, match="E113"):
        Assistant.for_model(object(), np.zeros((3, 2)), target="y")  # type: ignore[arg-type]  # what must be refused


@pytest.mark.parametrize(
    ("text", "number"),
    [("2e1", "2e1"), ("1e400", "1e400"), ("5e4", "5e4")],
)
def test_a_number_is_never_cut_short(text: str, number: str) -> None:
    assert [t.text for t in tokens(f"what if income were {text}?") if t.is_number] == [number]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("What if my income were 5e4?", "50,000 EUR"),
        ("What if my income were 60_000?", "60,000 EUR"),
        ("What if my income were 1/0?", "Which"),
        ("What if my income were 60000%?", "To what value"),
        ("What if my income were 50000 or 60000?", "Which"),
        ("What if my income were +10%?", "34,5"),
    ],
)
def test_odd_numbers_are_read_whole_or_asked_about(text: str, told: str) -> None:
    loan = assistant("loan")
    turn = loan.ask(loan.start(case="3"), text).last
    assert told in turn.answer.text + " ".join(offer.reading for offer in turn.ask_back) + (
        "Which" if turn.ask_back else ""
    )


def test_a_minus_of_any_kind_is_a_minus() -> None:
    loan = assistant("loan")
    with pytest.raises(PlainwhyError, match="E103"):
        loan.ask(loan.start(case="3"), "What if my income were − 60000?")


def _not_scored_at_thirty(fault: str) -> Any:
    def scores(rows: pd.DataFrame) -> Any:
        odd = (rows["age"] == 30).to_numpy()
        if fault == "raises" and odd.any():
            raise ZeroDivisionError
        found = 1 / (1 + np.exp(-0.05 * (rows["age"].to_numpy() - 45)))
        return np.where(odd, {"nan": np.nan, "outside": 1.7}.get(fault, 0.5), found)

    return scores


@pytest.mark.parametrize("fault", ["nan", "outside", "raises"])
def test_a_case_without_a_score_stays_without_an_explanation_and_the_others_have_theirs(
    fault: str, tmp_path: Path
) -> None:
    table = people()[["age", "y"]]
    odd = np.flatnonzero(table["age"] == 30)
    opened = Assistant.for_model(_not_scored_at_thirty(fault), table, target="y", store=tmp_path / "s")

    assert opened.domain.notes[-1].startswith(f"The model gives no score for {len(odd)} of 240 cases")
    with pytest.raises(PlainwhyError, match="person can be asked") as caught:
        opened.ask(opened.start(case=str(odd[0])), "Why?")
    assert caught.value.code in ("E210", "E212", "E214")
    assert opened.ask(opened.start(case="0"), "Why?").last.record is not None
    count = opened.ask(opened.start(case="0", reader=Reader(name="expert")), "How many rows are there?").last.record
    assert count is not None
    assert count["population"]["n"] == 240 - len(odd)


def test_a_model_that_scores_nothing_is_refused_at_once(tmp_path: Path) -> None:
    for model, code in ((lambda rows: np.full(len(rows), np.nan), "E212"),
                        (lambda rows: np.where(rows["age"] > 40, "yes", "no"), "E213")):  # fmt: skip
        with pytest.raises(PlainwhyError) as caught:
            Assistant.for_model(model, people()[["age", "y"]], target="y", store=tmp_path / "s")
        assert caught.value.code == code


def test_a_column_that_holds_nothing_or_text_is_named(tmp_path: Path) -> None:
    model = LogisticRegression().fit(people()[["age", "debt"]], people()["y"])
    for cell, code in ((np.nan, "E101"), ("much", "E210")):
        table = people()[["age", "debt", "y"]].assign(debt=cell)
        with pytest.raises(PlainwhyError, match=r"\*debt\*") as caught:
            Assistant.for_model(model, table, target="y", store=tmp_path / "s")
        assert caught.value.code == code


def test_the_decision_on_record_may_be_told_by_the_outcome_s_name_and_a_stray_one_by_its_row(tmp_path: Path) -> None:
    table = people().assign(y=lambda t: (t["y"] == "yes").astype(int))
    table["decision"] = np.where(table["y"] == 1, "approved", "declined")
    named = '[outcomes]\n1 = { name = "approved" }\n0 = { name = "declined" }\n'
    table.to_csv(tmp_path / "train.csv", index=False)
    text = f'title = "Mine"\n[data]\npath = "train.csv"\ntarget = "y"\ndecision = "decision"\n{TRAINED}{named}'
    (tmp_path / "domain.toml").write_text(text)

    opened = Assistant.for_domain(tmp_path / "domain.toml", store=tmp_path / "s")
    assert set(opened.domain.cases.recorded or ()) == {"approved", "declined"}

    table.loc[6, "decision"] = "maybe"
    table.to_csv(tmp_path / "train.csv", index=False)
    with pytest.raises(PlainwhyError, match="'maybe' in row 7 is not one of"):
        Assistant.for_domain(tmp_path / "domain.toml", store=tmp_path / "s")
