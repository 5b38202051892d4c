"""Decisions about claims that no later reading carries on, and those that carry a decision on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, select

from sayso.ledger.layout.instants import Instant, to_micros
from sayso.ledger.store import schema
from sayso.ledger.store.engines import in_chunks
from sayso.ledger.store.filters import held_at


def uncarried(conn: Connection, readings: Iterable[int], at: Instant | None = None) -> list[Any]:
    """The decisions that hold about claims of readings and were carried to no later reading."""
    table, entry = schema.judgement, schema.entry
    found: list[Any] = []
    for chunk in in_chunks(sorted(set(readings))):
        query = (
            select(table, entry.c.about)
            .join(entry, entry.c.id == table.c.entry)
            .where(entry.c.about.in_(chunk), entry.c.kind == "judgement", held_at(table, at))
            .where(table.c.target.like("c%"))
        )
        found += conn.execute(query)
    later = successors(conn, [f"e{row.entry}" for row in found], at)
    return sorted((r for r in found if f"e{r.entry}" not in later), key=lambda r: int(r.entry))


def successors(
    conn: Connection, entries: Sequence[str], at: Instant | None = None
) -> dict[str, list[int]]:
    """The entries, withdrawn or not, that carry decisions on; by the decision."""
    table = schema.judgement
    wanted, found = set(entries), dict[str, list[int]]()
    if not wanted:
        return found
    query = select(table.c.entry, table.c.view).where(table.c.view.like('%"carried"%'))
    if at is not None:
        query = query.where(table.c.since <= to_micros(at))
    for row in conn.execute(query):
        carried = json.loads(row.view).get("carried")
        if carried in wanted:
            found.setdefault(carried, []).append(row.entry)
    return found
