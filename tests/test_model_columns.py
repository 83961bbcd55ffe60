"""What goes into a native model: the right column, written as its training table wrote it."""

from __future__ import annotations

from dataclasses import replace

import lightgbm
import numpy as np
import pandas as pd
import pytest
import xgboost
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from explainers.base import Feature, Frame, Quantity, Schema
from explainers.errors import DomainError, InputError
from explainers.models.columns import Columns, Training
from explainers.models.tabular import Typed, open_model
from tests.models_by_hand import schema_of
from tests.opened import NUMBERS, PEOPLE, POSITIVE, encoded, opened


@pytest.mark.parametrize(
    "native",
    [
        LogisticRegression().fit(NUMBERS[["c", "a", "b"]], POSITIVE),
        xgboost.XGBClassifier(n_estimators=20).fit(NUMBERS[["c", "a", "b"]], POSITIVE),
        lightgbm.LGBMClassifier(n_estimators=20, verbose=-1).fit(NUMBERS[["c", "a", "b"]], POSITIVE),
        lightgbm.LGBMClassifier(n_estimators=20, verbose=-1).fit(NUMBERS[["c", "a", "b"]], POSITIVE).booster_,
    ],
    ids=["sklearn", "xgboost", "lightgbm", "booster"],
)
def test_a_model_trained_on_columns_in_another_order_gets_its_own_order(native: object) -> None:
    model = opened(native, NUMBERS)

    ask = getattr(native, "predict_proba", None)
    truth = ask(NUMBERS[["c", "a", "b"]])[:, 1] if ask else native.predict(NUMBERS[["c", "a", "b"]])
    assert model.score(NUMBERS, "yes") == pytest.approx(truth, abs=1e-7)
    assert model.score(NUMBERS[["b", "c", "a"]], "yes") == pytest.approx(truth, abs=1e-7)


def test_lightgbm_writes_blanks_as_underscores_and_is_still_understood() -> None:
    spaced = NUMBERS.rename(columns={"a": "mean radius", "b": "worst area"})
    booster = lightgbm.train(
        {"objective": "binary", "verbose": -1, "feature_pre_filter": False},
        lightgbm.Dataset(spaced[["worst area", "c", "mean radius"]], POSITIVE),
        5,
    )

    model = opened(booster, spaced)

    assert model.columns.owners == ("worst area", "c", "mean radius")
    assert model.score(spaced, "yes") == pytest.approx(booster.predict(spaced[["worst area", "c", "mean radius"]]))


@pytest.mark.parametrize(
    "native",
    [
        LogisticRegression().fit(NUMBERS.to_numpy(), POSITIVE),
        xgboost.XGBClassifier(n_estimators=5).fit(NUMBERS.to_numpy(), POSITIVE),
        lightgbm.train({"objective": "binary", "verbose": -1}, lightgbm.Dataset(NUMBERS.to_numpy(), POSITIVE), 5),
    ],
    ids=["sklearn", "xgboost", "lightgbm"],
)
def test_a_model_without_names_gets_the_order_of_the_schema(native: object) -> None:
    ask = getattr(native, "predict_proba", None)
    truth = ask(NUMBERS.to_numpy())[:, 1] if ask else native.predict(NUMBERS.to_numpy())

    assert opened(native, NUMBERS).score(NUMBERS, "yes") == pytest.approx(truth, abs=1e-7)


