"""What "it", "both" and words left out stand for: what the claim before names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from assistant.narration.heard.grammar import Node

ONE, SEVERAL, SUBJECT, LAST = "it_thing", "they_things", "same_subject", "last_thing"
WAY, SCORE, CLAIM = "same_way", "same_score", "claim_before"
"""Rules of what refers back: to one thing, to several, to what the claim before is about or names last, to how that
counts, its score, or the whole of it."""
FOLLOWS = "may_follow"
"""The claim before, or nothing where the sentence begins."""
_ALL = frozenset({ONE, SEVERAL, SUBJECT, LAST, WAY, SCORE, CLAIM, FOLLOWS})
_GOALS = ("goal", "rise_goal")
"""Rules of what counts for or against, where "it" may be what the claim before has there."""
OTHER = Node(rule="other_claim", text="")
"""A claim that nothing may refer to: it is not of a case, but of a group, another case or the model."""
_NUMBERS = {"both": 2, "both of them": 2, "the two": 2, "all three": 3, "the three": 3, "all four": 4}


def resolved(claims: Sequence[Node], of_a_case: Collection[str]) -> tuple[Node, ...] | None:
    """The claims with what they refer to put in; None where that is not clear. Only claims `of_a_case` are meant."""
    found: list[Node] = []
    for claim in claims:
        try:
            before = found[-1] if found else None
            found.append(_filled(claim, before if before is None or before.rule in of_a_case else OTHER))
        except LookupError:
            return None
    return tuple(found)


def _filled(node: Node, before: Node | None) -> Node:
    if node.rule in _ALL:
        return _meant(node, before)
    if node.rule in _GOALS and node.text == "it":
        goal = next((g for rule in (*_GOALS, "score", "towards") for g in (before.all(rule) if before else ())), None)
        return replace(node, parts=(goal,)) if goal and goal.text != "it" else node
    return replace(node, parts=tuple(_filled(part, before) for part in node.parts))


def _meant(node: Node, before: Node | None) -> Node:
    """What one of these rules stands for. LookupError where nothing, or not just one thing, can be meant."""
    if before is OTHER:
        raise LookupError("it is not of a case")
    things = (before.all("thing") or before.all("age_thing")) if before else ()
    if node.rule == SCORE:
        if things and not (before and before.has("score")):
            raise LookupError("no score is spoken of")
        return (before.first("score") if before else None) or node
    if node.rule == FOLLOWS:
        return replace(node, parts=(before,) if before else ())
    if before is None:
        raise LookupError("nothing stands before")
    if node.rule == WAY:
        return _only(before.all("way"))
    if node.rule == CLAIM:
        return replace(node, parts=(before,))
    if node.rule in (SUBJECT, LAST):
        named = list(_outermost(before, ("things", "thing", "age_thing")))
        found = named[0 if node.rule == SUBJECT else -1]
        return replace(found, rule="thing") if found.rule == "age_thing" else found
    if node.rule == ONE:
        return _only(things)
    if len(things) < 2 or len(things) != _NUMBERS.get(node.text, len(things)):
        raise LookupError("not so many things stand before")
    return Node(rule="things", text=" ".join(thing.text for thing in things), parts=tuple(things))


def _only(found: Sequence[Node]) -> Node:
    if len(found) != 1:
        raise LookupError("not one but several could be meant")
    return found[0]


def _outermost(node: Node, rules: Sequence[str]) -> Iterator[Node]:
    for part in node.parts:
        if part.rule in rules:
            yield part
        else:
            yield from _outermost(part, rules)
