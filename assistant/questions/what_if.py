"""One or several values changed: what the model would say then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from assistant.facts import ChangeFact, Facts, WhatIfFact
from assistant.questions.context import Context
from assistant.questions.decision import Decision, decide
from assistant.questions.group_what_if import SLIGHT, group_what_if
from assistant.questions.moves import Move, moved
from assistant.questions.predict import result_facts
from assistant.questions.reasons import toward
from explainers.base import Case, Change
from explainers.trust.certainty import level


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """For example: what if my income were 40 000? `outcome` names the one a question about a group is about."""

    kind: ClassVar[str] = "what_if"
    moves: tuple[Move, ...]
    outcome: str | None = None

    def facts(self, context: Context) -> Facts:
        """Raises InputError E10x for an impossible value, RangeError E301 for one not seen, QuestionError E405-6."""
        if context.scope:
            return group_what_if(self.kind, context, self.moves, self.outcome)
        changed = moved(context, self.moves)
        before, after = decide(context), decide(context.about(changed))
        return replace(result_facts(self.kind, context), what_if=self._fact(context, changed, before, after))

    def _fact(self, context: Context, changed: Case, before: Decision, after: Decision) -> WhatIfFact:
        differing = context.case.changes_to(changed, [move.feature for move in self.moves])
        classified = bool(before.outcome)
        return WhatIfFact(
            changes=tuple(_change_fact(context, c) for c in differing),
            before=before.score,
            after=after.scores[before.target],
            direction=toward(context, before.target, after.scores[before.target] - before.score),
            in_range=True,
            slight=0 < abs(after.scores[before.target] - before.score) < SLIGHT if classified else None,
            sparse=tuple(context.label(c.feature) for c in differing if _sparse(context, c)),
            unused=tuple(
                context.label(c.feature) for c in differing if not context.domain.schema.feature(c.feature).input
            ),
            outcome_before=context.outcome(before.outcome) if classified else None,
            outcome_after=context.outcome(after.outcome) if classified else None,
            verb_after=context.domain.vocabulary.verb(after.outcome, context.language) if classified else None,
            level_before=level(before.score) if classified else None,
            level_after=level(after.scores[before.target]) if classified else None,
            rule_before=context.domain.vocabulary.rule(before.rule.name, context.language) if before.rule else None,
            rule_after=context.domain.vocabulary.rule(after.rule.name, context.language) if after.rule else None,
        )


def _sparse(context: Context, change: Change) -> bool:
    feature = context.domain.schema.feature(change.feature)
    return change.to is not None and context.domain.seen.sparse(feature, change.to)


def _change_fact(context: Context, change: Change) -> ChangeFact:
    feature = context.domain.schema.feature(change.feature)
    return ChangeFact(
        feature=change.feature,
        label=context.label(change.feature),
        from_=context.shown(feature, context.case.values[change.feature]),
        to=context.shown(feature, change.to),
        by=change.by,
        unit=context.unit(change.feature),
        step=context.step(feature),
    )
