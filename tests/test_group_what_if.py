"""A what-if over a group: what asking row by row comes to, what is left out counted too, bounded by the reader."""

from __future__ import annotations

import functools
from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from assistant.answering import carry_out
from assistant.dialogue import words_in
from assistant.domains.domain import Domain
from assistant.domains.ready import open_in_memory
from assistant.question import Asked, Condition, Node, Question
from assistant.questions import Move, WhatIf
from assistant.questions.rows import holding
from assistant.session import Reader, ReaderName
from explainers.errors import InputError, PlainwhyError, QuestionError, RangeError
from tests.talking import assistant
from tests.test_group_why import context, flowers
from tests.test_questions_of_rows import FOCUS, GUARDED, NOBODY, READERS, RICH

YOUNG = Condition(feature="age", op="<", value=25.0)
HEAVY = Condition(feature="bmi", op=">", value=33.0)
LESS = {"feature": "amount", "change": "decrease", "value": 2000.0}
RICHER = {"feature": "income", "change": "multiply", "value": 1.1}
LIGHTER = {"feature": "bmi", "change": "decrease", "value": 3.0}

TWENTY = """
title = "twenty rows"
subject = "case"
[outcomes]
yes = { name = "granted", favourable = true }
no = { name = "refused", favourable = false }
[features.income]
kind = "number"
range = [0, 100]
missing = "unknown"
[features.debt]
kind = "number"
range = [0, 100]
[features.left]
kind = "number"
range = [-100, 100]
missing = "unknown"
[[links]]
set = "left"
as = "income - debt"
[[rules]]
when = "debt > 18"
then = "refused"
text = "No more debt than 18."
"""


def granted(frame: pd.DataFrame) -> np.ndarray:
    """Yes where at least 5 are left."""
    return np.where(frame["left"].fillna(0.0) >= 5, 0.9, 0.1)


@functools.cache
def twenty() -> Domain:
    """Income 0 to 38 in steps of 2 (rows 3 and 4 unknown), a debt of 0 to 19; so 0 to 19 are left."""
    income, debt = np.arange(0.0, 40.0, 2.0), np.arange(20.0)
    income[3:5] = np.nan
    table = pd.DataFrame({"income": income, "debt": debt, "left": income - debt})
    table["y"] = np.where(table["left"].fillna(0) >= 5, "yes", "no")
    return open_in_memory(granted, table, "y", TWENTY)


ALL = Condition(feature="debt", op=">=", value=0.0)


def asked(
    domain: Domain, nodes: tuple[Node, ...], *changes: dict[str, Any], reader: ReaderName = "expert", also: Any = ()
) -> dict[str, Any]:
    operations = (*(Asked(op="what_if", args=change) for change in changes), *also)
    about = replace(context(domain), reader=Reader(reader, "en"))
    said = carry_out(Question(filters=nodes, operations=operations), about, words_in("en"))
    text = " ".join(sentence.text for sentence in said.answer.sentences)
    return {**(said.facts.record() if said.facts else {}), "text": text}


def row_by_row(domain: Domain, nodes: tuple[Node, ...], *changes: dict[str, Any]) -> dict[str, Any]:
    """The same by asking about each case alone."""
    question, found = WhatIf(moves=tuple(Move(**change) for change in changes)), []
    left: Counter[str] = Counter()
    for place in np.flatnonzero(holding(nodes, domain)):
        try:
            fact = question.facts(context(domain).about(domain.case(domain.cases.ids[place]))).what_if
        except RangeError:
            left["outside"] += 1
        except (InputError, QuestionError):
            left["stuck"] += 1
        else:
            assert fact is not None
            found.append(fact)
    return {
        "n": len(found),
        **left,
        "before": Counter(f.outcome_before for f in found),
        "after": Counter(f.outcome_after for f in found),
        "flips": Counter((f.outcome_before, f.outcome_after) for f in found if f.outcome_before != f.outcome_after),
        "rises": sum(f.after > f.before for f in found),
        "means": (np.mean([f.before for f in found]), np.mean([f.after for f in found])),
    }


