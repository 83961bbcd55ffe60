"""ONNX models, asked through onnxruntime: one tensor of numbers, or one input for each column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from explainers.base import Schema
from explainers.errors import ModelError
from explainers.models import guard
from explainers.models.native import Native, as_it_is, as_text, numbers_only
from explainers.models.outputs import are_logits, told

TYPES: Mapping[str, str] = MappingProxyType(
    {
        "tensor(float)": "float32",
        "tensor(double)": "float64",
        "tensor(int64)": "int64",
        "tensor(int32)": "int32",
        "tensor(bool)": "bool",
        "tensor(string)": "object",
    }
)
"""The element types of inputs that rows can be written in."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OnnxModel:
    """A session with the bytes it was made from, so that it can be copied into another process."""

    data: bytes
    session: Any

    @classmethod
    def of(cls, data: bytes) -> OnnxModel:
        """On one thread: calls are many and small. Raises what onnxruntime raises for bytes that it cannot read."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4
        return cls(data=data, session=onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"]))

    def __reduce__(self) -> tuple[Any, tuple[bytes]]:
        return OnnxModel.of, (self.data,)

    @property
    def widths(self) -> tuple[int | None, ...]:
        """How many columns each input takes; None where that is free."""
        shapes = [i.shape for i in self.session.get_inputs()]
        several = len(shapes) > 1
        return tuple(1 if len(s) == 1 else s[1] if isinstance(s[1], int) else 1 if several else None for s in shapes)

    @property
    def output(self) -> Any:
        """The output with the scores: probabilities by label, else the numbers that are called so, else the first."""
        outputs = [o for o in self.session.get_outputs() if "map(" in o.type or o.type in _NUMBERS]
        outputs.sort(key=lambda o: ("map(" not in o.type, "prob" not in o.name.lower()))
        if not outputs:
            raise _unfit("returns labels only, no scores", "Export it with its probabilities.")
        return outputs[0]

    def run(self, rows: Any) -> Any:
        """What the model returns for rows, a table or an array: an array, or for each row a mapping by label."""
        columns = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(rows)
        feeds, at = {}, 0
        for given, width in zip(self.session.get_inputs(), self.widths, strict=True):
            taken = columns.iloc[:, at : at + width if width else None]
            values = _written(taken, TYPES[given.type])
            feeds[given.name] = values[:, 0] if len(given.shape) == 1 else values
            at += taken.shape[1]
        return self.session.run([self.output.name], feeds)[0]

    def scores(self, rows: Any) -> Any:
        """Scores of rows, (n, k) or (n,)."""
        found = self.run(rows)
        return np.array([list(row.values()) for row in found]) if isinstance(found, list) else found


_NUMBERS = ("tensor(float)", "tensor(double)")


def onnx_native(model: OnnxModel) -> Native:
    """A session; its inputs are columns by name where there are several of one column each.

    Raises ModelError E213 for inputs that no rows of a table fit.
    """
    inputs, widths = model.session.get_inputs(), model.widths
    for given in inputs:
        if given.type not in TYPES or len(given.shape) not in (1, 2):
            raise _unfit(f"takes {given.type} of shape {given.shape}", "Give a model of rows and columns.")
        if isinstance(given.shape[0], int):
            raise _unfit(f"takes {given.shape[0]} rows at a time", "Export it with a free first dimension.")
    assert model.output  # one with scores
    named = len(inputs) > 1 and set(widths) == {1}
    known = [width for width in widths if width is not None]
    return Native(
        estimator=model,
        encode=as_it_is if len(inputs) > 1 else numbers_only,
        scores=model.scores,
        names=tuple(i.name for i in inputs) if named else None,
        width=sum(known) if len(known) == len(widths) else None,
        settle=_settled,
    )


def session_native(session: Any) -> Native:
    """An onnxruntime session that somebody made."""
    return onnx_native(OnnxModel(data=b"", session=session))


def _settled(native: Native, schema: Schema, table: pd.DataFrame) -> Native:
    found = guard.returned(lambda: native.estimator.run(native.encode(table.head(1))))
    labels = tuple(found[0]) if isinstance(found, list) and found else None
    known = replace(native, labels=labels)
    return told(known, schema, logits=schema.quantity is None and are_logits(known, table))


def _written(columns: pd.DataFrame, dtype: str) -> Any:
    """Columns as a model takes them, (n, width). Raises ModelError E210 for a gap where it takes whole numbers."""
    if dtype == "object":
        return np.column_stack([as_text(columns[name]).to_numpy(dtype=object) for name in columns])
    values = columns.to_numpy(dtype="float64")
    if dtype.startswith("int") and not np.isfinite(values).all():
        raise ModelError("E210", f"The model takes whole numbers for *{columns.columns[0]}*.", where="model",
                         hint=guard.HINT)  # fmt: skip
    return values.astype(dtype)


def _unfit(what: str, hint: str) -> ModelError:
    return ModelError("E213", f"The ONNX model {what}.", where="model", hint=hint)
