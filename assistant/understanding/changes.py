"""The hypothetical changes of a question: "12 instead", "twice the income", "5 years older", "no debt"."""

from __future__ import annotations

import itertools
from collections.abc import Collection
from dataclasses import dataclass

from assistant.question import Argument, Asked
from assistant.understanding.names import Found
from assistant.understanding.slots import Slots
from assistant.understanding.values import Amount, multiplier
from explainers.base import Feature, Schema

READINGS = 3
"""How many readings are offered at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """How a feature moves: `set`, `increase`, `decrease`, `multiply`, and by or to what where that is said."""

    change: str
    value: Argument | None = None

    def asked(self, feature: str) -> Asked:
        told = {} if self.value is None else {"value": self.value}
        return Asked(op="what_if", args={"feature": feature, "change": self.change, **told})


Readings = tuple[tuple[Asked, ...], ...]
"""Each a whole set of changes; several where a name could mean several features."""


def changes(slots: Slots, schema: Schema, used: Collection[int]) -> Readings:
    """What the question changes, leaving out the tokens `used` by its filters; () where it changes nothing."""
    features = [f for f in slots.features if f.first not in used]
    values = _said([v for v in slots.values if v.first not in used], slots)
    amounts = _meant([a for a in slots.amounts if a.first not in used], slots)
    parts: list[tuple[int, tuple[Asked, ...]]] = []
    left = -1
    for i, found in enumerate(features):
        right = features[i + 1].first if i + 1 < len(features) else len(slots.words)
        before = features[i - 1].last if i else -1
        mine = [v for v in values if before < v.first < right and set(v.targets) & set(found.targets)]
        amount = _amount_of(found, amounts, left, right, slots)
        if mine:
            values = [v for v in values if v is not mine[-1]]
            parts.append((found.first, _set(mine[-1], found.targets)))
        else:
            either = [amount, *_or_else(amount, amounts, right, slots)]
            options = [
                _moved(schema.feature(t), found, a, (before, right), slots) for t in found.targets for a in either
            ]
            parts.append((found.first, tuple(o for o in options if o is not None)))
        if amount is not None and not mine:
            amounts = [a for a in amounts if a is not amount]
            left = amount.last
        else:
            left = found.last
    parts += [(v.first, _set(v, v.targets)) for v in values]
    parts += _ages(slots, schema, amounts) if not features else []
    told = _once([p for _, p in sorted(parts, key=lambda p: p[0]) if p])
    return tuple(itertools.islice(itertools.product(*told), READINGS)) if told else ()


def _meant(amounts: list[Amount], slots: Slots) -> list[Amount]:
    """Without those that are denied beside another: "I'm not 45, I'm 35"."""
    kept = [a for a in amounts if not slots.has("refused", a.first - 2, a.first - 1)]
    return kept or amounts


def _said(values: list[Found], slots: Slots) -> list[Found]:
    """Likewise of categories: "I'm not unemployed, I have a permanent job"."""
    denied = [v for v in values if slots.has("not", v.first - 2, v.first - 1)]
    kept = [v for v in values if v not in denied]
    return [v for v in values if v in kept or not any(set(v.targets) & set(k.targets) for k in kept)]


def _or_else(amount: Amount | None, amounts: Collection[Amount], right: int, slots: Slots) -> list[Amount]:
    """The other numbers of "50,000 or 60,000": which is meant, only the person can say."""
    found, last = [], amount.last if amount else len(slots.words)
    for other in amounts:
        if other.first == last + 2 and other.last < right and slots.words[last + 1].text == "or":
            found.append(other)
            last = other.last
    return found


def _once(options: list[tuple[Asked, ...]]) -> list[tuple[Asked, ...]]:
    """One change per feature: the first that says a value ("earn twice the income" names the income twice)."""
    kept: dict[tuple[object, ...], tuple[Asked, ...]] = {}
    for option in options:
        features = tuple(asked.args["feature"] for asked in option)
        if features not in kept or "value" not in kept[features][0].args:
            kept[features] = option
    return list(kept.values())


def _set(found: Found, targets: Collection[str]) -> tuple[Asked, ...]:
    names = [n for n in found.names if n.target in targets and n.value is not None]
    return tuple(Shift(change="set", value=n.value).asked(n.target) for n in names)


def _amount_of(found: Found, amounts: Collection[Amount], left: int, right: int, slots: Slots) -> Amount | None:
    """The number that follows before the next feature, else the one just before; "and" parts two features' numbers."""
    after = [a for a in amounts if found.last < a.first < right]
    before = [a for a in amounts if left < a.last < found.first]
    near = before and all(w.text != "and" for w in slots.words[before[-1].last + 1 : found.first])
    gap = found.first - before[-1].last - 1 if before else 0
    if near and (gap <= 1 or not after):
        return before[-1]
    return after[0] if after else None


