"""Lists of incidents, and what changed in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.errors import UsageError, nearest
from sayso.incidents.changes import Change, changes_between
from sayso.incidents.glance import FLAGS
from sayso.ledger import Filters, IncidentRow, Ledger
from sayso.ledger.instants import Instant

LOOKED_AT = 1_000  # incidents that are looked through for a flag in one go


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
    found: list[IncidentRow] = []
    first, looked = cursor, 0
    while True:
        page = ledger.incident_list(filters, limit=limit - len(found), cursor=cursor)
        found += [row for row in page.rows if flag is None or flag in row.flags]
        cursor, looked = page.next, looked + len(page.rows)
        if len(found) >= limit or cursor is None or looked >= LOOKED_AT:
            break
    nothing = None
    if not found and first is None:
        nothing = ledger.why_nothing(filters, "incidents") if not looked else _none(flag, cursor)
    return IncidentList(tuple(found), cursor, nothing)


def _offered(flag: str) -> str:
    near = nearest(flag, FLAGS)
    return f"did you mean {near[0]}?" if near else f"there are {', '.join(FLAGS)}"


def _none(flag: str | None, cursor: str | None) -> str:
    where = f"the {LOOKED_AT:,} last told of" if cursor else "those that fit"
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
