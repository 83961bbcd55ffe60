"""The fields of a form, from the schema: what may be entered, how it is called, and what it holds now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assistant.domains.domain import Domain
from assistant.interfaces.web.wording import Wording
from assistant.question import Asked, Question
from explainers.base import Case, Feature, Value
from explainers.errors import InputError
from explainers.schema import check_value

Choices = tuple[tuple[str, str], ...]
UNKNOWN = ""
"""How a form writes a value that is not known."""
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One feature in a form. `kind` "shown" is text: nothing to enter. Of a "choice" the value is one of `choices`."""

    name: str
    label: str
    kind: Literal["number", "choice", "flag", "text", "shown"]
    value: float | str | bool | None
    shown: str
    hint: str = ""
    choices: Choices = ()
    whole: bool = False

    @property
    def free(self) -> bool:
        """Whether it can be filled in."""
        return self.kind != "shown"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Form:
    """The forms of one domain for one reader."""

    domain: Domain
    language: str
    wording: Wording

    def changing(self, case: Case) -> tuple[Field, ...]:
        """What-ifs about a case: linked and locked features stand there as text, values unseen cannot be entered."""
        return tuple(
            self._field(f, case.values[f.name], self._changeable(f), new=False)
            for f in self.domain.schema.features
            if f.input
        )

    def new(self) -> tuple[Field, ...]:
        """A case of one's own, filled with the usual values; what is computed from others is left out."""
        usual = self.domain.evidence.typical
        return tuple(
            self._field(f, usual.get(f.name), True, new=True)
            for f in self.domain.schema.features
            if f.input and f.kind != "image" and f.name not in self._linked
        )

    def moved(self, fields: Sequence[Field], values: Sequence[Any]) -> Question | None:
        """The what-if of everything that differs from what the form held; None where nothing does."""
        moves = [
            Asked(op="what_if", args={"feature": field.name, "change": "set", "value": value})
            for field, given in zip((f for f in fields if f.free), values, strict=True)
            if (value := _read(field, given)) is not None and value != field.value
        ]
        return Question(operations=(*moves, Asked(op="predict"))) if moves else None

    def checked(self, fields: Sequence[Field], values: Sequence[Any]) -> tuple[dict[str, object], list[str]]:
        """The values of a new case, and for each field that the gate refuses why, in words."""
        given: dict[str, object] = {}
        wrong: list[str] = []
        for field, value in zip(fields, values, strict=True):
            given[field.name] = None if value == UNKNOWN else value
            try:
                check_value(given[field.name], self.domain.schema.feature(field.name), self.language)
            except InputError as error:
                wrong.append(f"{error.code}: {error.message} {error.hint}".strip())
        return given, wrong

    @property
    def _linked(self) -> frozenset[str]:
        return frozenset(link.set for link in self.domain.schema.links)

    def _changeable(self, feature: Feature) -> bool:
        """An expert may try everything; others what somebody has declared changeable, or all where nobody has."""
        if feature.name in self._linked or feature.kind not in ("number", "category", "flag"):
            return False
        declared = any(f.actionable != "no" for f in self.domain.schema.features)
        return self.wording.reader.technical or feature.actionable != "no" or not declared

    def _field(self, feature: Feature, value: Value, free: bool, new: bool) -> Field:
        vocabulary, language = self.domain.vocabulary, self.language
        unit = vocabulary.unit(feature.name, language)
        number = feature.kind == "number"
        return Field(
            name=feature.name,
            label=vocabulary.label(feature.name, language),
            kind=self._kind(feature, value, new) if free else "shown",
            value=self._held(feature, value, new),
            shown=self.wording.speech.value(self._said(feature, value), unit if number else None, feature.step),
            hint=self._hint(feature, unit, new, value) if free and number else "",
            choices=tuple(self._choices(feature, new)) if free else (),
            whole=feature.whole,
        )

    def _kind(self, feature: Feature, value: Value, new: bool) -> Literal["number", "choice", "flag", "text"]:
        if feature.kind == "number":
            return "number"
        if feature.kind == "flag" and value is not None and not (new and feature.missing == "unknown"):
            return "flag"
        return "choice" if feature.kind in ("category", "flag") else "text"

    def _held(self, feature: Feature, value: Value, new: bool) -> float | str | bool | None:
        if feature.kind == "flag" and self._kind(feature, value, new) == "flag":
            return bool(value)
        if feature.kind == "flag" and value is not None:
            return YES if value else NO
        return value

    def _said(self, feature: Feature, value: Value) -> Value:
        if value is None or feature.kind == "number":
            return value
        if feature.kind == "flag":
            return YES if value else NO
        return self.domain.vocabulary.value(feature.name, value, self.language)

    def _choices(self, feature: Feature, new: bool) -> Iterator[tuple[str, str]]:
        """Categories by their names; in a what-if only those the model has seen."""
        if feature.kind not in ("category", "flag"):
            return
        values = feature.categories if feature.kind == "category" else (YES, NO)
        for value in values:
            if new or feature.kind == "flag" or self.domain.seen.includes(feature, value):
                yield str(self._said(feature, value) if feature.kind == "category" else self._word(value)), value
        if new and feature.missing == "unknown":
            yield self._word("unknown"), UNKNOWN

    def _word(self, name: str) -> str:
        return self.wording.speech.word(name)

    def _hint(self, feature: Feature, unit: str, new: bool, value: Value) -> str:
        """The unit and the range: allowed for a new case, seen by the model for a what-if; whether it is not known."""
        low, high = self._range(feature, new)
        amount = self.wording.speech.numbers.amount
        if low is None or high is None:
            return unit
        told = self.wording.labels["field_range"].format(low=amount(low), high=amount(high, unit))
        return f"{told}; {self._word('unknown')}" if value is None and not new else told

    def _range(self, feature: Feature, new: bool) -> tuple[float | None, float | None]:
        seen = None if new else self.domain.seen.range(feature)
        return seen or (feature.low, feature.high)


def _read(field: Field, given: Any) -> float | str | bool | None:
    """What was entered, as a question holds it; None where nothing was."""
    if given is None or given == UNKNOWN:
        return None
    if field.kind == "number":
        return float(given)
    return bool(given) if field.kind == "flag" else str(given)
