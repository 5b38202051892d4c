"""All that the ledger holds of one report at an instant, for whoever makes its page."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from sayso.errors import NotInLedgerError
from sayso.ledger.asking.claims import answer_reports, judgements
from sayso.ledger.asking.incidents import rows_of
from sayso.ledger.asking.versions import versions_of
from sayso.ledger.entries.copies import copies_with, copy_id
from sayso.ledger.entries.incidents import incidents_of
from sayso.ledger.entries.readings import load_readings, undone_at
from sayso.ledger.entries.rows import names_hidden
from sayso.ledger.layout.answers import IncidentRow, Judged, ReportAnswer, parse_handle
from sayso.ledger.layout.instants import Instant, to_iso, to_micros
from sayso.ledger.layout.masking import mask_wire, masker
from sayso.ledger.store import schema
from sayso.ledger.store.engines import rows_where
from sayso.record import Reading
from sayso.record.links import Copy

MOST_COPIES = 50  # of a wire that a thousand carry, the latest


@dataclass(frozen=True, slots=True)
class CopyOf:
    """Text that a report shares with another: the report's own side is `copy.a`."""

    other: ReportAnswer
    copy: Copy


@dataclass(frozen=True, slots=True)
class MentionOf:
    """An incident that a report tells of, and by which claims (their numbers in the reading)."""

    incident: IncidentRow
    main: bool
    claims: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """What a report's page is made of.

    `entry` is the reading's: its claims are called c{entry}.0 and so on. `readings` are all that
    were known, the last one of which is shown where no other is asked for. `judged` are the
    decisions that hold, by what they are about: a claim, or the report.
    """

    report: ReportAnswer
    entry: int
    reading: Reading
    reader: str
    read_at: str
    readings: tuple[int, ...]
    versions: tuple[ReportAnswer, ...]
    copies: tuple[CopyOf, ...]
    mentions: tuple[MentionOf, ...]
    judged: dict[str, tuple[Judged, ...]]

    def handle(self, n: int) -> str:
        """What the claim with a number is called."""
        return f"c{self.entry}.{n}"


def report_answer(conn: Connection, handle: str, at: Instant | None) -> ReportAnswer:
    """A report by its handle; raises NotInLedgerError where it is none, or was not known then."""
    number, _ = parse_handle(handle, "r")
    found = answer_reports(conn, [number]).get(number)
    if found is None:
        raise NotInLedgerError(f"{handle} is no report here, or was erased", "see the incidents")
    if at is not None and to_micros(found.learnt) > to_micros(at):
        raise NotInLedgerError(f"{handle} was not known then", "go back to now")
    return next(v for v in _versions(conn, found, at) if v.report == found.report)


def report_page(
    conn: Connection, handle: str, at: Instant | None, entry: int | None = None
) -> ReportPage:
    """The page of a report, in its last reading or the one that is named.

    Raises NotInLedgerError where it is not there, was erased, or was not known then.
    """
    report = report_answer(conn, handle, at)
    number = int(report.report[1:])
    rows = {r.entry: r for r in rows_where(conn, schema.reading, "report", [number])
            if at is None or r.since <= to_micros(at)}  # fmt: skip
    entry = max(rows, default=0) if entry is None else entry
    readings = load_readings(conn, [entry], at) if entry in rows else {}
    if entry not in readings:
        raise NotInLedgerError(f"{handle} has no such reading, or was erased", "see the incidents")
    reading = readings[entry]
    return ReportPage(
        report, entry, reading, _reader(conn, rows, entry), to_iso(rows[entry].since),
        tuple(sorted(rows)), _versions(conn, report, at), tuple(_copies(conn, report, at)),
        tuple(_mentions(conn, entry, at)), _judged(conn, number, entry, reading, at),
    )  # fmt: skip


def _reader(conn: Connection, rows: dict[int, Any], entry: int) -> str:
    """Who read it: a person only adds claims to what a reader had read before."""
    makers = {row.maker for e, row in rows.items() if e <= entry}
    named = {m.entry: m for m in rows_where(conn, schema.maker, "entry", sorted(makers))}
    steps = [named[rows[e].maker] for e in sorted(rows, reverse=True) if e <= entry]
    maker = next((m for m in steps if m.kind != "person"), steps[0])
    return f"{maker.name} {maker.version}".strip()


def _versions(
    conn: Connection, report: ReportAnswer, at: Instant | None
) -> tuple[ReportAnswer, ...]:
    """The versions of its page, the oldest first; the report alone where it has no address."""
    table = schema.report
    url = conn.scalar(select(table.c.url).filter_by(entry=int(report.report[1:])))
    return tuple(versions_of(conn, url, at)) if url else (report,)


def _copies(conn: Connection, report: ReportAnswer, at: Instant | None) -> Iterator[CopyOf]:
    """What it shares with others, the report that shares most first."""
    own = report.report
    undone = undone_at(conn, at)
    found = copies_with(conn, own, at, MOST_COPIES)
    copies = [_from(own, c) for c in found if copy_id(c.a, c.b) not in undone]
    others = answer_reports(conn, {int(c.b[1:]) for c in copies})
    for copy in sorted(copies, key=lambda c: (-c.share_a, int(c.b[1:]))):
        other = others.get(int(copy.b[1:]))
        if other is not None:  # else erased since
            yield CopyOf(other, copy)


def _from(own: str, copy: Copy) -> Copy:
    """The copy as seen from one of its reports."""
    if copy.a == own:
        return copy
    turned = tuple(dataclasses.replace(p, a=p.b, b=p.a) for p in copy.passages)
    return Copy(copy.b, copy.a, copy.share_b, copy.share_a, turned)


def _mentions(conn: Connection, entry: int, at: Instant | None) -> Iterator[MentionOf]:
    """The incidents that it tells of; its main one first."""
    table = schema.mention
    homes = {n: num for _, n, num in incidents_of(conn, [entry], at)}
    told = {r.n: r for r in conn.execute(select(table).where(table.c.reading == entry))}
    nums = list(dict.fromkeys(homes.values()))
    rows = dict(zip(_ids(conn, nums), nums, strict=True))
    for row in rows_of(conn, nums, at):
        own = [told[n] for n, num in sorted(homes.items()) if num == rows[row.incident]]
        claims = sorted({n for mention in own for n in json.loads(mention.view)["claims"]})
        yield MentionOf(row, any(m.main for m in own), tuple(claims))


def _ids(conn: Connection, nums: Iterable[int]) -> list[str]:
    wanted = list(nums)
    ids = {r.num: r.id for r in rows_where(conn, schema.incident, "num", wanted)}
    return [ids[num] for num in wanted]


def _judged(
    conn: Connection, number: int, entry: int, reading: Reading, at: Instant | None
) -> dict[str, tuple[Judged, ...]]:
    """What people decided; a name that is hidden in the report is hidden in their words too."""
    targets = [f"r{number}", *(f"c{entry}.{n}" for n in range(len(reading.claims)))]
    found = judgements(conn, targets, at)
    mask = masker(names_hidden(conn, number))
    if mask is None:
        return found
    return {
        target: tuple(
            dataclasses.replace(j, reason=mask(j.reason), detail=_masked(j.detail, mask))
            for j in some
        )
        for target, some in found.items()
    }


def _masked(detail: dict[str, Any], mask: Any) -> dict[str, Any]:
    masked: dict[str, Any] = mask_wire(detail, mask)
    return masked