def _moved(
    feature: Feature, found: Found, amount: Amount | None, bounds: tuple[int, int], slots: Slots
) -> Asked | None:
    if feature.kind == "number":
        shift = _number_shift(feature, found, amount, bounds, slots)
    elif feature.kind == "flag":
        shift = _flag_shift(found, bounds[1], slots)
    else:
        shift = None
    return shift.asked(feature.name) if shift else None


def _flag_shift(found: Found, right: int, slots: Slots) -> Shift:
    after = [w.text for w in slots.words[found.last + 1 : min(found.last + 4, right)]]
    refused = slots.has("not", found.first - 3, found.first - 1) or any(
        w in ("no", "false", "not", "否") for w in after
    )
    refused = refused or slots.has("ended", found.first - 3, found.first - 1)
    return Shift(change="set", value=not refused)


def _number_shift(
    feature: Feature, found: Found, amount: Amount | None, bounds: tuple[int, int], slots: Slots
) -> Shift | None:
    first, last = bounds[0] + 1, bounds[1] - 1
    if amount is None:
        return _unnumbered(found, first, last, slots)
    low, high = min(amount.first, found.first), max(amount.last, found.last)
    first, last = max(first, low - 4), min(last, high + 3)
    reset = amount.first > 0 and slots.words[amount.first - 1].text in slots.lexicon.words["reset"]
    if amount.percent and feature.unit != "%" and slots.words[amount.first].text[0] in "+-":
        return Shift(change="multiply", value=round(1 + amount.value / 100, 9))
    up, down = slots.where("more", first, last), slots.where("less", first, last)
    if amount.percent and feature.unit != "%" and up is None and down is None:
        return Shift(change="set")  # a share of what?
    if (up is None and down is None) or (reset and (not amount.percent or feature.unit == "%")):
        return Shift(change="set", value=amount.of(feature))
    rising = down is None or (up is not None and abs(up - amount.first) < abs(down - amount.first))
    if amount.percent:
        return Shift(change="multiply", value=round(1 + (1 if rising else -1) * amount.value / 100, 9))
    return Shift(change="increase" if rising else "decrease", value=amount.of(feature))


def _unnumbered(found: Found, first: int, last: int, slots: Slots) -> Shift | None:
    words = slots.words
    first, last = max(first, found.first - 5), min(last, found.last + 5)
    part = next(
        (slots.lexicon.fractions[w.text] for w in words[first : last + 1] if w.text in slots.lexicon.fractions), None
    )
    if part is not None and (slots.has("more", first, last) or slots.has("less", first, last)):
        return Shift(change="multiply", value=round(1 + (part if slots.has("more", first, last) else -part), 9))
    for word in words[first : last + 1]:
        factor = multiplier(word.text, slots.lexicon)
        if factor is not None:
            return Shift(change="multiply", value=factor)
    just_before = words[found.first - 1].text if found.first else ""
    inside = {w.text for w in words[found.first : found.last + 1]}
    soon = {w.text for w in words[found.last + 1 : found.last + 3]}
    if just_before in ("no", "zero", "without") or {"no", "zero"} & inside or {"nothing", "zero", "none"} & soon:
        return Shift(change="set", value=0.0)
    if slots.has("more", first, last):
        return Shift(change="increase")
    return Shift(change="decrease") if slots.has("less", first, last) else None


def _ages(slots: Slots, schema: Schema, amounts: Collection[Amount]) -> list[tuple[int, tuple[Asked, ...]]]:
    """ "if I were 40" is about the age, where there is one."""
    ages = [f for f in schema.features if f.kind == "number" and "~age" in slots.lexicon.keys(f.label)]
    found: list[tuple[int, tuple[Asked, ...]]] = []
    for amount in amounts:
        before = [w.text for w in slots.words[max(amount.first - 2, 0) : amount.first]]
        somebody = {"i", "he", "she", "they", "we", "i'm", "patient", "applicant", "person", "who"} & set(before)
        if ages and somebody and before[-1] in ("were", "was", "am", "be", "i'm", "turned", "turn"):
            found.append((amount.first, (Shift(change="set", value=amount.of(ages[0])).asked(ages[0].name),)))
    return found
