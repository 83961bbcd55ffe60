"""How a language names the case, the labels and the values; all patterns and forms come from its `speech.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from babel import Locale

from assistant.narration.numbers import Numbers
from prompts import Words

SENTENCES: Mapping[str, Any] = MappingProxyType({"between": " ", "capital": True, "opening": r"^\S+(?:\s+\S+)?"})
LISTS: Mapping[str, str] = MappingProxyType({"names": ", ", "more": "{names} and {n} more"})
"""What holds where a language does not say: words that were kept before it could."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """`table` is the language's `speech.toml`."""

    table: Mapping[str, Any]
    numbers: Numbers

    @classmethod
    def of(cls, words: Words) -> Speech:
        table = words.speech
        return cls(
            table=table,
            numbers=Numbers(
                locale=Locale.parse(table["locale"]),
                units=table.get("units", {}),
                suffixes=table.get("unit_endings", {}),
                over=table["numbers"]["over"],
                under=table["numbers"]["under"],
            ),
        )

    @property
    def between(self) -> str:
        """What stands between two sentences; "" in a language that does not part words."""
        return str(self._of_sentences("between"))

    def sentence(self, text: str) -> str:
        """Words as a sentence begins with them."""
        return text[:1].upper() + text[1:] if self._of_sentences("capital") else text

    def opening(self, text: str) -> str:
        """The beginning of a sentence that the next one should not share."""
        found = re.search(self._of_sentences("opening"), text)
        return found[0] if found else ""

    def joined(self, items: Iterable[str], how: str = "") -> str:
        """Items as a list; `how` names another way than the usual "A, B and C", where the language has that."""
        sign = self.table.get("lists", {}).get(how)
        return self.numbers.listed(items) if sign is None else str(sign).join(items)

    def some(self, names: Sequence[str], most: int) -> str:
        """The first so many names, and how many more there are."""
        lists = {**LISTS, **self.table.get("lists", {})}
        told = str(lists["names"]).join(names[:most])
        return str(lists["more"]).format(names=told, n=len(names) - most) if len(names) > most else told

    def _of_sentences(self, name: str) -> Any:
        return self.table.get("sentences", {}).get(name, SENTENCES[name])

    def address(self, noun: str) -> str:
        """Whether a case of this noun is told `you`, `owned` ("your …") or `thing` ("this …"), by its last word."""
        if self._is_of(noun, self.table.get("people", ())):
            return "you"
        return "owned" if self._is_of(noun, self.table.get("owned", ())) else "thing"

    def _is_of(self, noun: str, words: Sequence[str]) -> bool:
        """Whether a noun ends in one of these words."""
        if not self.between:
            return noun.endswith(tuple(words))
        return (noun.lower().split()[-1:] or [""])[0] in words

    def case_forms(self, noun: str) -> Mapping[str, str]:
        """The forms of the case: subject, object, holder, possessive and what else the language has."""
        forms: Mapping[str, str] = self.table["case"][self.address(noun)]
        return {form: text.format(noun=noun) for form, text in forms.items()}

    def named(self, label: str) -> str:
        """A label within a sentence about no one in particular: "income", "the length of credit history"."""
        pattern = self.table.get("labels", {}).get("article")
        return f"{self.word('article')} {label}" if pattern and re.search(pattern, label) else label

    def label_tags(self, label: str) -> frozenset[str]:
        """The grammar of a label: `plural`, `short`, `bracketed`, `verbal`, as far as the language has such."""
        patterns = self.table.get("labels", {})
        head = re.search(patterns["head"], label) if "head" in patterns else None
        found = {"plural"} if head and re.search(patterns["plural"], head[1]) else set()
        found |= {
            tag for tag in ("short", "bracketed", "verbal") if tag in patterns and re.search(patterns[tag], label)
        }
        return frozenset(found - {"short"} if "plural" in found else found)

    def remark(self, text: str) -> str:
        """What a remark is, such as `thanks`; "" for a greeting."""
        patterns: Mapping[str, str] = self.table.get("remarks", {})
        return next((name for name, pattern in patterns.items() if re.search(pattern, text, re.IGNORECASE)), "")

    def value(self, value: float | str | None, unit: str | None = None, step: float | None = None) -> str:
        """A cell as people read it: an amount, a category, a flag's yes or no, or "not known"."""
        if value is None:
            return self.word("unknown")
        if isinstance(value, str):
            return self.word(value) if value in ("yes", "no") else value
        return self.numbers.amount(float(value), unit or "", step)

    def closed(self, text: str) -> str:
        """A word of a closed list of the record, such as "higher"; as it is where the language has none of its own."""
        return str(self.table.get("closed", {}).get(text, text))

    def word(self, name: str) -> str:
        """A fixed word of the language."""
        return str(self.table["numbers"][name])
