"""Numbers as people write and read them: thousands, decimals, currency signs and units, by the reader's locale."""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import lru_cache
from types import MappingProxyType

_LONGEST = 100
_WRITTEN = re.compile(
    r"(?P<sign>[+-]?)\s*(?P<before>[^\W\d_]{0,4}\s*[^\w\s.,'+-]?)\s*(?P<inner>[+-]?)"
    r"(?P<digits>\d[\d.,' ]*|[.,]\d+)(?P<exponent>e[+-]?\d+)?(?P<after>(?:[^\d\s.,].*)?)",
    re.IGNORECASE,
)
_SPACED = re.compile(r"\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?")
_GROUPS = re.compile(r"(?<=\d)[ '](?=\d{3})")
_GROUPED_BY_DOT = (re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?"), ".")
_GROUPED_BY_COMMA = (re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?"), ",")
_POINT = (re.compile(r"\d+(?:\.\d*)?|\.\d+"), ",")
_COMMA = (re.compile(r"\d+(?:,\d*)?|,\d+"), ".")
_WITH_POINT = (_POINT, _GROUPED_BY_COMMA, _GROUPED_BY_DOT)
"""How numbers may be written where the decimal sign is a point, the likeliest first; each with the sign to drop."""
_WITH_COMMA = (_GROUPED_BY_DOT, _COMMA, _POINT)
_TIMES = MappingProxyType(
    {
        **dict.fromkeys(("k", "thousand", "thousands", "千"), 1e3),
        **dict.fromkeys(("m", "mn", "mio", "million", "millions", "百万"), 1e6),
        **dict.fromkeys(("bn", "billion", "billions"), 1e9),
        "万": 1e4,
        "亿": 1e8,
    }
)
_TIMES_THEN_UNIT = re.compile(r"(百万|[千万亿]|(?:k|m|thousands?|mn|mio|millions?|bn|billions?)(?![^\W\d_]))\s*(.*)")
_UNIT_LIKE = re.compile(r"[^\W\d_]{1,12}\d?(?: ?[/·^]? ?[^\W\d_]{1,10}\d?){0,2}|[%°][^\W\d_]?")
_MONEY = re.compile(r"[A-Z]{0,3}[$€£¥₹₩₽₺₫₪₴฿]|元")
_INFINITE = re.compile(r"[+-]?(?:inf|infinity|∞)", re.IGNORECASE)


def read_number(
    text: str, language: str = "en", low: float | None = None, high: float | None = None, unit: str | None = None
) -> float:
    """The number that `text` writes: "45,000", "45 000 €", "1.5k", "40.000"; ValueError where it writes none.

    Where it can be read in two ways ("40.000": forty, or forty thousand; "45%" of a share), the likelier by the
    reader's locale holds, unless only the other lies inside [low, high]. `unit` is what the number is measured in:
    another unit behind it is an error; "" where none is known (signs of money and % pass), None where any unit passes.
    Infinite where the text says so or is too large for a float.
    """
    readings = _readings(text, language, unit)
    inside = [r for r in readings if (low is None or r >= low) and (high is None or r <= high)]
    return (inside or readings)[0]


def _readings(text: str, language: str, unit: str | None) -> list[float]:
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace("’", "'").strip()
    if _INFINITE.fullmatch(plain):
        return [-math.inf if plain.startswith("-") else math.inf]
    written = _WRITTEN.fullmatch(plain) if len(plain) <= _LONGEST else None
    if written is None or (written["sign"] and written["inner"]):
        raise ValueError("not a number")
    sign = -1.0 if "-" in (written["sign"], written["inner"]) else 1.0
    factors = _factors(written["before"].strip(), written["after"].strip(), language, unit)
    digits = _digits(written["digits"].strip(), language)
    found = [sign * float(d + (written["exponent"] or "")) * factor for d in digits for factor in factors]
    if not found:
        raise ValueError("not a number")
    return found


def _digits(text: str, language: str) -> list[str]:
    """Every way to read the digits, as a text that `float` reads, the likeliest by locale first."""
    plain = _GROUPS.sub("", text) if _SPACED.fullmatch(text) else text
    grammars = _WITH_POINT if point_is_decimal(language) else _WITH_COMMA
    return [plain.replace(dropped, "").replace(",", ".") for written, dropped in grammars if written.fullmatch(plain)]


@lru_cache(maxsize=64)
def point_is_decimal(language: str) -> bool:
    """Whether people who write that language put a point before the decimals."""
    from babel.numbers import get_decimal_symbol

    return get_decimal_symbol(locale_of(language)) != ","


def _factors(before: str, after: str, language: str, unit: str | None) -> tuple[float, ...]:
    """What the digits are multiplied by, the likeliest first; ValueError where the words around them do not fit."""
    if before and (after or not _is_money(before)):
        after, before = _after_sign(before, after)
    around = before or after
    if not around or (unit and _bare(around) in _names(unit, language)):
        return (1.0,)
    if around == "%":
        return _percent(unit)
    times = _TIMES_THEN_UNIT.fullmatch(around.casefold())
    behind = times[2].upper() if times else around
    if behind and not _fits(behind, language, unit):
        raise ValueError("another unit")
    return (_TIMES[times[1]] if times else 1.0,)


def _after_sign(before: str, after: str) -> tuple[str, str]:
    """A sign of money in front may be followed by "k" or "million" behind, but by no second unit."""
    if not _is_money(before) or not _TIMES_THEN_UNIT.fullmatch(after.casefold()):
        raise ValueError("words in front")
    return after + before, ""


def _percent(unit: str | None) -> tuple[float, ...]:
    if unit not in ("%", "", None):
        raise ValueError("another unit")
    return (1.0,) if unit == "%" else (1.0, 0.01)


def _is_money(word: str) -> bool:
    from babel.numbers import list_currencies

    return bool(_MONEY.fullmatch(word)) or word.upper() in list_currencies()


def _fits(word: str, language: str, unit: str | None) -> bool:
    if unit is None:
        return _is_money(word) or bool(_UNIT_LIKE.fullmatch(word))
    if unit == "":
        return _is_money(word)
    return _bare(word) in _names(unit, language)


def _names(unit: str, language: str) -> frozenset[str]:
    """What a unit may be called: itself, without "per year", and a currency's signs and names."""
    from babel.numbers import get_currency_name, get_currency_symbol, list_currencies

    stem = re.split(r"/| per ", unit)[0].strip()
    names = {unit, stem}
    if stem.upper() in list_currencies():
        for place in ("en", locale_of(language)):
            name = get_currency_name(stem.upper(), count=2, locale=place)
            symbol = get_currency_symbol(stem.upper(), place)
            names |= {name, name.split()[-1], symbol, symbol[-1], *(("元",) if stem.upper() == "CNY" else ())}
    return frozenset(_bare(name) for name in names)


def _bare(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().replace(" ", "").rstrip("s.")


def locale_of(language: str) -> str:
    """The locale that Babel knows for a language ("zh-CN", "de"); English where it knows none."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(language, sep="-" if "-" in language else "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        return "en"


def show_number(value: float, language: str = "en", step: float | None = None) -> str:
    """A number for a reader: rounded to `step`, else to three significant digits below 1,000, to units above."""
    return _written(_rounded(value, step, ROUND_HALF_UP), language)


def show_exact(value: float, language: str = "en") -> str:
    """A number as it was given, every digit of it."""
    return _written(Decimal(repr(float(value))), language)


def show_range(low: float, high: float, language: str = "en", joint: str = "–") -> str:
    """Two ends, rounded inwards, so that whatever is shown as inside is inside."""
    a, b = _rounded(low, None, ROUND_CEILING), _rounded(high, None, ROUND_FLOOR)
    if a > b:
        a, b = Decimal(repr(float(low))), Decimal(repr(float(high)))
    return _written(a, language) + joint + _written(b, language)


def _rounded(value: float, step: float | None, rounding: str) -> Decimal:
    exact = Decimal(repr(float(value)))
    if not exact.is_finite():
        return exact
    if step:
        unit = Decimal(repr(float(step)))
        return (exact / unit).to_integral_value(rounding) * unit
    if abs(exact) >= 1000 or exact == 0:
        return exact.to_integral_value(rounding)
    return exact.quantize(Decimal(1).scaleb(exact.adjusted() - 2), rounding)


def _written(value: Decimal, language: str) -> str:
    from babel.numbers import format_decimal, format_scientific

    if not value.is_finite():
        return str(value)
    value = value if value else Decimal(0)  # no "-0"
    if value and not Decimal("1e-9") <= abs(value) < Decimal("1e15"):
        return format_scientific(value, locale=locale_of(language), decimal_quantization=False)
    plain = Decimal(f"{value:f}")
    return format_decimal(plain, format="#,##0.#", locale=locale_of(language), decimal_quantization=False)
