"""A page of text that rich writes: as wide as the window, in signs that its encoding has."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sayso.cli.output.clean import clean_text

if TYPE_CHECKING:
    from rich.console import Console

# For an output that is not UTF-8 (LC_ALL=C, an old console): our own signs, spelt in ASCII.
_SIGNS = {
    "›": ">", "·": "-", "▪": "*", "“": '"', "”": '"', "–": "-", "…": ".", "≥": ">=", "≤": "<=",
    "├": "|", "┤": "|", "─": "-", "┼": "+",
}  # fmt: skip
_ASCII = str.maketrans(_SIGNS)
NARROWEST, WIDEST = 40, 132  # columns: longer lines are hard to follow, however wide the window
_GAP = 2  # columns between two of a table
_WORDY = 10  # columns that words need at least; with fewer, a row is shown as lines
_ID = 17  # what has no blank and is no longer than this is not cut: ids, dates, numbers


@dataclass(frozen=True, slots=True)
class Window:
    """What a page is made for: how wide, with colours or not, in which encoding."""

    width: int
    colour: bool
    encoding: str


def find_window(*, to_file: bool = False) -> Window:
    """The terminal's window; no colours in a file or pipe, nor where NO_COLOR is set."""
    width = max(NARROWEST, min(shutil.get_terminal_size((100, 24)).columns, WIDEST))
    colour = sys.stdout.isatty() and not to_file and not os.environ.get("NO_COLOR")
    return Window(width, colour, "utf-8" if to_file else sys.stdout.encoding)


class Sheet:
    """One page: print to `console`, then take its `text`."""

    def __init__(self, width: int, *, colour: bool = False, encoding: str = "utf-8") -> None:
        from rich.console import Console

        self.encoding = encoding
        self.console: Console = Console(
            file=_Page(encoding), width=width, force_terminal=colour,
            color_system="auto" if colour else None, no_color=not colour,
            markup=False, highlight=False, emoji=False, legacy_windows=False,
        )  # fmt: skip

    def text(self) -> str:
        """What was printed, without blanks at the ends of lines."""
        page = self.console.file
        assert isinstance(page, _Page)  # noqa: S101 - made above
        lines = page.getvalue().split("\n")[:-1]
        return _fit("".join(f"{line.rstrip(' ')}\n" for line in lines), self.encoding)


class _Page(io.StringIO):
    """Where rich writes; it asks its file for the encoding, to choose signs that can be shown."""

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The encoding of what the text will be written to."""
        return self._encoding


def _fit(text: str, encoding: str) -> str:
    """The text with signs that the encoding has."""
    try:
        "".join(_SIGNS).encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_ASCII)
    return text


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a table: whether its cells stay whole, are numbers, and how little room does."""

    name: str
    whole: bool
    number: bool
    least: int


def _column(name: str, cells: Sequence[str]) -> _Column:
    whole = all(len(cell) <= _ID and " " not in cell for cell in cells)
    widest = max(map(len, (name, *cells)))
    number = all(not cell.strip("0123456789,.–") for cell in cells)
    return _Column(name, whole, whole and number, widest if whole else min(widest, _WORDY))


def print_table(sheet: Sheet, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns that fold at blanks, ids and dates whole; a line a value where there is no room."""
    from rich.table import Table

    columns = [_column(name, [row[n] for row in rows]) for n, name in enumerate(head)]
    if sum(c.least + _GAP for c in columns) - _GAP > sheet.console.width:
        _print_lines(sheet, head, rows)
        return
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="dim")
    for column in columns:
        side: Literal["left", "right"] = "right" if column.number else "left"
        table.add_column(column.name, overflow="fold", no_wrap=column.whole, justify=side)
    for row in rows:
        table.add_row(*(clean_text(cell) for cell in row))
    sheet.console.print(table)


def _print_lines(sheet: Sheet, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Each row as lines: its first value, then `name: value`, those that are empty left out."""
    from rich.padding import Padding

    for row in rows:
        sheet.console.print(clean_text(row[0], "bold"))
        for name, cell in zip(head[1:], row[1:], strict=True):
            if cell:
                line = clean_text(f"{name}: ", "dim").append_text(clean_text(cell))
                sheet.console.print(Padding(line, (0, 0, 0, 2)))
