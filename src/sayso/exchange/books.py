"""Workbooks that came from somewhere else, opened; what is damaged is said in one way."""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import iterparse

from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import range_boundaries

from sayso.errors import CaptureError
from sayso.record.markup import MOST_EQUALS, is_crowded

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MOST_BYTES = 300_000_000  # unpacked
MOST_CELLS = 4_000_000  # filled, empty and merged ones: 60,000 incidents with all their columns
MOST_READ = 50_000_000  # cells of a workbook that is read row by row
MOST_ACROSS = 20_000  # cells in one row; programs of spreadsheets have 16,384 columns
NO_BOOK = "it is no workbook (XLSX), or is damaged"
# What openpyxl raised on 1,100 damaged workbooks whose ZIP was sound: broken XML (two parsers, both
# a SyntaxError), a part that is named and is not there, an attribute that is missing or odd.
DAMAGE = (SyntaxError, LookupError, TypeError, ValueError, OSError)
_MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell [^>]{0,200}?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"'
)
_SHEET = re.compile(rb'<(?:\w+:)?sheet [^>]{0,200}?name="([^"]{1,200})"')
_PART = re.compile(rb"<(?:\w{1,9}:)?(c|row|si)[\s/>]")  # what becomes an object of its own
_CHUNK, _OVERLAP = 1 << 20, 300


@dataclass(frozen=True, slots=True)
class Refused:
    """Something in the file that is not taken: where, and what is wrong with it.

    Where whole rows are `unread` for it, nobody knows what else the file holds.
    """

    sheet: str
    row: int | None
    column: str | None
    what: str
    unread: bool = False

    @property
    def words(self) -> str:
        """In a sentence: `incidents, row 7, column killed_best: 'many' is no number`."""
        where = [self.sheet]
        where += [f"row {self.row}"] if self.row is not None else []
        where += [f"column {self.column}"] if self.column is not None else []
        return f"{', '.join(where)}: {self.what}"


NAMED = 12  # things that one line names


def some_of(names: Sequence[str]) -> str:
    """The first of some names, and how many more there are: `a, b and 3 more`."""
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return f"{', '.join(names[:NAMED])}{more}"


def open_book(content: bytes, name: str, mend: str, *, large: bool = False) -> Workbook:
    """The workbook in some bytes; a `large` one is read row by row and cannot be edited.

    Raises CaptureError where they are none.
    """
    _check_zip(content, name, mend, large=large)
    try:
        return load_workbook(io.BytesIO(content), read_only=large)
    except DAMAGE as error:
        raise CaptureError(name, NO_BOOK, mend) from error


def _check_zip(content: bytes, name: str, mend: str, *, large: bool) -> None:
    """Every part of the ZIP unpacks and is what was packed: most damage shows here.

    A workbook that is not read row by row may not hold more cells than fit into memory: `<c/>`
    takes four bytes, a hundredth of that packed, and becomes an object; a range of merged cells
    takes thirty, and becomes as many objects as it covers.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > MOST_BYTES:
                raise CaptureError(name, "it is too large", mend)
            cells = 0
            for info in packed.infolist():
                cells += _cells_in(packed, info, large=large)
                if cells > (MOST_READ if large else MOST_CELLS):
                    raise CaptureError(name, "it has too many cells", mend)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,  # a packing that Python has not
        RuntimeError,  # it has a password
        OSError,  # its table of contents points outside the file
        EOFError,  # a part says that it is longer than the file
        LookupError,
        SyntaxError,
        ValueError,
    ) as error:
        raise CaptureError(name, NO_BOOK, mend) from error


def _cells_in(packed: zipfile.ZipFile, info: zipfile.ZipInfo, *, large: bool) -> int:
    """How many cells, rows and texts a part holds, up to where they are too many for any workbook.

    Raises ValueError for a row that is longer than any.
    """
    found = across = 0
    merged = False
    last = b""
    with packed.open(info) as part:
        while chunk := part.read(_CHUNK):
            if is_crowded(last + chunk):
                raise ValueError(f"an element of more than {MOST_EQUALS} attributes")
            last = chunk
            for match in _PART.finditer(chunk):
                found += 1
                across = across + 1 if match[1] == b"c" else 0
                if across > MOST_ACROSS:
                    raise ValueError(f"more than {MOST_ACROSS} cells in a row")
            if found > MOST_READ:
                return found
            merged = merged or b"ergeCel" in chunk or b"\0" in chunk[:9]  # or it is UTF-16
    return found + (_merged_cells(packed, info) if merged and not large else 0)


def _merged_cells(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> int:
    """How many cells the merged ranges of a part cover; raises what broken XML and ranges do."""
    found = 0
    with packed.open(info) as part:
        for _, element in iterparse(part):  # noqa: S314 - expat bounds entities and fetches none
            if element.tag.rpartition("}")[2] == "mergeCell":
                left, top, right, bottom = (
                    n or 0 for n in range_boundaries(element.get("ref", ""))
                )
                found += (right - left + 1) * (bottom - top + 1)
            element.clear()
    return found


def sheets_named(content: bytes) -> set[str]:
    """The names of a workbook's sheets; none where the bytes are none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            part = packed.read("xl/workbook.xml")
    except (
        zipfile.BadZipFile, zlib.error, LookupError, RuntimeError, OSError, EOFError, ValueError
    ):  # fmt: skip
        return set()
    return {html.unescape(m[1].decode("utf-8", "replace")) for m in _SHEET.finditer(part)}


def rows_of(sheet: Worksheet, name: str, mend: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a sheet, cell by cell; raises CaptureError where it is damaged further down.

    Also where the cells between the filled ones are more than MOST_READ: one cell in the last
    column of each row says that there are 16,384 in it.
    """
    count = 0
    try:
        for row in sheet.iter_rows():
            count += len(row)
            if count > MOST_READ:
                what = f"its sheet {sheet.title} has more than {MOST_READ:,} cells"
                raise CaptureError(name, what, mend)
            yield row
    except DAMAGE as error:
        raise CaptureError(name, f"its sheet {sheet.title} is damaged", mend) from error


def merged_in(content: bytes, sheet: Worksheet) -> list[str]:
    """The ranges of merged cells in a sheet of a large workbook, which does not tell them."""
    path = getattr(sheet, "_worksheet_path", "")
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if path not in packed.namelist():
            return found
        with packed.open(path) as part:
            rest = b""
            while chunk := part.read(_CHUNK):
                held = rest + chunk
                found += [m[1].decode() for m in _MERGED.finditer(held)]
                rest = held[-_OVERLAP:]
    return list(dict.fromkeys(found))
