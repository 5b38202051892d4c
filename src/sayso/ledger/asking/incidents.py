"""Incidents that fit a question, those that were last told of first.

Each filter must hold for some claim of the incident, not for one and the same: the place may stand
in one claim and the toll in another. The rarest filter's claims lead to incidents, the others are
checked for a whole page of them at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from sayso.errors import NotInLedgerError, UsageError
from sayso.ledger.asking.claims import answer_reports
from sayso.ledger.asking.drivers import Driver, driver_of, rarity
from sayso.ledger.asking.seek import Seeker
from sayso.ledger.entries.incidents import incidents_of, members_at, places_of
from sayso.ledger.layout.answers import IncidentRow, Page, ReportAnswer, parse_handle
from sayso.ledger.layout.instants import Instant, to_iso, to_micros
from sayso.ledger.store import schema, words
from sayso.ledger.store.engines import among, in_chunks, rows_where
from sayso.ledger.store.filters import (
    BY_TERM,
    Filters,
    conditions_of,
    held_at,
    singles_of,
)

STEP, MOST_STEP = 400, 3_200  # claims looked at in one go, at first and at most
CHECKED = 64  # incidents of which the other filters are asked in one go
FEW = tuple(schema.claim.c[k] for k in ("row", "reading", "n"))
MOST = 1_000  # rows of one answer
LOOKED_AT = 2_000  # incidents looked through for a flag in one go
LEAST = 4  # signs of an id that may stand for it, where no other begins so
PARTS, DIGITS = 3, 18  # of a cursor
CLAIMS = re.compile(r'"claims": \[([0-9][0-9, ]*)\]')


class Position(NamedTuple):
    """Where an incident stands in a list: by what it was found there, and its number.

    `row` is that of the newest claim for which the filter `by` holds; without filters the entry of
    the incident's line.
    """

    row: int
    num: int
    by: int = 0

    def words(self) -> str:
        """As a cursor."""
        return ".".join(map(str, self))


def find_incidents(
    conn: Connection, filters: Filters, limit: int, cursor: str | None = None,
    flag: str | None = None,
) -> Page[IncidentRow]:  # fmt: skip
    """A page of the incidents that fit.

    A flag is no claim's: so many lines are looked through for it, and the next page goes on.
    """
    if not 1 <= limit <= MOST:
        raise UsageError(f"a list has 1 to {MOST} rows, not {limit}")
    singles, at = list(singles_of(filters)), filters.as_known_at
    after = _position(cursor, max(1, len(singles))) if cursor is not None else None
    spots = _fitting(conn, singles, at, after) if singles else _newest(conn, at, after)
    found: list[IncidentRow] = []
    last: Position | None = None
    looked = 0
    # no more are looked for than are asked for: each costs as much as it has claims
    while len(found) < limit and looked < LOOKED_AT:
        some = list(islice(spots, limit - len(found) if flag is None else STEP))
        if not some:
            return Page(tuple(found))
        kept = some
        if flag is not None:
            looked += len(some)
            kept = _flagged(conn, some, flag, at)
        if len(kept) > limit - len(found):
            kept = kept[: limit - len(found)]
            here = some.index(kept[-1]) + 1
            some, spots = some[:here], chain(some[here:], spots)
        found += rows_of(conn, [spot.num for spot in kept], at)
        last = some[-1]
    more = last if next(spots, None) is not None else None
    return Page(tuple(found), more.words() if more else None)


def _flagged(
    conn: Connection, spots: list[Position], flag: str, at: Instant | None
) -> list[Position]:
    """Those whose line has a flag."""
    table = schema.incident_line
    query = select(table.c.incident, table.c.view).where(
        among(conn, table.c.incident, [spot.num for spot in spots]), held_at(table, at)
    )
    # not each line's whole JSON: of a thousand, a few have the flag
    mark = f'"{flag}"'
    held = {r.incident: r.view for r in conn.execute(query) if mark in r.view}
    flags = {num: json.loads(view).get("flags", ()) for num, view in held.items()}
    return [spot for spot in spots if flag in flags.get(spot.num, ())]


def _position(cursor: str, filters: int) -> Position:
    numbers = cursor.split(".")
    if len(numbers) == PARTS and all(n.isdecimal() and len(n) <= DIGITS for n in numbers):
        spot = Position(*map(int, numbers))
        if spot.by < filters:
            return spot
    raise UsageError(f"{cursor!r:.40} is no cursor of this list")


def _newest(conn: Connection, at: Instant | None, after: Position | None) -> Iterator[Position]:
    """All incidents, those last told of first."""
    table, before = schema.incident_line, after.row if after else None
    query = select(table.c.entry, table.c.incident).where(
        held_at(table, at), table.c.moved_to.is_(None)
    )
    if at is not None and before is None:
        batch = schema.batch
        last = select(batch.c.last).where(batch.c.at <= to_micros(at)).order_by(batch.c.seq.desc())
        before = (conn.scalar(last.limit(1)) or 0) + 1
    while True:
        step = query if before is None else query.where(table.c.entry < before)
        rows = list(conn.execute(step.order_by(table.c.entry.desc()).limit(STEP)))
        yield from (Position(r.entry, r.incident) for r in rows)
        if len(rows) < STEP:
            return
        before = rows[-1].entry


def _fitting(
    conn: Connection, singles: list[Filters], at: Instant | None, after: Position | None
) -> Iterator[Position]:
    """The incidents for which every filter holds; the rarest leads to them, or the cursor's."""
    by, driver = (after.by, None) if after else _rarest(conn, singles)
    first, others = singles[by], [s for n, s in enumerate(singles) if n != by]
    seen: set[int] = set()
    before, step = after.row + 1 if after else None, STEP
    seeker, told = Seeker(conn, first, driver), _ClaimsOf(conn)
    while True:
        claims = seeker.rows(before, step, FEW)
        new = [s for s in _positions(told, claims, by, at) if s.num not in seen]
        seen.update(spot.num for spot in new)
        for some in in_chunks(new, max(CHECKED, step // 8)):
            yield from _checked(told, some, others, at, (first, after) if after else None)
        if len(claims) < step:
            return
        before, step = claims[-1].row, min(2 * step, MOST_STEP)


def _rarest(conn: Connection, singles: list[Filters]) -> tuple[int, Driver | None]:
    """The place of the filter that the fewest claims fulfil, and its driver."""
    if len(singles) == 1:
        return 0, None
    drivers = [driver_of(conn, single) for single in singles]
    by = min(range(len(singles)), key=lambda n: rarity(conn, drivers[n]))
    return by, drivers[by]


def _positions(
    told: _ClaimsOf, claims: list[Any], by: int, at: Instant | None
) -> Iterator[Position]:
    """The incidents of claims, each once, in the claims' order."""
    readings = {reading for _, reading, _ in claims}
    home = {(r, n): num for r, n, num in incidents_of(told.conn, readings, at)}
    homes = told.homes(home)
    seen: set[int] = set()
    for row, reading, n in claims:
        for num, numbers in homes.get(reading, ()):
            if num not in seen and n in numbers:
                seen.add(num)
                yield Position(row, num, by)


class _ClaimsOf:
    """Which claims mentions tell of, each looked up once in a question."""

    def __init__(self, conn: Connection) -> None:
        self.conn = conn
        self._claims: dict[tuple[int, int], list[int]] = {}
        self._known: set[int] = set()

    def homes(self, home: dict[tuple[int, int], int]) -> dict[int, list[tuple[int, list[int]]]]:
        """By reading its incidents, the newest first, each with the numbers of claims in it.

        `home` are the incidents of mentions.
        """
        self._look_up({reading for reading, _ in home} - self._known)
        found: dict[int, list[tuple[int, list[int]]]] = {}
        for mention, num in home.items():
            found.setdefault(mention[0], []).append((num, self._claims.get(mention, [])))
        for places in found.values():
            places.sort(reverse=True)
        return found

    def _look_up(self, readings: set[int]) -> None:
        self._known |= readings
        table = schema.mention
        columns = table.c.reading, table.c.n, table.c.view
        for chunk in in_chunks(sorted(readings)):
            query = select(*columns).where(among(self.conn, table.c.reading, chunk))
            for reading, n, view in self.conn.execute(query.order_by(table.c.entry)).all():
                self._claims[reading, n] = _claims_in(view)


def _claims_in(view: str) -> list[int]:
    """The claims in a mention's view; to read the rest too takes three times as long."""
    listed = CLAIMS.search(view)
    return [int(n) for n in listed[1].split(",")] if listed else []


def _checked(
    told: _ClaimsOf, spots: list[Position], others: list[Filters], at: Instant | None,
    after: tuple[Filters, Position] | None,
) -> list[Position]:  # fmt: skip
    """Those incidents for which every other filter holds too.

    With `after`, those that an earlier page, up to its spot, told of are left out: a newer claim
    of theirs led to them there.
    """
    if not spots or not (others or after):
        return spots
    conn = told.conn
    home = {(r, n): num for r, n, num in places_of(conn, [spot.num for spot in spots], at)}
    homes, readings = told.homes(home), sorted({r for r, _ in home})
    left = {spot.num for spot in spots}
    for single in others:
        fit = _claims_that(conn, single, readings)
        left &= {num for _, r, n in fit for num, numbers in homes[r] if n in numbers}
    if after is not None:
        first, last = after
        for row, r, n in _claims_that(conn, first, readings):
            if row >= last.row:
                left -= {num for num, numbers in homes[r] if n in numbers
                         and (row, num) >= (last.row, last.num)}  # fmt: skip
    return [spot for spot in spots if spot.num in left]


def _claims_that(conn: Connection, single: Filters, readings: list[int]) -> list[Any]:
    """Those claims of readings for which a filter holds."""
    table = schema.claim
    query = select(*FEW).where(among(conn, table.c.reading, readings), *conditions_of(single))
    by_term = any(getattr(single, name) is not None for name in BY_TERM)
    driver = driver_of(conn, single) if by_term else None
    if driver is None:
        return list(conn.execute(query).all())
    if single.words is None:
        return list(conn.execute(query.where(driver.holds(table.c.row))).all())
    # not the other way round: a common word has as many claims as the ledger
    claims = {c.row: c for c in conn.execute(query).all()}
    return [claims[row] for row in words.holding(conn, single.words, claims)]


def rows_of(conn: Connection, nums: list[int], at: Instant | None) -> list[IncidentRow]:
    """The rows of incidents as said at an instant; those without a line are left out."""
    lines = {}
    for chunk in in_chunks(nums):
        table = schema.incident_line
        query = select(table).where(among(conn, table.c.incident, chunk), held_at(table, at))
        lines.update({r.incident: r for r in conn.execute(query) if r.moved_to is None})
    ids = {r.num: r.id for r in rows_where(conn, schema.incident, "num", list(lines))}
    members = members_at(conn, lines, at)
    readings = {m.reading for rows in members.values() for m in rows}
    mains: dict[tuple[int, int], bool] = {}
    of: dict[int, int] = {}
    for chunk in in_chunks(sorted(readings)):
        mention = schema.mention
        columns = (mention.c.reading, mention.c.n, mention.c.report, mention.c.main)
        for r in conn.execute(select(*columns).where(among(conn, mention.c.reading, chunk))):
            mains[r.reading, r.n], of[r.reading] = bool(r.main), r.report
    reports = answer_reports(conn, set(of.values()))
    found = []
    for num in nums:
        if num not in lines or num not in members or lines[num].view == "{}":
            continue
        told = [(reports[of[m.reading]], mains[m.reading, m.n]) for m in members[num]]
        found.append(_row(ids[num], lines[num], told))
    return found


def _row(id_: str, line: Any, told: list[tuple[ReportAnswer, bool]]) -> IncidentRow:
    view = json.loads(line.view)
    names = {report.report: report.name for report, _ in told}  # two reports may have one name
    return IncidentRow(
        incident=id_,
        state=view["state"],
        reports=sorted(names.values()),
        main=sorted(names[handle] for handle in {r.report for r, main in told if main}),
        type=view["type"],
        time=view["time"],
        place=view["place"],
        figures=view["figures"],
        origins=view["origins"],
        texts=view["texts"],
        counted=view["counted"],
        changed=to_iso(line.since),
        handles=list(names),
        **{key: view.get(key, []) for key in ("stated", "speakers", "denials", "flags", "actors")},
        **{key: view.get(key, {}) for key in ("least", "corrected")},
    )


def number_of_incident(conn: Connection, asked: str, at: Instant | None) -> int:
    """The number of the incident that is meant, where it was joined to another that one's.

    By its id, the beginning of it, or the handle of a report (its main incident). Raises
    NotInLedgerError where it is none, or was not known then.
    """
    num = _by_report(conn, asked, at) if asked[:1] == "r" else _by_id(conn, asked)
    seen: set[int] = set()
    while num is not None and num not in seen:
        seen.add(num)
        table = schema.incident_line
        query = select(table.c.moved_to).where(table.c.incident == num, held_at(table, at))
        row = conn.execute(query).one_or_none()
        if row is None or row.moved_to is None:
            break
        num = row.moved_to
    known = num is not None and (
        at is None
        or conn.scalar(
            select(schema.incident.c.num).where(
                schema.incident.c.num == num, schema.incident.c.since <= to_micros(at)
            )
        )
    )
    if num is None or not known:
        raise NotInLedgerError(f"{asked!r:.60} is no incident here", "see `sayso incidents`")
    return num


def _by_id(conn: Connection, asked: str) -> int | None:
    table = schema.incident
    start = asked if asked.startswith("incident-") else f"incident-{asked}"
    if len(start) < len("incident-") + LEAST:
        return None
    query = select(table.c.num).where(table.c.id >= start, table.c.id < start + "~").limit(2)
    found = list(conn.scalars(query))
    return found[0] if len(found) == 1 else None


def _by_report(conn: Connection, asked: str, at: Instant | None) -> int | None:
    report, _ = parse_handle(asked, "r")
    readings = list(
        conn.scalars(select(schema.reading.c.entry).where(schema.reading.c.report == report))
    )
    return next((num for _, n, num in incidents_of(conn, readings, at) if n == 0), None)


def id_of(conn: Connection, num: int) -> str:
    """The id of an incident's number."""
    found: str = conn.scalar(select(schema.incident.c.id).filter_by(num=num)) or ""
    return found
