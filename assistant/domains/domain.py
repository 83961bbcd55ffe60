"""A domain ready to talk about: schema, words, model, cases, and what is known of the model's trustworthiness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.domains.vocabulary import Vocabulary, said
from assistant.facts import ReferenceGroup
from explainers.base import Array, Case, Frame, Model, Schema
from explainers.errors import QuestionError
from explainers.models.guard import scored
from explainers.overview.importance import Importance
from explainers.seen import Seen
from explainers.trust.calibration import Calibration, shown_cutoff
from explainers.trust.conformal import SplitConformal
from explainers.trust.familiarity import Familiarity


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Unseen:
    """What the model says of rows it has not learned from: the held-out ones, and where these are few the others out of
    fold. `places` (m,) among the cases, `scores` (m, targets)."""

    places: npt.NDArray[np.int64]
    scores: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cases:
    """The cases people may ask about: every row of the data, through the gate, in the order of the data.

    `recorded` is the decision on record where the domain names such a column, else None. `truth` (n,) holds what really
    came out, as names of outcomes or as numbers; `scores` (n, targets) what the model says, NaN where it can say
    nothing; `learned` (n,) marks the rows it learned from.
    """

    frame: Frame
    ids: tuple[str, ...]
    truth: npt.NDArray[Any]
    scores: Array
    learned: npt.NDArray[np.bool_]
    unseen: Unseen
    recorded: tuple[str, ...] | None = None

    @property
    def scored(self) -> npt.NDArray[np.bool_]:
        """Which rows the model can score, (n,); the others are in no group."""
        return scored(self.scores)

    def case(self, schema: Schema, id: str) -> Case:  # noqa: A002  # the field's own name
        """The case of that id (compared as text). Raises QuestionError E404."""
        try:
            place = self.ids.index(str(id).strip())
        except ValueError:
            raise no_such_case() from None
        row = self.frame.iloc[place]
        values = {name: None if row[name] != row[name] else row[name] for name in schema.names}
        return Case(
            id=self.ids[place], values={n: v if isinstance(v, str | None) else float(v) for n, v in values.items()}
        )


def no_such_case() -> QuestionError:
    """The same words for a case that does not exist and for somebody else's."""
    return QuestionError("E404", "There is no such case.", where="case", hint="Check the number, or ask a person.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was measured once, when the domain was made ready."""

    calibration: Calibration | None
    conformal: SplitConformal | None
    importance: Importance
    typical: Mapping[str, float | str | None]
    """Of the reference sample: the median of each number, the most frequent category."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Domain:
    """Everything an answer may draw on. `key` names exactly this model, data and description."""

    name: str
    key: str
    vocabulary: Vocabulary
    model: Model
    cases: Cases
    seen: Seen
    familiarity: Familiarity
    evidence: Evidence
    reference_hash: str
    method: str | None = None
    """Of attribution, where the domain names one; else the most exact that fits the model."""
    notes: tuple[str, ...] = ()
    """What of the data was left aside, for whoever described them."""
    compared_with_all: bool = True
    """Whether the reference group is all rows; else a filter makes it."""
    what_ifs_a_day: int | None = None
    """That a case may have; None for any number."""

    @property
    def schema(self) -> Schema:
        return self.model.schema

    @property
    def groups(self) -> Mapping[str, str]:
        """Feature -> declared group, for the features the model sees."""
        return {f.name: f.group for f in self.schema.features if f.input and f.group}

    @property
    def calibrated(self) -> bool:
        """Whether scores may be told as percentages."""
        calibration = self.evidence.calibration
        return calibration is not None and calibration.holds

    @property
    def cutoff(self) -> float | None:
        """Of the decisive outcome, on the scale of the scores as shown (through the calibration layer)."""
        calibration = self.evidence.calibration
        return shown_cutoff(self.schema.cutoff, calibration.layer if calibration else None)

    def cutoff_for(self, target: str) -> float | None:
        """The cut-off seen from `target`: its score must be above this for it to be predicted."""
        if self.cutoff is None:
            return None
        return self.cutoff if target == self.schema.decisive else 1 - self.cutoff

    def favours(self, target: str) -> bool | None:
        """Whether a higher score of `target` is good; None where nobody has declared it."""
        if self.schema.quantity is not None:
            wanted = self.schema.quantity.favourable
            return None if wanted is None else wanted == "high"
        declared = next(o.favourable for o in self.schema.outcomes if o.name == target)
        return False if declared is None and self.schema.favourable else declared

    def case(self, id: str) -> Case:  # noqa: A002  # the field's own name
        """The case of that id. Raises QuestionError E404."""
        return self.cases.case(self.schema, id)

    def recorded(self, case: Case) -> str | None:
        """The decision on record for a case of the data; None for a changed or a new one."""
        if self.cases.recorded is None or case.id not in self.cases.ids:
            return None
        return self.cases.recorded[self.cases.ids.index(case.id)] if case == self.case(case.id) else None

    def reference_name(self, language: str) -> str:
        return said(self.vocabulary.reference, language)

    def reference_fact(self, language: str) -> ReferenceGroup:
        some = None if self.compared_with_all else True
        return ReferenceGroup(of=self.reference_name(language), n=len(self.model.reference), some=some)

    @property
    def limits(self) -> tuple[str, ...]:
        """What no answer about this model can say."""
        return ("describes the model, not cause and effect",)
