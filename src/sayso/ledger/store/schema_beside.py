"""The tables beside the chain: what a desk keeps, and a team's own lists."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, LargeBinary, Table, Text

from sayso.ledger.store.schema_base import Sorted, metadata, number

# Beside the chain: feeds, saved views, webhooks (`kept.py`), each a JSON object under its id.
kept = Table(
    "kept",
    metadata,
    Column("kind", Sorted, primary_key=True),
    Column("id", Sorted, primary_key=True),
    Column("value", Text, nullable=False),
    number("at"),
)

# Items of feeds that were looked at, as hashes with the feed's own salt.
seen = Table(
    "seen",
    metadata,
    Column("feed", Sorted, primary_key=True),
    Column("item", LargeBinary, primary_key=True),
    number("at"),
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
    number("at"),
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
