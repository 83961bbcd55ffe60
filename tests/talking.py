"""Assistants that tests talk to: real domains, one encoder, a store that goes away with the process."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

from assistant.dialogue import Assistant
from assistant.session import Reader, ReaderName, Session, Turn
from assistant.understanding.minilm import NumpyEncoder


@functools.cache
def room() -> Path:
    return Path(tempfile.mkdtemp(prefix="plainwhy-tests-"))


@functools.cache
def encoder() -> NumpyEncoder:
    return NumpyEncoder()


@functools.cache
def assistant(domain: str) -> Assistant:
    return Assistant.for_domain(domain, store=room() / "conversations.sqlite", encoder=encoder())


def session(domain: str, case: str, reader: ReaderName = "person") -> Session:
    return assistant(domain).start(case=case, reader=Reader(name=reader, language="en"))


def ask(domain: str, case: str, text: str, reader: ReaderName = "person") -> Turn:
    return assistant(domain).ask(session(domain, case, reader), text).last
