"""How many rows there are, of all or of a kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from assistant.facts import Facts
from assistant.questions.context import Context
from assistant.questions.groups import group_facts, group_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """For example: how many people under 30 were approved?"""

    kind: ClassVar[str] = "count"

    def facts(self, context: Context) -> Facts:
        _, population = group_of(context)
        return group_facts(self.kind, context, population)
