"""Where the model is wrong, on rows it has not learned from: how often, which way, and what its mistakes share."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal

import numpy as np
import numpy.typing as npt

from assistant.domains.vocabulary import said
from assistant.facts import (
    CommonFact,
    ConditionFact,
    Facts,
    MissFact,
    MistakesFact,
    RuleOfMistakesFact,
    TableFact,
    WayFact,
)
from assistant.questions.context import Context
from assistant.questions.groups import answer_cell, group_facts, unseen_of
from assistant.questions.rows import Mask, unseen_answers
from assistant.questions.show import MOST_ROWS
from explainers.base import Array, Value
from explainers.trust.mistakes import Condition, Rule, common, far_off

SHOWN = 5
"""Wrong rows an expert sees where no number was asked for."""
ONE_IN_TEN = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistakes:
    """For example: how often is it wrong? Show me some mistakes. What do its mistakes have in common? (`kind_`)."""

    kind: ClassVar[str] = "mistakes"
    kind_: Literal["count", "sample", "typical"] = "count"
    top_k: int | None = None

    def facts(self, context: Context) -> Facts:
        chosen, population = unseen_of(context)
        found = group_facts(self.kind, context, population)
        if not population.unseen:
            return found
        tried, expert = Tried.of(context, chosen), context.reader.name == "expert"
        counted = _counted(context, tried, self.kind_)
        if self.kind_ == "typical" and len(tried.places) > 1:
            counted = replace(counted, common=_common(context, tried))
        shown = (_table(context, tried, self.top_k or SHOWN),) if self.kind_ == "sample" and expert else None
        return replace(found, mistakes=counted, tables=shown)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tried:
    """Rows that the model has not learned from: `places` (n,) among the cases, what it says of them beside the truth.

    `scores` (n,) are those of what it says. `off` (n,): how far it is off, 0 or 1 for outcomes.
    """

    places: npt.NDArray[np.int64]
    answers: npt.NDArray[Any]
    truth: npt.NDArray[Any]
    scores: Array
    off: Array

    @classmethod
    def of(cls, context: Context, chosen: Mask) -> Tried:
        """The chosen ones (m,) of the unseen rows; rules count as what is answered."""
        domain = context.domain
        places, targets = domain.cases.unseen.places[chosen], domain.schema.targets
        answers, truth = unseen_answers(domain)[chosen], domain.cases.truth[places]
        columns = [0 if domain.schema.quantity else targets.index(name) for name in answers]
        off = np.abs(answers - truth) if domain.schema.quantity else (answers != truth).astype("float64")
        scores = domain.cases.unseen.scores[chosen][np.arange(len(places)), columns]
        return cls(places=places, answers=answers, truth=truth, scores=scores, off=off)


def _counted(context: Context, tried: Tried, asked: Literal["count", "sample", "typical"]) -> MistakesFact:
    if context.domain.schema.quantity is not None:
        return MistakesFact(asked=asked, miss=_miss(context, tried))
    wrong = int(tried.off.sum())
    pairs = Counter((a, t) for a, t in zip(tried.answers, tried.truth, strict=True) if a != t)
    ordered = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    first, second = [n for _, n in ordered[:2]] if len(ordered) > 1 else (wrong, 0)
    ways = tuple(
        WayFact(said=context.outcome(answer), truth=context.outcome(true), n=n, share=n / wrong)
        for (answer, true), n in ordered
        if not context.too_few(n)
    )
    return MistakesFact(
        asked=asked,
        wrong=None if wrong and context.too_few(wrong) else wrong,
        share=wrong / len(tried.off),
        ways=ways,
        one_way=_clearly_more(first, second) if ways else None,
    )


def _miss(context: Context, tried: Tried) -> MissFact:
    quantity = context.domain.schema.quantity
    assert quantity is not None  # outcomes are counted
    high, low = int((tried.answers > tried.truth).sum()), int((tried.answers < tried.truth).sum())
    side: Literal["high", "low"] = "high" if high > low else "low"
    return MissFact(
        of=context.outcome(quantity.name),
        unit=quantity.unit,
        median=float(np.median(tried.off)),
        far=float(np.quantile(tried.off, ONE_IN_TEN)),
        high=high / len(tried.off),
        low=low / len(tried.off),
        leaning=side if _clearly_more(max(high, low), min(high, low)) else None,
    )


def _clearly_more(first: int, second: int) -> bool:
    """By more than two standard errors of the difference of two counts."""
    return first - second > 2 * float(np.sqrt(first + second))


def _common(context: Context, tried: Tried) -> CommonFact:
    """What the wrong rows share in what the model is given; of a quantity, those that are furthest off."""
    domain = context.domain
    limit = far_off(tried.off) if domain.schema.quantity else None
    wrong = tried.off > (limit or 0.0)
    inputs = [f for f in domain.schema.features if f.input]
    found = common(domain.cases.frame.iloc[tried.places], wrong, inputs)
    return CommonFact(
        found_on=found.found_on,
        checked_on=found.checked_on,
        overall=found.overall,
        enough=found.enough,
        rules=tuple(_rule(context, rule) for rule in found.rules),
        limit=limit,
    )


def _rule(context: Context, rule: Rule) -> RuleOfMistakesFact:
    conditions = tuple(_condition(context, condition) for condition in rule.conditions)
    return RuleOfMistakesFact(conditions=conditions, n=rule.n, rate=rule.rate)


def _condition(context: Context, condition: Condition) -> ConditionFact:
    feature = context.domain.schema.feature(condition.feature)
    return ConditionFact(
        feature=feature.name,
        label=context.label(feature.name),
        kind=feature.kind,
        op=condition.op,
        value=context.shown(feature, condition.value),
        unit=context.unit(feature.name),
        step=context.step(feature),
    )


def _table(context: Context, tried: Tried, most: int) -> TableFact:
    """Wrong rows, the surest ones first; of a quantity, those that are furthest off."""
    domain, quantity = context.domain, context.domain.schema.quantity
    order = np.argsort(-(tried.off if quantity else tried.scores), kind="stable")
    wrong = [i for i in order if tried.off[i] > 0][: min(most, MOST_ROWS)]
    return TableFact(
        name=context.scope_text or said(domain.vocabulary.title, context.language),
        columns=("@id", "@prediction", "@label") if quantity else ("@id", "@prediction", "@score", "@label"),
        units=("", quantity.unit, quantity.unit) if quantity else ("", "", "", ""),
        rows=tuple(_row(context, tried, i) for i in wrong),
    )


def _row(context: Context, tried: Tried, i: int) -> tuple[Value, ...]:
    answer, truth = (answer_cell(context, values[i]) for values in (tried.answers, tried.truth))
    score = () if context.domain.schema.quantity else (float(tried.scores[i]),)
    return (context.domain.cases.ids[tried.places[i]], answer, *score, truth)
