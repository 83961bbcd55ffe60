"""A sentence of free text heard as claims, each judged against the record."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.narration.heard.grammar import Node, Parser
from assistant.narration.heard.judged import NOT_HELD, Judged
from assistant.narration.heard.judges import OF_A_CASE, judge
from assistant.narration.heard.names import Names, Record
from assistant.narration.heard.referring import resolved
from assistant.narration.heard.rules import Rules
from assistant.narration.heard.scope import Scope
from assistant.narration.heard.tokens import tokens

NOT_UNDERSTOOD = "not every word of it is understood as a claim"
MOST_READINGS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """The names of one record and the grammar of its language."""

    record: Record
    rules: Rules
    names: Names
    scope: Scope

    @classmethod
    def of(cls, record: Record, language: str) -> Hearing | None:
        """None where the language has no grammar of free text."""
        rules = Rules.of(language)
        if rules is None:
            return None
        record = {name: part for name, part in record.items() if name != "also"}  # its parts are heard by themselves
        names = Names.of(record, rules.names)
        return cls(
            record=record, rules=rules, names=names, scope=Scope.of(record, names.outcomes, names.categories.values())
        )

    def hear(self, sentence: str) -> tuple[tuple[tuple[Node, Judged], ...], str]:
        """The claims of a reading of which all are true; else of the first that a fact speaks against, or of the first.

        With them, why it is not supported; "" where it is.
        """
        said = tokens(sentence)
        if not said:
            return (), NOT_UNDERSTOOD
        parser = Parser(
            rules=self.rules,
            tokens=self.rules.without_dropped(said),
            named={**self.names.readers(), **self.scope.readers()},
        )
        first: tuple[tuple[Node, Judged], ...] = ()
        for _, read in zip(range(MOST_READINGS), parser.sentences(), strict=False):
            claims = resolved(read, OF_A_CASE)
            if claims is None:
                continue
            judged = tuple((claim, judge(claim, self.record)) for claim in claims)
            if all(found.true for _, found in judged):
                return judged, ""
            if not first or (_why(first) == NOT_HELD and _why(judged) != NOT_HELD):
                first = judged
        return first, _why(first) or NOT_UNDERSTOOD


def _why(judged: tuple[tuple[Node, Judged], ...]) -> str:
    return next((found.why for _, found in judged if found.why), "")