@pytest.mark.parametrize("changes", [(LESS,), (RICHER,), (LESS, RICHER)], ids=["amount", "income", "both"])
def test_outcomes_are_those_of_asking_row_by_row(changes: tuple[dict[str, Any], ...]) -> None:
    domain = assistant("loan").domain
    record, alone = asked(domain, (YOUNG,), *changes)["group_what_if"], row_by_row(domain, (YOUNG,), *changes)

    assert record["n"] == alone["n"]
    assert (record.get("stuck"), record.get("outside")) == (alone.get("stuck"), alone.get("outside"))
    for when in ("before", "after"):
        assert {c["name"]: c["n"] for c in record[f"counts_{when}"]} == dict(alone[when])
    assert {(f["from"], f["to"]): f["n"] for f in record["flips"]} == dict(alone["flips"])
    assert record["raised"] == alone["rises"]
    assert (record["before"], record["after"]) == pytest.approx(alone["means"])


def test_the_mean_of_a_quantity_is_that_of_asking_row_by_row() -> None:
    domain = assistant("progression").domain
    record, alone = asked(domain, (HEAVY,), LIGHTER)["group_what_if"], row_by_row(domain, (HEAVY,), LIGHTER)

    assert (record["before"], record["after"]) == pytest.approx(alone["means"])
    assert (record["n"], record["raised"]) == (alone["n"], alone["rises"])
    assert not {"counts_before", "counts_after", "flips"} & record.keys()
    text = asked(domain, (HEAVY,), LIGHTER, reader="person")["text"]
    assert "disease progression score would be" in text


def test_links_follow_rules_decide_and_rows_that_cannot_move_are_counted() -> None:
    """Income is 2, 4, … 38, what is left 0, 1, … 19; two incomes are not known, and three would pass the highest seen.

    Of the 15 others the first three have less than 5 left, and 6 more each.
    """
    more = {"feature": "income", "change": "increase", "value": 6.0}
    record = asked(twenty(), (ALL,), more)
    found = record["group_what_if"]

    assert (found["n"], found["stuck"], found["outside"]) == (15, 2, 3)
    assert {c["name"]: c["n"] for c in found["counts_before"]} == {"granted": 12, "refused": 3}
    assert {c["name"]: c["n"] for c in found["counts_after"]} == {"granted": 15, "refused": 0}
    assert found["flips"] == [{"from": "refused", "to": "granted", "n": 3}]
    assert found["linked"] == ["left"]
    text = asked(twenty(), (ALL,), more, reader="person")["text"]
    assert "Left out of this: 2 in which that change cannot be made, and 3 in which" in text
    assert "in 15 of the 20 cases" in text


def test_a_rule_decides_changed_rows_too() -> None:
    """All would owe 19: a rule refuses them, whatever is left."""
    record = asked(twenty(), (ALL,), {"feature": "debt", "change": "set", "value": 19.0})["group_what_if"]

    assert {c["name"]: c["n"] for c in record["counts_after"]} == {"granted": 0, "refused": 20}


def test_of_three_outcomes_every_change_is_counted() -> None:
    domain = flowers()
    wide = Condition(feature="width", op=">", value=4.0)
    narrow = {"feature": "width", "change": "multiply", "value": 0.5}
    record, alone = asked(domain, (wide,), narrow)["group_what_if"], row_by_row(domain, (wide,), narrow)

    assert {c["name"]: c["n"] for c in record["counts_after"] if c["n"]} == dict(alone["after"])
    assert {(f["from"], f["to"]): f["n"] for f in record["flips"]} == dict(alone["flips"])
    assert len(record["counts_after"]) == 3


@pytest.mark.parametrize("reader", GUARDED)
@pytest.mark.parametrize("few", [RICH, NOBODY], ids=["three rows", "no row"])
def test_a_change_in_fewer_than_ten_cases_is_not_told_to_a_person_or_an_agent(
    reader: ReaderName, few: Condition
) -> None:
    record = asked(assistant("loan").domain, (few,), LESS, reader=reader)

    assert record["population"] == {"filter": record["population"]["filter"], "too_few": True}
    assert "group_what_if" not in record
    assert "oo few" in record["text"]
    assert "promise" not in record["text"]


