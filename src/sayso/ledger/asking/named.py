"""Which incident a person means, however they wrote it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from sayso.errors import NotInLedgerError
from sayso.ledger.asking.incidents import number_of_incident
from sayso.ledger.layout.answers import HANDLE
from sayso.ledger.layout.instants import Instant, to_micros
from sayso.ledger.store import schema


def incident_named(conn: Connection, asked: str, at: Instant | None) -> int:
    """The number of the incident that is meant: an id in any case, a report's handle of any age.

    An earlier version of a page leads where its later one is. Raises NotInLedgerError where it is
    none, or was not known then.
    """
    wanted: str | None = asked.strip().lower()
    error: NotInLedgerError | None = None
    while wanted is not None:
        try:
            return number_of_incident(conn, wanted, at)
        except NotInLedgerError as missed:
            error = error or missed
            wanted = _later(conn, wanted, at)
    raise error or NotInLedgerError(f"{asked!r:.60} is no incident here", "see `sayso incidents`")


def _later(conn: Connection, handle: str, at: Instant | None) -> str | None:
    """The handle of a page's next version, None where there is none or it is no page's."""
    if handle[:1] != "r" or not HANDLE.fullmatch(handle) or "." in handle:
        return None
    found = next_version(conn, int(handle[1:]), at)
    return f"r{found}" if found is not None else None


def next_version(conn: Connection, report: int, at: Instant | None) -> int | None:
    """The version of a page that took the place of one, None where there is none by then."""
    table, after = schema.report, report
    while True:
        query = select(table).where(table.c.previous == after).order_by(table.c.entry)
        if at is not None:
            query = query.where(table.c.since <= to_micros(at))
        row = conn.execute(query.limit(1)).one_or_none()
        if row is None or not is_outdated(row):
            break
        after = row.entry  # it came late, and took no place
    return int(row.entry) if row is not None else _current_for(conn, report)


def _current_for(conn: Connection, report: int) -> int | None:
    """The version that was current when an older one came late; None of every other report."""
    table, own = schema.report, report
    row = conn.execute(select(table).filter_by(entry=own)).one_or_none()
    while row is not None and is_outdated(row):
        own = row.previous
        row = conn.execute(select(table).filter_by(entry=own)).one_or_none()
    return own if own != report else None


def is_outdated(row: Any) -> bool:
    """True of a report, or a reading, that was out of date when it came."""
    return bool(row.since == row.until)
