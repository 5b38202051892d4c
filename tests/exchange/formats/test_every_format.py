"""What each format of the table promises, whatever it is: run over the table itself."""

from __future__ import annotations

import csv
import errno
import io
import re
import sqlite3
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from sayso.cli.main import run
from sayso.exchange.formats import jsonl
from sayso.exchange.formats.offer import BY_NAME, FORMATS, Format
from sayso.exchange.leaving import Asked
from sayso.ledger import Filters, Ledger
from tests.exchange.formats.conftest import DEAD, PRIVATE, PROTECTED, Leave

EACH = pytest.mark.parametrize("form", FORMATS, ids=lambda f: f.name)
NAMES = [part.casefold() for name in (PRIVATE, PROTECTED, DEAD, "Danylo") for part in name.split()]
CLOCK = "docProps/core.xml"  # where a workbook says when it was made


def parts_of(file: Path) -> Iterator[tuple[str, bytes]]:
    """Every stretch of bytes in a file or folder, as it stands and unpacked."""
    for each in sorted(file.iterdir()) if file.is_dir() else [file]:
        content = each.read_bytes()
        if content[:4] == b"PAR1":
            import pyarrow.parquet as pq  # noqa: PLC0415 - an extra

            table = pq.read_table(each)
            yield (
                f"{each.name}, unpacked",
                repr((table.to_pylist(), table.schema.metadata)).encode(),
            )
        if content[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                yield from ((name, packed.read(name)) for name in packed.namelist())
        else:
            yield each.name, content


def words_in(file: Path) -> str:
    """All of it as one text in small letters, codes of addresses and of JSON read."""
    texts = [part.decode("utf-8", "replace") for _, part in parts_of(file)]
    return "\n".join(t for text in texts for t in (text, unquote(text))).casefold()


@EACH
def test_no_hidden_name_is_in_any_byte(form: Format, leave: Leave) -> None:
    """A private person's and a protected source's name, in title, text, address and said short."""
    found = words_in(leave(form.name))
    assert "porto" in found or "kassala" in found
    assert [name for name in NAMES if name in found] == []


@EACH
def test_what_was_asked_for_names_nobody(form: Format, leave: Leave) -> None:
    """The filters that a file names are masked as its rows are."""
    found = words_in(leave(form.name, Asked(Filters(speaker="Aldermoor"))))
    assert [name for name in NAMES if name in found] == []


@EACH
def test_names_are_shown_where_that_is_asked_for(form: Format, leave: Leave) -> None:
    """So that the test above would find them; what the ledger itself hides stays hidden."""
    found = words_in(leave(form.name, Asked(unmasked=True)))
    if form.name not in ("ged", "acled"):  # which need not name whom they quote
        assert "aldermoor" in found
    assert "verlinde" not in found


@pytest.mark.parametrize("name", ["csv", "ged", "acled", "ftm"])
def test_no_cell_of_csv_runs(name: str, odd: Ledger, tmp_path: Path) -> None:
    """A publisher called =1+1 and a title that begins with @ are text to a spreadsheet."""
    file = tmp_path / "made.csv"
    BY_NAME[name].write(odd, Asked(), file)
    with file.open(encoding="utf-8-sig", newline="") as page:
        cells = [cell for row in csv.reader(page) for cell in row]
    acting = [c for c in cells if c.startswith(tuple("=+@\t\r")) or re.match(r"-[^\d]", c)]
    assert acting == []
    assert name != "ftm" or {"'=1+1 Gazette", "'@Budget talks"} <= set(cells)


@EACH
def test_the_same_ledger_gives_the_same_bytes(form: Format, leave: Leave) -> None:
    """File by file; of a workbook all but the hour at which it was made."""
    first, second = (dict(parts_of(leave(form.name, called=name))) for name in ("a", "b"))
    for parts in (first, second):
        parts.pop(CLOCK, None)
    assert list(first.values()) == list(second.values())


@EACH
def test_the_policy_is_named(form: Format, leave: Leave) -> None:
    """In the file itself; CSV and the shapes' rows have no place for it but in what they hold."""
    found = words_in(leave(form.name, Asked(policy="majority")))
    assert "majority" in found or form.name in ("csv", "ged", "acled")


@pytest.fixture
def own(odd: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A copy of the ledger for commands that note what they do."""
    file = tmp_path / "own.db"
    with sqlite3.connect(str(odd.engine.url.database)) as old, sqlite3.connect(file) as new:
        old.backup(new)
    old.close()
    new.close()
    monkeypatch.setenv("SAYSO_LEDGER", f"sqlite:///{file}")
    monkeypatch.setenv("SAYSO_USER", "R. Coder")
    return f"sqlite:///{file}"


@EACH
def test_the_command_writes_it_and_notes_it(form: Format, own: str, tmp_path: Path) -> None:
    """Under its name, with who took it away; a part of it is never left beside it."""
    out = tmp_path / f"out{form.ending}"
    assert run(["export", form.name, "--out", str(out)]) == 0
    assert out.is_dir() is form.folder
    with Ledger.open(own) as ledger:
        (noted,) = ledger.exports("r2")
    assert (noted.format, noted.by) == (form.name, "R. Coder")
    assert {p.name for p in tmp_path.iterdir() if "db" not in p.name} == {out.name}


@EACH
def test_a_place_that_cannot_be_written_is_2(
    form: Format, own: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder that is not there, and one that is; said in one line, and nothing is noted."""
    for out in (tmp_path / "none" / "out", tmp_path):
        assert run(["export", form.name, "--out", str(out)]) == 2
        err = capsys.readouterr().err
        assert len(err.splitlines()) == 1
        assert "--out" in err
    with Ledger.open(own) as ledger:
        assert ledger.exports("r2") == ()


def test_a_missing_library_is_2(
    own: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what to install, for each format that needs an extra part of sayso."""
    assert own
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "sayso.exchange.formats.parquet", raising=False)
    assert run(["export", "parquet", "--out", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err == (
        "sayso: parquet needs pyarrow, which is not installed: pip install 'sayso[parquet]'\n"
    )
    assert not (tmp_path / "out").exists()


def test_a_full_disk_leaves_the_old_file(
    own: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was there before is there, whole; nothing is noted."""

    def fill(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(jsonl, "to_json", fill)
    out = tmp_path / "out.jsonl"
    out.write_text("old")
    assert run(["export", "jsonl", "--out", str(out)]) == 2
    assert "No space left on device" in capsys.readouterr().err
    assert out.read_text() == "old"
    with Ledger.open(own) as ledger:
        assert ledger.exports("r2") == ()


def test_what_is_no_text_needs_a_file(own: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A workbook or a folder has no place on a screen; JSON Lines have."""
    assert own
    assert run(["export", "parquet"]) == 2
    assert "several files: name a folder with --out" in capsys.readouterr().err
    assert run(["export", "jsonl"]) == 0
    assert capsys.readouterr().out.startswith('{"table":"about"')


def test_an_unknown_format_is_2(capsys: pytest.CaptureFixture[str]) -> None:
    """The error names those that there are."""
    assert run(["export", "pdf"]) == 2
    err = capsys.readouterr().err
    assert all(f"'{form.name}'" in err for form in FORMATS)
