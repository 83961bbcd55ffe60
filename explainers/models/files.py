"""Model files: which kinds are loaded, and why a pickle is not."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

from explainers.errors import ModelError
from explainers.models.booster_files import catboost_file, json_file, lightgbm_file, xgboost_file
from explainers.models.model_file import ModelFile
from explainers.models.network_files import exported_file, onnx_file, torch_file

PICKLES = (".joblib", ".pkl", ".pickle")
WRITTEN_BY: MappingProxyType[str, bytes] = MappingProxyType(
    {
        "xgboost": rb'"version":\s*\[(\d+),\s*(\d+),\s*(\d+)\]|version\[#L\x00{7}\x03i(.)i(.)i(.)',
        "lightgbm": rb"^tree\nversion=v(\d+)",
        "catboost": rb"CatBoost release (\d+)\.(\d+)\.?(\d*)",
    }
)
"""Where the files of a library say which version of it wrote them."""


def file_sha256(path: Path) -> str:
    """The sha256 of a file, 64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def load_native(path: Path, trusted_sha256: tuple[str, ...] = ()) -> object:
    """The model in a file of one of LOADERS; pickles and the like only where allowed by their hash.

    Raises ModelError: E201 no file, damaged, or not a model; E202 a file that may run programs, or types in a skops
    file, that nobody has allowed; E203 a package is missing or of another version than the model's.
    """
    load = LOADERS.get(path.suffix.lower())
    if load is None:
        raise ModelError("E201", f"{path.name} is not a kind of model file that is read.", where=str(path),
                         hint=f"Read are: {', '.join(LOADERS)}.")  # fmt: skip
    try:
        file = ModelFile(path=path, data=path.read_bytes(), trusted=trusted_sha256)
    except OSError as error:
        raise ModelError("E201", f"The model file {path.name} cannot be read.", where=str(path),
                         hint="Check that it exists and may be opened.") from error  # fmt: skip
    if not file.data:
        raise file.damaged()
    try:
        model = load(file)
    except ModelError:
        raise
    except ModuleNotFoundError as error:
        raise file.missing(str(error.name).split(".")[0]) from error
    except Exception as error:  # each library has its own errors for files it cannot read, and some have none
        raise _later(file) or file.damaged() from error
    if (later := _later(file, parts=1)) is not None:
        raise later
    return model


def _skops(file: ModelFile) -> object:
    skops = file.library("skops.io")
    unknown = skops.get_untrusted_types(data=file.data)
    if unknown and not file.allowed:
        raise file.refused(f"it holds types that may run programs ({', '.join(unknown)})")
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        model = skops.loads(file.data, trusted=unknown)
    _same_versions(file, told)
    return model


def _pickle(file: ModelFile) -> object:
    if not file.allowed:
        raise file.refused(
            "pickle files can run programs", "Or convert it where it was made: skops.io.dump(model, 'model.skops')."
        )
    import joblib

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        model = joblib.load(io.BytesIO(file.data))
    _same_versions(file, told)
    return model


LOADERS: MappingProxyType[str, Callable[[ModelFile], object]] = MappingProxyType(
    {
        ".json": json_file,
        ".ubj": xgboost_file,
        ".txt": lightgbm_file,
        ".cbm": catboost_file,
        ".skops": _skops,
        ".onnx": onnx_file,
        ".pt2": exported_file,
        **dict.fromkeys((".pt", ".pth"), torch_file),
        **dict.fromkeys(PICKLES, _pickle),
    }
)


def _same_versions(file: ModelFile, told: list[warnings.WarningMessage]) -> None:
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


def _later(file: ModelFile, parts: int = 3) -> ModelError | None:
    """E203 where a file says that a later version of its library wrote it, by the first `parts` of the version.

    One of a later major version may be read, and answer otherwise.
    """
    for package, pattern in WRITTEN_BY.items():
        found = re.search(pattern, file.data, re.DOTALL)
        if found is not None:
            numbers = [number for number in found.groups() if number]
            written = ".".join(number.decode() if number.isdigit() else str(number[0]) for number in numbers)
            reads = str(file.library(package).__version__)
            later = _release(written)[:parts] > _release(reads)[:parts]
            return file.newer(package, written, reads) if later else None
    return None


def _release(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)[:3]))
