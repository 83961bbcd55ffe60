"""A sentence of free text heard as claims, each judged against the record."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.narration.heard.grammar import Node, Parser, Rules
from assistant.narration.heard.judged import Judged
from assistant.narration.heard.judges import judge
from assistant.narration.heard.names import Names, Record
from assistant.narration.heard.tokens import tokens

NOT_UNDERSTOOD = "not every word of it is understood as a claim"
MOST_READINGS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """The names of one record and the grammar of its language."""

    record: Record
    rules: Rules
    names: Names

    @classmethod
    def of(cls, record: Record, language: str) -> Hearing | None:
        """None where the language has no grammar of free text."""
        rules = Rules.of(language)
        return None if rules is None else cls(record=record, rules=rules, names=Names.of(record, rules.names))

    def hear(self, sentence: str) -> tuple[tuple[tuple[Node, Judged], ...], str]:
        """The claims of a reading of which all are true; else of the first reading, and why it is not supported."""
        said = tokens(sentence)
        if not said:
            return (), NOT_UNDERSTOOD
        parser = Parser(rules=self.rules, tokens=said, named=self.names.readers())
        first: tuple[tuple[Node, Judged], ...] = ()
        for _, claims in zip(range(MOST_READINGS), parser.sentences(), strict=False):
            judged = tuple((claim, judge(claim, self.record)) for claim in claims)
            if all(found.true for _, found in judged):
                return judged, ""
            first = first or judged
        return first, next((found.why for _, found in first if found.why), NOT_UNDERSTOOD)
