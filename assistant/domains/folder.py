"""The folder of a domain that has been made ready: writing it, and opening it again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from assistant.domains.cache import file_digest
from assistant.domains.description import read_description
from assistant.domains.domain import Cases, Domain, Evidence, Unseen
from assistant.domains.reading import vocabulary_of
from assistant.domains.rows import Rows
from explainers.base import Array, Feature, Frame, Link, Outcome, Quantity, Rule, Schema
from explainers.expression import Expression
from explainers.models.files import load_native
from explainers.models.tabular import Typed, open_model
from explainers.overview.importance import Importance
from explainers.overview.summary import usual
from explainers.seen import Seen
from explainers.trust.calibration import Calibration, Platt
from explainers.trust.conformal import SplitConformal
from explainers.trust.familiarity import Familiarity

ID, LEARNED, RECORDED, TRUTH = "@id", "@learned", "@recorded", "@truth"
"""Columns of the cases beside the features; no feature can be called so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What is kept as JSON."""

    name: str
    version: str
    model_file: str
    dtypes: Mapping[str, str]
    schema: Schema
    calibration: Calibration | None
    conformal: SplitConformal | None
    importance: Importance
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tables:
    """What is kept as tables: all rows with their scores, which the model learned from, and the reference sample."""

    rows: Rows
    learned: npt.NDArray[np.bool_]
    scores: Array
    unseen: Unseen
    reference: Frame


def write(folder: Path, text: str, parts: Parts, tables: Tables) -> None:
    """Puts the parts into an empty folder, which holds the model's file and `familiarity.npz` already."""
    rows = tables.rows
    (folder / "domain.toml").write_text(text, encoding="utf-8")
    (folder / "parts.json").write_text(json.dumps(_plain(parts)), encoding="utf-8")
    cases = rows.frame.copy()
    cases[ID], cases[LEARNED] = list(rows.ids), tables.learned
    cases[TRUTH] = list(rows.target)
    if rows.recorded is not None:
        cases[RECORDED] = list(rows.recorded)
    cases.to_parquet(folder / "cases.parquet")
    with (folder / "scores.npz").open("wb") as file:
        np.savez(file, scores=tables.scores, places=tables.unseen.places, unseen=tables.unseen.scores)
    tables.reference.to_parquet(folder / "reference.parquet")


def opened(folder: Path, name: str, native: object | None = None) -> Domain:
    """The domain in a folder that is whole; `native` is its model where that is in memory.

    A model file is what was written there, so it is trusted by its hash.
    """
    kept = json.loads((folder / "parts.json").read_text(encoding="utf-8"))
    schema = _schema(kept["schema"])
    cases, reference = _frame(folder / "cases.parquet", schema), _frame(folder / "reference.parquet", schema)
    calibration = _calibration(kept["calibration"])
    description = read_description(folder / "domain.toml")
    if native is None:
        model_file = folder / kept["model_file"]
        native = load_native(model_file, (file_digest(model_file),))
    # What is usual among all rows is read off all of them; the sample stands for them only where it must be computed.
    compared = cases if description.reference.rows == "all" else reference
    dtypes = {column: pd.api.types.pandas_dtype(dtype) for column, dtype in kept["dtypes"].items()}
    model = open_model(
        Typed(native=native, dtypes=dtypes, seconds=description.limits.seconds),
        schema,
        reference,
        name=kept["name"],
        version=kept["version"],
    )
    return Domain(
        name=name,
        key=folder.name,
        vocabulary=vocabulary_of(description, schema),
        model=model.calibrated(calibration.layer if calibration else None),
        cases=_cases(folder, cases, schema),
        seen=Seen.of(cases.loc[cases[LEARNED], list(schema.names)], schema),
        familiarity=Familiarity.load(folder / "familiarity.npz", schema),
        evidence=Evidence(
            calibration=calibration,
            conformal=SplitConformal(**kept["conformal"]) if kept["conformal"] else None,
            importance=Importance.from_json(kept["importance"]),
            typical={f.name: usual(compared[f.name], number=f.kind == "number") for f in schema.features},
        ),
        reference_hash=f"sha256:{file_digest(folder / 'reference.parquet')}",
        notes=tuple(kept.get("notes", ())),
        compared_with_all=description.reference.rows == "all",
        method=description.model.explain if description.model else None,
        what_ifs_a_day=description.limits.what_ifs_a_day,
    )


def _cases(folder: Path, cases: pd.DataFrame, schema: Schema) -> Cases:
    with np.load(folder / "scores.npz", allow_pickle=False) as kept:
        scores, unseen = kept["scores"], Unseen(places=kept["places"], scores=kept["unseen"])
    return Cases(
        frame=cases[list(schema.names)],
        ids=tuple(cases[ID]),
        truth=cases[TRUTH].to_numpy(),
        scores=scores,
        learned=cases[LEARNED].to_numpy(dtype=bool),
        unseen=unseen,
        recorded=tuple(cases[RECORDED]) if RECORDED in cases else None,
    )


def _plain(parts: Parts) -> dict[str, Any]:
    return {**asdict(replace(parts, importance=None)), "importance": parts.importance.to_json()}  # type: ignore[arg-type]  # has a JSON of its own


def _calibration(kept: Mapping[str, Any] | None) -> Calibration | None:
    if kept is None:
        return None
    layer = Platt(**kept["layer"]) if kept["layer"] else None
    return Calibration(layer=layer, error=kept["error"], n=kept["n"])


def _schema(kept: Mapping[str, Any]) -> Schema:
    return Schema(
        features=tuple(
            Feature(**{**f, "categories": tuple(f["categories"]), "columns": tuple(f["columns"])})
            for f in kept["features"]
        ),
        outcomes=tuple(Outcome(**o) for o in kept["outcomes"]),
        quantity=Quantity(**kept["quantity"]) if kept["quantity"] else None,
        cutoff=kept["cutoff"],
        links=tuple(Link(set=link["set"], formula=Expression(link["formula"]["text"])) for link in kept["links"]),
        rules=tuple(Rule(name=r["name"], when=Expression(r["when"]["text"]), then=r["then"]) for r in kept["rules"]),
    )


def _frame(path: Path, schema: Schema) -> Frame:
    """As it was written: numbers float64, categories str."""
    frame = pd.read_parquet(path)
    return frame.astype({f.name: "float64" if f.numeric else "str" for f in schema.features})
