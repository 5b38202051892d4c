"""Erasure: words and their salt gone from everywhere, the chain whole.

A report is erased with all that was said about it. A name is blotted out wherever it stands: what
an entry says gives way to the same with the name as blocks, under a new commitment, and with new
random ids, because the old ones are hashes of the words. The chain keeps that, when, by whom and
why; no hash that is left can be tried with guessed words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from sayso.errors import NotInLedgerError, UsageError
from sayso.ledger.adding.add import report_columns
from sayso.ledger.entries import aliases, listed
from sayso.ledger.entries.commit import Commit, contents, person, seal
from sayso.ledger.entries.copies import link_values
from sayso.ledger.entries.exports import exports_of
from sayso.ledger.entries.incidents import below_values, line_values, mention_values
from sayso.ledger.entries.kept import blot_out, drop_sources
from sayso.ledger.entries.linking import Relink, wait
from sayso.ledger.entries.rows import load_known, remake
from sayso.ledger.judging.judge import judgement_values
from sayso.ledger.layout.answers import Erased, parse_handle
from sayso.ledger.layout.lives import Life, Mask, lives_of
from sayso.ledger.layout.masking import mask_wire, masker
from sayso.ledger.layout.project import clean, searched_of
from sayso.ledger.layout.terms import fold
from sayso.ledger.seeing.behind import (
    copies_of,
    entries_about,
    entries_of,
    incidents_of,
    lines_of,
    twins_of,
    undoings_of,
)
from sayso.ledger.seeing.cover import held_decisions
from sayso.ledger.seeing.shade import any_shade, reach_of, shade
from sayso.ledger.store import chain, postings, schema, words
from sayso.ledger.store.engines import (
    among,
    delete_where,
    in_chunks,
    insert_rows,
    rows_where,
)

STEP = 500
LEAST = 2  # letters of a name: Li is one, a letter alone stands in every text


@dataclass(frozen=True, slots=True)
class Order:
    """Who wants what erased, and why. The reason stays: it must not hold what goes."""

    by: str
    why: str
    names: tuple[str, ...] = field(default=())

    def check(self) -> None:
        """Raises UsageError where something is missing or would stay."""
        if not self.by.strip() or not self.why.strip():
            raise UsageError("an erasure needs who asks for it and why")
        short = next((n for n in self.names if sum(c.isalnum() for c in n) < LEAST), None)
        if short is not None:
            raise UsageError(f"{short!r} is no name: it would blot out words of others everywhere")
        hide = masker(self.names)
        if hide and (hide(self.why) != self.why or hide(self.by) != self.by):
            raise UsageError("the reason stays: write it without the name that is to go")


def erase_report(conn: Connection, handle: str, order: Order, at: int, relink: Relink) -> Erased:
    """A report gone with its readings, judgements, masks and links; the rows, not yet the bytes.

    What an incident's line says rests on all its reports: those of its incidents go too, and
    `relink` says anew what is left.
    """
    order.check()
    report, _ = parse_handle(handle, "r")
    if conn.scalar(select(schema.report.c.entry).filter_by(entry=report)) is None:
        raise NotInLedgerError(f"{handle} is no report here, or was erased", "see `sayso claims`")
    commit = Commit(conn, at)
    gone = {report, *twins_of(conn, [report], back=True)}
    entries = entries_about(conn, gone)
    silent = _only_there(conn, entries)
    said = copies_of(conn, gone) | undoings_of(conn, gone) | _of_sources(conn, silent)
    entries |= entries_about(conn, said)
    touched = incidents_of(conn, entries)
    entries |= entries_about(conn, lines_of(conn, touched))  # what was blotted out in them, too
    bound = entries_of(conn, gone) | entries if any_shade(conn) else set()
    level = reach_of(conn, [report])[report].level
    own = _enter_erasures(commit, entries, order, level)
    pairs = aliases.pairs_of(conn, entries)
    _remove(conn, sorted(entries))
    drop_sources(conn, silent)
    touched |= aliases.where_both_speak(conn, pairs)
    shade(conn, bound | (own if level else set()))
    forget_words(conn)
    relink(commit, None, touched)
    commit.close()
    told = exports_of(conn, [report])
    return Erased(tuple(f"e{e}" for e in sorted(entries)), (handle,), exported=told)


def _only_there(conn: Connection, entries: set[int]) -> set[str]:
    """The keys of sources that speak in these readings and in no other."""
    source = schema.source
    keys = {r.key for r in rows_where(conn, source, "reading", sorted(entries))}
    others = select(source.c.key).where(
        among(conn, source.c.key, sorted(keys)), ~among(conn, source.c.reading, sorted(entries))
    )
    return keys - set(conn.scalars(others.distinct()))


def _of_sources(conn: Connection, keys: set[str]) -> set[int]:
    """What people said of sources."""
    on = {r.entry for r in rows_where(conn, schema.judgement, "target", sorted(keys))}
    return on | aliases.naming(conn, keys)


def forget_words(conn: Connection) -> None:
    """No count of words left: they are counted anew from what is left."""
    conn.execute(schema.frequency.delete())


def _enter_erasures(commit: Commit, entries: set[int], order: Order, level: int = 0) -> set[int]:
    """An entry of the chain for each; the reason stands in the first, the others name it.

    `level` is that of the report's marking, for which they are then.
    """
    maker = commit.maker(person(order.by))
    bound = {"level": level} if level else {}
    content: dict[str, Any] = {"by": order.by, "why": order.why, **bound}
    made = set()
    for entry in sorted(entries):
        own = commit.enter("erased", seal(content), maker, entry)
        made.add(own)
        if "why" in content:
            content = {"with": own, **bound}
    commit.flush()
    return made


def _remove(conn: Connection, entries: list[int]) -> None:
    rows = list(rows_where(conn, schema.claim, "reading", entries))
    numbers = [r.row for r in rows]
    words.remove(conn, [(r.row, searched_of(r.content, r.view)) for r in rows])
    for table, column, values in (
        (schema.figure, "row", numbers),
        (schema.facet, "row", numbers),
        (schema.claim, "reading", entries),
        (schema.source, "reading", entries),
        (schema.mention, "reading", entries),
        (schema.member, "reading", entries),
        (schema.pending, "reading", entries),
        *((t, "entry", entries) for t in _WITH_ENTRY),
    ):
        delete_where(conn, table, column, values)
    postings.take_out(conn, entries)


_WITH_ENTRY = (
    schema.reading, schema.report, schema.judgement, schema.mask, schema.link, schema.payload,
    schema.incident_line, schema.line_below,
)  # fmt: skip


def erase_names(conn: Connection, order: Order, at: int, relink: Relink) -> Erased:
    """Names blotted out in all that the ledger holds; the rows, not yet the bytes.

    Raises NotInLedgerError where nothing holds one.
    """
    order.check()
    hide = masker([*order.names, *map(fold, order.names)])  # keys of sources hold them folded
    if hide is None:
        raise UsageError("name whom to erase")
    commit = Commit(conn, at)
    changed, new_ids = _holding(conn, hide)
    beside = blot_out(conn, hide) + listed.blot_out(conn, hide)
    if not beside and not changed:
        raise NotInLedgerError("no entry holds that name", "try other forms of it")
    readings = _readings_of(conn, changed)
    tied = aliases.holding(conn, hide)
    pairs = aliases.pairs_of(conn, tied)
    stale = _erase_stale(commit, readings, tied, order)
    touched = incidents_of(conn, readings) | aliases.where_both_speak(conn, pairs)
    for entry in stale:
        changed.pop(entry, None)
    before = {reading: lives_of(load_known(conn, reading)[0])[0] for reading in readings}
    changed |= dict.fromkeys(readings, "reading")
    _replace(commit, changed, hide, new_ids, order)
    _lay_out_anew(commit, before)
    relink(commit, None, touched)
    shade(conn, held_decisions(conn))
    commit.close()
    reports = [e for e, kind in changed.items() if kind == "report"]
    entries = tuple(f"e{e}" for e in sorted({*changed, *stale}))
    told = exports_of(conn, reports)
    return Erased(entries, tuple(f"r{e}" for e in reports), exported=told)


def _holding(conn: Connection, hide: Mask) -> tuple[dict[int, str], dict[str, str]]:
    """The entries that hold a name, with their kinds; new ids of the reports among them."""
    changed: dict[int, str] = {}
    new_ids: dict[str, str] = {}
    for entry, said in all_said(conn):
        if mask_wire(said, hide) != said:
            changed[entry.id] = entry.kind
            if entry.kind == "report":
                new_ids[said["id"]] = chain.new_id("report")
    return changed, new_ids


def _lay_out_anew(commit: Commit, before: dict[int, list[Life]]) -> None:
    """Rows of readings as they now say; `before` are their lives till now.

    What linking compares them by holds words: made anew by linking, now or when it next runs.
    """
    conn, table = commit.conn, schema.mention
    for reading, lives in before.items():
        remake(commit, reading, lives)
        postings.take_out(conn, [reading])
    for chunk in in_chunks(before):
        conn.execute(table.update().where(table.c.reading.in_(chunk)).values(packed=None))
    wait(conn, _that_hold(conn, before))
    forget_words(conn)


def _erase_stale(commit: Commit, readings: set[int], tied: set[int], order: Order) -> set[int]:
    """The undoings, now erased, of joins of what these readings are of: by ids that were hashes.

    With them what people said of whom somebody is one with: a name of blocks can be anybody.
    """
    rows = rows_where(commit.conn, schema.reading, "entry", sorted(readings))
    undone = undoings_of(commit.conn, {r.report for r in rows})
    stale = entries_about(commit.conn, undone | tied)
    _enter_erasures(commit, stale, order)
    _remove(commit.conn, sorted(stale))
    return stale


def all_said(conn: Connection) -> Iterator[tuple[Any, Any]]:
    """Each entry of the chain with what it says now."""
    table, last = schema.entry, 0
    query = select(table).where(table.c.kind.not_in(("redacted", "erased"))).order_by(table.c.id)
    while entries := list(conn.execute(query.where(table.c.id > last).limit(STEP))):
        said = contents(conn, [e.id for e in entries])
        for entry in entries:
            if entry.id in said:
                yield entry, said[entry.id]
        last = entries[-1].id


def _readings_of(conn: Connection, changed: dict[int, str]) -> set[int]:
    """The readings that change: those that hold the name, and all of a report that does."""
    found = {entry for entry, kind in changed.items() if kind == "reading"}
    reports = [entry for entry, kind in changed.items() if kind == "report"]
    found |= {r.entry for r in rows_where(conn, schema.reading, "report", reports)}
    for row in rows_where(conn, schema.judgement, "entry", changed):
        if row.action == "correct" and row.target[:1] == "c":
            found.add(parse_handle(row.target, "c")[0])
    for row in rows_where(conn, schema.mask, "entry", changed):
        found |= set(conn.scalars(select(schema.reading.c.entry).filter_by(report=row.report)))
    return found


def _replace(
    commit: Commit, changed: dict[int, str], hide: Mask, new_ids: dict[str, str], order: Order
) -> None:
    """Each entry's words replaced by the same with the name hidden, under a new commitment."""
    maker = commit.maker(person(order.by))
    commit.enter("erasure", seal({"by": order.by, "why": order.why}), maker)
    for chunk in in_chunks(sorted(changed), STEP):
        said = contents(commit.conn, chunk)
        stale = list(chunk)
        table = schema.entry
        query = select(table.c.id).where(table.c.about.in_(chunk), table.c.kind == "redacted")
        stale += commit.conn.scalars(query)
        delete_where(commit.conn, schema.payload, "entry", stale)
        for entry in chunk:
            hidden = mask_wire(said[entry], hide)
            if changed[entry] == "report":
                hidden["id"] = new_ids[said[entry]["id"]]
            elif changed[entry] == "reading":
                hidden = with_new_ids(hidden)
            commit.enter("redacted", seal(hidden), maker, entry)
            _rewrite_row(commit.conn, entry, changed[entry], hidden)
    commit.flush()