@pytest.mark.parametrize("reader", GUARDED)
def test_where_fewer_than_ten_cases_can_be_changed_nothing_is_told_of_them(reader: ReaderName) -> None:
    """Only rows 0 to 8 stay inside what was seen."""
    much = {"feature": "income", "change": "increase", "value": 20.0}
    record = asked(twenty(), (ALL,), much, reader=reader)

    assert record["group_what_if"].keys() <= {"moves", "too_few", "linked", "unused"}
    assert record["group_what_if"]["too_few"] is True
    assert "oo few" in record["text"]
    assert asked(twenty(), (ALL,), much)["group_what_if"]["n"] < 10


def test_an_expert_is_told_that_a_change_can_be_made_in_no_row() -> None:
    record = asked(assistant("loan").domain, (RICH,), {"feature": "income", "change": "increase", "value": 4e5})

    assert "none of the 3 rows" in record["text"]


@pytest.mark.parametrize("reader", READERS)
def test_counting_and_chances_after_a_change_are_told_of_the_changed_group(reader: ReaderName) -> None:
    domain = assistant("loan").domain
    also = (Asked(op="count"), Asked(op="predict"), Asked(op="confidence", args={"class": "approved"}))
    plain = asked(domain, (YOUNG,), RICHER, reader=reader)
    record = asked(domain, (YOUNG,), RICHER, reader=reader, also=also)
    after = next(c["n"] for c in record["group_what_if"]["counts_after"] if c["name"] == "approved")

    assert record["kind"] == "what_if"
    assert record["group_what_if"] == {**plain["group_what_if"], "asked": "approved"}
    assert f"{after}" in record["text"]


@pytest.mark.parametrize("kind", ["why", "importance", "performance", "show"])
def test_what_cannot_be_worked_out_of_changed_rows_is_declined_in_words(kind: str) -> None:
    record = asked(assistant("loan").domain, (YOUNG,), RICHER, reader="person", also=(Asked(op=kind),))

    assert "kind" not in record
    assert "after a change" in record["text"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"feature": "debt_to_income", "change": "set", "value": 20.0}, "E405"),
        ({"feature": "income", "change": "set", "value": -1.0}, "E103"),
        ({"feature": "income", "change": "set", "value": 499_999.0}, "E301"),
    ],
)
def test_what_is_wrong_for_every_row_is_said_as_for_a_case(change: dict[str, Any], code: str) -> None:
    with pytest.raises(PlainwhyError) as caught:
        asked(assistant("loan").domain, (YOUNG,), change, reader="person")
    assert caught.value.code == code


@pytest.mark.parametrize("reader", READERS)
def test_no_row_of_the_group_is_shown(reader: ReaderName) -> None:
    record = asked(assistant("loan").domain, (YOUNG,), LESS, reader=reader)

    assert not {"subject", "tables", "known", "outcome", "what_if"} & record.keys()


def test_what_the_model_is_not_given_changes_nothing() -> None:
    domain = assistant("loan").domain
    record = asked(domain, (YOUNG,), {"feature": "sex", "change": "set", "value": "male"}, reader="person")

    assert record["group_what_if"]["flips"] == []
    assert record["group_what_if"]["before"] == record["group_what_if"]["after"]
    assert "not given sex" in record["text"]


@pytest.mark.parametrize("name", FOCUS)
def test_facts_are_the_same_for_every_reader(name: str) -> None:
    domain = assistant(name).domain
    feature = next(f.name for f in domain.schema.features if f.input and f.kind == "number")
    whole = Condition(feature=feature, op=">=", value=-1e9)
    change = {"feature": feature, "change": "multiply", "value": 0.99}
    facts = [asked(domain, (whole,), change, reader=reader)["group_what_if"] for reader in READERS]

    assert facts[0] == facts[1] == facts[2]
