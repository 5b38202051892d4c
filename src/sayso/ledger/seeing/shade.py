"""Who may see an entry: what tells of a marked report is bound by its marking.

A report's marking (TLP 2.0) is a judgement, `mark`; it holds for all versions of a page, the last
that stands. A report that names a protected source is for the clearance red alone, and a twin
without the name stands in its place below that (`twins.py`). Each entry that tells of reports may
be seen where all of them may: `shade` lists what not all may see, and `veil.py` keeps it from
whoever may not.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy import Connection, select

from sayso.ledger.seeing.behind import (
    last_twins,
    reports_behind,
    twins_of,
    versions_with,
)
from sayso.ledger.seeing.cover import cover_of, decisions_with
from sayso.ledger.store import chain, schema
from sayso.ledger.store.engines import among, delete_where, in_chunks, insert_rows, rows_where
from sayso.record.marking import TOP, level_of

MARK = "mark"
KINDS = ("line", "below", "twin", "judgement", "erased")  # whose own rule it is who sees them
NOTHING = 0  # for a twin: nothing stands in the place of what names somebody and is closed


class Reach(NamedTuple):
    """The clearances that see something: from `level` to less than `below`."""

    level: int = 0
    below: int = TOP + 1


ALL, NOBODY = Reach(), Reach(TOP, 0)


def reach_of(conn: Connection, reports: Collection[int]) -> dict[int, Reach]:
    """Who may see each of some reports, by what people decided."""
    of = twins_of(conn, reports)
    originals = {report: of.get(report, report) for report in reports}
    levels = levels_of(conn, set(originals.values()))
    last = last_twins(conn, originals.values())
    found = {}
    for report, original in originals.items():
        level, twin = levels.get(original, 0), last.get(original)
        if report == original:
            found[report] = Reach(TOP if twin is not None else level)
        else:
            found[report] = Reach(level, TOP) if report == twin else NOBODY
    return found


def levels_of(conn: Connection, reports: Iterable[int]) -> dict[int, int]:
    """The levels of reports by the last mark that stands on any version of their pages, or twin."""
    families = versions_with(conn, reports)
    for twin, original in twins_of(conn, set().union(*families.values()), back=True).items():
        for family in families.values():
            if original in family:
                family.add(twin)
    handles = {f"r{r}": r for some in families.values() for r in some}
    last: dict[int, tuple[int, int]] = {}
    for row in rows_where(conn, schema.judgement, "target", sorted(handles)):
        if row.action == MARK and row.until is None:
            level = level_of(json.loads(row.view)["marking"])
            before = last.get(handles[row.target], (0, 0))
            last[handles[row.target]] = max(before, (row.entry, level))
    return {
        report: max((last[r] for r in some if r in last), default=(0, 0))[1]
        for report, some in families.items()
    }


def reaches(conn: Connection, entries: Iterable[int]) -> dict[int, Reach]:
    """Who may see entries, as the reports that they tell of may be seen; but what all may see."""
    wanted = sorted(set(entries))
    behind = reports_behind(conn, wanted)
    of = reach_of(conn, {r for some in behind.values() for r in some})
    kinds = _kinds(conn, wanted)
    stands = twins_of(conn, of)
    cover = cover_of(conn)
    naming = decisions_with(conn, cover, wanted) if cover else set()
    erased = _erased(conn, [entry for entry in wanted if kinds.get(entry) == "erased"])
    found = {}
    for entry, some in behind.items():
        held = [of[r] for r in some if r in of]
        if len(held) > 1 and kinds.get(entry) == "judgement":
            held = _in_decision({r: of[r] for r in some if r in of}, stands)
        if kinds.get(entry) == "line":
            held = [_in_line(reach) for reach in held]
        elif kinds.get(entry) in ("below", "twin"):  # nobody reads them but by their tables
            held = [NOBODY]
        elif entry in erased:
            held = [erased[entry]]
        found[entry] = _narrowest([*held, Reach(TOP)] if entry in naming else held)
    return {entry: reach for entry, reach in found.items() if reach != ALL}


def _narrowest(held: Iterable[Reach]) -> Reach:
    some = list(held)
    return Reach(max((r.level for r in some), default=0),
                 min((r.below for r in some), default=ALL.below))  # fmt: skip


def _in_line(reach: Reach) -> Reach:
    """Who may see an incident's own line for one of its reports: it is made without twins.

    Where one stands, what it stands for is told there.
    """
    if reach == NOBODY:
        return ALL
    return reach if reach.below > TOP else Reach(reach.below)


def _in_decision(held: Mapping[int, Reach], stands: Mapping[int, int]) -> list[Reach]:
    """Who may see a decision about an incident for its reports: a report and its twin are one."""
    both = {twin for twin, report in stands.items() if twin in held and report in held}
    live = {twin for twin in both if held[twin] != NOBODY}
    gone = {stands[twin] for twin in live} | both
    rest = [reach for report, reach in held.items() if report not in gone]
    return rest + [Reach(held[twin].level) for twin in live]


def _erased(conn: Connection, entries: list[int]) -> dict[int, Reach]:
    """Who may see erasures: as they say of what is gone, whose marking went with it."""
    said = {row.entry: chain.decode(row.content)
            for row in rows_where(conn, schema.payload, "entry", entries)}  # fmt: skip
    return {entry: Reach(each.get("level", 0)) for entry, each in said.items()}


def _kinds(conn: Connection, entries: list[int]) -> dict[int, str]:
    table = schema.entry
    query = select(table.c.id, table.c.kind).where(table.c.kind.in_(KINDS))
    return {r.id: r.kind for some in in_chunks(entries)
            for r in conn.execute(query.where(among(conn, table.c.id, some)))}  # fmt: skip


def any_shade(conn: Connection) -> bool:
    """True where something is not for all."""
    return conn.scalar(select(schema.shade.c.entry).limit(1)) is not None


def shade(conn: Connection, entries: Iterable[int]) -> None:
    """Note who may see entries, in the place of what was noted of them."""
    wanted = sorted(set(entries))
    delete_where(conn, schema.shade, "entry", wanted)
    found = reaches(conn, wanted)
    insert_rows(conn, schema.shade, [(entry, *found[entry]) for entry in sorted(found)])


def shade_link(conn: Connection, first: int, last: int) -> None:
    """Note it of the entries of a new link; where all is for all, nothing is looked up."""
    if any_shade(conn):
        shade(conn, range(first, last + 1))


def held_reaches(conn: Connection, entries: Iterable[int]) -> dict[int, Reach]:
    """What is noted of entries; that all may see them where nothing is."""
    wanted = sorted(set(entries))
    rows = rows_where(conn, schema.shade, "entry", wanted)
    noted = {r.entry: Reach(r.level, r.below) for r in rows}
    return {entry: noted.get(entry, ALL) for entry in wanted}


def ranges_below(held: Mapping[int, Reach]) -> list[Reach]:
    """The ranges of clearance that see some of an incident's reports, but not as red sees them.

    `held` are the reaches of what it holds.
    """
    places = {p for reach in held.values() if reach != NOBODY for p in reach}
    steps = sorted(p for p in places if p <= TOP)
    return [Reach(*pair) for pair in pairwise(steps)]


def sees(reach: Reach, level: int) -> bool:
    """True where a clearance of a level is within reach."""
    return reach.level <= level < reach.below
