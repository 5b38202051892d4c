"""Does the ledger still say what was entered? The first trouble of each entry and row, by name.

First the chain: numbers without gaps, hashes, commitments, links. Then the projections, made anew
from the payloads and compared. Both are streams: memory does not grow with the ledger, but for
eight bytes a claim.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, func, select

from sayso.ledger.layout.answers import Trouble
from sayso.ledger.layout.instants import to_iso
from sayso.ledger.proof.rows import check_rows
from sayso.ledger.store import chain, schema

STEP = 2_000


def verify(conn: Connection) -> Iterator[Trouble]:
    """All that is wrong."""
    troubles = list(_check_chain(conn))
    yield from troubles
    # a payload that cannot be trusted is named above; rows are compared with those that can
    yield from check_rows(conn, {t.where for t in troubles})


def _check_chain(conn: Connection) -> Iterator[Trouble]:
    later = func.max(schema.entry.c.id).label("later")
    query = select(schema.entry.c.about, later).group_by(schema.entry.c.about)
    kinds = schema.entry.c.kind.in_(("erased", "redacted"))
    gone = {row.about: row.later for row in conn.execute(query.where(kinds))}
    links = _links(conn)
    expected = 1
    hashes: dict[int, list[bytes]] = {}
    for row in _entries(conn):
        while expected < row.id:
            yield Trouble(f"e{expected}", "the entry is missing")
            expected += 1
        expected = row.id + 1
        yield from _check_entry(row, gone)
        hashes.setdefault(row.batch, []).append(row.hash)
        if len(hashes) > 1:
            done = min(hashes)
            yield from _check_link(links, done, hashes.pop(done))
    for seq in sorted(hashes):
        yield from _check_link(links, seq, hashes[seq])
    yield from _check_links(links, conn, expected - 1)


def _entries(conn: Connection) -> Iterator[Any]:
    table, payload = schema.entry, schema.payload
    last = 0
    query = (
        select(table, payload.c.salt, payload.c.content)
        .outerjoin(payload, payload.c.entry == table.c.id)
        .order_by(table.c.id)
        .limit(STEP)
    )
    while rows := list(conn.execute(query.where(table.c.id > last))):
        yield from rows
        last = rows[-1].id


def _check_entry(row: Any, gone: dict[int, int]) -> Iterator[Trouble]:
    name = f"e{row.id}"
    fields = (row.id, row.batch, row.kind, row.maker, row.at, row.about, row.commitment)
    if chain.entry_hash(fields) != row.hash:
        yield Trouble(name, "the entry was changed")
    if row.content is None:
        # erased itself, or a redaction that a later one took the place of
        later = gone.get(row.about if row.kind == "redacted" else row.id, 0)
        if later <= row.id:
            yield Trouble(name, "what it says is missing, and no erasure says why")
        return
    try:
        code = chain.unpack(row.content)
    except zlib.error:
        yield Trouble(name, "what it says is damaged")
        return
    if chain.commit(row.salt, code) != row.commitment:
        yield Trouble(name, "what it says was changed or swapped")


def _links(conn: Connection) -> dict[int, Any]:
    return {row.seq: row for row in conn.execute(select(schema.batch).order_by("seq"))}


def _check_link(links: dict[int, Any], seq: int, hashes: list[bytes]) -> Iterator[Trouble]:
    link = links.get(seq)
    if link is None:
        yield Trouble(f"link {seq}", "the link is missing")
    elif chain.root_of(hashes) != link.root:
        which = f"e{link.first} to e{link.last}, of {to_iso(link.at)}"
        yield Trouble(f"link {seq}", f"its entries ({which}) are not those it was made of")


def _check_links(links: dict[int, Any], conn: Connection, last: int) -> Iterator[Trouble]:
    head = conn.execute(select(schema.head)).one_or_none()
    if head is None:
        yield Trouble("head", "the head is missing")
        return
    prev, seq, end, at = chain.START, 0, 0, 0
    for row in links.values():
        seq = row.seq
        fields = (row.seq, row.at, row.first, row.last, row.root, row.prev)
        if chain.batch_hash(head.ledger, fields) != row.hash:
            yield Trouble(f"link {seq}", "the link was changed")
        if row.prev != prev or row.first != end + 1:
            yield Trouble(f"link {seq}", "it does not follow the link before")
        prev, end, at = row.hash, row.last, row.at
    if (head.batch, head.entry, head.at, head.hash) != (seq, end, at, prev):
        yield Trouble("head", "it does not stand at the last link")
    for missing in range(last + 1, min(end, last + STEP) + 1):
        yield Trouble(f"e{missing}", "the entry is missing")
