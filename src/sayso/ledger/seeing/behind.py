"""Which reports an entry tells of, and which entries tell of a report.

Erasing takes these away with a report, and a report's marking binds them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from sayso.ledger.layout.answers import parse_handle
from sayso.ledger.store import chain, schema
from sayso.ledger.store.engines import in_chunks, rows_where

Behind = dict[int, set[int]]
# what these say is what the entry that they are about says
FOLLOWING = frozenset({"judgement", "withdrawal", "mask", "mention", "reading", "redacted"})
INCIDENT = "incident-"


def entries_about(conn: Connection, start: Iterable[int]) -> set[int]:
    """Entries, those about them, those about these, …; a later version of a page aside."""
    table, found, new = schema.entry, set(start), set(start)
    while new:
        more: set[int] = set()
        for chunk in in_chunks(new):
            query = select(table.c.id).where(
                table.c.about.in_(chunk), table.c.kind.not_in(("erased", "report"))
            )
            more |= set(conn.scalars(query))
        new = more - found
        found |= new
    return found


def copies_of(conn: Connection, reports: Iterable[int]) -> set[int]:
    """The copies of which one of the reports is a side."""
    handles = [f"r{report}" for report in reports]
    return {r.entry for r in rows_where(conn, schema.link, "member", handles)}


def undoings_of(conn: Connection, reports: Collection[int]) -> set[int]:
    """The undoings of joins that rest on reports: a join's id is a hash over what it joins."""
    table = schema.judgement
    query = select(table.c.entry, table.c.view).where(table.c.action == "undo")
    wanted = {f"r{report}" for report in reports}
    return {r.entry for r in conn.execute(query) if wanted.intersection(_rests_on(r.view))}


def incidents_of(conn: Connection, readings: Iterable[int]) -> set[int]:
    """The incidents of which mentions of readings were ever a member."""
    return {r.incident for r in rows_where(conn, schema.member, "reading", sorted(readings))}


def lines_of(conn: Connection, incidents: Iterable[int]) -> set[int]:
    """The entries of all lines of incidents."""
    nums = sorted(incidents)
    tables = (schema.incident_line, schema.line_below)
    return {r.entry for table in tables for r in rows_where(conn, table, "incident", nums)}


def versions_with(conn: Connection, reports: Iterable[int]) -> dict[int, set[int]]:
    """By report all versions of its page, itself among them."""
    rows = list(rows_where(conn, schema.report, "entry", sorted(set(reports))))
    pages: dict[str, set[int]] = {}
    for row in rows_where(conn, schema.report, "url", sorted({r.url for r in rows if r.url})):
        pages.setdefault(row.url, set()).add(row.entry)
    return {r.entry: pages.get(r.url or "", set()) | {r.entry} for r in rows}


def any_twins(conn: Connection) -> bool:
    """True where something stands in the place of a report, or once did."""
    return conn.scalar(select(schema.twin.c.entry).limit(1)) is not None


def twins_of(conn: Connection, reports: Iterable[int], *, back: bool = False) -> dict[int, int]:
    """By twin the report in whose place it stands; with `back`, of all that ever stood for these.

    Empty where none of the reports is one, or has one.
    """
    column = "of" if back else "report"
    rows = rows_where(conn, schema.twin, column, sorted(set(reports)))
    return {r.report: r.of for r in rows if r.report}


def last_twins(conn: Connection, reports: Iterable[int]) -> dict[int, int | None]:
    """By report the twin that now stands in its place; None where none need any more."""
    rows = rows_where(conn, schema.twin, "of", sorted(set(reports)))
    return {r.of: r.report for r in sorted(rows, key=lambda r: int(r.entry))}


def entries_of(conn: Connection, reports: Collection[int]) -> set[int]:
    """All entries that tell of reports: what was read in them, said of them, made of them."""
    found = entries_about(conn, reports)
    nums = incidents_of(conn, found)
    ids = [r.id for r in rows_where(conn, schema.incident, "num", sorted(nums))]
    decided = {r.entry for r in rows_where(conn, schema.judgement, "target", ids)}
    made = copies_of(conn, reports) | undoings_of(conn, reports) | decided
    placed = {r.entry for r in rows_where(conn, schema.member, "reading", sorted(found))}
    placed |= _placed_for(conn, nums, found)
    told = {r.entry for r in rows_where(conn, schema.export, "report", sorted(reports))}
    return found | entries_about(conn, made | placed) | lines_of(conn, nums) | told


def reports_behind(conn: Connection, entries: Iterable[int]) -> Behind:
    """By entry the reports that it tells of; none where it tells of no report."""
    rows = {r.id: r for r in rows_where(conn, schema.entry, "id", sorted(set(entries)))}
    upward = _upward(conn, rows)
    tops = {e: upward[e] for e in rows}
    found = _own(conn, {r.id: r for r in tops.values()})
    return {entry: found.get(top.id, set()) for entry, top in tops.items()}


