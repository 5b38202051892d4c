"""All that the ledger holds of one who speaks, for whoever makes its page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from sayso.ledger.asking.claims import answer_claims, answer_reports
from sayso.ledger.asking.incidents import rows_of
from sayso.ledger.asking.sources import find_source
from sayso.ledger.entries.incidents import incidents_of
from sayso.ledger.layout.answers import ClaimAnswer, IncidentRow, Page, ReportAnswer, SourceAnswer
from sayso.ledger.layout.instants import Instant
from sayso.ledger.layout.project import key_of
from sayso.ledger.store import schema
from sayso.ledger.store.engines import among, rows_where
from sayso.ledger.store.filters import held_at


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One who speaks: in which reports, the newest first, with which claims, of which incidents.

    `reports` is one page of them; claims and incidents are those of its reports.
    """

    source: SourceAnswer
    reports: Page[ReportAnswer]
    claims: tuple[ClaimAnswer, ...]
    incidents: tuple[IncidentRow, ...]


def source_page(
    conn: Connection, key: str, at: Instant | None, limit: int, before: int | None
) -> SourcePage:
    """The page of a source, and of those that people joined with it.

    `before` is the reading that an earlier page ended with. Raises NotInLedgerError for a key that
    no source has.
    """
    source = find_source(conn, key, at)
    keys = {source.key, *source.joined}
    table = schema.source
    query = select(table.c.reading).where(table.c.key.in_(keys), held_at(table, at)).distinct()
    if before is not None:
        query = query.where(table.c.reading < before)
    found = list(conn.scalars(query.order_by(table.c.reading.desc()).limit(limit + 1)))
    readings, more = found[:limit], len(found) > limit
    of = {r.entry: r.report for r in rows_where(conn, schema.reading, "entry", readings)}
    reports = answer_reports(conn, of.values())
    return SourcePage(
        source,
        Page(tuple(reports[of[r]] for r in readings), str(readings[-1]) if more else None),
        tuple(answer_claims(conn, _claims(conn, keys, readings, at), at)),
        tuple(_incidents(conn, readings, at)),
    )


def _claims(
    conn: Connection, keys: set[str], readings: Sequence[int], at: Instant | None
) -> list[Any]:
    """The claims in readings on whose chain it stands, the newest first."""
    table = schema.claim
    query = select(table).where(among(conn, table.c.reading, readings), held_at(table, at))
    rows = conn.execute(query.order_by(table.c.reading.desc(), table.c.n))
    return [row for row in rows if any(_key(h) in keys for h in json.loads(row.view)["chain"])]


def _key(hop: dict[str, Any]) -> str:
    """The key of the source that is a hop of a chain."""
    return key_of(hop["name"] or "", hop["kind"], (hop["actor"] or {}).get("country"))


def _incidents(conn: Connection, readings: Sequence[int], at: Instant | None) -> list[IncidentRow]:
    """The incidents that readings tell of, those of the newest first."""
    homes = sorted(incidents_of(conn, readings, at), key=lambda row: (-row[0], row[1]))
    return rows_of(conn, list(dict.fromkeys(num for _, _, num in homes)), at)
