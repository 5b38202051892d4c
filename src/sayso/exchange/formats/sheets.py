"""Incidents as spreadsheets: one row an incident."""

from __future__ import annotations

from pathlib import Path

from sayso.exchange.csv_out import write_csv
from sayso.exchange.formats.offer import Left
from sayso.exchange.gather import Export, gather
from sayso.exchange.leaving import Asked
from sayso.exchange.xlsx_out import write_xlsx
from sayso.ledger import Ledger


def leave_xlsx(ledger: Ledger, asked: Asked, place: Path) -> Left:
    """What the workbook tells of."""
    export = gather(ledger, asked)
    place.write_bytes(write_xlsx(export))
    return _left(export)


def leave_csv(ledger: Ledger, asked: Asked, place: Path) -> Left:
    """What the file tells of."""
    export = gather(ledger, asked)
    place.write_bytes(write_csv(export).encode())
    return _left(export)


def _left(export: Export) -> Left:
    return Left(export.reports, len(export.rows))
