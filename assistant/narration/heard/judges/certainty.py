"""Claims about how sure it is."""

from __future__ import annotations

from collections.abc import Callable

from assistant.narration.heard.grammar import Node
from assistant.narration.heard.judged import (
    Judged,
    Judges,
    false,
)
from assistant.narration.heard.names import Record


def band(*wanted: str) -> Callable[[Node, Record], Judged]:
    """ "it was a close call"."""

    def judged(_: Node, record: Record) -> Judged:
        facts = ("certainty.band",)
        fine = record["certainty"]["band"] in wanted
        return Judged(facts=facts) if fine else false("the distance is another", *facts)

    return judged


def told_of_certainty(name: str, wanted: bool) -> Callable[[Node, Record], Judged]:
    """ "this application is unusual"."""

    def judged(_: Node, record: Record) -> Judged:
        facts = (f"certainty.{name}",)
        return Judged(facts=facts) if record["certainty"][name] is wanted else false("it is not so", *facts)

    return judged


JUDGES: Judges = {
    "close": band("close"),
    "not_close": band("moderate", "clear"),
    "firm": told_of_certainty("firm", wanted=True),
    "not_firm": told_of_certainty("firm", wanted=False),
    "unusual": told_of_certainty("unusual", wanted=True),
    "not_unusual": told_of_certainty("unusual", wanted=False),
}
"""By the claim each judges."""
