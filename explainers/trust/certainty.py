"""How far from the cut-off, and how high, in three words each."""

from __future__ import annotations

from typing import Literal, TypeAlias

Band: TypeAlias = Literal["close", "moderate", "clear"]
Level: TypeAlias = Literal["low", "medium", "high"]


def band(distance: float) -> Band:
    """Of a score's signed distance to the cut-off (with three outcomes and more: its lead over the runner-up)."""
    if abs(distance) < 0.1:
        return "close"
    return "moderate" if abs(distance) < 0.25 else "clear"


def level(probability: float) -> Level:
    """Of a probability that may not be told as a percentage."""
    if probability < 1 / 3:
        return "low"
    return "medium" if probability < 2 / 3 else "high"
