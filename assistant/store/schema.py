"""The layout of the database, brought up to date by small migrations when it is opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.store.sqlite import Database
from explainers.errors import StoreError

if TYPE_CHECKING:
    from sqlalchemy import Connection

REVISIONS = ("0001", "0002", "0003")
"""Every migration in `migrations/versions`, oldest first."""
MIGRATIONS = Path(__file__).parent / "migrations"


def bring_up_to_date(database: Database) -> None:
    """Makes the tables of a new database, or what an older one lacks.

    Raises StoreError E503 where the layout is newer than this program, E504 where the tables are not ours.
    """
    with database.reading() as connection:
        found = _revision(connection, database.place)
    if found == REVISIONS[-1]:
        return
    if found is not None and found not in REVISIONS:
        raise StoreError(
            "E503",
            f"These conversations were recorded by a newer Plainwhy (layout {found}; this one knows {REVISIONS[-1]}).",
            where=database.place,
            hint="Update Plainwhy, or name another file.",
        )
    with database.writing() as connection:
        _upgrade(connection)


def _revision(connection: Connection, place: str) -> str | None:
    """The revision of the layout, None for an empty database."""
    from sqlalchemy import inspect, text

    names = set(inspect(connection).get_table_names())
    if not names:
        return None
    found = connection.scalar(text("SELECT version_num FROM alembic_version")) if "alembic_version" in names else None
    if found is None or not {"entries", "contents"} <= names:
        raise StoreError(
            "E504",
            "This database holds something else, not conversations of Plainwhy.",
            where=place,
            hint="Nothing in it was changed. Name another file.",
        )
    return str(found)


def _upgrade(connection: Connection) -> None:
    # Alembic takes longer to import than an answer to compute, so it is only met when there is something to do.
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    migrations = ScriptDirectory(str(MIGRATIONS))
    context = MigrationContext.configure(connection)
    missing = migrations.iterate_revisions("head", context.get_current_revision() or "base")
    with Operations.context(context):
        for migration in reversed(tuple(missing)):
            migration.module.upgrade()
    context.stamp(migrations, "head")
