"""A ledger carried to another store, row by row: the chain is the same there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Engine, Table, select, tuple_

from sayso.errors import LedgerUrlError
from sayso.ledger.layout.project import searched_of
from sayso.ledger.store import schema, words
from sayso.ledger.store.engines import insert_rows, reading, writing
from sayso.ledger.store.migrate import first_head

STEP = 2_000


def copy_ledger(source: Engine, target: Engine) -> int:
    """The number of entries carried; the target keeps all or, where it breaks off, nothing.

    Raises LedgerUrlError where the target holds entries already.
    """
    with reading(source) as old, writing(target) as new:
        if new.scalar(select(schema.entry.c.id).limit(1)) is not None:
            raise LedgerUrlError(
                f"{target.url.render_as_string()}: holds a ledger already", "name an empty one"
            )
        new.execute(schema.head.delete())
        for table in schema.metadata.sorted_tables:
            for rows in _rows(old, table):
                insert_rows(new, table, rows)
                if table is schema.claim:
                    columns = [c.name for c in table.columns]
                    content, view = columns.index("content"), columns.index("view")
                    words.enter(new, [(r[0], searched_of(r[content], r[view])) for r in rows])
        return int(new.scalar(select(schema.head.c.entry)) or 0)


def empty(engine: Engine) -> None:
    """Take out again what was carried, so that the target can be named once more."""
    with writing(engine) as conn:
        words.clear(conn)
        for table in reversed(schema.metadata.sorted_tables):
            conn.execute(table.delete())
        conn.execute(schema.head.insert().values(**first_head()))


def _rows(conn: Connection, table: Table) -> Iterator[list[tuple[Any, ...]]]:
    """All rows in the order of the key, a step at a time."""
    key = list(table.primary_key.columns)
    query = select(table).order_by(*key).limit(STEP)
    places = [list(table.columns).index(c) for c in key]
    last: tuple[Any, ...] | None = None
    while True:
        step = query if last is None else query.where(tuple_(*key) > last)
        rows = [tuple(r) for r in conn.execute(step)]
        if not rows:
            return
        yield rows
        last = tuple(rows[-1][p] for p in places)
