"""Incidents as an XLSX workbook that comes back: incidents, words, about, and what was written.

The last sheet, hidden, holds every cell as it was exported: what differs from it was edited.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from sayso import __version__
from sayso.exchange.columns import COLUMNS, Cell
from sayso.exchange.gather import WORDS, Export, Row
from sayso.record.cells import safe_cell

FORMAT = "sayso.incidents.xlsx"
VERSION = 1
INCIDENTS, TOLD, ABOUT, EXPORTED = "incidents", "words", "about", "exported"
MOST = 32_767  # characters that a cell holds
_NO_XML = re.compile("[\ufffe\uffff]")
_BOLD = Font(bold=True)
_LINK = Font(color="0563C1", underline="single")


def write_xlsx(export: Export) -> bytes:
    """The bytes of the workbook."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new workbook has one
    sheet.title = INCIDENTS
    fill_sheet(sheet, [c.name for c in COLUMNS], [row.cells for row in export.rows])
    words = book.create_sheet(TOLD)
    fill_sheet(words, list(WORDS), export.words)
    link_cells(sheet, export.rows, export.words)
    _tell(book.create_sheet(ABOUT), export)
    _keep(book.create_sheet(EXPORTED), export)
    page = io.BytesIO()
    book.save(page)
    return page.getvalue()


def cell_value(value: Cell) -> Any:
    """A value that a workbook can hold: no formula, no character that acts, not too long."""
    if not isinstance(value, str):
        return value
    text = _NO_XML.sub("\ufffd", safe_cell(value))
    return text if len(text) <= MOST else f"{text[: MOST - 1]}…"


def put(sheet: Worksheet, row: int, column: int, value: Cell) -> None:
    """Write a cell, text as text whatever it looks like."""
    cell = sheet.cell(row, column, cell_value(value))
    if isinstance(value, str):
        cell.data_type = "s"


def fill_sheet(sheet: Worksheet, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """A header that stays in sight and can be filtered by, and the rows."""
    for n, row in enumerate((header, *rows), 1):
        for column, value in enumerate(row, 1):
            put(sheet, n, column, value)
    for column, name in enumerate(header, 1):
        sheet.cell(1, column).font = _BOLD
        sheet.column_dimensions[get_column_letter(column)].width = max(12, len(name) + 3)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions


def link_cells(
    sheet: Worksheet, rows: Sequence[Row], words: Sequence[Sequence[str | None]]
) -> None:  # fmt: skip
    """Each cell that rests on something leads to the first of it on the sheet of words."""
    place = {(line[1], line[0]): n for n, line in enumerate(words, 2)}
    for n, row in enumerate(rows, 2):
        for column, basis in enumerate(row.rests_on, 1):
            line = place.get((row.incident, basis[0])) if basis else None
            cell = sheet.cell(n, column)
            if line is not None and cell.value is not None:
                cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{TOLD}'!A{line}")
                cell.font = _LINK


def _tell(sheet: Worksheet, export: Export) -> None:
    for n, (name, value) in enumerate(_about(export), 1):
        put(sheet, n, 1, name)
        put(sheet, n, 2, value)
    sheet.column_dimensions["A"].width = 30
    sheet.column_dimensions["B"].width = 100


def _about(export: Export) -> Iterator[tuple[str, Cell]]:
    head, asked = export.head, export.asked
    yield "made by", f"sayso {__version__}"
    yield "ledger", head.ledger
    yield "its head", f"link {head.link}, {head.hash}"
    yield "as known at", str(asked.filters.as_known_at or head.at)
    yield "policy of the figures", asked.policy
    yield "private people", "shown" if asked.unmasked else "masked (█), see docs/formats.md"
    yield "read by machine", "a row whose status is machine-read was checked by nobody"
    yield "empty", "not known or not told; never zero"
    yield "to correct", "edit cells of the sheet incidents, save, and run: sayso import FILE"
    yield "", None
    for column in COLUMNS:
        yield f"{INCIDENTS}: {column.name}", column.means
    for name, means in WORDS.items():
        yield f"{TOLD}: {name}", means


def _keep(sheet: Worksheet, export: Export) -> None:
    """What was written, for import to compare with; out of sight."""
    asked = export.asked
    made = {
        "format": FORMAT, "version": VERSION, "ledger": export.head.ledger,
        "policy": asked.policy, "unmasked": asked.unmasked,
    }  # fmt: skip
    put(sheet, 1, 1, json.dumps(made))
    for n, row in enumerate(([c.name for c in COLUMNS], *(r.cells for r in export.rows)), 2):
        for column, value in enumerate(row, 1):
            put(sheet, n, column, value)
    sheet.sheet_state = "veryHidden"
