"""Who usually gets a result: the rows with it beside all others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Literal

import numpy as np

from assistant.facts import Facts, TypicalFact
from assistant.questions.context import Context
from assistant.questions.differences import differences, usual_of
from assistant.questions.predict import result_facts
from assistant.questions.rows import Mask, answers

QUARTER = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Typical:
    """For example: who usually gets approved? Of a quantity: who has its better (else its higher) quarter."""

    kind: ClassVar[str] = "typical"
    outcome: str | None = None

    def facts(self, context: Context) -> Facts:
        result = result_facts(self.kind, context)
        fact, having = self._group(context, result)
        rows = context.rows()
        n, others = int((having & rows).sum()), int((~having & rows).sum())
        if context.too_few(n) or context.too_few(others) or not n or not others:
            return replace(result, typical=TypicalFact(outcome=fact.outcome, end=fact.end, too_few=True))
        frame = context.domain.cases.frame
        apart = differences(context, usual_of(frame[having & rows]), usual_of(frame[~having & rows]))
        return replace(result, typical=replace(fact, n=n, share=n / (n + others), differences=apart))

    def _group(self, context: Context, result: Facts) -> tuple[TypicalFact, Mask]:
        """Which rows the model gives the outcome asked for, else the favourable one, else that of the case."""
        schema, said = context.domain.schema, answers(context.domain)
        if schema.quantity is not None:
            end: Literal["low", "high"] = schema.quantity.favourable or "high"
            limit = float(np.quantile(said, QUARTER if end == "low" else 1 - QUARTER))
            fact = TypicalFact(outcome=context.outcome(schema.quantity.name), end=end, limit=limit)
            return fact, said <= limit if end == "low" else said >= limit
        case = next(o for o in schema.targets if result.outcome and context.outcome(o) == result.outcome.name)
        asked = self.outcome if self.outcome in schema.targets else None
        outcome = asked or schema.favourable or case
        return TypicalFact(outcome=context.outcome(outcome)), said == outcome
