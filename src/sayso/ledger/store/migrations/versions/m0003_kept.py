"""What the desk keeps beside the chain: feeds, saved views, webhooks; and which items were seen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SORTED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Two new tables."""
    op.create_table(
        "kept",
        sa.Column("kind", SORTED, nullable=False),
        sa.Column("id", SORTED, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("at", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("kind", "id"),
    )
    op.create_table(
        "seen",
        sa.Column("feed", SORTED, nullable=False),
        sa.Column("item", sa.LargeBinary(), nullable=False),
        sa.Column("at", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("feed", "item"),
    )
    if op.get_context().dialect.name == "postgresql":
        for table, column in (("kept", "value"), ("kept", "id"), ("seen", "item")):
            op.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" SET STATISTICS 0')
