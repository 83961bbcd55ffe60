"""What all tests share: a cache of their own, no network, and the folder of real data where there is one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

os.environ.setdefault("PLAINWHY_CACHE", tempfile.mkdtemp(prefix="plainwhy-cache-"))
os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The folder named by PLAINWHY_DATA; skips where it is unset."""
    named = os.environ.get("PLAINWHY_DATA")
    if not named:
        pytest.skip("PLAINWHY_DATA is unset: no real data sets to read")
    return Path(named)
