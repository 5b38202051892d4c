"""What one may ask of claims, and the rows that answer it, newest first.

Each filter is one range of one index. The rarest drives, the others are looked up for its rows:
neither store has to guess, and a filter costs the same in a ledger of any size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Subquery,
    Text,
    and_,
    cast,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
    union,
    union_all,
)

from sayso.errors import UsageError
from sayso.ledger import words
from sayso.ledger.instants import LONG_DAYS, Instant, to_micros
from sayso.ledger.project import FIRST_DAY, LAST_DAY, MONTHS, months_of
from sayso.ledger.schema import claim, facet, judgement
from sayso.ledger.store import among, is_sqlite, look_up
from sayso.ledger.terms import asked, term

PROBE = 2_000  # rows of days that are few: they are sorted
MOST_PROBE = 20_000  # rows counted to tell a rare filter from a common one
TOGETHER = 4  # claims of one day that one report makes, about
NEAR, SIGNS = 3_000, 20  # the newest rows: so many with a word tell that it is common
BY_TERM = ("words", "actor", "place", "type", "measure", "speaker")
MOST_PARTS = 80  # years and months of an interval; a wider one is found by walking from the newest


@dataclass(frozen=True, slots=True)
class Filters:
    """What to look for; None asks for nothing.

    Names (actor, place, speaker) match where their words stand in that order in the name; a
    country's ISO 3166 alpha-3 code stands for all of that country. `from_` and `to` are days, of
    the event. `as_known_at` replays the ledger's own clock, `as_public_at` the reports'.
    `rejected` False leaves out what people rejected, True asks for nothing else.
    """

    words: str | None = None
    actor: str | None = None
    place: str | None = None
    type: str | None = None
    measure: str | None = None
    speaker: str | None = None
    certainty: str | None = None
    polarity: str | None = None
    from_: str | None = None
    to: str | None = None
    as_known_at: Instant | None = None
    as_public_at: Instant | None = None
    rejected: bool | None = None


def singles_of(filters: Filters) -> Iterator[Filters]:
    """The filters one by one, each as known then."""
    at = filters.as_known_at
    for name in (*BY_TERM, "certainty", "polarity"):
        if (value := getattr(filters, name)) is not None:
            yield Filters(as_known_at=at, **{name: value})
    if filters.from_ or filters.to:
        yield Filters(as_known_at=at, from_=filters.from_, to=filters.to)


Part = tuple[FromClause, ColumnElement[int], ColumnElement[bool]]  # a table, its row, what holds


@dataclass(frozen=True, slots=True)
class Driver:
    """One filter as something to select from: its row column, its condition, how common it is.

    `sorted` tells that rows come newest first without sorting; of days they do not. These have
    `few` rows, or `parts` to merge, each of which is sorted. `words` is a question of them.
    """

    table: FromClause
    row: ColumnElement[int]
    condition: Any
    common: int
    sorted: bool = True
    words: str | None = None
    few: tuple[int, ...] = ()
    parts: tuple[Part, ...] = ()

    def holds(self, row: ColumnElement[int]) -> ColumnElement[bool]:
        """The condition that a row found otherwise is among this filter's too."""
        if not self.sorted:
            return true()  # days: `conditions_of` asks for them
        if self.table.name == "claim_words":  # type: ignore[attr-defined]
            return row.in_(select(self.row).where(self.condition))
        return exists(
            select(self.row).where(self.condition, self.row == row).correlate_except(self.table)
        )


def find_rows(conn: Connection, filters: Filters, before: int | None, limit: int) -> list[Any]:
    """Claim rows that fit, newest first."""
    return Seeker(conn, filters).rows(before, limit)


