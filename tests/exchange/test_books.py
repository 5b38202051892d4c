"""Workbooks that are small in the file and would fill the memory: refused, whoever reads them."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook

from sayso.errors import CaptureError
from sayso.exchange import books
from sayso.exchange.coded.table import read_tables
from sayso.exchange.xlsx_in import read_edits
from sayso.exchange.xlsx_out import EXPORTED, INCIDENTS

HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData>%b</worksheet>"
FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
WIDE = b'<row><c r="XFD%d"><v>1</v></c></row>'


def book_of(rows: bytes, more: bytes = b"") -> bytes:
    """A workbook with the sheets of an export, the first with these rows."""
    made, out = io.BytesIO(), io.BytesIO()
    book = Workbook()
    book.remove(book.worksheets[0])
    book.create_sheet(EXPORTED)
    book.create_sheet(INCIDENTS)
    book.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            first = name == "xl/worksheets/sheet1.xml"
            new.writestr(name, HEAD + rows + TAIL % more if first else old.read(name))
    return out.getvalue()


@pytest.mark.parametrize(
    ("rows", "more", "why"),
    [
        (b"<row><c/></row>" * 300, b"", "too many cells"),
        (b"", b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>', "too many cells"),
        (b"", b'<mergeCells><mergeCell ref="&#65;1:XFD1048576"/></mergeCells>', "too many cells"),
        (FAR, b"", "more than 500 cells"),
        (b"<row>" + b"<c/>" * 20_001 + b"</row>", b"", "no workbook"),
        (b"<row " + b" ".join(b'a%d="b"' % n for n in range(5_001)) + b"/>", b"", "no workbook"),
    ],
    ids=["empty", "merged", "merged by a number", "far", "across", "attributes"],
)
def test_an_edited_workbook_of_too_much_is_refused(
    rows: bytes, more: bytes, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A merged range or a far cell makes billions of cells out of thirty bytes."""
    monkeypatch.setattr(books, "MOST_CELLS", 500)
    monkeypatch.setattr("sayso.exchange.xlsx_in.MOST_CELLS", 500)
    with pytest.raises(CaptureError, match=rf"book\.xlsx: it.*{why}"):
        read_edits(book_of(rows, more), "book.xlsx")


def test_a_table_of_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell in the last column of each row, in a file that is read row by row."""
    monkeypatch.setattr(books, "MOST_READ", 500_000)
    rows = b"".join(WIDE % n for n in range(1, 40))
    with pytest.raises(CaptureError, match=r"book\.xlsx: its sheet exported has more than"):
        [list(table.lines) for table in read_tables(book_of(rows), "book.xlsx")]
    monkeypatch.setattr(books, "MOST_READ", 30)
    with pytest.raises(CaptureError, match=r"book\.xlsx: it has too many cells"):
        list(read_tables(book_of(rows), "book.xlsx"))


def test_a_part_longer_than_the_file_is_damage() -> None:
    """Python's zipfile ends in EOFError there, which ended the command without a word."""
    out = io.BytesIO(book_of(b""))
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr("xl/more.xml", b"<a/>")
    content = bytearray(out.getvalue())
    sizes = content.rindex(b"PK\1\2") + 20  # of the last part, packed and not
    content[sizes : sizes + 8] = (9_999_999).to_bytes(4, "little") * 2
    with pytest.raises(CaptureError, match="no workbook"):
        read_edits(bytes(content), "a.xlsx")
