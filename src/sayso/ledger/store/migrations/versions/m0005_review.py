"""Where each incident's line stands in the queue of what to review, and what its row says."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from sayso.ledger.layout.doubt import cells_of, order_of

revision = "0005"
down_revision = "0004"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STEP = 2_000


def upgrade() -> None:
    """Two columns, worked out of each line, and an index of the lines that hold."""
    for name in ("doubt", "cells"):
        op.add_column("incident_line", sa.Column(name, NUMBER, nullable=False, server_default="0"))
    conn = op.get_bind()
    table = sa.table("incident_line", *(sa.column(c) for c in ("entry", "view", "doubt", "cells")))
    update = table.update().where(table.c.entry == sa.bindparam("of"))
    update = update.values(doubt=sa.bindparam("order"), cells=sa.bindparam("row"))
    last = -1
    query = sa.select(table.c.entry, table.c.view).order_by(table.c.entry).limit(STEP)
    while rows := conn.execute(query.where(table.c.entry > last)).all():
        lines = [(r.entry, json.loads(r.view)) for r in rows]
        conn.execute(
            update, [{"of": e, "order": order_of(v), "row": cells_of(v)} for e, v in lines]
        )
        last = rows[-1].entry
    now = sa.text("until IS NULL AND moved_to IS NULL")
    op.create_index(
        "incident_line_doubt",
        "incident_line",
        ["doubt", "entry"],
        sqlite_where=now,
        postgresql_where=now,
    )
