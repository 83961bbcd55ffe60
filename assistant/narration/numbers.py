"""Numbers as a reader sees them: rounded, with their unit, in the reader's language. Nothing else is computed here."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from unicodedata import east_asian_width

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

MOST_DECIMALS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """`units` says how a unit is read: a text with `{n}`, or a table of `one` and `other`; `suffixes` how one ends."""

    locale: Locale
    units: Mapping[str, Any]
    suffixes: Mapping[str, str]
    over: str
    under: str

    def amount(self, value: float, unit: str = "", step: float | None = None, decimals: int | None = None) -> str:
        """A value with its unit, rounded to `step`, else to three significant digits (whole parts are never cut)."""
        shown = self._plain(*_rounded(value, step, decimals), percent=unit == "%")
        return self._with_unit(shown, value, unit)

    def apart(self, values: tuple[float, float], unit: str = "", step: float | None = None) -> tuple[str, str]:
        """Two amounts told together: as many digits as keep different values different."""
        first, second = values
        shown = self.amount(first, unit, step), self.amount(second, unit, step)
        for decimals in range(MOST_DECIMALS):
            if first == second or shown[0] != shown[1]:
                break
            shown = self.amount(first, unit, decimals=decimals), self.amount(second, unit, decimals=decimals)
        return shown

    def percent(self, share: float, apart_from: float | None = None) -> str:
        """A share as a whole percentage; more digits where it would look like `apart_from` and is not."""
        decimals = 0
        while apart_from is not None and share != apart_from and decimals < MOST_DECIMALS:
            if round(share * 100, decimals) != round(apart_from * 100, decimals):
                break
            decimals += 1
        rounded = round(share * 100, decimals)
        if decimals == 0 and share != rounded / 100 and rounded in (0, 100):
            return self.over.format(n=self._percent(99)) if rounded else self.under.format(n=self._percent(1))
        return self._percent(rounded, decimals)

    def points(self, weight: float) -> str:
        """The size of a weight of probability in percentage points, without its sign: "22", "1.0"."""
        size = abs(weight) * 100
        if 0 < size < 0.05:
            return self.under.format(n=self._plain(0.1, 1))
        value, decimals = _rounded(size, None, 0 if size >= 9.5 else 1)
        return self._plain(value, decimals, trailing=True)

    def exact(
        self, value: float, *, signed: bool = False, like: float | None = None, apart_from: float | None = None
    ) -> str:
        """For experts: three decimals, or three significant digits of it (or of `like`) where those say more.

        More where it would look like `apart_from` and is not.
        """
        size = abs(value if like is None else like)
        decimals = 3 if 1e-3 <= size < 10 or size == 0 else max(0, min(MOST_DECIMALS, _decimals(size, None)))
        while apart_from is not None and value != apart_from and decimals < MOST_DECIMALS:
            if round(value, decimals) != round(apart_from, decimals):
                break
            decimals += 1
        digits = "0" * decimals
        pattern = f"#,##0.{digits}" if digits else "#,##0"
        return str(
            format_decimal(
                Decimal(repr(round(value, decimals) + 0.0)),
                format=f"+{pattern};-{pattern}" if signed and round(value, decimals) else pattern,
                locale=self.locale,
            )
        )

    def whole(self, count: int) -> str:
        return str(format_decimal(count, locale=self.locale))

    def listed(self, items: Iterable[str]) -> str:
        """The items joined as the language joins them, such as "A, B and C"."""
        return str(format_list(list(items), locale=self.locale))

    def _plain(self, value: float, decimals: int, *, percent: bool = False, trailing: bool = False) -> str:
        if percent:
            return self._percent(value, decimals)
        pattern = "#,##0." + ("0" if trailing else "#") * decimals if decimals else "#,##0"
        return str(format_decimal(Decimal(repr(value)), format=pattern, locale=self.locale, decimal_quantization=False))

    def _percent(self, value: float, decimals: int = 0) -> str:
        pattern = self.locale.percent_formats[None].pattern
        pattern = pattern.replace("#,##0", "#,##0." + "#" * decimals) if decimals else pattern
        share = Decimal(repr(value)) / 100
        return str(format_percent(share, format=pattern, locale=self.locale, decimal_quantization=False))

    def _with_unit(self, shown: str, value: float, unit: str) -> str:
        if unit in ("", "%"):
            return shown
        known = self.units.get(unit)
        if isinstance(known, Mapping):
            known = known["one" if shown == self._plain(1.0, 0) and value >= 0 else "other"]
        if known is None:
            ending = next((s for s in self.suffixes if unit.endswith(s)), None)
            known = "{n}" + _set_off(unit) + (unit.removesuffix(ending) + self.suffixes[ending] if ending else unit)
        return str(known).format(n=shown)


def _set_off(unit: str) -> str:
    """The space before a unit: none before a wide letter, such as a Chinese one."""
    return "" if east_asian_width(unit[0]) in "WF" else " "


def _rounded(value: float, step: float | None, decimals: int | None) -> tuple[float, int]:
    if step and decimals is None:
        value = round(value / step) * step
    places = _decimals(value, step) if decimals is None else decimals
    return round(float(value), places) + 0.0, places


def _decimals(value: float, step: float | None) -> int:
    if step:
        return _step_decimals(step)
    if value == 0 or not math.isfinite(value):
        return 0
    return max(0, min(MOST_DECIMALS, 2 - math.floor(math.log10(abs(value)))))


def _step_decimals(step: float | None) -> int:
    return max(0, -int(Decimal(repr(step)).normalize().as_tuple().exponent)) if step else 0
