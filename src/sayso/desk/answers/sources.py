"""Who speaks: lists, and one with the reports, claims and incidents, beside whom."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.incidents.beside import (
    AlikeSource,
    OtherSpeaker,
    alike_by_rule,
    open_beside,
    others_beside,
)
from sayso.ledger import ClaimAnswer, IncidentRow, Ledger, ReportAnswer, SourceAnswer

OTHERS = 12  # that are offered to be joined


@dataclass(frozen=True, slots=True)
class SourceList:
    """A page of those who speak, by name; `nothing` says in a sentence why there is none."""

    sources: tuple[SourceAnswer, ...]
    next: str | None = None
    nothing: str | None = None


@dataclass(frozen=True, slots=True)
class SourceShown:
    """One who speaks: in which reports, the newest first, with which claims and beside whom.

    Claims, incidents and `beside` are those of these reports; `next` leads to older ones. `alike`
    are others that rules count as one with it in some of these incidents.
    """

    source: SourceAnswer
    reports: tuple[ReportAnswer, ...]
    claims: tuple[ClaimAnswer, ...]
    incidents: tuple[IncidentRow, ...]
    beside: tuple[OtherSpeaker, ...]
    next: str | None = None
    alike: tuple[AlikeSource, ...] = ()


def list_sources(
    ledger: Ledger, name: str | None, *, at: str | None, limit: int, cursor: str | None
) -> SourceList:
    """Those who speak and are called so."""
    page = ledger.sources(name, as_known_at=at, limit=limit, cursor=cursor)
    nothing = None
    if not page.rows and cursor is None:
        nothing = ledger.why_no_source(name, as_known_at=at)
    return SourceList(page.rows, page.next, nothing)


def show_source(
    ledger: Ledger, key: str, *, at: str | None, limit: int, cursor: str | None
) -> SourceShown:
    """One who speaks; raises NotInLedgerError for a key that nobody has."""
    page = ledger.source_page(key, as_known_at=at, limit=limit, cursor=cursor)
    source = page.source
    names = [source.name, *source.aliases]  # those of whom people joined with it, too
    opened = open_beside(ledger, names, page.incidents, at)
    return SourceShown(
        source, page.reports.rows, page.claims, page.incidents,
        tuple(others_beside(opened, names)), page.reports.next,
        tuple(alike_by_rule(opened, [source.key, *source.joined])),
    )  # fmt: skip


def find_others(
    ledger: Ledger, shown: SourceShown, name: str, *, at: str | None
) -> list[SourceAnswer]:
    """The sources of a name that may be one with the one that is shown."""
    found = ledger.sources(name, as_known_at=at, limit=OTHERS + 1).rows
    return [s for s in found if s.key != shown.source.key][:OTHERS]
