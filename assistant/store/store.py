"""The store: one database of conversations, read by many, written by one at a time."""

from __future__ import annotations

import json
import secrets
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.store import chain
from assistant.store.chain import START, Content, EntryKind, Erased, Link, Recorded, Row, Stored, Verification
from assistant.store.entry import Position, RefusalEntry, TurnEntry
from assistant.store.schema import bring_up_to_date
from assistant.store.sqlite import Database
from assistant.store.tables import CONTENT, LINK, Tables
from explainers.base import Case
from explainers.errors import StoreError

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

PAGE = 100
"""Rows read at a time, so that a slow audit never holds up a writer or an erasure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """Conversations in a database. Safe to share between threads; other processes open their own.

    Every method raises StoreError: E501 where another program writes for longer than the database's patience, E502
    where the disk is full or read-only, E504 where the file is damaged. Reading goes on where only writing fails.
    """

    database: Database
    tables: Tables

    @classmethod
    def open(cls, place: str | Path, *, patience: float = 10.0) -> Store:
        """The store in that file (made where there is none) or behind an `sqlite:///…` URL; `patience` in seconds.

        Raises StoreError E501-E504; E503 where a newer Plainwhy made the file, E504 where the file is something else.
        """
        database = Database.at(place, patience)
        bring_up_to_date(database)
        return cls(database=database, tables=Tables.described())

    def close(self) -> None:
        """Gives the connections back."""
        self.database.close()

    def append(self, entry: TurnEntry) -> Stored:
        """Records a turn: it is on disk when this returns.

        Raises StoreError E505 where that turn of the session is recorded already, ValueError or TypeError where the
        entry is not plain JSON.
        """
        content = _content(entry)
        with self.database.writing() as connection:
            if connection.scalar(self.tables.turns().where(self._at(content))) is not None:
                raise _recorded_already(entry.position)
            return self._put(connection, "turn", content, entry.created)

    def refuse(self, entry: RefusalEntry) -> Stored:
        """Records a question that could not be answered, with what was said instead. It takes no turn's place."""
        content = _refusal_content(entry)
        with self.database.writing() as connection:
            return self._put(connection, "refusal", content, entry.created)

    def add_case(self, domain: str, case: Case) -> None:
        """Records a case given by its values, unless it is there already."""
        content = _case_content(domain, case)
        with self.database.writing() as connection:
            if connection.scalar(self.tables.cases().where(self._at(content))) is None:
                self._put(connection, "case", content, _now())

    def case(self, domain: str, id: str) -> Case | None:  # noqa: A002  # the field's own name
        """A case that was given by its values; None where there is none, or no more."""
        contents = self.tables.contents.c
        query = self.tables.cases().where(contents.domain == _ascii(domain), contents.case_id == _ascii(id))
        with self.database.reading() as connection:
            row = connection.execute(query).first()
        try:
            return None if row is None else Case(id=id, values=json.loads(row.body))
        except ValueError as error:
            raise self.database.damaged(f"entry {row.seq if row else ''}") from error

    def session(self, session: str) -> tuple[Recorded, ...]:
        """Every turn of a session, oldest first, a rewritten answer after its template; none where there is none."""
        contents = self.tables.contents.c
        query = self.tables.turns().where(contents.session == _ascii(session))
        with self.database.reading() as connection:
            rows = connection.execute(query.order_by(contents.turn, contents.revision)).all()
        return tuple(map(self._recorded, rows))

    def turns(self, domain: str | None = None) -> Iterator[Recorded]:
        """Every turn that is not erased, in the order of recording, of one domain or of all."""
        contents = self.tables.contents.c
        query = self.tables.turns().order_by(contents.seq).limit(PAGE)
        if domain is not None:
            query = query.where(contents.domain == _ascii(domain))
        after = 0
        while True:
            with self.database.reading() as connection:
                rows = connection.execute(query.where(contents.seq > after)).all()
            yield from map(self._recorded, rows)
            if len(rows) < PAGE:
                return
            after = rows[-1].seq

    def refusals(self, domain: str | None = None) -> tuple[tuple[Stored, RefusalEntry], ...]:
        """Every refusal that is not erased, in the order of recording, of one domain or of all."""
        contents = self.tables.contents.c
        query = self.tables.refusals().order_by(contents.seq)
        if domain is not None:
            query = query.where(contents.domain == _ascii(domain))
        with self.database.reading() as connection:
            rows = connection.execute(query).all()
        try:
            return tuple((Stored(seq=r.seq, digest=r.digest), RefusalEntry.from_json(r.body)) for r in rows)
        except (ValueError, KeyError, TypeError) as error:
            raise self.database.damaged("a refusal") from error

    def turns_about(self, domain: str, case: str, since: str) -> tuple[Recorded, ...]:
        """Turns about a case recorded at or after a time (ISO 8601, UTC)."""
        contents, entries = self.tables.contents.c, self.tables.entries.c
        query = self.tables.turns().where(
            contents.domain == _ascii(domain), contents.case_id == _ascii(case), entries.created >= since
        )
        with self.database.reading() as connection:
            return tuple(map(self._recorded, connection.execute(query).all()))

    def erase(self, domain: str | None, case: str) -> Erased:
        """Deletes what was said about a case (in one domain, or in all) and records that without naming the case.

        Only turns about this case: what a reader typed about it while another case was explained is not found.
        """
        contents = self.tables.contents
        about = contents.c.case_id == _ascii(case)
        if domain is not None:
            about &= contents.c.domain == _ascii(domain)
        with self.database.writing() as connection:
            entries = tuple(
                sorted(connection.scalars(contents.select().with_only_columns(contents.c.seq).where(about)))
            )
            if entries:
                connection.execute(contents.delete().where(about))
                last = self._last(connection)
                link = Link(
                    seq=last.seq + 1,
                    kind="erasure",
                    previous=last.digest,
                    created=_now(),
                    erased=json.dumps(entries),
                )
                self._add(connection, link)
        return Erased(entries=entries, wiped=self.database.wipe())

    def verify(self, receipts: Iterable[Stored] = ()) -> Verification:
        """Recomputes the whole chain and looks for the receipts given; `chain` says what only they can show."""
        with self.database.reading() as connection:
            emptied = frozenset[int]().union(
                *(_row(r).link.emptied for r in connection.execute(self.tables.erasures()))
            )
            orphans = frozenset(connection.scalars(self.tables.orphans()))
            rows = connection.execution_options(yield_per=PAGE).execute(self.tables.chain())
            found = chain.verify(map(_row, rows), emptied, {r.seq: r.digest for r in receipts})
        return found.with_broken(orphans)

    def keep(self, name: str, kind: str, body: bytes) -> None:
        """Keeps what turns name by its hash, such as words, unless it is kept already. It is never deleted."""
        if self.kept(name) is not None:
            return
        kept = self.tables.kept
        with self.database.writing() as connection:
            if connection.execute(kept.select().where(kept.c.hash == name)).first() is None:
                connection.execute(kept.insert(), {"hash": name, "kind": kind, "body": zlib.compress(body)})

    def kept(self, name: str) -> bytes | None:
        """What is kept under a hash, None where nothing is; who made the hash can check it again."""
        kept = self.tables.kept.c
        with self.database.reading() as connection:
            row = connection.execute(self.tables.kept.select().where(kept.hash == name)).first()
        try:
            return None if row is None else zlib.decompress(row.body)
        except zlib.error as error:
            raise self.database.damaged(f"what is kept as {name}") from error

    def _at(self, content: Content) -> ColumnElement[bool]:
        c = self.tables.contents.c
        return (c.session == content.session) & (c.turn == content.turn) & (c.revision == content.revision)

    def _last(self, connection: Connection) -> Stored:
        row = connection.execute(self.tables.head()).first()
        return START if row is None else Stored(seq=row.seq, digest=row.digest)

    def _put(self, connection: Connection, kind: EntryKind, content: Content, created: str) -> Stored:
        last = self._last(connection)
        link = Link(seq=last.seq + 1, kind=kind, previous=last.digest, created=created, content=content.digest)
        stored = self._add(connection, link)
        connection.execute(self.tables.contents.insert(), {"seq": stored.seq, **asdict(content)})
        return stored

    def _add(self, connection: Connection, link: Link) -> Stored:
        stored = Stored(seq=link.seq, digest=link.digest)
        connection.execute(self.tables.entries.insert(), {**asdict(link), "digest": stored.digest})
        return stored

    def _recorded(self, row: Any) -> Recorded:
        try:
            return Recorded(stored=Stored(seq=row.seq, digest=row.digest), entry=TurnEntry.from_json(row.body))
        except (ValueError, KeyError, TypeError) as error:
            raise self.database.damaged(f"entry {row.seq}") from error


