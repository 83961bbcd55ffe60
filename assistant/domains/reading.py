"""From a description to what the numbers need (the schema) and what the words need (the vocabulary)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from assistant.domains.description import Description, FeatureTable
from assistant.domains.vocabulary import FeatureWords, OutcomeWords, Vocabulary, texts
from explainers.base import Feature, Link, Outcome, Quantity, Rule, Schema
from explainers.errors import DomainError
from explainers.expression import Expression


def schema_of(description: Description, seen: Schema | None = None) -> Schema:
    """The schema as declared, completed by what was `seen` in the data: ranges, categories, gaps, whole numbers.

    Features are inferred where none is declared, the outcomes likewise. Groups of one are no groups.
    Raises DomainError E604 where names do not fit together, E610 for a formula.
    """
    declared = _declared(description)
    return declared if seen is None else _completed(declared, seen, description)


def _declared(description: Description) -> Schema:
    outcomes = tuple(Outcome(name=o.name, key=key, favourable=o.favourable) for key, o in description.outcomes.items())
    schema = Schema(
        features=tuple(_feature(name, table) for name, table in description.features.items()),
        outcomes=outcomes,
        quantity=_quantity(description),
        cutoff=_cutoff(description, outcomes),
        links=tuple(Link(set=link.set, formula=Expression(link.as_)) for link in description.links),
        rules=tuple(
            Rule(name=f"rule {i}", when=Expression(rule.when), then=rule.then)
            for i, rule in enumerate(description.rules, 1)
        ),
    )
    _check_names(schema)
    return replace(schema, features=_without_lone_groups(schema.features))


def _completed(declared: Schema, seen: Schema, description: Description) -> Schema:
    known = {f.name: f for f in seen.features}
    gaps = {name for name, table in description.features.items() if table.missing is None}
    features = tuple(_filled(f, known[f.name], f.name in gaps) if f.name in known else f for f in declared.features)
    classified = bool(declared.outcomes) or (declared.quantity is None and bool(seen.outcomes))
    outcomes = declared.outcomes or seen.outcomes
    return replace(
        declared,
        features=features or seen.features,
        outcomes=outcomes if classified else (),
        quantity=None if classified else declared.quantity or seen.quantity,
        cutoff=_cutoff(description, outcomes) if classified else None,
    )


def _filled(feature: Feature, seen: Feature, gaps_undeclared: bool) -> Feature:
    same_kind = feature.kind == seen.kind
    return replace(
        feature,
        low=seen.low if feature.low is None and same_kind else feature.low,
        high=seen.high if feature.high is None and same_kind else feature.high,
        whole=seen.whole,
        missing=seen.missing if gaps_undeclared else feature.missing,
    )


def _without_lone_groups(features: tuple[Feature, ...]) -> tuple[Feature, ...]:
    """A group of which the model sees one member would only be another name for it."""
    groups = Counter(f.group for f in features if f.input)
    return tuple(f if groups[f.group] > 1 else replace(f, group="") for f in features)


def vocabulary_of(description: Description, schema: Schema | None = None) -> Vocabulary:
    """Every label, outcome, value and unit the description has words for; the names themselves where it has none."""
    schema = schema or schema_of(description)
    return Vocabulary(
        title=texts(description.raw(), "title"),
        subject=texts(description.raw(), "subject") or {"": description.subject},
        features={f.name: _words_of(f, description) for f in schema.features},
        outcomes={o.name: _outcome_words(description, o) for o in schema.outcomes},
        quantity=_quantity_words(description, schema),
        groups={name: texts(table.raw(), "label") for name, table in description.groups.items()},
        rules={f"rule {i}": texts(rule.raw(), "text") for i, rule in enumerate(description.rules, 1)},
        reference=texts(description.reference.raw(), "name"),
        model=texts(description.model.raw(), "name") if description.model else {},
        law=description.law,
        source=texts(description.data.raw(), "source") if description.data else {},
        synthetic=description.data.synthetic if description.data else None,
    )


def _feature(name: str, table: FeatureTable) -> Feature:
    low, high = table.range or (None, None)
    return Feature(
        name=name,
        label=table.label or name.replace("_", " "),
        kind=table.kind,
        unit=table.unit,
        low=low,
        high=high,
        categories=tuple(map(str, table.values)) if table.kind == "category" else (),
        step=table.step,
        group=table.group,
        actionable=table.change,
        sensitive=table.sensitive,
        input=table.input,
        missing=table.missing or "refuse",
        columns=table.columns,
    )


def _feature_words(name: str, table: FeatureTable) -> FeatureWords:
    raw = table.raw()
    values = table.values if isinstance(table.values, dict) else {}
    return FeatureWords(
        label=texts(raw, "label") or {"": name.replace("_", " ")},
        also={"": table.also, **{k.removeprefix("also_"): tuple(v) for k, v in raw.items() if k.startswith("also_")}},
        unit=texts(raw, "unit"),
        meaning=texts(raw, "meaning"),
        source=texts(raw, "source"),
        values={key: texts(v, "name") if isinstance(v, dict) else {"": v} for key, v in values.items()},
    )


def _quantity_words(description: Description, schema: Schema) -> dict[str, str]:
    if description.outcome is not None:
        return texts(description.outcome.raw(), "name")
    return {"": schema.quantity.name} if schema.quantity else {}


def _words_of(feature: Feature, description: Description) -> FeatureWords:
    table = description.features.get(feature.name)
    return _feature_words(feature.name, table) if table else FeatureWords(label={"": feature.label})


def _outcome_words(description: Description, outcome: Outcome) -> OutcomeWords:
    raw = description.outcomes[outcome.key].raw() if outcome.key in description.outcomes else {"name": outcome.name}
    also = raw.get("also") or ()
    return OutcomeWords(
        name=texts(raw, "name"),
        verb=texts(raw, "verb"),
        also={"": tuple(also)} if isinstance(also, list | tuple) else {},
    )


def _quantity(description: Description) -> Quantity | None:
    table = description.outcome
    if table is None:
        return None
    low, high = table.range or (None, None)
    return Quantity(name=table.name, unit=table.unit, favourable=table.favourable, low=low, high=high)


def _cutoff(description: Description, outcomes: tuple[Outcome, ...]) -> float | None:
    if len(outcomes) != 2:
        return None
    return description.model.cutoff if description.model else 0.5


def _check_names(schema: Schema) -> None:
    targets, names = set(schema.targets), set(schema.names)
    if schema.rules and schema.quantity is not None:
        raise DomainError("E604", "A rule decides an outcome, and a number is predicted here.", where="rules",
                          hint="Leave out [[rules]].")  # fmt: skip
    for rule in schema.rules:
        if rule.then not in targets:
            raise DomainError("E604", f"A rule decides {rule.then!r}, which is not an outcome.", where=rule.name)
        if not rule.when.names & names:
            raise DomainError("E604", f"The rule {rule.when.text!r} names no feature.", where=rule.name)
    for link in schema.links:
        unknown = (link.formula.names | {link.set}) - names
        if unknown:
            raise DomainError("E604", f"The link for {link.set!r} names {sorted(unknown)}, which are not features.",
                              where=link.set)  # fmt: skip
