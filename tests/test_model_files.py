"""Model files of every kind: read as they were written, and what is said of those that are not read."""

from __future__ import annotations

import pickle
import re
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import joblib
import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import FunctionTransformer

from explainers.errors import ModelError
from explainers.models import ubjson
from explainers.models.files import LOADERS, file_sha256, load_native
from explainers.models.tabular import TabularModel, open_model
from tests.models_by_hand import numbers, schema_of

catboost = pytest.importorskip("catboost")
lightgbm = pytest.importorskip("lightgbm")
onnxruntime = pytest.importorskip("onnxruntime")
skops_io = pytest.importorskip("skops.io")
xgboost = pytest.importorskip("xgboost")

FRAME = numbers(60, 2)
TRUTH = (FRAME["a"] > 0).astype(int)
LINE = LogisticRegression().fit(FRAME, TRUTH)


def opened(native: object, named: tuple[str, ...] = ("no", "yes")) -> TabularModel:
    return open_model(native, schema_of(FRAME, named), FRAME, name="a model")


def boosted(kind: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        model = catboost.CatBoostClassifier(iterations=5, verbose=False, allow_writing_files=False)
        model.fit(FRAME, TRUTH).save_model(str(path), format=kind)

    return write


def network() -> object:
    import torch

    line = torch.nn.Linear(2, 1)
    with torch.no_grad():
        line.weight.copy_(torch.tensor(LINE.coef_))
        line.bias.copy_(torch.tensor(LINE.intercept_))
    return torch.nn.Sequential(line, torch.nn.Sigmoid())


def exported(path: Path) -> None:
    import torch

    with warnings.catch_warnings(action="ignore"):
        rows = {0: torch.export.Dim("rows")}
        torch.export.save(torch.export.export(network(), (torch.zeros(5, 2),), dynamic_shapes=(rows,)), str(path))


def scripted(path: Path) -> None:
    import torch

    with warnings.catch_warnings(action="ignore"):
        torch.jit.script(network()).save(str(path))


def pickled_module(path: Path) -> None:
    import torch

    torch.save(network(), path)


def onnx(path: Path) -> None:
    from skl2onnx import to_onnx

    path.write_bytes(to_onnx(LINE, FRAME[:1].to_numpy("float32")).SerializeToString())


def xgboosted(path: Path) -> None:
    xgboost.XGBClassifier(n_estimators=3).fit(FRAME, TRUTH).save_model(path)


def lightgbm_text(path: Path) -> None:
    lightgbm.LGBMClassifier(n_estimators=3, verbose=-1).fit(FRAME, TRUTH).booster_.save_model(path)


WRITERS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "xgboost json": ("m.json", xgboosted),
    "xgboost ubj": ("m.ubj", xgboosted),
    "lightgbm": ("m.txt", lightgbm_text),
    "catboost": ("m.cbm", boosted("cbm")),
    "catboost json": ("m.json", boosted("json")),
    "skops": ("m.skops", lambda path: skops_io.dump(LINE, path)),
    "onnx": ("m.onnx", onnx),
    "torch export": ("m.pt2", exported),
    "torchscript": ("m.pt", scripted),
    "torch module": ("m.pth", pickled_module),
    "joblib": ("m.joblib", lambda path: joblib.dump(LINE, path)),
    "pickle": ("m.pkl", lambda path: joblib.dump(LINE, path)),
    "pickle, long": ("m.pickle", lambda path: joblib.dump(LINE, path)),
}
"""A file of each kind, with its name."""
BY_HASH = [kind for kind in WRITERS if kind.startswith(("torch", "joblib", "pickle"))]
FREE = [kind for kind in WRITERS if kind not in BY_HASH]
PACKAGES = {
    "xgboost json": ("xgboost", "'plainwhy[xgboost]'"),
    "xgboost ubj": ("xgboost", "'plainwhy[xgboost]'"),
    "lightgbm": ("lightgbm", "'plainwhy[lightgbm]'"),
    "catboost": ("catboost", "'plainwhy[catboost]'"),
    "catboost json": ("catboost", "'plainwhy[catboost]'"),
    "skops": ("skops.io", "'plainwhy[skops]'"),
    "onnx": ("onnxruntime", "'plainwhy[onnx]'"),
}
"""What reads a kind of file, and what installs it."""


def written(kind: str, folder: Path) -> Path:
    name, write = WRITERS[kind]
    write(folder / name)
    return folder / name


