"""Each filter as one range of one index, and how common it is.

The rarest drives, the others are looked up for its rows: neither store has to guess, and a filter
costs the same in a ledger of any size.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)

from sayso.ledger.entries.aliases import also_called
from sayso.ledger.layout.instants import LONG_DAYS, Instant
from sayso.ledger.layout.project import FIRST_DAY, LAST_DAY, MONTHS, months_of
from sayso.ledger.layout.terms import asked, term, words_of
from sayso.ledger.store import words
from sayso.ledger.store.engines import among, is_sqlite
from sayso.ledger.store.filters import Filters, days_asked
from sayso.ledger.store.schema import claim, facet, source
from sayso.lexicon.countries import names_of_countries

PROBE = 2_000  # rows of days that are few: they are sorted
MOST_PROBE = 20_000  # rows counted to tell a rare filter from a common one
TOGETHER = 4  # claims of one day that one report makes, about
NEAR, SIGNS = 3_000, 20  # the newest rows: so many with a word tell that it is common
MOST_PARTS = 80  # years and months of an interval; a wider one is found by walking from the newest

Part = tuple[FromClause, ColumnElement[int], ColumnElement[bool]]  # a table, its row, what holds


@dataclass(frozen=True, slots=True)
class Driver:
    """One filter as something to select from: its row column, its condition, how common it is.

    `sorted` tells that rows come newest first without sorting; of days, and of several names,
    they do not. These have `few` rows, or `parts` to merge, each of which is sorted. `words`
    is a question of them, `either` the condition of several names.
    """

    table: FromClause
    row: ColumnElement[int]
    condition: Any
    common: int
    sorted: bool = True
    words: str | None = None
    few: tuple[int, ...] = ()
    parts: tuple[Part, ...] = ()
    either: Callable[[ColumnElement[int]], ColumnElement[bool]] | None = None

    def holds(self, row: ColumnElement[int]) -> ColumnElement[bool]:
        """The condition that a row found otherwise is among this filter's too."""
        if self.either is not None:
            return self.either(row)
        if not self.sorted:
            return true()  # days: `conditions_of` asks for them
        if self.table.name == "claim_words":  # type: ignore[attr-defined]
            return row.in_(select(self.row).where(self.condition))
        return exists(
            select(self.row).where(self.condition, self.row == row).correlate_except(self.table)
        )


def top_row(conn: Connection) -> int:
    """The row of the newest claim."""
    return conn.scalar(select(func.max(claim.c.row))) or 0


def drivers_of(conn: Connection, filters: Filters) -> Iterator[Driver]:
    """The driver of each filter that has an index."""
    asks = [
        _called(kind, value)
        for kind, value in (("actor", filters.actor), ("place", filters.place))
        if value
    ]
    asks += [
        [term(kind, value)]
        for kind, value in (("type", filters.type), ("measure", filters.measure))
        if value
    ]
    others = bool(filters.speaker), bool(filters.words), bool(filters.from_ or filters.to)
    several = len(asks) + sum(others) > 1
    for terms in asks:
        yield _terms_driver(conn, terms, probe=several)
    if filters.speaker:
        yield _speaker_driver(conn, filters.speaker, filters.as_known_at, probe=several)
    if filters.words:
        table, row, match = words.hits(conn, filters.words)
        common = _count_words(conn, filters.words) if several else 0
        yield Driver(table, row, match, common, words=filters.words)
    if filters.from_ or filters.to:
        yield from _day_driver(conn, filters)


def driver_of(conn: Connection, single: Filters) -> Driver | None:
    """The driver of a question with one filter, None for one that has no index."""
    return next(drivers_of(conn, single), None)


def rarity(conn: Connection, driver: Driver | None) -> tuple[int, bool]:
    """What sorts the drivers of single filters, the rarest first.

    Days count for less: their claims stand together in few reports, those of a name or a type in
    many, most of which are of other days.
    """
    if driver is None:
        return MOST_PROBE + 1, True
    if driver.either:
        return min(MOST_PROBE, sum(_count(conn, *part) for part in driver.parts)), True
    if not driver.sorted:
        return driver.common // TOGETHER, False
    if driver.words:
        return _count_words(conn, driver.words), True
    return _count(conn, driver.table, driver.row, driver.condition), True


