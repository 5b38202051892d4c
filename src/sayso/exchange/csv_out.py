"""Incidents as CSV for spreadsheets: the columns of the sheet incidents, behind an order mark."""

from __future__ import annotations

from datetime import date

from sayso.exchange.columns import COLUMNS, Cell
from sayso.exchange.gather import Export
from sayso.record.cells import Value, to_csv

BOM = "\ufeff"  # without it Excel takes the bytes for another encoding


def write_csv(export: Export) -> str:
    """The text of the file, dates as ISO 8601."""
    rows = ([csv_value(cell) for cell in row.cells] for row in export.rows)
    return BOM + to_csv([c.name for c in COLUMNS], rows)


def csv_value(cell: Cell) -> Value:
    """A cell as CSV writes it: a day as ISO 8601."""
    return cell.isoformat() if isinstance(cell, date) else cell
