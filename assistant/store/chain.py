"""The chain: every entry is tied to the one before it and, by a salted digest, to what was said.

Without the salt a digest tells nothing of the content, so erasing content and salt leaves the chain whole.
The chain shows damage and every edit of a part. Whoever can rewrite the whole file can make a new chain; only a
receipt (`Stored`) kept elsewhere shows that, and it alone shows a tail that was cut off.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from assistant.store.entry import TurnEntry

EntryKind = Literal["turn", "refusal", "case", "erasure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """The receipt of an entry: its number and its digest."""

    seq: int
    digest: str


START = Stored(seq=0, digest="")
"""What stands before the first entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A turn as read back, with its receipt."""

    stored: Stored
    entry: TurnEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """Which entries lost their content. `wiped` is False while a reader still holds old pages: erase again later."""

    entries: tuple[int, ...]
    wiped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What a look at the whole chain found. `erased` and `broken` are entry numbers, `head` the last receipt."""

    entries: int
    erased: tuple[int, ...]
    broken: tuple[int, ...]
    head: Stored

    @property
    def intact(self) -> bool:
        """Whether nothing is broken."""
        return not self.broken

    def with_broken(self, entries: Iterable[int]) -> Verification:
        """The same, with more entries found broken."""
        return replace(self, broken=tuple(sorted({*self.broken, *entries})))


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What an erasure deletes: the words and numbers of a turn, a refusal, a case given by its values, and the salt."""

    salt: str
    session: str
    turn: int
    revision: int
    domain: str
    case_id: str
    body: str

    @property
    def digest(self) -> str:
        """What the link of this turn holds as `content`."""
        return _digest(self.salt, self.session, self.turn, self.revision, self.domain, self.case_id, self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What stays: `content` is the salted digest of a turn or a case, `erased` the numbers an erasure emptied."""

    seq: int
    kind: EntryKind
    previous: str
    created: str
    content: str = ""
    erased: str = ""

    @property
    def digest(self) -> str:
        """What the next entry holds as `previous`."""
        return _digest(self.seq, self.kind, self.previous, self.created, self.content, self.erased)

    @property
    def emptied(self) -> frozenset[int]:
        """The entries this erasure may have emptied: earlier ones only."""
        try:
            numbers = json.loads(self.erased) if self.kind == "erasure" else ()
            return frozenset(n for n in numbers if n < self.seq)
        except (ValueError, TypeError):  # edited by hand; its digest tells
            return frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One entry as found: its link, the digest written beside it, and its content where that is still there."""

    link: Link
    digest: str
    content: Content | None

    def holds(self, previous: str, erased: bool) -> bool:
        """Whether link and content are as they were written, and the content there unless erased."""
        linked = self.link.previous == previous and self.link.digest == self.digest
        if self.content is None:
            return linked and (erased or self.link.kind == "erasure")
        return linked and not erased and self.link.kind != "erasure" and self.content.digest == self.link.content


def verify(rows: Iterable[Row], emptied: frozenset[int], receipts: Mapping[int, str]) -> Verification:
    """Recomputes every digest.

    `rows` in order, `emptied` the entries that erasures name, `receipts` digests handed out before, by number.
    Of a gap, the first missing number is broken.
    """
    broken: set[int] = set()
    missing = dict(receipts)
    count, last = 0, START
    for row in rows:
        count, seq = count + 1, row.link.seq
        if seq != last.seq + 1:
            broken.add(last.seq + 1)
        if not row.holds(last.digest, seq in emptied) or missing.pop(seq, row.digest) != row.digest:
            broken.add(seq)
        last = Stored(seq=seq, digest=row.digest)
    broken.update(missing)
    return Verification(entries=count, erased=tuple(sorted(emptied)), broken=tuple(sorted(broken)), head=last)


def _digest(*parts: object) -> str:
    # JSON keeps the parts apart; `default` lets a value of a foreign type, put there by hand, give a digest too.
    return hashlib.sha256(json.dumps(parts, default=repr).encode()).hexdigest()
