"""Importance over a group: the mean size of what is told of single cases, and who may be told."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.questions.rows import holding
from assistant.session import ReaderName
from tests.talking import assistant
from tests.test_group_why import GROUPS, asked, flowers, single
from tests.test_questions_of_rows import GUARDED, NOBODY, READERS, RENT, RICH, Condition, told


@pytest.mark.parametrize("name", GROUPS)
def test_importance_is_the_mean_size_of_the_reasons_of_its_cases(name: str) -> None:
    domain = assistant(name).domain
    population = told("importance", "expert", GROUPS[name], domain=name)["population"]
    apart = single(domain, holding((GROUPS[name],), domain))

    assert population["explained"] == len(apart)
    for item in population["importance"]:
        sizes = np.abs([weights[item["feature"]] for weights in apart])
        assert item["weight"] == pytest.approx(sizes.mean(), abs=1e-9)
    assert sum(item["share"] for item in population["importance"]) == pytest.approx(1)


@pytest.mark.parametrize("reader", GUARDED)
@pytest.mark.parametrize("few", [RICH, NOBODY], ids=["three rows", "no row"])
def test_importance_over_fewer_than_ten_cases_reaches_no_person_and_no_agent(
    reader: ReaderName, few: Condition
) -> None:
    record = told("importance", reader, few)

    assert record["population"] == {"filter": record["population"]["filter"], "too_few": True}
    assert "oo few" in record["text"]
    assert "case the order can differ" not in record["text"]


def test_importance_over_three_rows_is_told_to_an_expert() -> None:
    assert told("importance", "expert", RICH)["population"]["explained"] == 3
    assert "There is no case" in told("importance", "expert", NOBODY)["text"]


@pytest.mark.parametrize("reader", READERS)
def test_the_group_is_named_and_its_order_is_its_own(reader: ReaderName) -> None:
    rich = Condition(feature="income", op=">", value=80_000.0)
    group = told("importance", reader, rich)
    everybody = told("importance", reader)

    assert "income is above 80,000 EUR a year" in group["text"]
    assert group["population"]["importance"][0]["feature"] == "income"
    assert everybody["population"]["importance"][0]["feature"] == "debt"


def test_one_feature_has_its_place_in_the_group() -> None:
    record = told("importance", "person", RENT, feature="income")

    assert record["population"]["asked"] == "income"
    assert "income comes in place 2 of 10" in record["text"]


def test_of_three_outcomes_importance_over_a_group_is_told() -> None:
    wide = Condition(feature="width", op=">", value=4.5)

    assert {i["feature"] for i in asked(flowers(), "importance", wide)["population"]["importance"]} == {
        "width",
        "length",
    }
