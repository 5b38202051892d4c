"""Answers: rows of the store as what people and programs ask for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    cast,
    func,
    literal,
    or_,
    select,
    true,
)

from sayso.errors import NotInLedgerError, UsageError
from sayso.ledger import schema
from sayso.ledger.answers import (
    ClaimAnswer,
    FigureAnswer,
    Judged,
    Page,
    ReportAnswer,
    SourceAnswer,
    parse_handle,
)
from sayso.ledger.commit import contents
from sayso.ledger.filters import Filters, held_at
from sayso.ledger.instants import Instant, to_iso, to_micros
from sayso.ledger.lives import Mask
from sayso.ledger.masking import mask_wire, masker
from sayso.ledger.rows import names_hidden
from sayso.ledger.seek import find_rows
from sayso.ledger.store import rows_where
from sayso.ledger.terms import fold
from sayso.record import Reading
from sayso.record.wire import SCHEMA_NAME, from_wire

MOST = 1_000  # rows of one page
WALKED = 20_000  # keys of sources that are stepped through one by one
LATEST = 3  # reports of a source whose words for it are listed


def cursor_of(cursor: str | None) -> int | None:
    """The number that a cursor is; raises UsageError where it is none."""
    if cursor is None:
        return None
    if not cursor.isdecimal() or len(cursor) > 18:
        raise UsageError(f"{cursor!r:.40} is no cursor of this list")
    return int(cursor)


def _limit(limit: int) -> int:
    if not 1 <= limit <= MOST:
        raise UsageError(f"a page has 1 to {MOST} rows, not {limit}")
    return limit


def find_claims(
    conn: Connection, filters: Filters, limit: int, cursor: str | None
) -> Page[ClaimAnswer]:
    """A page of claims, newest first."""
    rows = find_rows(conn, filters, cursor_of(cursor), _limit(limit) + 1)
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
    return {r.entry: _report(r, masker(names.get(r.entry, ()))) for r in found}


def _report(row: Any, mask: Mask | None) -> ReportAnswer:
    def shown(text: str | None) -> str | None:
        return mask(text) if mask and text else text

    return ReportAnswer(
        f"r{row.entry}", row.content_id, shown(row.name) or "", shown(row.title), row.publisher,
        row.credit, shown(row.url), json.loads(row.published) if row.published else None,
        row.version, f"r{row.previous}" if row.previous else None, to_iso(row.since),
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
    query = select(table.c.entry).order_by(table.c.entry.desc()).limit(_limit(limit) + 1)
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


def find_sources(
    conn: Connection, name: str | None, at: Instant | None, limit: int, cursor: str | None
) -> Page[SourceAnswer]:
    """A page of sources by name: who speaks, in how many reports, with which grade."""
    rows: list[Any] = []
    most, key = _limit(limit) + 1, schema.source.c.key
    while len(rows) < most:
        keys = keys_like(conn, name, cursor, most)
        rows += conn.execute(_sources(at).where(key.in_(keys)).order_by(key))
        if len(keys) < most:
            break
        cursor = keys[-1]
    more = rows[limit - 1].key if len(rows) > limit else None
    return Page(_answer_sources(conn, rows[:limit], at, _last_rows(conn, rows[:limit])), more)


def keys_like(conn: Connection, name: str | None, after: str | None, most: int) -> list[str]:
    """The next keys that hold a name, of the index alone: whether they hold now is asked later.

    Where few speak often, stepping from key to key is quickest; else all rows are gone through.
    """
    key = schema.source.c.key
    walk = select(func.min(key).label("key"), literal(1).label("n")).where(key > (after or ""))
    steps = walk.cte("steps", recursive=True)
    further = select(func.min(key)).where(key > steps.c.key).correlate(steps).scalar_subquery()
    seen = steps.union_all(
        select(further, steps.c.n + 1).where(steps.c.key.is_not(None), steps.c.n < WALKED)
    )
    rows = list(conn.execute(  # in the order of the steps, and no further than they are needed
        select(seen.c.key, seen.c.n).where(seen.c.key.is_not(None))
        .where(or_(_holds(seen.c.key, name), seen.c.n == WALKED)).limit(most)
    ))  # fmt: skip
    found = [row.key for row in rows if row.n < WALKED]
    if not rows or rows[-1].n < WALKED:
        return found
    rest = select(key).distinct().where(key >= rows[-1].key, _holds(key, name)).order_by(key)
    return found + list(conn.scalars(rest.limit(most - len(found))))


def _holds(key: ColumnElement[str], name: str | None) -> ColumnElement[bool]:
    if not name:
        return true()
    return key.contains(" ".join(fold(name).split()), autoescape=True)


def find_source(conn: Connection, key: str, at: Instant | None) -> SourceAnswer:
    """A source by its key; raises NotInLedgerError where nobody of that key speaks."""
    rows = list(conn.execute(_sources(at).where(schema.source.c.key == key)))
    if not rows:
        raise NotInLedgerError(f"nobody called {key!r:.80} speaks here", "see the sources")
    return _answer_sources(conn, rows, at, _latest_rows(conn, key, at))[0]


def _sources(at: Instant | None) -> Select[Any]:
    """The question for sources, a row a key."""
    table = schema.source
    return (
        select(
            table.c.key,
            func.min(table.c.name).label("name"),
            func.count(table.c.reading.distinct()).label("reports"),
            func.sum(table.c.claims).label("claims"),
            func.max(table.c.reading).label("last"),
            func.max(cast(table.c.named, Integer)).label("named"),
            func.min(schema.report.c.public_at).label("first"),
        )
        .join(schema.reading, schema.reading.c.entry == table.c.reading)
        .join(schema.report, schema.report.c.entry == schema.reading.c.report)
        .where(held_at(table, at))
        .group_by(table.c.key)
    )


def _answer_sources(
    conn: Connection, rows: Sequence[Any], at: Instant | None, latest: dict[str, list[Any]]
) -> tuple[SourceAnswer, ...]:
    """Sources with what they are called in the rows that are their latest."""
    judged = judgements(conn, [r.key for r in rows], at)
    names = _names_in(conn, latest)
    return tuple(_source(r, names[r.key], judged.get(r.key, ())) for r in rows)


def _rows_of() -> Select[Any]:
    table = schema.source
    return select(table.c.key, table.c.reading, table.c.n, schema.reading.c.report).join(
        schema.reading, schema.reading.c.entry == table.c.reading
    )


def _latest_rows(conn: Connection, key: str, at: Instant | None) -> dict[str, list[Any]]:
    """Where a source speaks in its latest reports."""
    table = schema.source
    query = _rows_of().where(table.c.key == key, held_at(table, at))
    return {key: list(conn.execute(query.order_by(table.c.reading.desc()).limit(LATEST)))}


def _last_rows(conn: Connection, sources: Sequence[Any]) -> dict[str, list[Any]]:
    """Where each of many sources speaks in its last report, asked at once."""
    table, last = schema.source, {s.key: s.last for s in sources}
    found: dict[str, list[Any]] = {key: [] for key in last}
    query = _rows_of().where(table.c.key.in_(last), table.c.reading.in_(last.values()))
    for row in conn.execute(query):
        if row.reading == last[row.key]:
            found[row.key].append(row)
    return found


def _names_in(conn: Connection, rows: dict[str, list[Any]]) -> dict[str, tuple[str, ...]]:
    """What sources are called in rows of theirs, names hidden where they must be."""
    every = [row for some in rows.values() for row in some]
    said = contents(conn, sorted({e for row in every for e in (row.reading, row.report)}))
    hidden: dict[int, list[str]] = {}
    for mask in rows_where(conn, schema.mask, "report", {row.report for row in every}):
        if mask.until is None:
            hidden.setdefault(mask.report, []).append(mask.name)
    return {key: _aliases(some, said, hidden) for key, some in rows.items()}


def _aliases(
    rows: Sequence[Any], said: dict[int, Any], hidden: dict[int, list[str]]
) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in rows:
        mask = masker(hidden.get(row.report, ()))
        text = said[row.report]["text"]
        held = said[row.reading]["sources"]
        if row.n >= len(held):
            continue  # whom a person put in another's place is called nothing in the text
        for spans in held[row.n]["mentions"]:
            words = " ".join(" ".join(text[start:end].split()) for start, end in spans)
            found[mask(words) if mask else words] = None
    return tuple(found)


def _source(row: Any, aliases: tuple[str, ...], judged: tuple[Judged, ...]) -> SourceAnswer:
    _, kind, country = row.key.rsplit("|", 2)
    grades = [j.detail["grade"] for j in judged if j.action == "grade"]
    return SourceAnswer(
        row.key, row.name, kind, bool(row.named), country or None, row.reports, int(row.claims),
        to_iso(row.first), tuple(a for a in aliases if a != row.name),
        grades[-1] if grades else "F", judged,
    )  # fmt: skip


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
