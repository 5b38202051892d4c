"""Readings and reports out of the ledger again, with what people said of them since."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from sayso.ledger.entries.commit import contents
from sayso.ledger.entries.rows import make_correction
from sayso.ledger.layout.answers import parse_handle
from sayso.ledger.layout.corrections import Correction, corrected
from sayso.ledger.layout.instants import Instant, to_micros
from sayso.ledger.layout.masking import mask_wire, masker
from sayso.ledger.store import schema
from sayso.ledger.store.engines import in_chunks, rows_where
from sayso.ledger.store.filters import held_at
from sayso.record import Reading, Report
from sayso.record.links import ClaimRef
from sayso.record.wire import SCHEMA_NAME, from_wire

TAKEN_BACK = '"partner": "'  # of a rejection that a partner's word made
READ = tuple("sources attributions claims events figures times places warnings".split())


def decode_report(wire: dict[str, Any]) -> Report:
    """The report that an entry holds."""
    empty: dict[str, Any] = {kind: [] for kind in READ}
    return from_wire({"schema": SCHEMA_NAME, "report": wire, **empty}).report


def rejected_claims(
    conn: Connection, readings: Mapping[int, Reading], at: Instant | None, *, by: str = ""
) -> frozenset[ClaimRef]:
    """The claims of readings that people had rejected at an instant.

    With `by` = TAKEN_BACK those alone that the partner who told them took back.
    """
    found = set()
    table, entry = schema.judgement, schema.entry
    for chunk in in_chunks(sorted(readings)):
        query = (
            select(table.c.target, entry.c.about)
            .join(entry, entry.c.id == table.c.entry)
            .where(entry.c.about.in_(chunk), entry.c.kind == "judgement")
            .where(table.c.action == "reject", held_at(table, at), table.c.view.like(f"%{by}%"))
        )
        for row in conn.execute(query):
            _, n = parse_handle(row.target, "c")
            reading = readings[row.about]
            found.add(ClaimRef(reading.report.id, reading.claims[n or 0].id))
    return frozenset(found)


def undone_at(conn: Connection, at: Instant | None) -> frozenset[str]:
    """The ids of joins that people had undone at an instant."""
    table = schema.judgement
    query = select(table.c.target).where(table.c.action == "undo", held_at(table, at))
    return frozenset(conn.scalars(query))


def load_readings(
    conn: Connection, entries: Iterable[int], at: Instant | None = None
) -> dict[int, Reading]:
    """Readings with the corrections that held at an instant, names hidden that are hidden now.

    An erased one is not among them.
    """
    wanted = sorted(set(entries))
    rows = {r.entry: r for r in rows_where(conn, schema.reading, "entry", wanted)}
    reports = sorted({r.report for r in rows.values()})
    corrections = _corrections(conn, wanted, at)
    hidden: dict[int, list[str]] = {}
    for mask in rows_where(conn, schema.mask, "report", reports):
        if mask.until is None:
            hidden.setdefault(mask.report, []).append(mask.name)
    said = contents(conn, [*wanted, *reports])
    found = {}
    for entry, row in rows.items():
        if entry not in said or row.report not in said:
            continue
        reading = corrected(said[entry], corrections.get(entry, ()))
        wire = {"schema": SCHEMA_NAME, "report": said[row.report], **reading}
        mask_ = masker(hidden.get(row.report, ()))
        found[entry] = from_wire(mask_wire(wire, mask_) if mask_ else wire)
    return found


def _corrections(
    conn: Connection, readings: Sequence[int], at: Instant | None
) -> dict[int, list[Correction]]:
    found: dict[int, list[Correction]] = {}
    table, entry = schema.judgement, schema.entry
    for chunk in in_chunks(readings):
        query = (
            select(table, entry.c.about)
            .join(entry, entry.c.id == table.c.entry)
            .where(entry.c.about.in_(chunk), entry.c.kind == "judgement")
            .where(table.c.action == "correct")
            .order_by(table.c.entry)
        )
        for row in conn.execute(query):
            each = make_correction(json.loads(row.view), row.since, row.until)
            if each.until is None if at is None else each.holds_at(to_micros(at)):
                found.setdefault(row.about, []).append(each)
    return found
