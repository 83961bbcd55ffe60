"""The tables and the questions put to them; the migrations make them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from assistant.store.chain import Content, EntryKind, Link

if TYPE_CHECKING:
    from sqlalchemy import Select, TableClause

LINK = tuple(f.name for f in fields(Link))
CONTENT = tuple(f.name for f in fields(Content))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """`entries` are the links of the chain, `contents` what can be erased, `kept` what stands under its hash."""

    entries: TableClause
    contents: TableClause
    kept: TableClause

    @classmethod
    def described(cls) -> Tables:
        """The tables as the last migration leaves them."""
        from sqlalchemy import column, table

        return cls(
            entries=table("entries", *map(column, (*LINK, "digest"))),
            contents=table("contents", *map(column, ("seq", *CONTENT))),
            kept=table("kept", *map(column, ("hash", "kind", "body"))),
        )

    def head(self) -> Select[Any]:
        """Number and digest of the last entry."""
        from sqlalchemy import select

        return select(self.entries.c.seq, self.entries.c.digest).order_by(self.entries.c.seq.desc()).limit(1)

    def chain(self) -> Select[Any]:
        """Every entry with its content, NULL where that is gone, in order."""
        from sqlalchemy import select

        both = self.entries.outerjoin(self.contents, self.entries.c.seq == self.contents.c.seq)
        columns = (*self.entries.c, *(self.contents.c[name] for name in CONTENT))
        return select(*columns).select_from(both).order_by(self.entries.c.seq)

    def erasures(self) -> Select[Any]:
        """Every erasure, shaped as `chain`."""
        return self.chain().where(self.entries.c.kind == "erasure")

    def orphans(self) -> Select[Any]:
        """Numbers of contents whose entry is gone."""
        from sqlalchemy import select

        return select(self.contents.c.seq).where(self.contents.c.seq.not_in(select(self.entries.c.seq)))

    def turns(self) -> Select[Any]:
        """Number, digest and body of every turn that is not erased."""
        return self._of("turn")

    def refusals(self) -> Select[Any]:
        """The same of every question that could not be answered."""
        return self._of("refusal")

    def cases(self) -> Select[Any]:
        """The same of every case given by its values."""
        return self._of("case")

    def _of(self, kind: EntryKind) -> Select[Any]:
        from sqlalchemy import select

        both = self.contents.join(self.entries, self.entries.c.seq == self.contents.c.seq)
        told = select(self.contents.c.seq, self.entries.c.digest, self.contents.c.body).select_from(both)
        return told.where(self.entries.c.kind == kind)
