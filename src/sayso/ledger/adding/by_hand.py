"""A claim that a person adds: a reading of the report with one claim more, and the word for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from sayso.errors import LedgerError, NotInLedgerError, UsageError, WireError
from sayso.ledger.adding.add import Adder, prepare
from sayso.ledger.asking.claims import judged_of, judgements
from sayso.ledger.entries.commit import Commit, contents, person, seal
from sayso.ledger.entries.linking import Linking
from sayso.ledger.judging.additions import with_parts
from sayso.ledger.judging.judge import judgement_values
from sayso.ledger.layout.answers import Judged, parse_handle
from sayso.ledger.store import schema
from sayso.ledger.store.engines import insert_rows
from sayso.record import Reading
from sayso.record.incident import ADD
from sayso.record.wire import SCHEMA_NAME, from_wire


@dataclass(frozen=True, slots=True)
class Addition:
    """Who adds a claim and why; the reading with it, and the one that it was made from."""

    reading: Reading
    base: int
    by: str
    reason: str


def plan(conn: Connection, report: str, parts: dict[str, Any], by: str, reason: str) -> Addition:
    """What is to be entered.

    Raises NotInLedgerError for a report that is not there, UsageError for parts that make no claim.
    """
    if not by.strip() or not reason.strip():
        raise UsageError("a claim needs who adds it and a reason")
    number, _ = parse_handle(report, "r")
    base = _last(conn, number) or 0
    said = contents(conn, [number, base])
    if len(said) < 2:
        raise NotInLedgerError(f"{report} is no report here, or was erased", "see `sayso claims`")
    more = with_parts(said[base], parts)
    if len(more["claims"]) != len(said[base]["claims"]) + 1:
        raise UsageError(_held(conn, base, said[base], parts))
    try:
        reading = from_wire({"schema": SCHEMA_NAME, "report": said[number], **more})
    except WireError as error:
        raise UsageError(f"this makes no claim: {error}") from error
    _check(reading)
    return Addition(reading, base, by, reason)


def _held(conn: Connection, base: int, reading: dict[str, Any], parts: dict[str, Any]) -> str:
    """That the claim is there, by its handle; and how one that was rejected comes back."""
    new = {claim["id"] for claim in parts.get("claims", ())}
    held = (n for n, claim in enumerate(reading["claims"]) if claim["id"] in new)
    handles = [f"c{base}.{n}" for n in held]
    if not handles:
        return "give one claim"
    said = f"the reading has this claim already: {handles[0]}"
    decided = judgements(conn, handles[:1], None).get(handles[0], ())
    rejected = next((j for j in decided if j.action == "reject"), None)
    return f"{said}; it was rejected: withdraw {rejected.entry}" if rejected else said


def _check(reading: Reading) -> None:
    """Raises UsageError where the last claim of a reading stands in no words of its text."""
    content, long = reading.claims[-1].content, len(reading.report.text)
    if not content or any(span.end > long or not len(span) for span in content):
        raise UsageError("this makes no claim: its words do not lie in the report")


def _last(conn: Connection, report: int) -> int | None:
    table = schema.reading
    query = select(table.c.entry).where(table.c.report == report, table.c.until.is_(None))
    found: int | None = conn.scalar(query.order_by(table.c.entry.desc()).limit(1))
    return found


def enter(conn: Connection, plan: Addition, at: int, linking: Linking | None) -> Judged:
    """The word for the claim that was added; all that people decided holds on as it did."""
    who = person(plan.by)
    adder = Adder(conn, who, at, reread=True, linking=linking)
    (added,) = adder.add([prepare(plan.reading, linking)])
    report, _ = parse_handle(added.report, "r")
    entry, commit = _last(conn, report), Commit(conn, at)
    if added.status != "reread" or entry is None:
        raise LedgerError("the page was changed since", "add the claim to its last version")
    before = conn.scalar(_before(report, entry))
    if before != plan.base:
        raise LedgerError("the report was read anew meanwhile", "look again, then add the claim")
    content = {
        "action": ADD, "target": f"c{entry}.{len(plan.reading.claims) - 1}", "by": plan.by,
        "reason": plan.reason, "detail": {},
    }  # fmt: skip
    own = commit.enter("judgement", seal(content), commit.maker(who), entry)
    insert_rows(conn, schema.judgement, [judgement_values(own, content, commit.at, None)])
    commit.close()
    return judged_of(conn.execute(select(schema.judgement).filter_by(entry=own)).one())


def _before(report: int, entry: int) -> Any:
    table = schema.reading
    query = select(table.c.entry).where(table.c.report == report, table.c.entry < entry)
    return query.order_by(table.c.entry.desc()).limit(1)
