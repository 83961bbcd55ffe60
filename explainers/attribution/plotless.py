"""shap without its plots, whose libraries take longer to import than an answer to compute."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

OWN_PROCESS = "PLAINWHY_OWN_PROCESS"
"""Environment variable that is set where nobody else's code runs, so that nobody can miss shap's plots."""


def shap() -> Any:
    """The module; in a process of our own as it is where matplotlib is not installed."""
    if OWN_PROCESS not in os.environ or {"shap", "matplotlib"} & sys.modules.keys():
        return import_module("shap")
    sys.modules["matplotlib"] = None  # type: ignore[assignment]  # how Python marks what cannot be imported
    try:
        return import_module("shap")
    finally:
        del sys.modules["matplotlib"]
