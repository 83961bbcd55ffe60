"""The result itself, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from assistant.facts import Facts
from assistant.questions.context import Context
from assistant.questions.decision import certainty_fact, decide, outcome_fact, rule_fact, score_fact, scores_fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Predict:
    """For example: what did the model say?"""

    kind: ClassVar[str] = "predict"

    def facts(self, context: Context) -> Facts:
        return result_facts(self.kind, context)


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """For example: how sure is it?"""

    kind: ClassVar[str] = "confidence"

    def facts(self, context: Context) -> Facts:
        return result_facts(self.kind, context)


def result_facts(kind: str, context: Context) -> Facts:
    """Outcome, score, rule and certainty of the case, without reasons."""
    decision = decide(context)
    return Facts(
        kind=kind,
        language=context.language,
        model=context.model_fact(),
        subject=context.subject(),
        outcome=outcome_fact(context, decision),
        rule=rule_fact(context, decision),
        score=score_fact(context, decision),
        scores=scores_fact(context, decision),
        certainty=certainty_fact(context, decision),
        medical=context.domain.vocabulary.medical,
        limits=context.domain.limits,
    )
