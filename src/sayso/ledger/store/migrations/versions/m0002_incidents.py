"""Incidents: mentions, members and lines; what linking keeps to find candidates by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SORTED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

# as in the first step: columns with somebody's words, of which no sample may be kept
NO_SAMPLES = {
    "mention": "view packed",
    "incident_line": "view",
    "frequency": "counts",
    "posting": "key",
}


def upgrade() -> None:
    """New tables; all readings that hold are to be linked."""
    _incidents()
    _linking()
    op.create_index("judgement_action", "judgement", ["action", "entry"])
    op.execute("INSERT INTO pending (reading) SELECT entry FROM reading WHERE until IS NULL")
    if op.get_context().dialect.name == "postgresql":
        for table, columns in NO_SAMPLES.items():
            for column in columns.split():
                op.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" SET STATISTICS 0')


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, NUMBER, autoincrement=False, nullable=null)


def _incidents() -> None:
    op.create_table(
        "mention",
        _number("entry"),
        _number("reading"),
        _number("n"),
        _number("report"),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.Column("view", sa.Text(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=True),
        _number("since"),
        _number("until", null=True),
        sa.PrimaryKeyConstraint("entry"),
    )
    op.create_index("mention_reading", "mention", ["reading", "n"])
    op.create_table(
        "incident",
        _number("num"),
        sa.Column("id", SORTED, nullable=False),
        _number("since"),
        sa.PrimaryKeyConstraint("num"),
    )
    op.create_index("incident_id", "incident", ["id"], unique=True)
    op.create_table(
        "member",
        _number("entry"),
        _number("reading"),
        _number("n"),
        _number("incident"),
        sa.Column("judged", sa.Boolean(), nullable=False),
        _number("since"),
        _number("until", null=True),
        sa.PrimaryKeyConstraint("entry", "reading", "n"),
    )
    op.create_index("member_incident", "member", ["incident", "since"])
    op.create_index("member_reading", "member", ["reading", "n"])
    op.create_table(
        "incident_line",
        _number("entry"),
        _number("incident"),
        _number("moved_to", null=True),
        sa.Column("view", sa.Text(), nullable=False),
        _number("since"),
        _number("until", null=True),
        sa.PrimaryKeyConstraint("entry"),
    )
    op.create_index("incident_line_incident", "incident_line", ["incident", "since"])
    now = sa.text("until IS NULL")
    op.create_index(
        "incident_line_now", "incident_line", ["entry"], sqlite_where=now, postgresql_where=now
    )


def _linking() -> None:
    op.create_table(
        "export", _number("entry"), _number("report"), sa.PrimaryKeyConstraint("entry", "report")
    )
    op.create_index("export_report", "export", ["report"])
    op.create_table("pending", _number("reading"), sa.PrimaryKeyConstraint("reading"))
    op.create_table(
        "frequency",
        _number("seq"),
        sa.Column("whole", sa.Boolean(), nullable=False),
        _number("mentions"),
        sa.Column("counts", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.drop_table("posting")  # nothing was ever entered there
    op.create_table(
        "posting",
        _number("list"),
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        _number("item"),
        sa.PrimaryKeyConstraint("list", "key", "item"),
        sqlite_with_rowid=False,
    )
    op.create_index("posting_item", "posting", ["item"])
