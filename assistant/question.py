"""What was asked: a scope and one or more operations, as the public schema of questions has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeAlias

Argument: TypeAlias = str | float | bool | tuple[str, ...]
Args: TypeAlias = Mapping[str, Argument]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """`{"feature", "op", "value"}`; `feature` is a column or one of @id, @label, @prediction, @text, @previous."""

    feature: str
    op: str
    value: Argument | None


@dataclass(frozen=True, slots=True, kw_only=True)
class All:
    """Every node holds."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Any_:  # noqa: N801  (`Any` is taken by typing)
    """At least one node holds."""

    nodes: tuple[Node, ...]


Node: TypeAlias = Condition | All | Any_


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One operation as asked for: its kind and its slots. What carries it out stands in `assistant.questions`."""

    op: str
    args: Args = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "args", MappingProxyType(dict(self.args)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which rows, and what about them. No operations: not understood."""

    filters: tuple[Node, ...] = ()
    operations: tuple[Asked, ...] = ()

    @property
    def case_id(self) -> str | None:
        """The one case named by `@id == …`, if the whole scope is that."""
        match self.filters:
            case (Condition(feature="@id", op="==", value=value),):
                return str(value)
        return None

    def to_json(self) -> dict[str, Any]:
        return {
            "filters": [_node_json(node) for node in self.filters],
            "operations": [{"op": asked.op, "args": _args_json(asked.args)} for asked in self.operations],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Question:
        """The question written by `to_json`; KeyError or TypeError on anything else."""
        return cls(
            filters=tuple(_node(node) for node in data["filters"]),
            operations=tuple(Asked(op=o["op"], args=_args(o["args"])) for o in data["operations"]),
        )


def _args_json(args: Args) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in args.items()}


def _args(data: Mapping[str, Any]) -> Args:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}


def _node_json(node: Node) -> dict[str, Any]:
    match node:
        case Condition():
            return {"feature": node.feature, "op": node.op, "value": node.value}
        case All():
            return {"all": [_node_json(inner) for inner in node.nodes]}
        case Any_():
            return {"any": [_node_json(inner) for inner in node.nodes]}


def _node(data: Mapping[str, Any]) -> Node:
    if "all" in data:
        return All(nodes=tuple(_node(inner) for inner in data["all"]))
    if "any" in data:
        return Any_(nodes=tuple(_node(inner) for inner in data["any"]))
    return Condition(feature=data["feature"], op=data["op"], value=data["value"])
