"""A record read back as facts, such as one that somebody sends to have a text checked against it."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from assistant.facts.record import RECORD_VERSION, Facts
from explainers.errors import InputError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

RENAMED = {"from": "from_"}
"""Keys of the record that are words of Python."""


def facts_of(record: Mapping[str, Any]) -> Facts:
    """The inverse of `Facts.record()`; keys it does not know are ignored. Raises InputError E115."""
    from pydantic import ValidationError

    if not isinstance(record, Mapping) or record.get("record") != RECORD_VERSION:
        raise InputError("E115", "This is no explanation record of version 1.", where="record",
                         hint="Give the `record` of an answer, as `--json` prints it.")  # fmt: skip
    try:
        return _adapter().validate_python(_renamed(record))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"] if step not in RENAMED.values()) or "record"
        raise InputError("E115", f"The record is broken at *{where}*: {first['msg']}.", where="record",
                         hint="Give the `record` of an answer as it was printed.") from None  # fmt: skip


@functools.cache
def _adapter() -> TypeAdapter[Facts]:
    from pydantic import TypeAdapter

    return TypeAdapter(Facts)


def _renamed(part: Any) -> Any:
    if isinstance(part, Mapping):
        return {RENAMED.get(name, name): _renamed(inner) for name, inner in part.items()}
    return [_renamed(inner) for inner in part] if isinstance(part, list | tuple) else part
