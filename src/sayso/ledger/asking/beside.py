"""The reports that tell of the incidents that others tell of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sayso.ledger.entries.incidents import incidents_of, places_of
from sayso.ledger.layout.answers import parse_handle
from sayso.ledger.store import schema
from sayso.ledger.store.engines import rows_where

if TYPE_CHECKING:
    from sqlalchemy import Connection


def reports_beside(conn: Connection, reports: Iterable[str]) -> list[str]:
    """The handles of reports and of all others that tell of an incident of theirs, these first.

    What is not held, or not seen, is not among them.
    """
    asked = list(dict.fromkeys(parse_handle(r, "r")[0] for r in reports))
    held = {row.entry for row in rows_where(conn, schema.report, "entry", sorted(asked))}
    table = schema.reading
    own = rows_where(conn, table, "report", sorted(held))
    nums = {num for *_, num in incidents_of(conn, (row.entry for row in own), None)}
    told = {reading for reading, *_ in places_of(conn, nums, None)}
    others = {row.report for row in rows_where(conn, table, "entry", sorted(told))}
    first = [number for number in asked if number in held]
    return [f"r{number}" for number in dict.fromkeys((*first, *sorted(others)))]
