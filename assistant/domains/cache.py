"""The user's cache folder: what was made once is kept by the hash of what it was made from."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from platformdirs import user_cache_path

MANIFEST = "manifest.sha256"


def cache_folder() -> Path:
    """Where this user's Plainwhy keeps what it can make again; the variable PLAINWHY_CACHE moves it."""
    named = os.environ.get("PLAINWHY_CACHE")
    return Path(named) if named else user_cache_path("plainwhy")


def digest(*parts: str | bytes) -> str:
    """sha256 over parts, each with its length before it, so that no two lists of parts share one."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "big") + data)
    return found.hexdigest()


def file_digest(path: Path) -> str:
    """sha256 of a file, 64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def kept(kind: str, key: str, make: Callable[[Path], None]) -> Path:
    """The folder for `key`; where it is not there whole, `make` fills an empty one, which is moved in when done."""
    folder = cache_folder() / kind / key
    if is_whole(folder):
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    room = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".making-"))
    try:
        make(room)
        lines = [f"{file_digest(p)}  {p.name}\n" for p in sorted(room.iterdir())]
        (room / MANIFEST).write_text("".join(lines))
        _move_in(room, folder)
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return folder


def _move_in(room: Path, folder: Path) -> None:
    if folder.exists():
        if is_whole(folder):  # another process was faster
            return
        shutil.rmtree(folder)
    room.rename(folder)


def is_whole(folder: Path) -> bool:
    """Whether every file of the manifest is there with the bytes it was written with."""
    try:
        lines = (folder / MANIFEST).read_text().splitlines()
        return all(file_digest(folder / name) == sha for sha, name in (line.split("  ", 1) for line in lines))
    except (OSError, ValueError):
        return False
