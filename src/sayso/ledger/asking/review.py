"""What is left to review: the rows on which nobody decided since they said what they now say.

Nothing of this is kept: a decision about an incident (accept, reject) holds for the row as it said
then, and a row that says the same again, after a copy or a new reading, needs no second look.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, exists, or_, select

from sayso.errors import UsageError
from sayso.ledger.asking.claims import answer_claims, judged_of
from sayso.ledger.asking.incidents import rows_of
from sayso.ledger.asking.named import incident_named
from sayso.ledger.entries.incidents import incidents_of, members_at
from sayso.ledger.layout.answers import ClaimAnswer, IncidentRow, Judged, Page, parse_handle
from sayso.ledger.store import schema
from sayso.ledger.store.engines import among, rows_where

DECIDING = ("accept", "reject")
MOST = 1_000  # rows of one page
DIGITS = 18  # of a cursor's numbers
ROW, LINE = schema.incident, schema.incident_line


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A row of the queue: the incident, its place there, and who decided on it as it now says.

    `line` is the ledger's entry (e12) that says it: a decision names it, so that nobody decides
    on what changed while they looked. `before` are decisions on what it said earlier.
    """

    row: IncidentRow
    line: str
    order: int
    decided: tuple[Judged, ...] = ()
    before: tuple[Judged, ...] = ()


def open_rows(
    conn: Connection, *, by: str | None, limit: int, cursor: str | None
) -> Page[Reviewed]:
    """The rows on which nobody has decided (with `by`: they have not), the most doubtful first.

    The cursor is the place of the last row: what changes meanwhile is met again at its new place.
    """
    if not 1 <= limit <= MOST:
        raise UsageError(f"a page has 1 to {MOST} rows, not {limit}")
    query = select(LINE.c.entry, LINE.c.incident, LINE.c.doubt).where(
        LINE.c.until.is_(None), LINE.c.moved_to.is_(None), ~_decided(by)
    )
    if cursor is not None:
        doubt, entry = _place(cursor)
        earlier = and_(LINE.c.doubt == doubt, LINE.c.entry < entry)
        query = query.where(LINE.c.doubt <= doubt, or_(LINE.c.doubt < doubt, earlier))
    ordered = query.order_by(LINE.c.doubt.desc(), LINE.c.entry.desc()).limit(limit + 1)
    lines = conn.execute(ordered).all()
    last = lines[limit - 1] if len(lines) > limit else None
    more = f"{last.doubt}.{last.entry}" if last is not None else None
    return Page(tuple(reviewed(conn, [r.incident for r in lines[:limit]])), more)


def _place(cursor: str) -> tuple[int, int]:
    parts = cursor.split(".")
    if len(parts) != 2 or not all(p.isdecimal() and len(p) <= DIGITS for p in parts):
        raise UsageError(f"{cursor!r:.40} is no cursor of this list")
    return int(parts[0]), int(parts[1])


def _decided(by: str | None) -> ColumnElement[bool]:
    """The condition that somebody decided on the row as a line says it."""
    judged, then = schema.judgement, LINE.alias("then")
    query = (
        select(judged.c.entry)
        .join(ROW, ROW.c.id == judged.c.target)
        .join(then, then.c.incident == ROW.c.num)
        .where(
            ROW.c.num == LINE.c.incident,
            judged.c.until.is_(None),
            judged.c.action.in_(DECIDING),
            then.c.since <= judged.c.since,
            or_(then.c.until.is_(None), then.c.until > judged.c.since),
            then.c.cells == LINE.c.cells,
        )
        .correlate(LINE)
    )
    return exists(query if by is None else query.where(_by(by)))


def _by(name: str) -> ColumnElement[bool]:
    """The condition that a person made a judgement."""
    entry, maker = schema.entry, schema.maker
    person = select(maker.c.entry).where(maker.c.kind == "person", maker.c.name == name)
    return exists(
        select(entry.c.id).where(
            entry.c.id == schema.judgement.c.entry, entry.c.maker.in_(person)
        )
    )  # fmt: skip


def decided_rows(
    conn: Connection, *, by: str | None, limit: int, cursor: str | None
) -> Page[Reviewed]:
    """The rows on which people decided, those last decided on first, each once a page."""
    if not 1 <= limit <= MOST:
        raise UsageError(f"a page has 1 to {MOST} rows, not {limit}")
    judged = schema.judgement
    query = select(judged.c.entry, ROW.c.num).join(ROW, ROW.c.id == judged.c.target)
    query = query.where(judged.c.action.in_(DECIDING), judged.c.until.is_(None))
    if by is not None:
        query = query.where(_by(by))
    if cursor is not None:
        if not cursor.isdecimal() or len(cursor) > DIGITS:
            raise UsageError(f"{cursor!r:.40} is no cursor of this list")
        query = query.where(judged.c.entry < int(cursor))
    found = conn.execute(query.order_by(judged.c.entry.desc()).limit(limit + 1)).all()
    nums = dict.fromkeys(r.num for r in found[:limit])
    more = str(found[limit - 1].entry) if len(found) > limit else None
    return Page(tuple(reviewed(conn, list(nums))), more)


