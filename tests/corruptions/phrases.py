"""One phrase of a true sentence for another, where the record proves that the first holds and the second does not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tests.corruptions.oracle import Told

Proof = Callable[[Told, re.Match[str]], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """A phrase as our words have it, what is put in its place, and whether the record says the one, not the other."""

    find: re.Pattern[str]
    put: str
    proof: Proof


def swapped(told: Told, table: Sequence[Swap]) -> Iterator[str]:
    """The sentence with one phrase changed, for each that stands in it once and is proven."""
    for swap in table:
        found = list(swap.find.finditer(told.text))
        if len(found) == 1 and swap.proof(told, found[0]):
            yield told.text[: found[0].start()] + found[0].expand(swap.put) + told.text[found[0].end() :]


def swaps(pairs: Sequence[tuple[str, str]], proof: Proof) -> tuple[Swap, ...]:
    """Patterns and what is put in their place, all proven alike."""
    return tuple(Swap(find=re.compile(find), put=put, proof=proof) for find, put in pairs)


def always(told: Told, match: re.Match[str]) -> bool:
    """Where the sentence says it, it is true, and the other is its denial."""
    return True
