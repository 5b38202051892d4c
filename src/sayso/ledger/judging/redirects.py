"""Where the id of an incident leads whose mentions are all part of another one.

It leads to where those mentions are: on when they go elsewhere, and nowhere else once they are
parted again, for then it answers for itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, select

from sayso.ledger.asking.named import next_version
from sayso.ledger.entries.incidents import Grouping
from sayso.ledger.layout.answers import parse_handle
from sayso.ledger.store import schema
from sayso.ledger.store.engines import rows_where


def home_again(conn: Connection, num: int, parted: Collection[str]) -> int | None:
    """The incident that answers for itself again once mentions are parted from another.

    One that was joined to it and of which nothing then is left in it; None where there is none.
    """
    found: dict[int, int] = {}  # when its mentions left it
    for home, left in _led_from(conn, parted).items():
        here = [m for m, now in stand_for(conn, home).items() if now == num]
        if here and set(here) <= set(parted):
            found[home] = left
    return max(found, key=lambda home: (found[home], home), default=None)


def lead_on(grouping: Grouping) -> None:
    """Have ids follow the mentions that a grouping moved, where it left none of them behind."""
    conn = grouping.conn
    for home in sorted(_led_from(conn, grouping.moved)):
        places = Counter(stand_for(conn, home).values())
        target = _leads_to(conn, home)
        if places and target not in places and home not in places:
            grouping.went[home] = min(places, key=lambda num: (-places[num], num))
            grouping.touched[home] = None


def stand_for(conn: Connection, home: int) -> dict[str, int]:
    """The mentions that are now what an incident held when it was left, each with its incident.

    The main mention of a page's new version, or of a new reading, stands for the old one.
    """
    rows = list(rows_where(conn, schema.member, "incident", [home]))
    last = max((r.until for r in rows if r.until is not None), default=None)
    left = {(r.reading, r.n) for r in rows if r.until == last}
    now = {(r.reading, r.n): r.incident for r in _held(conn, (reading for reading, _ in left))}
    gone = [reading for reading, n in left if n == 0 and (reading, n) not in now]
    later = {(reading, 0) for reading in _later_readings(conn, gone)}
    now |= {(r.reading, r.n): r.incident for r in _held(conn, (reading for reading, _ in later))}
    return {f"m{reading}.{n}": num for (reading, n), num in now.items()
            if (reading, n) in left | later}  # fmt: skip


def _led_from(conn: Connection, mentions: Iterable[str]) -> dict[int, int]:
    """The incidents in which mentions once were and that now lead elsewhere; since when."""
    readings = {parse_handle(m, "m")[0] for m in mentions}
    wanted = {parse_handle(m, "m") for m in mentions}
    rows = [r for r in rows_where(conn, schema.member, "reading", _with_earlier(conn, readings))
            if r.until is not None and ((r.reading, r.n) in wanted or r.n == 0)]  # fmt: skip
    left: dict[int, int] = {}
    for row in rows:
        left[row.incident] = max(left.get(row.incident, 0), row.until)
    lines = rows_where(conn, schema.incident_line, "incident", sorted(left))
    return {r.incident: left[r.incident] for r in lines
            if r.until is None and r.moved_to is not None}  # fmt: skip


def _leads_to(conn: Connection, num: int) -> int:
    """Where an incident leads in the end."""
    table, seen = schema.incident_line, {num}
    while True:
        query = select(table.c.moved_to).where(table.c.incident == num, table.c.until.is_(None))
        moved = conn.scalar(query)
        if moved is None or moved in seen:
            return num
        seen.add(num := moved)


def _held(conn: Connection, readings: Iterable[int]) -> list[Any]:
    rows = rows_where(conn, schema.member, "reading", sorted(set(readings)))
    return [r for r in rows if r.until is None]


def earlier_readings(conn: Connection, reading: int) -> list[int]:
    """The readings before one of its report, and those of the earlier versions of its page."""
    return [r for r in _with_earlier(conn, [reading]) if r < reading]


def _with_earlier(conn: Connection, readings: Iterable[int]) -> list[int]:
    wanted = sorted(readings)
    new = {r.report for r in rows_where(conn, schema.reading, "entry", wanted)}
    reports: set[int] = set()
    while new:
        reports |= new
        rows = rows_where(conn, schema.report, "entry", sorted(new))
        new = {r.previous for r in rows if r.previous is not None} - reports
    rows = rows_where(conn, schema.reading, "report", sorted(reports))
    return sorted({r.entry for r in rows})


def _later_readings(conn: Connection, readings: Iterable[int]) -> list[int]:
    """The readings that hold now of the reports of readings, or of their pages' last versions."""
    reports = {r.report for r in rows_where(conn, schema.reading, "entry", sorted(readings))}
    last = set()
    for report in reports:
        own = report
        while (later := next_version(conn, own, None)) is not None:
            own = later
        last.add(own)
    rows = rows_where(conn, schema.reading, "report", sorted(last))
    return [r.entry for r in rows if r.until is None]
