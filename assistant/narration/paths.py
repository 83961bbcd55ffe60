"""Fact ids: paths into the explanation record, such as `reasons[0].weight` or `scores["not yet"]`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

_STEP = re.compile(r'\.?(?P<name>[^.\[\]"]+)|\[(?P<index>\d+)\]|\[(?P<key>"(?:[^"\\]|\\.)*")\]')


def key(path: str, name: str) -> str:
    """The path of a key below a path; a name that is no plain word stands in quotes."""
    return f"{path}.{name}" if name.isidentifier() else f"{path}[{json.dumps(name, ensure_ascii=False)}]"


def at(record: Mapping[str, Any], path: str) -> Any:
    """What a path names. KeyError, IndexError or TypeError where the record does not hold it."""
    found: Any = record
    for step in _STEP.finditer(path):
        if step["index"] is not None:
            found = found[int(step["index"])]
        else:
            found = found[json.loads(step["key"]) if step["key"] else step["name"]]
    return found


def part_of(path: str, record: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """A path and the record it leads into: `also[0].score` is `score` of what else was asked."""
    first, _, rest = path.partition(".")
    return (rest, at(record, first)) if first.startswith("also[") else (path, record)
