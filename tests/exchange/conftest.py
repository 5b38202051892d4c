"""A ledger of two reports of a shelling and one of an abduction, and its workbook."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from sayso.exchange.books import Refused
from sayso.exchange.coded.bring import bring
from sayso.exchange.coded.read import ColumnMap, read_lists
from sayso.exchange.edits import Plan, apply, plan_edits
from sayso.exchange.gather import gather
from sayso.exchange.leaving import Asked
from sayso.exchange.xlsx_in import read_edits
from sayso.exchange.xlsx_out import write_xlsx
from sayso.incidents.batch import Linking
from sayso.intake import make_capture
from sayso.ledger import Ledger
from sayso.page import find_reports
from sayso.reading.reader import Reader
from sayso.record import Reading

STORIES = {
    "first.txt": (
        "Shell kills four at depot in Porto\n\nPORTO, May 2, 2024 (Fjordwire) - Four people were "
        "killed and 9 wounded when a shell hit a depot in Porto on Thursday, the health ministry "
        "said.\n\n“I saw four bodies in the yard,” Nils Aldermoor, a baker, told reporters.\n"
    ),
    "second.txt": (
        "Toll of Porto depot shelling disputed\n\nPORTO, May 3, 2024 (Harbour Press) - At least 11 "
        "people were killed when a shell hit a depot in Porto on Thursday, the fire brigade said "
        "on Friday.\n"
    ),
    "taken.txt": (
        "Thirty villagers abducted near Kassala\n\nKASSALA, July 9, 2024 (Fjordwire) - Gunmen "
        "abducted 30 villagers in Kassala in June, the governor said.\n"
    ),
}
Edit = Callable[[Workbook], None]
Told = tuple[list[tuple[Plan, str]], list[Refused]]


@pytest.fixture(scope="session")
def stories(reader: Reader) -> list[Reading]:
    """The readings of the three reports."""
    captures = (make_capture(name, text.encode()) for name, text in STORIES.items())
    return [reader.read(report) for capture in captures for report in find_reports(capture)]


@pytest.fixture
def held(tmp_path: Path, stories: list[Reading]) -> Iterator[Ledger]:
    """The ledger."""
    url = f"sqlite:///{tmp_path / 'held.db'}"
    with Ledger.open(url, maker="tests", linking=Linking()) as ledger:
        for reading in stories:
            ledger.add([reading])
        yield ledger


@pytest.fixture
def bring_lists(held: Ledger) -> Callable[[str, str], None]:
    """A function that imports a team's CSV by a file's name; all of it must be taken."""

    def take(name: str, text: str) -> None:
        tables = read_lists(text.encode(), name, ColumnMap())
        for done in bring(held, tables, name, by="R. Coder", replace=True, dry=False):
            assert not done.refused

    return take


@pytest.fixture
def book(held: Ledger) -> bytes:
    """The ledger's workbook."""
    return write_xlsx(gather(held, Asked()))


@pytest.fixture
def bring_back(held: Ledger, book: bytes) -> Callable[..., Told]:
    """A function that edits the workbook, imports it, and says what became of it."""

    def bring(edit: Edit, *, by: str = "R. Coder", of: bytes = book) -> Told:
        edited = read_edits(edited_book(of, edit), "back.xlsx")
        plans, refused = plan_edits(held, edited, by)
        return list(apply(held, plans, "back.xlsx", by)), refused

    return bring


def edited_book(content: bytes, edit: Edit) -> bytes:
    """The bytes of a workbook after an edit."""
    book = load_workbook(io.BytesIO(content))
    edit(book)
    page = io.BytesIO()
    book.save(page)
    return page.getvalue()


@pytest.fixture
def put() -> Callable[..., Edit]:
    """A function that makes an edit: values of cells by incident's type and column."""

    def make(type_: str, **values: Any) -> Edit:
        def edit(book: Workbook) -> None:
            sheet = book["incidents"]
            at = {cell.value: cell.column for cell in sheet[1]}
            rows = [
                r for r in range(2, sheet.max_row + 1) if sheet.cell(r, at["type"]).value == type_
            ]
            assert len(rows) == 1, type_
            for name, value in values.items():
                sheet.cell(rows[0], at[name]).value = value

        return edit

    return make
