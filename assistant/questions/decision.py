"""What was decided about a case: by a rule, by the cut-off, or by the highest score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from assistant.facts import CertaintyFact, Interval, OutcomeFact, RuleFact, ScoreFact
from assistant.questions.context import Context
from explainers.base import Array, Rule, Schema
from explainers.decision import decided
from explainers.errors import ModelError
from explainers.evidence import Attribution, Attributions
from explainers.trust.certainty import band, level


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """`scored` is the outcome the score alone would give; `outcome` is what holds. Both are "" for a regression."""

    scores: Mapping[str, float]
    target: str
    scored: str
    outcome: str
    rule: Rule | None

    @property
    def score(self) -> float:
        return self.scores[self.target]


def decide(context: Context, target: str | None = None) -> Decision:
    """Scores the case once. `target` is what the score is told of; the favourable outcome, else the predicted one."""
    schema, model = context.domain.schema, context.domain.model
    if len(schema.targets) > 2:
        return _decision(context, model.predict(context.frame()), target)
    return _decision(context, _row(schema, model.score(context.frame(), schema.decisive)), target)


def explained(context: Context, target: str | None = None) -> tuple[Decision, Attributions]:
    """The decision and the attribution of its score, in one go where the score's target is known beforehand.

    Raises ModelError E216, and E220 where the decision on record is another one.
    """
    schema = context.domain.schema
    if schema.quantity is None and (schema.favourable is None or len(schema.targets) > 2):
        decision = decide(context, target)
        attributions = context.explain(decision.target)
    else:
        attributions = context.explain(schema.decisive)
        decision = _decision(context, _row(schema, attributions.scores), target)
    check_recorded(context, decision)
    return decision, attributions


def check_recorded(context: Context, decision: Decision) -> None:
    """ModelError E220 where the decision on record is another one: then nothing may be said of how it came about."""
    recorded = context.domain.recorded(context.case)
    if recorded is not None and decision.outcome != recorded:
        raise ModelError(
            "E220", "The stored decision and this model disagree, so no explanation is given.",
            where=context.case.id, hint="Ask a person which model decided.",
        )  # fmt: skip


def _row(schema: Schema, scores: Array) -> Array:
    """All scores (1, targets) from that of the decisive outcome, or of the quantity."""
    if len(schema.targets) == 1:
        return scores[:1, None]
    place = schema.targets.index(schema.decisive)
    pair = np.array([[scores[0], 1 - scores[0]]])
    return pair if place == 0 else pair[:, ::-1]


def _decision(context: Context, row: Array, target: str | None) -> Decision:
    schema = context.domain.schema
    scores = dict(zip(schema.targets, map(float, row[0]), strict=True))
    if schema.quantity is not None:
        return Decision(scores=scores, target=schema.quantity.name, scored="", outcome="", rule=None)
    (scored,) = decided(row, schema, context.domain.cutoff)
    rule = next((r for r in schema.rules if r.when.holds(context.case.values)), None)
    told = schema.favourable if len(scores) == 2 and schema.favourable else scored
    return Decision(
        scores=scores, target=target or told, scored=scored, outcome=rule.then if rule else scored, rule=rule
    )


def outcome_fact(context: Context, decision: Decision) -> OutcomeFact | None:
    """The outcome in words; None for a regression."""
    if not decision.outcome:
        return None
    outcomes = context.domain.schema.outcomes
    by_score = "score" if context.domain.cutoff is not None else "highest score"
    return OutcomeFact(
        name=context.outcome(decision.outcome),
        alternatives=tuple(context.outcome(o.name) for o in outcomes if o.name != decision.outcome),
        by="rule" if decision.rule else by_score,  # type: ignore[arg-type]  # one of two literals
        favourable=next(o.favourable for o in outcomes if o.name == decision.outcome),
        verb=context.domain.vocabulary.verb(decision.outcome, context.language),
    )


def rule_fact(context: Context, decision: Decision) -> RuleFact | None:
    """The rule that decided, where one did."""
    if decision.rule is None:
        return None
    text = context.domain.vocabulary.rule(decision.rule.name, context.language)
    return RuleFact(text=text, then=context.outcome(decision.rule.then), agrees=decision.scored == decision.rule.then)


def score_fact(context: Context, decision: Decision, told: Attribution | None = None) -> ScoreFact:
    """The score of `decision.target`, its cut-off, calibration, level, starting point; of a quantity its interval."""
    quantity, classified = context.domain.schema.quantity, bool(decision.outcome)
    return ScoreFact(
        value=decision.score,
        of=context.outcome(decision.target),
        unit=quantity.unit if quantity else "probability",
        base=told.base if told else None,
        cutoff=context.domain.cutoff_for(decision.target),
        calibrated=context.domain.calibrated if classified else None,
        level=level(decision.score) if classified else None,
        interval=interval(context, decision.score),
        margin=told.margin if told else None,
        margin_base=told.margin_base if told else None,
    )


def interval(context: Context, score: float) -> Interval | None:
    """Split-conformal, from rows the model has not seen; None where there were none, and for outcomes."""
    conformal, quantity = context.domain.evidence.conformal, context.domain.schema.quantity
    if conformal is None:
        return None
    low, high = conformal.interval(score, quantity.low if quantity else None, quantity.high if quantity else None)
    return Interval(low=low, high=high, level=conformal.level, coverage=conformal.coverage, n=conformal.n)


def scores_fact(context: Context, decision: Decision) -> dict[str, float] | None:
    """The score of every outcome; None for a regression."""
    if context.domain.schema.quantity is not None:
        return None
    return {context.outcome(name): value for name, value in decision.scores.items()}


def certainty_fact(context: Context, decision: Decision, firm: bool | None = None) -> CertaintyFact:
    """Distance to the cut-off (or the runner-up), how unlike the data the case is, how well calibrated the model."""
    domain = context.domain
    verdict = domain.familiarity.verdict(context.frame())
    gap, runner_up = _distance(context, decision)
    calibration = domain.evidence.calibration
    return CertaintyFact(
        unusual=verdict.unusual,
        unusual_in=tuple(context.label(name) for name in verdict.because) if verdict.unusual else (),
        band=None if gap is None else band(abs(gap)),
        margin=gap,
        runner_up=None if runner_up is None else context.outcome(runner_up),
        firm=firm,
        calibration_error=calibration.error if calibration else None,
        calibration_n=calibration.n if calibration else None,
        calibration_enough=calibration.enough if calibration else None,
    )


def _distance(context: Context, decision: Decision) -> tuple[float | None, str | None]:
    if not decision.outcome:
        return None, None
    cutoff = context.domain.cutoff_for(decision.target)
    if cutoff is not None:
        return decision.score - cutoff, None
    others = {name: value for name, value in decision.scores.items() if name != decision.target}
    runner_up = max(others, key=lambda name: others[name])
    return decision.score - others[runner_up], runner_up
