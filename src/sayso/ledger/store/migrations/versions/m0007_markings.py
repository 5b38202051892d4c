"""How widely entries may be seen, and the lines of incidents for who may not see all of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """New tables; the planner keeps no samples of their words."""
    op.create_table(
        "shade",
        sa.Column("entry", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("level", NUMBER, nullable=False),
        sa.Column("below", NUMBER, nullable=False),
    )
    op.create_table(
        "twin",
        sa.Column("entry", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("of", NUMBER, nullable=False),
        sa.Column("report", NUMBER),
    )
    op.create_index("twin_of", "twin", ["of", "entry"])
    op.create_index("twin_report", "twin", ["report"])
    op.create_table(
        "line_below",
        sa.Column("entry", NUMBER, primary_key=True, autoincrement=False),
        *(sa.Column(name, NUMBER, nullable=False) for name in ("incident", "level", "below")),
        sa.Column("view", sa.Text(), nullable=False),
        *(sa.Column(name, NUMBER, nullable=False) for name in ("doubt", "cells", "since")),
        sa.Column("until", NUMBER),
    )
    op.create_index("line_below_incident", "line_below", ["incident", "since"])
    if op.get_context().dialect.name == "postgresql":
        op.execute('ALTER TABLE "line_below" ALTER COLUMN "view" SET STATISTICS 0')
