"""What left the ledger in a file: an entry each, listed when a report in it is erased."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sqlalchemy import Connection, select

from sayso.ledger.entries.commit import Commit, contents, person, seal
from sayso.ledger.layout.answers import Exported, parse_handle
from sayso.ledger.layout.instants import to_iso
from sayso.ledger.store import schema
from sayso.ledger.store.engines import in_chunks, insert_rows, rows_where


def enter_export(
    conn: Connection, name: str, format_: str, reports: Iterable[str], by: str, at: int
) -> str:
    """The entry that says what a file told of. Of its name a hash is kept: it may hold a name."""
    commit = Commit(conn, at)
    numbers = sorted({parse_handle(r, "r")[0] for r in reports})
    said = {"name_sha256": hash_of(name), "format": format_, "reports": numbers}
    entry = commit.enter("export", seal(said), commit.maker(person(by)))
    insert_rows(conn, schema.export, [(entry, number) for number in numbers])
    commit.close()
    return f"e{entry}"


def hash_of(name: str) -> str:
    """What is kept of a file's name."""
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()


def exports_of(conn: Connection, reports: Iterable[int]) -> tuple[Exported, ...]:
    """The files that told of reports, oldest first."""
    rows = rows_where(conn, schema.export, "report", sorted(reports))
    return tuple(exported(conn, {r.entry for r in rows}))


def exported(conn: Connection, entries: Iterable[int]) -> list[Exported]:
    """What left by some entries, oldest first."""
    table, maker = schema.entry, schema.maker
    wanted = sorted(set(entries))
    said = contents(conn, wanted)
    found = []
    for chunk in in_chunks(wanted):
        query = (
            select(table.c.id, table.c.at, maker.c.name)
            .join(maker, maker.c.entry == table.c.maker)
            .where(table.c.id.in_(chunk))
            .order_by(table.c.id)
        )
        for row in conn.execute(query):
            each = said[row.id]
            found.append(Exported(
                f"e{row.id}", to_iso(row.at), row.name, each["format"], each["name_sha256"],
                tuple(f"r{n}" for n in each["reports"]),
            ))  # fmt: skip
    return found
