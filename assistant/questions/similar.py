"""The rows most like a case, told as one group."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from assistant.domains.domain import Domain
from assistant.facts import Facts, SimilarFact, TableFact
from assistant.questions.context import Context
from assistant.questions.differences import differences, usual_of
from assistant.questions.groups import answer_cell, outcome_counts
from assistant.questions.predict import result_facts
from assistant.questions.rows import answers
from explainers.trust.familiarity import Single
from explainers.trust.similar import nearest

NEAREST = 25
LISTED = 5
"""How many single rows an expert is shown where no number was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """For example: how many people like me were approved? `top_k`: how many rows were asked for."""

    kind: ClassVar[str] = "similar"
    top_k: int | None = None

    def facts(self, context: Context) -> Facts:
        result = replace(result_facts(self.kind, context), top_k=self.top_k)
        places = _nearest(context)
        if context.too_few(len(places)) or not len(places):
            return replace(result, similar=SimilarFact(too_few=True))
        tables = (_table(context, places[: self.top_k or LISTED]),) if context.reader.name == "expert" else None
        return replace(result, similar=_fact(context, places[:NEAREST]), tables=tables)


def _nearest(context: Context) -> npt.NDArray[np.int64]:
    """Places of the rows in scope, the nearest first; the case itself is not among them."""
    domain = context.domain
    here = domain.cases.ids.index(context.case.id) if context.case.id in domain.cases.ids else None
    row = domain.familiarity.scaled(context.frame())[:, 0]
    order = nearest(row, _scaled(domain), domain.familiarity, but=here)
    return order[context.rows()[order]]


@lru_cache(maxsize=16)
def _scaled(domain: Domain) -> Single:
    """Every row of the data as distances are taken between them."""
    return domain.familiarity.scaled(domain.cases.frame)


def _fact(context: Context, places: npt.NDArray[np.int64]) -> SimilarFact:
    domain = context.domain
    said, true = answers(domain)[places], domain.cases.truth[places]
    values = context.case.values
    apart = differences(context, usual_of(domain.cases.frame.iloc[places]), lambda feature: values[feature.name])
    if domain.schema.quantity is not None:
        return SimilarFact(n=len(places), mean=float(said.mean()), true_mean=float(true.mean()), differences=apart)
    good = domain.schema.favourable
    return SimilarFact(
        n=len(places),
        counts=outcome_counts(context, said),
        true_counts=outcome_counts(context, true.astype(object)),
        share_favourable=float((said == good).mean()) if good else None,
        differences=apart,
    )


def _table(context: Context, places: npt.NDArray[np.int64]) -> TableFact:
    """Their numbers, what the model says of them and what really came out."""
    cases, said = context.domain.cases, answers(context.domain)
    rows = tuple((cases.ids[i], answer_cell(context, said[i]), answer_cell(context, cases.truth[i])) for i in places)
    return TableFact(name="similar", columns=("@id", "@prediction", "@label"), rows=rows)
