"""From facts to claims: one file per part of the record.

CLAIMS lists the claims that a plan may name and that have facts; any other name in a plan is a fixed text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from assistant.narration.claims import case, certainty, outcome, population, reasons, what_if
from assistant.narration.realise import Claim
from assistant.narration.scene import Scene

Teller = Callable[[Scene], Iterable[Claim]]

CLAIMS: Mapping[str, Teller] = MappingProxyType(
    {
        "outcome": outcome.outcome,
        "outcome_not": outcome.outcome_not,
        "rule_apart": outcome.rule_apart,
        "cutoff": outcome.cutoff,
        "base": outcome.base,
        "scores": outcome.scores,
        "reasons": reasons.reasons,
        "ties": reasons.ties,
        "both_sides": reasons.both_sides,
        "firm": reasons.firm,
        "figures": reasons.figures,
        "members": reasons.members,
        "rest": reasons.rest,
        "undecided": reasons.undecided,
        "band": certainty.band,
        "unusual": certainty.unusual,
        "sure": certainty.sure,
        "chance": certainty.chance,
        "calibration": certainty.calibration,
        "interval": certainty.interval,
        "flags": certainty.flags,
        "what_if": what_if.result,
        "links": what_if.links,
        "unused_change": what_if.unused_change,
        "level_after": what_if.level_after,
        "sparse": what_if.sparse,
        "rule_after": what_if.rule_after,
        "importance": population.importance,
        "shares": population.shares,
        "asked_rank": population.asked_rank,
        "overall": population.overall,
        "most_important": population.most_important,
        "known": case.known,
        "unknown": case.unknown,
        "unused": case.unused,
        "sources": case.sources,
        "known_count": case.known_count,
        "model": case.model,
        "method": case.method,
        "sums": case.sums,
        "compared_with": case.compared_with,
        "adds_up": case.adds_up,
        "seed": case.seed,
        "limits": case.limits,
    }
)
