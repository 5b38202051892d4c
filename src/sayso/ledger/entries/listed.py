"""A team's own lists (actors, conflicts, dyads, places) and the rows that it coded, by their ids.

Beside the chain, as `kept.py` is: what a team says of its ids is no claim of a report. A row that
is held is never written over unless whoever brings another says so. A name that is erased is
blotted out here too. Whoever looks a row up asks for it by name: lists grow long.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Connection, func, select

from sayso.ledger.layout.instants import to_iso
from sayso.ledger.layout.lives import Mask
from sayso.ledger.layout.looked_up import LONGEST, names_of
from sayso.ledger.layout.masking import mask_wire
from sayso.ledger.store.engines import in_chunks, insert_rows
from sayso.ledger.store.schema import incident, incident_line, listed, listed_name

ListKind = Literal["actor", "conflict", "dyad", "place", "coded"]
LONG = 31  # days; a row that tells of more is looked for apart, so that a month's are found fast
STEP = 2_000


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of a list: its id there, what it says, and where it stood in which file.

    `starts` and `ends` are the first and last day of a coded row. `by` and `at` are empty until it
    is held; `row` is its number in the file while that is read.
    """

    kind: ListKind
    id: str
    value: dict[str, Any]
    file: str
    starts: str | None = None
    ends: str | None = None
    by: str = ""
    at: str = ""
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a row: new, same, held (another is there and stays), or replaced by it."""

    row: Listed
    became: Literal["new", "same", "held", "replaced"]
    held: Listed | None


def weigh_rows(conn: Connection, rows: Sequence[Listed], *, replace: bool) -> Iterator[Taken]:
    """What becomes of rows of one kind, ids apart, when they are taken in."""
    for chunk in in_chunks(rows, STEP):
        old = {r.id: r for r in find_rows(conn, chunk[0].kind, [r.id for r in chunk])}
        yield from (_weigh(row, old.get(row.id), replace=replace) for row in chunk)


def _weigh(row: Listed, held: Listed | None, *, replace: bool) -> Taken:
    if held is None:
        return Taken(row, "new", None)
    if held.value == row.value:
        return Taken(row, "same", held)
    return Taken(row, "replaced" if replace else "held", held)


def take_rows(
    conn: Connection, rows: Sequence[Listed], by: str, at: int, *, replace: bool
) -> list[Taken]:  # fmt: skip
    """Take in rows of one kind, ids apart; those held that say otherwise stay without `replace`."""
    taken = list(weigh_rows(conn, rows, replace=replace))
    if rows:
        drop_rows(conn, rows[0].kind, [t.row.id for t in taken if t.became == "replaced"])
    fresh = [t.row for t in taken if t.became in ("new", "replaced")]
    _insert(conn, fresh, by, at)
    return taken


def _insert(conn: Connection, rows: Sequence[Listed], by: str, at: int) -> None:
    insert_rows(conn, listed, [_columns(row, by, at) for row in rows])
    names = [(row.kind, name, row.id) for row in rows for name in names_of(row.kind, row.value)]
    insert_rows(conn, listed_name, names)


def _columns(row: Listed, by: str, at: int) -> tuple[Any, ...]:
    days = _days(row.starts, row.ends)
    code = json.dumps(row.value, ensure_ascii=False)
    return (
        row.kind, row.id, code, row.file, by, at, row.starts, row.ends, days > LONG,
        str(row.value["incident"])[:LONGEST] if row.value.get("incident") else None,
    )  # fmt: skip


def _days(starts: str | None, ends: str | None) -> int:
    if not starts or not ends:
        return 0
    return (dt.date.fromisoformat(ends) - dt.date.fromisoformat(starts)).days


def _row(r: Any) -> Listed:
    value = json.loads(r.value)
    return Listed(r.kind, r.id, value, r.file, r.starts, r.ends, r.who, to_iso(r.at))


def find_rows(
    conn: Connection, kind: ListKind, ids: Sequence[str] | None = None
) -> Iterator[Listed]:
    """All rows of a kind by id, or those with ids."""
    query = select(listed).where(listed.c.kind == kind).order_by(listed.c.id)
    if ids is None:
        yield from map(_row, conn.execute(query))
        return
    for chunk in in_chunks(ids):
        yield from map(_row, conn.execute(query.where(listed.c.id.in_(chunk))))


def coded_between(conn: Connection, first: str, last: str) -> list[Listed]:
    """The coded rows that may tell of a day from first to last, by id."""
    c = listed.c
    since = (dt.date.fromisoformat(first) - dt.timedelta(LONG)).isoformat()
    coded = select(listed).where(c.kind == "coded", c.starts <= last, c.ends >= first)
    short = coded.where(c.long.is_(False), c.starts >= since)
    long = coded.where(c.long.is_(True))
    # asked apart: of either, or in order, the index of days would not be used
    rows = [_row(r) for query in (short, long) for r in conn.execute(query)]
    return sorted(rows, key=lambda r: r.id)


def naming_incidents(conn: Connection) -> Iterator[Listed]:
    """The coded rows that name the incident that they are of."""
    query = select(listed).where(listed.c.incident.is_not(None)).order_by(listed.c.id)
    yield from map(_row, conn.execute(query))


def coded_of(conn: Connection, id_: str) -> list[Listed]:
    """The coded rows that name an incident, or one that was joined to it since, by their ids."""
    own = list(conn.scalars(select(incident.c.num).where(incident.c.id == id_)))
    nums: list[int] = []
    while own:
        nums += own
        line = incident_line.c
        moved = select(line.incident).where(line.moved_to.in_(own), line.until.is_(None))
        own = [num for num in conn.scalars(moved) if num not in nums]
    ids = conn.scalars(select(incident.c.id).where(incident.c.num.in_(nums)))
    query = select(listed).where(listed.c.incident.in_([id_, *ids])).order_by(listed.c.id)
    return [_row(r) for r in conn.execute(query)]


def rows_called(
    conn: Connection, kind: ListKind, names: Iterable[str]
) -> dict[str, list[Listed]]:  # fmt: skip
    """The rows of a list by each of some names that they are looked up by."""
    found: dict[str, list[Listed]] = {}
    c = listed_name.c
    for chunk in in_chunks(list(dict.fromkeys(names))):
        same = (listed.c.kind == c.kind) & (listed.c.id == c.id)
        query = select(c.name.label("called"), listed).join(listed, same)
        asked = query.where(c.kind == kind, c.name.in_(chunk)).order_by(listed.c.id)
        for row in conn.execute(asked):
            found.setdefault(row.called, []).append(_row(row))
    return found


def ids_from(conn: Connection, kind: ListKind, file: str) -> list[str]:
    """The ids of a kind that came with a file of this name."""
    query = select(listed.c.id).where(listed.c.kind == kind, listed.c.file == file)
    return list(conn.scalars(query.order_by(listed.c.id)))


def drop_rows(conn: Connection, kind: ListKind, ids: Sequence[str]) -> None:
    """Forget rows."""
    for chunk in in_chunks(ids):
        for table in (listed, listed_name):
            conn.execute(table.delete().where(table.c.kind == kind, table.c.id.in_(chunk)))


def count_rows(conn: Connection) -> dict[ListKind, int]:
    """How many rows of each kind are held."""
    query = select(listed.c.kind, func.count()).group_by(listed.c.kind)
    return {row[0]: row[1] for row in conn.execute(query)}


def has_rows(conn: Connection, kind: ListKind) -> bool:
    """True where a row of a kind is held."""
    return conn.scalar(select(listed.c.id).where(listed.c.kind == kind).limit(1)) is not None


def blot_out(conn: Connection, hide: Mask) -> int:
    """How many rows held a name that is to go; it is blotted out in them."""
    count = 0
    for row in list(conn.execute(select(listed))):
        value = json.loads(row.value)
        new = (hide(row.id), mask_wire(value, hide), hide(row.file), hide(row.who))
        if new == (row.id, value, row.file, row.who):
            continue
        count += 1
        drop_rows(conn, row.kind, [row.id])
        id_ = new[0] if new[0] == row.id else f"{new[0]}~{count}"  # two may look alike now
        blotted = Listed(row.kind, id_, new[1], new[2], row.starts, row.ends)
        _insert(conn, [blotted], new[3], row.at)
    return count
