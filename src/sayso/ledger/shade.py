"""How widely entries may be seen: what tells of a marked report is bound by its marking.

A report's marking (TLP 2.0) is a judgement, `mark`; it holds for all versions of a page, the last
that stands. Each entry that tells of the report, and each that tells of several reports as one,
takes the narrowest marking among them: `shade` lists those that are not clear. `veil.py` keeps
them from whoever may not see them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from sayso.errors import UsageError
from sayso.ledger import schema
from sayso.ledger.behind import (
    entries_of,
    incidents_of,
    reports_behind,
    versions_with,
)
from sayso.ledger.store import among, delete_where, in_chunks, insert_rows, rows_where
from sayso.record.marking import MARKINGS, TOP, level_of

if TYPE_CHECKING:
    from sayso.ledger.commit import Commit

MARK = "mark"


def check_marking(marking: object) -> None:
    """Raises UsageError for what is no marking of TLP 2.0."""
    if marking not in MARKINGS:
        raise UsageError(f"{marking!r:.40} is no marking; TLP 2.0 has {', '.join(MARKINGS)}")


def mark_content(report: str, marking: str, by: str) -> dict[str, Any]:
    """What the judgement says by which a report comes in with a marking."""
    return {"action": MARK, "target": report, "by": by, "reason": "it came in so marked",
            "detail": {"marking": marking}}  # fmt: skip


def markings_of(conn: Connection, reports: Iterable[int]) -> dict[int, int]:
    """The levels of reports by what people marked: that of the last mark on any version."""
    families = versions_with(conn, reports)
    handles = {f"r{r}": r for some in families.values() for r in some}
    table, last = schema.judgement, dict[int, tuple[int, int]]()
    for row in rows_where(conn, table, "target", sorted(handles)):
        if row.action == MARK and row.until is None:
            level = level_of(json.loads(row.view)["marking"])
            at = last.get(handles[row.target], (0, 0))
            last[handles[row.target]] = max(at, (row.entry, level))
    return {
        report: max((last[r] for r in some if r in last), default=(0, 0))[1]
        for report, some in families.items()
    }


def levels_of(conn: Connection, entries: Iterable[int]) -> dict[int, int]:
    """The levels of entries, as the reports that they tell of are marked; of those not clear."""
    wanted = sorted(set(entries))
    behind = reports_behind(conn, wanted)
    of = markings_of(conn, {r for some in behind.values() for r in some})
    levels = {e: max((of.get(r, 0) for r in some), default=0) for e, some in behind.items()}
    levels |= dict.fromkeys(_lines_below(conn, wanted), TOP)
    return {entry: level for entry, level in levels.items() if level}


def _lines_below(conn: Connection, entries: list[int]) -> set[int]:
    """Of entries those that say a line for who may not see all: nobody reads them but by it."""
    table = schema.entry
    query = select(table.c.id).where(table.c.kind == "below")
    return {e for some in in_chunks(entries)
            for e in conn.scalars(query.where(among(conn, table.c.id, some)))}  # fmt: skip


def any_shade(conn: Connection) -> bool:
    """True where anything is marked."""
    return conn.scalar(select(schema.shade.c.entry).limit(1)) is not None


def shade(conn: Connection, entries: Iterable[int]) -> None:
    """Note how widely entries may be seen, in the place of what was noted of them."""
    wanted = sorted(set(entries))
    delete_where(conn, schema.shade, "entry", wanted)
    insert_rows(conn, schema.shade, sorted(levels_of(conn, wanted).items()))


def shade_link(conn: Connection, first: int, last: int) -> None:
    """Note it of the entries of a new link; where nothing is marked, nothing is looked up."""
    if any_shade(conn):
        shade(conn, range(first, last + 1))


def held_levels(conn: Connection, entries: Iterable[int]) -> dict[int, int]:
    """What is noted of entries; 0 where nothing is."""
    wanted = sorted(set(entries))
    noted = {r.entry: r.level for r in rows_where(conn, schema.shade, "entry", wanted)}
    return {entry: noted.get(entry, 0) for entry in wanted}


def mark_anew(commit: Commit, reports: Iterable[int]) -> set[int]:
    """The incidents that reports were ever in, after their marking changed and bound all else.

    What those who may not see all were told of these incidents goes: it rested on another marking.
    """
    conn = commit.conn
    commit.flush()
    family = {r for some in versions_with(conn, reports).values() for r in some}
    entries = entries_of(conn, family)
    nums = incidents_of(conn, entries)
    delete_where(conn, schema.line_below, "incident", sorted(nums))
    shade(conn, entries)
    return nums


def levels_below(levels: Mapping[int, int]) -> list[tuple[int, int]]:
    """The ranges of clearance, from one to less than the other, that see some of an incident.

    `levels` are those of what it holds; whoever has the highest of them sees all.
    """
    held = sorted({*levels.values()})
    return list(pairwise(held))
