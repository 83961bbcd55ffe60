"""Is it true? Each sentence of a text judged against a record by code; not supported is the default.

A sentence is supported where one of our shapes says it of this record, or where every clause of it is a claim that is
recognised and true. Nothing is supported because it sounds right.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.facts import Facts
from assistant.narration.answer import Answer
from assistant.narration.heard.grammar import Node
from assistant.narration.heard.hearing import NOT_UNDERSTOOD, Hearing
from assistant.narration.heard.judged import Judged
from assistant.narration.licensed import Grammar
from assistant.narration.realise import Said
from assistant.narration.style import LEAD, Style
from prompts import Words

_END = re.compile(r"(?<=[.!?])[”\"')]*\s+(?=[\"'“(]?[A-Z0-9])|(?<=[。！？])|\n+")


class UnsupportedError(RuntimeError):
    """A sentence of ours that the facts do not support: nothing of the answer may be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One claim of a sentence, the paths of the facts it was held against, and what came of it."""

    claim: str
    facts: tuple[str, ...]
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a sentence is supported, by which claims, and `why` not."""

    sentence: str
    supported: bool
    claims: tuple[Checked, ...] = ()
    why: str = ""

    def to_json(self) -> dict[str, Any]:
        """`{"sentence", "supported", "claims": [{"claim", "facts", "verdict"}], "why"}`."""
        claims = [{"claim": c.claim, "facts": list(c.facts), "verdict": c.verdict} for c in self.claims]
        return {"sentence": self.sentence, "supported": self.supported, "claims": claims, "why": self.why}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checker:
    """Judges sentences against one record; `parts` are its facts and those of what else was asked, by their paths.

    What holds only after a change is true of a text only behind one of the `leads` that say so. `heard` is filled when
    the first sentence comes that our shapes do not say.
    """

    parts: Mapping[str, Facts]
    grammars: Mapping[str, Grammar]
    leads: Mapping[str, Grammar]
    language: str
    heard: dict[str, Hearing] = field(default_factory=dict)

    @classmethod
    def of(cls, facts: Facts, words: Words, styles: Iterable[Style] = ()) -> Checker:
        """For the facts of an answer, in the words of a language, in these styles or, if none, as told to any reader.

        KeyError for a kind without words.
        """
        styles = tuple(styles) or tuple(Style.of(words, reader) for reader in words.readers)
        parts = {"": facts, **{f"also[{i}].": other for i, other in enumerate(facts.also or ())}}
        return cls(
            parts=parts,
            grammars={path: Grammar.of(part, words, styles) for path, part in parts.items()},
            leads={path: Grammar.of(part, words, styles, LEAD) for path, part in parts.items() if part.changed},
            language=words.language,
        )

    def check(self, text: str) -> tuple[Verdict, ...]:
        """Every sentence of a text."""
        return tuple(self.judged(sentences(text)))

    def judged(self, told: Iterable[str]) -> Iterator[Verdict]:
        """Sentences in the order in which they are read."""
        led: set[str] = set()
        for sentence in told:
            led |= {path for path, lead in self.leads.items() if lead.read(sentence)}
            yield self.judge(sentence, led)

    def judge(self, sentence: str, led: Collection[str] = ()) -> Verdict:
        """One sentence; `led` are the parts that the text before says it is about after a change."""
        standing = [path for path in self.parts if path not in self.leads or path in led]
        for path in standing:
            if said := self.grammars[path].read(sentence):
                return Verdict(sentence=sentence, supported=True, claims=(_licensed(path, said),))
        first = Verdict(sentence=sentence, supported=False, why=NOT_UNDERSTOOD)
        for path, hearing in self._hearings(standing):
            judged, why = hearing.hear(sentence)
            verdict = Verdict(sentence=sentence, supported=not why, claims=_heard(path, judged), why=why)
            if verdict.supported:
                return verdict
            first = verdict if verdict.claims and not first.claims else first
        return first

    def _hearings(self, paths: Iterable[str]) -> Iterator[tuple[str, Hearing]]:
        for path in paths:
            if path not in self.heard and (hearing := Hearing.of(self.parts[path].record(), self.language)):
                self.heard[path] = hearing
            if path in self.heard:
                yield path, self.heard[path]


def certified(answer: Answer, facts: Facts, words: Words, style: Style) -> Answer:
    """The answer, every sentence of it checked. Raises UnsupportedError where one is not supported: a bug of ours."""
    checker = Checker.of(facts, words, (style,))
    for verdict in checker.judged(sentence.text for sentence in answer.sentences):
        if not verdict.supported:
            raise UnsupportedError(f"The facts do not support {verdict.sentence!r}.")
    return answer


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, each without the spaces around it."""
    return tuple(part for piece in _END.split(text) if (part := piece.strip()))


def _licensed(path: str, said: Said) -> Checked:
    return Checked(claim=said.text, facts=tuple(path + fact for fact in said.facts), verdict="licensed")


def _heard(path: str, judged: Sequence[tuple[Node, Judged]]) -> tuple[Checked, ...]:
    return tuple(
        Checked(claim=claim.text, facts=tuple(path + fact for fact in found.facts), verdict=found.why or "true")
        for claim, found in judged
    )
