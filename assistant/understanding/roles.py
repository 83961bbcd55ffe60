"""What each thing that a question names is there for: to tell the rows, to be changed, or to be asked about."""

from __future__ import annotations

import functools
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from assistant.understanding.conditions import bare, feature_of, ranges
from assistant.understanding.labels import ABOUT_FEATURE, ROWLESS, kind_of
from assistant.understanding.learned import Weights, learned
from assistant.understanding.names import Found
from assistant.understanding.slots import CaseNumber, Mention, Slots
from assistant.understanding.values import Amount
from explainers.base import Schema

ROLES = ("rows", "change", "asked", "id", "count")
BUCKETS = 8192
DECIMALS = 4
WINDOW = 5
"""Words on either side that are looked at."""
CHANGING = frozenset(("what_if", "correct", "edit_label"))
"""Kinds with something that is set to a value."""
MOST_COUNTED = 1000
Named: TypeAlias = Found | Mention | Amount | CaseNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """The same question three times, each with only what has that role; cases by their number belong to the rows."""

    rows: Slots
    moved: Slots
    asked: Slots


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagger:
    """A logistic model of roles over hashed words around a mention: `weights` (BUCKETS, roles), `bias` (roles,)."""

    weights: Weights
    bias: Weights

    @classmethod
    @functools.cache
    def shipped(cls, language: str) -> Tagger:
        """The one of a language's file."""
        kept = learned(language)
        return cls(weights=kept["roles"], bias=kept["roles_bias"])

    def arrays(self) -> dict[str, Weights]:
        """What is kept of it, by name."""
        return {"roles": self.weights, "roles_bias": self.bias}

    def parted(self, slots: Slots, schema: Schema, labels: Collection[str]) -> Parted:
        """The question as these labels, with what it names by role."""
        kinds = {kind_of(label) for label in labels}
        named, told = mentions(slots), dict[Named, str]()
        scores = [self._scores(one, slots, schema, kinds) for one in named]
        for one, score in zip(named, scores, strict=True):
            told[one] = max(_open(one, slots, kinds), key=lambda role: score[role])
        ranged: set[Named] = set()
        for low, high in zip(slots.amounts, slots.amounts[1:], strict=False):
            if ranges(slots, low, high):
                told[low] = told[high] = "rows" if "id" in (told[low], told[high]) else told[high]
                ranged |= {low, high}
        for one, role in told.items():
            if role == "rows" and isinstance(one, Amount) and one not in ranged and "id" in _open(one, slots, kinds):
                told[one] = "id" if bare(slots, one) and not feature_of(slots, schema, one, ()) else "rows"
        if "what_if" in kinds and "change" not in told.values():
            changeable = [i for i, one in enumerate(named) if "change" in _open(one, slots, kinds)]
            if changeable:
                told[named[max(changeable, key=lambda i: scores[i]["change"])]] = "change"
        return _parted(slots, told)

    def _scores(self, one: Named, slots: Slots, schema: Schema, kinds: Collection[str]) -> Mapping[str, float]:
        columns = [column % BUCKETS for column in hashed(one, slots, schema, kinds)]
        found = np.round(self.weights[columns].sum(axis=0) + self.bias, DECIMALS)
        return dict(zip(ROLES, map(float, found), strict=True))


def mentions(slots: Slots) -> tuple[Named, ...]:
    """What has a role to be found, left to right; a case named as one has none."""
    found: list[Named] = [*slots.features, *slots.values, *slots.outcomes, *slots.amounts, *slots.counts]
    return tuple(sorted(found, key=lambda one: one.first))


def hashed(one: Named, slots: Slots, schema: Schema, kinds: Collection[str]) -> tuple[int, ...]:
    """The words around a mention, and what is asked, as numbers."""
    return tuple(zlib.crc32(text.encode()) for text in _told(one, slots, schema, kinds))


