"""Files of JSON that people hand over."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from explainers.errors import InputError


def read_object(path: Path) -> dict[str, Any]:
    """The one object of a file, or of what comes in where it is called `-`.

    Raises InputError E129 where it cannot be read, E126 where it is not UTF-8, E106 where it is no object, E112 where a
    name stands in it twice.
    """
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError("E129", f"{path} cannot be read: {error.strerror}.", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise InputError("E126", f"{path} is not UTF-8.", where=str(path)) from error
    try:
        found = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise InputError("E106", f"{path} is not a JSON file: {str(error)[:100]}.", where=str(path)) from error
    if not isinstance(found, dict):
        raise InputError("E106", f"{path} must hold one JSON object of names and values.", where=str(path))
    return found


def told_lines(lines: Iterable[str]) -> Iterator[Mapping[str, Any]]:
    """The objects of lines of JSON that each hold a `text`; empty lines are passed over.

    Raises InputError E106 for a line that is no such object.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
        except ValueError:
            told = None
        if not isinstance(told, dict) or not isinstance(told.get("text"), str):
            raise InputError("E106", f"Line {number} is not an object with a text.", where=f"line {number}",
                             hint='Each line is one JSON object: {"id": …, "text": …}.')  # fmt: skip
        yield told


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object. InputError E112 where a name stands in it twice."""
    names = [name for name, _ in pairs]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InputError("E112", f"*{twice}* stands there twice.", where=twice, hint="Keep one of the two.")
    return dict(pairs)
