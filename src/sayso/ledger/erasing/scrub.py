"""Nothing left of what was erased in free pages, the word index, the log or the statistics."""

from __future__ import annotations

import contextlib
import time

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from sayso.errors import LedgerBusyError
from sayso.ledger.store import schema, words
from sayso.ledger.store.engines import BUSY_SECONDS, is_sqlite, outside

WORDS = (
    schema.payload, schema.report, schema.claim, schema.figure, schema.source, schema.facet,
    schema.judgement, schema.mask, schema.link, schema.posting, schema.maker, schema.mention,
    schema.member, schema.incident_line, schema.line_below, schema.pending, schema.frequency,
    schema.kept, schema.seen, schema.listed, schema.listed_name,
)  # fmt: skip


def scrub(engine: Engine) -> tuple[str, ...]:
    """What is left outside the ledger's reach, after nothing is left within it.

    Free pages, the word index, the write-ahead log. Raises LedgerBusyError where a reader keeps
    the log from being emptied: call it again.
    """
    with outside(engine) as conn:
        words.scrub(conn)
        if is_sqlite(conn):
            return _scrub_sqlite(conn)
        return _scrub_postgres(conn)


def _scrub_sqlite(conn: Connection) -> tuple[str, ...]:
    conn.execute(text("VACUUM"))
    busy = conn.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()[0]
    if busy:
        raise LedgerBusyError(
            "the rows are erased, but a reader keeps the write-ahead log from being emptied",
            "end other uses of the ledger, then run `sayso erase --finish`",
        )
    return ("copies and backups of the file, and blocks that the disk has not written over",)


def _scrub_postgres(conn: Connection) -> tuple[str, ...]:
    _await_readers(conn)
    for table in (*WORDS, words.POSTGRES):
        conn.execute(text(f'VACUUM FULL "{table.name}"'))
    _scrub_statistics(conn)
    left = ["backups, replicas and archived write-ahead logs of the server"]
    try:
        for _ in range(2):  # the log before the last checkpoint is kept until the next
            conn.execute(text("SELECT pg_switch_wal()"))
            conn.execute(text("CHECKPOINT"))
    except DBAPIError:  # only a superuser may; the erasure itself is done
        left.append("the server's write-ahead log, until it is recycled")
    return tuple(left)


def _await_readers(conn: Connection) -> None:
    """Wait for who still sees rows as they were: as long as one does, no VACUUM drops them."""
    older = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND backend_xmin IS NOT NULL"
    )
    ends = time.monotonic() + BUSY_SECONDS
    while conn.scalar(older):
        if time.monotonic() > ends:
            raise LedgerBusyError(
                "the rows are erased, but a reader keeps the server from dropping them",
                "end other uses of the ledger, then run `sayso erase --finish`",
            )
        time.sleep(0.05)


def _scrub_statistics(conn: Connection) -> None:
    """Take out the planner's samples: the common values of a column are words of reports.

    The owner of a database may rewrite its catalogue. Only a superuser may empty it, which
    matters for a table without a row left: analysing that keeps the samples that it had.
    """
    tables = ", ".join(f"'\"{t.name}\"'::regclass" for t in (*WORDS, words.POSTGRES))
    with contextlib.suppress(DBAPIError):
        gone = f"DELETE FROM pg_statistic WHERE starelid IN ({tables})"  # noqa: S608 - own names
        conn.execute(text(gone))
    for table in (*WORDS, words.POSTGRES):
        conn.execute(text(f'ANALYZE "{table.name}"'))
    conn.execute(text("VACUUM FULL pg_statistic"))