def _called(kind: str, name: str) -> list[int]:
    """The terms of a name; of a country's, that of its code too: all that is there, or is of it."""
    code = _countries().get(" ".join(words_of(name)))
    return list(dict.fromkeys(asked(kind, each) for each in (name, code) if each))


@functools.cache
def _countries() -> dict[str, str]:
    """Codes of countries by their names, folded as a filter's value is."""
    return {" ".join(words_of(name)): code for name, code in names_of_countries()}


def _terms_driver(
    conn: Connection, terms: Sequence[int], rows: Sequence[int] = (), *, probe: bool
) -> Driver:
    """The claims with any of some terms, and those of some rows."""
    if len(terms) == 1 and not rows:
        return _term_driver(conn, terms[0], probe=probe)
    drivers = [_term_driver(conn, value, probe=probe) for value in terms]

    def either(row: ColumnElement[int]) -> ColumnElement[bool]:
        return or_(*(driver.holds(row) for driver in drivers), among(conn, row, rows))

    parts = [_with_term(conn, value) for value in terms]
    if rows:
        parts.append((claim, claim.c.row, among(conn, claim.c.row, rows)))
    common = sum(driver.common for driver in drivers) + len(rows)
    return Driver(
        claim, claim.c.row, true(), common, sorted=False, parts=tuple(parts), either=either
    )


def _term_driver(conn: Connection, value: int, *, probe: bool) -> Driver:
    table = facet.alias()
    condition = table.c.term == value
    return Driver(
        table, table.c.row, condition, _count(conn, table, table.c.row, condition) if probe else 0
    )


def _speaker_driver(conn: Connection, name: str, at: Instant | None, *, probe: bool) -> Driver:
    """The claims of a speaker of a name, also of those that people joined with one of that name."""
    terms, rows = [asked("speaker", name)], list[int]()
    for key in also_called(conn, name, at):
        found = _rows_of_source(conn, key)
        rows += found
        if len(found) == MOST_PROBE:  # so common that its name alone is a list
            terms.append(asked("speaker", key.rsplit("|", 2)[0]))
    return _terms_driver(conn, terms, rows, probe=probe)


def _rows_of_source(conn: Connection, key: str) -> list[int]:
    """The newest claims of a source, by its key: of its reports those under its name and country.

    Another of that name may speak in other reports.
    """
    name, _, country = key.rsplit("|", 2)
    terms = [asked("speaker", name), *([asked("speaker", country)] if country else ())]
    held = [
        exists(select(facet.c.row).where(facet.c.term == value, facet.c.row == claim.c.row))
        for value in terms
    ]
    query = (
        select(claim.c.row)
        .join(source, source.c.reading == claim.c.reading)
        .where(source.c.key == key, *held)
    )
    return list(conn.scalars(query.order_by(source.c.reading.desc()).limit(MOST_PROBE)))


def _count(conn: Connection, table: FromClause, row: ColumnElement[int], condition: Any) -> int:
    """How many rows a filter holds, counted up to `MOST_PROBE`."""
    return _length(conn, select(row).select_from(table).where(condition).limit(MOST_PROBE))


def _count_words(conn: Connection, question: str) -> int:
    """How many rows hold words, about: PostgreSQL's index finds all before one is counted.

    There a common word is told by the newest rows.
    """
    table, row, match = words.hits(conn, question)
    if table is words.POSTGRES and (top := top_row(conn)) > NEAR:
        near = words.fenced(row > top - NEAR)
        held = select(near.c.row).where(words.matching(near.c.words, question))
        if (newest := _length(conn, held)) >= SIGNS:
            return min(MOST_PROBE, newest * top // NEAR)
    return _count(conn, table, row, match)


def _length(conn: Connection, query: Select[Any]) -> int:
    return conn.scalar(select(func.count()).select_from(query.subquery())) or 0


def _day_driver(conn: Connection, filters: Filters) -> Iterator[Driver]:
    first, last = days_asked(filters)
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


def _later(day: str, days: int) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days)).isoformat()
    except OverflowError:
        return day
