"""A page of text that rich writes: as wide as the window, in signs that its encoding has."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sayso.cli.output.clean import clean_text

if TYPE_CHECKING:
    from rich.console import Console

# For an output that is not UTF-8 (LC_ALL=C, an old console): our own signs, spelt in ASCII.
_SIGNS = {
    "›": ">", "·": "-", "▪": "*", "“": '"', "”": '"', "–": "-", "…": ".", "≥": ">=", "≤": "<=",
    "├": "|", "┤": "|", "─": "-", "┼": "+",
}  # fmt: skip
_ASCII = str.maketrans(_SIGNS)


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


def print_table(sheet: Sheet, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns that fold where the window is narrow; nothing where there are no rows."""
    from rich.table import Table

    if not rows:
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for name in head:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(clean_text(cell) for cell in row))
    sheet.console.print(table)
