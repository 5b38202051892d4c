"""Incidents that changed since an entry: what a live page and a webhook are told of."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from sayso.ledger.layout.instants import Instant, to_iso, to_micros
from sayso.ledger.store import schema
from sayso.ledger.store.engines import among, rows_where
from sayso.ledger.store.filters import held_at


@dataclass(frozen=True, slots=True)
class IncidentChange:
    """An incident's line as it is now, and as it was at the entry that was asked from.

    `after` is empty where nothing is left of the incident, or it was joined to `moved_to`; `before`
    is empty where there was none.
    """

    entry: int
    incident: str
    at: str
    before: dict[str, Any]
    after: dict[str, Any]
    moved_to: str | None


def incident_changes(conn: Connection, after: int, limit: int) -> list[IncidentChange]:
    """The incidents whose line is newer than an entry, each once, in the order of their lines.

    A line that goes on to say what was said before is none: what joined may not be seen.
    """
    found: list[IncidentChange] = []
    last: int | None = after
    while last is not None and len(found) < limit:
        some, last = _newer(conn, after, last, limit)
        found += some
    return found[:limit]


def _newer(
    conn: Connection, after: int, last: int, limit: int
) -> tuple[list[IncidentChange], int | None]:
    """The lines newer than `last`, each beside the one that held at `after`; where to go on."""
    table = schema.incident_line
    query = select(table).where(table.c.until.is_(None), table.c.entry > last)
    lines = list(conn.execute(query.order_by(table.c.entry).limit(limit)))
    nums = {line.incident for line in lines}
    moved = {line.moved_to for line in lines if line.moved_to is not None}
    ids = {r.num: r.id for r in rows_where(conn, schema.incident, "num", sorted(nums | moved))}
    before = _lines_at(conn, nums, after)
    found = [
        dataclasses.replace(
            _change(line, ids[line.incident], _view_of(before.get(line.incident))),
            moved_to=ids.get(line.moved_to),
        )
        for line in lines
        if not _says_the_same(before.get(line.incident), line)
    ]
    return found, lines[-1].entry if len(lines) == limit else None


def _says_the_same(before: Any, line: Any) -> bool:
    """True of a line that goes on from the one before it: what it says holds since then."""
    if before is None or before.since != line.since:
        return False
    same: bool = json.loads(before.view) == json.loads(line.view)
    return same


def _view_of(line: Any) -> str | None:
    return line.view if line is not None and line.moved_to is None else None


def changes_since(
    conn: Connection, ids: Sequence[str], instant: Instant
) -> dict[str, IncidentChange]:
    """Those of some incidents that changed since an instant: as they were then, and are now."""
    table = schema.incident_line
    nums = {r.num: r.id for r in rows_where(conn, schema.incident, "id", list(ids))}
    ours = select(table).where(among(conn, table.c.incident, sorted(nums)))
    fresh = ours.where(table.c.until.is_(None), table.c.since > to_micros(instant))
    then = {r.incident: r.view for r in conn.execute(ours.where(held_at(table, instant)))}
    lines = list(conn.execute(fresh))
    moved = sorted({r.moved_to for r in lines if r.moved_to is not None})
    ids_of = {r.num: r.id for r in rows_where(conn, schema.incident, "num", moved)}
    return {
        nums[r.incident]: dataclasses.replace(
            _change(r, nums[r.incident], then.get(r.incident)), moved_to=ids_of.get(r.moved_to)
        )
        for r in lines
    }


def history_of(
    conn: Connection, ids: Sequence[str], most: int, at: Instant | None
) -> list[IncidentChange]:
    """The newest lines of some incidents, each beside the one that was before it."""
    table = schema.incident_line
    nums = {r.num: r.id for r in rows_where(conn, schema.incident, "id", list(ids))}
    query = select(table).where(among(conn, table.c.incident, sorted(nums)))
    if at is not None:
        query = query.where(table.c.since <= to_micros(at))
    rows = list(conn.execute(query.order_by(table.c.entry.desc()).limit(most)))
    found: list[IncidentChange] = []
    after: dict[int, Any] = {}
    for row in rows:
        later = after.get(row.incident)
        if later is not None and not _says_the_same(row, later):
            found.append(_change(later, nums[row.incident], row.view))
        after[row.incident] = row
    if len(rows) < most:  # else a line before these may be missing
        found += [_change(row, nums[num], None) for num, row in after.items()]
    return sorted(found, key=lambda c: c.entry, reverse=True)


def _change(line: Any, id_: str, before: str | None) -> IncidentChange:
    view = json.loads(line.view) if line.moved_to is None else {}
    was = json.loads(before) if before else {}
    return IncidentChange(line.entry, id_, to_iso(line.since), was, view, None)


def _lines_at(conn: Connection, nums: set[int], entry: int) -> dict[int, Any]:
    """The lines of incidents as they were when an entry was the newest."""
    table = schema.incident_line
    newest = (table.c.since.desc(), table.c.entry.desc())
    found: dict[int, Any] = {}
    for num in sorted(nums):
        # by the index, from its end: of an incident with many lines a few are read
        query = select(table).where(table.c.incident == num, table.c.entry <= entry)
        row = conn.execute(query.order_by(*newest).limit(1)).one_or_none()
        if row is not None:
            found[num] = row
    return found
