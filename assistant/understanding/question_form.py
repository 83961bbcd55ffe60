"""The form of a question about one domain: a JSON schema that names only what the domain has, every number bounded."""

from __future__ import annotations

import operator
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from functools import reduce
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, create_model

from assistant.understanding.kinds import KINDS, NEEDED, Slot, Sort
from explainers.base import Feature, Quantity, Schema

MOST = 3
"""Filters, operations, alternatives and listed features, of each at most so many."""
LARGEST = 1e9
MOST_TIMES = 1000.0
LONGEST = 40
FINEST = 1e-6
"""Of this, numbers are multiples: their digits come to an end. A range that holds few of these has no form."""
SIGNS = ("==", "!=", "<", "<=", ">", ">=")
Group = TypeVar("Group", bound=Hashable)
Form = type[BaseModel]


class Strict(BaseModel):
    """All keys of a form are given, and no others; what is left open is null."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


def question_form(schema: Schema) -> Form:
    """What `Question.to_json` may write about this domain. Its JSON schema keeps to what strict servers take."""
    conditions = _either(_conditions(schema))
    any_of = _form("AnyOf", any=_list(conditions, fewest=1))
    operations = _either([*_plain(schema), *_what_ifs(schema), *_corrections(schema)])
    return _form("Question", filters=_list(conditions | any_of), operations=_list(operations))


def _conditions(schema: Schema) -> list[Any]:
    target = _number(schema.quantity) if schema.quantity else Literal[schema.targets]
    found = [
        _condition(("@id",), SIGNS[:1], Annotated[str, Field(min_length=1, max_length=LONGEST)]),
        _condition(("@label", "@prediction"), SIGNS if schema.quantity else SIGNS[:2], target),
    ]
    for value, names in _by_value(schema):
        number = schema.feature(names[0]).kind == "number"
        found.append(_condition(names, SIGNS if number else SIGNS[:2], value))
    return found


def _condition(names: tuple[str, ...], signs: tuple[str, ...], value: Any) -> Form:
    return _form("Condition", feature=Literal[names], op=Literal[signs], value=value)


def _plain(schema: Schema) -> list[Form]:
    """Kinds with the same slots share a form."""
    alike = _grouped((tuple((slot, sort, (kind, slot) in NEEDED) for slot, sort in slots.items()), kind)
                     for kind, slots in KINDS.items())  # fmt: skip
    found = []
    for slots, kinds in alike.items():
        held = {slot: _held(sort, schema) for slot, sort, _ in slots}
        needed = {slot for slot, _, must in slots if must}
        args = {slot: value if slot in needed else value | None for slot, value in held.items() if value is not None}
        found.append(_operation(kinds, args))
    return found


def _held(sort: Slot, schema: Schema) -> Any:
    """What a slot may hold; None where the domain has no such thing."""
    if isinstance(sort, tuple):
        return Literal[sort]
    match sort:
        case Sort.FEATURE:
            return Literal[schema.names]
        case Sort.FEATURES:
            return _list(Literal[schema.names], fewest=1)
        case Sort.OUTCOME:
            return Literal[schema.targets]
        case Sort.COUNT:
            return Annotated[int, Field(ge=1, le=100)]
        case Sort.QUOTED:
            return Annotated[str, Field(min_length=1, max_length=LONGEST)]


def _what_ifs(schema: Schema) -> list[Form]:
    numbers = tuple(f.name for f in schema.features if f.kind == "number")
    found = [_what_if(names, ("set",), value) for value, names in _by_value(schema)]
    if numbers:
        found.append(_what_if(numbers, ("increase", "decrease"), _bounded(0.0, LARGEST)))
        found.append(_what_if(numbers, ("multiply",), _bounded(0.0, MOST_TIMES)))
    return found


def _what_if(names: tuple[str, ...], changes: tuple[str, ...], value: Any) -> Form:
    args = {"feature": Literal[names], "change": Literal[changes], "value": value | None}
    return _operation(("what_if",), args)


def _corrections(schema: Schema) -> list[Form]:
    return [
        _operation(("correct",), {"feature": Literal[names], "value": value | None})
        for value, names in _by_value(schema)
    ]


def _operation(kinds: tuple[str, ...], args: Mapping[str, Any]) -> Form:
    return _form("Operation", op=Literal[kinds], args=_form("Args", **args))


def _by_value(schema: Schema) -> list[tuple[Any, tuple[str, ...]]]:
    """What values may be, and the features whose values may be that; texts and images are none of them."""
    alike = _grouped((_values_of(feature), feature.name) for feature in schema.features)
    return [(_value(schema.feature(names[0])), names) for values, names in alike.items() if values]


def _values_of(feature: Feature) -> tuple[Hashable, ...]:
    match feature.kind:
        case "number":
            low, high = _range(feature)
            return ("number", low, high, feature.whole) if high - low >= 100 * FINEST else ()
        case "flag":
            return ("flag",)
        case "category":
            return feature.categories
        case _:
            return ()


def _value(feature: Feature) -> Any:
    match feature.kind:
        case "number":
            return _number(feature)
        case "flag":
            return bool
        case _:
            return Literal[feature.categories]


def _number(of: Feature | Quantity) -> Any:
    return _bounded(*_range(of), 1.0 if isinstance(of, Feature) and of.whole else FINEST)


def _range(of: Feature | Quantity) -> tuple[float, float]:
    return -LARGEST if of.low is None else of.low, LARGEST if of.high is None else of.high


def _bounded(low: float, high: float, step: float = FINEST) -> Any:
    """The step is for the mask alone: no rounding of large numbers may fail it."""
    return Annotated[float, Field(ge=low, le=high, json_schema_extra={"multipleOf": step})]


def _form(name: str, **fields: Any) -> Form:
    typed: Any = {key: (value, ...) for key, value in fields.items()}
    made: Form = create_model(name, __base__=Strict, **typed)
    return made


def _list(of: Any, fewest: int = 0) -> Any:
    return Annotated[list[of], Field(min_length=fewest, max_length=MOST)]


def _either(forms: list[Any]) -> Any:
    return reduce(operator.or_, forms)


def _grouped(pairs: Iterable[tuple[Group, str]]) -> dict[Group, tuple[str, ...]]:
    """The names under each key, in their order."""
    found: dict[Group, list[str]] = defaultdict(list)
    for key, name in pairs:
        found[key].append(name)
    return {key: tuple(names) for key, names in found.items()}
