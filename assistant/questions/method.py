"""How the reasons are worked out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from assistant.facts import Facts
from assistant.questions.context import Context
from assistant.questions.reasons import reasons_facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """For example: how do you work these reasons out?"""

    kind: ClassVar[str] = "method"

    def facts(self, context: Context) -> Facts:
        found = reasons_facts(self.kind, context)
        return replace(found, reference=context.domain.reference_fact(context.language))
