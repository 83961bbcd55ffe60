"""Methods that somebody has to name: what they find, when they refuse, and that every face says which one it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from assistant import Assistant, Reader
from explainers.attribution import BY_NAME, choose, named
from explainers.attribution.lime import Lime
from explainers.attribution.occlusion import Occlusion, reference_value
from explainers.base import Array, Feature, Frame
from explainers.errors import DomainError, ModelError
from tests.attribution_subjects import SUBJECTS
from tests.models_by_hand import ByHand, numbers

TOML = """title = "Loans"
subject = "applicant"
[model]
explain = "{method}"
[outcomes]
1 = {{ name = "granted", favourable = true }}
0 = {{ name = "refused" }}
"""


def table() -> pd.DataFrame:
    rng = np.random.default_rng(0)
    age, size = rng.integers(18, 80, 200), rng.normal(10, 2, 200).round(1)
    return pd.DataFrame({"age": age, "size": size, "y": (rng.random(200) < chance(age, size)).astype(int)})


def chance(age: Array, size: Array) -> Array:
    return 1 / (1 + np.exp(-0.05 * (age - 45) - 0.4 * (size - 10)))


def scored(rows: Frame) -> Array:
    return chance(rows["age"].to_numpy(), rows["size"].to_numpy())


@pytest.fixture(scope="module", params=["occlusion", "lime"])
def assistant(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    store = tmp_path_factory.mktemp("named") / "s"
    return Assistant.for_model(scored, table(), target="y", toml=TOML.format(method=request.param), store=store)


def by_hand(margin_of: Callable[[Frame], Array], reference: Frame) -> ByHand:
    return ByHand(margin_of=margin_of, reference=reference)


def test_none_is_chosen_unless_it_is_named() -> None:
    model = by_hand(lambda x: (x["a"] * x["b"]).to_numpy(), numbers(30, 2))
    assert choose(model, "amount").name not in {method.name for method in BY_NAME}
    assert [choose(model, "amount", method.name) for method in BY_NAME] == list(BY_NAME)


def test_occlusion_tells_what_is_lost_at_the_median_or_the_most_frequent_value() -> None:
    reference = pd.DataFrame({"a": [0.0, 1.0, 9.0], "e": pd.Series(["low", "high", "high"], dtype="str")})
    model = by_hand(lambda x: (x["a"] * (x["e"] == "low") + 2 * x["a"]).to_numpy(), reference)
    found = Occlusion().explain(model, pd.DataFrame({"a": [4.0], "e": pd.Series(["low"], dtype="str")}), "amount")
    assert found.row(0).weights == pytest.approx({"a": 12 - 3, "e": 12 - 8})
    assert found.row(0).base == pytest.approx((0 + 2 + 18) / 3)
    assert found.row(0).residual == pytest.approx(12 - 20 / 3 - 13)


def test_a_reference_value_is_one_that_a_case_can_have() -> None:
    children = Feature(name="children", label="children", kind="number", whole=True)
    assert reference_value(pd.Series([0.0, 1.0, 2.0, 3.0]), children) == 1.0
    assert reference_value(pd.Series([np.nan, np.nan]), children) is None
    flag = Feature(name="late", label="late", kind="flag")
    assert reference_value(pd.Series([1.0, 1.0, 0.0, np.nan]), flag) == 1.0


def test_lime_says_what_the_library_says_within_its_own_errors() -> None:
    from lime.lime_tabular import LimeTabularExplainer

    reference, case = numbers(300, 3), numbers(1, 3, seed=4)
    model = by_hand(lambda x: np.tanh(x["a"] * 2 - x["b"]).to_numpy(), reference)
    theirs = LimeTabularExplainer(reference.to_numpy(), mode="regression", random_state=7).explain_instance(
        case.to_numpy()[0],
        lambda rows: model.score(pd.DataFrame(rows, columns=list("abc")), "amount"),
        num_features=3,
        num_samples=10_000,
    )
    ours = Lime().explain(model, case, "amount")
    expected = np.array([weight for _, weight in sorted(theirs.local_exp[1])])
    assert (np.abs(ours.weights[0] - expected) <= 5 * np.sqrt(2) * ours.errors[0]).all()
    assert ours.errors[0].max() < 0.05 * np.abs(expected).max()


def test_lime_asks_the_model_only_what_a_case_can_be() -> None:
    asked: list[Frame] = []

    def watching(rows: Frame) -> Array:
        asked.append(rows)
        return (rows["children"] + rows["late"]).to_numpy()

    rng = np.random.default_rng(0)
    reference = pd.DataFrame({"children": rng.integers(0, 5, 90) * 1.0, "late": rng.integers(0, 2, 90) * 1.0})
    kinds = {"children": {"kind": "number", "whole": True}, "late": {"kind": "flag"}}

    class Counted(ByHand):
        @property
        def schema(self):  # type: ignore[no-untyped-def]
            found = super().schema
            features = tuple(Feature(name=n, label=n, **kinds[n]) for n in reference)  # type: ignore[arg-type]
            return type(found)(features=features, quantity=found.quantity)

    Lime().explain(Counted(margin_of=watching, reference=reference), reference.head(1), "amount")
    made = pd.concat(asked)
    assert len(made) > 10_000
    assert set(made["late"]) == {0.0, 1.0}
    assert set(made["children"]) == {0.0, 1.0, 2.0, 3.0, 4.0}


def test_lime_refuses_numbers_that_are_not_known() -> None:
    model = by_hand(lambda x: x["a"].fillna(0.0).to_numpy(), numbers(60, 2))
    with pytest.raises(ModelError, match="every number to be known") as caught:
        Lime().explain(model, pd.DataFrame({"a": [np.nan], "b": [1.0]}), "amount")
    assert caught.value.code == "E217"
    gapped, _ = SUBJECTS["occlusion"]["logistic, gaps"]()
    with pytest.raises(ModelError, match="lime cannot explain") as refused:
        choose(gapped, "approved", "lime")
    assert "occlusion" in refused.value.hint
    assert "lime" not in refused.value.hint


def test_a_method_that_there_is_not_is_answered_with_those_there_are(tmp_path: Path) -> None:
    toml = TOML.format(method="magic")
    for call in (
        lambda: named("magic"),
        lambda: Assistant.for_model(scored, table(), target="y", toml=toml, store=tmp_path / "s"),
    ):
        with pytest.raises(DomainError, match="magic") as caught:
            call()
        assert caught.value.code == "E607"
        assert all(name in caught.value.hint for name in ("linear", "tree_shap", "sampled_shap", "occlusion", "lime"))


def test_the_named_method_gives_the_reasons_and_is_named_to_every_reader(assistant: Assistant) -> None:
    name = assistant.domain.method
    texts = []
    for reader in ("person", "support", "expert"):
        session = assistant.ask(assistant.start(case="5", reader=Reader(name=reader)), "How did you get these reasons?")
        record = session.last.record
        assert record is not None
        assert record["model"]["method"] == name
        total = sum(r["weight"] for r in record["reasons"]) + record["reasons_rest"] + record["residual"]
        assert total == pytest.approx(record["score"]["value"] - record["score"]["base"], abs=1e-9)
        texts.append(session.last.answer.text)
    assert all({"occlusion": "One fact at a time", "lime": "made up around"}[str(name)] in text for text in texts[:2])
    assert f"Attribution: {name}" in texts[2].replace("LIME", "lime")


def test_reasons_that_need_not_add_up_are_not_said_to(assistant: Assistant) -> None:
    text = assistant.ask(assistant.start(case="5"), "How did you get these reasons?").last.answer.text
    assert "need not add up" in text
    assert "reasons together add up" not in text


def test_what_matters_overall_is_told_by_the_same_method(assistant: Assistant) -> None:
    assert assistant.domain.evidence.importance.method == assistant.domain.method
