"""The reasons for a result: why it is so, why not otherwise, and what spoke for and against."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from assistant.facts import Facts
from assistant.questions.context import Context
from assistant.questions.group_why import group_why
from assistant.questions.known import Known
from assistant.questions.predict import asked_outcome
from assistant.questions.reasons import reasons_facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """For example: why was I declined? Why are people over 40?

    `feature` asks whether that one counted, `top_k` for so many reasons.
    """

    kind: ClassVar[str] = "why"
    feature: str | None = None
    top_k: int | None = None

    def facts(self, context: Context) -> Facts:
        if self.feature is not None and not context.domain.schema.feature(self.feature).input:
            return Known(feature=self.feature).facts(context)  # what the model is not given cannot have counted
        if context.scope:
            return replace(group_why(self.kind, context, self.feature), top_k=self.top_k)
        asked = context.domain.groups.get(self.feature, self.feature) if self.feature else None
        member = self.feature if asked != self.feature else None
        return replace(reasons_facts(self.kind, context, asked=asked), asked_member=member, top_k=self.top_k)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """For example: why wasn't I approved? `outcome` is the one asked for; the other one of two where nobody says."""

    kind: ClassVar[str] = "why_not"
    outcome: str | None = None

    def facts(self, context: Context) -> Facts:
        several = len(context.domain.schema.outcomes) > 2
        found = reasons_facts(self.kind, context, self.outcome if several else None)
        return replace(found, asked_outcome=asked_outcome(context, self.outcome, found))


@dataclass(frozen=True, slots=True, kw_only=True)
class ForAndAgainst:
    """For example: what counted for me and what against me?"""

    kind: ClassVar[str] = "for_and_against"

    def facts(self, context: Context) -> Facts:
        return reasons_facts(self.kind, context)