class Seeker:
    """A question made ready: asked again and again, it need not weigh its filters anew.

    `only` is the driver of a single filter, where it is known.
    """

    def __init__(self, conn: Connection, filters: Filters, only: Driver | None = None) -> None:
        self.conn = conn
        look_up(conn)
        # of two common ones the days: they stand together, the others' may be of any time
        order = sorted(_drivers(conn, filters), key=lambda d: (d.common, d.sorted))
        drivers = [only] if only else order
        self.first = drivers[0] if drivers else None
        self.conditions = list(conditions_of(filters))
        self.conditions += [d.holds(claim.c.row) for d in drivers[1:]]
        self.cut = _cut(conn, filters)

    def rows(self, before: int | None, limit: int, what: Sequence[Any] = (claim,)) -> list[Any]:
        """The newest rows before a cursor, or `what` of them."""
        if before is None or (self.cut is not None and self.cut < before):
            before = self.cut
        query, first = select(*what), self.first
        if first is None:
            return _newest(self.conn, query.where(*self.conditions), claim.c.row, before, limit)
        if not first.sorted:
            return self._of_days(first, before, limit, what)
        if first.words and first.table is words.POSTGRES:
            return self._worded(first.words, before, limit, what)
        joined = first.table.join(claim, claim.c.row == first.row)
        query = query.select_from(joined).where(first.condition, *self.conditions)
        return _newest(self.conn, query, first.row, before, limit)

    def _of_days(
        self, days: Driver, before: int | None, limit: int, what: Sequence[Any]
    ) -> list[Any]:
        """The newest rows of days: those of each month or year, merged."""
        if not days.parts:
            query = select(*what).where(among(self.conn, claim.c.row, days.few), *self.conditions)
            return _newest(self.conn, query, claim.c.row, before, limit)
        some = []
        for table, row, condition in days.parts:
            query = select(*what).select_from(table).where(condition, *self.conditions)
            if before is not None:
                query = query.where(row < before)
            some.append(select(query.order_by(row.desc()).limit(limit).subquery()))
        every = union(*some).subquery()
        return _newest(self.conn, select(every), every.c.row, None, limit)

    def _worded(self, question: str, before: int | None, limit: int, what: Any) -> list[Any]:
        """The newest rows that hold words, on PostgreSQL.

        Its word index is not in order: of a common word it would sort every row. Such a one is
        among the newest, and tells by how often how far back to look.
        """
        words_ = words.POSTGRES.c
        top = before or _top(self.conn) + 1
        width = NEAR
        while True:
            near = words.fenced(words_.row >= top - width, words_.row < top)
            found = self._joined(near, words.matching(near.c.words, question), limit, what)
            if len(found) == limit or width >= top:
                return found
            if len(found) < SIGNS:
                break
            width = width * limit * 3 // (2 * len(found))
        rare = words.fenced(words.matching(words_.words, question), words_.row < top)
        return self._joined(rare, true(), limit, what)

    def _joined(
        self, some: Subquery, condition: ColumnElement[bool], limit: int, what: Any
    ) -> list[Any]:
        table = some.join(claim, claim.c.row == some.c.row)
        query = select(*what).select_from(table).where(condition, *self.conditions)
        return _newest(self.conn, query, some.c.row, None, limit)


def _top(conn: Connection) -> int:
    return conn.scalar(select(func.max(claim.c.row))) or 0


def _newest(
    conn: Connection, query: Select[Any], row: ColumnElement[int], before: int | None, limit: int
) -> list[Any]:
    """The newest rows of a query, those before a cursor."""
    if before is not None:
        query = query.where(row < before)
    return list(conn.execute(query.order_by(row.desc()).limit(limit)).all())


def _drivers(conn: Connection, filters: Filters) -> Iterator[Driver]:
    asks = [
        asked(kind, value)
        for kind, value in (
            ("actor", filters.actor),
            ("place", filters.place),
            ("speaker", filters.speaker),
        )
        if value
    ]
    asks += [
        term(kind, value)
        for kind, value in (("type", filters.type), ("measure", filters.measure))
        if value
    ]
    several = len(asks) + bool(filters.words) + bool(filters.from_ or filters.to) > 1
    for value in asks:
        yield _term_driver(conn, value, probe=several)
    if filters.words:
        table, row, match = words.hits(conn, filters.words)
        common = _count_words(conn, filters.words) if several else 0
        yield Driver(table, row, match, common, words=filters.words)
    if filters.from_ or filters.to:
        yield from _day_driver(conn, filters)


def driver_of(conn: Connection, single: Filters) -> Driver | None:
    """The driver of a question with one filter, None for one that has no index."""
    return next(_drivers(conn, single), None)


def rarity(conn: Connection, driver: Driver | None) -> tuple[int, bool]:
    """What sorts the drivers of single filters, the rarest first.

    Days count for less: their claims stand together in few reports, those of a name or a type in
    many, most of which are of other days.
    """
    if driver is None:
        return MOST_PROBE + 1, True
    if not driver.sorted:
        return driver.common // TOGETHER, False
    if driver.words:
        return _count_words(conn, driver.words), True
    return _count(conn, driver.table, driver.row, driver.condition), True


def _term_driver(conn: Connection, value: int, *, probe: bool) -> Driver:
    table = facet.alias()
    condition = table.c.term == value
    return Driver(
        table, table.c.row, condition, _count(conn, table, table.c.row, condition) if probe else 0
    )


def _count(conn: Connection, table: FromClause, row: ColumnElement[int], condition: Any) -> int:
    """How many rows a filter holds, counted up to `MOST_PROBE`."""
    return _length(conn, select(row).select_from(table).where(condition).limit(MOST_PROBE))


