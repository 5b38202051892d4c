"""Answers: rows of the store as what people and programs ask for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import (
    Connection,
    select,
)

from sayso.errors import NotInLedgerError, UsageError
from sayso.ledger.asking.seek import find_rows
from sayso.ledger.entries.commit import contents
from sayso.ledger.entries.rows import names_hidden
from sayso.ledger.layout.answers import (
    ClaimAnswer,
    FigureAnswer,
    Judged,
    Page,
    ReportAnswer,
    parse_handle,
)
from sayso.ledger.layout.instants import Instant, to_iso, to_micros
from sayso.ledger.layout.lives import Mask
from sayso.ledger.layout.masking import mask_wire, masker
from sayso.ledger.seeing.shade import held_reaches
from sayso.ledger.store import schema
from sayso.ledger.store.engines import rows_where
from sayso.ledger.store.filters import Filters
from sayso.record import Reading
from sayso.record.marking import MARKINGS, Marking
from sayso.record.wire import SCHEMA_NAME, from_wire

MOST = 1_000  # rows of one page


def cursor_of(cursor: str | None) -> int | None:
    """The number that a cursor is; raises UsageError where it is none."""
    if cursor is None:
        return None
    if not cursor.isdecimal() or len(cursor) > 18:
        raise UsageError(f"{cursor!r:.40} is no cursor of this list")
    return int(cursor)


def check_limit(limit: int) -> int:
    """The rows of a page; raises UsageError where they are none or too many."""
    if not 1 <= limit <= MOST:
        raise UsageError(f"a page has 1 to {MOST} rows, not {limit}")
    return limit


def find_claims(
    conn: Connection, filters: Filters, limit: int, cursor: str | None
) -> Page[ClaimAnswer]:
    """A page of claims, newest first."""
    rows = find_rows(conn, filters, cursor_of(cursor), check_limit(limit) + 1)
    page = rows[:limit]
    more = str(page[-1].row) if len(rows) > limit else None
    return Page(tuple(answer_claims(conn, page, filters.as_known_at)), more)


def get_claim(conn: Connection, handle: str, at: Instant | None) -> ClaimAnswer:
    """A claim as it held last, or at an instant.

    Raises NotInLedgerError where it is none, was erased, or was not known then.
    """
    reading, n = parse_handle(handle, "c")
    table = schema.claim
    query = select(table).where(table.c.reading == reading, table.c.n == n)
    if at is not None:
        query = query.where(table.c.since <= to_micros(at))
    rows = list(conn.execute(query.order_by(table.c.since.desc()).limit(1)))
    if not rows:
        then = " by then" if at is not None else ""
        raise NotInLedgerError(f"{handle} is no claim here{then}", "see the incidents")
    return next(iter(answer_claims(conn, rows, at)))


def answer_claims(
    conn: Connection, rows: Sequence[Any], at: Instant | None
) -> Iterable[ClaimAnswer]:
    """The claims that rows hold, with reports, figures and judgements as known at an instant."""
    reports = answer_reports(conn, {r.report for r in rows})
    figures: dict[int, list[FigureAnswer]] = {}
    handles = {r.row: f"c{r.reading}.{r.n}" for r in rows}
    found = rows_where(conn, schema.figure, "row", handles)
    for figure in sorted(found, key=lambda f: (f.row, f.n)):
        values = figure._mapping  # noqa: SLF001 - SQLAlchemy's public name
        plain = {k: values[k] for k in FigureAnswer.__slots__ if k != "claim"}
        figures.setdefault(figure.row, []).append(FigureAnswer(claim=handles[figure.row], **plain))
    judged = judgements(conn, handles.values(), at)
    for row in rows:
        view = json.loads(row.view)
        handle = handles[row.row]
        yield ClaimAnswer(
            handle, row.claim_id, reports[row.report], row.content, view["spans"], row.certainty,
            row.polarity, view["chain"], view["quotation"], view["said"], view["events"],
            tuple(figures.get(row.row, ())), to_iso(row.since), judged.get(handle, ()),
        )  # fmt: skip


def answer_reports(conn: Connection, entries: Iterable[int]) -> dict[int, ReportAnswer]:
    """Reports by entry, names hidden where they must be."""
    found = list(rows_where(conn, schema.report, "entry", set(entries)))
    names: dict[int, list[str]] = {}
    for mask in rows_where(conn, schema.mask, "report", {r.entry for r in found}):
        if mask.until is None:
            names.setdefault(mask.report, []).append(mask.name)
    reach = held_reaches(conn, (r.entry for r in found))
    return {
        r.entry: _report(r, masker(names.get(r.entry, ())), MARKINGS[reach[r.entry].level])
        for r in found
    }


def _report(row: Any, mask: Mask | None, marking: Marking) -> ReportAnswer:
    def shown(text: str | None) -> str | None:
        return mask(text) if mask and text else text

    return ReportAnswer(
        f"r{row.entry}", row.content_id, shown(row.name) or "", shown(row.title), row.publisher,
        row.credit, shown(row.url), json.loads(row.published) if row.published else None,
        row.version, f"r{row.previous}" if row.previous else None, to_iso(row.since), marking,
    )  # fmt: skip


def find_reports(
    conn: Connection,
    where: dict[str, str | None],
    at: Instant | None,
    limit: int,
    cursor: str | None,
) -> Page[ReportAnswer]:
    """A page of reports, newest first; all versions of a page are among them."""
    table = schema.report
    query = select(table.c.entry).order_by(table.c.entry.desc()).limit(check_limit(limit) + 1)
    for column, value in where.items():
        if value is not None:
            query = query.where(table.c[column] == value)
    if at is not None:
        query = query.where(table.c.since <= to_micros(at))
    if cursor is not None:
        query = query.where(table.c.entry < cursor_of(cursor))
    entries = list(conn.scalars(query))
    found = answer_reports(conn, entries[:limit])
    more = str(entries[limit - 1]) if len(entries) > limit else None
    return Page(tuple(found[e] for e in entries[:limit]), more)


def judgements(
    conn: Connection, targets: Iterable[str], at: Instant | None
) -> dict[str, tuple[Judged, ...]]:
    """The judgements that hold at an instant, by target, in the order they were made."""
    found: dict[str, list[Judged]] = {}
    rows = rows_where(conn, schema.judgement, "target", set(targets))
    micros = None if at is None else to_micros(at)
    for row in sorted(rows, key=lambda r: r.entry):
        if micros is None:
            holds = row.until is None
        else:
            holds = row.since <= micros and (row.until is None or row.until > micros)
        if holds:
            found.setdefault(row.target, []).append(judged_of(row))
    return {target: tuple(rows) for target, rows in found.items()}


def judged_of(row: Any) -> Judged:
    """The judgement in a row."""
    view = json.loads(row.view)
    by, reason = view.pop("by"), view.pop("reason")
    return Judged(f"e{row.entry}", row.action, row.target, by, to_iso(row.since), reason, view)


def get_reading(conn: Connection, handle: str) -> Reading:
    """The last reading of a report ("r12"), names hidden where they must be.

    Raises NotInLedgerError where it is not there or was erased.
    """
    report, _ = parse_handle(handle, "r")
    table = schema.reading
    last: int | None = conn.scalar(
        select(table.c.entry).where(table.c.report == report).order_by(table.c.entry.desc())
    )
    found = contents(conn, [report, last]) if last is not None else {}
    if last is None or len(found) < 2:
        raise NotInLedgerError(f"{handle} is no report here, or was erased", "`sayso claims`")
    wire = {"schema": SCHEMA_NAME, "report": found[report], **found[last]}
    mask: Callable[[str], str] | None = masker(names_hidden(conn, report))
    return from_wire(mask_wire(wire, mask) if mask else wire)
