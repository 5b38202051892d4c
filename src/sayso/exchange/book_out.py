"""A workbook written row by row, so that a large one is never held: text as text, cells linked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink

from sayso.errors import UsageError
from sayso.exchange.columns import Cell
from sayso.record.cells import safe_cell

if TYPE_CHECKING:
    from openpyxl import Workbook

MOST = 32_767  # characters that a cell holds
MOST_ROWS = 1_048_576  # of a sheet
MOST_LINKS = 65_530  # of a sheet: Excel repairs away what is beyond
_NO_XML = re.compile("[\ufffe\uffff]")
_BOLD = Font(bold=True)
_LINK = Font(color="0563C1", underline="single")


def cell_value(value: Cell) -> Any:
    """A value that a workbook can hold: no formula, no character that acts, not too long."""
    if not isinstance(value, str):
        return value
    text = _NO_XML.sub("\ufffd", safe_cell(value))
    return text if len(text) <= MOST else f"{text[: MOST - 1]}…"


class Sheet:
    """A sheet in the writing. With a header it can be filtered by it, and keeps it in sight.

    `rows` are those written. Raises UsageError where a sheet can hold no more.
    """

    def __init__(
        self, book: Workbook, title: str, header: Sequence[str] = (), widths: Iterable[int] = ()
    ) -> None:
        self._sheet: Any = book.create_sheet(title)
        self.title = title
        self.rows = 0
        self._links = 0
        self._last = get_column_letter(len(header)) if header else ""
        for n, width in enumerate(widths or (max(12, len(name) + 3) for name in header), 1):
            self._sheet.column_dimensions[get_column_letter(n)].width = width
        if header:
            self._sheet.freeze_panes = "B2"
            self.rows = 1
            self._sheet.append([self._cell(name, _BOLD) for name in header])

    def append(self, cells: Sequence[Cell], links: Sequence[tuple[str, int] | None] = ()) -> None:
        """Write a row; each cell may lead to a row of another sheet."""
        if self.rows >= MOST_ROWS:
            mend = "narrow it with --from, --to or --place, or write CSV"
            raise UsageError(f"a sheet holds {MOST_ROWS:,} rows, {self.title} has more: {mend}")
        self.rows += 1
        written = [self._cell(value) for value in cells]
        for cell, link in zip(written, links, strict=False):
            if link is not None and cell.value is not None and self._links < MOST_LINKS:
                self._links += 1
                cell.hyperlink = Hyperlink(ref="", location=f"'{link[0]}'!A{link[1]}")
                cell.font = _LINK
        self._sheet.append(written)
        if self._last:
            self._sheet.auto_filter.ref = f"A1:{self._last}{self.rows}"

    def hide(self) -> None:
        """Keep it out of sight, also of whoever unhides sheets."""
        self._sheet.sheet_state = "veryHidden"

    def _cell(self, value: Cell, font: Font | None = None) -> Any:
        cell = WriteOnlyCell(self._sheet, cell_value(value))
        if isinstance(value, str):
            cell.data_type = "s"  # whatever it looks like
        if font is not None:
            cell.font = font
        return cell