def refused(path: Path, *, allowed: bool = True) -> ModelError:
    with pytest.raises(ModelError) as caught:
        opened(load_native(path, (file_sha256(path),) if allowed else ()))
    return caught.value


def test_a_file_of_every_kind_is_tried():
    assert {Path(name).suffix for name, _ in WRITERS.values()} == set(LOADERS)


@pytest.mark.parametrize("kind", WRITERS)
def test_a_model_comes_back_from_its_file_as_it_was(kind, tmp_path):
    path = written(kind, tmp_path)
    native = load_native(path, ("0" * 64, "sha256:" + file_sha256(path).upper()) if kind in BY_HASH else ())

    score = opened(native).score(FRAME, "yes")

    assert np.mean((score > 0.5) == TRUTH) > 0.9


def test_a_model_stopped_early_keeps_its_best_trees_through_a_file(tmp_path):
    native = xgboost.XGBClassifier(n_estimators=60, early_stopping_rounds=2, learning_rate=1.0)
    native.fit(FRAME, TRUTH, eval_set=[(FRAME, TRUTH.sample(frac=1, random_state=0).to_numpy())], verbose=False)
    native.save_model(tmp_path / "m.json")

    for model in (native, load_native(tmp_path / "m.json")):
        assert opened(model).score(FRAME, "yes") == pytest.approx(native.predict_proba(FRAME)[:, 1], abs=1e-7)


@pytest.mark.parametrize("kind", [kind for kind in WRITERS if kind not in ("joblib", "pickle", "pickle, long")])
@pytest.mark.parametrize("share", [0.0, 0.02, 0.3, 0.5, 0.7, 0.9, 0.999])
def test_a_file_that_is_cut_short_is_damaged(kind, share, tmp_path):
    path = written(kind, tmp_path)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])

    error = refused(path)

    assert error.code == "E201"
    assert file_sha256(path) in error.message


@pytest.mark.parametrize("ending", LOADERS)
@pytest.mark.parametrize(
    "content",
    [b"<html><body>404</body></html>", b"{}", b'{"learner": 1}', b'{"oblivious_trees": 1}', b"tree\n", b"CBM1",
     b"\x80\x04K\x01.x", b"PK\x03\x04"],
    ids=["html", "json", "learner", "trees", "tree", "cbm", "pickle", "zip"],
)  # fmt: skip
def test_another_kind_of_file_is_no_model(ending, content, tmp_path):
    path = tmp_path / f"model{ending}"
    path.write_bytes(content)

    error = refused(path)

    assert error.code == "E201"
    assert "not a model" in error.message


@pytest.mark.parametrize("name", ["model.h5", "model", "model.csv"])
def test_an_unknown_ending_is_answered_with_the_known_ones(name, tmp_path):
    (tmp_path / name).write_bytes(b"x")

    error = refused(tmp_path / name)

    assert error.code == "E201"
    assert ".skops, .onnx" in error.hint


def test_a_file_that_is_not_there_is_said_so(tmp_path):
    with pytest.raises(ModelError, match=r"gone\.json cannot be read"):
        load_native(tmp_path / "gone.json")


@pytest.mark.parametrize("kind", BY_HASH)
def test_a_file_that_may_run_programs_is_refused_until_its_hash_is_allowed(kind, tmp_path):
    path = written(kind, tmp_path)

    error = refused(path, allowed=False)

    assert error.code == "E202"
    assert re.search("can run programs|code that runs", error.message)
    assert f'trusted_sha256 = ["{file_sha256(path)}"]' in error.hint
    assert ("torch.onnx.export" if kind.startswith("torch") else "skops.io.dump") in error.hint


@pytest.mark.parametrize("ending", ["joblib", "pkl", "pickle", "pt", "pth"])
def test_a_pickle_nobody_has_allowed_is_not_run(ending, tmp_path):
    mark, path = tmp_path / "ran", tmp_path / f"model.{ending}"
    path.write_bytes(pickle.dumps(_Touch(mark)))

    with pytest.raises(ModelError) as caught:
        load_native(path, ("0" * 64,))

    assert caught.value.code == "E202"
    assert not mark.exists()


class _Touch:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.path,)


def test_types_that_run_programs_are_not_loaded_from_a_skops_file(tmp_path):
    path = tmp_path / "model.skops"
    skops_io.dump(FunctionTransformer(pd.read_pickle), path)

    with pytest.raises(ModelError, match="read_pickle") as caught:
        load_native(path)

    assert caught.value.code == "E202"
    assert file_sha256(path) in caught.value.hint
    assert load_native(path, (file_sha256(path),)).func is pd.read_pickle


