"""What every part of the page is worded with: its labels, how the language says numbers, and who reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from assistant.narration.speech import Speech
from assistant.session import Reader
from prompts import ReaderWords, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The labels of one language for one reader."""

    labels: Mapping[str, str]
    speech: Speech
    reader: ReaderWords

    @classmethod
    def of(cls, words: Words, reader: Reader) -> Wording:
        """From all the words of a language."""
        return cls(labels=words.page, speech=Speech.of(words), reader=words.readers[reader.name])

    def label(self, name: str, **filled: str) -> str:
        """A label with its gaps filled, safe to stand in HTML. KeyError where the language has no such label."""
        return escape(self.labels[name].format(**filled))

    def score(self, value: float, record: Mapping[str, Any]) -> str | None:
        """A score as this reader may see it; None where only its level may be told."""
        score, numbers = record["score"], self.speech.numbers
        if score["unit"] != "probability":
            return numbers.amount(value, score["unit"])
        if self.reader.technical:
            return numbers.exact(value, apart_from=score.get("cutoff"))
        return numbers.percent(value, score.get("cutoff")) if score.get("calibrated") else None

    def scores(self, values: tuple[float, float], record: Mapping[str, Any]) -> tuple[str, str] | None:
        """Two scores told together: different ones look different. None where only their levels may be told."""
        score, numbers = record["score"], self.speech.numbers
        if score["unit"] != "probability":
            return numbers.apart(values, score["unit"])
        shown = self.score(values[0], record), self.score(values[1], record)
        if shown[0] is None or shown[1] is None:
            return None
        if shown[0] == shown[1] and not self.reader.technical:
            return numbers.percent(values[0], values[1]), numbers.percent(values[1], values[0])
        return shown[0], shown[1]

    def weight(self, value: float, record: Mapping[str, Any]) -> str | None:
        """A signed weight as this reader may see it: in the quantity's unit, or in percentage points."""
        score, numbers = record["score"], self.speech.numbers
        if score["unit"] == "probability" and self.reader.technical:
            return numbers.exact(value, signed=True)
        if score["unit"] == "probability" and not score.get("calibrated"):
            return None
        if score["unit"] == "probability":
            shown = self.labels["points"].format(points=numbers.points(value))
        else:
            shown = numbers.amount(abs(value), score["unit"])
        return f"{'−' if value < 0 else '+' if value > 0 else ''}{shown}"
