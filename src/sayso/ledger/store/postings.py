"""The lists by which linking asks for candidates: who holds a key, found by one index.

Numbers alone, so that a row is small: an item is a report's handle (r12) or a mention's (m13.0),
kept as its entry's number and its own.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from sayso.ledger.layout.answers import parse_handle
from sayso.ledger.store import schema
from sayso.ledger.store.engines import Newest, in_chunks, insert_rows

PARTS = 64  # of one entry: mentions of a reading
MOST = 60  # items of one key that are looked at, the newest


class LedgerPostings:
    """`sayso.record.links.Postings` in a table. Of a key that many hold, the newest are found."""

    def __init__(self, conn: Connection) -> None:
        self.conn = conn

    def post(self, list_: str, item: str, keys: Iterable[int]) -> None:
        """Enter an item under keys; entering it twice changes nothing."""
        wanted, number = set(keys), number_of(item)
        table = schema.posting
        query = select(table.c.key).where(
            table.c.item == number, table.c.list == list_number(list_)
        )
        wanted.difference_update(self.conn.scalars(query))
        insert_rows(self.conn, table, [(list_number(list_), key, number) for key in sorted(wanted)])

    def find(self, list_: str, keys: Iterable[int]) -> Mapping[str, int]:
        """The items that hold any of the keys, with how many of them each holds."""
        newest = Newest(schema.posting, "key", "item", MOST)
        items = newest.orders(self.conn, sorted(set(keys)), list=list_number(list_))
        found = Counter(items)
        return {handle_of(number): count for number, count in found.items()}

    def take_out(self, entry: int) -> None:
        """Remove all that a report, or the mentions of a reading, were posted under."""
        take_out(self.conn, [entry])


def list_number(name: str) -> int:
    """The number that stands for a list."""
    return zlib.crc32(name.encode()) >> 1


def number_of(item: str) -> int:
    """The number under which a report or a mention is posted."""
    entry, part = parse_handle(item, "rm")
    return entry * PARTS + (0 if part is None else part + 1)


def handle_of(number: int) -> str:
    """The handle that a posted number stands for."""
    entry, part = divmod(number, PARTS)
    return f"m{entry}.{part - 1}" if part else f"r{entry}"


def take_out(conn: Connection, entries: Iterable[int]) -> None:
    """Remove all that reports, or the mentions of readings, were posted under."""
    table = schema.posting
    for chunk in in_chunks(entries, 1):
        first = chunk[0] * PARTS
        conn.execute(table.delete().where(table.c.item.between(first, first + PARTS - 1)))
