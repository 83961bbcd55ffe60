"""How do you know? For each sentence the facts it rests on, read from the record and named in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from assistant.interfaces.web.wording import Wording
from assistant.narration.answer import Answer
from assistant.narration.paths import at, part_of

PLACE = re.compile(r'\[(\d+|"(?:[^"\\]|\\.)*")\]')
NAMES = ("label", "name", "of")
"""What an entry of a list may be called by, the best first."""
LEFT_OUT = ("unit", "label", "step", "kind")
"""Said with the value, or true of the feature and not of the case."""
BY_FEATURE = ("tied_with", "group")
OF_THE_FEATURE = ("value", "from", "to")
OF_THE_SCORE = ("weight", "error", "base", "before", "after", "low", "high", "reasons_rest", "residual")
DECIMALS = 4
CLOSED = frozenset(
    {"direction", "comparison", "size", "band", "level", "level_before", "level_after", "by", "shape", "limits", "task"}
    | {"yours_at", "leaning", "change", "about", "end", "family"}
)
"""What the record says in words of a closed list, which a language may have its own for."""
HASH = re.compile(r"^(sha256:[0-9a-f]{12})[0-9a-f]+$")


def evidence(answer: Answer, record: Mapping[str, Any] | None, wording: Wording) -> str:
    """A list of the sentences, each with its facts below it; "" where no sentence rests on any."""
    if record is None:
        return ""
    items = []
    for place, sentence in enumerate(answer.sentences):
        facts = [_fact(path, record, wording) for path in sentence.facts if path.rsplit(".", 1)[-1] not in LEFT_OUT]
        if facts:
            listed = "".join(f"<li>{fact}</li>" for fact in dict.fromkeys(facts))
            items.append(f'<li data-n="{place}"><q>{escape(sentence.text)}</q><ul>{listed}</ul></li>')
    return f'<ol class="pw-evidence">{"".join(items)}</ol>' if items else ""


def _fact(path: str, record: Mapping[str, Any], wording: Wording) -> str:
    """One fact as "feature, what it is: value"."""
    path, record = part_of(path, record)
    whose = " · ".join(_entries(path, record))
    what = _called(path, wording)
    named = escape(f"{whose}: {what}" if whose else what)
    return f"{named} <b>{escape(_shown(path, record, wording))}</b>"


def _entries(path: str, record: Mapping[str, Any]) -> Iterator[str]:
    """The names of the list entries a path goes through, such as the label of `reasons[0]`."""
    for place in PLACE.finditer(path):
        if place[1].startswith('"'):
            yield place[1][1:-1]
            continue
        entry = at(record, path[: place.end()])
        if isinstance(entry, Mapping):
            yield next((str(entry[name]) for name in NAMES if name in entry), "")


def _called(path: str, wording: Wording) -> str:
    """What the language calls this kind of fact; its own name where it has no word for it."""
    steps = PLACE.sub("", path).split(".")
    return wording.labels.get("fact_" + "_".join(steps)) or steps[-1].replace("_", " ")


def _shown(path: str, record: Mapping[str, Any], wording: Wording) -> str:
    found = at(record, path)
    if path.rpartition(".")[2] in BY_FEATURE:
        labels = {reason["feature"]: reason["label"] for reason in record.get("reasons", ())}
        found = [labels.get(name, name) for name in found]
    if path == "model.seed":  # a name, not an amount
        return str(found)
    if isinstance(found, str) and PLACE.sub("", path).rpartition(".")[2] in CLOSED:
        return wording.speech.closed(found)
    return _plain(found, wording, _unit(path, record))


def _unit(path: str, record: Mapping[str, Any]) -> str:
    """Of a number: a feature's values have the feature's unit, everything on the scale of the score has the score's."""
    entry, _, last = path.rpartition(".")
    if last not in OF_THE_FEATURE:
        unit = record.get("score", {}).get("unit", "") if last in OF_THE_SCORE else ""
        return "" if unit == "probability" else str(unit)
    return str(at(record, entry.removesuffix(".reference")).get("unit") or "") if entry != "score" else ""


def _plain(found: Any, wording: Wording, unit: str = "") -> str:
    speech = wording.speech
    if isinstance(found, bool):
        return speech.word("yes" if found else "no")
    if isinstance(found, int | float):
        return speech.numbers.amount(float(found), unit, decimals=DECIMALS)
    if found is None:
        return speech.word("unknown")
    if isinstance(found, str):
        return HASH.sub(r"\1…", found)
    if isinstance(found, Mapping):
        return str(next((found[name] for name in NAMES if name in found), len(found)))
    return speech.numbers.listed(_plain(inner, wording) for inner in found)
