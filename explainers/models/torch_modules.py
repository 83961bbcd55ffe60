"""Torch modules that score tables: float32 columns in, values, probabilities or logits out."""

from __future__ import annotations

import contextlib
import copy
import warnings
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from explainers.base import Array, Schema
from explainers.errors import ModelError
from explainers.models import guard
from explainers.models.native import Native
from explainers.models.outputs import are_logits, columns, told

AGREES = 1e-4
"""By how much a module's answers may change in double precision, times the largest of them where that is above 1."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TorchModule:
    """A module to be asked for rows of numbers. `outcomes`: how many are told apart; 0 for a quantity.

    Rows are rounded to single precision, as in training, then computed in double precision where the module can: so
    a case alone and in a batch get the same score, on any number of threads.
    """

    module: Any
    double: bool = False
    logits: bool = False
    outcomes: int = 0

    def outputs(self, rows: Any) -> Array:
        """What the module returns for encoded rows (n, d), shape (n, k). ModelError E213 where that is no tensor."""
        import torch

        with torch.no_grad():
            returned = self.module(self.tensor(rows))
        if not isinstance(returned, torch.Tensor):
            raise ModelError(
                "E213",
                f"The module returns a {type(returned).__name__}, not one tensor of scores.",
                where="model",
                hint="Wrap it in a module whose forward returns the scores alone.",
            )
        return columns(returned.numpy(force=True))

    def tensor(self, rows: Any) -> Any:
        """Encoded rows as the module takes them."""
        import torch

        dense = np.array(rows.toarray() if hasattr(rows, "toarray") else rows, dtype="float32")
        return torch.from_numpy(dense.astype("float64") if self.double else dense)

    def margin(self, rows: Any, position: int) -> Any:
        """The margin of the outcome at a position, of a tensor of rows, as a tensor (n,) that can be differentiated."""
        found = self.module(rows)
        found = found.reshape(len(found), -1)
        if not self.outcomes:
            return found[:, 0]
        if self.logits and self.outcomes == 2:
            odds = found[:, -1] - (found[:, 0] if found.shape[1] == 2 else 0)
            return odds if position else -odds
        found = found.softmax(dim=1) if self.logits else found
        if found.shape[1] > 1:
            return found[:, position]
        return found[:, 0] if position else 1 - found[:, 0]


def torch_native(module: Any) -> Native:
    """A module, copied into memory and put in evaluation mode; what it returns is seen when it is asked."""
    asked = TorchModule(module=_evaluating(module))
    return Native(estimator=asked, encode=_floats, scores=asked.outputs, settle=_settled)


def _settled(native: Native, schema: Schema, table: pd.DataFrame) -> Native:
    asked = _precise(native.estimator, native.encode(table.head(50)))
    bare = replace(native, scores=asked.outputs)
    logits = schema.quantity is None and are_logits(bare, table)
    asked = replace(asked, outcomes=len(schema.outcomes), logits=logits)
    return replace(told(bare, schema, logits=logits), estimator=asked)


def _precise(asked: TorchModule, rows: Any) -> TorchModule:
    """In double precision, where the module can and says the same."""
    single = guard.asked(lambda: asked.outputs(rows))
    try:
        double = replace(asked, module=_copied(asked.module, double=True), double=True)
        close = np.abs(double.outputs(rows) - single) <= AGREES * max(1.0, float(np.abs(single).max(initial=0)))
    except Exception:  # a module may make its own single-precision tensors, and mix them with no others
        return asked
    return double if close.all() else asked


def _evaluating(module: Any) -> Any:
    """A copy on the processor, without dropout and the like; the caller's own module stays as it is."""
    module = _copied(module)
    with contextlib.suppress(NotImplementedError):  # an exported program keeps the mode it was exported in
        module.eval()
    return module


def _copied(module: Any, *, double: bool = False) -> Any:
    with warnings.catch_warnings(action="ignore"):  # of torch about its own ways to copy exported and scripted modules
        copied = copy.deepcopy(module).cpu()
        return copied.double() if double else copied


def _floats(table: pd.DataFrame) -> Any:
    """The table as float32. Raises ModelError E210 where a column holds text."""
    texts = [str(name) for name in table if not pd.api.types.is_numeric_dtype(table[name].dtype)]
    if texts:
        raise ModelError(
            "E210",
            f"A torch module takes numbers, and *{texts[0]}* holds text.",
            where=texts[0],
            hint="Give numbers or one-hot columns, or a pipeline: make_pipeline(fitted_encoder, module).",
        )
    return table.to_numpy(dtype="float32")
