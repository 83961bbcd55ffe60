"""The conversation: from the reader's words to a recorded answer."""

from __future__ import annotations

from typing import Any


def __getattr__(name: str) -> Any:
    """`from assistant import Assistant, Reader`, without paying for them where only a part is imported."""
    if name == "Assistant":
        from assistant.dialogue import Assistant

        return Assistant
    if name == "Reader":
        from assistant.session import Reader

        return Reader
    raise AttributeError(name)
