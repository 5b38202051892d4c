"""What people take back: a judgement, or the hiding of a name, that no longer holds."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, or_, select

from sayso.errors import NotInLedgerError, UsageError
from sayso.ledger.asking.claims import judgements
from sayso.ledger.asking.named import incident_named
from sayso.ledger.entries import aliases
from sayso.ledger.entries.commit import Commit, person, seal
from sayso.ledger.entries.incidents import Grouping
from sayso.ledger.entries.linking import Relink, wait
from sayso.ledger.entries.rows import held_corrections, load_known, remake
from sayso.ledger.judging import regroup
from sayso.ledger.judging.judge import Verdict, judge
from sayso.ledger.judging.marks import mark_anew
from sayso.ledger.judging.redirects import lead_on
from sayso.ledger.judging.row_corrections import INCIDENT
from sayso.ledger.layout.answers import is_claim, parse_handle
from sayso.ledger.layout.corrections import corrected, disorder, figure_words
from sayso.ledger.layout.lives import lives_of
from sayso.ledger.seeing.behind import any_twins
from sayso.ledger.seeing.cover import TWIN
from sayso.ledger.seeing.shade import MARK
from sayso.ledger.store import schema
from sayso.ledger.store.engines import rows_where
from sayso.record.incident import ADD


def withdraw(conn: Connection, handle: str, by: str, reason: str, at: int, relink: Relink) -> str:
    """The entry by which a judgement, or a mask, no longer holds.

    Raises NotInLedgerError where the entry is neither, UsageError where it was withdrawn before.
    """
    if not by.strip() or not reason.strip():
        raise UsageError("a withdrawal needs who makes it and a reason")
    entry, _ = parse_handle(handle, "e")
    why = Verdict("reject", "", by, reason, {})
    for table, take_back in ((schema.judgement, _judgement), (schema.mask, _mask)):
        row = conn.execute(select(table).filter_by(entry=entry)).one_or_none()
        if row is not None:
            if row.until is not None:
                raise UsageError(f"{handle} was withdrawn before")
            own = take_back(conn, row, why, at, relink)
            while beside := _said_beside(conn, handle):
                withdraw(conn, beside[0], by, reason, at, relink)
            return own
    raise NotInLedgerError(f"{handle} is no judgement and no mask here", "see `sayso claims`")


def _mask(conn: Connection, row: Any, why: Verdict, at: int, relink: Relink) -> str:
    """The entry by which a name shows again in all readings of its report."""
    readings = list(conn.scalars(select(schema.reading.c.entry).filter_by(report=row.report)))
    commit = Commit(conn, at)
    own = _end(commit, schema.mask, row.entry, readings, why)
    touched = regroup.touched_by(commit, readings)
    if touched:
        relink(commit, Grouping(commit, commit.maker(person(why.by))), touched)
    commit.close()
    return f"e{own}"


def _judgement(conn: Connection, row: Any, why: Verdict, at: int, relink: Relink) -> str:
    """The entry by which a judgement no longer holds, nor what it became for later readings."""
    if row.action == ADD:
        return _reject_added(conn, row, why, at, relink)
    claim = parse_handle(row.target, "c")[0] if is_claim(row.target) else None
    readings = [claim] if claim is not None and row.action == "correct" else []
    if readings:
        _check_figure(conn, row, readings[0])
    for later in _carried_on(conn, f"e{row.entry}"):
        withdraw(conn, later, why.by, why.reason, at, relink)
    commit = Commit(conn, at)
    own = _end(commit, schema.judgement, row.entry, readings, why)
    grouping = Grouping(commit, commit.maker(person(why.by)))
    if row.action in ("join", "split") and not aliases.is_source(row.target):
        regroup.place_back(grouping, row.entry)
    grouping.write()
    lead_on(grouping)
    touched = {*_touched(commit, row, claim), *grouping.touched}
    if touched:
        relink(commit, grouping, touched)
    commit.close()
    return f"e{own}"


def _end(commit: Commit, table: Table, entry: int, readings: Sequence[int], why: Verdict) -> int:
    """The entry that ends a row of a table; the rows of readings that rest on it are made anew."""
    conn = commit.conn
    before = {r: lives_of(load_known(conn, r)[0])[0] for r in readings}
    conn.execute(table.update().where(table.c.entry == entry).values(until=commit.at))
    content = {"by": why.by, "reason": why.reason}
    own = commit.enter("withdrawal", seal(content), commit.maker(person(why.by)), entry)
    for reading in readings:
        remake(commit, reading, before[reading])
    wait(conn, readings)
    return own


def _touched(commit: Commit, row: Any, claim: int | None) -> set[int]:
    """The incidents that a withdrawn judgement may change, but for those that it placed in."""
    if row.action in ("reject", "correct") and claim is not None:
        return regroup.touched_by(commit, [claim])
    if row.action == "correct" and row.target.startswith(INCIDENT):
        return {incident_named(commit.conn, row.target, None)}
    if row.action in aliases.ACTIONS and aliases.is_source(row.target):
        return aliases.end(commit.conn, row.entry, commit.at)
    if row.action == "undo":
        incident = str(json.loads(row.view).get("incident", ""))
        return {incident_named(commit.conn, incident, None)}
    if row.action == MARK:
        return mark_anew(commit, [parse_handle(row.target, "r")[0]])
    return set()


def _check_figure(conn: Connection, row: Any, reading: int) -> None:
    """Raises UsageError where a figure's numbers would no longer go up without a correction."""
    told, _ = load_known(conn, reading)
    held = {e: c for e, c in held_corrections(conn, reading).items() if c.until is None}
    if told.until is not None or row.entry not in held:
        return
    path = held[row.entry].path
    rest = {e: c for e, c in held.items() if e != row.entry}
    after = corrected(told.reading, rest.values())
    if disorder(after, path) and not disorder(corrected(told.reading, held.values()), path):
        others = [f"e{e}" for e, c in rest.items() if c.path[:2] == path[:2]]
        first = f": withdraw {' and '.join(others)} first" if others else ""
        raise UsageError(f"{figure_words(after, path)} would not go up{first}")