def test_weights_without_a_network_are_told_apart_from_damage(tmp_path):
    import torch

    torch.save(network().state_dict(), tmp_path / "m.pt")

    error = refused(tmp_path / "m.pt")

    assert error.code == "E201"
    assert "weights alone" in error.message
    assert "torch.export.save" in error.hint


@pytest.mark.parametrize("kind", ["joblib", "pickle", "skops"])
def test_a_scikit_learn_model_of_another_version_names_both(kind, tmp_path):
    from sklearn import __version__

    path, other = written(kind, tmp_path), "9" * len(__version__)
    if kind == "skops":
        _replaced_in_zip(path, __version__.encode(), other.encode())
    else:
        line = LogisticRegression().fit(FRAME, TRUTH)
        path.write_bytes(pickle.dumps(line).replace(__version__.encode(), other.encode()))

    error = refused(path)

    assert error.code == "E203"
    assert other in error.message
    assert __version__ in error.message
    assert f"pip install scikit-learn=={other}" in error.hint


def _replaced_in_zip(path: Path, old: bytes, new: bytes) -> None:
    import zipfile

    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data.replace(old, new))


def test_an_xgboost_file_of_a_later_version_names_both(tmp_path):
    path = written("xgboost json", tmp_path)
    later = re.sub(rb'"version":\[\d+', b'"version":[99', path.read_bytes()).replace(b'"tree_param"', b'"new_param"')
    path.write_bytes(later)

    error = refused(path)

    assert error.code == "E203"
    assert xgboost.__version__ in error.message
    assert "xgboost>=99." in error.hint


@pytest.mark.parametrize(
    ("kind", "now", "later"),
    [("xgboost json", rb'"version":\[\d+', b'"version":[99'), ("lightgbm", rb"version=v\d+", b"version=v99")],
)
def test_a_file_of_a_later_major_version_is_refused_even_where_it_can_be_read(kind, now, later, tmp_path):
    path = written(kind, tmp_path)
    path.write_bytes(re.sub(now, later, path.read_bytes()))

    assert refused(path).code == "E203"


def test_a_catboost_file_of_a_later_version_names_both(tmp_path):
    path = written("catboost json", tmp_path)
    later = path.read_text().replace("CatBoost release 1", "CatBoost release 99")
    path.write_text(re.sub(r'"splits"', '"cuts"', later))

    error = refused(path)

    assert error.code == "E203"
    assert catboost.__version__ in error.message
    assert "catboost>=99." in error.hint


@pytest.mark.parametrize("what", ["IR version", "opset"])
def test_an_onnx_file_of_a_later_version_names_both(what, tmp_path):
    import onnx as format_of

    path = written("onnx", tmp_path)
    model = format_of.load(str(path))
    if what == "opset":
        model.opset_import[0].version = 999
    else:
        model.ir_version = 999
    path.write_bytes(model.SerializeToString())

    error = refused(path)

    assert error.code == "E203"
    assert "999" in error.message
    assert onnxruntime.__version__ in error.message
    assert "pip install --upgrade onnxruntime" in error.hint


@pytest.mark.parametrize("kind", PACKAGES)
def test_a_package_that_is_not_installed_is_named_with_how_to_install_it(kind, tmp_path, monkeypatch):
    path = written(kind, tmp_path)
    package, install = PACKAGES[kind]
    monkeypatch.setitem(sys.modules, package, None)  # as Python itself says that there is none

    error = refused(path)

    assert error.code == "E203"
    assert package.split(".")[0] in error.message
    assert error.hint == f"Install it: pip install {install}"


def test_a_package_that_a_pickle_needs_is_named(tmp_path):
    path = tmp_path / "model.pkl"
    path.write_bytes(b"\x80\x04cnot_installed_here.models\nForest\n.")

    error = refused(path)

    assert error.code == "E203"
    assert "pip install not_installed_here" in error.hint


def test_whole_ubjson_is_told_from_every_piece_of_it(tmp_path):
    data = written("xgboost ubj", tmp_path).read_bytes()

    assert ubjson.whole(data)
    assert not any(ubjson.whole(data[:length]) for length in range(len(data)))
    assert not ubjson.whole(data + b"}")
