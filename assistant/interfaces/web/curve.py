"""How one feature acts on the score, drawn: a curve with the spread around it and a mark where the case is.

Decoration, hidden from screen readers: the words of the answer and the table of `record_tables` say the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from assistant.interfaces.web.wording import Wording

WIDE, HIGH = 480, 180
"""Of the drawing, in its own units."""
LEFT, BELOW = 8, 22
"""Room for the ends of the scale and for the values below it."""


def curve(record: Mapping[str, Any], wording: Wording) -> str:
    """The figure of `record["effect"]`, "" where it has fewer than two points on a line."""
    found = record["effect"]
    points = [p for p in found["points"] if isinstance(p["at"], int | float)]
    if len(points) < 2 or points[0]["at"] == points[-1]["at"]:
        return ""
    scale = _Scale(points)
    caption = wording.label("picture_effect", feature=found["label"], of=record["score"]["of"])
    hint = wording.label("picture_effect_hint")
    drawn = (
        _ends(points, scale, found, record, wording)
        + f'<path class="pw-band" d="{scale.path("high")}L{scale.path("low", backwards=True)[1:]}Z"/>'
        + f'<path class="pw-line" d="{scale.path("score")}"/>{_case(found, points, scale, wording)}'
    )
    svg = f'<svg class="pw-drawn" viewBox="0 0 {WIDE} {HIGH}" aria-hidden="true" focusable="false">{drawn}</svg>'
    return f'<figure class="pw-curve"><figcaption>{caption}</figcaption>{svg}<p class="pw-hint">{hint}</p></figure>'


class _Scale:
    """From values and scores to places in the drawing."""

    __slots__ = ("_bottom", "_first", "_points", "_rise", "_run")

    def __init__(self, points: Sequence[Mapping[str, Any]]) -> None:
        self._points = points
        self._first, self._run = points[0]["at"], points[-1]["at"] - points[0]["at"]
        self._bottom = min(p["low"] for p in points)
        self._rise = (max(p["high"] for p in points) - self._bottom) or 1.0

    def x(self, value: float) -> float:
        return float(round(LEFT + (value - self._first) / self._run * (WIDE - 2 * LEFT), 1))

    def y(self, score: float) -> float:
        return float(round(HIGH - BELOW - (score - self._bottom) / self._rise * (HIGH - 2 * BELOW), 1))

    def path(self, name: str, *, backwards: bool = False) -> str:
        ordered = reversed(self._points) if backwards else self._points
        return "M" + "L".join(f"{self.x(p['at'])} {self.y(p[name])}" for p in ordered)


def _ends(
    points: Sequence[Mapping[str, Any]],
    scale: _Scale,
    found: Mapping[str, Any],
    record: Mapping[str, Any],
    wording: Wording,
) -> str:
    """The base line with the values at its ends; the scores at the ends of the scale where they may be told."""
    low, high = min(p["low"] for p in points), max(p["high"] for p in points)
    text = '<text x="{}" y="{}" text-anchor="{}">{}</text>'
    values = [wording.speech.value(points[end]["at"], found.get("unit"), found.get("step")) for end in (0, -1)]
    drawn = f'<path class="pw-rule" d="M{LEFT} {HIGH - BELOW}H{WIDE - LEFT}"/>'
    drawn += text.format(LEFT, HIGH - 6, "start", escape(values[0]))
    drawn += text.format(WIDE - LEFT, HIGH - 6, "end", escape(values[1]))
    for score, y in ((high, scale.y(high) - 6), (low, scale.y(low) - 6)):
        drawn += text.format(LEFT, y, "start", escape(wording.score(score, record) or ""))
    return drawn


def _case(found: Mapping[str, Any], points: Sequence[Mapping[str, Any]], scale: _Scale, wording: Wording) -> str:
    """A mark at the value of the case, where it lies on the line."""
    yours = found.get("yours")
    if not isinstance(yours, int | float) or not points[0]["at"] <= yours <= points[-1]["at"]:
        return ""
    x = scale.x(yours)
    said = escape(wording.speech.value(yours, found.get("unit"), found.get("step")))
    anchor = "end" if x > WIDE * 0.7 else "start" if x < WIDE * 0.3 else "middle"
    rule = f'<path class="pw-rule" stroke-dasharray="4 3" d="M{x} {BELOW - 6}V{HIGH - BELOW}"/>'
    return f'{rule}<text x="{x}" y="{BELOW - 10}" text-anchor="{anchor}">{wording.label("this_case")}: {said}</text>'
