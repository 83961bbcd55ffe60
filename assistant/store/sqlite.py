"""All that is particular to SQLite: how a file is opened, written to, wiped, and what its errors mean."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from explainers.errors import StoreError

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine
    from sqlalchemy.exc import DBAPIError

EVERY_CONNECTION = ("PRAGMA synchronous = FULL", "PRAGMA secure_delete = ON", "PRAGMA foreign_keys = ON")
BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
REFUSED = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "it is read-only",
    sqlite3.SQLITE_PERM: "it is read-only",
    sqlite3.SQLITE_CANTOPEN: "the file or its folder cannot be opened",
    sqlite3.SQLITE_IOERR: "the disk refused",
}
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """One SQLite file. Its errors are StoreError E501, E502 and E504; any other is a bug and passes.

    `patience`: seconds to wait for another writer.
    """

    engine: Engine
    place: str
    patience: float

    @classmethod
    def at(cls, place: str | Path, patience: float) -> Database:
        """The database in that file, made empty where there is none; E502 where that is refused, E504 for no file."""
        from sqlalchemy import create_engine, event

        url = _address(place)
        if not url.query.get("uri"):
            _make_file(Path(str(url.database)))
        # As many connections as there are threads: waiting in the pool would be a second, untold patience.
        engine = create_engine(url, connect_args={"timeout": patience}, max_overflow=-1)
        event.listen(engine, "do_connect", _connect)
        event.listen(engine, "begin", _begin)
        return cls(engine=engine, place=str(url.database), patience=patience)

    def close(self) -> None:
        """Closes every connection; the last one of all programs empties the write-ahead log."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the database and never waits for a writer."""
        with self._in_words(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The only writer; committed when the block ends, undone where it raises."""
        with self._in_words(), self.engine.execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
            yield connection

    def wipe(self) -> bool:
        """Writes the file anew, so that nothing deleted is left in it or beside it; False where others prevent that.

        `secure_delete` alone is not enough: a rebalanced page keeps bytes of rows that moved on. About 12 s a GB.
        """
        try:
            with self._in_words(), self.engine.execution_options(begin="").connect() as connection:
                connection.exec_driver_sql("VACUUM")
                (busy, _, _) = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        except StoreError:
            return False
        return not busy

    def damaged(self, what: str) -> StoreError:
        """E504 for a part of the file."""
        return StoreError(
            "E504",
            f"The recorded conversations are damaged: {what}.",
            where=self.place,
            hint="Put a backup in its place, or name another file.",
        )

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        from sqlalchemy.exc import DBAPIError

        try:
            yield
        except DBAPIError as error:
            raise self._worded(error) from error

    def _worded(self, error: DBAPIError) -> Exception:
        code = getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code in BUSY:
            return StoreError(
                "E501",
                f"Another program has kept the recorded conversations locked for {self.patience:g} seconds.",
                where=self.place,
                hint="Nothing was written. Try again in a moment; earlier conversations can still be read.",
            )
        if code in REFUSED:
            return _refused(self.place, REFUSED[code])
        return self.damaged(str(error.orig)) if code in DAMAGED else error


def _address(place: str | Path) -> URL:
    from sqlalchemy import URL, make_url
    from sqlalchemy.exc import ArgumentError

    if isinstance(place, Path) or "://" not in place:
        return URL.create("sqlite", database=str(Path(place).expanduser().absolute()))
    try:
        url = make_url(place)
    except (ArgumentError, ValueError) as error:
        raise _no_file(place) from error
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        raise _no_file(url.render_as_string(hide_password=True))
    return url


def _no_file(place: str) -> StoreError:
    return StoreError(
        "E504",
        "Conversations are kept in an SQLite file, and this is none.",
        where=place,
        hint="Name a file, or sqlite:///FILE.",
    )


def _make_file(file: Path) -> None:
    if file.is_dir():
        raise _no_file(str(file))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            file.touch(mode=0o600)  # SQLite gives the files beside it the same permissions
    except OSError as error:
        raise _refused(str(file), error.strerror or str(error)) from error


def _refused(place: str, why: str) -> StoreError:
    return StoreError(
        "E502",
        f"The conversation cannot be recorded: {why}.",
        where=place,
        hint="Make room or give permission, and ask again; earlier conversations can still be read.",
    )


def _connect(_dialect: Any, _record: Any, arguments: list[Any], options: dict[str, Any]) -> sqlite3.Connection:
    try:
        return _prepared(sqlite3.connect(*arguments, **options))
    except sqlite3.OperationalError as error:
        if _nothing_pending(arguments[0]) and (error.sqlite_errorcode & 0xFF) in REFUSED:
            return _prepared(sqlite3.connect(_unchanging(arguments[0]), **{**options, "uri": True}))
        raise


def _prepared(connection: sqlite3.Connection) -> sqlite3.Connection:
    """A connection that leaves transactions to us and keeps what it was told."""
    try:
        connection.isolation_level = None
        for pragma in EVERY_CONNECTION:
            connection.execute(pragma)
        if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            connection.execute("PRAGMA journal_mode = WAL")
    except BaseException:
        connection.close()
        raise
    return connection


def _nothing_pending(file: str) -> bool:
    log = Path(f"{file}-wal")
    return Path(file).exists() and (not log.exists() or log.stat().st_size == 0)


def _unchanging(file: str) -> str:
    # Reading in WAL mode wants a file beside the database; on a full or read-only disk only this still reads.
    return f"file:{quote(file)}?mode=ro&immutable=1"


def _begin(connection: Connection) -> None:
    # A transaction that reads first and writes later is refused when another wrote in between; IMMEDIATE waits instead.
    begin = connection.get_execution_options().get("begin", "BEGIN")
    if begin:
        connection.exec_driver_sql(begin)
