"""What people edited in a workbook, as judgements; what cannot be taken, named by its place."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from sayso.errors import CaptureError, UsageError
from sayso.exchange.columns import COLUMNS
from sayso.exchange.edits import plan_edits
from sayso.exchange.gather import gather
from sayso.exchange.leaving import Asked
from sayso.exchange.xlsx_in import read_edits
from sayso.exchange.xlsx_out import write_xlsx
from sayso.incidents.view import view_incident
from sayso.ledger import Ledger

Edit = Callable[[Workbook], None]
Bring = Callable[..., Any]
Put = Callable[..., Edit]


@pytest.fixture
def kind(held: Ledger) -> Callable[[str], str]:
    """A function from a measure to the type of the one incident that has it."""

    def of(measure: str) -> str:
        (row,) = [r for r in held.incidents() if measure in r.figures]
        assert row.type is not None
        return row.type

    return of


@pytest.fixture
def shelling(held: Ledger) -> str:
    """The id of the incident with the dead."""
    (row,) = [r for r in held.incidents() if "killed" in r.figures]
    return row.incident


def after(book: bytes, change: Edit) -> bytes:
    """The workbook after a change."""
    loaded = load_workbook(io.BytesIO(book))
    change(loaded)
    page = io.BytesIO()
    loaded.save(page)
    return page.getvalue()


def nothing(_: Workbook) -> None:
    """No edit."""


def test_a_file_saved_unedited_brings_nothing(held: Ledger, bring_back: Bring) -> None:
    """Opened and saved by a library, no cell differs, and the ledger stands where it did."""
    before = held.head()
    assert bring_back(nothing) == ([], [])
    assert held.head() == before


def test_edits_are_judgements_on_the_same_incident(
    held: Ledger, bring_back: Bring, put: Put, kind: Callable[[str], str], shelling: str
) -> None:
    """Count, day, place, type and status, each with its cell and who in the reason."""
    ids = {r.incident for r in held.incidents()}
    edit = put(
        kind("killed"), killed_best=12, start=datetime(2024, 5, 1), place="Porto depot",  # noqa: DTZ001
        type="bombing", status="accepted",
    )  # fmt: skip
    done, refused = bring_back(edit)
    assert refused == []
    assert {r.incident for r in held.incidents()} == ids
    judged = held.judgements(shelling)
    assert sorted(j.action for j in judged) == ["accept", *["correct"] * 4]
    assert {j.entry for j in judged} == {entry for _, entry in done}
    assert all(j.by == "R. Coder" for j in judged)
    (toll,) = [j for j in judged if j.detail.get("field") == "killed"]
    assert toll.detail["new"] == 12
    assert toll.reason.startswith("edited in back.xlsx, sheet incidents, cell ")
    view = view_incident(held, shelling)
    assert view.type == "bombing"
    assert view.time is not None
    assert (view.time.start, view.time.end, view.time.basis) == (
        "2024-05-01",
        "2024-05-02",
        "given",
    )
    assert view.place is not None
    assert (view.place.name, view.place.gazetteer_id, view.place.country) == (
        "Porto depot", None, "PRT",
    )  # fmt: skip
    (row,) = [r for r in gather(held, Asked()).rows if r.incident == shelling]
    assert {12, "accepted by R. Coder, " + judged[0].at[:10]} <= set(row.cells)
    assert list(held.verify()) == []


def test_the_same_file_twice_changes_nothing(
    held: Ledger, bring_back: Bring, put: Put, kind: Callable[[str], str]
) -> None:
    """Corrections, notes and a decision of one person are there already."""
    edit = put(kind("killed"), killed_best=12, note="two counts", status="Rejected")
    assert len(bring_back(edit)[0]) == 3
    before = held.head()
    assert bring_back(edit) == ([], [])
    assert held.head() == before


def test_what_the_ledger_cannot_correct_is_noted(
    held: Ledger, bring_back: Bring, put: Put, kind: Callable[[str], str], shelling: str
) -> None:
    """A note holds the field, what it said and what it shall say."""
    bring_back(put(kind("killed"), captured_best=3, killed_high=40, state=None))
    notes = {j.detail["field"]: j.detail for j in held.judgements(shelling)}
    assert notes["captured_best"] == {"field": "captured_best", "old": None, "new": 3}
    assert notes["killed_high"]["new"] == 40
    assert notes["state"]["new"] is None


@pytest.mark.parametrize(
    ("values", "column", "words"),
    [
        ({"killed_best": "many"}, "killed_best", "many is no number"),
        ({"killed_best": -3}, "killed_best", "no number"),
        ({"killed_best": 2.5}, "killed_best", "no number"),
        ({"type": "picnic"}, "type", "no type"),
        ({"captured_best": "3 or 4"}, "captured_best", "no number"),
        ({"start": "2 May"}, "start", "2 May is no date"),
        ({"end": date(2023, 1, 1)}, "end", "before the start"),
        ({"date_precision": "fortnight"}, "date_precision", "no precision"),
        ({"country": "Portugal"}, "country", "Portugal is PRT"),
        ({"country": "XQZ"}, "country", "no code"),
        (
            {"killed_best": 12, "killed_low": 15},
            "killed_low",
            "killed_low 15 lies above killed_best",
        ),
        ({"killed_low": 10**6}, "killed_low", "lies above killed_best"),
        ({"captured_low": 9, "captured_best": 3}, "captured_low", "correct both; captured_best of"),
        ({"lat": 412}, "lat", "no degree"),
        ({"place_precision": "spot"}, "place_precision", "no precision"),
        ({"status": "maybe"}, "status", "no status"),
        ({"reports": 7}, "reports", "not edited"),
        ({"note": "=1+1"}, "note", "formula"),
        ({"type": 7}, "type", "no type"),
    ],
)
def test_nonsense_is_named_and_the_rest_taken(
    bring_back: Bring, put: Put, kind: Callable[[str], str], values: dict[str, Any],
    column: str, words: str,
) -> None:  # fmt: skip
    """By sheet, row and column; the sound edit beside it is entered."""
    sound = {"wounded_best": 10}
    done, (refused,) = bring_back(put(kind("killed"), **values, **sound))
    assert (refused.sheet, refused.column) == ("incidents", column)
    assert refused.row in (2, 3)
    assert words in refused.words
    assert [plan.detail for plan, _ in done] == [{"field": "wounded", "new": 10}]


def test_a_cell_that_somebody_changed_meanwhile_is_not_overwritten(
    held: Ledger, bring_back: Bring, put: Put, kind: Callable[[str], str], shelling: str
) -> None:
    """Two edits of one cell: the second is refused with both values; its neighbour is taken."""
    held.judge("correct", shelling, by="other", reason="rang", field="killed", new=6)
    done, (refused,) = bring_back(put(kind("killed"), killed_best=12, wounded_best=8))
    assert "the ledger says 6 since" in refused.words
    assert refused.column == "killed_best"
    assert [plan.detail["field"] for plan, _ in done] == ["wounded"]


def test_an_unedited_cell_does_not_turn_the_clock_back(
    held: Ledger, bring_back: Bring, put: Put, kind: Callable[[str], str], shelling: str
) -> None:
    """One corrects the end in the ledger, another the start in the sheet: both hold."""
    end = {"start": "2024-05-02", "end": "2024-05-04", "precision": "day", "basis": "given"}
    held.judge("correct", shelling, by="other", reason="rang", field="time", new=end)
    bring_back(put(kind("killed"), start=date(2024, 5, 1)))
    time = view_incident(held, shelling).time
    assert time is not None
    assert (time.start, time.end) == ("2024-05-01", "2024-05-04")


def test_a_second_person_decides_too_and_a_contrary_one_is_told(
    held: Ledger, bring_back: Bring, put: Put, kind: Callable[[str], str], shelling: str
) -> None:
    """Accepted by two are two decisions; a rejection of what was accepted meanwhile is refused."""
    edit = put(kind("killed"), status="accepted")
    assert len(bring_back(edit)[0]) == 1
    assert len(bring_back(edit, by="second")[0]) == 1
    assert {j.by for j in held.judgements(shelling)} == {"R. Coder", "second"}
    done, (refused,) = bring_back(put(kind("killed"), status="rejected"), by="third")
    assert done == []
    assert refused.column == "status"


def test_moved_rows_and_columns_are_found(
    bring_back: Bring, put: Put, kind: Callable[[str], str]
) -> None:
    """A column moved to the end and a sheet sorted anew are read as they were."""

    def move(book: Workbook) -> None:
        put(kind("killed"), killed_best=12)(book)
        sheet = book["incidents"]
        rows = [[c.value for c in row] for row in sheet.iter_rows()]
        book.remove(sheet)
        anew = book.create_sheet("incidents", 0)
        for row in (rows[0], *rows[:0:-1]):
            anew.append([*row[2:], *row[:2]])

    done, refused = bring_back(move)
    assert refused == []
    assert [plan.detail for plan, _ in done] == [{"field": "killed", "new": 12}]


def test_what_is_renamed_missing_twice_or_gone_is_named(
    held: Ledger, bring_back: Bring, put: Put, kind: Callable[[str], str], shelling: str
) -> None:
    """A heading of another name, a row taken out, one put in, one there twice."""

    def spoil(book: Workbook) -> None:
        put(kind("killed"), wounded_best=8)(book)
        sheet = book["incidents"]
        at = {c.value: c.column for c in sheet[1]}
        sheet.cell(1, at["killed_best"]).value = "killed best"
        rows = {sheet.cell(r, 1).value: r for r in (2, 3)}
        (taken,) = [r for id_, r in rows.items() if id_ != shelling]
        sheet.cell(taken, 1).value = "incident-0000"
        sheet.append([None, "accepted"])
        sheet.append([shelling, "accepted"])

    done, refused = bring_back(spoil)
    words = "\n".join(each.words for each in refused)
    assert "no column is called 'killed best', it is not read; did you mean killed_best?" in words
    assert "column killed_best: it is missing or renamed" in words
    assert "'incident-0000' was not exported in this file" in words
    assert "row 4, column incident: the row names no incident" in words
    assert "row 5, column incident: " + shelling + " stands in an earlier row too" in words
    (taken_id,) = [r.incident for r in held.incidents() if r.incident != shelling]
    assert f"the row of {taken_id} is gone: nothing is done" in words
    assert [plan.detail for plan, _ in done] == [{"field": "wounded", "new": 8}]


def test_an_incident_that_was_joined_since_is_named(
    held: Ledger, bring_back: Bring, put: Put, kind: Callable[[str], str], shelling: str
) -> None:
    """Its row is part of another: no edit goes astray."""
    edit = put(kind("abducted"), abducted_best=31)
    (taken,) = [r.incident for r in held.incidents() if r.incident != shelling]
    held.judge("join", shelling, by="other", reason="one", other=taken)
    done, (refused,) = bring_back(edit)
    assert done == []
    assert "was joined to another or is gone since" in refused.words


def test_a_linked_cell_that_was_emptied_is_empty(
    held: Ledger, bring_back: Bring, put: Put, kind: Callable[[str], str], shelling: str
) -> None:
    """Spreadsheets leave its link, which openpyxl would take for a value."""
    bring_back(put(kind("killed"), wounded_best=None))
    (made,) = held.judgements(shelling)
    assert (made.action, made.detail["old"], made.detail["new"]) == ("correct", 9, None)


def test_a_count_that_is_emptied_is_not_known(
    held: Ledger, bring_back: Bring, put: Put, kind: Callable[[str], str], shelling: str
) -> None:
    """The cell is empty from then on, in a new export too; the same file again changes nothing."""
    edit = put(kind("killed"), killed_best=None, killed_low=None, killed_high=None)
    (done,), refused = bring_back(edit)
    assert refused == []
    assert done[0].detail == {"field": "killed", "new": None}
    (row,) = [r for r in gather(held, Asked()).rows if r.incident == shelling]
    cells = {c.name: value for c, value in zip(COLUMNS, row.cells, strict=True)}
    assert [cells[f"killed_{end}"] for end in ("low", "best", "high")] == [None] * 3
    assert cells["wounded_best"] == 9
    assert bring_back(edit) == ([], [])
    assert list(held.verify()) == []


def test_a_plan_says_which_cell_becomes_what(
    bring_back: Bring, put: Put, kind: Callable[[str], str]
) -> None:
    """By columns: a district is no place, and what was empty is called so."""
    done, _ = bring_back(put(kind("killed"), admin1="Douro", killed_best=12))
    words = sorted(plan.words for plan, _ in done)
    assert any(" admin1: " in w and " → Douro (cell " in w and " place:" not in w for w in words)
    assert any(" killed_best: " in w and " → 12 (cell " in w for w in words)


def test_a_file_of_a_newer_sayso_or_another_ledger_or_none_is_refused(
    held: Ledger, book: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whole, with what to do; nothing of it is taken."""

    def newer(loaded: Workbook) -> None:
        cell = loaded["exported"]["A1"]
        cell.value = json.dumps(json.loads(str(cell.value)) | {"version": 9})

    with pytest.raises(CaptureError, match="a newer sayso made it"):
        read_edits(after(book, newer), "back.xlsx")
    with pytest.raises(CaptureError, match="no workbook"):
        read_edits(b"PK\x03\x04 nonsense", "back.xlsx")
    with pytest.raises(CaptureError, match="no sheet"):
        read_edits(after(book, lambda b: b.remove(b["exported"])), "back.xlsx")
    other = tmp_path_factory.mktemp("other") / "o.db"
    with Ledger.open(f"sqlite:///{other}", maker="tests") as elsewhere:
        with pytest.raises(UsageError, match="another ledger"):
            plan_edits(elsewhere, read_edits(book, "back.xlsx"), "x")
        assert read_edits(write_xlsx(gather(elsewhere, Asked())), "e.xlsx").cells == ()
    assert held.head().entries > 0
