"""What goes in and out over REST: the public schema of every body."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Scalar = str | float | bool | None
"""A value of a feature as JSON has it; null where it is not known."""


class Body(BaseModel):
    """A JSON object whose names are all known: any other is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NewCase(Body):
    """A new case by the values of its features; those a formula computes are left out."""

    values: Annotated[dict[str, Scalar], Field(max_length=1000)]
    language: Annotated[str, Field(max_length=20, description="In which numbers are written.")] = "en"


class Asking(Body):
    """A question. With `session` the conversation goes on; it keeps its case, reader and language."""

    text: Annotated[str, Field(description="At most 2,000 characters, else E401.")]
    reader: Literal["person", "support", "expert"] = "person"
    language: Annotated[str, Field(max_length=20)] = "en"
    session: Annotated[str | None, Field(max_length=64)] = None


class FeatureOut(Body):
    """One feature a case may have. `computed`: by a formula from others, never given."""

    name: str
    label: str
    kind: Literal["number", "category", "flag", "text", "image"]
    unit: str
    categories: list[str]
    range: tuple[float, float] | None
    required: bool
    computed: bool


class DomainOut(Body):
    """A domain that can be asked about."""

    name: str
    title: str
    subject: str
    outcomes: list[str]
    features: list[FeatureOut]


class Domains(Body):
    """All domains of this server."""

    domains: list[DomainOut]


class CaseOut(Body):
    """A case: the values the model is asked with, and what it says. `scores` by outcome, or by the quantity's name."""

    id: str
    domain: str
    values: dict[str, Scalar]
    outcome: str | None
    scores: dict[str, float]


class SentenceOut(BaseModel):
    """A sentence of an answer and the paths of the facts in `record` that it rests on."""

    text: str
    facts: list[str]
    by: Literal["template", "grammar", "model"]


class AnswerOut(BaseModel):
    """`layers` number the sentences; `opened` are the layers this reader sees at once."""

    text: str
    layers: dict[str, list[int]]
    opened: list[str]
    sentences: list[SentenceOut]


class QuestionOut(BaseModel):
    """What was asked, in the public schema of questions."""

    filters: list[dict[str, Any]]
    operations: list[dict[str, Any]]


class ReadingOut(QuestionOut):
    """A reading on offer where two were close."""

    reading: str


class Answered(BaseModel):
    """One turn. `record` is null where nothing was computed; `seconds` is what the answer took."""

    session: str
    turn: int
    reading: str
    question: QuestionOut
    ask_back: list[ReadingOut]
    answer: AnswerOut
    record: dict[str, Any] | None
    follow_ups: list[str]
    seconds: float


class Wrong(Body):
    """What is wrong, where, and what to do about it; `code` is stable."""

    code: str
    message: str
    where: str
    hint: str


class Refusal(Body):
    """The one shape of all errors."""

    error: Wrong