def _content(entry: TurnEntry) -> Content:
    return Content(
        salt=secrets.token_hex(16),
        session=_ascii(entry.position.session),
        turn=entry.position.turn,
        revision=entry.position.revision,
        domain=_ascii(entry.about.domain),
        case_id=_ascii(entry.about.case),
        body=entry.to_json(),
    )


def _refusal_content(entry: RefusalEntry) -> Content:
    """It stands beside its session, so that the next turn is numbered as if nobody had asked."""
    return Content(
        salt=secrets.token_hex(16),
        session=_ascii(f"refusal {secrets.token_hex(8)} in {entry.session}"),
        turn=0,
        revision=0,
        domain=_ascii(entry.domain),
        case_id=_ascii(entry.case),
        body=entry.to_json(),
    )


def _case_content(domain: str, case: Case) -> Content:
    """A case stands where no session does: its name is made of the domain's and its own."""
    return Content(
        salt=secrets.token_hex(16),
        session=_ascii(f"case {case.id} of {domain}"),
        turn=0,
        revision=0,
        domain=_ascii(domain),
        case_id=_ascii(case.id),
        body=json.dumps(dict(case.values), allow_nan=False, separators=(",", ":")),
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _row(row: Any) -> Row:
    values = tuple(row)
    link, digest, content = values[: len(LINK)], values[len(LINK)], values[len(LINK) + 1 :]
    return Row(
        link=Link(**dict(zip(LINK, link, strict=True))),
        digest=digest,
        content=None if content[0] is None else Content(**dict(zip(CONTENT, content, strict=True))),
    )


def _recorded_already(position: Position) -> StoreError:
    return StoreError(
        "E505",
        f"Turn {position.turn} of this conversation is recorded already.",
        where=position.session,
        hint="It went on in another place: open the conversation again and ask once more.",
    )


def _ascii(text: str) -> str:
    # As JSON writes it: half a surrogate pair or a NUL, which databases refuse, can come in by the command line.
    return json.dumps(text)[1:-1]
