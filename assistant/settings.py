"""What this user has chosen for this machine: one small file beside the cache."""

from __future__ import annotations

from pathlib import Path

from assistant.domains.cache import cache_folder


def chosen_language_model() -> str:
    """The name of the language model that is turned on; "" where none is."""
    try:
        return _file().read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def choose_language_model(name: str) -> None:
    """Turns one on; "" turns it off. Raises OSError where the folder cannot be written to."""
    if not name:
        _file().unlink(missing_ok=True)
        return
    _file().parent.mkdir(parents=True, exist_ok=True)
    _file().write_text(name + "\n", encoding="utf-8")


def _file() -> Path:
    return cache_folder() / "language_model"
