"""What a question can ask, as labels that are learned: a kind, or one with an argument that only its wording tells."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations

from assistant.understanding.examples import Phrasing

OF_ROWS = ("predict", "confidence", "why", "importance", "performance", "mistakes", "interactions", "counterfactual",
           "show", "count", "labels", "statistics")  # fmt: skip
"""Kinds that are asked of a group, beside a change, or beside one another."""
TOGETHER = frozenset((*OF_ROWS, "what_if", "similar", "rationalize", "token_attribution", "keywords", "fairness",
                      "correct", "effect", "known", "contest", "social", "why_not", "letter"))  # fmt: skip
"""Kinds that may be asked in one question with others."""
UNBOUND = frozenset(("help", "social", "out_of_scope", "unclear", "method", "restyle", "followup", "letter", "contest",
                     "model_info", "define", "domain"))  # fmt: skip
"""Kinds that are about no rows."""
ROWLESS = UNBOUND | {"trust", "surrogate", "readiness", "known", "fairness", "typical", "learn", "unlearn",
                     "edit_label", "stay", "correct"}  # fmt: skip
"""Kinds whose rows are never filtered by features."""
ABOUT_FEATURE = frozenset(("why", "importance", "known", "stay", "effect", "fairness", "correct", "statistics",
                           "counterfactual", "define"))  # fmt: skip
TOLD = {"mistakes": "kind", "contest": "kind", "help": "about", "restyle": "level", "followup": "kind",
        "out_of_scope": "topic", "token_attribution": "level", "predict": "sample"}  # fmt: skip
"""Arguments that the whole wording tells; others are told by a word of the lexicon."""
RARE = 3.0
NEAR = 6
"""Labels that are looked at, the likeliest first."""


def label_of(phrasing: Phrasing) -> str:
    """ "mistakes kind=typical", "why"."""
    name = TOLD.get(phrasing.kind)
    value = phrasing.args.get(name) if name else None
    return f"{phrasing.kind} {name}={value}" if value else phrasing.kind


def kind_of(label: str) -> str:
    """The kind in a label."""
    return label.partition(" ")[0]


def args_of(label: str) -> dict[str, str]:
    """The argument in a label, if it has one."""
    name, _, value = label.partition(" ")[2].partition("=")
    return {name: value} if name else {}


def best_sets(odds: Mapping[str, float], joined: bool = True) -> list[tuple[tuple[str, ...], float]]:
    """Sets of one, two or three labels of different kinds with their log-likelihood, the best first.

    The labels are taken to be independent, but two questions in one that nothing joins are rare.
    """
    near = sorted(odds, key=lambda label: (-odds[label], label))[:NEAR]
    joint = [label for label in near if kind_of(label) in TOGETHER]
    sets: list[tuple[str, ...]] = [(label,) for label in near]
    sets += [pair for pair in combinations(joint, 2) if _different(pair)]
    sets += [three for three in combinations(joint, 3) if _different(three) and "what_if" in three]
    none = sum(_log(-odds[label]) for label in near)
    scored = [
        (one, none + sum(_log(odds[label]) - _log(-odds[label]) for label in one) - (0 if joined else _rarity(one)))
        for one in sets
    ]
    return sorted(scored, key=lambda pair: (-round(pair[1], 6), pair[0]))


def _rarity(labels: Sequence[str]) -> float:
    """What two questions in one cost where no word or mark joins them; a change goes with what is asked of it."""
    return RARE * (len([label for label in labels if kind_of(label) != "what_if"]) > 1)


def _different(labels: Sequence[str]) -> bool:
    return len({kind_of(label) for label in labels}) == len(labels)


def _log(odds: float) -> float:
    """The logarithm of a probability given by its log-odds."""
    return -math.log1p(math.exp(-odds)) if odds > -30 else odds
