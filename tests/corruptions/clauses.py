"""False sentences about the reasons of a record in other words than ours: what no shape of ours says, nor ever said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

from assistant.facts import Facts, Reason
from tests.corruptions.oracle import SPEECH, apart, capital, favoured, forms, plural, settled, thing, tied


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """What a reason does, in the past and after "did not"."""

    past: str
    base: str


def pushes(facts: Facts, reason: Reason, *, true: bool = True) -> tuple[Push, ...]:
    """What may be said of the way a reason pulls; not `true`: the opposite of all that."""
    up, good = (reason.weight > 0) == true, (reason.direction == "for") == true
    found = _on_score(facts, up) if facts.score else ()
    if reason.direction in ("for", "against") and favoured(facts) and not facts.medical:
        found = (*_on_case(facts, good), *found)
    return tuple(Push(past=past, base=base) for past, base in found)


def _on_case(facts: Facts, good: bool) -> tuple[tuple[str, str], ...]:
    whom = forms(facts)["object"]
    favour = "your favour" if whom == "you" else "its favour"
    if good:
        return ((f"counted for {whom}", f"count for {whom}"), (f"worked in {favour}", f"work in {favour}"))
    return ((f"counted against {whom}", f"count against {whom}"), (f"worked against {whom}", f"work against {whom}"))


def _on_score(facts: Facts, up: bool) -> tuple[tuple[str, str], ...]:
    score = facts.score
    if score is None:
        return ()
    if score.unit != "probability":
        return (
            (
                (f"raised the {score.of}", f"raise the {score.of}"),
                ("pushed the prediction up", "push the prediction up"),
            )
            if up
            else (
                (f"lowered the {score.of}", f"lower the {score.of}"),
                ("pulled the prediction down", "pull the prediction down"),
            )
        )
    of = f"“{score.of}”"
    return (
        (
            (f"raised the score for {of}", f"raise the score for {of}"),
            (f"made {of} more likely", f"make {of} more likely"),
        )
        if up
        else (
            (f"lowered the score for {of}", f"lower the score for {of}"),
            (f"made {of} less likely", f"make {of} less likely"),
        )
    )


def told_reasons(facts: Facts) -> tuple[Reason, ...]:
    """The reasons that false sentences are made of; none where a label is that of two."""
    reasons = settled(facts)
    return reasons if len({r.label for r in reasons}) == len(reasons) else ()


def wrong_way(facts: Facts) -> Iterator[str]:
    """A reason that pulls the other way than it did; one without a known direction that is given one."""
    for reason in told_reasons(facts):
        yield from (f"{capital(thing(reason, facts))} {push.past}." for push in pushes(facts, reason, true=False))
    for reason in facts.reasons or ():
        if reason.direction == "none" and facts.score:
            made = Push(past=_on_score(facts, True)[0][0], base="")
            yield f"{capital(thing(reason, facts))} clearly {made.past}."


def not_what_it_did(facts: Facts) -> Iterator[str]:
    """A plain denial of what a reason did."""
    for reason in told_reasons(facts):
        for push in pushes(facts, reason):
            yield f"{capital(thing(reason, facts))} did not {push.base}."
        yield f"{capital(thing(reason, facts))} made no difference to the score."


TWICE = (
    "It is not the case that {thing} did not {base}.",
    "It would be wrong to say that {thing} did not {base}.",
    "{Thing} did not fail to {base}.",
    "Nobody can say that {thing} did not {base}.",
    "It is untrue that {thing} did not {base}.",
    "There is no denying that {thing} {past}.",
)


def denied_twice(facts: Facts) -> Iterator[str]:
    """Two denials that together say what is false."""
    for reason in told_reasons(facts):
        for push in pushes(facts, reason, true=False):
            yield from (_filled(text, reason, facts, push) for text in TWICE)


def _filled(text: str, reason: Reason, facts: Facts, push: Push) -> str:
    name = thing(reason, facts)
    return text.format(thing=name, Thing=capital(name), past=push.past, base=push.base)


FIRST = (
    "The strongest reason was {thing}.",
    "{Thing} weighed more than anything else.",
    "Nothing weighed more than {thing}.",
    "{Thing} was the most important reason.",
    "No other reason came close to {thing}.",
)
LAST = ("{Thing} mattered least of all.", "Of all the reasons named, {thing} weighed least.")


def wrong_place(facts: Facts) -> Iterator[str]:
    """A lesser reason as the first, the first as the least, the second as the third."""
    reasons = told_reasons(facts)
    for reason in reasons[1:]:
        if not tied(reasons[0], reason):
            yield from (_filled(text, reason, facts, Push(past="", base="")) for text in FIRST)
    if len(reasons) > 1 and not tied(reasons[0], reasons[-1]):
        yield from (_filled(text, reasons[0], facts, Push(past="", base="")) for text in LAST)
    for place, name in ((2, "second"), (3, "third")):
        right = next((r for r in reasons if r.rank == place), None)
        for reason in reasons if right else ():
            if right and reason.rank != place and not tied(right, reason):
                yield f"The {name} most important reason was {thing(reason, facts)}."


def wrong_order(facts: Facts) -> Iterator[str]:
    """Two reasons, the lesser told as the weightier; two of unlike weight told as equals."""
    for one, other in combinations(told_reasons(facts), 2):
        if not tied(one, other):
            more, less = thing(one, facts), thing(other, facts)
            yield f"{capital(less)} weighed more than {more}."
            yield f"{capital(more)} carried less weight than {less}."
            yield f"{capital(less)} comes before {more} in the order of weight."
            if abs(one.weight) > 1.5 * abs(other.weight):
                yield f"{capital(more)} and {less} weighed about equally."


def wrong_share(facts: Facts) -> Iterator[str]:
    """All, none, only, most: claims about the reasons as a whole that one of them belies."""
    sides = by_side(facts)
    for push, reasons in sides.items():
        others = _others(facts, push)
        if others:
            yield f"All the facts {push}."
            yield f"Every single reason {push}."
            yield f"Nothing but reasons that {push} can be found."
        yield f"None of the facts {push}."
        yield f"Not a single reason {push}."
        if len(reasons) > 1:
            yield from (f"Only {thing(reason, facts)} {push}." for reason in reasons[:2])
            yield f"Exactly one fact {push}."
        if 0 < len(reasons) < len(others) and facts.reasons_total == len(facts.reasons or ()):
            yield f"Most of the facts {push}."


def by_side(facts: Facts) -> Mapping[str, Sequence[Reason]]:
    """The reasons of each side, by what may be said of all of them."""
    found: dict[str, list[Reason]] = {}
    for reason in told_reasons(facts):
        for push in pushes(facts, reason):
            found.setdefault(push.past, []).append(reason)
    return found


def wrong_list(facts: Facts) -> Iterator[str]:
    """And for or, neither for both, one too many in a list, the one but not the other."""
    sides = by_side(facts)
    for push, reasons in sides.items():
        base = next(p.base for r in reasons for p in pushes(facts, r) if p.past == push)
        for one, other in list(combinations(reasons, 2))[:3]:
            first, second = thing(one, facts), thing(other, facts)
            yield f"Either {first} or {second} {push}, but not both."
            yield f"Neither {first} nor {second} {push}."
            yield f"{capital(first)} {push}, but {second} did not."
            yield from (
                f"{capital(first)}, {second} and {thing(wrong, facts)} all {push}."
                for wrong in _others(facts, push)[:2]
            )
        for one, wrong in [(r, w) for r in reasons[:2] for w in _others(facts, push)[:2]]:
            yield f"Both {thing(one, facts)} and {thing(wrong, facts)} {push}."
            yield f"{capital(thing(one, facts))} {push}, and so did {thing(wrong, facts)}."
            yield f"Neither {thing(one, facts)} nor {thing(wrong, facts)} {push}."
            yield f"{capital(thing(wrong, facts))} {push}, but {thing(one, facts)} did not {base}."


def _others(facts: Facts, push: str) -> list[Reason]:
    sides = by_side(facts)
    return [r for r in told_reasons(facts) if r not in sides[push]]


def wrong_size(facts: Facts) -> Iterator[str]:
    """A large reason told as a small one, and the other way round."""
    for reason in told_reasons(facts):
        push = pushes(facts, reason)[0].past
        if reason.size == "large":
            yield f"{capital(thing(reason, facts))} {push}, but only slightly."
        if reason.size == "small":
            yield f"{capital(thing(reason, facts))} {push} very strongly."
            yield f"{capital(thing(reason, facts))} {push}, and by a great deal."


def wrong_comparison(facts: Facts) -> Iterator[str]:
    """A value above what is usual told as below, and the other way round."""
    for reason in facts.reasons or ():
        found, own = reason.reference, reason.value
        if found is None or not isinstance(own, int | float) or not isinstance(found.value, int | float):
            continue
        shown = SPEECH.value(found.value, reason.unit, reason.step)
        right = {"higher": own > found.value, "lower": own < found.value}.get(found.comparison, False)
        if right and apart(own, found.value):
            word, name = {"higher": "lower", "lower": "higher"}[found.comparison], thing(reason, facts)
            verb = "are" if plural(reason.label) else "is"
            yield f"{capital(name)} {verb} {word} than the usual {shown}."
            yield f"With {SPEECH.value(own, reason.unit, reason.step)}, {name} {verb} {word} than usual."
            yield f"{capital(name)} {verb} just as usual."


def follows(facts: Facts) -> Iterator[str]:
    """False clauses that lean on a true one before them, as in "…, and so did your income"."""
    for one, other in permutations(told_reasons(facts)[:4], 2):
        if one.weight * other.weight < 0:
            push = pushes(facts, one)[0]
            yield f"{capital(thing(one, facts))} {push.past}, just as {thing(other, facts)} did."
            yield f"While {thing(one, facts)} {push.past}, {thing(other, facts)} did so even more."
