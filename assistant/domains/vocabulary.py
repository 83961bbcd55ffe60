"""The words of a domain, per language: labels, outcomes, values, units. What they mean stands in the schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Texts = Mapping[str, str]
"""Language (ISO code) -> text; "" is the text that holds where a language has none of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureWords:
    """How people call one feature and its values."""

    label: Texts
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unit: Texts = field(default_factory=dict)
    meaning: Texts = field(default_factory=dict)
    source: Texts = field(default_factory=dict)
    values: Mapping[str, Texts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeWords:
    """How people call one outcome; `verb` is a phrase such as "was approved"."""

    name: Texts
    verb: Texts = field(default_factory=dict)
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Vocabulary:
    """Every name a domain has words for; compared by identity.

    Outcomes are keyed by `Outcome.name`, rules by `Rule.name`.
    """

    title: Texts
    subject: Texts
    features: Mapping[str, FeatureWords]
    outcomes: Mapping[str, OutcomeWords] = field(default_factory=dict)
    quantity: Texts = field(default_factory=dict)
    groups: Mapping[str, Texts] = field(default_factory=dict)
    rules: Mapping[str, Texts] = field(default_factory=dict)
    reference: Texts = field(default_factory=dict)
    """What the reference group is called, such as "all applicants"; empty where the domain does not say."""
    model: Texts = field(default_factory=dict)
    """What the model is called; empty where the domain does not say."""
    law: tuple[str, ...] = ()
    source: Texts = field(default_factory=dict)
    """Where the data come from; empty where the domain does not say."""
    synthetic: bool | None = None
    """Whether the rows are made up; None where the domain does not say."""

    def label(self, name: str, language: str) -> str:
        """Of a feature or a declared group."""
        if name in self.features:
            return said(self.features[name].label, language)
        return said(self.groups.get(name, {"": name}), language)

    def unit(self, feature: str, language: str) -> str:
        return said(self.features[feature].unit, language)

    def value(self, feature: str, value: Any, language: str) -> str:
        """Of a category; the text itself where it has no name."""
        return said(self.features[feature].values.get(str(value), {"": str(value)}), language)

    def outcome(self, name: str, language: str) -> str:
        return said(self.outcomes[name].name, language) if name in self.outcomes else said(self.quantity, language)

    def verb(self, outcome: str, language: str) -> str | None:
        return said(self.outcomes[outcome].verb, language) or None if outcome in self.outcomes else None

    def rule(self, name: str, language: str) -> str:
        return said(self.rules[name], language)

    @property
    def medical(self) -> bool:
        return "medical" in self.law


def said(texts: Texts, language: str) -> str:
    """The text in this language, else the one that holds for all, else English, else nothing."""
    return texts.get(language) or texts.get("") or texts.get("en") or ""


def texts(table: Mapping[str, Any], key: str, short: str = "zh") -> dict[str, str]:
    """Reads `key`, `key_zh`, … of a TOML table (and `zh` alone in a short table with a `name`)."""
    found = {"": str(table[key])} if table.get(key) else {}
    others = [k for k in table if k.startswith(f"{key}_") and len(k) == len(key) + 3]
    found |= {k[-2:]: str(table[k]) for k in others}
    if key == "name" and short in table:
        found.setdefault(short, str(table[short]))
    return {language: text for language, text in found.items() if text}
