"""What turns name by its hash, such as the words of the day."""

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Makes `kept`."""
    import sqlalchemy as sa
    from alembic import op

    op.create_table(
        "kept",
        sa.Column("hash", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