def _upward(conn: Connection, rows: Mapping[int, Any]) -> dict[int, Any]:
    """By entry the one at the end of what it is about: a report, or what is about none."""
    known, new = dict(rows), dict(rows)
    while new:
        wanted = {r.about for r in new.values() if _follows(r)} - known.keys()
        new = {r.id: r for r in rows_where(conn, schema.entry, "id", sorted(wanted))}
        known |= new
    ends = {}
    for entry, row in rows.items():
        end = row
        while _follows(end) and end.about in known:
            end = known[end.about]
        ends[entry] = end
    return ends


def _follows(row: Any) -> bool:
    return row.about is not None and row.kind in FOLLOWING


def _own(conn: Connection, rows: Mapping[int, Any]) -> Behind:
    """The reports of entries that are about no other."""
    kinds: dict[str, list[int]] = {}
    for entry in sorted(rows):
        kinds.setdefault(rows[entry].kind, []).append(entry)
    found: Behind = {entry: {entry} for entry in kinds.get("report", ())}
    for row in rows_where(conn, schema.export, "entry", kinds.get("export", ())):
        found.setdefault(row.entry, set()).add(row.report)
    for row in rows_where(conn, schema.link, "entry", kinds.get("link", ())):
        if row.member:
            found.setdefault(row.entry, set()).add(int(row.member[1:]))
    found |= _of_readings(conn, _placed(conn, kinds.get("placed", ())))
    found |= _of_readings(conn, _told(conn, kinds.get("line", ())))
    judged = list(rows_where(conn, schema.judgement, "entry", kinds.get("judgement", ())))
    found |= _of_readings(conn, _decided(conn, judged))
    for row in judged:
        if row.action == "undo":
            found[row.entry] = {int(handle[1:]) for handle in _rests_on(row.view)}
    return found


def _placed(conn: Connection, entries: Sequence[int]) -> Behind:
    """By decision where a mention belongs the mention's reading.

    One that another took the place of in the same batch placed nothing, and nobody reads it.
    """
    held = {r.entry for r in rows_where(conn, schema.member, "entry", entries)}
    rows = rows_where(conn, schema.payload, "entry", sorted(held))
    return {r.entry: {parse_handle(chain.decode(r.content)["mention"], "m")[0]} for r in rows}


def _placed_for(conn: Connection, nums: Collection[int], readings: Collection[int]) -> set[int]:
    """What moved mentions of others for the sake of a mention of these readings.

    A merge moves one incident's mentions into another's since a new report fits both: its entry
    names the new one's mention, its members are the moved ones.
    """
    entries = sorted({m.entry for some in _members(conn, nums).values() for m in some})
    behind = _placed(conn, entries)
    return {entry for entry, some in behind.items() if some & set(readings)}


def _told(conn: Connection, entries: Sequence[int]) -> Behind:
    """By line the readings that were in its incident when it was said, or, of none left, ever."""
    lines = list(rows_where(conn, schema.incident_line, "entry", entries))
    members = _members(conn, {line.incident for line in lines})
    found: Behind = {}
    for line in lines:
        ever = members.get(line.incident, [])
        then = {m.reading for m in ever if _held_then(m, line.since)}
        found[line.entry] = then or {m.reading for m in ever}
    return found


def _held_then(member: Any, at: int) -> bool:
    return bool(member.since <= at and (member.until is None or member.until > at))


def _decided(conn: Connection, judged: Iterable[Any]) -> Behind:
    """By decision about an incident the readings that had come into it by then."""
    about = [r for r in judged if r.target.startswith(INCIDENT)]
    ids = sorted({r.target for r in about})
    nums = {r.id: r.num for r in rows_where(conn, schema.incident, "id", ids)}
    members = _members(conn, set(nums.values()))
    return {
        r.entry: {m.reading for m in members.get(nums[r.target], ()) if m.since <= r.since}
        for r in about
        if r.target in nums
    }


def _members(conn: Connection, nums: Collection[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows_where(conn, schema.member, "incident", sorted(nums)):
        found.setdefault(row.incident, []).append(row)
    return found


def _of_readings(conn: Connection, readings: Behind) -> Behind:
    """The same with the readings' reports in their place."""
    every = sorted({r for some in readings.values() for r in some})
    reports = {r.entry: r.report for r in rows_where(conn, schema.reading, "entry", every)}
    return {e: {reports[r] for r in some if r in reports} for e, some in readings.items()}


def _rests_on(view: str) -> list[str]:
    """The reports that an undoing names."""
    named: list[str] = json.loads(view).get("reports", [])
    return named
