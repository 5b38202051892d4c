"""One incident: all that the ledger tells of it, and what a person should look at first."""

from __future__ import annotations

import functools

from sayso.errors import NotInLedgerError, UsageError
from sayso.incidents.undo import about_join
from sayso.incidents.view import view_incident
from sayso.ledger import Judged, Ledger
from sayso.ledger.layout.project import source_key
from sayso.record.incident import IncidentView

KEPT = 64  # views at hand, until something is entered: page, charts and tables ask for the same


def incident(ledger: Ledger, asked: str, at: str | None) -> IncidentView:
    """The incident, by its id, the first signs of it, or a report that it is about.

    Raises NotInLedgerError where it is none, or was not known then.
    """
    return _view(ledger, asked, at, ledger.head().hash)


@functools.lru_cache(KEPT)
def _view(ledger: Ledger, asked: str, at: str | None, _head: str) -> IncidentView:
    return view_incident(ledger, asked, as_known_at=at)


def is_moved(view: IncidentView) -> bool:
    """True where what was asked for was joined to this incident."""
    asked = view.asked.strip().lower()
    return asked.startswith("incident-") and not view.id.startswith(asked)


def undo_join(ledger: Ledger, view: IncidentView, join: str, *, by: str, reason: str) -> Judged:
    """Two sources, copies or acts of saying are not one."""
    return ledger.judge("undo", join, by=by, reason=reason, **about_join(view, join))


def grade_source(ledger: Ledger, name: str, grade: str, *, by: str, reason: str) -> Judged:
    """A grade for a source by the name under which it speaks: of several, who speaks most often.

    Raises NotInLedgerError where nobody of that name speaks, UsageError where the grade is none.
    """
    if not name.strip():
        raise UsageError("name the source that you grade")
    folded = source_key(name)
    found = [s for s in ledger.sources(name).rows if s.key.partition("|")[0] == folded]
    if not found:
        raise NotInLedgerError(f"nobody called {name!r:.80} speaks here", "see the sources")
    most = max(found, key=lambda s: s.reports)
    return ledger.judge("grade", most.key, by=by, reason=reason, grade=grade)
