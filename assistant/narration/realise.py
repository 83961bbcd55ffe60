"""From a claim to its words: the most specific licensed shape, chosen by the case, with its gaps filled."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from assistant.narration.numbers import Numbers
from assistant.narration.speech import Speech
from prompts import Gap, Shape, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words and the paths of the facts they rest on."""

    text: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One thing to tell. `tags` are what holds, each with the paths of the facts that say so ("" where none does)."""

    name: str
    tags: Mapping[str, Paths] = field(default_factory=dict)
    slots: Mapping[str, Filling] = field(default_factory=dict)


Paths: TypeAlias = str | tuple[str, ...]
Filling: TypeAlias = Said | Claim | tuple[Claim, ...]
"""What stands in a gap: words, a claim told within the sentence, or several, joined as the language joins them."""


class UnlicensedError(LookupError):
    """A claim that no shape words for these facts and this reader, or a gap that nothing fills: a hole in the words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Whose words are used, and the seed that picks among equals: it stays for one case and differs between cases."""

    words: Words
    numbers: Numbers
    reader: str
    seed: str

    @property
    def speech(self) -> Speech:
        return Speech(table=self.words.speech, numbers=self.numbers)

    def say(self, claim: Claim, index: int = 0) -> Said:
        """The claim as one sentence; `index` counts it within an answer and moves the wording on. UnlicensedError."""
        said = self.phrase(claim, index)
        return replace(said, text=self.speech.sentence(said.text))

    def phrase(self, claim: Claim, index: int = 0) -> Said:
        """The claim as part of a sentence. Raises UnlicensedError."""
        if claim.name not in self.words.claims:
            raise UnlicensedError(f"No shapes for {claim.name!r}.")
        return self.word(self.words.shapes(claim.name), claim, index)

    def word(self, shapes: Sequence[Shape], claim: Claim, index: int = 0) -> Said:
        """The claim in one of these shapes. Raises UnlicensedError."""
        licensed = self.licensed(shapes, claim)
        ordered = sorted(licensed, key=lambda shape: self._draw(claim.name, shape.source))
        shape = ordered[index % len(ordered)]
        variant = shape.variants[self._draw(claim.name, shape.source, str(index)) % len(shape.variants)]
        parts = [Said(text=part) if isinstance(part, str) else self._fill(part, claim, index) for part in variant]
        rests_on = [path for tag in sorted(shape.tags) for path in paths(claim.tags[tag])]
        rests_on += [path for part in parts for path in part.facts]
        return Said(text=tidied("".join(p.text for p in parts)), facts=tuple(dict.fromkeys(filter(None, rests_on))))

    def licensed(self, shapes: Sequence[Shape], claim: Claim) -> tuple[Shape, ...]:
        """The most specific of the shapes whose condition holds. Raises UnlicensedError where none does."""
        holding = [s for s in shapes if s.tags <= claim.tags.keys() and (not s.readers or self.reader in s.readers)]
        if not holding:
            raise UnlicensedError(f"{claim.name!r} has no shape for {self.reader} and {'+'.join(sorted(claim.tags))}.")
        best = max(_specific(shape) for shape in holding)
        return tuple(shape for shape in holding if _specific(shape) == best)

    def _fill(self, gap: Gap, claim: Claim, index: int) -> Said:
        match filling(gap, claim):
            case Said() as said:
                return said
            case Claim() as inner:
                return self.phrase(inner, index)
            case tuple() as several:
                return self._joined([self.phrase(inner, index) for inner in several], gap.form)
        if gap.name in self.words.claims and not gap.form:
            return self.phrase(replace(claim, name=gap.name), index)
        raise UnlicensedError(f"Nothing fills {{{gap.key}}} in {claim.name!r}; there are {sorted(claim.slots)}.")

    def _joined(self, items: Sequence[Said], how: str) -> Said:
        facts = tuple(dict.fromkeys(path for item in items for path in item.facts))
        return Said(text=self.speech.joined([item.text for item in items], how), facts=facts)

    def _draw(self, *what: str) -> int:
        return int.from_bytes(hashlib.sha256("\0".join((self.seed, *what)).encode()).digest()[:8])


def filling(gap: Gap, claim: Claim) -> Filling | None:
    """What fills a gap; the form of a gap for several says how they are joined."""
    found, several = claim.slots.get(gap.key), claim.slots.get(gap.name)
    return several if found is None and isinstance(several, tuple) else found


def paths(of: Paths) -> tuple[str, ...]:
    """One path, several, or none, as a tuple."""
    return of if isinstance(of, tuple) else (of,) if of else ()


def _specific(shape: Shape) -> tuple[int, bool]:
    return len(shape.tags), bool(shape.readers)


def tidied(text: str) -> str:
    """Without spaces doubled, before marks, or at the ends."""
    return re.sub(r"\s+([,.;:?!])", r"\1", re.sub(r"\s+", " ", text)).strip()
