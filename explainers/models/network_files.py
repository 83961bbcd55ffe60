"""Files of networks: ONNX, and torch's three kinds, which may all run programs and are loaded by their hash only.

Of these `.pt2` (torch.export) is the one to prefer: the kind that torch keeps up. Loading it evaluates expressions and
code that stand in the file; TorchScript is code as a whole; everything else that torch saves is a pickle.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from typing import Any

from explainers.errors import ModelError
from explainers.models.model_file import ModelFile
from explainers.models.onnx_models import OnnxModel

CONVERT = "Or convert it where it was made: torch.onnx.export(module, ..., 'model.onnx')."


def onnx_file(file: ModelFile) -> object:
    """A model for onnxruntime. Nothing in it is run but the operators that onnxruntime has."""
    runtime = file.library("onnxruntime")
    try:
        return OnnxModel.of(file.data)
    except Exception as error:
        later = re.search(r"(IR version|Opset):? (\d+)", str(error)) if _too_new(error) else None
        if later is None:
            raise file.damaged() from error
        what = f"{later[1]} {later[2]}"
        raise ModelError(
            "E203",
            f"{file.path.name} is written in ONNX {what}, which onnxruntime {runtime.__version__} does not read.",
            where=str(file.path),
            hint="Install a later one: pip install --upgrade onnxruntime. Or export the model for an older opset.",
        ) from error


def _too_new(error: Exception) -> bool:
    return "max supported IR version" in str(error) or "only *guarantees* support" in str(error)


def exported_file(file: ModelFile) -> object:
    """A module that torch.export.save wrote."""
    if not file.allowed:
        raise file.refused("files of torch.export hold code that runs as they are read", CONVERT)
    torch = file.library("torch")
    _zip(file)
    with _without_warnings():
        return torch.export.load(io.BytesIO(file.data)).module(check_guards=False)


def torch_file(file: ModelFile) -> object:
    """A module that torch.jit.save or torch.save wrote."""
    if not file.allowed:
        raise file.refused("TorchScript and pickle files can run programs", CONVERT)
    torch = file.library("torch")
    names = _zip(file)
    with _without_warnings():
        if any("/code/" in name for name in names):
            return torch.jit.load(io.BytesIO(file.data), map_location="cpu")
        found = torch.load(io.BytesIO(file.data), map_location="cpu", weights_only=False)
    if not isinstance(found, torch.nn.Module):
        raise ModelError(
            "E201",
            f"{file.path.name} holds a {type(found).__name__}, not a model: weights alone cannot be asked.",
            where=str(file.path),
            hint="Save the whole module: torch.export.save(torch.export.export(module, ...), 'model.pt2').",
        )
    return found


def _zip(file: ModelFile) -> list[str]:
    """The names in an archive that is whole. Raises ModelError E201."""
    with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
        if archive.testzip() is not None:
            raise file.damaged()
        return archive.namelist()


def _without_warnings() -> Any:
    """torch warns that its own kinds of file will change."""
    return warnings.catch_warnings(action="ignore")
