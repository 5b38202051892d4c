"""The rows that answer a question, newest first: driven by its rarest filter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Subquery, select, true, union

from sayso.ledger.asking.drivers import NEAR, SIGNS, Driver, drivers_of, top_row
from sayso.ledger.layout.instants import to_micros
from sayso.ledger.store import words
from sayso.ledger.store.engines import among, look_up
from sayso.ledger.store.filters import Filters, conditions_of
from sayso.ledger.store.schema import claim


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
        order = sorted(drivers_of(conn, filters), key=lambda d: (d.common, d.sorted))
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
            return self._merged(first, before, limit, what)
        if first.words and first.table is words.POSTGRES:
            return self._worded(first.words, before, limit, what)
        joined = first.table.join(claim, claim.c.row == first.row)
        query = query.select_from(joined).where(first.condition, *self.conditions)
        return _newest(self.conn, query, first.row, before, limit)

    def _merged(
        self, driver: Driver, before: int | None, limit: int, what: Sequence[Any]
    ) -> list[Any]:
        """The newest rows of days, those of each month or year, merged; or of several names."""
        if not driver.parts:
            query = select(*what).where(among(self.conn, claim.c.row, driver.few), *self.conditions)
            return _newest(self.conn, query, claim.c.row, before, limit)
        some = []
        for table, row, condition in driver.parts:
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
        top = before or top_row(self.conn) + 1
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


def _newest(
    conn: Connection, query: Select[Any], row: ColumnElement[int], before: int | None, limit: int
) -> list[Any]:
    """The newest rows of a query, those before a cursor."""
    if before is not None:
        query = query.where(row < before)
    return list(conn.execute(query.order_by(row.desc()).limit(limit)).all())


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
