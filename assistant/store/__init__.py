"""The record of conversations: append-only turns in a hash chain, committed before anything is shown."""

from assistant.store.chain import Erased, Recorded, Stored, Verification
from assistant.store.entry import About, Asking, Finding, Position, Provenance, Saying, TurnEntry
from assistant.store.store import Store

__all__ = [
    "About",
    "Asking",
    "Erased",
    "Finding",
    "Position",
    "Provenance",
    "Recorded",
    "Saying",
    "Store",
    "Stored",
    "TurnEntry",
    "Verification",
]