def _count_words(conn: Connection, question: str) -> int:
    """How many rows hold words, about: PostgreSQL's index finds all before one is counted.

    There a common word is told by the newest rows.
    """
    table, row, match = words.hits(conn, question)
    if table is words.POSTGRES and (top := _top(conn)) > NEAR:
        near = words.fenced(row > top - NEAR)
        held = select(near.c.row).where(words.matching(near.c.words, question))
        if (newest := _length(conn, held)) >= SIGNS:
            return min(MOST_PROBE, newest * top // NEAR)
    return _count(conn, table, row, match)


def _length(conn: Connection, query: Select[Any]) -> int:
    return conn.scalar(select(func.count()).select_from(query.subquery())) or 0


def _day_driver(conn: Connection, filters: Filters) -> Iterator[Driver]:
    first, last = _days(filters)
    short_last = _later(last, LONG_DAYS)
    short = select(claim.c.row).where(
        claim.c.long == false(),
        claim.c.ends >= first,
        claim.c.ends <= short_last,
        claim.c.starts <= last,
    )
    # few: intervals of more than a month and open ones
    long = and_(claim.c.long == true(), claim.c.ends >= first, claim.c.starts <= last)
    few = conn.scalars(union_all(short, select(claim.c.row).where(long)).limit(PROBE)).all()
    common, parts = len(few), list[Part]()
    if common == PROBE:
        terms = _day_terms(conn, first, last)
        if not terms:
            return
        parts += [_with_term(conn, each) for each in terms]
        parts.append((claim, claim.c.row, long))
        common = _count(conn, facet, facet.c.row, facet.c.term.in_(terms))
    yield Driver(claim, claim.c.row, literal(1) == 1, common, sorted=False, few=tuple(few),
                 parts=tuple(parts))  # fmt: skip


def _with_term(conn: Connection, value: int) -> Part:
    """The claims with a term, to be read from the newest on."""
    if is_sqlite(conn):
        held = facet.alias()
        return held.join(claim, claim.c.row == held.c.row), held.c.row, held.c.term == value
    # fenced: PostgreSQL would read all claims from the newest on until it meets one with the term
    query = select(facet.c.row).where(facet.c.term == value)
    some = query.order_by(facet.c.row.desc()).offset(0).subquery()
    return some.join(claim, claim.c.row == some.c.row), some.c.row, true()


def _day_terms(conn: Connection, first: str, last: str) -> list[int]:
    """The whole years and else the months that an interval touches; none where these are too many.

    In a year before the first claim or after the last nothing is: there the first and the last
    year are whole.
    """
    # one by one: SQLite answers one of them by its index, both together by reading all
    ends = claim.c.ends
    least, most = (
        conn.scalar(select(f).where(claim.c.long == false()))
        for f in (func.min(ends), func.max(ends))
    )
    if least is None or most is None:
        return []
    first = max(first, _later(least, -LONG_DAYS)[:4] + FIRST_DAY[4:])
    last = min(last, most[:4] + LAST_DAY[4:])
    months: dict[str, list[str]] = {}
    for month in months_of(first, last):
        months.setdefault(month[:4], []).append(month)
    whole = {year for year in months if len(months[year]) == MONTHS}
    terms = [term("year", year) for year in whole]
    terms += [term("month", m) for year in months.keys() - whole for m in months[year]]
    return sorted(terms) if len(terms) <= MOST_PARTS else []


def _days(filters: Filters) -> tuple[str, str]:
    days = (filters.from_ or FIRST_DAY, filters.to or LAST_DAY)
    for day in days:
        try:
            date.fromisoformat(day)
        except ValueError:
            raise UsageError(f"{day!r} is no day; write 2024-12-27") from None
    return days


def _later(day: str, days: int) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days)).isoformat()
    except OverflowError:
        return day


def conditions_of(filters: Filters) -> Iterator[ColumnElement[bool]]:
    """What claims' own columns must hold."""
    if filters.certainty:
        yield claim.c.certainty == filters.certainty
    if filters.polarity:
        yield claim.c.polarity == filters.polarity
    if filters.from_ or filters.to:
        first, last = _days(filters)
        yield and_(claim.c.starts <= last, claim.c.ends >= first)
    if filters.as_public_at is not None:
        yield claim.c.public_at <= to_micros(filters.as_public_at)
    yield held_at(claim, filters.as_known_at)
    if filters.rejected is not None:
        yield _rejected(filters) if filters.rejected else ~_rejected(filters)


def _cut(conn: Connection, filters: Filters) -> int | None:
    """The cursor of what was known: rows are numbered as they are learnt."""
    if filters.as_known_at is None:
        return None
    newest = conn.scalar(
        select(claim.c.row)
        .where(claim.c.since <= to_micros(filters.as_known_at))
        .order_by(claim.c.since.desc(), claim.c.row.desc())
        .limit(1)
    )
    return (newest or 0) + 1


def held_at(table: Any, at: Instant | None) -> ColumnElement[bool]:
    """The condition that a row held at an instant, now where it is None."""
    if at is None:
        return table.c.until.is_(None)  # type: ignore[no-any-return]
    micros = to_micros(at)
    return and_(table.c.since <= micros, or_(table.c.until.is_(None), table.c.until > micros))


def _rejected(filters: Filters) -> ColumnElement[bool]:
    handle = literal("c").concat(cast(claim.c.reading, Text)).concat(".")
    return exists(
        select(judgement.c.entry).where(
            judgement.c.target == handle.concat(cast(claim.c.n, Text)),
            judgement.c.action == "reject",
            held_at(judgement, filters.as_known_at),
        )
    )
