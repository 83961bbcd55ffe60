"""All the facts of one answer. `Facts.record()` is the public record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from assistant.facts.case import (
    CertaintyFact,
    KnownFact,
    ModelFact,
    OutcomeFact,
    OutcomeScore,
    ReferenceGroup,
    RuleFact,
    ScoreFact,
    Subject,
    TruthFact,
)
from assistant.facts.groups import GroupWhatIfFact, GroupWhyFact
from assistant.facts.interactions import InteractionsFact
from assistant.facts.mistakes import MistakesFact
from assistant.facts.population import (
    CompareFact,
    DataFact,
    DefinitionFact,
    EffectFact,
    ModelInfoFact,
    PopulationFact,
    SimilarFact,
    StatisticsFact,
    TableFact,
    TypicalFact,
)
from assistant.facts.reasons import Reason, WhatIfFact

RECORD_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one answer rests on. Every kind of question has a subclass that says what it always has.

    Absent (None) means not known. The path of a value in `record()`, such as `reasons[0].weight`, is that fact's id.
    """

    kind: str
    language: str
    model: ModelFact
    subject: Subject | None = None
    outcome: OutcomeFact | None = None
    rule: RuleFact | None = None
    score: ScoreFact | None = None
    scores: Mapping[str, float] | None = None
    asked_outcome: OutcomeScore | None = None
    """The one outcome whose chance was asked for."""
    asked: str | None = None
    """The one feature or group whose reason was asked for."""
    asked_member: str | None = None
    """The feature that was asked for, where its reason is told as a group's."""
    top_k: int | None = None
    """How many reasons were asked for."""
    reasons: tuple[Reason, ...] | None = None
    reasons_total: int | None = None
    reasons_rest: float | None = None
    residual: float | None = None
    what_if: WhatIfFact | None = None
    certainty: CertaintyFact | None = None
    truth: TruthFact | None = None
    population: PopulationFact | None = None
    group_why: GroupWhyFact | None = None
    group_what_if: GroupWhatIfFact | None = None
    statistics: StatisticsFact | None = None
    tables: tuple[TableFact, ...] | None = None
    data: DataFact | None = None
    effect: EffectFact | None = None
    similar: SimilarFact | None = None
    typical: TypicalFact | None = None
    compare: CompareFact | None = None
    mistakes: MistakesFact | None = None
    interactions: InteractionsFact | None = None
    definition: DefinitionFact | None = None
    model_info: ModelInfoFact | None = None
    known: tuple[KnownFact, ...] | None = None
    reference: ReferenceGroup | None = None
    medical: bool | None = None
    limits: tuple[str, ...] = ()
    """Names of limits, worded by `prompts` (claim `limits`, one tag each)."""
    changed: bool | None = None
    """Whether they hold after the change that is asked about, not as things are."""
    also: tuple[Facts, ...] | None = None
    """What else was asked in the same question, each with all its facts."""

    def record(self) -> dict[str, Any]:
        """The explanation record: plain JSON, absent keys left out, `record` first."""
        return {"record": RECORD_VERSION, **_plain(self)}


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((f.name.rstrip("_"), getattr(value, f.name)) for f in fields(value))
        return {name: _plain(inner) for name, inner in pairs if inner is not None or name in ("value", "from", "to")}
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return value
