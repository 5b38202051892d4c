"""`sayso export` and `sayso import`: files, what is noted, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from sayso.cli.main import run
from sayso.ledger import Ledger
from sayso.linking.figures import policies
from sayso.record.links import POLICY_NAMES

STORY = (
    "Bridge collapse at Odda kills three\n\nODDA, May 2, 2024 (Fjordwire) - Three people were "
    "killed when a shell hit a bridge in Odda on Thursday, the coast guard said.\n"
)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workbook exported from a ledger of one report."""
    monkeypatch.setenv("SAYSO_LEDGER", f"sqlite:///{tmp_path / 'desk.db'}")
    monkeypatch.setenv("SAYSO_USER", "desk")
    (tmp_path / "bridge.txt").write_text(STORY, encoding="utf-8")
    assert run(["add", str(tmp_path / "bridge.txt")]) == 0
    assert run(["export", "xlsx", "--out", str(tmp_path / "out.xlsx")]) == 0
    return tmp_path / "out.xlsx"


def test_an_export_is_noted(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With its format; names shown are noted too; CSV on standard output is one as well."""
    capsys.readouterr()
    assert run(["export", "csv", "--unmasked"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("\ufeffincident,status,")
    with Ledger.open(f"sqlite:///{file.with_name('desk.db')}") as ledger:
        assert [(e.format, e.by) for e in ledger.exports("r2")] == [
            ("xlsx", "desk"), ("csv, unmasked", "desk"),
        ]  # fmt: skip


def test_an_edit_goes_round(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A dry run prints and does nothing; the import enters it; what is nonsense makes it 1."""
    book = load_workbook(file)
    sheet = book["incidents"]
    at = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, at["killed_best"]).value = 4
    book.save(file)
    capsys.readouterr()
    assert run(["import", str(file), "--dry-run"]) == 0
    assert capsys.readouterr().out.startswith("would correct incident-")
    assert run(["import", str(file)]) == 0
    assert "killed_best: 3 → 4 (cell " in capsys.readouterr().out
    sheet.cell(2, at["status"]).value = "perhaps"
    book.save(file)
    assert run(["import", str(file)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "incidents, row 2, column status: perhaps is no status" in err


def test_wrong_usage_is_told(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A workbook has no place on a screen; a text is no workbook."""
    assert run(["export", "xlsx"]) == 2
    assert run(["import", str(file.with_name("bridge.txt"))]) == 2
    assert run(["import", str(file.with_name("none.xlsx"))]) == 2
    assert "is no workbook" in capsys.readouterr().err


def test_an_exported_csv_does_not_come_back(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It has no cells to compare; a list of places, as its columns might say, it is not."""
    out = file.with_name("out.csv")
    assert run(["export", "csv", "--out", str(out)]) == 0
    assert run(["import", str(out)]) == 2
    assert "edit the XLSX" in capsys.readouterr().err


def test_lists_are_brought_and_a_standing_is_told(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A coded row comes in with a line; the incident then says what would change, also as JSON."""
    coded = file.with_name("coded.csv")
    head = "event_id_cnty,event_date,event_type,country,location,fatalities\n"
    row = "NOR7,2024-05-02,Explosions/Remote violence,Norway,Odda,2\n"
    coded.write_text(head + row, encoding="utf-8")
    capsys.readouterr()
    assert run(["import", str(coded), "--dry-run"]) == 0
    assert capsys.readouterr().out == "would: coded.csv: coded rows: 1 new\n"
    assert run(["import", str(coded)]) == 0
    capsys.readouterr()
    assert run(["incident", "r2"]) == 0
    page = capsys.readouterr().out
    assert "What is coded already" in page
    assert "would change NOR7: fatalities: 2 → 3" in page
    assert run(["incident", "r2", "--format", "jsonl"]) == 0
    (told,) = json.loads(capsys.readouterr().out)["coded"]
    assert (told["kind"], told["changes"][0]["old"], told["changes"][0]["new"]) == ("changes", 2, 3)


def test_what_a_list_says_amiss_is_told(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By sheet, row and column, with 1; the rest is taken. A list that nobody knows is 2."""
    coded = file.with_name("coded.csv")
    coded.write_text("event_id_cnty,event_date,fatalities\nX1,2024-05-02,many\n", encoding="utf-8")
    capsys.readouterr()
    assert run(["import", str(coded)]) == 1
    out, err = capsys.readouterr()
    assert out == "coded.csv: coded rows: 1 new\n"
    assert "coded.csv, row 2, column fatalities: many is no number; it is not taken" in err
    coded.write_text("a,b\n1,2\n", encoding="utf-8")
    assert run(["import", str(coded)]) == 2
    assert "--as" in capsys.readouterr().err


def test_a_list_may_stand_on_a_sheet_called_incidents(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A team's rows are taken; our own file without its hidden sheet is still told."""
    book = Workbook()
    sheet = book.create_sheet("incidents", 0)
    sheet.append(["event_id_cnty", "event_date", "country"])
    sheet.append(["NOR7", "2024-05-02", "Norway"])
    book.save(file.with_name("team.xlsx"))
    capsys.readouterr()
    assert run(["import", str(file.with_name("team.xlsx"))]) == 0
    assert capsys.readouterr().out == "incidents: coded rows: 1 new\n"
    ours = load_workbook(file)
    del ours["exported"]
    ours.save(file)
    assert run(["import", str(file)]) == 2
    assert "export anew" in capsys.readouterr().err


def test_a_shape_says_what_it_needs_and_leaves_out(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On standard error; the rows go to standard output as CSV, and it is noted as what it is."""
    capsys.readouterr()
    assert run(["export", "ged"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("\ufeffid,relid,year,")
    assert "needed cells are empty, see sayso_empty: id in 1" in err
    with Ledger.open(f"sqlite:///{file.with_name('desk.db')}") as ledger:
        assert [e.format for e in ledger.exports("r2")] == ["xlsx", "ged"]


def test_the_policies_are_those_of_linking() -> None:
    """Each that figures can be made by, and no other."""
    assert set(POLICY_NAMES) == set(policies.POLICIES)


def test_what_is_no_list_is_said_once(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not once of the file and once of its only sheet."""
    table = file.with_name("rows.csv")
    table.write_text("foo,bar\n1,2\n", encoding="utf-8")
    capsys.readouterr()
    assert run(["import", str(table)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "no list that is known" in line
