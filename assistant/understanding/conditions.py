"""Which rows a question is about: "people over 30 with no debt", "case 12", "women or men under 20"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from assistant.question import All, Any_, Argument, Condition, Node
from assistant.understanding.names import Found
from assistant.understanding.slots import Slots
from assistant.understanding.values import DAYS_IN, Amount
from explainers.base import Feature, Schema

SIGNS = (("at_least", ">="), ("at_most", "<="), ("above", ">"), ("below", "<"))
OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">": "<=", "<=": ">", ">=": "<"}
OLDEST = 120
FAR = 6
"""Words between a feature and its number at most."""
_RANGE = ("to", "and", "until", "till", "through", "到", "至")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    first: int
    last: int
    node: Node


def cases_filter(slots: Slots) -> tuple[Node, ...]:
    """The cases named by their numbers, if any are: one of them is meant."""
    ids = tuple(Condition(feature="@id", op="==", value=case) for case in dict.fromkeys(c.id for c in slots.ids))
    return ids if len(ids) < 2 else (Any_(nodes=ids),)


def rows_filter(slots: Slots, schema: Schema) -> tuple[Node, ...]:
    """Conditions on features, values and outcomes, "or" between two joining them; everything else is "and"."""
    used: set[int] = set()
    placed = [*_of_numbers(slots, schema, used)]
    for found in (*slots.values, *slots.features):
        if found.first not in used and len(found.names) == 1 and (node := _of_name(found, slots, schema)):
            placed.append(_Placed(first=found.first, last=found.last, node=node))
    for mention in slots.outcomes:
        if mention.outcome:
            whose = "@label" if slots.has("truly", mention.first - 4, mention.last + 3) else "@prediction"
            node = Condition(feature=whose, op="!=" if mention.negated else "==", value=mention.outcome)
            placed.append(_Placed(first=mention.first, last=mention.last, node=node))
    return _joined(sorted(placed, key=lambda p: p.first), slots)


def is_group(slots: Slots) -> bool:
    """Whether the question speaks of many rows rather than of the case in focus."""
    compared = any(slots.has(name) for name, _ in SIGNS) and slots.amounts and not slots.has("mine")
    return slots.has("group") or bool(compared) or "cases" in slots.neutral.split()


def _of_numbers(slots: Slots, schema: Schema, used: set[int]) -> Iterator[_Placed]:
    """Numbers with the features they are of; both go to `used`."""
    amounts = slots.amounts
    for i, amount in enumerate(amounts):
        if amount.first in used:
            continue
        upper = amounts[i + 1] if i + 1 < len(amounts) and ranges(slots, amount, amounts[i + 1]) else None
        at = feature_of(slots, schema, amount, used)
        if at is None and upper is not None:
            at = feature_of(slots, schema, upper, used) or _of_age(slots, schema, amount)
        if at is None:
            continue
        where, name = at
        feature = schema.feature(name)
        last = upper or amount
        used |= {amount.first, last.first, where}
        node: Node
        if upper is not None:
            node = All(nodes=(_told(name, ">=", amount.of(feature)), _told(name, "<=", upper.of(feature))))
        elif (decade := _decade(slots, amount)) is not None:
            node = All(nodes=(_told(name, ">=", amount.value), _told(name, "<", amount.value + decade)))
        else:
            node = _told(name, _sign(slots, amount), amount.of(feature))
        yield _Placed(first=min(amount.first, where), last=max(last.last, where), node=node)


def _told(name: str, sign: str, value: Argument) -> Condition:
    return Condition(feature=name, op=sign, value=value)


def ranges(slots: Slots, low: Amount, high: Amount) -> bool:
    """ "30 to 50", "between 30 and 50", "30-50"."""
    between = [w.text for w in slots.words[low.last + 1 : high.first]]
    gap = slots.text[slots.words[low.last].end : slots.words[high.first].start]
    spoken = {"between", "from"} & {w.text for w in slots.words[max(low.first - 2, 0) : low.first]}
    joined = len(between) == 1 and between[0] in _RANGE and (bool(spoken) or between[0] != "and")
    return high.value > low.value and (joined or gap.strip() in ("-", "–", "~", "—"))


def _decade(slots: Slots, amount: Amount) -> float | None:
    """10 for "in their thirties" and "in his 40s"."""
    end = slots.words[amount.last].end
    word = slots.words[amount.first].text
    plural = (
        slots.text[end : end + 1] == "s" or slots.text[end : end + 2] == "'s" or word in slots.lexicon.words["decades"]
    )
    return 10.0 if plural and amount.value % 10 == 0 and 10 <= amount.value <= 90 else None


def _sign(slots: Slots, amount: Amount) -> str:
    before = next((s for words, s in SIGNS if slots.has(words, amount.first - 3, amount.first - 1)), None)
    after = next((s for words, s in SIGNS[:2] if slots.has(words, amount.last + 1, amount.last + 3)), None)
    compared = slots.text[slots.words[amount.last].end :].lstrip()[:1] == "+"
    later = next((s for words, s in SIGNS[2:] if slots.has(words, amount.last + 1, amount.last + 2)), None)
    sign = ">=" if compared else after or before or (later if _spelled_after(slots, amount) else None) or "=="
    refused = slots.has("refused", amount.first - 4, amount.first - 1)
    return OPPOSITE[sign] if refused else sign


def _spelled_after(slots: Slots, amount: Amount) -> bool:
    """Chinese says 30岁以上: what compares stands after the number."""
    return slots.text[slots.words[amount.first].start : slots.words[amount.last].end + 3].isascii() is False


def feature_of(slots: Slots, schema: Schema, amount: Amount, used: Collection[int]) -> tuple[int, str] | None:
    """Where the feature of a number stands, and its name: the one before, the one just after, or that of its unit."""
    numeric = [f for f in slots.features if len(f.targets) == 1 and schema.feature(f.targets[0]).kind == "number"]
    before = [f for f in numeric if f.last < amount.first and amount.first - f.last <= FAR]
    after = [f for f in numeric if f.first > amount.last and _only_filler(slots, amount.last + 1, f.first)]
    free_before = [f for f in before if f.first not in used]
    if after and (not free_before or amount.last + 1 == after[0].first):
        return after[0].first, after[0].targets[0]
    if free_before:
        return free_before[-1].first, free_before[-1].targets[0]
    name = _by_unit(slots, amount, schema) or (before[-1].targets[0] if before else None) or _age(slots, schema, amount)
    return (amount.first, name) if name else None


def bare(slots: Slots, amount: Amount) -> bool:
    """Whether nothing is said of a number that could make it a value: no sign, unit or range."""
    return _sign(slots, amount) == "==" and not slots.has("above", amount.first - 3, amount.last + 2)


def _by_unit(slots: Slots, amount: Amount, schema: Schema) -> str | None:
    """The one feature whose unit the number has, age aside: "over 3 years" of a loan term in months."""
    if amount.percent:
        fitting = [f for f in schema.features if f.unit.strip() == "%"]
    elif amount.money:
        fitting = [f for f in schema.features if f.kind == "number" and _currency(f)]
        fitting = fitting if len(fitting) < 2 else [f for f in fitting if amount.fits(f)]
    elif amount.unit in ("month", "week", "day"):
        fitting = [f for f in schema.features if f.unit.lower().rstrip("s") == amount.unit]
    elif amount.unit == "year" and slots.has("lasting", amount.first - 4, amount.last + 2):
        spans = [f for f in schema.features if f.unit.lower().rstrip("s") in DAYS_IN]
        fitting = [f for f in spans if "~age" not in slots.lexicon.keys(f.label)]
    else:
        return None
    return fitting[0].name if len(fitting) == 1 else None


def _currency(feature: Feature) -> bool:
    return any(sign in feature.unit.lower() for sign in ("eur", "usd", "gbp", "dollar", "$", "€", "£", "元"))


def _age(slots: Slots, schema: Schema, amount: Amount) -> str | None:
    """ "people over 30" are so old, where the schema knows an age and something says that a number may be one."""
    after = slots.words[amount.last + 1].text if amount.last + 1 < len(slots.words) else ""
    counted = amount.unit is None and after not in slots.lexicon.words["after_age"] and bool(after)
    counted = counted and not _of_somebody(slots, amount)
    compared = amount.unit == "year" or _decade(slots, amount) or _sign(slots, amount) != "=="
    compared = compared or slots.has("aged", amount.first - 3, amount.last + 3)
    at = _of_age(slots, schema, amount) if compared and not (amount.weak or counted) else None
    return at[1] if at else None


def _of_age(slots: Slots, schema: Schema, amount: Amount) -> tuple[int, str] | None:
    """The age, where the schema knows one and the number could be it."""
    ages = [f.name for f in schema.features if f.kind == "number" and "~age" in slots.lexicon.keys(f.label)]
    old = amount.unit in (None, "year") and 0 < amount.value <= OLDEST and not amount.money and not amount.percent
    return (amount.first, ages[0]) if ages and old else None


def _of_somebody(slots: Slots, amount: Amount) -> bool:
    """Whether people stand just before: "applicants under 30 earn"."""
    signs = {word for name, _ in SIGNS for phrase in slots.lexicon.words[name] for word in phrase.split()}
    at = next((i for i in range(amount.first - 1, -1, -1) if slots.words[i].text not in signs), -1)
    named = at in {m.last for m in (*slots.values, *slots.features)} | {m.last for m in slots.outcomes}
    return at >= 0 and (
        named or slots.words[at].text in slots.lexicon.words["group"] or slots.words[at].stem in slots.subject
    )


def _only_filler(slots: Slots, first: int, last: int) -> bool:
    words = [w.text for w in slots.words[first:last]]
    return len(words) <= 3 and all(w in slots.lexicon.words["filler"] - {"with", "and"} or w == "more" for w in words)


def _of_name(found: Found, slots: Slots, schema: Schema) -> Node | None:
    """A category, a flag, or a number that is there or not: "with no debt", "with children"."""
    name = found.names[0]
    kind = schema.feature(name.target).kind
    refused = slots.has("not", found.first - 3, found.first - 1) and not slots.has(
        "and", found.first - 1, found.first - 1
    )
    soon = [w.text for w in slots.words[found.last + 1 : found.last + 3]]
    if name.value is not None:
        return _told(name.target, "!=" if refused else "==", name.value)
    if kind == "flag":
        return _told(name.target, "==", not (refused or bool({"no", "false", "否"} & set(soon))))
    before = slots.words[found.first - 1].text if found.first else ""
    if kind == "number" and before in ("no", "without", "zero", "没有", "无"):
        return _told(name.target, "==", 0.0)
    if before == "with" and slots.has("goes_with", found.first - 2, found.first - 2):
        return None
    if kind == "number" and before in ("with", "have", "has", "having", "any", "had", "有"):
        return _told(name.target, ">", 0.0)
    return None


def _joined(placed: Sequence[_Placed], slots: Slots) -> tuple[Node, ...]:
    groups: list[list[_Placed]] = []
    for part in placed:
        between = slots.words[groups[-1][-1].last + 1 : part.first] if groups else ()
        if groups and any(w.text in slots.lexicon.words["or"] for w in between):
            groups[-1].append(part)
        else:
            groups.append([part])
    return _one_of(tuple(g[0].node if len(g) == 1 else Any_(nodes=tuple(p.node for p in g)) for g in groups))


def _one_of(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """ "light and regular drinkers" are one or the other: nothing has two categories of a feature at once."""
    kept: dict[object, list[Node]] = {}
    for node in nodes:
        category = isinstance(node, Condition) and node.op == "==" and isinstance(node.value, str)
        same = kept.setdefault(node.feature if category and isinstance(node, Condition) else node, [])
        same += [node] if node not in same else []
    return tuple(same[0] if len(same) == 1 else Any_(nodes=tuple(same)) for same in kept.values())
