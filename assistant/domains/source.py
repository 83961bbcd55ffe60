"""What a domain is made from: an embedded demo, a `domain.toml` of one's own, or a model already in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import pandas as pd

from assistant.domains.biopsy import make as biopsy
from assistant.domains.cache import digest, file_digest
from assistant.domains.description import DataTable, Description, ModelTable, parse_description, read_description
from assistant.domains.loan import make as loan
from assistant.domains.progression import make as progression
from explainers.errors import DomainError

DEMOS: dict[str, Callable[[], pd.DataFrame]] = {
    "biopsy": biopsy.table,
    "progression": progression.table,
    "loan": loan.table,
}
"""The embedded domains, each with the code that makes its table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a domain's parts come from. `fingerprint` changes whenever any of them does."""

    name: str
    text: str
    description: Description
    table: Callable[[], pd.DataFrame]
    test: Callable[[], pd.DataFrame] | None = None
    model_path: Path | None = None
    native: object | None = None
    """A model that is in memory already."""
    dtypes: Callable[[], Mapping[str, Any]] = dict
    """The column types of the table a given model was trained on, as pandas reads them."""
    fingerprint: str


def source(name: str) -> Source:
    """An embedded domain by its name, or one's own by the path of its `domain.toml`. Raises DomainError E601-E605."""
    if name in DEMOS:
        return _demo(name)
    path = Path(name)
    if path.is_dir():
        path = path / "domain.toml"
    if path.suffix != ".toml":
        raise DomainError(
            "E601", f"There is no domain {name!r}.", where="domain",
            hint=f"Embedded: {', '.join(DEMOS)}; or give the path of your own domain.toml.",
        )  # fmt: skip
    return _own(path)


def in_memory(native: object, table: pd.DataFrame, target: str, toml: str) -> Source:
    """A model and a table at hand; `toml` is the text of a `domain.toml` without `[data]` and `[model]`, or empty."""
    text = f"{toml}\n" if toml else f'title = "{target}"\n'
    description = parse_description(text, "toml")
    data, model = DataTable(target=target), description.model or ModelTable.model_validate({})
    return Source(
        name=description.title,
        text=text,
        description=description.model_copy(update={"data": data, "model": model}),
        table=lambda: table,
        native=native,
        dtypes=lambda: {str(name): dtype for name, dtype in table.dtypes.items()},
        fingerprint="",
    )


def describe(name: str) -> str:
    """The title of an embedded domain."""
    return read_description(_folder(name) / "domain.toml").title


def name_of(name: str) -> str:
    """What turns about a domain are recorded under: an embedded name, or that of one's own folder."""
    path = Path(name)
    if name in DEMOS or path.suffix != ".toml":
        return name
    return path.resolve().parent.name if path.name == "domain.toml" else path.stem


def description_file(name: str) -> Path:
    """Where the description of an embedded domain, or of one's own, stands."""
    path = Path(name)
    return _folder(name) / "domain.toml" if name in DEMOS else path / "domain.toml" if path.is_dir() else path


def _folder(name: str) -> Path:
    return Path(str(resources.files("assistant.domains") / name))


def _demo(name: str) -> Source:
    path = _folder(name) / "domain.toml"
    text = path.read_text(encoding="utf-8")
    code = (path.parent / "make.py").read_text(encoding="utf-8")
    return Source(
        name=name,
        text=text,
        description=read_description(path),
        table=DEMOS[name],
        fingerprint=digest(name, text, code),
    )


def _own(path: Path) -> Source:
    from explainers.table import read_table

    description = read_description(path)
    data, model = description.data, description.model
    if data is None or data.path is None or model is None or not (model.path or model.train):
        raise DomainError(
            "E605", f"{path} names no data or no model.", where="data",
            hint="[data] needs path and target; [model] needs path or train.",
        )  # fmt: skip
    files = [path.parent / data.path, *([path.parent / data.test] if data.test else [])]
    model_path = path.parent / model.path if model.path else None
    for file in [*files, *([model_path] if model_path else [])]:
        if not file.is_file():
            raise DomainError("E601", f"There is no file {file}.", where=str(path))
    text = path.read_text(encoding="utf-8")
    return Source(
        name=name_of(str(path)),
        text=text,
        description=description,
        table=lambda: read_table(files[0]),
        test=(lambda: read_table(files[1])) if data.test else None,
        model_path=model_path,
        dtypes=lambda: _dtypes(files[0]),
        fingerprint=digest(text, *map(file_digest, [*files, *([model_path] if model_path else [])])),
    )


def _dtypes(path: Path) -> Mapping[str, Any]:
    table = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path, skipinitialspace=True)
    return {str(name): dtype for name, dtype in table.dtypes.items()}
