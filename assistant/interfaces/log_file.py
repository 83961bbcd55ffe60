"""Where what went wrong is told in full: a file, never the screen of who asked."""

from __future__ import annotations

import logging
import os
import tempfile
from pathlib import Path

from assistant.domains.cache import cache_folder


def log_file(log: logging.Logger) -> Path:
    """Where tracebacks go: a file in the cache folder, never the reader's screen."""
    log.propagate = False
    for folder in (cache_folder(), Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            log.addHandler(logging.FileHandler(folder / "errors.log", encoding="utf-8"))
        except OSError:  # a folder that cannot be written to
            continue
        return folder / "errors.log"
    return Path(os.devnull)
