"""A domain drafted from a table that nobody has described: `plainwhy init`, up to the text of `domain.toml`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import pandas as pd

from assistant.domains.draft_columns import Cells, Why, described, left_out, names_cases, no_stray_text
from assistant.domains.draft_data import Request, learnable, names_each_case, tables
from explainers.base import Actionable, Feature, Outcome, Quantity, Schema
from explainers.cell import FLAG_WORDS
from explainers.errors import InputError, ModelError
from explainers.infer import infer_schema, readable
from explainers.models.files import file_sha256, load_native
from explainers.models.native import Native, library
from explainers.models.opening import native_of
from explainers.table import one_line

_DONE = re.compile(r"\w+ed", re.IGNORECASE)
"""A target that says by itself what came out: churned, approved, survived."""
SPREAD_SIGNS = ("_", "=", "-", ".", " ")
"""What stands between a column's name and its value where a category was spread over columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenModel:
    """A model file and what it says of itself; `native` is None while nobody has allowed its `sha256`."""

    path: Path
    sha256: str
    native: Native | None
    needs_trust: bool

    @classmethod
    def of(cls, path: Path, trusted: tuple[str, ...] = ()) -> GivenModel:
        """The model at `path`. Raises ModelError as `load_native`, but for E202."""
        sha256 = file_sha256(path) if path.is_file() else ""
        try:
            native = native_of(load_native(path, trusted))
        except ModelError as error:
            if error.code != "E202":
                raise
            return cls(path=path, sha256=sha256, native=None, needs_trust=True)
        return cls(path=path, sha256=sha256, native=native, needs_trust=bool(trusted))


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Everything `domain.toml` is written from.

    `schema` holds what was guessed and, in `favourable` and `actionable`, only what a person has said. `rows` counts
    those of the data, `counts` those of each outcome (by key); `left_out` says why a column is left out, `first` names
    the first case.
    """

    request: Request
    schema: Schema
    rows: int
    counts: Mapping[str, int]
    left_out: Mapping[str, Why]
    first: str
    id_guessed: bool = False
    model: GivenModel | None = None

    @property
    def order_guessed(self) -> bool:
        """Whether the model counts its columns without naming them."""
        native = self.model.native if self.model else None
        return native is not None and native.names is None and len(self.schema.inputs) > 1

    @property
    def groups(self) -> Mapping[str, tuple[Feature, ...]]:
        """The features of each group."""
        names = dict.fromkeys(f.group for f in self.schema.features if f.group)
        return {name: tuple(f for f in self.schema.features if f.group == name) for name in names}

    def saying(self, favourable: str, changes: Mapping[str, Actionable]) -> Draft:
        """With what a person has said: the favourable outcome's key, or "low" or "high" of a quantity ("" for nothing
        said), and what a person can change."""
        schema = self.schema
        outcomes = tuple(replace(o, favourable=True if o.key == favourable else None) for o in schema.outcomes)
        wanted: dict[str, Literal["low", "high"]] = {"low": "low", "high": "high"}
        quantity = schema.quantity and replace(schema.quantity, favourable=wanted.get(favourable))
        features = tuple(replace(f, actionable=changes.get(f.name, "no")) for f in schema.features)
        return replace(self, schema=replace(schema, outcomes=outcomes, quantity=quantity, features=features))


def drafted(request: Request, model: GivenModel | None = None) -> Draft:
    """What the data and the model say. Raises InputError E1xx for the data, DomainError E604 for ids that repeat."""
    table, rows = tables(request)
    native = model.native if model else None
    learnable(table, request.target)
    if request.id is not None:
        names_each_case(table, request.id)
    schema = _schema(table.drop(columns=[] if request.id is None else [request.id]), request.target, native)
    features = [_spread(f, native) for f in schema.features]
    cells = {f.name: Cells.of(table[f.name]) for f in features if f.name in table}
    naming = (n for n, found in cells.items() if names_cases(n, found) and not (native and n in (native.names or ())))
    named = request.id if request.id is not None else next(naming, None)
    features = [f for f in features if f.name != named]
    for feature in features:
        if feature.name in cells:
            no_stray_text(feature, cells[feature.name], table[feature.name])
    why = {f.name: reason for f in features if (reason := _left_out(f, cells.get(f.name), _wants(native, features)))}
    return Draft(
        request=replace(request, id=named),
        schema=replace(schema, features=_told(tuple(f for f in features if f.name not in why), cells, native)),
        rows=rows,
        counts=Cells.of(table[request.target]).counts if schema.quantity is None else {},
        left_out=why,
        first="0" if named is None else str(table[named].iloc[0]),
        id_guessed=request.id is None and named is not None,
        model=model,
    )


def _schema(table: pd.DataFrame, target: str, native: Native | None) -> Schema:
    """As the data show it; whether outcomes or a quantity are predicted is for a model to say."""
    found = infer_schema(table, target)
    labels = native.labels if native else None
    if labels is not None and found.quantity is not None:
        found = infer_schema(table, target, model_classes=labels)
    if native is not None and labels is None and found.outcomes and library(native.estimator):
        found = replace(found, outcomes=(), cutoff=None, quantity=Quantity(name=readable(target)))
    return replace(found, outcomes=_named([o.key for o in found.outcomes], readable(target)))


def _named(keys: list[str], target: str) -> tuple[Outcome, ...]:
    """Texts as they stand. Of 0 and 1 "churn: yes", first, and "churn: no" ("churned", "not churned").

    Other numbers alone would say nothing.
    """
    flags = {key: FLAG_WORDS.get(key.casefold()) for key in keys}
    if sorted(map(str, flags.values())) == ["0.0", "1.0"]:
        yes, no = sorted(keys, key=lambda key: flags[key] == 0)
        told = (target, f"not {target}") if _DONE.fullmatch(target) else (f"{target}: yes", f"{target}: no")
        return (Outcome(name=told[0], key=yes), Outcome(name=told[1], key=no))
    return tuple(Outcome(name=f"{target} = {key}" if _plain(key) else one_line(key), key=key) for key in keys)


def _plain(text: str) -> bool:
    return text.strip("+-").replace(".", "", 1).isdigit()


def _spread(feature: Feature, native: Native | None) -> Feature:
    """A category with the columns that a model wants of it where it learned from one for each value, as
    `pandas.get_dummies` makes them; values without a column come last."""
    if feature.kind != "category" or feature.columns or not native or feature.name in (native.names or ()):
        return feature
    by_value = {c: f"{feature.name}{sign}{c}" for c in feature.categories for sign in SPREAD_SIGNS
                if f"{feature.name}{sign}{c}" in (native.names or ())}  # fmt: skip
    columns = {c: name for name in native.names or () for c, column in by_value.items() if column == name}
    others = (c for c in feature.categories if c not in columns)
    return replace(feature, columns=tuple(columns.values()), categories=(*columns, *others)) if columns else feature


def _wants(native: Native | None, features: Sequence[Feature]) -> tuple[str, ...]:
    """The columns a model wants, by name; all where it only counts them and the count is right; none where nothing is
    known. lightgbm writes "_" for blanks."""
    if native is None:
        return ()
    own = tuple(column for f in features for column in (f.columns or (f.name,)))
    if native.names:
        return tuple(n for f in features for n in (f.name, *f.columns) if {n, "_".join(n.split())} & set(native.names))
    return own if native.width == len(own) else ()


def _left_out(feature: Feature, cells: Cells | None, wanted: tuple[str, ...]) -> Why | None:
    if {feature.name, *feature.columns} & set(wanted):
        return None
    if wanted and not feature.sensitive:
        return "unused"
    return left_out(feature, cells) if cells else None


def _told(features: tuple[Feature, ...], cells: Mapping[str, Cells], native: Native | None) -> tuple[Feature, ...]:
    """The features as the draft tells them: none under another's label, none alone in a group, groups with names of
    their own, and what a given model does not see marked so."""
    if not features:
        raise InputError("E130", "No column is left to predict the target from.", where="data",
                         hint="Give columns that differ from row to row.")  # fmt: skip
    wanted = set(_wants(native, features)) or {name for f in features for name in (f.name, *f.columns)}
    told = [described(f, cells[f.name]) if f.name in cells else f for f in features]
    told = [replace(f, input=bool(wanted & {f.name, *f.columns})) for f in told]
    labels, groups = Counter(f.label for f in told), Counter(f.group for f in told if f.input)
    return tuple(
        replace(
            f,
            label=f.label if labels[f.label] == 1 else f.name,
            group=f"{f.group} group" if f.group and groups[f.group] > 1 else "",
        )
        for f in told
    )
