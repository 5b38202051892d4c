"""Where the mentions of twins belong: where those of the reports are in whose place they stand.

Linking never looks at a twin. So an incident has one id for whoever sees a report and for whoever
sees what stands in its place, and nobody can tell by ids that something stands there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, select

from sayso.ledger.seeing.behind import any_twins, twins_of
from sayso.ledger.store import schema
from sayso.ledger.store.engines import rows_where


def twin_readings(conn: Connection) -> frozenset[int]:
    """The readings of what stands, or once stood, in the place of a report."""
    if not any_twins(conn):
        return frozenset()
    twin, table = schema.twin, schema.reading
    query = select(table.c.entry).join(twin, twin.c.report == table.c.report)
    return frozenset(conn.scalars(query))


def followed(conn: Connection, readings: Iterable[int]) -> dict[str, str]:
    """By mention of a twin ("m20.0") the one that it follows, for readings of twins or reports."""
    wanted = sorted(set(readings))
    if not wanted or not any_twins(conn):
        return {}
    own = {r.report for r in rows_where(conn, schema.reading, "entry", wanted)}
    stands = twins_of(conn, own)
    of = twins_of(conn, {stands.get(report, report) for report in own}, back=True)
    if not of:
        return {}
    told = _mentions(conn, {*of, *of.values()})
    pairs = (_pair(told.get(twin, ()), told.get(report, ())) for twin, report in of.items())
    return {twin: report for some in pairs for twin, report in some.items()}


def _mentions(conn: Connection, reports: Iterable[int]) -> dict[int, list[Any]]:
    """The mentions of reports that hold, in their order."""
    found: dict[int, list[Any]] = {}
    rows = rows_where(conn, schema.mention, "report", sorted(reports))
    for row in sorted(rows, key=lambda r: (r.reading, r.n)):
        if row.until is None:
            found.setdefault(row.report, []).append(row)
    return found


def _pair(twins: Sequence[Any], reports: Sequence[Any]) -> dict[str, str]:
    """Each of a twin's mentions with its report's: the next of its kind and days, else the main."""
    free = list(reports)
    found = {}
    for row in twins:
        same = next((r for r in free if _kind(r) == _kind(row)), None)
        if same is not None:
            free.remove(same)
        elif reports:
            same = reports[0]
        if same is not None:
            found[f"m{row.reading}.{row.n}"] = f"m{same.reading}.{same.n}"
    return found


def _kind(row: Any) -> tuple[bool, Any, Any]:
    view = json.loads(row.view)
    return bool(row.main), view["type"], view["days"]
