"""The database itself refuses to change an entry, to delete one, or to edit a content."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Makes the triggers (SQLite; another database wants its own wording, or a role without these rights)."""
    from alembic import op

    if op.get_bind().dialect.name != "sqlite":
        return
    for action, table in (("UPDATE", "entries"), ("DELETE", "entries"), ("UPDATE", "contents")):
        op.execute(
            f"CREATE TRIGGER no_{action.lower()}_of_{table} BEFORE {action} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'recorded turns are never changed'); END"
        )
