"""An edited workbook of incidents: which cells differ from what was exported, what is amiss."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from openpyxl.utils import get_column_letter

from sayso.errors import CaptureError, nearest
from sayso.exchange.books import MOST_CELLS, Refused, open_book, rows_of
from sayso.exchange.columns import BY_NAME, Cell
from sayso.exchange.xlsx_out import EXPORTED, FORMAT, INCIDENTS, VERSION

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as WrittenCell
    from openpyxl.cell.cell import MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    _Cell = WrittenCell | MergedCell

KEY = "incident"
MEND = "export anew with `sayso export xlsx` and edit that file"
Grid = list[list[Any]]


@dataclass(frozen=True, slots=True)
class EditedCell:
    """A cell that differs from what was exported: where it stands now, what it held and holds."""

    incident: str
    column: str
    row: int
    at: str
    old: Cell
    new: Cell


@dataclass(frozen=True, slots=True)
class Edited:
    """All that a workbook says: how it was exported, its edits, and what is amiss."""

    made: dict[str, Any]
    cells: tuple[EditedCell, ...]
    refused: tuple[Refused, ...]


def read_edits(content: bytes, name: str) -> Edited:
    """The edits in a workbook of `sayso export xlsx`.

    Raises CaptureError where the file as a whole is none, or is of a newer sayso.
    """
    book = open_book(content, name, MEND)
    if EXPORTED not in book.sheetnames or INCIDENTS not in book.sheetnames:
        raise CaptureError(name, f"it has no sheet {INCIDENTS} or {EXPORTED} (hidden)", MEND)
    made, old = _exported(_grid(book[EXPORTED], name), name)
    return _Comparison(made, old, _grid(book[INCIDENTS], name)).edited()


def _grid(sheet: Worksheet, name: str) -> Grid:
    """The cells' values; raises CaptureError where they are too many.

    One cell in the last row and column says that there are 17 billion.
    """
    if sheet.max_row * sheet.max_column > MOST_CELLS:
        what = f"its sheet {sheet.title} has more than {MOST_CELLS:,} cells"
        raise CaptureError(name, what, MEND)
    return [[_value(cell) for cell in row] for row in rows_of(sheet, name, MEND)]


def _value(cell: _Cell) -> Cell:
    """A cell's value, a formula as a `Formula`.

    A linked cell that somebody emptied keeps its link, which openpyxl then takes for its value.
    """
    link = cell.hyperlink
    if link is not None and cell.value is not None and cell.value in (link.location, link.target):
        return None
    return Formula(str(cell.value)) if cell.data_type == "f" else normal(cell.value)


class Formula(str):
    """What stands in a cell that the program would work out."""

    __slots__ = ()


def normal(value: Any) -> Cell:
    """A cell's value in the one form that is compared: days without a midnight, no empty words."""
    if isinstance(value, datetime):
        moment = value.replace(microsecond=0)
        return moment.date() if moment.time() == time() else moment
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str):
        return value.strip() or None
    if value is None or isinstance(value, int | float):
        return value
    return value if isinstance(value, date) else str(value)


def _exported(grid: Grid, name: str) -> tuple[dict[str, Any], dict[str, dict[str, Cell]]]:
    """How the file was made, and each row as it was then, by incident and column."""
    try:
        made = json.loads(str(grid[0][0]))
        known = made["format"] == FORMAT and isinstance(made["version"], int)
        texts = all(isinstance(made[key], str) for key in ("ledger", "policy"))
    except (IndexError, KeyError, TypeError, ValueError):
        known = texts = False
    if not (known and texts):
        raise CaptureError(name, f"its hidden sheet {EXPORTED} was changed", MEND)
    if made["version"] > VERSION:
        what = f"a newer sayso made it (form {made['version']}; this one knows {VERSION})"
        raise CaptureError(name, what, "update sayso, or export with this one")
    header = [str(cell) for cell in grid[1]] if len(grid) > 1 else []
    rows = [dict(zip(header, row, strict=False)) for row in grid[2:]]
    return made, {str(row[KEY]): row for row in rows if row.get(KEY)}


class _Comparison:
    """The sheet as it is, beside what was written."""

    def __init__(
        self, made: dict[str, Any], old: dict[str, dict[str, Cell]], grid: Grid
    ) -> None:  # fmt: skip
        self.made = made
        self.old = old
        self.header = [str(cell) if cell is not None else None for cell in grid[0]] if grid else []
        self.body = grid[1:]
        self.refused: list[Refused] = []

    def edited(self) -> Edited:
        """The edits and the rest."""
        columns = self._columns()
        cells: list[EditedCell] = []
        rows: set[str] = set()
        if KEY in columns:
            for n, row in enumerate(self.body, 2):
                held = {c: row[i] if i < len(row) else None for c, i in columns.items()}
                if id_ := self._row(n, held, rows):
                    rows.add(id_)
                    cells += self._cells(id_, n, held, columns)
            self._gone(rows)
        return Edited(self.made, tuple(cells), tuple(self.refused))

    def _refuse(self, row: int | None, column: str | None, what: str) -> None:
        self.refused.append(Refused(INCIDENTS, row, column, what))

    def _columns(self) -> dict[str, int]:
        """Where each known column stands now; they may have been moved."""
        found: dict[str, int] = {}
        written = {name for row in self.old.values() for name in row}
        for i, name in enumerate(self.header):
            if name is None:
                continue
            if name in found:
                self._refuse(1, name, "it is there twice; the second is not read")
            elif name in BY_NAME:
                found[name] = i
            else:
                gone = [n for n in BY_NAME if n not in self.header]
                near = nearest(name, gone)
                meant = f"; did you mean {near[0]}?" if near else ""
                where = get_column_letter(i + 1)
                self._refuse(1, where, f"no column is called {name!r:.60}, it is not read{meant}")
        for name in BY_NAME:
            if name not in found and (name in written or name == KEY):
                self._refuse(1, name, "it is missing or renamed; no edit in it is taken")
        return found

    def _row(
        self, n: int, held: dict[str, Cell], rows: set[str]
    ) -> str | None:  # fmt: skip
        """The incident of a row that can be compared."""
        id_ = held[KEY]
        if id_ is None:
            if any(value is not None for value in held.values()):
                self._refuse(n, KEY, "the row names no incident; rows cannot be added here")
            return None
        if str(id_) not in self.old:
            self._refuse(n, KEY, f"{str(id_)!r:.60} was not exported in this file")
            return None
        if str(id_) in rows:
            self._refuse(n, KEY, f"{id_} stands in an earlier row too; this one is not read")
            return None
        return str(id_)

    def _cells(
        self, id_: str, n: int, held: dict[str, Cell], columns: dict[str, int]
    ) -> Iterator[EditedCell]:
        before = self.old[id_]
        for name, i in columns.items():
            new, old = held[name], before.get(name)
            if name == KEY or name not in before or (type(new), new) == (type(old), old):
                continue
            if isinstance(new, Formula):
                self._refuse(n, name, "it holds a formula; write its value")
                continue
            yield EditedCell(id_, name, n, f"{get_column_letter(i + 1)}{n}", old, new)

    def _gone(self, rows: set[str]) -> None:
        mend = "to reject an incident, write rejected into its status"
        for id_ in self.old:
            if id_ not in rows:
                self._refuse(None, None, f"the row of {id_} is gone: nothing is done; {mend}")


def places_of(cells: Sequence[EditedCell]) -> str:
    """Where cells stand, for a reason: `cell B7`, `cells E7, F7`."""
    return f"cell{'s' if len(cells) > 1 else ''} {', '.join(c.at for c in cells)}"