def _reject_added(conn: Connection, row: Any, why: Verdict, at: int, relink: Relink) -> str:
    """The entry that rejects a claim which somebody added: it keeps its number, and is marked."""
    while later := _carried_on(conn, f"e{row.entry}"):
        last, _ = parse_handle(later[-1], "e")
        row = conn.execute(select(schema.judgement).filter_by(entry=last)).one()
    held = judgements(conn, [row.target], None).get(row.target, ())
    if any(j.action == "reject" for j in held):
        raise UsageError(f"e{row.entry} was withdrawn before")
    return judge(conn, dataclasses.replace(why, target=row.target), at, relink).entry


def _said_beside(conn: Connection, handle: str) -> list[str]:
    """The decisions that hold and are this one: of the report above a twin, or of the twin."""
    if not any_twins(conn):
        return []
    table = schema.judgement
    said = or_(*(table.c.view.like(f'%"{key}": "e%') for key in (TWIN, "carried")))
    rows = list(conn.execute(select(table).where(said).order_by(table.c.entry)))
    beside: dict[str, set[str]] = {}
    twofold: set[str] = set()
    for row in rows:
        own, detail = f"e{row.entry}", json.loads(row.view)
        for other in (detail.get(key) for key in (TWIN, "carried")):
            if other:
                beside.setdefault(own, set()).add(other)
                beside.setdefault(other, set()).add(own)
        twofold |= {own} if TWIN in detail else set()
    found, new = {handle}, {handle}
    while new:
        new = {other for each in new for other in beside.get(each, ())} - found
        found |= new
    if not found & twofold:
        return []
    numbers = sorted(int(each[1:]) for each in found - {handle})
    held = rows_where(conn, table, "entry", numbers)
    return [f"e{r.entry}" for r in held if r.until is None]


def _carried_on(conn: Connection, handle: str) -> list[str]:
    """The decisions that hold and carry one on to a later reading."""
    table = schema.judgement
    query = select(table).where(table.c.view.like('%"carried"%'), table.c.until.is_(None))
    rows = conn.execute(query.order_by(table.c.entry))
    return [f"e{r.entry}" for r in rows if json.loads(r.view).get("carried") == handle]
