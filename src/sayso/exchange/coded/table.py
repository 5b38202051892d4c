"""A table in somebody's CSV file or workbook: its rows with where each cell stands."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from openpyxl.utils import range_boundaries

from sayso.errors import CaptureError
from sayso.exchange.books import Refused, merged_in, open_book, rows_of
from sayso.page.decode import decode
from sayso.record import Capture

MEND = "save it as XLSX, or as CSV in UTF-8"
SIGN = b"PK"  # of a ZIP, which a workbook is
MOST_ROWS = 1_000_000
MOST_COLUMNS = 1_000
WIDEST = 131_072  # characters of a cell of CSV
TOLD, CELLS, DELETED, ABOUT = "words", "cells", "deletions", "about"
BESIDE = frozenset({TOLD, CELLS, DELETED, ABOUT})  # the rows, in a workbook of a shape
DELIMITERS = ",;\t|"
TITLES, LONGEST_OPENING = 20, 20_000  # lines, and characters, in which the headings begin
Raw = str | float | date | datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its number in the sheet (or the file's line), and its cells."""

    n: int
    cells: tuple[Raw, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet, or a CSV file by its name; `lines` can be gone through once.

    `refused` grows while they are: cells that hold a formula, an error or the middle of a merge
    are empty and named there, by their column's letter. One that is not `shown` is nobody's list.
    """

    sheet: str
    lines: Iterator[Line]
    refused: list[Refused]
    shown: bool = True


def read_tables(content: bytes, name: str) -> Iterator[Table]:
    """The tables in a file: every sheet, or the one of a CSV file.

    Raises CaptureError where it is neither, or in an encoding that cannot be told.
    """
    if content.startswith(SIGN):
        book = open_book(content, name, MEND, large=True)
        ours = BESIDE if set(book.sheetnames) >= BESIDE else frozenset()
        for sheet in book.worksheets:
            if sheet.title not in ours:
                refused: list[Refused] = []
                lines = _sheet_lines(content, name, sheet, refused)
                yield Table(sheet.title, lines, refused, sheet.sheet_state == "visible")
    else:
        yield _csv_table(content, name)


# -- workbooks ---------------------------------------------------------------------------------


def _sheet_lines(content: bytes, name: str, sheet: Any, refused: list[Refused]) -> Iterator[Line]:
    hidden = _covered(merged_in(content, sheet), sheet.title, refused)
    for n, row in enumerate(rows_of(sheet, name, MEND), 1):
        if n > MOST_ROWS:
            what = f"only {MOST_ROWS:,} rows are read"
            refused.append(Refused(sheet.title, n, None, what, unread=True))
            return
        covered = hidden(n)
        cells: list[Raw] = []
        for i, cell in enumerate(row[:MOST_COLUMNS]):
            value, what = _value(cell)
            if i + 1 in covered:
                value = None
            elif what:
                refused.append(Refused(sheet.title, n, cell.column_letter, what))
            cells.append(value)
        yield Line(n, tuple(cells))


def _value(cell: Any) -> tuple[Raw, str]:
    """A cell's value, and what is wrong with one that cannot be taken."""
    if cell.data_type == "f":
        return None, "it holds a formula; write its value"
    if cell.data_type == "e":
        return None, f"it holds the error {cell.value!s:.20}"
    value = cell.value
    if isinstance(value, str):
        return value.strip() or None, ""
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value, ""
    if isinstance(value, float) and value.is_integer():
        return int(value), ""
    if value is None or isinstance(value, int | float | date):
        return value, ""
    return str(value), ""  # an hour or a length of time


def _covered(
    ranges: Iterable[str], sheet: str, refused: list[Refused]
) -> Callable[[int], frozenset[int]]:
    """A function from a row to its columns that lie under a merge; each merge is named."""
    held: list[tuple[int, int, int, int]] = []
    for each in ranges:
        first, top, last, bottom = (int(n or 0) for n in range_boundaries(each))
        held.append((first, top, last, bottom))
        what = f"{each} is merged: its value is taken for the first cell alone"
        refused.append(Refused(sheet, top, each.partition(":")[0].rstrip("0123456789"), what))

    def covered(n: int) -> frozenset[int]:
        return frozenset(
            column
            for first, top, last, bottom in held
            if top <= n <= bottom
            for column in range(first, last + 1)
            if (n, column) != (top, first)
        )

    return covered if held else lambda _: frozenset()


# -- CSV ---------------------------------------------------------------------------------------


def _csv_table(content: bytes, name: str) -> Table:
    refused: list[Refused] = []
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        capture = Capture(name, content, "text", hashlib.sha256(content).hexdigest())
        text = decode(capture).lstrip("\ufeff")
        what = "it is not in UTF-8 and was read as fits best: look at names with accents"
        refused.append(Refused(name, None, None, what))
    if "\0" in text[:4096]:
        raise CaptureError(name, "it is no table", MEND)
    return Table(name, _csv_lines(text, name, refused), refused)


def _csv_lines(text: str, name: str, refused: list[Refused]) -> Iterator[Line]:
    # a title of one cell may stand above the headings
    opening = text[:LONGEST_OPENING].split("\n")[:TITLES]
    first = next((line for line in opening if any(d in line for d in DELIMITERS)), "")
    delimiter = max(DELIMITERS, key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    width, start = 0, 1
    while True:
        try:
            row = _next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            what = f"the line cannot be read ({error}); what follows is not read"
            refused.append(Refused(name, rows.line_num, None, what, unread=True))
            return
        n, start = start, rows.line_num + 1
        width = len(row) if width <= 1 else width
        if len(row) > width and any(row[width:]):
            what = f"it has {len(row)} cells, the first has {width}; the last ones are not read"
            refused.append(Refused(name, n, None, what))
        cells = (_csv_cell(cell, name, n, i, refused) for i, cell in enumerate(row[:width]))
        yield Line(n, tuple(cells))


def _next(rows: Iterator[list[str]]) -> list[str]:
    """The next row; raises csv.Error for a cell that is too wide, whoever set the limit of csv."""
    row = next(rows)
    if any(len(cell) > WIDEST for cell in row):
        raise csv.Error(f"a cell is wider than {WIDEST:,} characters")
    return row


def _csv_cell(cell: str, name: str, n: int, i: int, refused: list[Refused]) -> Raw:
    """A cell as text; the sign that keeps a spreadsheet from running it is not part of it."""
    text = cell.strip()
    if text.startswith("="):
        refused.append(Refused(name, n, str(i + 1), "it holds a formula; write its value"))
        return None
    if text[:1] == "'" and text[1:2] and text[1] in "=+-@\t\r\n＝＋－＠":
        text = text[1:]
    return text or None
