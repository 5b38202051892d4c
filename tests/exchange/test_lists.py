"""A team's lists and coded rows out of its files: what is taken, what is named and not taken."""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from sayso.errors import CaptureError, LexiconError
from sayso.exchange.books import Refused
from sayso.exchange.coded.bring import Brought, bring
from sayso.exchange.coded.fields import FORMS, FormName, recognise
from sayso.exchange.coded.read import ColumnMap, Read, read_lists, read_mapping
from sayso.ledger import Ledger, Listed

ACTORS = "Actor ID;Actor;Aliases;Country\n7;Blue Front;BF|Front Bleu;Mali\n8;Red Front;;MLI\n"
CODED = "event_id_cnty,event_date,country,location,fatalities"
Bring = Callable[..., Brought]


def read(content: str | bytes, name: str = "a.csv", **said: Any) -> tuple[Read, list[Listed]]:
    """The one table of a file, and its rows."""
    held = content.encode() if isinstance(content, str) else content
    (table,) = read_lists(held, name, ColumnMap(**said))
    return table, list(table.rows)


def workbook(rows: list[list[Any]], **more: list[list[Any]]) -> bytes:
    """A workbook with these rows, and more sheets."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for title, others in more.items():
        other = book.create_sheet(title)
        for row in others:
            other.append(row)
    page = io.BytesIO()
    book.save(page)
    return page.getvalue()


@pytest.fixture
def take(held: Ledger) -> Bring:
    """A function that brings a file into the ledger, and says of all its tables what became."""

    def do(content: str | bytes, *, replace: bool = False, dry: bool = False) -> Brought:
        data = content.encode() if isinstance(content, str) else content
        tables = read_lists(data, "ours.csv", ColumnMap())
        told = Brought("ours.csv", "all")
        for done in bring(held, tables, "ours.csv", by="R. Coder", replace=replace, dry=dry):
            told.counts += done.counts
            told.lines += done.lines
            told.refused += done.refused
        return told

    return do


def words(refused: list[Refused]) -> str:
    """All that is refused, a line each."""
    return "\n".join(each.words for each in refused)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_headings_tell_what_a_table_is(delimiter: str, mark: str) -> None:
    """Whatever parts the cells, whatever case and spaces the headings have."""
    rows = (("ACTOR id", "Actor Name"), ("7", "Blue Front"))
    table, found = read(mark + "\n".join(delimiter.join(row) for row in rows) + "\n")
    assert table.form is FORMS["actors"]
    assert [(r.kind, r.id, r.value) for r in found] == [("actor", "7", {"name": "Blue Front"})]


def test_aliases_are_parted() -> None:
    """By `;`, `|` or a line, in CSV that is parted by something else."""
    _, rows = read(ACTORS)
    assert rows[0].value["aliases"] == ["BF", "Front Bleu"]


def test_a_header_may_stand_under_a_title() -> None:
    """A workbook with a title, an empty row and the headings in the third."""
    content = workbook([["Our actors, 2024"], [], ["actor_id", "name"], [7, "Blue Front"]])
    _, rows = read(content, "a.xlsx")
    assert [(r.id, r.row) for r in rows] == [("7", 4)]


@pytest.mark.parametrize("title", ["Our actors, 2024", "Our actors", '"Our actors, 2024",,'])
def test_so_it_may_in_a_csv(title: str) -> None:
    """Of one cell or as wide as the rows; what parts the cells is told by a line that has some."""
    _, rows = read(f"{title}\n\nactor_id;name\n7;Blue Front\n".replace(";", ","))
    assert [(r.id, r.row) for r in rows] == [("7", 4)]


def test_every_sheet_is_a_table() -> None:
    """Actors and places in one workbook; a sheet that is nothing known has no form."""
    content = workbook(
        [["actor_id", "name"], [7, "Blue Front"]],
        Places=[["place_id", "name", "lat", "lon"], ["P1", "Gao", 16.27, -0.04]],
        Notes=[["to do"], ["ask Ana"]],
    )
    tables = [(t.form and t.form.name, len(list(t.rows))) for t in
              read_lists(content, "a.xlsx", ColumnMap())]  # fmt: skip
    assert tables == [("actors", 1), ("places", 1), (None, 0)]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024-05-02", "2024-05-02"), ("2 May 2024", "2024-05-02"), ("May 2, 2024", "2024-05-02"),
        ("13/12/2024", "2024-12-13"), ("12/13/2024", "2024-12-13"), ("31.1.2024", "2024-01-31"),
        ("5/5/2024", "2024-05-05"), ("30/30/2024", None), ("31/02/2024", None),
        ("02/05/2024", None), ("5.2.2024", None), ("5.2.24", None), ("2024-02-30", None),
        ("May 2024", None),
    ],
)  # fmt: skip
def test_a_day_as_text_is_taken_where_it_is_one_day(cell: str, day: str | None) -> None:
    """13/12/2024 is one; 02/05/2024 may be two: it is named, and the row has no day."""
    table, (row,) = read(f'{CODED}\nX1,"{cell}",Mali,Gao,3\n')
    assert row.starts == day
    assert ("is no day that can be told" in words(table.refused)) is (day is None)


@pytest.mark.parametrize("cell", ["many", "3,5", "3.5", "-1", "nan", "inf", "1e99", "=1+2"])
def test_nonsense_for_a_number_is_named(cell: str) -> None:
    """By row and column; the rest of the row is taken."""
    table, (row,) = read(f'{CODED}\nX1,2024-05-02,Mali,Gao,"{cell}"\n')
    assert "fatalities" not in row.value["cells"]
    assert row.value["cells"]["location"] == "Gao"
    assert "row 2" in words(table.refused)


def test_a_missing_column_is_named_with_the_one_that_may_be_meant() -> None:
    """No row is read without its id's column."""
    content = "event_id_cnt,event_date,sub_event_type,country\nX1,2024-05-02,Attack,Mali\n"
    table, rows = read(content, form="acled")
    assert rows == []
    assert "event_id_cnty: it is missing or renamed, no row is read; is it 'event_id_cnt'?" in (
        words(table.refused)
    )


