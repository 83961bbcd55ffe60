"""Pictures of an answer as small HTML: bars drawn by style sheet, with words beside them. No script, no colour alone.

Bars are decoration (hidden from screen readers); the words beside them and the tables of `tables` say the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

from assistant.interfaces.web.curve import curve
from assistant.interfaces.web.wording import Wording

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: its `share` of the longest (0 to 1), and the side of the middle it lies on; "whole": none."""

    label: str
    words: str
    share: float
    side: Literal["left", "right", "whole"]


def picture(record: Record | None, told: Collection[int], wording: Wording) -> str:
    """The picture that belongs to a record, "" where none does. `told` are the places of the reasons the words name."""
    if record is None:
        return ""
    if record.get("effect"):
        return curve(record, wording)
    if "what_if" in record:
        return _figure(tuple(_what_if(record, wording)), wording.label("picture_what_if"))
    if record.get("reasons"):
        bars = tuple(_reasons(record, told, wording))
        caption = wording.label("picture_after" if record.get("changed") else "picture_reasons")
        return _figure(bars, caption, _axis(record, wording))
    if record.get("population", {}).get("importance"):
        return _figure(tuple(_importance(record, wording)), wording.label("picture_importance"))
    return ""


def pull(reason: Mapping[str, Any], record: Record, wording: Wording) -> str:
    """What one reason did, in words: "a lot towards approved", "a little higher"."""
    if reason["direction"] == "none":
        return wording.label("pull_none")
    size = wording.labels[f"size_{reason['size']}"]
    name, filled = _side(reason["weight"], record)
    return wording.label(f"pull_{name}", size=size, **filled)


def _reasons(record: Record, told: Collection[int], wording: Wording) -> Iterator[Bar]:
    drawn = [record["reasons"][i] for i in sorted(told, key=lambda i: int(record["reasons"][i]["rank"]))]
    longest = max((abs(r["weight"]) for r in drawn), default=0.0) or 1.0
    for reason in drawn:
        yield Bar(
            label=reason["label"],
            words=pull(reason, record, wording),
            share=abs(reason["weight"]) / longest,
            side="left" if reason["weight"] < 0 else "right",
        )


def _side(weight: float, record: Record) -> tuple[str, dict[str, str]]:
    """Which way a weight pulls: the name of its words, and the outcome in them."""
    score, others = record["score"], record.get("outcome", {}).get("alternatives", ())
    if score["unit"] != "probability":
        return ("raised" if weight > 0 else "lowered"), {}
    if weight > 0 or len(others) != 1:
        return ("towards" if weight > 0 else "away"), {"outcome": score["of"]}
    names = (record["outcome"]["name"], *others)
    return "towards", {"outcome": next(name for name in names if name != score["of"])}


def _axis(record: Record, wording: Wording) -> str:
    (left, from_), (right, to) = (_side(sign, record) for sign in (-1.0, 1.0))
    ends = f"← {wording.label(f'side_{left}', **from_)}", f"{wording.label(f'side_{right}', **to)} →"
    return f'<p class="pw-axis" aria-hidden="true"><span>{ends[0]}</span><span>{ends[1]}</span></p>'


def _what_if(record: Record, wording: Wording) -> Iterator[Bar]:
    found = record["what_if"]
    scores = found["before"], found["after"]
    longest = 1.0 if record["score"]["unit"] == "probability" else max(map(abs, scores)) or 1.0
    for name, score, shown in zip(("before", "after"), scores, wording.scores(scores, record) or (), strict=False):
        outcome = found.get(f"outcome_{name}")
        words = f"{shown} ({outcome})" if outcome else shown
        yield Bar(label=wording.labels[name], words=escape(words), share=min(abs(score) / longest, 1.0), side="whole")


def _importance(record: Record, wording: Wording) -> Iterator[Bar]:
    drawn = record["population"]["importance"][: wording.reader.reasons]
    longest = max(abs(found["weight"]) for found in drawn) or 1.0
    for found in drawn:
        share = found.get("share")
        words = wording.speech.numbers.percent(share) if share is not None else ""
        yield Bar(label=found["label"], words=escape(words), share=abs(found["weight"]) / longest, side="whole")


def _figure(bars: tuple[Bar, ...], caption: str, axis: str = "") -> str:
    if not bars:
        return ""
    rows = "".join(
        f"<li><b>{escape(bar.label)}</b> <span>{bar.words}</span>"
        f'<i class="pw-{bar.side}" style="--share:{bar.share:.3f}" aria-hidden="true"></i></li>'
        for bar in bars
    )
    return f'<figure class="pw-bars"><figcaption>{caption}</figcaption>{axis}<ol>{rows}</ol></figure>'
