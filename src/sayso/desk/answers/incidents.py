"""Lists of incidents."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.ledger import Filters, IncidentRow, Ledger


@dataclass(frozen=True, slots=True)
class IncidentList:
    """A page of incidents, those last told of first; `next` is the cursor of the page after.

    `nothing` says in a sentence why none fits.
    """

    incidents: tuple[IncidentRow, ...]
    next: str | None = None
    nothing: str | None = None


def list_incidents(
    ledger: Ledger, filters: Filters, *, limit: int, cursor: str | None = None
) -> IncidentList:
    """The incidents that fit; raises UsageError for a filter's value that none can have."""
    page = ledger.incident_list(filters, limit=limit, cursor=cursor)
    nothing = None if page.rows or cursor else ledger.why_nothing(filters, "incidents")
    return IncidentList(page.rows, page.next, nothing)
