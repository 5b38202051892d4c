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
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    cast,
    text,
)

# INTEGER, so that SQLite makes the key its rowid
Number = BigInteger().with_variant(Integer, "sqlite")
# "C": both stores sort by code point, whatever a server's locale
Sorted = Text().with_variant(Text(collation="C"), "postgresql")

metadata = MetaData()


def _key(name: str) -> Column[int]:
    # quoted: PostgreSQL takes a bare "row" for a constructor
    return Column(name, Number, primary_key=True, autoincrement=False, quote=name == "row" or None)


def _number(name: str, *, null: bool = False) -> Column[int]:
    return Column(name, Number, nullable=null)


# One row, locked by whoever writes: the last numbers given out and the last link's hash.
head = Table(
    "head",
    metadata,
    _key("id"),
    Column("ledger", Text, nullable=False),
    _number("batch"),
    _number("entry"),
    _number("row"),
    _number("at"),
    Column("hash", LargeBinary, nullable=False),
)

# One link of the chain a commit.
batch = Table(
    "batch",
    metadata,
    _key("seq"),
    _number("at"),
    _number("first"),
    _number("last"),
    Column("root", LargeBinary, nullable=False),
    Column("prev", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)

entry = Table(
    "entry",
    metadata,
    _key("id"),
    _number("batch"),
    Column("kind", Text, nullable=False),
    _number("maker"),
    _number("at"),
    _number("about", null=True),
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
    _key("entry"),
    Column("salt", _Bytes, nullable=False),
    Column("content", _Bytes, nullable=False),  # zlib over JSON
)

maker = Table(
    "maker",
    metadata,
    _key("entry"),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("version", Text, nullable=False),
)

report = Table(
    "report",
    metadata,
    _key("entry"),
    Column("content_id", Sorted, nullable=False),
    Column("name", Text, nullable=False),
    Column("title", Text),
    Column("publisher", Text),
    Column("credit", Text),
    Column("byline", Text),
    Column("url", Text),
    Column("language", Text),
    Column("published", Text),  # JSON of the `when`
    _number("version"),
    _number("previous", null=True),
    _number("public_at"),
    _number("since"),
    _number("until", null=True),
    Index("report_content_id", "content_id", unique=True),
    Index("report_url", "url", "version"),
)

reading = Table(
    "reading",
    metadata,
    _key("entry"),
    _number("report"),
    _number("maker"),
    _number("since"),
    _number("until", null=True),
    Index("reading_report", "report", "entry"),
)

claim = Table(
    "claim",
    metadata,
    _key("row"),
    _number("reading"),
    _number("n"),
    Column("claim_id", Sorted, nullable=False),
    _number("report"),
    _number("since"),
    _number("until", null=True),
    _number("public_at"),
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
    _key("row"),
    sqlite_with_rowid=False,
)

figure = Table(
    "figure",
    metadata,
    _key("row"),  # the claim's
    _key("n"),
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
    _key("reading"),
    _key("n"),
    Column("key", Sorted, nullable=False),  # name, kind and country, folded
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("named", Boolean, nullable=False),
    Column("country", Text),
    Column("actor_kind", Text),
    _number("claims"),
    _number("since"),
    _number("until", null=True),
    Index("source_key", "key", "reading", "n"),
)

# What people decided; `target` is a handle ("c12.3") or, for a grade, a source's key.
judgement = Table(
    "judgement",
    metadata,
    _key("entry"),
    Column("action", Text, nullable=False),
    Column("target", Sorted, nullable=False),
    Column("view", Text, nullable=False),  # JSON: field, old, new, grade, reason, by
    _number("since"),
    _number("until", null=True),
    Index("judgement_target", "target", "entry"),
    Index("judgement_action", "action", "entry"),
)

# Names that a publisher took out of a later version: hidden in the old one until a person decides.
mask = Table(
    "mask",
    metadata,
    _key("entry"),
    _number("report"),
    Column("name", Text, nullable=False),
    _number("until", null=True),
    Index("mask_report", "report"),
)

# What linking said, a row a member: `grp` is a random id, `member` a handle.
link = Table(
    "link",
    metadata,
    _key("entry"),
    _key("n"),
    Column("kind", Text, nullable=False),
    Column("grp", Sorted, nullable=False),
    Column("member", Sorted, nullable=False),
    Column("view", Text, nullable=False),
    _number("since"),
    _number("until", null=True),
    Index("link_grp", "kind", "grp"),
    Index("link_member", "member", "kind"),
)

# An incident as one report speaks of it (handle m13.0): what linking compares. `packed` holds the
# words it is compared by; they are linking's own, as postings are.
mention = Table(
    "mention",
    metadata,
    _key("entry"),
    _number("reading"),
    _number("n"),
    _number("report"),
    Column("main", Boolean, nullable=False),
    Column("view", Text, nullable=False),  # JSON: claims, type, when, place
    Column("packed", LargeBinary),
    _number("since"),
    _number("until", null=True),
    Index("mention_reading", "reading", "n"),
)

# An incident's number and its random id. The number is that of the entry that opened it.
incident = Table(
    "incident",
    metadata,
    _key("num"),
    Column("id", Sorted, nullable=False),
    _number("since"),
    Index("incident_id", "id", unique=True),
)

# Which mention is of which incident, from when until when, by which decision; `judged` where a
# person decided.
member = Table(
    "member",
    metadata,
    _key("entry"),
    _key("reading"),
    _key("n"),
    _number("incident"),
    Column("judged", Boolean, nullable=False),
    _number("since"),
    _number("until", null=True),
    Index("member_incident", "incident", "since"),
    Index("member_reading", "reading", "n"),
)

# An incident's line as linking last said it: type, time, place, state, figures, origins.
# `moved_to` is the number of the incident that it was joined to, `doubt` where the line stands in
# the queue of what to review, `cells` a hash of what its row says (`doubt.py`).
incident_line = Table(
    "incident_line",
    metadata,
    _key("entry"),
    _number("incident"),
    _number("moved_to", null=True),
    Column("view", Text, nullable=False),
    Column("doubt", Number, nullable=False, server_default="0"),
    Column("cells", Number, nullable=False, server_default="0"),
    _number("since"),
    _number("until", null=True),
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
    _key("entry"),
    _number("incident"),
    _number("level"),
    _number("below"),
    Column("view", Text, nullable=False),
    Column("doubt", Number, nullable=False),
    Column("cells", Number, nullable=False),
    _number("since"),
    _number("until", null=True),
    Index("line_below_incident", "incident", "since"),
)

# Who may see an entry: a clearance of TLP 2.0 from `level` to less than `below`, 0 (clear) to 4
# (red). What all may see is not listed.
shade = Table("shade", metadata, _key("entry"), _number("level"), _number("below"))

# Reports and what is shown in their place to whoever may not see a protected name in them: the last
# of a report holds. `report` is none where nothing need be shown any more.
twin = Table(
    "twin",
    metadata,
    _key("entry"),
    _number("of"),
    _number("report", null=True),
    Index("twin_of", "of", "entry"),
    Index("twin_report", "report"),
)

# Which reports a file that left the ledger told of.
export = Table(
    "export",
    metadata,
    _key("entry"),
    _key("report"),
    Index("export_report", "report"),
)

# Readings that linking is still to look at, or to look at again.
pending = Table("pending", metadata, _key("reading"))

# How common words are, as 32-bit hashes and counts: a snapshot and what was learnt since.
frequency = Table(
    "frequency",
    metadata,
    _key("seq"),
    Column("whole", Boolean, nullable=False),
    _number("mentions"),
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

# Beside the chain: feeds, saved views, webhooks (`kept.py`), each a JSON object under its id.
kept = Table(
    "kept",
    metadata,
    Column("kind", Sorted, primary_key=True),
    Column("id", Sorted, primary_key=True),
    Column("value", Text, nullable=False),
    _number("at"),
)

# Items of feeds that were looked at, as hashes with the feed's own salt.
seen = Table(
    "seen",
    metadata,
    Column("feed", Sorted, primary_key=True),
    Column("item", LargeBinary, primary_key=True),
    _number("at"),
)

# Beside the chain: a team's own lists and coded rows (`listed.py`), each a JSON object under its
# id in that list. `starts` and `ends` are the days of a coded row, `long` where they are far apart,
# `incident` the one that it names.
listed = Table(
    "listed",
    metadata,
    Column("kind", Sorted, primary_key=True),
    Column("id", Sorted, primary_key=True),
    Column("value", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("who", Text, nullable=False),
    _number("at"),
    Column("starts", Sorted),
    Column("ends", Sorted),
    Column("long", Boolean, nullable=False),
    Column("incident", Sorted),
    Index("listed_when", "kind", "long", "starts"),
    Index("listed_file", "kind", "file"),
    Index("listed_incident", "incident"),
)

# What rows of lists are looked up by: names as they are compared, a dyad's two sides.
listed_name = Table(
    "listed_name",
    metadata,
    Column("kind", Sorted, primary_key=True),
    Column("name", Sorted, primary_key=True),
    Column("id", Sorted, primary_key=True),
    Index("listed_name_id", "kind", "id"),
)
