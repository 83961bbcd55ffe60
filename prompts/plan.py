"""Plans and readers: which claims stand in which layer of an answer, and who sees how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from prompts.shape import Shape, plain_shape, shapes_of

Layers = Mapping[str, tuple[str, ...]]
"""Layer -> the claims in it, in the order they are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderWords:
    """One table of `readers.toml`. `speaks` is the name in the heads of shapes: a reader can share another's words."""

    name: str
    speaks: str
    opened: tuple[str, ...]
    reasons: int
    technical: bool

    @classmethod
    def of(cls, name: str, table: Mapping[str, Any]) -> ReaderWords:
        return cls(
            name=name,
            speaks=table.get("speaks", name),
            opened=tuple(table["opened"]),
            reasons=table["reasons"],
            technical=table["technical"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One `plan.toml`. `reading` restates the question, `button` asks it, `follow_ups` are kinds that may come next."""

    kind: str
    reading: tuple[Shape, ...]
    button: str
    follow_ups: tuple[str, ...]
    layers: Layers
    overrides: Mapping[str, Layers]

    def layers_for(self, reader: str) -> Layers:
        """The layers of this reader: its own where the plan has them, else everybody's."""
        return {**self.layers, **self.overrides.get(reader, {})}

    @classmethod
    def of(cls, kind: str, table: Mapping[str, Any]) -> Plan:
        return cls(
            kind=kind,
            reading=_reading(table["reading"]),
            button=table.get("button", ""),
            follow_ups=tuple(table.get("follow_ups", ())),
            layers=_layers(table["layers"]),
            overrides={name: _layers(layers) for name, layers in table.get("readers", {}).items()},
        )


def _reading(text: str) -> tuple[Shape, ...]:
    return shapes_of(text) if "\n" in text else (plain_shape(text),)


def _layers(table: Mapping[str, Any]) -> Layers:
    return {layer: tuple(claims) for layer, claims in table.items()}
