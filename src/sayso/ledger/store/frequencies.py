"""How common words are in this ledger: counts by a 32-bit hash of the word, learnt by the batch.

One row holds all up to a moment, those after it what was learnt since; when these have grown to a
quarter of it, one is made of all. So neither opening a ledger nor adding to it costs its size. An
erasure takes all rows out: they are made anew from what is left (`sayso.incidents`).
"""

from __future__ import annotations

import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, func, select

from sayso.ledger.store import schema
from sayso.ledger.store.engines import insert_rows

LEAST = 20_000  # words: smaller ledgers make one row of all less often than their size asks


class WordCounts:
    """The counts as this process knows them; `refresh` in each transaction, then `learn`."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Know nothing: a transaction broke, or the rows were taken out."""
        self.counts: dict[int, int] = {}
        self.mentions = 0
        self._seq = 0  # the last row that is in the counts
        self._whole = 0  # words in the last row of all
        self._since = 0  # words in the rows after it

    def refresh(self, conn: Connection) -> None:
        """Take in what was learnt since, by others too."""
        table = schema.frequency
        last = conn.scalar(select(func.max(table.c.seq))) or 0
        if last == self._seq:
            return
        rows = list(
            conn.execute(select(table).where(table.c.seq > self._seq).order_by(table.c.seq))
        )
        if last < self._seq or any(r.whole for r in rows):
            self.forget()
            rows = list(conn.execute(select(table).order_by(table.c.seq)))
        for row in rows:
            self._take(_unpack(row.counts), row.mentions, whole=row.whole)
            self._seq = row.seq

    def _take(self, counts: Mapping[int, int], mentions: int, *, whole: bool) -> None:
        held = self.counts
        if whole:
            held.clear()
            held.update(counts)
            self.mentions, self._whole, self._since = mentions, len(counts), 0
            return
        for word, count in counts.items():
            held[word] = held.get(word, 0) + count
        self.mentions += mentions
        self._since += len(counts)

    def learn(self, conn: Connection, new: Mapping[int, int], mentions: int) -> None:
        """Write what a batch taught; `new` is not yet in the counts."""
        if not mentions:
            return
        self._seq += 1
        self._take(new, mentions, whole=False)
        table = schema.frequency
        if self._since <= max(LEAST, self._whole // 4):
            insert_rows(conn, table, [(self._seq, False, mentions, _pack(new))])
            return
        conn.execute(table.delete())
        insert_rows(conn, table, [(self._seq, True, self.mentions, _pack(self.counts))])
        self._whole, self._since = len(self.counts), 0


def _pack(counts: Mapping[int, int]) -> bytes:
    words = sorted(counts)
    both = array("I", words).tobytes() + array("I", (counts[w] for w in words)).tobytes()
    return zlib.compress(both, 1)


def _unpack(packed: bytes) -> dict[int, int]:
    both = array("I")
    both.frombytes(zlib.decompress(packed))
    half = len(both) // 2
    return dict(zip(both[:half], both[half:], strict=True))


def hashed(words: Iterable[str]) -> Counter[int]:
    """Words as the hashes that they are counted by."""
    return Counter(map(hash_word, words))


def hash_word(word: str) -> int:
    """The hash that a word is counted by."""
    return zlib.crc32(word.encode("utf-8", "replace"))
