"""Interactions: Friedman's H of models solved by hand, and which readers are told of which rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import pytest

from assistant.domains.domain import Domain
from assistant.domains.ready import open_in_memory
from assistant.facts import InteractionsFact
from assistant.narration.narrate import narrate
from assistant.questions import Context
from assistant.questions.interactions import Interactions as Asked
from assistant.session import Reader, ReaderName
from explainers.base import Array, Frame
from explainers.overview.interactions import FLOOR, MOST_FEATURES, MOST_ROWS, interactions
from prompts import Words
from tests.models_by_hand import ByHand, Grouped, applicants, numbers, repaid
from tests.opened import HOMES
from tests.talking import assistant
from tests.test_questions_of_rows import FOCUS, GUARDED, READERS, RENT, RICH, told

ROWS = numbers(200, 4)


@dataclass(frozen=True, kw_only=True, eq=False)
class Counted(ByHand):
    """Counts how often it is asked, and for how many rows."""

    asked: list[int] = field(default_factory=list)

    def margin(self, frame: Frame, target: str) -> Array:
        self.asked.append(len(frame))
        return super().margin(frame, target)


def found(
    formula: Any, *names: str, rows: Frame = ROWS, make: type[ByHand] = ByHand, sigmoid: bool = False
) -> dict[tuple[str, str], float]:
    model = make(margin_of=formula, reference=rows, sigmoid=sigmoid)
    measured = interactions(model, rows, names or ("a", "b", "c"), model.schema.targets[0])
    return {(pair.first, pair.second): pair.strength for pair in measured.pairs}


# The measure, on models solved by hand.


def test_features_that_are_added_up_do_not_interact_whatever_their_curves() -> None:
    assert found(lambda f: f["a"] ** 3 + np.sin(f["b"]) - 2 * f["c"]) == pytest.approx(
        {("a", "b"): 0.0, ("a", "c"): 0.0, ("b", "c"): 0.0}, abs=1e-9
    )


def test_a_product_of_centred_features_is_nothing_but_interaction() -> None:
    """Where both are +1 or -1 equally often in every combination, neither does anything alone."""
    signs = pd.DataFrame({"a": [1.0, 1, -1, -1] * 10, "b": [1.0, -1, 1, -1] * 10, "c": np.arange(40.0)})

    strengths = found(lambda f: f["a"] * f["b"], rows=signs)

    assert strengths == pytest.approx({("a", "b"): 1.0, ("a", "c"): 0.0, ("b", "c"): 0.0}, abs=1e-9)


def test_h_is_the_root_of_the_share_of_variance_that_single_effects_leave_over() -> None:
    """a + b + a·b over the signs: three parts of equal variance, one of them joint."""
    signs = pd.DataFrame({"a": [1.0, 1, -1, -1] * 10, "b": [1.0, -1, 1, -1] * 10})

    assert found(lambda f: f["a"] + f["b"] + f["a"] * f["b"], "a", "b", rows=signs) == pytest.approx(
        {("a", "b"): np.sqrt(1 / 3)}
    )


def test_the_strongest_pair_comes_first() -> None:
    strengths = found(lambda f: f["a"] + f["b"] + f["c"] + f["a"] * f["c"] + 0.2 * f["a"] * f["b"])

    assert next(iter(strengths)) == ("a", "c")
    assert list(strengths.values()) == sorted(strengths.values(), reverse=True)


def test_it_is_measured_where_the_model_adds_up_so_that_a_link_makes_no_interaction() -> None:
    assert found(lambda f: 3 * f["a"] - 2 * f["b"], "a", "b", sigmoid=True) == pytest.approx(
        {("a", "b"): 0.0}, abs=1e-9
    )


def test_a_group_moves_as_one() -> None:
    strengths = found(lambda f: f["a"] * f["b"] + f["c"], "pair", "c", make=Grouped)

    assert strengths == pytest.approx({("pair", "c"): 0.0}, abs=1e-9)


def test_a_model_that_moves_with_nothing_has_no_interactions() -> None:
    assert set(found(lambda f: 0 * f["a"]).values()) == {0.0}


def test_the_model_is_asked_within_bounds_and_the_same_each_time() -> None:
    model = Counted(margin_of=lambda f: f["a"] * f["b"], reference=numbers(300, 8))
    first, second = (interactions(model, model.reference, tuple("abcdefgh"), "amount") for _ in range(2))

    assert first == second
    assert first.rows == MOST_ROWS
    assert len(first.pairs) == MOST_FEATURES * (MOST_FEATURES - 1) // 2
    assert len(model.asked) == 2 * (1 + MOST_FEATURES + len(first.pairs))
    assert max(model.asked) == MOST_ROWS**2


def test_categories_take_part() -> None:
    rows = applicants(200)
    strengths = found(lambda f: f["income"] * (f["home"] == "own") - f["debt"], "income", "home", "debt", rows=rows)

    assert strengths[("income", "home")] > FLOOR
    assert strengths[("income", "debt")] == pytest.approx(0.0, abs=1e-9)


# The question, on domains.


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("domain", FOCUS)
def test_pairs_of_what_weighs_most_are_told(domain: str, reader: ReaderName) -> None:
    record = told("interactions", reader, domain=domain)
    first = [item.feature for item in assistant(domain).domain.evidence.importance.features][:MOST_FEATURES]

    assert {name for pair in record["interactions"]["pairs"] for name in pair["features"]} == set(first)
    assert record["interactions"] == told("interactions", "expert", domain=domain)["interactions"]
    assert ("H = " in record["text"]) == (reader == "expert")


def test_a_group_is_measured_over_its_own_rows() -> None:
    domain = assistant("loan").domain
    names = [item.feature for item in domain.evidence.importance.features]
    renting = domain.cases.frame[domain.cases.frame["housing"] == "rent"]
    pairs = interactions(domain.model, renting, names, domain.schema.decisive).pairs

    record = told("interactions", "person", RENT)

    assert record["interactions"]["pairs"][0]["strength"] == pairs[0].strength
    assert "housing situation is rent" in record["text"]


@pytest.mark.parametrize("reader", GUARDED)
def test_nothing_is_measured_on_fewer_than_ten_rows(reader: ReaderName) -> None:
    assert "interactions" not in told("interactions", reader, RICH)
    assert told("interactions", "expert", RICH)["interactions"] == {
        "features": MOST_FEATURES, "additive": False, "too_few": True, "pairs": [],
    }  # fmt: skip


def linear_domain() -> Domain:
    from sklearn.compose import ColumnTransformer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    people, y = applicants(300), repaid(applicants(300))
    columns = ColumnTransformer([("numbers", StandardScaler(), HOMES[0]), ("texts", OneHotEncoder(), HOMES[1])])
    return open_in_memory(make_pipeline(columns, LogisticRegression()).fit(people, y), people.assign(y=y), "y", "")


def test_a_model_that_adds_up_is_said_to_and_not_measured() -> None:
    domain = linear_domain()
    for reader in READERS:
        facts = Asked().facts(Context(domain=domain, case=domain.case("0"), reader=Reader(reader)))

        assert facts.interactions == InteractionsFact(features=4, additive=True)
        text = narrate(facts, Reader(reader), Words.load("en")).text
        assert "one by one" in text or "Additive" in text


def test_three_outcomes_are_measured_for_the_decisive_one() -> None:
    def of_three(table: Frame) -> Any:
        odds = np.column_stack([table["x"] * table["y"], table["x"], table["y"]])
        return np.exp(odds) / np.exp(odds).sum(axis=1, keepdims=True)

    table = numbers(300, 2).rename(columns={"a": "x", "b": "y"})
    table["kind"] = np.array(["a", "b", "c"])[of_three(table).argmax(axis=1)]
    domain = open_in_memory(of_three, table, "kind", "")
    facts = Asked().facts(Context(domain=domain, case=domain.case("0"), reader=Reader("expert")))

    assert facts.interactions is not None
    assert facts.interactions.pairs[0].size == "clear"
