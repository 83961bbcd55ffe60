"""Facts about one case: whose it is, what was decided, how sure that is, what is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from explainers.base import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom or what a case is about: its id, and the noun for it in the reader's language."""

    id: str
    noun: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFact:
    """Which model, explained by which method against which reference sample. `seed` makes sampling repeatable."""

    name: str
    version: str
    kind: str
    method: str | None = None
    reference: str | None = None
    seed: int | None = None
    parameters: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeFact:
    """`name` and `alternatives` in the reader's language; `verb` is the domain's own phrase, such as "was approved"."""

    name: str
    alternatives: tuple[str, ...]
    by: Literal["score", "highest score", "rule"]
    favourable: bool | None = None
    verb: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFact:
    """`agrees`: whether the score alone would have decided the same."""

    text: str
    then: str
    agrees: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """`coverage`: the share of held-out rows such intervals held, out of `n`."""

    low: float
    high: float
    level: float
    coverage: float | None = None
    n: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreFact:
    """The score of `of`. `unit` is "probability" or the unit of the quantity ("" where it has none)."""

    value: float
    of: str
    unit: str
    base: float | None = None
    cutoff: float | None = None
    calibrated: bool | None = None
    level: Literal["low", "medium", "high"] | None = None
    interval: Interval | None = None
    margin: float | None = None
    margin_base: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertaintyFact:
    """How sure. `margin` is score - cut-off (gap to the runner-up with three outcomes and more), signed for `score.of`.

    `unusual`: unlike the training data; `unusual_in` labels the features that make it so. `firm`: the error bars leave
    the direction of every told reason known. `calibration_error` over `calibration_n` rows the model had not seen;
    `calibration_enough`: these are enough to rely on it.
    """

    unusual: bool
    band: Literal["close", "moderate", "clear"] | None = None
    margin: float | None = None
    runner_up: str | None = None
    unusual_in: tuple[str, ...] = ()
    firm: bool | None = None
    calibration_error: float | None = None
    calibration_n: int | None = None
    calibration_enough: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeScore:
    """One outcome that was asked for, and its score."""

    name: str
    score: float
    level: Literal["low", "medium", "high"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFact:
    """One thing known of the case; `source` and `meaning` where the domain says them; `used`: the model is given it."""

    feature: str
    label: str
    kind: str
    value: Value
    used: bool
    unit: str | None = None
    step: float | None = None
    source: str | None = None
    meaning: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthFact:
    """What really came out, an outcome's name or a number in `unit` of the quantity `of`, beside the model's answer.

    `agrees`: they are the same outcome; `off`: how far apart two quantities are. `learned`: the model learned from it.
    """

    value: str | float
    answer: str | float
    learned: bool
    of: str | None = None
    unit: str | None = None
    agrees: bool | None = None
    off: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceGroup:
    """Whom a case is compared with: its name and how many rows stand for it. `some`: not all rows are meant."""

    of: str
    n: int
    some: bool | None = None
