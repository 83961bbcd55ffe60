"""The texts of a record that come from the domain, not from the words of a language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

NAMES = ("label", "value", "name", "of", "text", "filter", "source", "from", "to", "noun", "rule_after", "answer")
LISTS = ("alternatives", "unusual_in", "sparse", "unused", "labels", "sources", "targets")
"""Lists of names."""


def strings(record: Any, key: str = "") -> Iterator[str]:
    """Every text of a record that a domain wrote."""
    if isinstance(record, dict):
        for name, inner in record.items():
            yield from strings(inner, name)
            if key == "scores":
                yield name
    elif isinstance(record, list):
        for inner in record:
            yield from strings(inner, "name" if key in LISTS else key)
    elif isinstance(record, str) and (key in NAMES or key.startswith("outcome_") or key in ("rule", "runner_up")):
        yield record
