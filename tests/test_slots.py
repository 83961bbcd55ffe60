"""What a question names is found, typed and in the feature's unit."""

from __future__ import annotations

import pytest

from assistant.question import Asked
from assistant.understanding.changes import changes
from assistant.understanding.conditions import cases_filter, rows_filter
from assistant.understanding.lexicon import read_lexicon, stem
from assistant.understanding.slots import Slots, fill_slots
from assistant.understanding.text import clean, tokens
from assistant.understanding.values import amounts
from explainers.errors import QuestionError
from tests.understanding_domains import domain


def slots(text: str, name: str = "loan") -> Slots:
    return fill_slots(clean(text), *domain(name), read_lexicon("en"), frozenset())


def changed(text: str, name: str = "loan") -> list[tuple[object, ...]]:
    found = changes(slots(text, name), domain(name)[0], ())
    return [tuple(asked.args.values()) for asked in found[0]] if found else []


@pytest.mark.parametrize(
    ("text", "value"),
    [("45,000", 45000), ("45 000", 45000), ("40k", 40000), ("1.5k", 1500), ("40 thousand", 40000), ("2 million", 2e6),
     ("twelve", 12), ("twenty five", 25), ("three hundred", 300), ("fifty thousand", 50000), ("0.125", 0.125),
     ("3,5", 3.5), ("40.000", 40000), ("-4", -4)],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text: str, value: float) -> None:
    found = amounts(tokens(text), read_lexicon("en"))

    assert [a.value for a in found] == [value]


@pytest.mark.parametrize(
    ("text", "feature", "value"),
    [("3,000 a month", "income", 36000), ("3000 per month", "income", 36000), ("52,000 a year", "income", 52000),
     ("three years", "term_months", 36), ("36 months", "age", 3), ("40.000", "income", 40000), ("40 years", "age", 40)],
)  # fmt: skip
def test_numbers_are_turned_into_the_unit_of_the_feature(text: str, feature: str, value: float) -> None:
    (amount,) = amounts(tokens(text), read_lexicon("en"))

    assert amount.of(domain("loan")[0].feature(feature)) == value


def test_a_point_before_three_digits_is_a_decimal_point_where_thousands_cannot_be() -> None:
    (amount,) = amounts(tokens("12.345"), read_lexicon("en"))

    assert amount.of(domain("tissue")[0].feature("mean radius")) == 12.345


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what if my income were 50,000?", [("income", "set", 50000)]),
        ("what if the incme was 50k", [("income", "set", 50000)]),
        ("if I earned 50,000 and owed nothing", [("income", "set", 50000), ("existing_debt", "set", 0)]),
        ("what if I had no debt?", [("existing_debt", "set", 0)]),
        ("what if I earned twice as much income", [("income", "multiply", 2)]),
        ("what if my debt were halved", [("existing_debt", "multiply", 0.5)]),
        ("what if my debt were 10 % less", [("existing_debt", "multiply", 0.9)]),
        ("what if my income were 5,000 higher", [("income", "increase", 5000)]),
        ("what if I were 5 years older", [("age", "increase", 5)]),
        ("what if my income went up to 60,000", [("income", "set", 60000)]),
        ("what if my income were higher?", [("income", "increase")]),
        ("what if I rented", [("housing", "set", "rent")]),
        ("what if I were a woman", [("sex", "set", "female")]),
        ("what if I had a permanent contract", [("employed", "set", True)]),
        ("what if I had no permanent contract", [("employed", "set", False)]),
        ("what if I were 40", [("age", "set", 40)]),
        ("what if my loan term were three years", [("term_months", "set", 36)]),
    ],
)
def test_changes_of_the_loan_domain(text: str, expected: list[tuple[object, ...]]) -> None:
    assert changed(text) == expected


def test_several_changes_are_read_from_one_question() -> None:
    text = "what if the mean radius were 12 and the mean texture 20?"

    assert changed(text, "tissue") == [("mean radius", "set", 12), ("mean texture", "set", 20)]


def test_a_name_that_could_mean_several_features_gives_a_reading_each() -> None:
    found = changes(slots("what if the radius were 12?", "tissue"), domain("tissue")[0], ())

    assert {reading[0].args["feature"] for reading in found} == {"mean radius", "worst radius"}
    assert all(reading == (Asked(op="what_if", args=reading[0].args),) for reading in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("case 12", "12"), ("#12", "12"), ("applicant 2210", "2210"), ("applicant no. 5", "5"), ("id 7", "7"),
     ("what would it take for 77 to pass", "77"), ("why was A-1003 declined, applicant A-1003", "A-1003")],
)  # fmt: skip
def test_case_numbers_are_found(text: str, expected: str) -> None:
    assert [node.value for node in cases_filter(slots(text))] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("people over 30", [("age", ">", 30)]),
        ("people with an income of at least 40k", [("income", ">=", 40000)]),
        ("people aged between 30 and 40", [("age", ">=", 30), ("age", "<=", 40)]),
        ("women under 25", [("sex", "==", "female"), ("age", "<", 25)]),
        ("people with no debt", [("existing_debt", "==", 0)]),
        ("people who rent", [("housing", "==", "rent")]),
    ],
)
def test_groups_are_read_as_conditions(text: str, expected: list[tuple[object, ...]]) -> None:
    found = slots(text)
    nodes = rows_filter(found, domain("loan")[0])
    flat = [leaf for node in nodes for leaf in getattr(node, "nodes", (node,))]

    assert sorted((n.feature, n.op, n.value) for n in flat) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("why was I refused?", "declined"), ("why was I turned down", "declined"), ("did they say yes", "approved"),
     ("was I granted it", "approved"), ("why am I declined", "declined")],
)  # fmt: skip
def test_everyday_words_name_the_outcome(text: str, expected: str) -> None:
    assert [m.outcome for m in slots(text).outcomes] == [expected]


def test_negation_before_an_outcome_is_seen() -> None:
    assert slots("why was I not approved?").outcomes[0].negated
    assert not slots("why was I approved?").outcomes[0].negated


def test_endings_do_not_part_a_word_from_its_name() -> None:
    assert {stem(w) for w in ("rent", "rents", "rented", "renting")} == {"rent"}
    assert stem("years") == stem("year")


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u202e\u200b"])
def test_an_empty_question_is_an_error_that_names_the_limit(text: str) -> None:
    with pytest.raises(QuestionError, match="empty") as error:
        clean(text)
    assert error.value.code == "E401"
    assert "2,000" in error.value.hint


def test_a_question_over_the_limit_is_an_error_that_names_it() -> None:
    assert clean("a" * 2000)
    with pytest.raises(QuestionError, match="2,001") as error:
        clean("a" * 2001)
    assert error.value.code == "E401"


def test_marks_that_hide_or_turn_text_are_removed() -> None:
    assert clean("why\u202e was\x07 I\u200b declined?") == "why was I declined?"
