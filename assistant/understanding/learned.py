"""What was learned from the phrasings, one file a language: `python -m assistant.understanding.train` makes it anew."""

from __future__ import annotations

import functools
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

Weights = npt.NDArray[np.float32]
LANGUAGES = ("en", "zh")


def file_of(language: str) -> Path:
    """The file of a language."""
    return Path(__file__).with_name(f"learned_{language}.npz")


@functools.cache
def learned(language: str) -> Mapping[str, npt.NDArray[Any]]:
    """Its arrays by name, numbers as float32; English where the language has no file."""
    path = file_of(language) if language in LANGUAGES else file_of("en")
    with np.load(path, allow_pickle=False) as kept:
        found = {name: kept[name] for name in kept.files}
    return MappingProxyType({n: a.astype("float32") if a.dtype.kind == "f" else a for n, a in found.items()})


def write(arrays: Mapping[str, npt.NDArray[Any]], path: Path) -> None:
    """Numbers in half precision, in a file without dates: the same arrays make the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, array in sorted(arrays.items()):
            body = BytesIO()
            np.save(body, array.astype("float16") if array.dtype.kind == "f" else array, allow_pickle=False)
            info = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            file.writestr(info, body.getvalue(), zipfile.ZIP_DEFLATED)
