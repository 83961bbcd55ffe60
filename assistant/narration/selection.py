"""Which reasons are told, in which order: the strongest of both sides, the side that explains the outcome first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.facts import Facts, Reason

Ranked = tuple[int, Reason]
"""A reason with its place in the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The told reasons. `first` explain the outcome (or speak for it, asked for both sides); `second` point away."""

    first: tuple[Ranked, ...]
    second: tuple[Ranked, ...]

    @property
    def told(self) -> tuple[Ranked, ...]:
        return self.first + self.second


def sides(facts: Facts, most: int) -> Sides:
    """At most `most` reasons by rank, from both directions where both exist; none whose direction is not known."""
    ranked = [(i, r) for i, r in enumerate(facts.reasons or ()) if r.direction != "none"]
    if facts.asked is not None:
        ranked = [pair for pair in ranked if pair[1].feature == facts.asked]
    ranked.sort(key=lambda pair: pair[1].rank)
    most = min(facts.top_k or most, most)
    if facts.kind == "for_and_against":
        first = [pair for pair in ranked if pair[1].direction in ("for", "up")]
        half = max(most - most // 2, most - (len(ranked) - len(first)))
        second = [pair for pair in ranked if pair not in first][: most - min(half, len(first))]
        return Sides(first=tuple(first[:half]), second=tuple(second))
    sign = _explaining_sign(facts, ranked)
    told = _balanced(ranked, most)
    first = [pair for pair in told if pair[1].weight * sign > 0]
    return Sides(first=tuple(first), second=tuple(pair for pair in told if pair not in first))


def _explaining_sign(facts: Facts, ranked: Sequence[Ranked]) -> float:
    if facts.outcome and facts.score:
        return 1.0 if facts.outcome.name == facts.score.of else -1.0
    return ranked[0][1].weight if ranked else 1.0


def _balanced(ranked: Sequence[Ranked], most: int) -> list[Ranked]:
    """The first `most`, the last of them giving way to the strongest reason of the side that would stay untold."""
    told = list(ranked[:most])
    if told and all(pair[1].weight * told[0][1].weight > 0 for pair in told):
        opposite = next((pair for pair in ranked[most:] if pair[1].weight * told[0][1].weight < 0), None)
        if opposite and most > 1:
            told = [*told[:-1], opposite]
    return told
