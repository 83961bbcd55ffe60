"""What a model or a model file may get wrong: each fault has its code and its words, and nothing is scored."""

from __future__ import annotations

import io
import pickle
from pathlib import Path

import joblib
import lightgbm
import numpy as np
import pandas as pd
import pytest
import skops.io
import xgboost
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import FunctionTransformer
from sklearn.svm import LinearSVC

from explainers.base import Feature, Quantity, Schema
from explainers.errors import ModelError
from explainers.models import ubjson
from explainers.models.files import file_sha256, load_native
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
    assert caught.value.where == "row 2"


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


# Files


def written(folder: Path, ending: str) -> Path:
    path = folder / f"model.{ending}"
    match ending:
        case "json" | "ubj":
            xgboost.XGBClassifier(n_estimators=3).fit(FRAME, TRUTH).save_model(path)
        case "txt":
            lightgbm.LGBMClassifier(n_estimators=3, verbose=-1).fit(FRAME, TRUTH).booster_.save_model(path)
        case "skops":
            skops.io.dump(LogisticRegression().fit(FRAME, TRUTH), path)
        case _:
            joblib.dump(LogisticRegression().fit(FRAME, TRUTH), path)
    return path


SAFE = ["json", "ubj", "txt", "skops"]
PICKLED = ["joblib", "pkl", "pickle"]


@pytest.mark.parametrize("ending", SAFE + PICKLED)
def test_a_model_comes_back_from_its_file_as_it_was(ending: str, tmp_path: Path) -> None:
    path = written(tmp_path, ending)
    native = load_native(path, ("0" * 64, "sha256:" + file_sha256(path).upper()) if ending in PICKLED else ())

    score = opened(native).score(FRAME, "yes")

    assert np.mean((score > 0.5) == TRUTH) > 0.9


def test_a_model_stopped_early_keeps_its_best_trees_through_a_file(tmp_path: Path) -> None:
    native = xgboost.XGBClassifier(n_estimators=60, early_stopping_rounds=2, learning_rate=1.0)
    native.fit(FRAME, TRUTH, eval_set=[(FRAME, TRUTH.sample(frac=1, random_state=0).to_numpy())], verbose=False)
    native.save_model(tmp_path / "m.json")

    for model in (native, load_native(tmp_path / "m.json")):
        assert opened(model).score(FRAME, "yes") == pytest.approx(native.predict_proba(FRAME)[:, 1], abs=1e-7)


@pytest.mark.parametrize("ending", SAFE)
@pytest.mark.parametrize("share", [0.0, 0.02, 0.3, 0.5, 0.7, 0.9, 0.999])
def test_a_file_that_is_cut_short_is_damaged(ending: str, share: float, tmp_path: Path) -> None:
    path = written(tmp_path, ending)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])

    with pytest.raises(ModelError, match=file_sha256(path)) as caught:
        load_native(path)
    assert caught.value.code == "E201"


@pytest.mark.parametrize("ending", SAFE + PICKLED)
@pytest.mark.parametrize(
    "content", [b"<html><body>404</body></html>", b"{}", b'{"learner": 1}', b"tree\n", b"\x80\x04K\x01.x"]
)
def test_another_kind_of_file_is_no_model(ending: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"model.{ending}"
    path.write_bytes(content)

    with pytest.raises(ModelError, match="not a model") as caught:
        opened(load_native(path, (file_sha256(path),)))
    assert caught.value.code == "E201"


@pytest.mark.parametrize("name", ["model.onnx", "model", "model.csv"])
def test_an_unknown_ending_is_answered_with_the_known_ones(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"x")

    with pytest.raises(ModelError, match=r"\.skops") as caught:
        load_native(tmp_path / name)
    assert caught.value.code == "E201"


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"gone\.json cannot be read"):
        load_native(tmp_path / "gone.json")


@pytest.mark.parametrize("ending", PICKLED)
def test_a_pickle_nobody_has_allowed_is_not_run(ending: str, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    path = tmp_path / f"model.{ending}"
    path.write_bytes(pickle.dumps(_Touch(mark)))

    with pytest.raises(ModelError, match="pickle files can run programs") as caught:
        load_native(path, ("0" * 64,))

    assert caught.value.code == "E202"
    assert file_sha256(path) in caught.value.hint
    assert "skops.io.dump" in caught.value.hint
    assert not mark.exists()


class _Touch:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.path,)


def test_types_that_run_programs_are_not_loaded_from_a_skops_file(tmp_path: Path) -> None:
    path = tmp_path / "model.skops"
    skops.io.dump(FunctionTransformer(pd.read_pickle), path)

    with pytest.raises(ModelError, match="read_pickle") as caught:
        load_native(path)

    assert caught.value.code == "E202"
    assert file_sha256(path) in caught.value.hint
    assert load_native(path, (file_sha256(path),)).func is pd.read_pickle


def test_a_model_of_another_version_names_both(tmp_path: Path) -> None:
    path = tmp_path / "old.joblib"
    native = LogisticRegression().fit(FRAME, TRUTH)
    kept = io.BytesIO()
    joblib.dump(native, kept)
    from sklearn import __version__

    path.write_bytes(kept.getvalue().replace(__version__.encode(), b"9" * len(__version__)))

    with pytest.raises(ModelError) as caught:
        load_native(path, (file_sha256(path),))
    assert caught.value.code == "E203"
    assert "9" * len(__version__) in caught.value.message
    assert __version__ in caught.value.message


def test_a_missing_package_is_named_with_how_to_install_it(tmp_path: Path) -> None:
    path = tmp_path / "model.pkl"
    path.write_bytes(b"\x80\x04cnot_installed_here.models\nForest\n.")

    with pytest.raises(ModelError, match="pip install not_installed_here") as caught:
        load_native(path, (file_sha256(path),))
    assert caught.value.code == "E203"


def test_whole_ubjson_is_told_from_every_piece_of_it(tmp_path: Path) -> None:
    data = written(tmp_path, "ubj").read_bytes()

    assert ubjson.whole(data)
    assert not any(ubjson.whole(data[:length]) for length in range(len(data)))
    assert not ubjson.whole(data + b"}")
