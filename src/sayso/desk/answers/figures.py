"""Figures of the incidents that fit a question: as stated, and what a policy makes of them."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.incidents.figures_list import CellRow, FigureRow, figures_of, list_cells
from sayso.ledger import Filters, Ledger


@dataclass(frozen=True, slots=True)
class FigureList:
    """Figures as somebody stated them, by incident; `next` is the cursor of the page after.

    `nothing` says in a sentence why none fits.
    """

    figures: tuple[FigureRow, ...]
    next: str | None = None
    nothing: str | None = None


@dataclass(frozen=True, slots=True)
class CellList:
    """One row an incident and measure; `next` and `nothing` as in a list of figures."""

    cells: tuple[CellRow, ...]
    next: str | None = None
    nothing: str | None = None


def list_figures(
    ledger: Ledger, filters: Filters, *, limit: int, cursor: str | None = None
) -> FigureList:
    """The figures of so many incidents; raises UsageError for a filter's value that none can have.

    An incident's figures are never parted: each names others that it agrees with or differs from.
    """
    page = ledger.incident_list(filters, limit=limit, cursor=cursor)
    found = tuple(f for row in page.rows for f in figures_of(ledger, row.incident, filters))
    first = cursor is None and not page.rows
    return FigureList(found, page.next, ledger.why_nothing(filters, "figures") if first else None)


def list_by_policy(
    ledger: Ledger, filters: Filters, policy: str, *, limit: int, cursor: str | None = None
) -> CellList:
    """What a policy makes of each measure of so many incidents."""
    page = ledger.incident_list(filters, limit=limit, cursor=cursor)
    found = tuple(list_cells(page.rows, policy, filters.measure))
    first = cursor is None and not page.rows
    return CellList(found, page.next, ledger.why_nothing(filters, "figures") if first else None)
