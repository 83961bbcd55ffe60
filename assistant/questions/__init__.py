"""The kinds of question that are answered with facts, one file per family; QUESTIONS lists them."""

from assistant.questions.context import Context, Operation
from assistant.questions.importance import Importance
from assistant.questions.known import Known
from assistant.questions.method import Method
from assistant.questions.predict import Confidence, Predict
from assistant.questions.what_if import Move, WhatIf
from assistant.questions.why import ForAndAgainst, Why, WhyNot

QUESTIONS: tuple[type[Operation], ...] = (
    Predict,
    Confidence,
    Why,
    WhyNot,
    ForAndAgainst,
    WhatIf,
    Importance,
    Known,
    Method,
)

__all__ = ["QUESTIONS", "Context", "Move", "Operation", "WhatIf"]
