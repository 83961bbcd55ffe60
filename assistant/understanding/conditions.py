"""Which rows a question is about: "people over 30 with no debt", "case 12", "women or men under 20"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.question import All, Any_, Condition, Node
from assistant.understanding.slots import Slots
from assistant.understanding.values import Amount
from explainers.base import Schema

SIGNS = (("at_least", ">="), ("at_most", "<="), ("above", ">"), ("below", "<"))
OPPOSITE = {"==": "!=", "<": ">=", ">": "<=", "<=": ">", ">=": "<"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Conditions and the tokens they rest on."""

    nodes: tuple[Node, ...] = ()
    used: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    first: int
    last: int
    node: Node


def case_filter(slots: Slots) -> Filter:
    """The case that is named by its number, if one is."""
    ids = slots.ids[:1]
    return Filter(
        nodes=tuple(Condition(feature="@id", op="==", value=c.id) for c in ids),
        used=frozenset(i for c in ids for i in range(c.first, c.last + 1)),
    )


def group_filter(slots: Slots, schema: Schema, last: int, after: int | None = None) -> Filter:
    """Conditions on features among the tokens up to `last`, and those from `after` on."""
    placed: list[_Placed] = []
    used: set[int] = set()
    for i, amount in enumerate(slots.amounts):
        if (amount.last > last and not _from(amount.first, after)) or amount.first in used:
            continue
        nodes, feature_at = _numbers(slots, schema, i)
        if nodes:
            placed.append(_Placed(first=min(amount.first, feature_at), last=max(amount.last, feature_at), node=nodes))
            used |= {amount.first, feature_at}
            following = slots.amounts[i + 1 : i + 2]
            used |= {a.first for a in following} if isinstance(nodes, All) else set()
    placed += _named(slots, schema, (last, after), used)
    placed.sort(key=lambda p: p.first)
    return Filter(nodes=_joined(placed, slots), used=frozenset(used | {p.first for p in placed}))


def is_group(slots: Slots) -> bool:
    """Whether the question speaks of many rows rather than of the case in focus."""
    compared = any(slots.has(name) for name, _ in SIGNS) and slots.amounts and not slots.has("mine")
    return slots.has("group") or bool(compared) or "cases" in slots.neutral.split()


def _numbers(slots: Slots, schema: Schema, i: int) -> tuple[Node | None, int]:
    amount = slots.amounts[i]
    at = _feature_near(slots, schema, amount)
    if at is None:
        return None, -1
    where, name = at
    feature = schema.feature(name)
    word = slots.words[amount.first - 1].text if amount.first else ""
    if word == "between" and i + 1 < len(slots.amounts):
        upper = slots.amounts[i + 1].of(feature)
        return All(nodes=(Condition(feature=name, op=">=", value=amount.of(feature)),
                          Condition(feature=name, op="<=", value=upper))), where  # fmt: skip
    sign = next((s for words, s in SIGNS if slots.has(words, amount.first - 3, amount.first - 1)), None)
    sign = next((s for words, s in SIGNS[:2] if slots.has(words, amount.last + 1, amount.last + 2)), sign) or "=="
    if slots.words[max(amount.first - 4, 0) : amount.first] and _is_not(slots, amount.first - 4, amount.first - 1):
        sign = OPPOSITE[sign]
    return Condition(feature=name, op=sign, value=amount.of(feature)), where


def _is_not(slots: Slots, first: int, last: int) -> bool:
    return any(w.text in ("not", "aren't", "arent", "isn't", "don't") for w in slots.words[max(first, 0) : last + 1])


def _feature_near(slots: Slots, schema: Schema, amount: Amount) -> tuple[int, str] | None:
    numeric = [f for f in slots.features if len(f.targets) == 1 and schema.feature(f.targets[0]).kind == "number"]
    before = [f for f in numeric if f.last < amount.first and amount.first - f.last <= 6]
    after = [f for f in numeric if f.first > amount.last and _only_filler(slots, amount.last + 1, f.first)]
    if before:
        return before[-1].first, before[-1].targets[0]
    if after:
        return after[0].first, after[0].targets[0]
    ages = [f.name for f in schema.features if f.kind == "number" and "~age" in slots.lexicon.keys(f.label)]
    old = amount.unit in (None, "year") and amount.value <= 120 and is_group(slots)
    return (amount.first, ages[0]) if ages and old else None


def _only_filler(slots: Slots, first: int, last: int) -> bool:
    words = [w.text for w in slots.words[first:last]]
    return len(words) <= 3 and all(w in slots.lexicon.words["filler"] - {"with", "and"} or w == "more" for w in words)


def _from(first: int, after: int | None) -> bool:
    return after is not None and first >= after


def _named(slots: Slots, schema: Schema, region: tuple[int, int | None], used: set[int]) -> list[_Placed]:
    placed = []
    for found in (*slots.values, *slots.features):
        inside = found.last <= region[0] or _from(found.first, region[1])
        if not inside or found.first in used or len(found.names) != 1:
            continue
        name = found.names[0]
        kind = schema.feature(name.target).kind
        refused = slots.has("not", found.first - 2, found.first - 1)
        node: Node | None = None
        if name.value is not None:
            node = Condition(feature=name.target, op="!=" if refused else "==", value=name.value)
        elif kind == "flag":
            node = Condition(feature=name.target, op="==", value=not refused)
        elif kind == "number" and slots.words[found.first - 1].text in ("no", "without", "zero") and found.first:
            node = Condition(feature=name.target, op="==", value=0.0)
        if node is not None:
            placed.append(_Placed(first=found.first, last=found.last, node=node))
    return placed


def _joined(placed: Sequence[_Placed], slots: Slots) -> tuple[Node, ...]:
    """ "or" between two conditions joins them; everything else is "and"."""
    groups: list[list[_Placed]] = []
    for part in placed:
        between = slots.words[groups[-1][-1].last + 1 : part.first] if groups else ()
        if groups and any(w.text == "or" for w in between):
            groups[-1].append(part)
        else:
            groups.append([part])
    return tuple(g[0].node if len(g) == 1 else Any_(nodes=tuple(p.node for p in g)) for g in groups)
