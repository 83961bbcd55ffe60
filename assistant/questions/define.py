"""What a term means: a feature, an outcome, or a word of the explanation or of the field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from assistant.domains.vocabulary import said
from assistant.facts import DefinitionFact, Facts
from assistant.questions.context import Context
from assistant.questions.known import known_fact
from explainers.base import Feature, Outcome
from explainers.table import one_line
from prompts.glossary import named_in, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Define:
    """For example: what is a debt-to-income ratio? `term` is a name of the schema, or as the reader wrote it."""

    kind: ClassVar[str] = "define"
    term: str = ""

    def facts(self, context: Context) -> Facts:
        return definition_facts(self.kind, context, self.term)


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainTerm:
    """For example: what is a random forest? The term is looked for in what the reader wrote."""

    kind: ClassVar[str] = "domain"

    def facts(self, context: Context) -> Facts:
        return definition_facts(self.kind, context, "")


def definition_facts(kind: str, context: Context, term: str) -> Facts:
    """A name of the domain comes before a word of the glossary; what neither knows is said to be unknown."""
    facts = Facts(
        kind=kind,
        language=context.language,
        model=context.model_fact(),
        medical=context.domain.vocabulary.medical,
    )
    if feature := _feature(context, term):
        known = (known_fact(context, feature),)
        return replace(facts, subject=context.subject(), known=known, definition=_of_feature(context, feature))
    if outcome := _outcome(context, term):
        return replace(facts, definition=_of_outcome(context, outcome))
    if _quantity(context, term):
        return replace(facts, definition=_of_quantity(context))
    word = named_in(term, context.language) or named_in(context.text, context.language)
    if word:
        return replace(facts, definition=DefinitionFact(term=word, about="word"))
    return replace(facts, definition=DefinitionFact(term=one_line(term), about="unknown"))


def _feature(context: Context, term: str) -> Feature | None:
    words = context.domain.vocabulary.features
    for feature in context.domain.schema.features:
        own = words.get(feature.name)
        spellings = [feature.name, *(own.label.values() if own else ()), *_also(own.also if own else {}, context)]
        if term and plain(term) in map(plain, spellings):
            return feature
    return None


def _outcome(context: Context, term: str) -> Outcome | None:
    words = context.domain.vocabulary.outcomes
    for outcome in context.domain.schema.outcomes:
        own = words.get(outcome.name)
        spellings = [outcome.name, *(own.name.values() if own else ()), *_also(own.also if own else {}, context)]
        if term and plain(term) in map(plain, spellings):
            return outcome
    return None


def _also(also: object, context: Context) -> Iterable[str]:
    """How else people call it, in this language and in all."""
    found = dict(also)  # type: ignore[call-overload]  # language -> spellings
    return [*found.get(context.language, ()), *found.get("", ())]


def _quantity(context: Context, term: str) -> bool:
    quantity = context.domain.schema.quantity
    names = (quantity.name, context.outcome(quantity.name)) if quantity else ()
    return bool(term) and plain(term) in map(plain, names)


def _of_feature(context: Context, feature: Feature) -> DefinitionFact:
    words = context.domain.vocabulary.features.get(feature.name)
    shown = tuple(str(context.shown(feature, value)) for value in feature.categories)
    return DefinitionFact(
        term=feature.name,
        about="feature",
        text=said(words.meaning, context.language) or None if words else None,
        label=context.label(feature.name),
        kind=feature.kind,
        unit=context.unit(feature.name),
        source=said(words.source, context.language) or None if words else None,
        low=feature.low,
        high=feature.high,
        step=feature.step,
        values=shown or None,
    )


def _of_outcome(context: Context, outcome: Outcome) -> DefinitionFact:
    others = tuple(context.outcome(o.name) for o in context.domain.schema.outcomes if o.name != outcome.name)
    return DefinitionFact(
        term=outcome.name,
        about="outcome",
        label=context.outcome(outcome.name),
        others=others,
        favourable=outcome.favourable,
        cutoff=context.domain.cutoff_for(outcome.name),
        calibrated=context.domain.calibrated,
    )


def _of_quantity(context: Context) -> DefinitionFact:
    quantity = context.domain.schema.quantity
    assert quantity is not None  # asked before
    return DefinitionFact(
        term=quantity.name,
        about="outcome",
        label=context.outcome(quantity.name),
        kind="number",
        unit=quantity.unit or None,
        low=quantity.low,
        high=quantity.high,
        favourable=None if quantity.favourable is None else quantity.favourable == "high",
    )
