"""Opening a domain: made ready first where it is new, kept by the hash of what it was made from."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from assistant.domains.build import Progress, build, silent
from assistant.domains.cache import cache_folder, digest, is_whole, kept
from assistant.domains.domain import Domain
from assistant.domains.folder import opened
from assistant.domains.source import Source, in_memory, source
from assistant.version import VERSION


def open_domain(name: str, progress: Progress = silent) -> Domain:
    """An embedded domain by name, or one's own by the path of its `domain.toml`.

    Raises PlainwhyError: E6xx for the description, E1xx for the data, E2xx for the model.
    """
    found = source(name)
    return opened(kept("domains", _key(found), lambda folder: build(found, folder, progress)), found.name)


def open_in_memory(native: object, table: pd.DataFrame, target: str, toml: str) -> Domain:
    """A model and a table at hand. Nothing is kept: an audit in another process cannot compute its answers again."""
    found = in_memory(native, table, target, toml)
    with tempfile.TemporaryDirectory() as room:
        build(found, Path(room), silent)
        domain = opened(Path(room), found.name, native)
    return replace(domain, key=digest(domain.model.version, domain.reference_hash, found.text)[:32])


def open_kept(key: str, name: str) -> Domain | None:
    """The very domain that a recorded turn names; None where it is not kept here."""
    folder = cache_folder() / "domains" / key
    return opened(folder, name) if is_whole(folder) else None


def is_ready(name: str) -> bool:
    """Whether opening it will be quick."""
    return is_whole(cache_folder() / "domains" / _key(source(name)))


def _key(found: Source) -> str:
    """What a domain was made from: its files, this program, and the library that trains."""
    return digest(found.fingerprint, VERSION, version("scikit-learn"))[:32]
