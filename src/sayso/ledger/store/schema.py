"""The tables. One schema for SQLite and PostgreSQL; `migrations/` makes them.

The chain (`head`, `batch`, `entry`) holds no word of anybody: numbers, kinds, instants and salted
commitments. What it commits to lies apart in `payload`, which erasure may remove. All other tables
are *projections*: what payloads say, laid out for questions. They can be made anew at any time,
and `verify` compares them with what the payloads say.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Float,
    Index,
    LargeBinary,
    Table,
    Text,
    TypeDecorator,
    cast,
    text,
)

from sayso.ledger.store.schema_base import Number, Sorted, key, metadata, number
from sayso.ledger.store.schema_beside import kept, listed, listed_name, seen

__all__ = ["Number", "Sorted", "kept", "listed", "listed_name", "metadata", "seen"]

# One row, locked by whoever writes: the last numbers given out and the last link's hash.
head = Table(
    "head",
    metadata,
    key("id"),
    Column("ledger", Text, nullable=False),
    number("batch"),
    number("entry"),
    number("row"),
    number("at"),
    Column("hash", LargeBinary, nullable=False),
)

# One link of the chain a commit.
batch = Table(
    "batch",
    metadata,
    key("seq"),
    number("at"),
    number("first"),
    number("last"),
    Column("root", LargeBinary, nullable=False),
    Column("prev", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)

entry = Table(
    "entry",
    metadata,
    key("id"),
    number("batch"),
    Column("kind", Text, nullable=False),
    number("maker"),
    number("at"),
    number("about", null=True),
    Column("commitment", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Index("entry_about", "about", "kind"),
    Index("entry_kind", "kind", "id"),
)


class _Bytes(TypeDecorator[bytes]):
    """Bytes, also where a hand turned them into text: SQLite would break off at such a row."""

    impl = LargeBinary
    cache_ok = True

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """The column as bytes, whatever stands there."""
        return cast(column, LargeBinary)


payload = Table(
    "payload",
    metadata,
    key("entry"),
    Column("salt", _Bytes, nullable=False),
    Column("content", _Bytes, nullable=False),  # zlib over JSON
)

maker = Table(
    "maker",
    metadata,
    key("entry"),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("version", Text, nullable=False),
)

report = Table(
    "report",
    metadata,
    key("entry"),
    Column("content_id", Sorted, nullable=False),
    Column("name", Text, nullable=False),
    Column("title", Text),
    Column("publisher", Text),
    Column("credit", Text),
    Column("byline", Text),
    Column("url", Text),
    Column("language", Text),
    Column("published", Text),  # JSON of the `when`
    number("version"),
    number("previous", null=True),
    number("public_at"),
    number("since"),
    number("until", null=True),
    Index("report_content_id", "content_id", unique=True),
    Index("report_url", "url", "version"),
)

reading = Table(
    "reading",
    metadata,
    key("entry"),
    number("report"),
    number("maker"),
    number("since"),
    number("until", null=True),
    Index("reading_report", "report", "entry"),
)

claim = Table(
    "claim",
    metadata,
    key("row"),
    number("reading"),
    number("n"),
    Column("claim_id", Sorted, nullable=False),
    number("report"),
    number("since"),
    number("until", null=True),
    number("public_at"),
    Column("certainty", Text, nullable=False),
    Column("polarity", Text, nullable=False),
    Column("starts", Sorted),
    Column("ends", Sorted),
    Column("long", Boolean, nullable=False),
    Column("content", Text, nullable=False),
    Column("view", Text, nullable=False),  # JSON: chain, events, spans
    Index("claim_reading", "reading", "n"),
    Index("claim_since", "since", "row"),
    Index("claim_when", "long", "ends", "starts"),
)

# Who holds a term (`terms.py`): one range of the key is the answer to one filter, newest last.
facet = Table(
    "facet",
    metadata,
    Column("term", BigInteger, primary_key=True, autoincrement=False),
    key("row"),
    sqlite_with_rowid=False,
)

figure = Table(
    "figure",
    metadata,
    key("row"),  # the claim's
    key("n"),
    Column("figure_id", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("low", Float),
    Column("best", Float),
    Column("high", Float),
    Column("bound", Text, nullable=False),
    Column("counts", Text, nullable=False),
    Column("of", Text, nullable=False),
    Column("scope", Text, nullable=False),
)

source = Table(
    "source",
    metadata,
    key("reading"),
    key("n"),
    Column("key", Sorted, nullable=False),  # name, kind and country, folded
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("named", Boolean, nullable=False),
    Column("country", Text),
    Column("actor_kind", Text),
    number("claims"),
    number("since"),
    number("until", null=True),
    Index("source_key", "key", "reading", "n"),
)

# What people decided; `target` is a handle ("c12.3") or, for a grade, a source's key.
judgement = Table(
    "judgement",
    metadata,
    key("entry"),
    Column("action", Text, nullable=False),
    Column("target", Sorted, nullable=False),
    Column("view", Text, nullable=False),  # JSON: field, old, new, grade, reason, by
    number("since"),
    number("until", null=True),
    Index("judgement_target", "target", "entry"),
    Index("judgement_action", "action", "entry"),
)

# Names that a publisher took out of a later version: hidden in the old one until a person decides.
mask = Table(
    "mask",
    metadata,
    key("entry"),
    number("report"),
    Column("name", Text, nullable=False),
    number("until", null=True),
    Index("mask_report", "report"),
)

# What linking said, a row a member: `grp` is a random id, `member` a handle.
link = Table(
    "link",
    metadata,
    key("entry"),
    key("n"),
    Column("kind", Text, nullable=False),
    Column("grp", Sorted, nullable=False),
    Column("member", Sorted, nullable=False),
    Column("view", Text, nullable=False),
    number("since"),
    number("until", null=True),
    Index("link_grp", "kind", "grp"),
    Index("link_member", "member", "kind"),
)

# An incident as one report speaks of it (handle m13.0): what linking compares. `packed` holds the
# words it is compared by; they are linking's own, as postings are.
mention = Table(
    "mention",
    metadata,
    key("entry"),
    number("reading"),
    number("n"),
    number("report"),
    Column("main", Boolean, nullable=False),
    Column("view", Text, nullable=False),  # JSON: claims, type, when, place
    Column("packed", LargeBinary),
    number("since"),
    number("until", null=True),
    Index("mention_reading", "reading", "n"),
)

# An incident's number and its random id. The number is that of the entry that opened it.
incident = Table(
    "incident",
    metadata,
    key("num"),
    Column("id", Sorted, nullable=False),
    number("since"),
    Index("incident_id", "id", unique=True),
)

# Which mention is of which incident, from when until when, by which decision; `judged` where a
# person decided.
member = Table(
    "member",
    metadata,
    key("entry"),
    key("reading"),
    key("n"),
    number("incident"),
    Column("judged", Boolean, nullable=False),
    number("since"),
    number("until", null=True),
    Index("member_incident", "incident", "since"),
    Index("member_reading", "reading", "n"),
)

# An incident's line as linking last said it: type, time, place, state, figures, origins.
# `moved_to` is the number of the incident that it was joined to, `doubt` where the line stands in
# the queue of what to review, `cells` a hash of what its row says (`doubt.py`).
incident_line = Table(
    "incident_line",
    metadata,
    key("entry"),
    number("incident"),
    number("moved_to", null=True),
    Column("view", Text, nullable=False),
    Column("doubt", Number, nullable=False, server_default="0"),
    Column("cells", Number, nullable=False, server_default="0"),
    number("since"),
    number("until", null=True),
    Index("incident_line_incident", "incident", "since"),
    Index(
        "incident_line_moved",
        "moved_to",
        sqlite_where=text("moved_to IS NOT NULL"),
        postgresql_where=text("moved_to IS NOT NULL"),
    ),
    Index(
        "incident_line_doubt",
        "doubt",
        "entry",
        sqlite_where=text("until IS NULL AND moved_to IS NULL"),
        postgresql_where=text("until IS NULL AND moved_to IS NULL"),
    ),
    Index(
        "incident_line_now",
        "entry",
        sqlite_where=text("until IS NULL"),
        postgresql_where=text("until IS NULL"),
    ),
)

# The same for who may not see all of an incident's reports: the line of what a clearance from
# `level` to less than `below` may see.
line_below = Table(
    "line_below",
    metadata,
    key("entry"),
    number("incident"),
    number("level"),
    number("below"),
    Column("view", Text, nullable=False),
    Column("doubt", Number, nullable=False),
    Column("cells", Number, nullable=False),
    number("since"),
    number("until", null=True),
    Index("line_below_incident", "incident", "since"),
)

# Who may see an entry: a clearance of TLP 2.0 from `level` to less than `below`, 0 (clear) to 4
# (red). What all may see is not listed.
shade = Table("shade", metadata, key("entry"), number("level"), number("below"))

# Reports and what is shown in their place to whoever may not see a protected name in them: the last
# of a report holds. `report` is none where nothing need be shown any more.
twin = Table(
    "twin",
    metadata,
    key("entry"),
    number("of"),
    number("report", null=True),
    Index("twin_of", "of", "entry"),
    Index("twin_report", "report"),
)

# Which reports a file that left the ledger told of.
export = Table(
    "export",
    metadata,
    key("entry"),
    key("report"),
    Index("export_report", "report"),
)

# Readings that linking is still to look at, or to look at again.
pending = Table("pending", metadata, key("reading"))

# How common words are, as 32-bit hashes and counts: a snapshot and what was learnt since.
frequency = Table(
    "frequency",
    metadata,
    key("seq"),
    Column("whole", Boolean, nullable=False),
    number("mentions"),
    Column("counts", LargeBinary, nullable=False),
)

# Linking's lists of who holds a key (`sayso.record.links.Postings`); list and item are numbers.
posting = Table(
    "posting",
    metadata,
    Column("list", Number, primary_key=True, autoincrement=False),
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("item", Number, primary_key=True, autoincrement=False),
    Index("posting_item", "item"),
    sqlite_with_rowid=False,
)
