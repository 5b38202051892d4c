"""The first ledger: the chain, what it commits to, and the projections."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SORTED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


# Columns with somebody's words, or hashes of them. PostgreSQL's statistics would keep samples of
# them in pg_statistic, where no erasure reaches: it is told to take none.
NO_SAMPLES = {
    "payload": "salt content",
    "maker": "name version",
    "report": "content_id name title publisher credit byline url published",
    "claim": "claim_id content view",
    "claim_words": "words",
    "facet": "term",
    "figure": "figure_id words of low best high",
    "source": "key name country actor_kind",
    "judgement": "target view",
    "mask": "name",
    "link": "member view",
    "posting": "key item",
}


def upgrade() -> None:
    """All tables."""
    _tables()
    _words()
    if op.get_context().dialect.name == "postgresql":
        for table, columns in NO_SAMPLES.items():
            for column in columns.split():
                op.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" SET STATISTICS 0')


def _words() -> None:
    if op.get_context().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE claim_words USING fts5(words, content='', tokenize='unicode61')"
        )
        return
    op.create_table(
        "claim_words",
        sa.Column("row", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("words", TSVECTOR, nullable=False),
    )
    op.create_index("claim_words_gin", "claim_words", ["words"], postgresql_using="gin")


def _tables() -> None:
    op.create_table(
        "batch",
        sa.Column("seq", NUMBER, autoincrement=False, nullable=False),
        sa.Column("at", NUMBER, nullable=False),
        sa.Column("first", NUMBER, nullable=False),
        sa.Column("last", NUMBER, nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("prev", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_table(
        "claim",
        sa.Column("row", NUMBER, autoincrement=False, nullable=False),
        sa.Column("reading", NUMBER, nullable=False),
        sa.Column("n", NUMBER, nullable=False),
        sa.Column("claim_id", SORTED, nullable=False),
        sa.Column("report", NUMBER, nullable=False),
        sa.Column("since", NUMBER, nullable=False),
        sa.Column("until", NUMBER, nullable=True),
        sa.Column("public_at", NUMBER, nullable=False),
        sa.Column("certainty", sa.Text(), nullable=False),
        sa.Column("polarity", sa.Text(), nullable=False),
        sa.Column("starts", SORTED, nullable=True),
        sa.Column("ends", SORTED, nullable=True),
        sa.Column("long", sa.Boolean(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("view", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("row"),
    )
    op.create_index("claim_reading", "claim", ["reading", "n"], unique=False)
    op.create_index("claim_since", "claim", ["since", "row"], unique=False)
    op.create_index("claim_when", "claim", ["long", "ends", "starts"], unique=False)
    op.create_table(
        "entry",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("batch", NUMBER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("maker", NUMBER, nullable=False),
        sa.Column("at", NUMBER, nullable=False),
        sa.Column("about", NUMBER, nullable=True),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("entry_about", "entry", ["about", "kind"], unique=False)
    op.create_index("entry_kind", "entry", ["kind", "id"], unique=False)
    op.create_table(
        "facet",
        sa.Column("term", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("row", NUMBER, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("term", "row"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "figure",
        sa.Column("row", NUMBER, autoincrement=False, nullable=False),
        sa.Column("n", NUMBER, autoincrement=False, nullable=False),
        sa.Column("figure_id", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("best", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("bound", sa.Text(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("of", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("row", "n"),
    )
    op.create_table(
        "head",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("ledger", sa.Text(), nullable=False),
        sa.Column("batch", NUMBER, nullable=False),
        sa.Column("entry", NUMBER, nullable=False),
        sa.Column("row", NUMBER, nullable=False),
        sa.Column("at", NUMBER, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "judgement",
        sa.Column("entry", NUMBER, autoincrement=False, nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("target", SORTED, nullable=False),
        sa.Column("view", sa.Text(), nullable=False),
        sa.Column("since", NUMBER, nullable=False),
        sa.Column("until", NUMBER, nullable=True),
        sa.PrimaryKeyConstraint("entry"),
    )
    op.create_index("judgement_target", "judgement", ["target", "entry"], unique=False)
    op.create_table(
        "link",
        sa.Column("entry", NUMBER, autoincrement=False, nullable=False),
        sa.Column("n", NUMBER, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("grp", SORTED, nullable=False),
        sa.Column("member", SORTED, nullable=False),
        sa.Column("view", sa.Text(), nullable=False),
        sa.Column("since", NUMBER, nullable=False),
        sa.Column("until", NUMBER, nullable=True),
        sa.PrimaryKeyConstraint("entry", "n"),
    )
    op.create_index("link_grp", "link", ["kind", "grp"], unique=False)
    op.create_index("link_member", "link", ["member", "kind"], unique=False)
    op.create_table(
        "maker",
        sa.Column("entry", NUMBER, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("entry"),
    )
    op.create_table(
        "mask",
        sa.Column("entry", NUMBER, autoincrement=False, nullable=False),
        sa.Column("report", NUMBER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("until", NUMBER, nullable=True),
        sa.PrimaryKeyConstraint("entry"),
    )
    op.create_index("mask_report", "mask", ["report"], unique=False)
    op.create_table(
        "payload",
        sa.Column("entry", NUMBER, autoincrement=False, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("entry"),
    )
    op.create_table(
        "posting",
        sa.Column("list", SORTED, nullable=False),
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("item", SORTED, nullable=False),
        sa.PrimaryKeyConstraint("list", "key", "item"),
        sqlite_with_rowid=False,
    )
    op.create_index("posting_item", "posting", ["item"], unique=False)
    op.create_table(
        "reading",
        sa.Column("entry", NUMBER, autoincrement=False, nullable=False),
        sa.Column("report", NUMBER, nullable=False),
        sa.Column("maker", NUMBER, nullable=False),
        sa.Column("since", NUMBER, nullable=False),
        sa.Column("until", NUMBER, nullable=True),
        sa.PrimaryKeyConstraint("entry"),
    )
    op.create_index("reading_report", "reading", ["report", "entry"], unique=False)
    op.create_table(
        "report",
        sa.Column("entry", NUMBER, autoincrement=False, nullable=False),
        sa.Column("content_id", SORTED, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("credit", sa.Text(), nullable=True),
        sa.Column("byline", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("previous", NUMBER, nullable=True),
        sa.Column("public_at", NUMBER, nullable=False),
        sa.Column("since", NUMBER, nullable=False),
        sa.Column("until", NUMBER, nullable=True),
        sa.PrimaryKeyConstraint("entry"),
    )
    op.create_index("report_content_id", "report", ["content_id"], unique=True)
    op.create_index("report_url", "report", ["url", "version"], unique=False)
    op.create_table(
        "source",
        sa.Column("reading", NUMBER, autoincrement=False, nullable=False),
        sa.Column("n", NUMBER, autoincrement=False, nullable=False),
        sa.Column("key", SORTED, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("actor_kind", sa.Text(), nullable=True),
        sa.Column("claims", NUMBER, nullable=False),
        sa.Column("since", NUMBER, nullable=False),
        sa.Column("until", NUMBER, nullable=True),
        sa.PrimaryKeyConstraint("reading", "n"),
    )
    op.create_index("source_key", "source", ["key", "reading", "n"], unique=False)
