"""What people decide: entries that can be withdrawn by another, never undone in place."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from sayso.errors import NotInLedgerError, UsageError
from sayso.ledger import regroup, schema
from sayso.ledger.answers import Judged, parse_handle
from sayso.ledger.ask import judged_of, judgements
from sayso.ledger.ask_sources import find_sources
from sayso.ledger.commit import Commit, person, seal
from sayso.ledger.corrections import Correction, check, check_value, corrected, path_of, value_at
from sayso.ledger.incidents import Grouping, members_at
from sayso.ledger.linking import Relink, wait
from sayso.ledger.lives import Life, lives_of
from sayso.ledger.named import incident_named
from sayso.ledger.project import clean
from sayso.ledger.row_corrections import INCIDENT, row_correction
from sayso.ledger.rows import load_known, remake
from sayso.ledger.sought import sources_like
from sayso.ledger.store import insert_rows, rows_where
from sayso.record.incident import ACTIONS

ADD = "add"  # none of ACTIONS: those decide about what there is, this made a claim
GRADES = frozenset("ABCDEF")
NEAR = 3  # names to offer for one that is not here


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person decides: the action, what about, who, why; more where the action needs it."""

    action: str
    target: str
    by: str
    reason: str
    detail: dict[str, Any]

    def check(self) -> None:
        """Raises UsageError where something is missing."""
        if self.action not in ACTIONS:
            raise UsageError(f"{self.action!r} is none of {', '.join(ACTIONS)}")
        if not self.by.strip() or not self.reason.strip():
            raise UsageError("a judgement needs who makes it and a reason")
        if self.action == "grade" and self.detail.get("grade") not in GRADES:
            raise UsageError("a grade is A, B, C, D, E or F")


def judge(conn: Connection, verdict: Verdict, at: int, relink: Relink) -> Judged:
    """The judgement, entered, and what follows from it for incidents."""
    verdict.check()
    commit = Commit(conn, at)
    about, detail, before = _about(conn, verdict)
    content = {
        "action": verdict.action, "target": verdict.target, "by": verdict.by,
        "reason": verdict.reason, "detail": detail,
    }  # fmt: skip
    entry = commit.enter("judgement", seal(content), commit.maker(person(verdict.by)), about)
    insert_rows(conn, schema.judgement, [judgement_values(entry, content, commit.at, None)])
    commit.flush()  # rejections and corrections are read by what they are about
    if before is not None and about is not None:
        remake(commit, about, before)
        wait(conn, [about])
    _regroup(commit, entry, verdict, about, relink)
    commit.close()
    return judged_of(conn.execute(select(schema.judgement).filter_by(entry=entry)).one())


def _regroup(
    commit: Commit, entry: int, verdict: Verdict, about: int | None, relink: Relink
) -> None:
    """What a judgement does to incidents."""
    grouping = Grouping(commit, commit.maker(person(verdict.by)))
    detail = verdict.detail
    if verdict.action == "join":
        regroup.join(grouping, entry, verdict.target, str(detail.get("other", "")))
    elif verdict.action == "split":
        regroup.split(grouping, entry, verdict.target, detail.get("apart", ()), detail.get("into"))
    elif verdict.action == "undo":
        num = incident_named(commit.conn, str(detail.get("incident", "")), None)
        relink(commit, grouping, {num})
        return
    elif verdict.action == "correct" and about is None:
        relink(commit, grouping, {incident_named(commit.conn, verdict.target, None)})
        return
    elif verdict.action in ("reject", "correct") and about is not None:
        relink(commit, grouping, regroup.touched_by(commit, [about]))
        return
    grouping.write()
    if grouping.touched:
        relink(commit, grouping, set(grouping.touched))


def _about(
    conn: Connection, verdict: Verdict
) -> tuple[int | None, dict[str, Any], list[Life] | None]:
    """The entry a judgement is about, its detail, and for a correction the lives till now."""
    if verdict.target[:1] == "r" and verdict.target[1:].isdecimal():
        report, _ = parse_handle(verdict.target, "r")
        if conn.scalar(select(schema.report.c.entry).filter_by(entry=report)) is None:
            raise NotInLedgerError(f"{verdict.target} is no report here", "see `sayso claims`")
        return report, verdict.detail, None
    if verdict.target[:1] != "c" or "." not in verdict.target:
        if verdict.action == "correct" and verdict.target.startswith(INCIDENT):
            return None, row_correction(conn, verdict.target, verdict.detail), None
        if verdict.action == "correct":
            raise UsageError("only a claim (c13.4) or an incident's row can be corrected")
        if verdict.action == "grade":
            _check_source(conn, verdict.target)
        detail = _resting(conn, verdict.detail) if verdict.action == "undo" else verdict.detail
        return None, detail, None  # a source, an incident, a join
    reading, n = parse_handle(verdict.target, "c")
    told, _ = load_known(conn, reading)
    if n is None or n >= len(told.reading["claims"]):
        raise NotInLedgerError(f"{verdict.target} is no claim here", "see `sayso claims`")
    if verdict.action != "correct":
        return reading, verdict.detail, None
    holding = [c for c in told.corrections if c.until is None]
    now = corrected(told.reading, holding)
    path = path_of(now, n, str(verdict.detail.get("field")))
    if "new" not in verdict.detail:
        raise UsageError("a correction needs its new value")
    new, old = verdict.detail["new"], value_at(now, path)
    check_value(path, new)
    if new == old:
        raise UsageError(f"{verdict.detail.get('field')} is {new!r} already")
    detail = {"field": verdict.detail["field"], "path": list(path), "old": old, "new": new}
    check(told.report, corrected(now, [Correction(path, new, 0)]))
    return reading, detail, lives_of(told)[0]


