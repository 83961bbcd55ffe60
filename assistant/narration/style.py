"""The same facts told otherwise: simpler, shorter, longer, or as the field says it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

from assistant.narration.answer import LAYERS
from prompts import Plan, ReaderWords, Words
from prompts.plan import Layers

Level = Literal["simpler", "shorter", "longer", "technical"]
LEVELS = get_args(Level)
ALWAYS = frozenset(("reasons", "rule_apart", "unusual", "sparse", "rule_after", "unused_change", "untested"))
"""Claims that are told however short an answer is: without them it would claim too much."""
LEAD = ("after_change",)
"""Says that what follows holds after the change that is asked about."""
FEW = 2
"""Reasons in a simpler answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How an answer is told: by whose words and how much of it (`table`), after whose plan, and how short."""

    table: ReaderWords
    plan: str
    short: bool = False

    @classmethod
    def of(cls, words: Words, reader: str, level: Level | None = None) -> Style:
        """This reader's own way, or another. KeyError for a reader without words."""
        own = words.readers[reader]
        match level:
            case "simpler":
                table = replace(words.readers["person"], reasons=FEW, opened=LAYERS[:2])
                return cls(table=table, plan="person", short=True)
            case "shorter":
                return cls(table=replace(own, reasons=1, opened=LAYERS[:2]), plan=reader, short=True)
            case "longer":
                return cls(table=replace(own, opened=_with(own, "reasons", "detail", "limits")), plan=reader)
            case "technical":
                return cls(table=replace(words.readers["expert"], opened=_with(own, "technical")), plan="expert")
        return cls(table=own, plan=reader)

    def layers(self, plan: Plan, *, changed: bool = False) -> Layers:
        """What is told of a plan; what a short answer leaves out stays in the record.

        What holds only after a change is told in one layer, behind the words that say so.
        """
        told = plan.layers_for(self.plan)
        if self.short:
            kept = {*plan.layers.get("headline", ()), *plan.layers.get("reasons", ())[:1], *ALWAYS}
            reasons = tuple(claim for claim in told.get("reasons", ()) if claim in kept)
            told = {"headline": told.get("headline", ()), "reasons": reasons}
        return {"reasons": (*LEAD, *told.get("reasons", ()))} if changed else told


def _with(table: ReaderWords, *more: str) -> tuple[str, ...]:
    return tuple(name for name in LAYERS if name in table.opened or name in more)