@pytest.mark.parametrize(
    "names", [("purpose_car", "amount", "purpose_home"), ("amount", "purpose_home", "purpose_car")]
)
def test_one_hot_columns_of_the_data_are_written_again_in_the_order_of_training(names: tuple[str, ...]) -> None:
    purpose = Feature(name="purpose", label="purpose", kind="category", categories=("home", "car"),
                      columns=("purpose_home", "purpose_car"))  # fmt: skip
    schema = Schema(features=(purpose, Feature(name="amount", label="amount", kind="number")),
                    quantity=Quantity(name="price"))  # fmt: skip
    frame = pd.DataFrame({"purpose": pd.Series(["car", "home", np.nan, "car"], dtype="str"), "amount": [1.0, 2, 3, 4]})
    native = LinearRegression().fit(
        pd.DataFrame(np.eye(3), columns=list(names)), [100 if "car" in n else 1 for n in names]
    )

    model = open_model(native, schema, frame, name="price")

    price = native.predict(
        pd.DataFrame({"purpose_car": [1, 0, 0, 1], "purpose_home": [0, 1, 0, 0], "amount": [1, 2, 3, 4]})[list(names)]
    )
    assert model.predict(frame)[:, 0] == pytest.approx(price)
    assert model.encoding("price").owners == tuple(n.split("_")[0] for n in names)


def test_a_model_without_names_takes_interleaved_one_hot_columns_from_the_training_table() -> None:
    purpose = Feature(name="purpose", label="purpose", kind="category", categories=("a", "b"), columns=("is_a", "is_b"))
    schema = Schema(features=(purpose, Feature(name="n", label="n", kind="number")), quantity=Quantity(name="y"))
    frame = pd.DataFrame({"purpose": pd.Series(["a", "b"], dtype="str"), "n": [5.0, 7.0]})
    seen = []

    def native(table: pd.DataFrame) -> np.ndarray:
        seen.append(table)
        return table["n"].to_numpy()

    open_model(Typed(native=native, dtypes={"is_b": "int64", "n": "int64", "is_a": "bool"}), schema, frame, name="f")

    assert list(seen[-1].columns) == ["is_b", "n", "is_a"]
    assert [str(d) for d in seen[-1].dtypes] == ["int64", "int64", "bool"]
    assert seen[-1].to_numpy().tolist() == [[0, 5, True], [1, 7, False]]


@pytest.mark.parametrize("values", [[1, 2, 4], [1.0, 2.0, 4.0], ["1", "2", "4"]], ids=["int", "float", "text"])
@pytest.mark.parametrize("handle", ["ignore", "error"])
def test_categories_written_as_digits_reach_the_encoder_as_it_learned_them(values: list[object], handle: str) -> None:
    rng = np.random.default_rng(0)
    pain = pd.Series(rng.choice(np.array(values, dtype=object), 300)).infer_objects()
    raw = pd.DataFrame({"pain": pain, "age": rng.normal(size=300)})
    y = (pain.astype(float) == 4).astype(int)
    columns = ColumnTransformer([("pain", OneHotEncoder(handle_unknown=handle), ["pain"])], remainder="passthrough")
    native = make_pipeline(columns, LogisticRegression()).fit(raw, y)
    frame = raw.assign(pain=pain.astype(float).astype(int).astype("str"))

    model = opened(native, frame)

    assert model.score(frame, "yes") == pytest.approx(native.predict_proba(raw)[:, 1])
    assert model.score(frame, "yes")[y == 1].min() > 0.5


@pytest.mark.parametrize("words", [("no", "yes"), (False, True), (0, 1), ("N", "Y")], ids=str)
def test_flags_reach_the_encoder_as_it_learned_them(words: tuple[object, object]) -> None:
    smokes = np.random.default_rng(0).integers(0, 2, 200)
    raw = pd.DataFrame({"smokes": [words[i] for i in smokes], "age": np.arange(200.0)})
    columns = ColumnTransformer([("flag", OneHotEncoder(handle_unknown="ignore"), ["smokes"])], remainder="passthrough")
    native = make_pipeline(columns, StandardScaler(with_mean=False), LogisticRegression()).fit(raw, smokes)
    frame = pd.DataFrame({"smokes": smokes.astype(float), "age": np.arange(200.0)})
    flag = Feature(name="smokes", label="smokes", kind="flag")

    model = opened(native, frame, features=(flag, Feature(name="age", label="age", kind="number")))

    assert model.score(frame, "yes") == pytest.approx(native.predict_proba(raw)[:, 1])
    assert (model.score(frame, "yes") > 0.5).tolist() == (smokes == 1).tolist()


