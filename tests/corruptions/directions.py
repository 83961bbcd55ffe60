"""True sentences in which a direction, a size or a comparison was turned into what the record denies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from assistant.facts import Facts
from tests.corruptions.oracle import Told, apart
from tests.corruptions.phrases import Proof, Swap, swaps

# Direction: what the record says of whom the sentence is about.


def signs(told: Told) -> set[int]:
    """The signs of the weights of those it is about; 0 where a direction is open."""
    return {0 if item.get("direction") == "none" else _sign(item["weight"]) for item in told.items if "weight" in item}


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


def _favour(wanted: str) -> Proof:
    return lambda told, _: {item.get("direction") for item in told.items} == {wanted}


def _weighs(wanted: int) -> Proof:
    return lambda told, _: signs(told) == {wanted}


def _points(told: Told, match: re.Match[str]) -> bool:
    """Whether those it is about point to the outcome that stands in quotes after the phrase."""
    rest = re.match(r" “([^”]*)”", told.text[match.end() :])
    outcome = told.facts.outcome
    of = told.facts.score.of if told.facts.score else told.facts.group_why.of if told.facts.group_why else ""
    alternatives = (outcome.name, *outcome.alternatives) if outcome else _group_outcomes(told.facts)
    if not rest or rest[1] not in alternatives or (rest[1] != of and len(alternatives) != 2):
        return False
    towards = 1 if re.search(r"towards|for$", match[0]) else -1
    return signs(told) == {towards if rest[1] == of else -towards}


def _group_outcomes(facts: Facts) -> tuple[str, ...]:
    why = facts.group_why
    return (why.of, why.other) if why and why.other else (why.of,) if why else ()


def _goes(wanted: int) -> Proof:
    return lambda told, _: moved(told.facts) == wanted


def moved(facts: Facts) -> int:
    """Which way the score goes by the change asked about, or as the feature rises; 0 where it is neither."""
    if facts.what_if and apart(facts.what_if.before, facts.what_if.after):
        return _sign(facts.what_if.after - facts.what_if.before)
    if (group := facts.group_what_if) and group.before is not None and group.after is not None and not group.slight:
        return _sign(group.after - group.before)
    return {"rises": 1, "falls": -1}.get(facts.effect.shape, 0) if facts.effect else 0


def _leans(told: Told, match: re.Match[str]) -> bool:
    """Whether the effect goes as said for the outcome that is named; of two, the other goes the other way."""
    effect = told.facts.effect
    more = 1 if re.search("better|more|higher", match[0]) else -1
    if (
        effect is None
        or moved(told.facts) == 0
        or not (f"“{effect.of}”" in told.text or f"the {effect.of}" in told.text)
    ):
        return False
    return moved(told.facts) == more


HOW = r"(strongly|somewhat|a little|slightly|heavily)"
DIRECTION: tuple[Swap, ...] = (
    *swaps([(rf"\b(counted|weighed) {HOW} against\b", r"\1 \2 for")], _favour("against")),
    *swaps(
        [
            (r"\bcounted (strongly|somewhat|slightly) for (?=you|it)", r"counted \1 against "),
            (r"\bhelped (you|it) (a lot|somewhat|a little)", r"hurt \1 \2"),
        ],
        _favour("for"),
    ),
    *swaps(
        [
            (rf"\bpointed {HOW} towards", r"pointed \1 away from"),
            (rf"\bpointed {HOW} away from", r"pointed \1 towards"),
            (rf"\bspoke {HOW} for", r"spoke \1 against"),
            (rf"\bspoke {HOW} against", r"spoke \1 for"),
            (r"\b(speaks?) for", r"\1 against"),
            (r"\b(speaks?) against", r"\1 for"),
            (r"\b(points?) towards", r"\1 away from"),
            (r"\b(points?) away from", r"\1 towards"),
        ],
        _points,
    ),
    *swaps(
        [
            (r"\b(pushed|moved) the prediction up\b", r"\1 the prediction down"),
            (r"\braised the prediction", "lowered the prediction"),
            (r"\bmoved it up by", "moved it down by"),
            (r"\bmoved the score for (“[^”]*”) up by", r"moved the score for \1 down by"),
            (r"\b(raise)(s?) the", r"lower\2 the"),
            (r"(?<=[:=] )\+(?=[\d.,]+ ± )", "-"),
            (r"mean \+", "mean -"),
        ],
        _weighs(1),
    ),
    *swaps(
        [
            (r"\b(brought|moved) the prediction down\b", r"\1 the prediction up"),
            (r"\blowered the prediction", "raised the prediction"),
            (r"\bmoved it down by", "moved it up by"),
            (r"\bmoved the score for (“[^”]*”) down by", r"moved the score for \1 up by"),
            (r"\b(lower)(s?) the", r"raise\2 the"),
            (r"(?<=[:=] )-(?=[\d.,]+ ± )", "+"),
            (r"mean -", "mean +"),
        ],
        _weighs(-1),
    ),
    *swaps(
        [
            (r"\bthe better (?=it|the)", "the worse "),
            (r"\bthe more the model leans", "the less the model leans"),
            (r"\bleans more towards", "leans less towards"),
            (r"\bthe higher the model puts", "the lower the model puts"),
            (r"\bthe worse (?=it|the)", "the better "),
            (r"\bthe less the model leans", "the more the model leans"),
            (r"\bleans less towards", "leans more towards"),
            (r"\bthe lower the model puts", "the higher the model puts"),
        ],
        _leans,
    ),
    *swaps(
        [
            (r"\b(would) rise from", r"\1 fall from"),
            (r"\bsomewhat higher\b", "somewhat lower"),
            (r": rises\.", ": falls."),
            (r"\brises most\b", "drops most"),
            (r"\bMost of the rise\b", "Most of the drop"),
        ],
        _goes(1),
    ),
    *swaps(
        [
            (r"\b(would) fall from", r"\1 rise from"),
            (r"\bsomewhat lower\b", "somewhat higher"),
            (r": falls\.", ": rises."),
            (r"\bdrops most\b", "rises most"),
            (r"\bMost of the drop\b", "Most of the rise"),
        ],
        _goes(-1),
    ),
)


# Size.


def _sized(*wanted: str) -> Proof:
    return lambda told, _: {item.get("size") for item in told.items} == {*wanted}


SIZE: tuple[Swap, ...] = (
    *swaps([(r"\b(strongly|heavily)\b", "slightly"), (r"\b(?<!not )a lot\b", "a little")], _sized("large")),
    *swaps(
        [
            (r"\b(counted|weighed|spoke|pointed) somewhat", r"\1 strongly"),
            (r"\b(helped \w+) somewhat", r"\1 a lot"),
            (r"\bthe prediction (up|down) somewhat", r"the prediction \1 a lot"),
            (r"\b(raised|lowered) the prediction somewhat", r"\1 the prediction slightly"),
        ],
        _sized("medium"),
    ),
    *swaps(
        [
            (r"\bslightly\b", "strongly"),
            (r"\b(counted|pointed) a little", r"\1 strongly"),
            (r"\b(helped \w+|prediction up|prediction down) a little", r"\1 a lot"),
        ],
        _sized("small"),
    ),
)


# Comparison with others.


def compared(told: Told) -> set[Any]:
    """How those it is about compare with others, each as the record says and as its two values say; else nothing."""
    found = [_comparison(item) for item in told.items if "comparison" in item or "reference" in item]
    if told.facts.statistics and not found:
        found = [_comparison(told.record["statistics"])]
    return set(found)


def _comparison(item: Mapping[str, Any]) -> str | None:
    reference = item.get("reference", item)
    own, other = item.get("value", item.get("yours")), reference.get("value", reference.get("theirs"))
    other = item.get("median") if "median" in item else other
    if isinstance(own, int | float) and isinstance(other, int | float):
        says = {1: "higher", -1: "lower", 0: "same"}[_sign(own - other)]
        return says if says == reference.get("comparison") else None
    return reference.get("comparison") if own is not None and isinstance(own, str) == isinstance(other, str) else None


def _compares(*wanted: str) -> Proof:
    return lambda told, _: (
        compared(told) - {"different"} == {*wanted} if wanted != ("different",) else (compared(told) == {"different"})
    )


COMPARISON: tuple[Swap, ...] = (
    *swaps(
        [
            (r"\bhigher than usual", "lower than usual"),
            (r"\bmore than usual", "less than usual"),
            (r"\babove the m(iddle|edian)", r"below the m\1"),
            (r"\bhigher than usual", "the same as usual"),
        ],
        _compares("higher"),
    ),
    *swaps(
        [
            (r"\blower than usual", "higher than usual"),
            (r"\bless than usual", "more than usual"),
            (r"\bbelow the m(iddle|edian)", r"above the m\1"),
            (r"\blower than usual", "the same as usual"),
        ],
        _compares("lower"),
    ),
    *swaps(
        [
            (r"\bis the usual value", "is more than usual"),
            (r"\bis the usual value", "is less than usual"),
            (r"\bright at the middle", "far above the middle"),
            (r"\bat the median", "below the median"),
            (r"\bthat is the (most common|usual) (one|answer)", r"that is not the \1 \2"),
        ],
        _compares("same"),
    ),
    *swaps([(r"\babove that part", "below that part")], lambda told, _: _where(told) == "above"),
    *swaps([(r"\bbelow that part", "above that part")], lambda told, _: _where(told) == "below"),
    *swaps([(r"\bright in that part", "above that part")], lambda told, _: _where(told) == "inside"),
)
APART = re.compile(r"\b(?:(a )(higher|lower)( value of)?|(more|fewer|higher|lower)) ([^(]+?)(?= \()")
TURNED = {"higher": "lower", "lower": "higher", "more": "fewer", "fewer": "more"}


def _where(told: Told) -> str | None:
    effect = told.facts.effect
    if effect is None or effect.steep is None or not isinstance(effect.yours, int | float):
        return None
    low, high = effect.steep
    return "below" if effect.yours < low else "above" if effect.yours > high else "inside"


def comparison_of_others(told: Told) -> Iterator[str]:
    """What sets a case apart, the other way round: "a higher income" for "a lower income", the values as they are."""
    for found in APART.finditer(told.text):
        word = found[2] or found[4]
        item = next((i for i in told.items if i["label"] in found[0]), None)
        if item and "theirs" in item and _comparison(item) in ("higher", "lower"):
            yield told.text[: found.start()] + found[0].replace(word, TURNED[word], 1) + told.text[found.end() :]
