"""Which incident a person means, however they wrote it."""

from __future__ import annotations

from sqlalchemy import Connection, select

from sayso.errors import NotInLedgerError
from sayso.ledger import schema
from sayso.ledger.ask_incidents import number_of_incident
from sayso.ledger.instants import Instant, to_micros


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
    if handle[:1] != "r" or not handle[1:].isdecimal():
        return None
    found = next_version(conn, int(handle[1:]), at)
    return f"r{found}" if found is not None else None


def next_version(conn: Connection, report: int, at: Instant | None) -> int | None:
    """The version of a page that took the place of one, None where there is none by then."""
    table = schema.report
    query = select(table.c.entry).where(table.c.previous == report)
    if at is not None:
        query = query.where(table.c.since <= to_micros(at))
    found: int | None = conn.scalar(query.order_by(table.c.entry).limit(1))
    return found
