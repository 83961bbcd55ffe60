"""What a record names, as a free text may call it: features, values, outcomes, the case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.narration.heard.amounts import Number, numbers, percents, points, shares
from assistant.narration.heard.grammar import Named
from assistant.narration.heard.tokens import Token, tokens

Record = Mapping[str, Any]
Spelled = tuple[str, ...]
_AFTER = re.compile(r"\s(?:in|of|on|at|by|for|from|to|with|per|\()\b.*")
CURRENCIES = {
    "eur": ("eur", "euro", "euros", "€"),
    "usd": ("usd", "dollar", "dollars", "$"),
    "gbp": ("gbp", "pounds", "£"),
}
PER = {"year": ("a year", "per year", "yearly", "a_year"), "month": ("a month", "per month"), "week": ("a week",)}
_ENDINGS = ("ing", "ed", "al", "es", "s", "e", "d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """By how they are spelled: features, values of categories, outcomes and units; and the nouns of the case."""

    features: Mapping[Spelled, frozenset[str]]
    categories: Mapping[Spelled, str]
    outcomes: Mapping[Spelled, str]
    units: Mapping[Spelled, str]
    nouns: frozenset[str]

    @classmethod
    def of(cls, record: Record, table: Mapping[str, Any]) -> Names:
        """Those of a record; `table` is the `[names]` of the language."""
        labels = dict(_labels(record))
        words = {spelled for texts in labels for spelled in [_spelled(texts)]}
        return cls(
            features=_features(labels),
            categories={_spelled(text): text for text in _categories(record) if _spelled(text) not in words},
            outcomes=_outcomes(record, table["same"]),
            units=dict(_units(record)),
            nouns=frozenset({record.get("subject", {}).get("noun", "case").split()[-1].lower(), *table["nouns"]}),
        )

    def readers(self) -> Mapping[str, Named]:
        """The rules that read names and numbers."""
        return {
            "feature": lambda t, i: _spelled_at(self.features, t, i),
            "category": lambda t, i: _spelled_at(self.categories, t, i),
            "outcome": lambda t, i: _spelled_at(self.outcomes, t, i),
            "number": numbers,
            "percent": percents,
            "points": points,
            "share": shares,
            "quantity": self._quantities,
            "noun": self._noun,
            "owner": self._owner,
        }

    def _noun(self, said: Sequence[Token], begin: int) -> Iterator[tuple[int, str]]:
        if begin < len(said) and said[begin].text in self.nouns:
            yield begin + 1, said[begin].text

    def _owner(self, said: Sequence[Token], begin: int) -> Iterator[tuple[int, str]]:
        if begin < len(said) and said[begin].text.endswith("'s") and said[begin].text[:-2] in self.nouns:
            yield begin + 1, said[begin].text

    def _quantities(self, said: Sequence[Token], begin: int) -> Iterator[tuple[int, Number]]:
        """A number with its unit, before or behind."""
        for middle, number in numbers(said, begin):
            yield middle, number
            for end, unit in _spelled_at(self.units, said, middle):
                yield end, replace(number, unit=unit)
        for middle, unit in _spelled_at(self.units, said, begin):
            for end, number in numbers(said, middle):
                yield end, replace(number, unit=unit)
                for last, longer in _spelled_at(self.units, said, end):
                    if longer.startswith(unit):
                        yield last, replace(number, unit=longer)


def stemmed(word: str) -> str:
    """A word without its ending, to compare "approval" with "approved"."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _spelled(text: str) -> Spelled:
    return tuple(stemmed(token.text) for token in tokens(text) or ())


def _spelled_at(table: Mapping[Spelled, Any], said: Sequence[Token], begin: int) -> Iterator[tuple[int, Any]]:
    """The entries spelled here, the longest first."""
    longest = max(map(len, table), default=0)
    words = tuple(stemmed(token.text) for token in said[begin : begin + longest])
    for n in range(len(words), 0, -1):
        if words[:n] in table:
            yield begin + n, table[words[:n]]


def _labels(part: Any) -> Iterator[tuple[str, str]]:
    """Every label of the record and the feature it is of."""
    if isinstance(part, Mapping):
        if isinstance(part.get("feature"), str) and isinstance(part.get("label"), str):
            yield part["label"], part["feature"]
        for inner in part.values():
            yield from _labels(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _labels(inner)


def _features(labels: Mapping[str, str]) -> Mapping[Spelled, frozenset[str]]:
    """Whole labels, and such ends of one as no other label has."""
    whole = {_spelled(label): feature for label, feature in labels.items()}
    found: dict[Spelled, set[str]] = {spelled: {feature} for spelled, feature in whole.items() if spelled}
    short: dict[Spelled, set[str]] = {}
    for label, feature in labels.items():
        words = _spelled(_AFTER.sub("", label))
        for i in range(len(words)):
            short.setdefault(words[i:], set()).add(feature)
    found |= {spelled: names for spelled, names in short.items() if spelled not in found and len(names) == 1}
    return {spelled: frozenset(names) for spelled, names in found.items()}


def _categories(part: Any) -> Iterator[str]:
    """Every value that is a word."""
    if isinstance(part, Mapping):
        for name, inner in part.items():
            if name in ("value", "from", "to", "theirs", "yours", "at") and isinstance(inner, str):
                yield inner
            else:
                yield from _categories(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _categories(inner)


def _outcomes(record: Record, same: Mapping[str, Sequence[str]]) -> Mapping[Spelled, str]:
    """Outcomes by name and, where the language knows some, by words that mean the same."""
    names = dict.fromkeys(_outcome_names(record))
    found = {_spelled(name): name for name in names}
    for words in same.values():
        known = {_spelled(word): word for word in words}
        named = {found[spelled] for spelled in known if spelled in found}
        if len(named) == 1:
            found |= {spelled: next(iter(named)) for spelled in known if spelled not in found}
    return found


def _outcome_names(part: Any) -> Iterator[str]:
    if isinstance(part, Mapping):
        for name, inner in part.items():
            if name in ("outcome_before", "outcome_after", "cutoff_of", "of", "runner_up") and isinstance(inner, str):
                yield inner
            elif name == "scores" and isinstance(inner, Mapping):
                yield from inner
            elif name == "outcome" and isinstance(inner, Mapping):
                yield from (inner["name"], *inner["alternatives"])
            elif name == "outcome" and isinstance(inner, str):
                yield inner
            elif name in ("counts", "true_counts", "counts_before", "counts_after") and isinstance(inner, list):
                yield from (count["name"] for count in inner)
            elif name != "reference":
                yield from _outcome_names(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _outcome_names(inner)


def _units(part: Any) -> Iterator[tuple[Spelled, str]]:
    """The ways to write each unit of the record."""
    if isinstance(part, Mapping):
        unit = part.get("unit")
        if isinstance(unit, str) and unit not in ("", "probability", "count"):
            yield from ((_spelled(text), unit) for text in _written(unit))
        for inner in part.values():
            yield from _units(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _units(inner)


def _written(unit: str) -> Iterator[str]:
    yield unit
    first, _, per = unit.partition("/")
    for name in CURRENCIES.get(first.lower(), (first,)):
        if not per:
            yield name
        for text in PER.get(per, (f"per {per}",)) if per else ():
            yield f"{name} {text}"
    if unit == "%":
        yield from ("percent", "per cent")
