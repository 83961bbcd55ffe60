"""One or several values changed: what the model would say then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from assistant.facts import ChangeFact, Facts, WhatIfFact
from assistant.questions.context import Context
from assistant.questions.decision import Decision, decide
from assistant.questions.predict import result_facts
from assistant.questions.reasons import toward
from explainers.base import Case, Change, Feature
from explainers.errors import QuestionError
from explainers.schema import check_value
from explainers.trust.certainty import level

SLIGHT = 0.005
"""A change of probability that whole percentages do not show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A change as asked for: to a value, by an amount, or by a factor."""

    feature: str
    change: Literal["set", "increase", "decrease", "multiply"]
    value: float | str | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """For example: what if my income were 40 000?"""

    kind: ClassVar[str] = "what_if"
    moves: tuple[Move, ...]

    def facts(self, context: Context) -> Facts:
        """Raises InputError E10x for an impossible value, RangeError E301 for one not seen, QuestionError E405-6."""
        changed = self.changed(context)
        before, after = decide(context), decide(context.about(changed))
        return replace(result_facts(self.kind, context), what_if=self._fact(context, changed, before, after))

    def changed(self, context: Context) -> Case:
        """The case with the values moved, links followed."""
        changes = tuple(_change(context, move) for move in self.moves)
        for change in changes:
            context.domain.seen.check(context.domain.schema.feature(change.feature), change.to)
        return context.case.with_changes(changes, context.domain.schema)

    def _fact(self, context: Context, changed: Case, before: Decision, after: Decision) -> WhatIfFact:
        moved = context.case.changes_to(changed, [move.feature for move in self.moves])
        classified = bool(before.outcome)
        return WhatIfFact(
            changes=tuple(_change_fact(context, c) for c in moved),
            before=before.score,
            after=after.scores[before.target],
            direction=toward(context, before.target, after.scores[before.target] - before.score),
            in_range=True,
            slight=0 < abs(after.scores[before.target] - before.score) < SLIGHT if classified else None,
            sparse=tuple(context.label(c.feature) for c in moved if _sparse(context, c)),
            unused=tuple(context.label(c.feature) for c in moved if not context.domain.schema.feature(c.feature).input),
            outcome_before=context.outcome(before.outcome) if classified else None,
            outcome_after=context.outcome(after.outcome) if classified else None,
            verb_after=context.domain.vocabulary.verb(after.outcome, context.language) if classified else None,
            level_before=level(before.score) if classified else None,
            level_after=level(after.scores[before.target]) if classified else None,
            rule_before=context.domain.vocabulary.rule(before.rule.name, context.language) if before.rule else None,
            rule_after=context.domain.vocabulary.rule(after.rule.name, context.language) if after.rule else None,
        )


def _change(context: Context, move: Move) -> Change:
    feature = context.domain.schema.feature(move.feature)
    check_free(context, feature)
    if move.change == "set":
        return Change(feature=feature.name, to=check_value(move.value, feature, context.language))
    return Change(feature=feature.name, to=check_value(_moved(context, feature, move), feature, context.language))


def check_free(context: Context, feature: Feature) -> None:
    """QuestionError E405 for a feature that is computed from others."""
    for link in context.domain.schema.links:
        if link.set == feature.name:
            parts = " or ".join(f"*{context.label(name)}*" for name in sorted(link.formula.names))
            raise QuestionError(
                "E405", f"*{context.label(feature.name).capitalize()}* is computed from other values.",
                where=feature.name, hint=f"Which should move, {parts}?",
            )  # fmt: skip


def _moved(context: Context, feature: Feature, move: Move) -> float:
    now = context.case.values[feature.name]
    if not isinstance(now, int | float) or not isinstance(move.value, int | float):
        raise QuestionError(
            "E406",
            f"*{context.label(feature.name).capitalize()}* is not known here, so it cannot be moved from where it is.",
            where=feature.name,
            hint="Say the value it should have.",
        )
    new = {"increase": now + move.value, "decrease": now - move.value}.get(move.change, now * move.value)
    return float(round(new)) if feature.whole else new


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
