"""What all tests share: a cache of their own, no network, one sentence encoder, and real data where there are any."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"
os.environ.pop("PLAINWHY_LANGUAGE_MODEL", None)
os.environ.setdefault("PLAINWHY_CACHE", tempfile.mkdtemp(prefix="plainwhy-cache-"))

from assistant.understanding.encoder import Encoder
from tests.talking import encoder as shared_encoder

settings.register_profile("plainwhy", deadline=None)  # speed is the benchmarks' affair: a busy machine breaks nothing
settings.load_profile("plainwhy")


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return shared_encoder()


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The folder named by PLAINWHY_DATA; skips where it is unset."""
    named = os.environ.get("PLAINWHY_DATA")
    if not named:
        pytest.skip("PLAINWHY_DATA is unset: no real data sets to read")
    return Path(named)
