"""`plainwhy language-model use NAME | off | status`: which language model this machine asks, if any."""

from __future__ import annotations

import os
import time
from pathlib import Path

from assistant.narration.language_model import VARIABLE, opened
from assistant.settings import choose_language_model, chosen_language_model
from explainers.errors import ModelError

NONE = "No language model is asked."
PATIENCE = 600.0
"""Seconds that reading the weights and a first answer may take."""
FORM = {
    "type": "object",
    "properties": {"sentence": {"enum": ["Income counted for you.", "Your income spoke in your favour."]}},
    "required": ["sentence"],
    "additionalProperties": False,
}
ASKED = "Which sentence reads better? Answer as JSON."


def use(name: str) -> str:
    """Fetches a model or takes a folder, measures it here and turns it on. Raises ModelError E230."""
    if not name.strip():
        raise ModelError("E230", "Which language model is not said.", where="name",
                         hint="Name a folder, a hub id, or an address: http://host:8000/v1#name.")  # fmt: skip
    if not name.startswith(("http://", "https://")) and not Path(name).is_dir():
        _fetch(name)
    name = str(Path(name).resolve()) if Path(name).is_dir() else name
    first, again = _seconds(name), _seconds(name)
    choose_language_model(name)
    return f"{name} is on. The first answer took {first:.1f} s, a later one {again:.1f} s on this machine."


def off() -> str:
    """Turns it off."""
    choose_language_model("")
    named = os.environ.get(VARIABLE)
    return f"Off. But {VARIABLE} names {named}, which is asked while it is set." if named else NONE


def status() -> str:
    """Says which one is on."""
    named = os.environ.get(VARIABLE) or chosen_language_model()
    return f"{named} is on." if named else NONE


def _seconds(name: str) -> float:
    """How long one answer takes. ModelError E230 where none comes."""
    started = time.monotonic()
    if opened(name).fill(ASKED, FORM, 64, PATIENCE) is None:
        raise ModelError("E230", f"The language model {name} gave no answer.", where="name",
                         hint="It stays off. The log says why: no file, no server, or too slow.")  # fmt: skip
    return time.monotonic() - started


def _fetch(name: str) -> None:
    """The files of a hub id, with a bar for each. ModelError E230 where they cannot be had."""
    from huggingface_hub import snapshot_download

    try:
        snapshot_download(name, allow_patterns=["*.json", "*.safetensors", "*.txt", "*.model", "*.jinja"])
    except Exception as error:  # whatever the network or the hub does: it is one answer to who asked
        raise ModelError("E230", f"{name} could not be fetched: {type(error).__name__}.", where="name",
                         hint="Is it a hub id, and is there a network? A folder needs none.") from error  # fmt: skip
