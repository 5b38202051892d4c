"""What exchange with partners needs of the store: rows in order, and what happened to reports.

What was sent to a partner, and what came from one, is kept beside the chain in rows that are
numbered from 1 on, without a gap: the number of a statement is its place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, func, or_, select

from sayso.errors import PartnerError
from sayso.ledger.entries.commit import Maker
from sayso.ledger.entries.kept import Kept, Kind
from sayso.ledger.layout.instants import now, to_iso
from sayso.ledger.seeing.behind import last_twins, reports_behind, twins_of, versions_with
from sayso.ledger.seeing.cover import PROTECT
from sayso.ledger.store import schema
from sayso.ledger.store.engines import (
    insert_rows,
    is_sqlite,
    lock_head,
    reading,
    rows_where,
    writing,
)
from sayso.ledger.store.schema import kept

DIGITS = 12  # so that rows sort by number


def _id(of: str, n: int) -> str:
    return f"{of}.{n:0{DIGITS}d}"


def append(engine: Engine, kind: Kind, of: str, value: dict[str, Any], n: int | None = None) -> int:
    """The number under which a value is now kept, the next in the row `of` something.

    Raises PartnerError where it was to be `n` and is not: somebody else was first.
    """
    with writing(engine) as conn:
        if not is_sqlite(conn):  # there the transaction is the only one that writes
            lock_head(conn)
        where = (kept.c.kind == kind) & (kept.c.id > _id(of, 0)) & (kept.c.id < f"{of}/")
        last = conn.scalar(select(func.max(kept.c.id)).where(where))
        number = int(last[-DIGITS:]) + 1 if last else 1
        if n is not None and n != number:
            raise PartnerError(f"number {n} is taken in elsewhere at this moment", "try again")
        code = json.dumps(value, ensure_ascii=False)
        insert_rows(conn, kept, [(kind, _id(of, number), code, now())])
    return number


def row_after(
    engine: Engine, kind: Kind, of: str, after: int = 0, limit: int | None = None
) -> list[tuple[int, Kept]]:
    """What is kept in a row behind a number, each with its own."""
    query = (
        select(kept)
        .where(kept.c.kind == kind, kept.c.id > _id(of, after), kept.c.id < f"{of}/")
        .order_by(kept.c.id)
        .limit(limit)
    )
    with reading(engine) as conn:
        rows = conn.execute(query).all()
    return [(int(r.id[-DIGITS:]), Kept(r.id, json.loads(r.value), to_iso(r.at))) for r in rows]


MANY = 20  # values above which all of a row is read once


def rows_with(
    engine: Engine, kind: Kind, of: str, field: str, values: Iterable[str]
) -> list[tuple[int, Kept]]:
    """What is kept in a row with one of some values in a field, each with its number."""
    wanted = sorted(set(values))
    if not wanted:
        return []
    if len(wanted) > MANY:
        return [r for r in row_after(engine, kind, of) if r[1].value.get(field) in wanted]
    said = [kept.c.value.contains(json.dumps({field: v})[1:-1], autoescape=True) for v in wanted]
    where = (kept.c.kind == kind) & (kept.c.id > _id(of, 0)) & (kept.c.id < f"{of}/")
    with reading(engine) as conn:
        rows = conn.execute(select(kept).where(where, or_(*said)).order_by(kept.c.id)).all()
    found = [(int(r.id[-DIGITS:]), Kept(r.id, json.loads(r.value), to_iso(r.at))) for r in rows]
    return [r for r in found if r[1].value.get(field) in wanted]


def last_of(engine: Engine, kind: Kind, of: str) -> int:
    """The last number of a row, 0 where nothing is kept in it."""
    where = (kept.c.kind == kind) & (kept.c.id > _id(of, 0)) & (kept.c.id < f"{of}/")
    with reading(engine) as conn:
        last = conn.scalar(select(func.max(kept.c.id)).where(where))
    return int(last[-DIGITS:]) if last else 0


def touched_since(engine: Engine, entry: int) -> tuple[int, set[str]]:
    """The chain's last entry, and the reports that entries since one tell of."""
    with reading(engine) as conn:
        last = conn.scalar(select(schema.head.c.entry)) or 0
        behind = reports_behind(conn, range(entry + 1, last + 1))
    return last, {f"r{report}" for some in behind.values() for report in some}


@dataclass(frozen=True, slots=True)
class Family:
    """A report, what stood for it below red, and the versions of its page with what did for them.

    `shown` is what to show now: the last version, or what stands in its place. `original` is what
    the report itself stands for; a report that stands for none is its own.
    """

    reports: frozenset[str]
    shown: str
    original: str


def family_of(engine: Engine, report: str) -> Family:
    """The family of a report; it alone where it was erased."""
    number = int(report[1:])
    with reading(engine) as conn:
        original = twins_of(conn, [number]).get(number, number)
        versions = versions_with(conn, [original]).get(original, {original})
        twins = twins_of(conn, versions, back=True)
        rows = rows_where(conn, schema.report, "entry", sorted(versions))
        last = max((r.entry for r in rows if r.until is None), default=max(versions))
        shown = last_twins(conn, [last]).get(last) or last
    found = frozenset(f"r{each}" for each in {number, *versions, *twins})
    return Family(found, f"r{shown}", f"r{original}")


def makers_of(engine: Engine, reports: Iterable[str]) -> dict[str, Maker]:
    """Who entered each of some reports."""
    numbers = sorted({int(handle[1:]) for handle in reports})
    with reading(engine) as conn:
        rows = list(rows_where(conn, schema.entry, "id", numbers))
        of = rows_where(conn, schema.maker, "entry", sorted({r.maker for r in rows}))
        makers = {m.entry: Maker(m.kind, m.name, m.version) for m in of}
    return {f"r{r.id}": makers[r.maker] for r in rows}


def labels_of(engine: Engine) -> dict[str, str]:
    """By label that stands in a protected name's place the key of the source."""
    table = schema.judgement
    query = select(table).where(table.c.action == PROTECT, table.c.until.is_(None))
    with reading(engine) as conn:
        rows = conn.execute(query).all()
    return {label: r.target for r in rows if (label := json.loads(r.view).get("label"))}
