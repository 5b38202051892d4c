"""What people decide: entries that can be withdrawn by another, never undone in place."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from sayso.errors import NotInLedgerError, UsageError
from sayso.ledger.asking.claims import judged_of
from sayso.ledger.asking.incidents import id_of
from sayso.ledger.asking.named import incident_named
from sayso.ledger.asking.sought import sources_like
from sayso.ledger.asking.sources import find_sources
from sayso.ledger.entries import aliases
from sayso.ledger.entries.commit import Commit, person, seal
from sayso.ledger.entries.incidents import Grouping, members_at
from sayso.ledger.entries.linking import Relink, wait
from sayso.ledger.entries.rows import load_known, remake
from sayso.ledger.judging import regroup
from sayso.ledger.judging.marks import check_marking, mark_anew
from sayso.ledger.judging.protection import protection
from sayso.ledger.judging.redirects import lead_on
from sayso.ledger.judging.row_corrections import INCIDENT, check_named, row_correction
from sayso.ledger.layout.answers import Judged, is_claim, parse_handle
from sayso.ledger.layout.corrections import corrected, plan
from sayso.ledger.layout.lives import Life, lives_of
from sayso.ledger.layout.project import clean
from sayso.ledger.seeing.behind import twins_of
from sayso.ledger.seeing.cover import PROTECT, TWIN
from sayso.ledger.seeing.shade import MARK
from sayso.ledger.store import schema
from sayso.ledger.store.engines import insert_rows, rows_where
from sayso.record.incident import ACTIONS

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
        if self.action == MARK:
            check_marking(self.detail.get("marking"))
            if not (self.target[:1] == "r" and self.target[1:].isdecimal()):
                raise UsageError("a report (r12) is marked, and with it all that rests on it")


def judge(conn: Connection, verdict: Verdict, at: int, relink: Relink) -> Judged:
    """The judgement, entered, and what follows from it for incidents."""
    verdict.check()
    verdict = _named_in_full(conn, verdict)
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


def _named_in_full(conn: Connection, verdict: Verdict) -> Verdict:
    """The same with the ids of the incidents that are joined or split, however they were named."""
    if verdict.action not in ("join", "split") or aliases.is_source(verdict.target):
        return verdict
    detail = dict(verdict.detail)
    for key in ("other", "into"):
        if detail.get(key):
            detail[key] = id_of(conn, incident_named(conn, str(detail[key]), None))
    target = id_of(conn, incident_named(conn, verdict.target, None))
    return dataclasses.replace(verdict, target=target, detail=detail)


def _regroup(
    commit: Commit, entry: int, verdict: Verdict, about: int | None, relink: Relink
) -> None:
    """What a judgement does to incidents."""
    grouping = Grouping(commit, commit.maker(person(verdict.by)))
    detail = verdict.detail
    if verdict.action in aliases.ACTIONS and aliases.is_source(verdict.target):
        keys = aliases.keys_in(verdict.action, verdict.target, detail)
        relink(commit, grouping, aliases.enter(commit.conn, entry, verdict.action, keys, commit.at))
        return
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
    elif verdict.action == MARK and about is not None:
        relink(commit, grouping, mark_anew(commit, [about]))
        return
    grouping.write()
    lead_on(grouping)
    if grouping.touched:
        relink(commit, grouping, set(grouping.touched))


def _about(
    conn: Connection, verdict: Verdict
) -> tuple[int | None, dict[str, Any], list[Life] | None]:
    """The entry a judgement is about, its detail, and for a correction the lives till now."""
    target = verdict.target
    match verdict.action:
        case "correct" if target.startswith(INCIDENT):
            return None, row_correction(conn, target, verdict.detail), None
        case "correct" if not is_claim(target):
            raise UsageError("only a claim (c13.4) or an incident's row can be corrected")
        case "grade" | "protect":
            return None, _on_source(conn, verdict), None
        case "join" | "split" | "note" if aliases.is_source(target):
            return None, _on_source(conn, verdict), None
        case "undo":
            return None, _resting(conn, verdict.detail), None
        case "mark":
            report = _report_named(conn, target)
            return twins_of(conn, [report]).get(report, report), verdict.detail, None
        case "accept" | "reject" | "note" | "correct":
            if is_claim(target):
                return _about_claim(conn, verdict)
            if target[:1] == "r" and target[1:].isdecimal():
                return _report_named(conn, target), verdict.detail, None
            if verdict.action != "note" or target.startswith(INCIDENT):
                check_named(conn, target)
            else:
                _check_source(conn, target)
    return None, verdict.detail, None  # a source or an incident


def _on_source(conn: Connection, verdict: Verdict) -> dict[str, Any]:
    """The detail of a judgement about a source, which must be here."""
    action, target, detail = verdict.action, verdict.target, verdict.detail
    if action in aliases.ACTIONS:
        for key in (keys := aliases.keys_in(action, target, detail)):
            _check_source(conn, key)
        aliases.check(conn, action, keys)
        return detail
    _check_source(conn, target)
    return protection(conn, target, detail) if action == PROTECT else detail


def _report_named(conn: Connection, handle: str) -> int:
    """The entry of a report; raises NotInLedgerError where it is none."""
    report, _ = parse_handle(handle, "r")
    if conn.scalar(select(schema.report.c.entry).filter_by(entry=report)) is None:
        raise NotInLedgerError(f"{handle} is no report here", "see `sayso claims`")
    return report


def _about_claim(
    conn: Connection, verdict: Verdict
) -> tuple[int, dict[str, Any], list[Life] | None]:
    """The same of a claim: its reading's entry."""
    reading, n = parse_handle(verdict.target, "c")
    none = NotInLedgerError(f"{verdict.target} is no claim here", "see `sayso claims`")
    try:
        told, _ = load_known(conn, reading)
    except NotInLedgerError:
        raise none from None
    if n is None or n >= len(told.reading["claims"]):
        raise none
    if verdict.action != "correct":
        return reading, verdict.detail, None
    now = corrected(told.reading, (c for c in told.corrections if c.until is None))
    kept = {key: value for key, value in verdict.detail.items() if key == TWIN}
    return reading, plan(told.report, now, n, verdict.detail) | kept, lives_of(told)[0]


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


def _check_source(conn: Connection, key: str) -> None:
    """Raises NotInLedgerError for a source that is not here, with names like it."""
    table = schema.source
    if conn.scalar(select(table.c.key).where(table.c.key == key).limit(1)) is not None:
        return
    near = [s.key for s in find_sources(conn, key.partition("|")[0], None, NEAR, None).rows]
    near += sources_like(conn, key)
    names = ", ".join(repr(k) for k in dict.fromkeys(near)) or "see `sayso sources --format jsonl`"
    raise NotInLedgerError(f"{key!r:.60} is the key of no source here", names)
