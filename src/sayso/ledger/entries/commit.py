"""One link of the chain in the making: entries and their payloads, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from sayso.ledger.seeing.shade import shade_link
from sayso.ledger.store import chain, schema
from sayso.ledger.store.engines import among, in_chunks, insert_rows, lock_head


@dataclass(frozen=True, slots=True)
class Payload:
    """A content ready to be entered: salt, stored bytes, commitment."""

    salt: bytes
    packed: bytes
    commitment: bytes


def seal(content: Any) -> Payload:
    """The content with fresh salt and the commitment to both."""
    code, salt = chain.encode(content), chain.new_salt()
    return Payload(salt, chain.pack(code), chain.commit(salt, code))


@dataclass(frozen=True, slots=True)
class Maker:
    """Who makes entries: a reader and its version, or a person (no version)."""

    kind: str
    name: str
    version: str = ""


def person(name: str) -> Maker:
    """A person as maker."""
    return Maker("person", name)


class Commit:
    """Entries that enter together, one link of the chain.

    Take it first in a transaction: it holds the head till the end.

    `at` is never earlier than the last link and never the same: what was answered "as known at"
    an instant stays so.
    """

    def __init__(self, conn: Connection, at: int) -> None:
        self.conn = conn
        self.head = lock_head(conn)
        self.at = max(at, self.head.at + 1)
        self.batch = self.head.batch + 1
        self.entry: int = self.head.entry
        self.row: int = self.head.row
        self.makers: dict[Maker, int] = {}
        self.anew: set[int] = set()  # incidents whose lines are to be said anew, however large
        self.hashes: list[bytes] = []
        self.entries: list[tuple[Any, ...]] = []
        self.payloads: list[tuple[Any, ...]] = []

    def next_row(self) -> int:
        """The next claim row's number."""
        self.row += 1
        return self.row

    def maker(self, maker: Maker) -> int:
        """The entry that names the maker, entered where it is new."""
        if maker not in self.makers:
            table = schema.maker
            query = select(table.c.entry).filter_by(
                kind=maker.kind, name=maker.name, version=maker.version
            )
            self.makers[maker] = self.conn.scalar(query) or self._enter_maker(maker)
        return self.makers[maker]

    def _enter_maker(self, maker: Maker) -> int:
        content = {"kind": maker.kind, "name": maker.name, "version": maker.version}
        entry = self.enter("maker", seal(content), self.entry + 1)
        insert_rows(self.conn, schema.maker, [(entry, maker.kind, maker.name, maker.version)])
        return entry

    def enter(self, kind: str, payload: Payload, maker: int, about: int | None = None) -> int:
        """The number of a new entry."""
        self.entry += 1
        row = (self.entry, self.batch, kind, maker, self.at, about, payload.commitment)
        self.hashes.append(chain.entry_hash(row))
        self.entries.append((*row, self.hashes[-1]))
        self.payloads.append((self.entry, payload.salt, payload.packed))
        return self.entry

    def flush(self) -> None:
        """Write the entries so far, for what reads them in the same transaction."""
        insert_rows(self.conn, schema.entry, self.entries)
        insert_rows(self.conn, schema.payload, self.payloads)
        self.entries, self.payloads = [], []

    def close(self) -> None:
        """Write the entries and the link; nothing where nothing was entered."""
        self.flush()
        if not self.hashes:
            return
        root, first = chain.root_of(self.hashes), self.entry - len(self.hashes) + 1
        shade_link(self.conn, first, self.entry)
        link = (self.batch, self.at, first, self.entry, root, self.head.hash)
        code = chain.batch_hash(self.head.ledger, link)
        insert_rows(self.conn, schema.batch, [(*link, code)])
        self.conn.execute(
            schema.head.update().values(
                batch=self.batch, entry=self.entry, row=self.row, at=self.at, hash=code
            )
        )


def contents(conn: Connection, entries: list[int]) -> dict[int, Any]:
    """What entries say now: as entered or as last redacted; an erased one is not among them."""
    found: dict[int, Any] = {}
    table = schema.payload
    for chunk in in_chunks(entries):
        rows = conn.execute(
            select(table.c.entry, table.c.content).where(among(conn, table.c.entry, chunk))
        )
        found.update((row.entry, chain.decode(row.content)) for row in rows)
    missing = [e for e in entries if e not in found]
    for chunk in in_chunks(missing):
        rows = conn.execute(
            select(schema.entry.c.about, table.c.content)
            .join(table, table.c.entry == schema.entry.c.id)
            .where(among(conn, schema.entry.c.about, chunk), schema.entry.c.kind == "redacted")
            .order_by(schema.entry.c.id)
        )
        found.update((row.about, chain.decode(row.content)) for row in rows)
    return found
