"""Every kind of question by name, with its slots and what each may hold."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import TypeAlias


class Sort(Enum):
    """What a slot holds, where it is not one of a few words."""

    FEATURE = "the name of a feature"
    FEATURES = "up to three names of features"
    OUTCOME = "the name of an outcome"
    COUNT = "a small whole number"
    QUOTED = "words that stand in the question"


Slot: TypeAlias = Sort | tuple[str, ...]
"""A sort, or the words of a closed list."""

FEATURE, OUTCOME, COUNT = {"feature": Sort.FEATURE}, {"outcome": Sort.OUTCOME}, {"top_k": Sort.COUNT}
CLASS = {"class": Sort.OUTCOME}
METRICS = ("accuracy", "f1", "precision", "recall", "roc_auc", "sensitivity", "specificity", "mae", "rmse", "r2")

KINDS: Mapping[str, Mapping[str, Slot]] = MappingProxyType(
    {
        "predict": {},
        "confidence": CLASS,
        "why": {**FEATURE, **COUNT},
        "why_not": OUTCOME,
        "for_and_against": {},
        "rationalize": {},
        "importance": {**FEATURE, **COUNT, "rank": Sort.COUNT, "order": ("least",)},
        "interactions": {},
        "effect": FEATURE,
        "counterfactual": {**FEATURE, "fixed": Sort.FEATURES, **OUTCOME},
        "stay": FEATURE,
        "similar": COUNT,
        "typical": OUTCOME,
        "compare": {"other": Sort.QUOTED},
        "fairness": FEATURE,
        "trust": {},
        "method": {},
        "surrogate": {},
        "readiness": {},
        "influence": COUNT,
        "adversarial": {},
        "augment": {},
        "mistakes": {"kind": ("sample", "typical", "count"), **COUNT},
        "performance": {"metric": METRICS, "split": ("train", "test"), **CLASS},
        "count": {},
        "show": {},
        "labels": {},
        "statistics": FEATURE,
        "keywords": COUNT,
        "token_attribution": {**COUNT, **CLASS},
        "image_attribution": CLASS,
        "data_summary": {"field": ("name", "source", "language", "size")},
        "model_info": {"field": ("summary", "task", "learning_rate", "loss", "optimizer", "epochs")},
        "define": {"term": Sort.QUOTED},
        "domain": {},
        "known": FEATURE,
        "contest": {"kind": ("human", "appeal", "view", "complaint")},
        "letter": {},
        "edit_label": {},
        "learn": {},
        "unlearn": {},
        "restyle": {"level": ("simpler", "shorter", "longer", "technical"), "language": ("de", "en", "es", "fr", "zh")},
        "followup": {"kind": ("repeat", "more")},
        "help": {"about": ("capabilities", "self")},
        "social": {},
        "out_of_scope": {"topic": ("medical", "legal", "financial", "distress", "other")},
    }
)
"""All but `what_if` and `correct`: what these hold depends on the feature they name."""
NEEDED = frozenset({("effect", "feature"), ("compare", "other"), ("statistics", "feature"), ("define", "term")})
"""Slots without which a kind asks for nothing."""
