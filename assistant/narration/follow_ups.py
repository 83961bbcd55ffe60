"""The questions offered after an answer."""

from __future__ import annotations

from collections.abc import Container, Mapping

from prompts import Words
from prompts.shape import plain_shape

MOST = 3


def follow_ups(kind: str, answerable: Container[str], slots: Mapping[str, str], words: Words) -> tuple[str, ...]:
    """Texts of at most three next questions of the kind's plan: answerable ones whose every slot is given."""
    found = []
    for following in words.plan(kind).follow_ups if kind in words.plans else ():
        button = words.plan(following).button
        needed = {gap.key for gap in plain_shape(button).gaps}
        if following in answerable and button and needed <= slots.keys():
            found.append(button.format_map(slots))
    return tuple(found[:MOST])
