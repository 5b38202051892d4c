"""A team's own lists and coded rows, by their ids."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SORTED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
WORDS = ("id", "value", "file", "who")


def upgrade() -> None:
    """One new table; the planner keeps no samples of its words."""
    op.create_table(
        "listed",
        sa.Column("kind", SORTED, nullable=False),
        sa.Column("id", SORTED, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", NUMBER, nullable=False),
        sa.Column("starts", SORTED),
        sa.Column("ends", SORTED),
        sa.Column("long", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id"),
    )
    op.create_index("listed_when", "listed", ["kind", "long", "starts"])
    op.create_index("listed_file", "listed", ["kind", "file"])
    if op.get_context().dialect.name == "postgresql":
        for column in WORDS:
            op.execute(f'ALTER TABLE "listed" ALTER COLUMN "{column}" SET STATISTICS 0')
