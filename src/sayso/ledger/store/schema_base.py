"""What the tables are made of: their registry, and the columns that recur."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, MetaData, Text

# INTEGER, so that SQLite makes the key its rowid
Number = BigInteger().with_variant(Integer, "sqlite")
# "C": both stores sort by code point, whatever a server's locale
Sorted = Text().with_variant(Text(collation="C"), "postgresql")

metadata = MetaData()


def key(name: str) -> Column[int]:
    """A number that is the primary key."""
    # quoted: PostgreSQL takes a bare "row" for a constructor
    return Column(name, Number, primary_key=True, autoincrement=False, quote=name == "row" or None)


def number(name: str, *, null: bool = False) -> Column[int]:
    """A column of numbers."""
    return Column(name, Number, nullable=null)
