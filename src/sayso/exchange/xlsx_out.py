"""Incidents as an XLSX workbook that comes back: incidents, words, about, and what was written.

The last sheet, hidden, holds every cell as it was exported: what differs from it was edited.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

from openpyxl import Workbook

from sayso import __version__
from sayso.exchange.book_out import Sheet
from sayso.exchange.columns import COLUMNS, Cell
from sayso.exchange.gather import WORDS, Export

FORMAT = "sayso.incidents.xlsx"
VERSION = 1
INCIDENTS, TOLD, ABOUT, EXPORTED = "incidents", "words", "about", "exported"


def write_xlsx(export: Export) -> bytes:
    """The bytes of the workbook."""
    book = Workbook(write_only=True)
    sheet = Sheet(book, INCIDENTS, [c.name for c in COLUMNS])
    lines = {(line[1], line[0]): n for n, line in enumerate(export.words, 2)}
    for row in export.rows:
        first = (lines.get((row.incident, basis[0])) if basis else None for basis in row.rests_on)
        sheet.append(row.cells, [(TOLD, n) if n else None for n in first])
    words = Sheet(book, TOLD, list(WORDS))
    for line in export.words:
        words.append(line)
    about = Sheet(book, ABOUT, widths=(30, 100))
    for name, value in _about(export):
        about.append((name, value))
    _keep(Sheet(book, EXPORTED), export)
    page = io.BytesIO()
    book.save(page)
    return page.getvalue()


def _about(export: Export) -> Iterator[tuple[str, Cell]]:
    head, asked = export.leaving.head, export.leaving.asked
    yield "made by", f"sayso {__version__}"
    yield "ledger", head.ledger
    yield "its head", f"link {head.link}, {head.hash}"
    yield "as known at", str(asked.filters.as_known_at)
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


def _keep(sheet: Sheet, export: Export) -> None:
    """What was written, for import to compare with; out of sight."""
    asked = export.leaving.asked
    made = {
        "format": FORMAT, "version": VERSION, "ledger": export.leaving.head.ledger,
        "policy": asked.policy, "unmasked": asked.unmasked,
    }  # fmt: skip
    sheet.append((json.dumps(made),))
    sheet.append([c.name for c in COLUMNS])
    for row in export.rows:
        sheet.append(row.cells)
    sheet.hide()