def test_rows_without_an_id_or_with_one_that_stands_twice_are_named() -> None:
    """The first of the two stays."""
    table, rows = read("actor_id,name\n7,Blue Front\n,Nobody\n7,Red Front\n")
    assert [r.value["name"] for r in rows] == ["Blue Front"]
    assert "row 3, column id: the row has no id and is not read" in words(table.refused)
    assert "row 4, column id: 7 stands in row 2 too" in words(table.refused)


def test_formulas_errors_and_merges_are_named() -> None:
    """A workbook's formula is not worked out; the middle of a merge is empty."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["actor_id", "name"], [7, "=A1"], [8, "Red Front"], [9, "Green Front"]):
        sheet.append(row)
    sheet.merge_cells("B3:B4")
    page = io.BytesIO()
    book.save(page)
    table, rows = read(page.getvalue(), "a.xlsx")
    assert [r.id for r in rows] == ["8"]
    assert "it holds a formula; write its value" in words(table.refused)
    assert "B3:B4 is merged" in words(table.refused)


def test_headings_of_their_own_are_mapped() -> None:
    """A TOML file says what they stand for; one that names no column says so with a line."""
    said = read_mapping('kind = "actors"\n[columns]\n"No" = "id"\n"Group" = "name"\n', "m.toml")
    _, rows = read("No,Group\n7,Blue Front\n", form=said.form, columns=said.columns)
    assert [(r.id, r.value["name"]) for r in rows] == [("7", "Blue Front")]
    with pytest.raises(LexiconError, match="did you mean name"):
        read_mapping('kind = "actors"\n[columns]\n"Group" = "nam"\n', "m.toml")


def test_a_column_that_no_table_has_is_named_without_a_kind_too() -> None:
    """A slip of the pen maps nothing, and says so."""
    said = read_mapping('[columns]\n"Gebiet" = "location"\n', "m.toml")
    assert (said.form, said.columns) == (None, {"gebiet": "location"})
    with pytest.raises(LexiconError, match="did you mean location"):
        read_mapping('[columns]\n"Gebiet" = "locatoin"\n', "m.toml")


@pytest.mark.parametrize(
    ("headings", "form"),
    [("ActorId,NameData,Location", "actors"), ("actor_new_id,name,lat", "actors"),
     ("place_id,name,location", "places"), ("Location,Country", "places"),
     ("DyadId,SideA,SideB,Location", "dyads"), ("conflict_id,location", "conflicts"),
     ("id,name,side_a_id,side_b_id,conflict_id,type_of_violence", "dyads"),
     ("id,name,aliases,country,code", "actors")],
)  # fmt: skip
def test_an_id_tells_more_than_a_place(headings: str, form: FormName) -> None:
    """UCDP's lists say where an actor or a conflict is too."""
    assert recognise(headings.split(",")) == form


def test_a_week_and_a_month_are_looked_for_around_their_day() -> None:
    """ACLED writes one day for a week (2) or a month (3)."""
    head = "event_id_cnty,event_date,time_precision,country"
    _, rows = read(f"{head}\nX1,2024-05-15,1,Mali\nX2,2024-05-15,2,Mali\nX3,2024-05-15,3,Mali\n")
    spans = [date.fromisoformat(r.ends or "") - date.fromisoformat(r.starts or "") for r in rows]
    assert [s.days for s in spans] == [0, 12, 62]


def test_what_is_held_is_not_written_over(held: Ledger, take: Bring) -> None:
    """A row that says otherwise is named cell by cell with who brought the other, and left."""
    assert take(ACTORS).counts == {"new": 2}
    changed = ACTORS.replace("Red Front", "Red Army")
    done = take(changed)
    assert done.counts == {"same": 1, "held": 1}
    assert "the ledger holds Red Front (from ours.csv by R. Coder" in words(done.refused)
    assert [r.value["name"] for r in held.listed("actor", ["8"])] == ["Red Front"]
    assert take(changed, replace=True).counts == {"same": 1, "replaced": 1}
    assert [r.value["name"] for r in held.listed("actor", ["8"])] == ["Red Army"]


