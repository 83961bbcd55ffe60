"""What a question is answered about: a domain, one case, and who asks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar, Protocol

from assistant.domains.domain import Domain
from assistant.facts import Facts, ModelFact, Subject
from assistant.question import Node
from assistant.questions.rows import FEWEST, Mask, holding
from assistant.session import Reader
from explainers.attribution import choose
from explainers.base import Case, Feature, Frame, Model, Value
from explainers.evidence import Attributions

_CAPITALS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z][a-z]*|[A-Z]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The domain, the case in focus and the reader.

    `scope` narrows the rows that a question about many is about, `scope_text` says so in words ("" for all rows).
    `named`: the question named the case by its number. `text` is what the reader wrote, for words that no slot holds.
    """

    domain: Domain
    case: Case
    reader: Reader
    scope: tuple[Node, ...] = ()
    scope_text: str = ""
    named: bool = False
    text: str = ""

    @property
    def language(self) -> str:
        return self.reader.language

    def about(self, case: Case) -> Context:
        return replace(self, case=case)

    def label(self, name: str) -> str:
        """Of a feature or a group, in the reader's language."""
        return self.domain.vocabulary.label(name, self.language)

    def unit(self, feature: str) -> str | None:
        return self.domain.vocabulary.unit(feature, self.language) or None

    def step(self, feature: Feature) -> float | None:
        """What its values are rounded to; None where a rule looks at it, so that no value looks like its limit."""
        ruled = any(feature.name in rule.when.names for rule in self.domain.schema.rules)
        return None if ruled else feature.step

    def outcome(self, name: str) -> str:
        return self.domain.vocabulary.outcome(name, self.language)

    def shown(self, feature: Feature, value: Value) -> Value:
        """A value as records hold it: numbers as they are, categories by name, flags as yes and no."""
        if value is None or feature.kind == "number":
            return value
        if feature.kind == "flag":
            return "yes" if value else "no"
        return self.domain.vocabulary.value(feature.name, value, self.language)

    def subject(self) -> Subject:
        noun = self.domain.vocabulary.subject
        return Subject(id=self.case.id, noun=noun.get(self.language) or noun.get("") or "case")

    def model_fact(self, attributions: Attributions | None = None) -> ModelFact:
        """The model's identity, and the method that explained it where one did."""
        model = self.domain.model
        name = self.domain.vocabulary.model.get(self.language) or model.name
        if attributions is None:
            return ModelFact(name=name, version=model.version, kind=kind_of(model))
        return ModelFact(
            name=name,
            version=model.version,
            kind=kind_of(model),
            method=attributions.method,
            reference=self.domain.reference_hash,
            seed=attributions.seeds[0],
            parameters=dict(attributions.parameters),
        )

    def rows(self) -> Mask:
        """The rows in scope, shape (n,)."""
        return holding(self.scope, self.domain)

    def too_few(self, n: int) -> bool:
        """Whether so few rows would tell this reader about single people; an expert may see every row."""
        return self.reader.name != "expert" and n < FEWEST

    def frame(self) -> Frame:
        """The case as a frame of one row."""
        return self.domain.schema.frame([self.case])

    def explain(self, target: str) -> Attributions:
        """The case's attribution by the domain's method. Raises ModelError E216, E217."""
        model = self.domain.model
        return choose(model, target, self.domain.method).explain(model, self.frame(), target)


def kind_of(model: Model) -> str:
    """What sort of model it is, in the field's words, such as "gradient boosting"; "model" where unknown."""
    native = getattr(model, "native", None)
    words = _CAPITALS.findall(type(getattr(native, "estimator", None)).__name__)
    named = [w for w in words if w not in ("Classifier", "Regressor", "CV")]
    return {"XGB": "gradient boosting (xgboost)", "LGBM": "gradient boosting (lightgbm)"}.get(
        "".join(named), " ".join(named).lower() if len(named) > 1 else "model"
    )


class Operation(Protocol):
    """One kind of question. Its fields are its slots."""

    kind: ClassVar[str]

    def facts(self, context: Context) -> Facts:
        """What the answer rests on. Raises PlainwhyError where the case, the values or the model do not allow one."""
