"""Importing gradio in half the time."""

from __future__ import annotations

import gc
import inspect
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def quickly() -> Iterator[None]:
    """While gradio is imported: no analytics, no looking for garbage, no rewriting of gradio's own type stubs.

    What is imported stays; looking for garbage in it, now and later, costs most of a second. For every component gradio
    parses its source and writes a `.pyi` beside it, half of the import's time, unless the source cannot be found.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported
    found = inspect.getfile

    def getfile(thing: Any) -> str:
        if isinstance(thing, type) and thing.__module__.startswith("gradio."):
            raise OSError("no stubs")
        return found(thing)

    gc.disable()
    inspect.getfile = getfile  # type: ignore[assignment]  # of fewer kinds of things
    try:
        yield
    finally:
        inspect.getfile = found
        gc.freeze()
        gc.enable()
