"""True sentences with features in a wrong order or place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.corruptions.oracle import Record, Told, apart, place_of

IN_ORDER = re.compile(r"in this order, |^In order of weight, ")


def other_order(told: Told) -> Iterator[str]:
    """Two features of a list that is told in order, each in the place of the other; none that may stand either way."""
    ranked = [item for item in told.items if "rank" in item]
    if not IN_ORDER.search(told.text):
        return
    for i, one in enumerate(ranked):
        for other in ranked[i + 1 :]:
            places = [place_of(told.text, item["label"], told.book.labels) for item in (one, other)]
            if all(places) and _ordered(one, other):
                (a, b), (c, d) = sorted(place for place in places if place)
                yield told.text[:a] + told.text[c:d] + told.text[b:c] + told.text[a:b] + told.text[d:]


def _ordered(one: Record, other: Record) -> bool:
    tied = other["feature"] in one.get("tied_with", ()) or one["feature"] in other.get("tied_with", ())
    return not tied and one["rank"] != other["rank"] and apart(abs(one["weight"]), abs(other["weight"]))


OPENED = re.compile(
    r"^(?:Next, |Then |On the other side, |But |In favour, |On the (?:plus|minus) side, |On one side, )"
)
TOPS = ("Above all, ", "Most of all, ", "More than anything else, ")


def other_rank(told: Told) -> Iterator[str]:
    """A lesser reason told as the first, the first as a lesser one, a place told as another."""
    ranked = [item for item in told.items if "rank" in item and "direction" in item]
    first = next((item for item in _reasons(told) if item["rank"] == 1), None)
    if len(ranked) == 1 and first and _ordered(ranked[0], first) and OPENED.search(told.text):
        yield from (OPENED.sub(top, told.text) for top in TOPS)
    if first and ranked == [first] and len(_reasons(told)) > 1 and not first.get("tied_with"):
        yield re.sub(r"^(Above all|Most of all), ", "Least of all, ", told.text)
        yield re.sub(
            r"^(The main reason was|What the model weighed most was)", "What the model weighed least was", told.text
        )
    yield from _other_place(told)


def _reasons(told: Told) -> list[Record]:
    return list(told.record.get("reasons", ()))


def _other_place(told: Told) -> Iterator[str]:
    items = [item for item in told.items if "rank" in item]
    for found in re.finditer(r"(place |[Rr]ank |^)(\d+)(?= of \d|\. )", told.text):
        own = next((item for item in items if str(item["rank"]) == found[2]), None)
        for place in (1, 2, 3, 4):
            siblings = _reasons(told) or told.record.get("population", {}).get("importance", ())
            taken = next((s for s in siblings if s["rank"] == place), None)
            if own and taken and _ordered(own, taken):
                yield told.text[: found.start(2)] + str(place) + told.text[found.end(2) :]


def most_important(told: Told) -> Iterator[str]:
    """The group's most important feature told as another, or the least important as the most."""
    for one, other in (
        (" leans most on ", " leans least on "),
        (" matter least ", " matter most "),
        (" matters most ", " matters least "),
    ):
        if one in told.text and len(told.record.get("population", {}).get("importance", ())) > 2:
            yield told.text.replace(one, other)
    if "what matters least to the model" in told.text:
        yield told.text.replace("what matters least", "what matters most")
