"""What the model has seen: the values of its training rows, feature by feature."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from explainers.base import Array, Feature, Frame, Schema, Value
from explainers.cell import titled
from explainers.errors import RangeError
from explainers.numbers import show_exact, show_range
from explainers.table import one_line

FEW = 10
"""Fewer training rows than this near a value are few."""
NEAR = 0.05
"""How near is near, as a share of the range, on either side."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Seen:
    """The training rows' values: `numbers` sorted per number feature, `counts` for every other, `gaps` for all.

    Blind to combinations: two values that were each seen may never have been seen together.
    """

    numbers: Mapping[str, Array]
    counts: Mapping[str, Mapping[Value, int]]
    gaps: Mapping[str, int]

    @classmethod
    def of(cls, frame: Frame, schema: Schema) -> Seen:
        """From training rows behind the gate."""
        numbers: dict[str, Array] = {}
        counts: dict[str, Mapping[Value, int]] = {}
        for feature in schema.features:
            column = frame[feature.name].dropna()
            if feature.kind == "number":
                numbers[feature.name] = np.sort(column.to_numpy(dtype=np.float64, copy=True))
                numbers[feature.name].setflags(write=False)
            else:
                counts[feature.name] = MappingProxyType(dict(sorted(Counter(column.tolist()).items())))
        gaps = {name: int(frame[name].isna().sum()) for name in schema.names}
        return cls(numbers=MappingProxyType(numbers), counts=MappingProxyType(counts), gaps=MappingProxyType(gaps))

    def range(self, feature: Feature) -> tuple[float, float] | None:
        """The smallest and the largest value seen; None where the feature is no number or was never known."""
        values = self.numbers.get(feature.name)
        return None if values is None or not len(values) else (float(values[0]), float(values[-1]))

    def check(self, feature: Feature, value: Value, language: str = "en") -> None:
        """RangeError E301 for a value outside what was seen; an unknown value (None) is the gate's affair."""
        if value is None or self.includes(feature, value):
            return
        ends = self.range(feature)
        known = (_said(feature, v, language) for v in self.counts.get(feature.name, {}))
        seen = ", ".join(known) if ends is None else show_range(*ends, language)
        said = _said(feature, value, language)
        given = f"{titled(feature)} '{said}'" if isinstance(value, str) else f"{titled(feature)} {said}"
        raise RangeError(
            "E301",
            f"{given} is outside what this model has seen ({seen or 'nothing'}).",
            where=feature.name,
            hint="Ask about a value inside it.",
        )

    def includes(self, feature: Feature, value: Value) -> bool:
        """Whether a value is inside what was seen: between the ends, or a category that occurred."""
        if value is None:
            return self.gaps[feature.name] > 0
        ends = self.range(feature)
        if feature.kind != "number":
            return feature.kind in ("text", "image") or value in self.counts[feature.name]
        return ends is not None and not isinstance(value, str) and ends[0] <= value <= ends[1]

    def sparse(self, feature: Feature, value: Value) -> bool:
        """Whether a value is inside, but fewer than 10 training rows lie within 5 % of the range on either side."""
        if not self.includes(feature, value) or feature.kind in ("text", "image"):
            return False
        return self.near(feature, value) < FEW

    def near(self, feature: Feature, value: Value) -> int:
        """How many training rows have such a value: within 5 % of the range, or the same category."""
        ends = self.range(feature)
        if value is None:
            return self.gaps[feature.name]
        if ends is None or isinstance(value, str):
            return self.counts.get(feature.name, {}).get(value, 0)
        reach = NEAR * (ends[1] - ends[0])
        values = self.numbers[feature.name]
        return int(np.searchsorted(values, value + reach, "right") - np.searchsorted(values, value - reach, "left"))


def _said(feature: Feature, value: Value, language: str) -> str:
    if isinstance(value, str) or value is None:
        return one_line(value or "")
    if feature.kind == "flag" and value in (0, 1):
        return "yes" if value else "no"
    return show_exact(value, language)
