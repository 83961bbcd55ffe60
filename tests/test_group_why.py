"""Why over a group: the mean of what is told of single cases, how far they share it, and who may be told."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from assistant.answering import carry_out
from assistant.dialogue import words_in
from assistant.domains.domain import Domain
from assistant.domains.ready import open_in_memory
from assistant.narration.narrate import narrate
from assistant.question import Asked, Condition, Node, Question
from assistant.questions import Context
from assistant.questions.group_why import explained, target_of
from assistant.questions.rows import answers, holding
from assistant.session import Reader, ReaderName
from explainers.overview.mean_attribution import chosen
from prompts import Words
from tests.record_groups import why
from tests.talking import assistant
from tests.test_questions_of_rows import GUARDED, NOBODY, READERS, RENT, RICH, told

HEAVY = Condition(feature="bmi", op=">", value=32.0)
LARGE = Condition(feature="mean radius", op=">", value=17.0)
OLD = Condition(feature="age", op=">", value=70.0)
GROUPS: dict[str, Node] = {"loan": OLD, "biopsy": LARGE, "progression": HEAVY}

FLOWERS = """
title = "flowers"
subject = "flower"
[outcomes]
a = { name = "anemone" }
b = { name = "bluebell" }
c = { name = "crocus" }
"""


def petals(frame: pd.DataFrame) -> np.ndarray:
    """The wider the likelier an anemone, the longer the likelier a crocus."""
    raw = np.exp(np.column_stack([frame["width"] - 3, 0 * frame["width"], frame["length"] - 3]))
    return np.asarray(raw / raw.sum(axis=1, keepdims=True))


@functools.cache
def flowers() -> Domain:
    rng = np.random.default_rng(3)
    table = pd.DataFrame({"width": rng.uniform(0, 6, 90), "length": rng.uniform(0, 6, 90)})
    table["kind"] = np.array(list("abc"))[petals(table).argmax(axis=1)]
    return open_in_memory(petals, table, "kind", FLOWERS)


def context(domain: Domain, *nodes: Node, reader: ReaderName = "expert") -> Context:
    return Context(domain=domain, case=domain.case(domain.cases.ids[0]), reader=Reader(reader, "en"), scope=nodes)


def asked(domain: Domain, kind: str, *nodes: Node, reader: ReaderName = "expert", **args: Any) -> dict[str, Any]:
    question = Question(filters=nodes, operations=(Asked(op=kind, args=args),))
    said = carry_out(question, replace(context(domain), reader=Reader(reader, "en")), words_in("en"))
    assert said.facts is not None
    return {**said.facts.record(), "text": " ".join(s.text for s in said.answer.sentences)}


def single(domain: Domain, mask: Any) -> list[dict[str, float]]:
    """The weights of each row by itself, as a question about that one case has them."""
    about = context(domain)
    found = []
    for place in chosen(np.flatnonzero(mask), 100):
        alone = about.about(domain.case(domain.cases.ids[place]))
        found.append(alone.explain(target_of(about, mask)).row(0, domain.groups).weights)
    return found


@pytest.mark.parametrize("name", GROUPS)
def test_the_reasons_of_a_group_are_the_mean_of_those_of_its_cases(name: str) -> None:
    domain = assistant(name).domain
    record = told("why", "expert", GROUPS[name], domain=name)["group_why"]
    apart = single(domain, holding((GROUPS[name],), domain))

    assert record["explained"] == len(apart)
    for reason in record["reasons"]:
        weights = np.array([weights[reason["feature"]] for weights in apart])
        assert reason["weight"] == pytest.approx(weights.mean(), abs=1e-9)
        assert reason["spread"] == pytest.approx(weights.std(ddof=1), abs=1e-9)
    sizes = [abs(reason["weight"]) for reason in record["reasons"] if reason["rank"] <= 10]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("name", GROUPS)
def test_the_mean_reasons_add_up_to_the_mean_score(name: str) -> None:
    record = told("why", "person", GROUPS[name], domain=name)["group_why"]
    total = record["base"] + sum(r["weight"] for r in record["reasons"]) + record["rest"] + record["residual"]

    assert total == pytest.approx(record["score"], abs=1e-9)


def test_how_many_cases_share_a_reason_is_counted_over_their_own_explanations() -> None:
    domain = assistant("loan").domain
    about = context(domain)
    mask = holding((RENT,), domain)
    signs = []
    for place in chosen(np.flatnonzero(mask), 100):
        found = about.about(domain.case(domain.cases.ids[place])).explain("approved").row(0, domain.groups)
        signs += [np.sign(c.weight) for c in found.contributions if c.feature == "income" and c.settled]
    record = told("why", "expert", RENT)["group_why"]
    income = next(r for r in record["reasons"] if r["feature"] == "income")

    assert income["up"] == pytest.approx(signs.count(1) / 100)
    assert income["down"] == pytest.approx(signs.count(-1) / 100)
    assert income["agree"] == (income["up"] if income["weight"] > 0 else income["down"])


@pytest.mark.parametrize("reader", READERS)
def test_a_divided_group_is_said_to_be_divided(reader: ReaderName) -> None:
    record = told("why", reader, RENT)
    divided = {r["feature"] for r in record["group_why"]["reasons"] if r.get("divided")}

    assert {"debt", "income"} <= divided
    assert all(min(r["up"], r["down"]) >= 0.25 for r in record["group_why"]["reasons"] if r.get("divided"))
    assert "divided" in record["text"] or "Not all are alike" in record["text"]


def test_how_many_get_which_result_is_told_with_the_reasons() -> None:
    domain = assistant("loan").domain
    record = told("why", "person", RENT)
    counts = {c["name"]: c["n"] for c in record["population"]["counts"]}
    said = answers(domain)[holding((RENT,), domain)]

    assert counts == {name: int((said == name).sum()) for name in ("approved", "declined")}
    assert f"“declined” in {counts['declined']}" in record["text"]


def test_in_how_many_cases_a_rule_decides_is_told() -> None:
    domain = assistant("loan").domain
    record = told("why", "person", RENT)
    ratio = domain.cases.frame["debt_to_income"][holding((RENT,), domain)]

    assert record["group_why"]["ruled"] == int((ratio > 60).sum())
    assert "fixed rule decides" in record["text"]


@pytest.mark.parametrize("reader", GUARDED)
@pytest.mark.parametrize("few", [RICH, NOBODY], ids=["three rows", "no row"])
@pytest.mark.parametrize("kind", ["why"])
def test_no_reason_of_fewer_than_ten_cases_reaches_a_person_or_an_agent(
    kind: str, reader: ReaderName, few: Condition
) -> None:
    record = told(kind, reader, few)

    assert record["population"] == {"filter": record["population"]["filter"], "too_few": True}
    assert "group_why" not in record
    assert "oo few" in record["text"]


def test_an_expert_is_told_the_reasons_of_three_rows_and_that_there_is_none() -> None:
    assert told("why", "expert", RICH)["group_why"]["explained"] == 3
    assert "There is no case" in told("why", "expert", NOBODY)["text"]


def test_the_sample_is_the_same_for_everybody_and_its_size_is_told_to_experts() -> None:
    records = {reader: told("why", reader, RENT) for reader in READERS}

    assert len({str(r["group_why"]) for r in records.values()}) == 1
    assert records["expert"]["group_why"]["explained"] == 100
    assert "over 100 of the 1,674 rows" in records["expert"]["text"]
    assert "sample" not in records["person"]["text"]


@pytest.mark.parametrize("reader", READERS)
def test_one_feature_is_told_with_its_part_of_a_group_of_features(reader: ReaderName) -> None:
    record = told("why", reader, RENT, feature="existing_debt")
    domain = assistant("loan").domain
    apart = explained(context(domain), holding((RENT,), domain), "approved")
    assert apart is not None
    place = apart.features.index("existing_debt")

    assert record["group_why"]["asked"] == "debt"
    assert record["group_why"]["member"]["weight"] == pytest.approx(float(apart.weights[:, place].mean()))
    assert "ebt" in record["text"]


def test_what_all_cases_of_a_group_have_in_common_is_told_like_any_other_reason() -> None:
    reasons = told("why", "expert", RENT)["group_why"]["reasons"]

    assert "housing" in {r["feature"] for r in reasons}


def test_a_feature_that_the_model_is_not_given_did_not_count() -> None:
    assert "not" in told("why", "person", RENT, feature="age")["text"]


def test_of_three_outcomes_reasons_are_of_the_one_most_of_the_group_get() -> None:
    domain = flowers()
    wide = Condition(feature="width", op=">", value=4.5)
    record = asked(domain, "why", wide)

    assert record["group_why"]["of"] == "anemone"
    assert "other" not in record["group_why"]
    width = next(r for r in record["group_why"]["reasons"] if r["feature"] == "width")
    assert width["direction"] == "up"
    assert "anemone" in asked(domain, "why", wide, reader="person")["text"]


def test_a_quantity_is_raised_and_lowered_in_its_own_unit() -> None:
    record = told("why", "person", HEAVY, domain="progression")

    assert record["group_why"]["of"] == "disease progression score"
    assert "body mass index raises the disease progression score by" in record["text"]
    assert "for “" not in record["text"]


def test_a_sick_group_is_never_told_that_a_value_speaks_against_them() -> None:
    for name in ("biopsy", "progression"):
        text = told("why", "person", GROUPS[name], domain=name)["text"]
        assert "against “" not in text
        assert "speak" not in text.replace("I never speak", "")


def test_a_sensitive_reason_of_a_group_gets_fixed_words_and_no_numbers() -> None:
    facts = why()
    assert facts.group_why is not None
    first = replace(facts.group_why.reasons[1], sensitive=True)
    answer = narrate(replace(facts, group_why=replace(facts.group_why, reasons=(first,))), Reader(), Words.load("en"))
    told_of = [s.text for s in answer.sentences if "income" in s.text]

    assert len(told_of) == 1
    assert told_of[0].endswith("it is a matter for a person to look at.")


def test_only_questions_that_a_group_can_be_asked_are_offered_after_one() -> None:
    turn = assistant("loan").ask(assistant("loan").start(case="3"), "Why are people who rent declined?").last

    assert turn.record is not None
    assert "group_why" in turn.record
    assert turn.reading.startswith("why these cases got their results")
    assert "What spoke for and against?" not in turn.follow_ups
