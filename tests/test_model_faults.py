"""What a model or a model file may get wrong: each fault has its code and its words, and nothing is scored."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from explainers.base import Feature, Quantity, Schema
from explainers.errors import ModelError
from explainers.models.guard import right_way_round
from explainers.models.tabular import TabularModel, open_model
from tests.models_by_hand import numbers, schema_of

FRAME = numbers(60, 2)
TRUTH = (FRAME["a"] > 0).astype(int)


def opened(native: object, named: tuple[str, ...] = ("no", "yes")) -> TabularModel:
    return open_model(native, schema_of(FRAME, named), FRAME, name="a model")


def broken(at: float, answer: object) -> TabularModel:
    """A model that behaves on the reference sample, and not where `a` is `at`."""

    def native(table: pd.DataFrame) -> object:
        if (table["a"] == at).any():
            if isinstance(answer, Exception):
                raise answer
            return answer
        return np.full((len(table), 2), 0.5)

    return opened(native)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (ZeroDivisionError("secret of row 7"), "E210"),
        ([[np.nan, 0.5]], "E212"),
        ([[np.inf, 0.5]], "E212"),
        ([[0.2, 0.3, 0.5]], "E213"),
        ([[0.5, 0.5], [0.5, 0.5]], "E213"),
        ([["no", "yes"]], "E213"),
        (None, "E213"),
        ([[1.2, -0.2]], "E214"),
        ([[0.2, 0.2]], "E214"),
    ],
    ids=["raises", "nan", "inf", "three columns", "two rows", "text", "none", "outside", "sum"],
)
def test_a_case_the_model_fails_on_is_not_explained(answer: object, code: str) -> None:
    model = broken(9.0, answer)

    for ask in (model.predict, lambda f: model.score(f, "yes"), lambda f: model.margin(f, "yes")):
        with pytest.raises(ModelError) as caught:
            ask(pd.DataFrame({"a": [9.0], "b": [0.0]}))
        assert caught.value.code == code
        assert "person can be asked" in caught.value.hint
        assert "secret" not in str(caught.value)


def test_the_row_without_a_number_is_named() -> None:
    model = opened(lambda table: np.where(table["a"] > 5, np.nan, 0.5))

    with pytest.raises(ModelError) as caught:
        model.predict(pd.DataFrame({"a": [0.0, 1.0, 9.0], "b": 0.0}))
    assert caught.value.where == "row 3"


def test_rounding_of_single_precision_is_no_fault() -> None:
    model = opened(lambda table: np.tile(np.array([1 + 3e-8, -3e-8]), (len(table), 1)))

    assert model.predict(FRAME).min() == 0
    assert model.predict(FRAME).max() == 1


def test_a_quantity_that_is_no_number_is_not_told() -> None:
    schema = Schema(features=(Feature(name="a", label="a", kind="number"),), quantity=Quantity(name="price"))
    model = open_model(lambda t: np.where(t["a"] > 5, np.inf, t["a"]), schema, FRAME[["a"]], name="price")

    with pytest.raises(ModelError, match="no number"):
        model.predict(pd.DataFrame({"a": [9.0]}))


def test_a_classifier_that_gives_labels_only_is_refused_with_what_to_do() -> None:
    with pytest.raises(ModelError, match="CalibratedClassifierCV") as caught:
        opened(LinearSVC().fit(FRAME, TRUTH))
    assert caught.value.code == "E213"


def test_what_cannot_be_asked_is_no_model() -> None:
    with pytest.raises(ModelError, match="dict is not a model") as caught:
        opened({"weights": [1, 2]})
    assert caught.value.code == "E201"


def test_a_model_with_too_few_or_too_many_outcomes_is_refused() -> None:
    native = LogisticRegression().fit(FRAME, TRUTH)

    with pytest.raises(ModelError) as caught:
        opened(native, ("a", "b", "c"))
    assert caught.value.code == "E215"


def test_swapped_outcomes_are_noticed_and_weak_or_few_scores_are_not_blamed() -> None:
    truth = TRUTH.to_numpy()
    right_way_round(FRAME["a"].to_numpy(), truth)
    right_way_round(np.full(60, 0.5), truth)
    right_way_round(-FRAME["a"].to_numpy()[:4], truth[:4])
    right_way_round(FRAME["a"].to_numpy(), np.ones(60))

    with pytest.raises(ModelError, match="swapped") as caught:
        right_way_round(-FRAME["a"].to_numpy(), truth)
    assert caught.value.code == "E215"