def _resting(conn: Connection, detail: dict[str, Any]) -> dict[str, Any]:
    """The detail of an undoing with the reports that its join rests on; if none are named, all.

    A join's id is a hash over theirs: it is erased with any of them.
    """
    if detail.get("reports"):
        return detail
    num = incident_named(conn, str(detail.get("incident", "")), None)
    readings = {r.reading for r in members_at(conn, [num], None).get(num, ())}
    reports = {r.report for r in rows_where(conn, schema.reading, "entry", sorted(readings))}
    return {**detail, "reports": [f"r{report}" for report in sorted(reports)]}


def judgement_values(
    entry: int, content: dict[str, Any], since: int, until: int | None
) -> tuple[Any, ...]:
    """The columns of `judgement`."""
    view = {"by": content["by"], "reason": content["reason"], **content["detail"]}
    code = clean(json.dumps(view, ensure_ascii=False))
    return (entry, content["action"], clean(content["target"]), code, since, until)


def withdraw(conn: Connection, handle: str, by: str, reason: str, at: int, relink: Relink) -> str:
    """The entry by which a judgement, or a mask, no longer holds.

    Raises NotInLedgerError where the entry is neither, UsageError where it was withdrawn before.
    """
    if not by.strip() or not reason.strip():
        raise UsageError("a withdrawal needs who makes it and a reason")
    entry, _ = parse_handle(handle, "e")
    table = schema.judgement
    row = conn.execute(select(table).filter_by(entry=entry)).one_or_none()
    if row is None:
        table = schema.mask
        row = conn.execute(select(table).filter_by(entry=entry)).one_or_none()
    if row is None:
        raise NotInLedgerError(f"{handle} is no judgement and no mask here", "see `sayso claims`")
    if row.until is not None:
        raise UsageError(f"{handle} was withdrawn before")
    if "report" not in row._fields and row.action == ADD:
        return _reject_added(conn, row, Verdict("reject", "", by, reason, {}), at, relink)
    for later in _carried_on(conn, handle):  # what it became for later readings goes with it
        withdraw(conn, later, by, reason, at, relink)
    commit = Commit(conn, at)
    readings = _touched(conn, row)
    before = {r: lives_of(load_known(conn, r)[0])[0] for r in readings}
    conn.execute(table.update().where(table.c.entry == entry).values(until=commit.at))
    content = {"by": by, "reason": reason}
    own = commit.enter("withdrawal", seal(content), commit.maker(person(by)), entry)
    for reading in readings:
        remake(commit, reading, before[reading])
    wait(conn, readings)
    grouping = Grouping(commit, commit.maker(person(by)))
    touched = regroup.touched_by(commit, _readings_of(row, readings))
    if "report" not in row._fields and row.action in ("join", "split"):
        regroup.place_back(grouping, entry)
    if _corrects_row(row):
        touched.add(incident_named(conn, row.target, None))
    if "report" not in row._fields and row.action == "undo":
        incident = str(json.loads(row.view).get("incident", ""))
        touched.add(incident_named(conn, incident, None))
    grouping.write()
    if touched or grouping.touched:
        relink(commit, grouping, touched | set(grouping.touched))
    commit.close()
    return f"e{own}"


def _reject_added(conn: Connection, row: Any, why: Verdict, at: int, relink: Relink) -> str:
    """The entry that rejects a claim which somebody added: it keeps its number, and is marked."""
    while later := _carried_on(conn, f"e{row.entry}"):
        last, _ = parse_handle(later[-1], "e")
        row = conn.execute(select(schema.judgement).filter_by(entry=last)).one()
    held = judgements(conn, [row.target], None).get(row.target, ())
    if any(j.action == "reject" for j in held):
        raise UsageError(f"e{row.entry} was withdrawn before")
    return judge(conn, dataclasses.replace(why, target=row.target), at, relink).entry


def _carried_on(conn: Connection, handle: str) -> list[str]:
    """The decisions that hold and carry one on to a later reading."""
    table = schema.judgement
    query = select(table).where(table.c.view.like('%"carried"%'), table.c.until.is_(None))
    rows = conn.execute(query.order_by(table.c.entry))
    return [f"e{r.entry}" for r in rows if json.loads(r.view).get("carried") == handle]


def _check_source(conn: Connection, key: str) -> None:
    """Raises NotInLedgerError for a source that is not here, with names like it."""
    table = schema.source
    if conn.scalar(select(table.c.key).where(table.c.key == key).limit(1)) is not None:
        return
    near = [s.key for s in find_sources(conn, key.partition("|")[0], None, NEAR, None).rows]
    near += sources_like(conn, key)
    names = ", ".join(repr(k) for k in dict.fromkeys(near)) or "see `sayso sources --format jsonl`"
    raise NotInLedgerError(f"{key!r:.60} is the key of no source here", names)


def _readings_of(row: Any, readings: list[int]) -> list[int]:
    """The readings whose incidents a withdrawal may change."""
    if "report" in row._fields or row.action != "reject" or row.target[:1] != "c":
        return readings
    return [parse_handle(row.target, "c")[0]]


def _touched(conn: Connection, row: Any) -> list[int]:
    """The readings whose rows rest on a correction or a mask."""
    if "report" in row._fields:
        return list(conn.scalars(select(schema.reading.c.entry).filter_by(report=row.report)))
    if row.action != "correct" or _corrects_row(row):
        return []
    return [parse_handle(row.target, "c")[0]]


def _corrects_row(row: Any) -> bool:
    return (
        "report" not in row._fields and row.action == "correct" and row.target.startswith(INCIDENT)
    )
