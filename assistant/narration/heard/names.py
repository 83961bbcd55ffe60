"""What a record names, as a free text may call it: features, values, outcomes, the case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.narration.heard.amounts import multiples, numbers, percents, points, shares
from assistant.narration.heard.conditions import Condition
from assistant.narration.heard.grammar import Named
from assistant.narration.heard.labels import features, labels
from assistant.narration.heard.spelling import Spelled, spelled, spelled_at, stemmed
from assistant.narration.heard.tokens import Token
from assistant.narration.heard.units import quantities, units

Record = Mapping[str, Any]
OUTCOMES = ("outcome_before", "outcome_after", "cutoff_of", "of", "runner_up", "said", "truth")
"""Keys under which a name is that of an outcome."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """By how they are spelled: features, values of categories, outcomes and units; and the nouns of the case."""

    features: Mapping[Spelled, frozenset[str]]
    categories: Mapping[Spelled, str]
    outcomes: Mapping[Spelled, str]
    units: Mapping[Spelled, str]
    nouns: frozenset[str]
    rules: Mapping[Spelled, str]
    """The text of the rule that decided."""
    held: Mapping[Spelled, frozenset[str]]
    """Values that are words, with the features whose value in this case each is."""
    written: Mapping[Spelled, frozenset[str]]
    models: Mapping[Spelled, str]
    condition: Condition

    @classmethod
    def of(cls, record: Record, table: Mapping[str, Any]) -> Names:
        """Those of a record; `table` is the `[names]` of the language."""
        known = labels(record)
        words = {spelled(label) for label in known}
        return cls(
            features=features(known),
            categories={spelled(text): text for text in _categories(record) if spelled(text) not in words},
            outcomes=_outcomes(record, table["same"]),
            units=dict(units(record)),
            nouns=_nouns(record.get("subject", {}).get("noun", ""), table["nouns"]),
            rules=_rules(record),
            held=_held(record),
            written=_written_names(record),
            models={spelled(record["model"]["name"]): "model.name"} if "name" in record.get("model", {}) else {},
            condition=Condition.of(record, table.get("conditions", {})),
        )

    def readers(self) -> Mapping[str, Named]:
        """The rules that read names and numbers."""
        return {
            "feature": lambda t, i: spelled_at(self.features, t, i),
            "category": lambda t, i: spelled_at(self.categories, t, i),
            "outcome": lambda t, i: spelled_at(self.outcomes, t, i),
            "unit": lambda t, i: spelled_at(self.units, t, i),
            "number": numbers,
            "percent": percents,
            "points": points,
            "share": shares,
            "times": multiples,
            "quantity": lambda t, i: quantities(self.units, t, i),
            "rule_text": lambda t, i: spelled_at(self.rules, t, i),
            "gerund": lambda t, i: _held_at(self.categories, t, i),
            "held": lambda t, i: _held_at(self.held, t, i),
            "holds": lambda t, i: spelled_at(self.held, t, i),
            "the_age": lambda _, i: iter([(i, self.features["age",])] if ("age",) in self.features else []),
            "noun": self._noun,
            "owner": self._owner,
            "model_name": lambda t, i: spelled_at(self.models, t, i),
            "written": lambda t, i: spelled_at(self.written, t, i),
            **self.condition.readers(),
        }

    def _noun(self, said: Sequence[Token], begin: int) -> Iterator[tuple[int, str]]:
        if begin < len(said) and said[begin].text in self.nouns:
            yield begin + 1, said[begin].text

    def _owner(self, said: Sequence[Token], begin: int) -> Iterator[tuple[int, str]]:
        if begin < len(said) and said[begin].text.endswith("'s") and said[begin].text[:-2] in self.nouns:
            yield begin + 1, said[begin].text


def _nouns(own: str, alike: Sequence[Sequence[str]]) -> frozenset[str]:
    """The noun of a case and those that may stand for it; all where the record has none."""
    noun = (own.split() or [""])[-1].lower()
    known = [word for words in alike if not noun or noun in words for word in words]
    return frozenset({noun or "case", "case", *known})


def _rules(record: Record) -> Mapping[Spelled, str]:
    text = record.get("rule", {}).get("text", "")
    return {key: text for key in [spelled(text)] if key}


def _held(record: Record) -> Mapping[Spelled, frozenset[str]]:
    found: dict[Spelled, set[str]] = {}
    members = [m for reason in record.get("reasons") or () for m in reason.get("members") or ()]
    for entry in (*(record.get("reasons") or ()), *members, *(record.get("known") or ())):
        if isinstance(entry.get("value"), str):
            found.setdefault(spelled(entry["value"]), set()).add(entry["feature"])
    return {key: frozenset(names) for key, names in found.items() if len(names) == 1}


def _held_at(table: Mapping[Spelled, Any], said: Sequence[Token], begin: int) -> Iterator[tuple[int, Any]]:
    """A value said as what somebody does or is: "renting", "being female"."""
    if begin < len(said) and said[begin].text == "being":
        yield from spelled_at(table, said, begin + 1)
    elif begin < len(said) and said[begin].text.endswith("ing"):
        stem = said[begin].text.removesuffix("ing")
        yield from ((begin + 1, table[key]) for key in {spelled(stem), spelled(stem + "e")} if key in table)


def _written_names(record: Record) -> Mapping[Spelled, frozenset[str]]:
    """Where the names of models, data, sources, methods and parameters stand, by how they are key."""
    found: dict[Spelled, set[str]] = {}
    for part in ("model", "data", "model_info"):
        for path, text in _texts(record.get(part), part):
            if key := spelled(text):
                found.setdefault(key, set()).add(path)
                found.setdefault((stemmed(text.replace("_", "").lower()),), set()).add(path)
    return {key: frozenset(paths) for key, paths in found.items()}


def _texts(part: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(part, str):
        yield path, part
    elif isinstance(part, Mapping):
        for name, inner in part.items():
            if path.endswith(".parameters"):
                yield f"{path}.{name}#name", name
            if name not in ("version", "reference", "outcomes", "targets", "labels", "task", "field"):
                yield from _texts(inner, f"{path}.{name}")
    elif isinstance(part, list):
        for i, inner in enumerate(part):
            yield from _texts(inner, f"{path}[{i}]")


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
    found = {spelled(name): name for name in names}
    heads = {spelled(name.removesuffix(" score")): name for name in names}
    heads |= {key[1:]: name for key, name in heads.items() if len(key) == 2 and name.endswith(" score")}
    found |= {key: name for key, name in heads.items() if key not in found}
    for words in same.values():
        known = {spelled(word): word for word in words}
        named = {found[key] for key in known if key in found}
        if len(named) == 1:
            found |= {key: next(iter(named)) for key in known if key not in found}
    return found


def _outcome_names(part: Any) -> Iterator[str]:
    if isinstance(part, Mapping):
        for name, inner in part.items():
            if name in OUTCOMES and isinstance(inner, str):
                yield inner
            elif name in ("targets", "outcomes") and isinstance(inner, list):
                yield from (text for text in inner if isinstance(text, str))
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