def reviewed(conn: Connection, nums: list[int]) -> Iterator[Reviewed]:
    """Rows with who decided on them; those that are no row any more are left out."""
    lines = {r.incident: r for r in rows_where(conn, LINE, "incident", nums) if r.until is None}
    ids = {r.num: r.id for r in rows_where(conn, ROW, "num", nums)}
    judged = _judged(conn, ids)
    for row in rows_of(conn, nums, None):
        num = next(n for n, id_ in ids.items() if id_ == row.incident)
        now, before = judged.get(num, ([], []))
        line = lines[num]
        yield Reviewed(row, f"e{line.entry}", line.doubt, tuple(now), tuple(before))


def _judged(conn: Connection, ids: dict[int, str]) -> dict[int, tuple[list[Judged], list[Judged]]]:
    """By incident the decisions on the row as it now says, and those on what it said before."""
    judged, then, line = schema.judgement, LINE.alias("then"), LINE.alias("line")
    query = (
        select(judged, ROW.c.num, then.c.cells.label("said"), line.c.cells.label("says"))
        .join(ROW, ROW.c.id == judged.c.target)
        .join(line, and_(line.c.incident == ROW.c.num, line.c.until.is_(None)))
        .join(
            then,
            and_(
                then.c.incident == ROW.c.num,
                then.c.since <= judged.c.since,
                or_(then.c.until.is_(None), then.c.until > judged.c.since),
            ),
        )
        .where(
            among(conn, judged.c.target, list(ids.values())),
            judged.c.action.in_(DECIDING),
            judged.c.until.is_(None),
        )
        .order_by(judged.c.entry)
    )
    found: dict[int, tuple[list[Judged], list[Judged]]] = {}
    for row in conn.execute(query):
        now, before = found.setdefault(row.num, ([], []))
        (now if row.said == row.says else before).append(judged_of(row))
    return found


def decisions(conn: Connection, most: int) -> list[Judged]:
    """The newest decisions on rows that hold, oldest first: for the agreement of coders."""
    judged = schema.judgement
    query = select(judged).join(ROW, ROW.c.id == judged.c.target)
    query = query.where(judged.c.action.in_(DECIDING), judged.c.until.is_(None))
    rows = conn.execute(query.order_by(judged.c.entry.desc()).limit(most)).all()
    return [judged_of(row) for row in reversed(rows)]


def rows_named(conn: Connection, ids: Iterable[str]) -> list[Reviewed]:
    """The rows of incidents, in their order."""
    wanted = list(ids)
    nums = {r.id: r.num for r in rows_where(conn, ROW, "id", wanted)}
    return list(reviewed(conn, [nums[id_] for id_ in wanted if id_ in nums]))


def claims_under(conn: Connection, incident: str, most: int) -> list[ClaimAnswer]:
    """The claims that a row rests on, report by report in the order in which they came."""
    num = incident_named(conn, incident, None)
    members = members_at(conn, [num], None).get(num, [])
    order = {(m.reading, m.n): at for at, m in enumerate(members)}
    told = [
        r for r in rows_where(conn, schema.mention, "reading", {m.reading for m in members})
        if r.until is None and (r.reading, r.n) in order
    ]  # fmt: skip
    wanted: dict[tuple[int, int], int] = {}
    for mention in told:
        for n in json.loads(mention.view)["claims"]:
            wanted.setdefault((mention.reading, n), order[mention.reading, mention.n])
    rows = rows_where(conn, schema.claim, "reading", {reading for reading, _ in wanted})
    held = [r for r in rows if r.until is None and (r.reading, r.n) in wanted]
    held.sort(key=lambda r: (wanted[r.reading, r.n], r.n))
    return list(answer_claims(conn, held[:most], None))


def rows_of_report(conn: Connection, report: str) -> list[Reviewed]:
    """The rows that a report is about or tells of."""
    number, _ = parse_handle(report, "r")
    readings = [r.entry for r in rows_where(conn, schema.reading, "report", [number])]
    nums = dict.fromkeys(num for _, _, num in incidents_of(conn, readings, None))
    return list(reviewed(conn, list(nums)))
