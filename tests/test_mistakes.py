"""Mistakes: counted on unseen rows only, rules told only where they hold on other rows, bounded by the reader."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from assistant.domains.domain import Domain, Unseen
from assistant.domains.ready import open_in_memory
from assistant.question import Condition
from assistant.questions import Context
from assistant.questions.mistakes import Mistakes
from assistant.questions.rows import holding, unseen_answers
from assistant.session import Reader, ReaderName
from explainers.base import Feature, Frame
from explainers.trust import mistakes as found_in
from explainers.trust.mistakes import Common, common, far_off, halves
from tests.models_by_hand import applicants, feature_of
from tests.talking import assistant
from tests.test_questions_of_rows import FOCUS, GUARDED, READERS, RENT, RICH, told

FEATURES = tuple(feature_of(applicants(500)[name]) for name in applicants(500))


def wrong_where(rows: Frame, holds: Any, often: float, else_: float = 0.1, seed: int = 0) -> Any:
    rate = np.where(holds, often, else_)
    return np.random.default_rng(seed).random(len(rows)) < rate


def rules(rows: Frame, wrong: Any, features: tuple[Feature, ...] = FEATURES) -> Common:
    return common(rows, wrong, features)


# The rules, on rows made by hand.


def test_a_rule_that_mistakes_follow_is_found_with_its_rate_on_the_other_half() -> None:
    rows = applicants(800)
    renting = (rows["home"] == "rent").to_numpy()
    wrong = wrong_where(rows, renting, 0.7)
    found = rules(rows, wrong)
    _, second = halves(len(rows))

    assert [(c.feature, c.op, c.value) for c in found.rules[0].conditions][-1] == ("home", "is", "rent")
    (rule,) = [r for r in found.rules if len(r.conditions) == 1] or found.rules[:1]
    holds = np.all([c.holds(rows) for c in rule.conditions], axis=0)[second]
    assert (rule.n, rule.rate) == (int(holds.sum()), float(wrong[second][holds].mean()))
    assert found.overall == float(wrong[second].mean())
    assert found.found_on + found.checked_on == 800


def test_a_pair_of_conditions_is_found() -> None:
    rows = applicants(2000)
    both = ((rows["home"] == "own") & (rows["debt"] > 18)).to_numpy()
    first = rules(rows, wrong_where(rows, both, 0.8)).rules[0]

    assert {c.feature for c in first.conditions} == {"home", "debt"}


def test_a_rule_that_holds_only_where_it_was_found_is_not_told() -> None:
    rows = applicants(800)
    first, _ = halves(len(rows))
    wrong = wrong_where(rows, np.zeros(len(rows)), 0.2, 0.2)
    wrong[first] = (rows["home"] == "rent").to_numpy()[first]

    assert rules(rows, wrong).rules == ()
    assert rules(rows, wrong).enough


def test_chance_alone_seldom_makes_a_rule() -> None:
    rows = applicants(400)
    told_ = [rules(rows, wrong_where(rows, 0, 0.2, 0.2, seed)).rules for seed in range(60)]

    assert sum(bool(found) for found in told_) <= 5


def test_every_rule_is_clear_and_of_ten_rows_and_more_on_the_other_half() -> None:
    for seed in range(20):
        rows = applicants(300, seed)
        found = rules(rows, wrong_where(rows, rows["income"] < 30, 0.5, seed=seed))
        for rule in found.rules:
            assert rule.n >= found_in.FEWEST
            error = np.sqrt(found.overall * (1 - found.overall) / rule.n)
            assert rule.rate - found.overall > 2 * error


def test_too_few_mistakes_are_not_searched() -> None:
    rows = applicants(200)
    wrong = np.zeros(200, dtype=bool)
    wrong[halves(200)[0][:9]] = True

    assert not rules(rows, wrong).enough
    assert rules(rows, wrong).rules == ()
    assert not rules(rows.head(2), wrong[:2]).enough


def test_the_same_rows_are_always_parted_alike_and_none_is_in_both_halves() -> None:
    first, second = halves(101)

    assert sorted([*first, *second]) == list(range(101))
    assert (halves(101)[0] == first).all()
    assert far_off(np.arange(101.0)) == float(np.quantile(first, 0.75))


def test_a_value_that_is_not_known_fulfils_no_condition() -> None:
    rows = pd.DataFrame({"a": [1.0, np.nan, 3.0], "b": pd.array(["x", None, "y"], dtype="str")})

    for op, value in (("above", 2.0), ("at_most", 2.0), ("is", 1.0), ("is_not", 1.0)):
        assert not found_in.Condition(feature="a", op=op, value=value).holds(rows)[1]  # type: ignore[arg-type]  # of the two signs
    assert list(found_in.Condition(feature="b", op="is_not", value="x").holds(rows)) == [False, False, True]


def test_limits_are_checked_as_they_are_told() -> None:
    rows = applicants(800)
    stepped = tuple(Feature(name=f.name, label=f.name, kind="number", step=5.0) for f in FEATURES[:2])
    found = rules(rows, wrong_where(rows, rows["income"] < 31.7, 0.6), stepped)

    assert found.rules
    assert all(float(c.value) % 5 == 0 for rule in found.rules for c in rule.conditions)


def test_unknown_values_and_single_rows_are_no_obstacle() -> None:
    rows = applicants(400)
    wrong = wrong_where(rows, rows["income"] < 30, 0.6)
    rows.loc[::3, "income"] = np.nan
    rows.loc[::5, "home"] = None

    assert rules(rows, wrong).enough


# The question, on the embedded domains.


@pytest.mark.parametrize("domain", ["loan", "biopsy"])
def test_mistakes_are_those_on_rows_the_model_has_not_learned_from(domain: str) -> None:
    known = assistant(domain).domain
    said, truth = unseen_answers(known), known.cases.truth[known.cases.unseen.places]
    record = told("mistakes", "expert", domain=domain, kind_="count")

    assert record["population"]["unseen"] == len(known.cases.unseen.places)
    assert record["mistakes"]["wrong"] == int((said != truth).sum())
    assert record["mistakes"]["share"] == pytest.approx(float((said != truth).mean()))
    assert record["mistakes"]["share"] == pytest.approx(
        1 - told("performance", "expert", domain=domain)["population"]["metrics"]["accuracy"]
    )
    for way in record["mistakes"]["ways"]:
        assert way["n"] == int(((said == way["said"]) & (truth == way["truth"])).sum())
    assert sum(way["n"] for way in record["mistakes"]["ways"]) == record["mistakes"]["wrong"]


def test_a_quantity_is_told_by_how_far_it_is_off() -> None:
    known = assistant("progression").domain
    off = unseen_answers(known) - known.cases.truth[known.cases.unseen.places]
    miss = told("mistakes", "person", domain="progression")["mistakes"]["miss"]

    assert miss["median"] == pytest.approx(float(np.median(np.abs(off))))
    assert miss["high"] == pytest.approx(float((off > 0).mean()))


@pytest.mark.parametrize("reader", READERS)
def test_a_group_is_counted_by_itself(reader: ReaderName) -> None:
    known = assistant("loan").domain
    chosen = holding((RENT,), known)[known.cases.unseen.places]
    wrong = (unseen_answers(known) != known.cases.truth[known.cases.unseen.places])[chosen]
    record = told("mistakes", reader, RENT, kind_="count")

    assert record["population"]["unseen"] == int(chosen.sum())
    assert record["mistakes"]["share"] == pytest.approx(float(wrong.mean()))


@pytest.mark.parametrize("reader", GUARDED)
@pytest.mark.parametrize("domain", FOCUS)
def test_single_mistakes_are_shown_to_experts_only(domain: str, reader: ReaderName) -> None:
    record = told("mistakes", reader, domain=domain, kind_="sample", top_k=3)

    assert "tables" not in record
    assert not any(cited.startswith("tables") for cited in record["cited"])
    assert "single cases of others" in record["text"]
    assert len(told("mistakes", "expert", domain=domain, kind_="sample", top_k=3)["tables"][0]["rows"]) == 3


def test_the_surest_mistakes_come_first_and_each_is_one() -> None:
    known = assistant("loan").domain
    table = told("mistakes", "expert", RENT, kind_="sample", top_k=20)["tables"][0]
    unseen = {known.cases.ids[place] for place in known.cases.unseen.places}
    scores = [row[table["columns"].index("@score")] for row in table["rows"]]

    assert len(table["rows"]) == 20
    assert scores == sorted(scores, reverse=True)
    for id_, said, _, truth in table["rows"]:
        assert said != truth
        assert id_ in unseen
        assert known.case(id_).values["housing"] == "rent"
    assert len(told("mistakes", "expert", kind_="sample")["tables"][0]["rows"]) == 5
    assert len(told("mistakes", "expert", kind_="sample", top_k=500)["tables"][0]["rows"]) == 20


def test_the_furthest_off_come_first_for_a_quantity() -> None:
    rows = told("mistakes", "expert", domain="progression", kind_="sample")["tables"][0]["rows"]
    off = [abs(said - truth) for _, said, truth in rows]

    assert off == sorted(off, reverse=True)


@pytest.mark.parametrize("reader", GUARDED)
def test_mistakes_of_fewer_than_ten_are_not_counted_for_them(reader: ReaderName) -> None:
    old = Condition(feature="age", op=">", value=72.0)
    full = told("mistakes", "expert", old, kind_="count")
    record = told("mistakes", reader, old, kind_="count")

    assert 0 < full["mistakes"]["wrong"] < 10 <= full["population"]["unseen"]
    assert "wrong" not in record["mistakes"]
    assert record["mistakes"]["ways"] == []
    assert "mistakes" not in told("mistakes", reader, RICH, kind_="typical")


@pytest.mark.parametrize("domain", FOCUS)
@pytest.mark.parametrize("kind", ["count", "typical"])
def test_facts_of_mistakes_differ_between_readers_in_small_counts_only(domain: str, kind: str) -> None:
    records = [told("mistakes", reader, domain=domain, kind_=kind)["mistakes"] for reader in READERS]

    assert records[0] == records[1] == records[2]


def test_a_person_hears_of_mistakes_in_general_terms() -> None:
    known = told("mistakes", "person", kind_="count")

    assert "times out of ten" in known["text"]
    assert not any(path.endswith((".n", ".wrong")) for path in known["cited"] if path.startswith("mistakes"))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("domain", FOCUS)
def test_where_no_rule_holds_that_is_said(domain: str, reader: ReaderName) -> None:
    record = told("mistakes", reader, domain=domain, kind_="typical")
    found = record["mistakes"]["common"]

    assert found["found_on"] + found["checked_on"] == record["population"]["unseen"]
    assert bool(found["rules"]) == ("not found on" not in record["text"])
    for rule in found["rules"]:
        assert 1 <= len(rule["conditions"]) <= 2
        assert {c["feature"] for c in rule["conditions"]} <= set(assistant(domain).domain.schema.inputs)


def of_three(table: Frame) -> Any:
    """Says "a", "b" or "c" by x alone."""
    x = table["x"].to_numpy()
    return np.column_stack([x < 0.33, (x >= 0.33) & (x < 0.66), x >= 0.66]).astype(float)


def three_outcomes() -> Domain:
    """Wrong where x is small and y large: it says "a" there, but "b" came out. It has learned from no row."""
    rng = np.random.default_rng(0)
    table = pd.DataFrame({"x": rng.random(400), "y": rng.random(400)})
    names = np.array(["a", "b", "c"], dtype=object)[of_three(table).argmax(axis=1)]
    table["kind"] = np.where((table["y"] > 0.7) & (names == "a"), "b", names)
    made = open_in_memory(of_three, table, "kind", "")
    unseen = Unseen(places=np.arange(400), scores=made.cases.scores)
    return replace(made, cases=replace(made.cases, unseen=unseen, learned=np.zeros(400, dtype=bool)))


def test_three_outcomes_have_their_ways_of_being_wrong() -> None:
    domain = three_outcomes()
    found = Mistakes(kind_="typical").facts(Context(domain=domain, case=domain.case("0"), reader=Reader("expert")))

    assert found.mistakes is not None
    assert [(way.said, way.truth) for way in found.mistakes.ways] == [("a", "b")]
    assert found.mistakes.one_way
    assert found.mistakes.common is not None
    (rule,) = found.mistakes.common.rules
    assert {(c.feature, c.op) for c in rule.conditions} == {("x", "at_most"), ("y", "above")}
    assert rule.rate > 0.7 > found.mistakes.common.overall
