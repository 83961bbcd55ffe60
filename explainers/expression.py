"""Small formulas over the features of a case: `existing_debt / income * 100`, `debt_to_income > 60`.

Arithmetic, comparisons, `and`, `or`, `not`, numbers, quoted text and names; names with spaces stand in backticks.
No calls, no code.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from explainers.errors import DomainError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

_ARITHMETIC: Mapping[type[ast.operator], Callable[[float, float], float]] = MappingProxyType(
    {
        ast.Add: operator.add,
        ast.Sub: operator.sub,
        ast.Mult: operator.mul,
        ast.Div: operator.truediv,
        ast.Pow: operator.pow,
    }
)
_COMPARISON: Mapping[type[ast.cmpop], Callable[[Any, Any], bool]] = MappingProxyType(
    {
        ast.Eq: operator.eq,
        ast.NotEq: operator.ne,
        ast.Lt: operator.lt,
        ast.LtE: operator.le,
        ast.Gt: operator.gt,
        ast.GtE: operator.ge,
    }
)
_ALLOWED = (ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.Name, ast.Constant, ast.Load, ast.USub, ast.Not,
            ast.And, ast.Or, *_ARITHMETIC, *_COMPARISON)  # fmt: skip
_BACKTICKS = re.compile(r"`([^`]+)`")
_SPOKEN_FLAGS = MappingProxyType({"true": 1.0, "yes": 1.0, "false": 0.0, "no": 0.0})
_LONGEST = 1000
_MOST_PARTS = 300


@dataclass(frozen=True, slots=True)
class Expression:
    """A formula as written. Unknown (None) spreads through arithmetic, comparisons and `not`."""

    text: str

    def __post_init__(self) -> None:
        nodes = list(ast.walk(self._tree()[0]))
        if len(nodes) > _MOST_PARTS:
            raise DomainError("E610", f"The formula {self.text[:79]!r}… is too long.", where=self.text[:79])
        for node in nodes:
            known = not isinstance(node, ast.Constant) or isinstance(node.value, int | float | str)
            if not (known and isinstance(node, _ALLOWED)):
                raise DomainError("E610", f"The formula {self.text!r} uses what formulas cannot do.", where=self.text,
                                  hint="Use names, numbers, + - * / **, comparisons, and, or, not.")  # fmt: skip

    def _tree(self) -> tuple[ast.expr, dict[str, str]]:
        names: dict[str, str] = {}

        def stand_in(match: re.Match[str]) -> str:
            names[f"_name{len(names)}"] = match[1]
            return f"_name{len(names) - 1}"

        try:
            if len(self.text) > _LONGEST:
                raise ValueError(f"longer than {_LONGEST} characters")
            return ast.parse(_BACKTICKS.sub(stand_in, self.text.strip()), mode="eval").body, names
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            shown = self.text if len(self.text) <= 80 else self.text[:79] + "…"
            raise DomainError("E610", f"The formula {shown!r} cannot be read.", where=shown) from error

    @property
    def names(self) -> frozenset[str]:
        """Every name in it: features, and bare words that stand for text."""
        tree, spelled = self._tree()
        return frozenset(spelled.get(n.id, n.id) for n in ast.walk(tree) if isinstance(n, ast.Name))

    def value(self, values: Mapping[str, float | str | None]) -> float | None:
        """The number it comes to, None where a part is missing or it divides by zero."""
        tree, spelled = self._tree()
        return _number(_evaluate(tree, values, spelled))

    def holds(self, values: Mapping[str, float | str | None]) -> bool:
        """Whether it is true; never true through a missing value."""
        tree, spelled = self._tree()
        return bool(_evaluate(tree, values, spelled))

    def column(self, frame: pd.DataFrame) -> npt.NDArray[np.float64]:
        """Its value in every row of `frame`, shape (n,); NaN where a part is missing."""
        tree, spelled = self._tree()
        parts = [name for name in self.names if name in frame]
        rows = (dict(zip(parts, cells, strict=True)) for cells in zip(*(frame[p] for p in parts), strict=True))
        found = [_number(_evaluate(tree, row, spelled)) for row in rows] if parts else [self.value({})] * len(frame)
        return np.array([math.nan if number is None else number for number in found], dtype=np.float64)


def _number(found: Any) -> float | None:
    return float(found) if isinstance(found, int | float) and math.isfinite(found) else None


def _evaluate(node: ast.expr, values: Mapping[str, float | str | None], spelled: Mapping[str, str]) -> Any:
    match node:
        case ast.Constant():
            return node.value if isinstance(node.value, str) else float(node.value)  # type: ignore[arg-type]  # checked when made
        case ast.Name():
            name = spelled.get(node.id, node.id)
            found = values.get(name, name)
            return None if isinstance(found, float) and math.isnan(found) else found
        case ast.UnaryOp(op=ast.Not()):
            inner = _evaluate(node.operand, values, spelled)
            return None if inner is None else not inner
        case ast.UnaryOp():
            return _arithmetic(ast.Sub, 0.0, _evaluate(node.operand, values, spelled))
        case ast.BoolOp():
            parts = [_evaluate(part, values, spelled) for part in node.values]
            return _all(parts) if isinstance(node.op, ast.And) else _any(parts)
        case ast.BinOp():
            left, right = (_evaluate(side, values, spelled) for side in (node.left, node.right))
            return _arithmetic(type(node.op), left, right)
        case ast.Compare():
            sides = [_evaluate(side, values, spelled) for side in (node.left, *node.comparators)]
            return _all([_compare(type(op), a, b) for op, a, b in zip(node.ops, sides, sides[1:], strict=False)])
    raise AssertionError(node)


def _all(parts: list[Any]) -> bool | None:
    """Kleene's `and`: false where one part is false, unknown where one is unknown."""
    if any(part is not None and not part for part in parts):
        return False
    return None if None in parts else True


def _any(parts: list[Any]) -> bool | None:
    """Kleene's `or`: true where one part is true, unknown where one is unknown."""
    if any(parts):
        return True
    return None if None in parts else False


def _arithmetic(op: type[ast.operator], left: Any, right: Any) -> float | None:
    if not isinstance(left, int | float) or not isinstance(right, int | float):
        return None
    try:
        found = _ARITHMETIC[op](left, right)
    except (ZeroDivisionError, OverflowError):
        return None
    return None if isinstance(found, complex) else found


def _compare(op: type[ast.cmpop], left: Any, right: Any) -> bool | None:
    """Unknown where a side is unknown, or where text that is no number would have to be larger or smaller."""
    if left is None or right is None:
        return None
    if isinstance(left, str) and isinstance(right, str) and op in (ast.Eq, ast.NotEq):
        return _COMPARISON[op](left, right)
    a, b = _measure(left), _measure(right)
    if a is None or b is None:
        return op is ast.NotEq if op in (ast.Eq, ast.NotEq) else None
    return _COMPARISON[op](a, b)


def _measure(side: Any) -> float | None:
    if not isinstance(side, str):
        return float(side)
    try:
        return float(side)
    except ValueError:
        return _SPOKEN_FLAGS.get(side.casefold())
