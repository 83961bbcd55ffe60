"""A case unlike the data is noticed, in time, and for the features that make it so."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from explainers.trust.familiarity import Familiarity, Verdict
from tests.models_by_hand import applicants, numbers, schema_of

PEOPLE = applicants(1500)
SCHEMA = schema_of(PEOPLE)
KNOWN = Familiarity.of(PEOPLE, SCHEMA)


def case(**values: object) -> pd.DataFrame:
    return PEOPLE.head(1).assign(**{**{"income": 40.0, "debt": 15.0, "home": "own", "job": "fixed"}, **values})


def test_about_one_case_in_a_hundred_of_the_same_kind_is_unusual() -> None:
    others = applicants(1000, seed=9)

    unusual = np.mean([KNOWN.verdict(others.iloc[[i]]).unusual for i in range(1000)])

    assert 0.002 < unusual < 0.03


def test_an_ordinary_case_is_not_unusual() -> None:
    assert KNOWN.verdict(case()) == Verdict(unusual=False)


@pytest.mark.parametrize(
    ("values", "because"),
    [
        ({"income": 400.0}, ("income",)),
        ({"debt": 300.0}, ("debt",)),
        ({"debt": 300.0, "income": 200.0}, ("debt", "income")),
        ({"home": np.nan, "income": 250.0}, ("income", "home")),
    ],
)
def test_the_features_that_make_a_case_unusual_are_named_the_furthest_first(
    values: dict[str, object], because: tuple[str, ...]
) -> None:
    assert KNOWN.verdict(case(**values)) == Verdict(unusual=True, because=because)


def test_values_usual_apart_and_not_together_are_noticed() -> None:
    rng = np.random.default_rng(0)
    height = rng.normal(170, 10, 1000)
    body = pd.DataFrame({"height": height, "weight": height - 100 + rng.normal(0, 2, 1000)})

    known = Familiarity.of(body, schema_of(body))

    assert known.verdict(pd.DataFrame({"height": [155.0], "weight": [88.0]})).unusual
    assert not known.verdict(pd.DataFrame({"height": [155.0], "weight": [56.0]})).unusual


def test_a_gap_is_usual_where_gaps_are_and_only_there() -> None:
    gappy = PEOPLE.assign(home=PEOPLE["home"].where(np.arange(1500) % 3 > 0))

    assert not Familiarity.of(gappy, SCHEMA).verdict(case(home=np.nan)).unusual
    assert KNOWN.verdict(case(home=np.nan, job=np.nan)).unusual


def test_at_most_three_features_are_named() -> None:
    frame = numbers(500, 6)
    far = pd.DataFrame({name: [50.0] for name in frame})

    assert len(Familiarity.of(frame, schema_of(frame)).verdict(far).because) == 3


def test_what_the_model_does_not_see_does_not_count() -> None:
    schema = replace(SCHEMA, features=tuple(replace(f, input=f.name != "debt") for f in SCHEMA.features))

    assert not Familiarity.of(PEOPLE, schema).verdict(case(debt=1e6)).unusual


def test_what_was_kept_says_the_same(tmp_path: Path) -> None:
    KNOWN.save(tmp_path / "familiarity.npz")
    again = Familiarity.load(tmp_path / "familiarity.npz", SCHEMA)
    others = [*(PEOPLE.iloc[[i]] for i in range(20)), case(income=400.0), case(home=np.nan, job=np.nan)]

    assert [again.verdict(one) for one in others] == [KNOWN.verdict(one) for one in others]


def test_the_same_data_give_the_same_arrays() -> None:
    again = Familiarity.of(PEOPLE, SCHEMA)

    assert again.columns.tobytes() == KNOWN.columns.tobytes()
    assert again.limit == KNOWN.limit


@pytest.mark.parametrize(
    "frame", [pd.DataFrame({"a": [1.0]}), pd.DataFrame({"a": [1.0] * 30, "b": np.nan})], ids=["one", "gaps"]
)
def test_hardly_any_data_are_no_reason_to_fail(frame: pd.DataFrame) -> None:
    known = Familiarity.of(frame, schema_of(frame))

    assert known.verdict(frame).unusual is False


def test_a_case_is_judged_in_milliseconds_against_five_thousand_rows() -> None:
    wide = applicants(5000).join(numbers(5000, 20))
    known, one = Familiarity.of(wide, schema_of(wide)), wide.head(1)
    known.verdict(one)

    began = time.process_time()
    for _ in range(20):
        known.verdict(one)

    assert (time.process_time() - began) / 20 < 0.010  # 2 ms alone; other work slows it
