"""What left the ledger, and what became since of the reports that it tells of."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.exchange.partners.shared import SharedRow, list_shared
from sayso.ledger import Ledger


@dataclass(frozen=True, slots=True)
class ExportList:
    """A page of what left, newest first; `next` is the cursor of the page after."""

    exports: tuple[SharedRow, ...]
    next: str | None = None


def list_exports(
    ledger: Ledger, *, outdated: bool, limit: int, cursor: str | None, named: bool
) -> ExportList:
    """What left in files and to partners, who go unnamed without `named`."""
    page = list_shared(ledger, outdated=outdated, limit=limit, cursor=cursor, named=named)
    return ExportList(page.rows, page.next)