@pytest.mark.parametrize("library", ["xgboost", "xgboost booster", "lightgbm", "lightgbm booster"])
def test_pandas_categories_keep_the_codes_of_training(library: str) -> None:
    rng = np.random.default_rng(3)
    frame = pd.DataFrame({"home": pd.Series(rng.choice(["rent", "own", "castle"], 400), dtype="str"),
                          "pain": pd.Series(rng.choice(["1", "2", "4"], 400), dtype="str"),
                          "age": rng.normal(size=400)})  # fmt: skip
    y = ((frame["home"] == "own") ^ (frame["pain"] == "4")).astype(int)
    raw = frame.assign(
        home=frame["home"].astype(pd.CategoricalDtype(["rent", "castle", "own"])),
        pain=frame["pain"].astype(int).astype("category"),
    )[["age", "pain", "home"]]
    if library.startswith("xgboost"):
        native = xgboost.XGBClassifier(n_estimators=20, enable_categorical=True).fit(raw, y)
        truth, booster = native.predict_proba(raw)[:, 1], native.get_booster()
    else:
        native = lightgbm.LGBMClassifier(n_estimators=20, verbose=-1).fit(raw, y)
        truth, booster = native.predict_proba(raw)[:, 1], native.booster_

    forgotten = {"age": np.dtype("float64"), "pain": pd.CategoricalDtype(), "home": pd.CategoricalDtype()}
    model = opened(Typed(native=booster if library.endswith("booster") else native, dtypes=forgotten), frame)

    assert model.score(frame, "yes") == pytest.approx(truth, abs=1e-6)
    single = np.concatenate([model.score(frame.iloc[[i]], "yes") for i in range(20)])
    assert single == pytest.approx(truth[:20], abs=1e-6)
    assert model.encoding("yes") is None


def without(name: str, frame: Frame) -> tuple[Feature, ...]:
    return tuple(replace(f, input=f.name != name) for f in schema_of(frame).features)


def test_the_model_never_sees_a_feature_that_is_no_input() -> None:
    seen: list[str] = []

    def native(table: pd.DataFrame) -> np.ndarray:
        seen.extend(table.columns)
        return np.full(len(table), 0.5)

    opened(native, PEOPLE, features=without("job", PEOPLE))

    assert set(seen) == {"income", "debt", "home"}


def test_a_model_trained_with_what_it_must_not_see_is_refused() -> None:
    native = encoded(OneHotEncoder(), LogisticRegression())

    with pytest.raises(DomainError, match=r"\*job\*") as caught:
        opened(native, PEOPLE, features=without("job", PEOPLE))
    assert caught.value.code == "E611"


def test_a_column_nobody_described_is_named_with_the_nearest() -> None:
    native = LogisticRegression().fit(NUMBERS.rename(columns={"a": "incomes"}), POSITIVE)

    with pytest.raises(InputError, match=r"\*incomes\*.*nearest name is \*income\*") as caught:
        opened(native, NUMBERS.rename(columns={"a": "income"}))
    assert caught.value.code == "E110"


def test_a_model_without_names_that_wants_more_columns_is_refused() -> None:
    native = LogisticRegression().fit(NUMBERS.to_numpy(), POSITIVE)

    with pytest.raises(InputError, match="wants 3 and 2") as caught:
        opened(native, NUMBERS[["a", "b"]])
    assert caught.value.code == "E113"


def test_whole_numbers_stay_whole_unless_a_gap_or_a_fraction_forbids_it() -> None:
    schema = schema_of(pd.DataFrame({"n": [1.0]}))
    columns = Columns.of(schema, Training(dtypes={"n": np.dtype("int64")}))

    assert columns.table(pd.DataFrame({"n": [1.0, 2.0]}))["n"].dtype == "int64"
    assert columns.table(pd.DataFrame({"n": [1.0, np.nan]}))["n"].isna().tolist() == [False, True]
    assert columns.table(pd.DataFrame({"n": [1.5, 2.0]}))["n"].tolist() == [1.5, 2.0]
