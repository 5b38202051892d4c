"""What leaves from Python is what leaves by `sayso export`: formats, masks, the note."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

import sayso
from sayso.cli.main import run
from sayso.exchange.formats.offer import BY_NAME, FormatName
from tests.api.test_seeing import AMBER, HIDDEN, KEPT, NAME, OPEN


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger of an open report and one marked red, on one incident."""
    path = tmp_path / "e.db"
    with sayso.Ledger(path) as ledger:
        ledger.add(OPEN, published="2024-12-30", publisher="Fjord News")
        ledger.add(KEPT, published="2024-12-31", publisher="Quayside Courier", marking="red")
    return path


def open_reports(ledger: sayso.Ledger) -> tuple[str, ...]:
    """The handles of the reports that are for everybody."""
    return tuple(row.report for row in ledger.reports() if row.marking == "clear")


def test_it_is_the_file_of_the_command(path: Path, tmp_path: Path) -> None:
    """Byte for byte; what is red stays unless it is asked for; names are blocks."""
    out, other = tmp_path / "a.csv", tmp_path / "b.csv"
    with sayso.Ledger(path) as ledger:
        left = ledger.export("csv", out, measure="killed", by="Ada")
        assert left.incidents == 1
        assert left.reports == open_reports(ledger)
        url = ledger.url
    words = ["export", "csv", "--measure", "killed", "--ledger", url, "--by", "Ada"]
    assert run([*words, "--out", str(other)]) == 0
    assert out.read_bytes() == other.read_bytes()
    assert [word for word in AMBER if word in out.read_text()] == []
    with sayso.Ledger(path) as ledger:
        ledger.export("jsonl", out, clearance="red", by="Ada")
        assert KEPT.partition(",")[0] in out.read_text()
        assert NAME not in out.read_text()
        assert HIDDEN in out.read_text()
        ledger.export("jsonl", out, unmasked=True, by="Ada")
        assert NAME in out.read_text()


def test_what_left_is_noted(path: Path, tmp_path: Path) -> None:
    """By whom and in which form, unmasked or not; a file that cannot be made leaves no note."""
    with sayso.Ledger(path) as ledger:
        ledger.export("csv", tmp_path / "a.csv", by="Ada")
        ledger.export("csv", tmp_path / "b.csv", unmasked=True, by="Bo")
        with pytest.raises(sayso.UsageError, match="cannot be written"):
            ledger.export("csv", tmp_path / "none/c.csv", by="Ada")
        with pytest.raises(sayso.UsageError, match="a folder already"):
            ledger.export("csv", tmp_path, by="Ada")
        noted = [(row.format, row.by) for row in ledger._store.export_list().rows]
        assert noted == [("csv, unmasked", "Bo"), ("csv", "Ada")]


def test_the_clearance_of_the_ledger_binds(path: Path, tmp_path: Path) -> None:
    """Nobody takes along what they do not see."""
    out = tmp_path / "a.jsonl"
    with sayso.Ledger(path, clearance="green") as ledger:
        left = ledger.export("jsonl", out, clearance="red", by="Ada")
        assert left.reports == open_reports(ledger)
    assert [word for word in AMBER if word in out.read_text()] == []


def test_each_format_has_its_name(path: Path, tmp_path: Path) -> None:
    """Those of the type are those of the table; another is an error that offers one."""
    assert get_args(FormatName) == tuple(BY_NAME)
    with sayso.Ledger(path) as ledger:
        for name, form in BY_NAME.items():
            out = tmp_path / f"out{form.ending}.{name}"
            assert ledger.export(form.name, out, by="Ada").reports == open_reports(ledger)
            assert out.is_dir() is form.folder
        with pytest.raises(sayso.UsageError, match="no format 'json'; did you mean jsonl"):
            ledger.export("json", tmp_path / "x", by="Ada")  # type: ignore[arg-type]