def _told(one: Named, slots: Slots, schema: Schema, kinds: Collection[str]) -> Iterable[str]:
    sort, said = _sort(one, schema), stood_for(slots, schema)
    left = [said[i] for i in range(max(one.first - 12, 0), one.first) if said[i]]
    right = [said[i] for i in range(one.last + 1, min(one.last + 13, len(said))) if said[i]]
    left, right = ["^", "^", *left], [*right, "$", "$"]
    yield f"t {sort}"
    for distance in range(1, WINDOW + 1):
        if distance <= len(left):
            yield f"l{distance} {left[-distance]}"
            yield f"L {left[-distance]}"
        if distance <= len(right):
            yield f"r{distance} {right[distance - 1]}"
            yield f"R {right[distance - 1]}"
    yield f"ll {left[-2]} {left[-1]}"
    yield f"lll {' '.join(left[-3:])}"
    yield f"rr {right[0]} {right[1]}"
    yield f"lr {left[-1]} {right[0]}"
    yield f"tl {sort} {left[-1]}"
    yield f"tr {sort} {right[0]}"
    yield f"tll {sort} {left[-2]} {left[-1]}"
    yield f"trr {sort} {right[0]} {right[1]}"
    supposed = [i for i, w in enumerate(slots.words) if w.text in slots.lexicon.words["if"]]
    for kind in (*kinds, "several" if len(kinds) > 1 else "one"):
        yield f"k {kind}"
        yield f"kt {kind} {sort}"
        yield f"kl {kind} {sort} {left[-1]}"
        yield f"kr {kind} {sort} {right[0]}"
        yield f"kll {kind} {left[-2]} {left[-1]}"
    yield f"if {'none' if not supposed else 'before' if supposed[0] < one.first else 'after'}"
    yield f"ift {sort} {'none' if not supposed else 'before' if supposed[0] < one.first else 'after'}"
    if supposed and supposed[0] < one.first:
        between = said[supposed[0] + 1 : one.first]
        yield f"since {sum(word.startswith('<') for word in between)} {len(between) > 3}"
        yield "comma since" if "," in " ".join(between) else "no comma since"
    yield f"first {not any(m.last < one.first for m in mentions(slots))}"
    yield f"last {not any(m.first > one.last for m in mentions(slots))}"


def _sort(one: Named, schema: Schema) -> str:
    match one:
        case Found(what="feature"):
            return schema.feature(one.targets[0]).kind
        case Found():
            return "value"
        case Mention():
            return "outcome"
        case Amount():
            whole = one.value == int(one.value) and not (one.percent or one.unit or one.per)
            return "whole" if whole else "amount"
        case CaseNumber():
            return "id"


def stood_for(slots: Slots, schema: Schema) -> list[str]:
    """Each word, or the sort of thing of which it is the first word ("" for its others); with the mark before it."""
    words = [word.text for word in slots.words]
    for one in (*mentions(slots), *slots.ids):
        words[one.first] = f"<{_sort(one, schema)}>"
        for i in range(one.first + 1, one.last + 1):
            words[i] = ""
    for i in range(1, len(words)):
        gap = slots.text[slots.words[i - 1].end : slots.words[i].start]
        mark = next((sign for sign in ",.;:?!，。；：？！、" if sign in gap), "")
        words[i] = f"{mark}{words[i]}" if mark and words[i] else words[i]
    return words


def _open(one: Named, slots: Slots, kinds: Collection[str]) -> tuple[str, ...]:
    """The roles that a mention can have beside these kinds; a case is named by digits alone."""
    changing = ("change",) if CHANGING & set(kinds) else ()
    rowless = set(kinds) <= ROWLESS
    if isinstance(one, Mention):
        return ("asked",) if rowless else ("rows", "asked")
    if not isinstance(one, Amount):
        own = slots.has("mine") and not slots.has("group") and not slots.ids
        if not rowless and slots.words[one.last].text in slots.lexicon.words["group"]:
            return ("rows", *changing)
        asked = ("asked",) if ABOUT_FEATURE & set(kinds) else ()
        return (*(() if rowless or (own and (asked or changing)) else ("rows",)), *changing, *asked) or ("rows",)
    whole = one.value == int(one.value) and one.value >= 0 and not (one.percent or one.unit or one.per or one.money)
    id_ = ("id",) if whole and _may_be_id(one, slots) else ()
    return ("rows", *changing, *id_, *(("count",) if whole and one.value <= MOST_COUNTED else ()))


def _may_be_id(one: Amount, slots: Slots) -> bool:
    """Whether digits can be a case's number: nobody compares one, or writes it "3,000" or "3000 more"."""
    word = slots.words[one.first]
    written = slots.text[word.start : word.end]
    differs = slots.has("more", one.last + 1, one.last + 1) or slots.has("less", one.last + 1, one.last + 1)
    return bare(slots, one) and one.first == one.last and word.is_number and "," not in written and not differs


def _parted(slots: Slots, told: Mapping[Named, str]) -> Parted:
    def only(role: str, ids: tuple[CaseNumber, ...] = (), counts: tuple[Amount, ...] = ()) -> Slots:
        return replace(
            slots,
            features=tuple(f for f in slots.features if told[f] == role),
            values=tuple(v for v in slots.values if told[v] == role),
            outcomes=tuple(m for m in slots.outcomes if told[m] == role),
            amounts=tuple(a for a in (*slots.amounts, *slots.counts) if told[a] == role),
            counts=counts,
            ids=ids,
        )

    numbers = [one for one, role in told.items() if role == "id" and isinstance(one, Amount)]
    ids = [*slots.ids, *(CaseNumber(first=a.first, last=a.last, id=f"{a.value:.0f}") for a in numbers)]
    counts = tuple(one for one, role in told.items() if role == "count" and isinstance(one, Amount))
    in_order = tuple(sorted(ids, key=lambda one: one.first))
    return Parted(rows=only("rows", ids=in_order), moved=only("change"), asked=only("asked", counts=counts))
