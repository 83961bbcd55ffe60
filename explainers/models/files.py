"""Model files: which kinds are loaded, and why a pickle is not."""

from __future__ import annotations

import hashlib
import io
import json
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

from explainers.errors import ModelError
from explainers.models import ubjson

PICKLES = (".joblib", ".pkl", ".pickle")


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """The bytes that were hashed are the bytes that are loaded."""

    path: Path
    data: bytes
    trusted: tuple[str, ...]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def allowed(self) -> bool:
        return self.sha256 in {text.strip().lower().removeprefix("sha256:") for text in self.trusted}


def file_sha256(path: Path) -> str:
    """The sha256 of a file, 64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def load_native(path: Path, trusted_sha256: tuple[str, ...] = ()) -> object:
    """The model in a file: xgboost .json and .ubj, lightgbm .txt, .skops, and pickles allowed by their hash.

    Raises ModelError: E201 no file, damaged, or not a model; E202 a pickle, or types in a skops file, that nobody has
    allowed; E203 a package is missing or of another version than the model's.
    """
    load = LOADERS.get(path.suffix.lower())
    if load is None:
        raise ModelError("E201", f"{path.name} is not a kind of model file that is read.", where=str(path),
                         hint=f"Read are: {', '.join(LOADERS)}.")  # fmt: skip
    try:
        file = _File(path=path, data=path.read_bytes(), trusted=trusted_sha256)
    except OSError as error:
        raise ModelError("E201", f"The model file {path.name} cannot be read.", where=str(path),
                         hint="Check that it exists and may be opened.") from error  # fmt: skip
    if not file.data:
        raise _damaged(file)
    try:
        return load(file)
    except ModelError:
        raise
    except ModuleNotFoundError as error:
        raise _missing(file, str(error.name).split(".")[0]) from error
    except Exception as error:  # each library has its own errors for files it cannot read, and some have none
        raise _damaged(file) from error


def _xgboost(file: _File) -> object:
    xgboost = _library("xgboost", file)
    if file.data[:1] != b"{" or (file.path.suffix.lower() == ".ubj" and not ubjson.whole(file.data)):
        raise _damaged(file)
    booster = xgboost.Booster(model_file=bytearray(file.data))
    kind = json.loads(booster.attr("scikit_learn") or "{}").get("_estimator_type")
    if kind not in ("classifier", "regressor"):
        return booster
    model = xgboost.XGBClassifier() if kind == "classifier" else xgboost.XGBRegressor()
    model.load_model(bytearray(file.data))
    return model


def _lightgbm(file: _File) -> object:
    lightgbm = _library("lightgbm", file)
    if not _whole_lightgbm(file.data):
        raise _damaged(file)
    return lightgbm.Booster(model_str=file.data.decode("utf-8"))


def _whole_lightgbm(data: bytes) -> bool:
    """Whether every tree stands where the head says: lightgbm ends the program on files that are cut short."""
    sizes = re.search(rb"^tree_sizes=([\d ]+)\r?$", data, re.MULTILINE)
    at = data.find(b"Tree=0")
    if not data.startswith(b"tree") or sizes is None or at < 0 or b"\npandas_categorical:" not in data:
        return False
    for number, size in enumerate(map(int, sizes[1].split())):
        if not data.startswith(b"Tree=%d\n" % number, at):
            return False
        at += size
    return data.startswith(b"end of trees", at)


def _skops(file: _File) -> object:
    skops = _library("skops.io", file)
    unknown = skops.get_untrusted_types(data=file.data)
    if unknown and not file.allowed:
        raise ModelError(
            "E202",
            f"{file.path.name} is not loaded: it holds types that may run programs ({', '.join(unknown)}).",
            where=str(file.path),
            hint=_allow(file),
        )
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        model = skops.loads(file.data, trusted=unknown)
    _same_versions(file, told)
    return model


def _pickle(file: _File) -> object:
    if not file.allowed:
        raise ModelError(
            "E202",
            f"{file.path.name} is not loaded: pickle files can run programs.",
            where=str(file.path),
            hint=f"{_allow(file)} Or convert it where it was made: skops.io.dump(model, 'model.skops').",
        )
    import joblib

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        model = joblib.load(io.BytesIO(file.data))
    _same_versions(file, told)
    return model


LOADERS: MappingProxyType[str, Callable[[_File], object]] = MappingProxyType(
    {
        ".json": _xgboost,
        ".ubj": _xgboost,
        ".txt": _lightgbm,
        ".skops": _skops,
        **dict.fromkeys(PICKLES, _pickle),
    }
)


def _library(name: str, file: _File) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise _missing(file, name.split(".", maxsplit=1)[0]) from error


def _missing(file: _File, package: str) -> ModelError:
    extras = ("xgboost", "lightgbm", "skops")
    install = f"plainwhy[{package}]" if package in extras else {"sklearn": "scikit-learn"}.get(package, package)
    return ModelError("E203", f"{file.path.name} needs the package {package}, which is not installed.",
                      where=str(file.path), hint=f"Install it: pip install {install}")  # fmt: skip


def _same_versions(file: _File, told: list[warnings.WarningMessage]) -> None:
    """ModelError E203 where scikit-learn warned that the model was written by another version of it."""
    from sklearn.exceptions import InconsistentVersionWarning

    for warning in told:
        said = warning.message
        if isinstance(said, InconsistentVersionWarning):
            raise ModelError(
                "E203",
                f"{file.path.name} was written by scikit-learn {said.original_sklearn_version}; "
                f"{said.current_sklearn_version} is installed, and its answers may differ.",
                where=str(file.path),
                hint=f"Install the model's: pip install scikit-learn=={said.original_sklearn_version}",
            )


def _damaged(file: _File) -> ModelError:
    return ModelError("E201", f"The model file {file.path.name} is damaged or not a model (sha256 {file.sha256}).",
                      where=str(file.path), hint="Save it again where it was made.")  # fmt: skip


def _allow(file: _File) -> str:
    return f'If you made it yourself, allow this one file: trusted_sha256 = ["{file.sha256}"] in [model].'