ID = re.compile(r"(report|source|attribution|claim|event|figure)-[0-9a-f]{16}")


def with_new_ids(wire: Any) -> Any:
    """A reading whose ids are random, each the same wherever it stands."""
    known: dict[str, str] = {}

    def walk(value: Any) -> Any:
        if isinstance(value, str) and (found := ID.fullmatch(value)):
            return known.setdefault(value, chain.new_id(found[1]))
        if isinstance(value, list):
            return [walk(item) for item in value]
        if isinstance(value, dict):
            return {key: walk(item) for key, item in value.items()}
        return value

    return walk(wire)


def _rewrite_row(conn: Connection, entry: int, kind: str, said: dict[str, Any]) -> None:
    """The projection of an entry (but a reading's, made anew later) as it now says."""
    if kind == "report":
        table = schema.report
        row = conn.execute(select(table).filter_by(entry=entry)).one()
        postings.take_out(conn, [entry])
        columns = report_columns(entry, said, row.public_at, row.since, (row.version, row.previous))
        _put(conn, table, entry, (*columns[:-1], row.until))
    elif kind == "judgement":
        row = conn.execute(select(schema.judgement).filter_by(entry=entry)).one()
        _put(conn, schema.judgement, entry, judgement_values(entry, said, row.since, row.until))
    elif kind == "mask":
        row = conn.execute(select(schema.mask).filter_by(entry=entry)).one()
        _put(conn, schema.mask, entry, (entry, row.report, clean(said["name"]), row.until))
    elif kind == "link":
        row = conn.execute(select(schema.link).filter_by(entry=entry, n=0)).one()
        delete_where(conn, schema.link, "entry", [entry])
        insert_rows(conn, schema.link, link_values(entry, said, row.since))
    elif kind == "mention":
        row = conn.execute(select(schema.mention).filter_by(entry=entry)).one()
        about = (row.reading, row.report)
        _put(conn, schema.mention, entry,
             mention_values(entry, about, said, None, row.since, row.until))  # fmt: skip
    elif kind == "line":
        row = conn.execute(select(schema.incident_line).filter_by(entry=entry)).one()
        _put(conn, schema.incident_line, entry, line_values(entry, said, row.since, row.until))
    elif kind == "below":
        # none where another marking took its place
        for row in rows_where(conn, schema.line_below, "entry", [entry]):
            _put(conn, schema.line_below, entry, below_values(entry, said, row.since, row.until))
    elif kind == "maker":
        values = (entry, said["kind"], said["name"], said["version"])
        _put(conn, schema.maker, entry, values)


def _that_hold(conn: Connection, readings: Iterable[int]) -> list[int]:
    """Those readings that hold now."""
    rows = rows_where(conn, schema.reading, "entry", sorted(readings))
    return [r.entry for r in rows if r.until is None]


def _put(conn: Connection, table: Any, entry: int, values: tuple[Any, ...]) -> None:
    delete_where(conn, table, "entry", [entry])
    insert_rows(conn, table, [values])
