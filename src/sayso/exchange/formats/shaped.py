"""GED's and ACLED's shape as files: a workbook with every cell's words, or CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook

from sayso.exchange.book_out import Sheet
from sayso.exchange.coded.table import ABOUT, CELLS, DELETED, TOLD
from sayso.exchange.columns import Cell
from sayso.exchange.csv_out import BOM, csv_value
from sayso.exchange.formats.filling import OWN, FilledRow, Filling
from sayso.exchange.formats.offer import Left
from sayso.exchange.gather import WORDS
from sayso.exchange.leaving import Asked, open_leaving
from sayso.exchange.shapes.shape import SHAPES, ShapeName
from sayso.ledger import Ledger
from sayso.record.cells import safe_cell

WORKBOOK = ".xlsx"
CELL_COLUMNS = {
    "incident": "the incident",
    "column": "the column that is filled",
    "value": "what the cell holds",
    "rests_on": "all that it rests on: rows of the sheet words",
}
DELETED_COLUMNS = {
    "deleted_timestamp": "when it came to be none, in seconds since 1970",
    "sayso_incident": "the incident that it is coded of",
    "why": "why",
}


def leave_ged(ledger: Ledger, asked: Asked, place: Path) -> Left:
    """What the file in GED's shape tells of."""
    return _leave("ged", ledger, asked, place)


def leave_acled(ledger: Ledger, asked: Asked, place: Path) -> Left:
    """What the file in ACLED's shape tells of."""
    return _leave("acled", ledger, asked, place)


def _leave(shape: ShapeName, ledger: Ledger, asked: Asked, place: Path) -> Left:
    """A workbook where the file's name ends so, else CSV."""
    filling = Filling(SHAPES[shape], open_leaving(ledger, asked))
    write = _write_book if place.suffix.casefold() == WORKBOOK else _write_csv
    write(filling, place)
    return Left(filling.leaving.reports, filling.rows, tuple(filling.notes()))


# -- CSV ---------------------------------------------------------------------------------------


def _write_csv(filling: Filling, place: Path) -> None:
    with place.open("w", encoding="utf-8", newline="") as page:
        page.write(BOM)
        writer = csv.writer(page)
        writer.writerow(filling.header)
        for line in filling.lines():
            writer.writerow([safe_cell(csv_value(cell)) for cell in line.row.cells])


# -- workbook ----------------------------------------------------------------------------------


def _write_book(filling: Filling, place: Path) -> None:
    book = Workbook(write_only=True)
    rows = Sheet(book, filling.shape.name, filling.header)
    words, cells = Sheet(book, TOLD, list(WORDS)), Sheet(book, CELLS, list(CELL_COLUMNS))
    for line in filling.lines():
        _write_line(filling, line, rows, words, cells)
    key = filling.header[0]
    deleted = Sheet(book, DELETED, [key, *DELETED_COLUMNS])
    for each in filling.deleted:
        deleted.append((each.id, each.stamp, each.incident, each.why))
    about = Sheet(book, ABOUT, widths=(30, 100))
    for name, value in _about(filling):
        about.append((name, value))
    book.save(place)


def _write_line(filling: Filling, line: FilledRow, rows: Sheet, words: Sheet, cells: Sheet) -> None:
    row = line.row
    stands: dict[str, int] = {}
    for told in line.words:
        words.append(told)
        stands[str(told[0])] = words.rows
    first = [next((stands[b] for b in basis if b in stands), None) for basis in row.rests_on]
    rows.append(row.cells, [(TOLD, n) if n else None for n in first])
    for column, value, basis in zip(filling.header, row.cells, row.rests_on, strict=True):
        if value is not None and column not in OWN:
            cells.append((row.incident, column, value, " ".join(basis)))


def _about(filling: Filling) -> Iterator[tuple[str, Cell]]:
    shape, leaving = filling.shape, filling.leaving
    told = leaving.about()
    yield "shape", f"{shape.title}: {len(shape.columns)} columns in its order, then sayso's own"
    for name in ("made_by", "ledger", "link", "hash", "as_known_at", "policy", "private_people"):
        yield name.replace("_", " "), told[name]
    yield "its own rule", f"policy {shape.policy}"
    yield "read by machine", "a row whose status is machine-read was checked by nobody"
    yield "empty", "not known or not told; never zero"
    yield "rows", filling.rows
    for why, n in filling.left_out.most_common():
        yield f"left out: {why}", n
    for column, n in filling.empty.most_common():
        yield f"needed and empty: {column}", n
    yield "", None
    for each in shape.columns:
        yield f"{shape.name}: {each.name}", each.means
    sheets = {shape.name: OWN, TOLD: WORDS, CELLS: CELL_COLUMNS, DELETED: DELETED_COLUMNS}
    for sheet, columns in sheets.items():
        for name, means in columns.items():
            yield f"{sheet}: {name}", means
