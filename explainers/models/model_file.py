"""A model file as it was found, and what is said of one that is not loaded."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from explainers.errors import ModelError

EXTRAS = {"xgboost": "xgboost", "lightgbm": "lightgbm", "skops": "skops", "onnxruntime": "onnx", "catboost": "catboost"}
"""What installs a package that only some models need."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFile:
    """The bytes that were hashed are the bytes that are loaded. `trusted`: hashes that the operator has allowed."""

    path: Path
    data: bytes
    trusted: tuple[str, ...]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def allowed(self) -> bool:
        return self.sha256 in {text.strip().lower().removeprefix("sha256:") for text in self.trusted}

    def library(self, name: str) -> Any:
        """The package that reads it. Raises ModelError E203 where it is not installed."""
        try:
            return import_module(name)
        except ModuleNotFoundError as error:
            raise self.missing(name.split(".", maxsplit=1)[0]) from error

    def missing(self, package: str) -> ModelError:
        """E203: a package that is not installed."""
        install = {"sklearn": "scikit-learn"}.get(package, package)
        install = f"'plainwhy[{EXTRAS[package]}]'" if package in EXTRAS else install
        return ModelError("E203", f"{self.path.name} needs the package {package}, which is not installed.",
                          where=str(self.path), hint=f"Install it: pip install {install}")  # fmt: skip

    def newer(self, package: str, written: str, reads: str) -> ModelError:
        """E203: a file of a later version of a library than the one installed."""
        return ModelError(
            "E203",
            f"{self.path.name} was written by {package} {written}; {reads} is installed.",
            where=str(self.path),
            hint=f"Install the model's: pip install '{package}>={written}'",
        )

    def damaged(self) -> ModelError:
        """E201: a file that holds no whole model."""
        return ModelError("E201", f"The model file {self.path.name} is damaged or not a model (sha256 {self.sha256}).",
                          where=str(self.path), hint="Save it again where it was made.")  # fmt: skip

    def refused(self, why: str, instead: str = "") -> ModelError:
        """E202: a file that may run programs, and how to allow this very one."""
        allow = f'If you made it yourself, allow this one file: trusted_sha256 = ["{self.sha256}"] in [model].'
        return ModelError("E202", f"{self.path.name} is not loaded: {why}.", where=str(self.path),
                          hint=f"{allow} {instead}".rstrip())  # fmt: skip
