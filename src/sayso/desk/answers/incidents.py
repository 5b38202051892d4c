"""Lists of incidents, and what changed in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.errors import UsageError, nearest
from sayso.incidents.changes import Change, changes_between
from sayso.incidents.glance import FLAGS
from sayso.ledger import Filters, IncidentRow, Ledger
from sayso.ledger.layout.instants import Instant


@dataclass(frozen=True, slots=True)
class IncidentList:
    """A page of incidents, those last told of first; `next` is the cursor of the page after.

    `nothing` says in a sentence why none fits.
    """

    incidents: tuple[IncidentRow, ...]
    next: str | None = None
    nothing: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What is new in an incident: the changes in words, when, by which entry of the ledger."""

    incident: str
    entry: int
    at: str
    changes: tuple[Change, ...]


def list_incidents(
    ledger: Ledger,
    filters: Filters,
    *,
    flag: str | None = None,
    limit: int,
    cursor: str | None = None,
) -> IncidentList:
    """The incidents that fit; raises UsageError for a filter's value that none can have.

    Flags are no filter of claims: so many incidents are looked through, and `next` goes on.
    """
    if flag is not None and flag not in FLAGS:
        raise UsageError(f"no flag is called {flag!r:.40}; {_offered(flag)}")
    page = ledger.incident_list(filters, limit=limit, cursor=cursor, flag=flag)
    nothing = None
    if not page.rows and cursor is None:
        held = flag is not None and ledger.incident_list(filters, limit=1).rows
        nothing = _none(flag, page.next) if held else ledger.why_nothing(filters, "incidents")
    return IncidentList(page.rows, page.next, nothing)


def _offered(flag: str) -> str:
    near = nearest(flag, FLAGS)
    return f"did you mean {near[0]}?" if near else f"there are {', '.join(FLAGS)}"


def _none(flag: str | None, cursor: str | None) -> str:
    where = "those last told of" if cursor else "those that fit"
    return f"None of {where} is flagged: {str(flag).replace('_', ' ')}."


def changed_since(
    ledger: Ledger, rows: Sequence[IncidentRow], instant: Instant
) -> dict[str, tuple[Change, ...]]:
    """What is new since an instant in those of some incidents that a report told of since.

    Nothing in words where only copies came.
    """
    late = [row.incident for row in rows]
    found = ledger.changes_since(late, instant)
    return {id_: tuple(changes_between(c.before, c.after)) for id_, c in found.items()}


def news(
    ledger: Ledger, rows: Sequence[IncidentRow], *, limit: int, at: Instant | None
) -> list[Told]:
    """What was new in some incidents, newest first; what copies brought is not."""
    ids = [row.incident for row in rows]
    told = (
        Told(c.incident, c.entry, c.at, tuple(changes_between(c.before, c.after)))
        for c in ledger.incident_history(ids, as_known_at=at)
    )
    return [each for each in told if each.changes][:limit]
