"""`sayso export` and `sayso import`: files, what is noted, exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from sayso.cli.main import run
from sayso.ledger import Ledger
from sayso.linking import policies
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
    assert "killed: 3 → 4 (cell " in capsys.readouterr().out
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


def test_the_policies_are_those_of_linking() -> None:
    """Each that figures can be made by, and no other."""
    assert set(POLICY_NAMES) == set(policies.POLICIES)
