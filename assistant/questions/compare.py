"""The case in focus beside another one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from assistant.domains.domain import no_such_case
from assistant.facts import CompareFact, Facts
from assistant.questions.context import Context
from assistant.questions.decision import Decision, explained, outcome_fact, rule_fact, score_fact, scores_fact
from assistant.questions.differences import difference
from explainers.evidence import Attributions

TOLD = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare:
    """For example: compare applications 5 and 8. `other` is the id of the second."""

    kind: ClassVar[str] = "compare"
    other: str

    def facts(self, context: Context) -> Facts:
        """Only an expert sees two cases at once. Raises QuestionError E404, ModelError E216, E220."""
        if context.reader.name == "person":
            raise no_such_case()
        bare = Facts(
            kind=self.kind, language=context.language, model=context.model_fact(), subject=context.subject(),
            medical=context.domain.vocabulary.medical,
        )  # fmt: skip
        if context.reader.name != "expert":
            return bare
        beside = context.about(context.domain.case(str(self.other).removesuffix(".0")))
        decision, mine = explained(context)
        other, theirs = explained(beside, decision.target)
        return replace(
            bare,
            model=context.model_fact(mine),
            outcome=outcome_fact(context, decision),
            rule=rule_fact(context, decision),
            score=score_fact(context, decision),
            scores=scores_fact(context, decision),
            compare=_fact((context, decision, mine), (beside, other, theirs)),
            limits=context.domain.limits,
        )


def _fact(first: tuple[Context, Decision, Attributions], second: tuple[Context, Decision, Attributions]) -> CompareFact:
    (context, decision, mine), (beside, other, theirs) = first, second
    own, their = (dict(zip(found.features, map(float, found.weights[0]), strict=True)) for found in (mine, theirs))
    weights = {name: own[name] - their[name] for name in own}
    yours, others = context.case.values, beside.case.values
    apart = sorted((n for n in weights if yours[n] != others[n]), key=lambda name: -abs(weights[name]))[:TOLD]
    feature = context.domain.schema.feature
    return CompareFact(
        other=beside.case.id,
        outcome=beside.outcome(other.outcome) if other.outcome else None,
        score=other.scores[decision.target],
        differences=tuple(
            replace(difference(context, feature(n), others[n], yours[n]), weight_yours=own[n], weight_theirs=their[n])
            for n in apart
        ),
        same_outcome=decision.outcome == other.outcome if decision.outcome else None,
        rest=decision.score - other.scores[decision.target] - sum(weights[n] for n in apart),
    )
