"""What one turn leaves behind: all that is needed to go on with it, to check it, and to compute it again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, TypeAlias

from assistant.session import Reader
from explainers.base import Value

Json: TypeAlias = Mapping[str, Any]
"""An object of plain JSON: text, finite numbers, true, false, null, lists and objects of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Which turn of which session. `revision` 0 is the template answer, 1 its rewriting by a language model."""

    session: str
    turn: int
    revision: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The case and the domain. `key` is the content hash that names the exact model, data and vocabulary."""

    domain: str
    key: str
    case: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """The reader's words and what was understood; `ask_back` holds the readings on offer where two were close."""

    text: str
    reading: str
    question: Json
    ask_back: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The facts, and how they were computed. `record` is None where nothing was."""

    record: Json | None = None
    method: str | None = None
    parameters: Json = field(default_factory=dict)
    seed: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What must be there to compute it again: hashes of model, reference data and words, and versions of libraries."""

    model: str
    data: str
    words: str
    libraries: Mapping[str, str]
    language_model: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What was shown. `verdict` is the checker's, `draft` what a language model proposed, accepted or not."""

    answer: Json
    verdict: str
    draft: str | None = None
    follow_ups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnEntry:
    """One turn as it is recorded. `seconds` is what the answer took, `created` the UTC time in ISO 8601."""

    position: Position
    reader: Reader
    about: About
    asked: Asking
    found: Finding
    made_with: Provenance
    said: Saying
    seconds: float
    created: str

    def to_json(self) -> str:
        """The entry as ASCII JSON, which holds any text; ValueError or TypeError for what is not plain JSON."""
        return json.dumps(self, default=_plain, allow_nan=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, body: str) -> TurnEntry:
        """The entry written by `to_json`; ValueError, KeyError or TypeError on anything else."""
        raw = json.loads(body)
        asked, said = raw["asked"], raw["said"]
        return cls(
            position=Position(**raw["position"]),
            reader=Reader(**raw["reader"]),
            about=About(**raw["about"]),
            asked=Asking(**{**asked, "ask_back": tuple(asked["ask_back"])}),
            found=Finding(**raw["found"]),
            made_with=Provenance(**raw["made_with"]),
            said=Saying(**{**said, "follow_ups": tuple(said["follow_ups"])}),
            seconds=raw["seconds"],
            created=raw["created"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalEntry:
    """A question that got no answer but words for why not. `code` and `message` are the error's that was shown."""

    session: str
    reader: Reader
    domain: str
    case: str
    text: str
    code: str
    message: str
    created: str

    def to_json(self) -> str:
        """The entry as ASCII JSON, which holds any text."""
        return json.dumps(self, default=_plain, allow_nan=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, body: str) -> RefusalEntry:
        """The entry written by `to_json`; ValueError, KeyError or TypeError on anything else."""
        raw = json.loads(body)
        return cls(**{**raw, "reader": Reader(**raw["reader"])})


def _plain(value: object) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: getattr(value, f.name) for f in fields(value)}
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is not plain JSON")