def test_a_row_that_is_gone_stays_unless_the_file_is_the_list(held: Ledger, take: Bring) -> None:
    """It is named either way."""
    take(ACTORS)
    shorter = "\n".join(ACTORS.splitlines()[:2]) + "\n"
    assert "rows are gone that the ledger holds: 8" in words(take(shorter).refused)
    assert len(held.listed("actor")) == 2
    done = take(shorter, replace=True)
    assert any("gone from the file and taken out: 8" in line for line in done.lines)
    assert [r.id for r in held.listed("actor")] == ["7"]


def sheets(*years: tuple[str, list[list[Any]]], hide: str = "") -> bytes:
    """A workbook with these sheets, one of them hidden."""
    book = load_workbook(io.BytesIO(workbook(years[0][1], **dict(years[1:]))))
    book.worksheets[0].title = years[0][0]
    for sheet in book.worksheets:
        sheet.sheet_state = "hidden" if sheet.title == hide else "visible"
    page = io.BytesIO()
    book.save(page)
    return page.getvalue()


ACTOR = ["actor_id", "name"]
OLD = ("2023", [ACTOR, [7, "Blue Front"], [8, "Red Front"]])
NEW = ("2024", [ACTOR, [9, "Green Front"], [10, "Grey Front"]])


def test_sheets_of_one_kind_are_one_list(held: Ledger, take: Bring) -> None:
    """Neither takes out the other's rows; what is in none of them is gone."""
    assert take(sheets(OLD, NEW), replace=True).counts == {"new": 4}
    again = take(sheets(OLD, NEW))
    assert (again.counts, again.refused) == ({"same": 4}, [])
    shorter = (OLD[0], OLD[1][:2])
    assert take(sheets(shorter, NEW), replace=True).counts == {"same": 3, "gone": 1}
    assert [r.id for r in held.listed("actor")] == ["10", "7", "9"]


@pytest.mark.parametrize("head", [["actor_id", "nom"], ["nr", "acteur"]])
def test_what_a_renamed_heading_keeps_from_being_read_is_not_gone(
    held: Ledger, take: Bring, head: list[str]
) -> None:
    """In the one sheet that there is, or in one of two, known by half or not at all."""
    take(sheets(OLD, NEW))
    renamed = (NEW[0], [head, *NEW[1][1:]])
    done = take(sheets(OLD, renamed), replace=True)
    assert done.counts["gone"] == 0
    take(sheets(renamed), replace=True)
    assert len(held.listed("actor")) == 4


def test_a_hidden_sheet_is_not_read_and_its_rows_are_not_gone(held: Ledger, take: Bring) -> None:
    """Nobody took them out of the file."""
    take(sheets(OLD, NEW))
    assert take(sheets(OLD, NEW, hide="2024"), replace=True).counts == {"same": 2}
    assert len(held.listed("actor")) == 4


@pytest.mark.parametrize(
    "content",
    [
        "actor_id,name\n7,Blue Front\n=4+4,Red Front\n",  # its id is a formula
        "actor_id,name\n7,Blue Front\n,Red Front\n",
        "actor_id,name\n7,Blue Front\n8," + "x" * 200_000 + "\n",  # the rest cannot be read
        "actor_id,name,sayso_incident\n7,Blue Front,i1\n=4+4,Red Front,i2\n",
    ],
)
def test_a_row_that_is_refused_is_not_gone(held: Ledger, take: Bring, content: str) -> None:
    """The file holds a row and nobody can tell which: none is taken out, and that is said."""
    take(ACTORS)
    done = take(content, replace=True)
    assert "rows were not seen that the ledger holds: 8; they stay" in words(done.refused)
    assert [r.id for r in held.listed("actor")] == ["7", "8"]


def test_a_cell_is_no_wider_than_csv_holds() -> None:
    """Also where another library has raised the limit of csv for the whole process."""
    before = csv.field_size_limit(10_000_000)
    try:
        table, rows = read(f"actor_id,name\n7,Blue Front\n8,{'x' * 200_000}\n")
    finally:
        csv.field_size_limit(before)
    assert [row.id for row in rows] == ["7"]
    assert "what follows is not read" in words(table.refused)


def test_a_row_without_a_name_is_not_gone(held: Ledger, take: Bring) -> None:
    """It is named, and what was held under its id stays."""
    take(ACTORS)
    done = take("actor_id,name\n7,Blue Front\n8,\n", replace=True)
    assert "the row has no name" in words(done.refused)
    assert [r.id for r in held.listed("actor")] == ["7", "8"]


def test_dry_does_nothing(held: Ledger, take: Bring) -> None:
    """It says what would become of each row."""
    assert take(ACTORS, dry=True).counts == {"new": 2}
    assert held.lists() == {}


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_whatever_the_bytes_a_reason_is_given(content: bytes) -> None:
    """A file is read, or refused with a reason: nothing else is raised."""
    with contextlib.suppress(CaptureError):
        for table in read_lists(content, "a.csv", ColumnMap()):
            list(table.rows)
