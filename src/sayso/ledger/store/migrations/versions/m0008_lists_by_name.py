"""A team's lists looked up by name, its coded rows by the incident that they name."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from sayso.ledger.layout.looked_up import names_of

revision = "0008"
down_revision = "0007"

SORTED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
WORDS = (("listed", "incident"), ("listed_name", "name"), ("listed_name", "id"))
MOVED = sa.text("moved_to IS NOT NULL")


def upgrade() -> None:
    """A column, a table and three indexes; what is held is entered, and the planner keeps none."""
    op.add_column("listed", sa.Column("incident", SORTED))
    op.create_table(
        "listed_name",
        sa.Column("kind", SORTED, nullable=False),
        sa.Column("name", SORTED, nullable=False),
        sa.Column("id", SORTED, nullable=False),
        sa.PrimaryKeyConstraint("kind", "name", "id"),
    )
    _enter(op.get_bind())
    op.create_index("listed_incident", "listed", ["incident"])
    op.create_index("listed_name_id", "listed_name", ["kind", "id"])
    op.create_index(
        "incident_line_moved", "incident_line", ["moved_to"],
        sqlite_where=MOVED, postgresql_where=MOVED,
    )  # fmt: skip
    if op.get_context().dialect.name == "postgresql":
        for table, column in WORDS:
            op.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" SET STATISTICS 0')


def _enter(conn: sa.Connection) -> None:
    """The names of the rows that are held, and the incidents that they name."""
    c = sa.column
    listed = sa.table("listed", c("kind"), c("id"), c("value"), c("incident"))
    names = sa.table("listed_name", c("kind"), c("name"), c("id"))
    for kind, id_, code in list(
        conn.execute(sa.select(listed.c.kind, listed.c.id, listed.c.value))
    ):
        value = json.loads(code)
        if value.get("incident"):
            own = (listed.c.kind == kind) & (listed.c.id == id_)
            conn.execute(listed.update().where(own).values(incident=str(value["incident"])[:200]))
        called = [{"kind": kind, "name": name, "id": id_} for name in names_of(kind, value)]
        if called:
            conn.execute(names.insert(), called)
