"""The kinds of question that are answered with facts, one file per family; QUESTIONS lists them."""

from assistant.questions.compare import Compare
from assistant.questions.context import Context, Operation
from assistant.questions.count import Count
from assistant.questions.data_summary import DataSummary
from assistant.questions.define import Define, DomainTerm
from assistant.questions.effect import Effect
from assistant.questions.importance import Importance
from assistant.questions.interactions import Interactions
from assistant.questions.known import Known
from assistant.questions.labels import Labels
from assistant.questions.method import Method
from assistant.questions.mistakes import Mistakes
from assistant.questions.model_info import ModelInfo
from assistant.questions.moves import Move
from assistant.questions.performance import Performance
from assistant.questions.predict import Confidence, Predict
from assistant.questions.show import Show
from assistant.questions.similar import Similar
from assistant.questions.statistics import Statistics
from assistant.questions.typical import Typical
from assistant.questions.what_if import WhatIf
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
    Count,
    Show,
    Labels,
    Performance,
    Mistakes,
    Statistics,
    DataSummary,
    Effect,
    Interactions,
    Similar,
    Typical,
    Compare,
    Define,
    DomainTerm,
    ModelInfo,
)

__all__ = ["QUESTIONS", "Context", "Move", "Operation", "WhatIf"]
