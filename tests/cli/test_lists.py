"""The lists of a ledger: one way to print, to refuse and to say that nothing was found."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from sayso.cli.main import run
from sayso.ledger import Ledger

STORY = (
    "Ferry sinks off Tarn, nine dead\n\nTARN, May 2, 2024 (Fjordwire) - Nine people were killed "
    "when a ferry sank off Tarn on Thursday, the coast guard said.\n\n“We have found nine bodies,” "
    "Captain Oda Quillfeather told reporters in the harbour on Thursday evening.\n"
)
LISTS = (["claims"], ["incidents"], ["figures"], ["figures", "--policy", "ucdp"])


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A ledger with one report."""
    folder = tmp_path_factory.mktemp("lists")
    story = folder / "ferry.txt"
    story.write_text(STORY, encoding="utf-8")
    address = f"sqlite:///{folder / 'desk.db'}"
    assert run(["add", str(story), "--ledger", address]) == 0
    return address


@pytest.fixture(autouse=True)
def _ledger(url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("SAYSO_LEDGER", url)
    monkeypatch.setenv("SAYSO_USER", "desk")
    capsys.readouterr()


@pytest.mark.parametrize("command", LISTS, ids=" ".join)
@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (["--type", "accidnt"], "no type is called 'accidnt'; did you mean accident?"),
        (["--measure", "dead"], "no measure is called 'dead'; there are killed, wounded"),
        (["--certainty", "Denied"], "no certainty is called 'Denied'; did you mean denied?"),
        (["--from", "2024-05-03", "--to", "2024-05-01"], "there is no day"),
        (["--from", "May"], "'May' is no day; write 2024-12-27"),
        (["--as-known-at", "soon"], "'soon' is no date or time"),
        (["--place", ""], "place is empty"),
    ],
    ids=lambda value: "_".join(value) if isinstance(value, list) else "",
)
def test_a_value_that_cannot_be_is_refused(
    command: list[str], asked: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wrong usage in every list: 2, nothing printed, one line that says what may be meant."""
    assert run([*command, *asked]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("command", [*LISTS, ["sources"]], ids=" ".join)
@pytest.mark.parametrize("format_", ["table", "jsonl", "csv"])
def test_nothing_found_is_said(
    command: list[str], format_: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is no error; rows are none, and a sentence says what is held."""
    asked = ["nobody"] if command == ["sources"] else ["--place", "Nowhere"]
    assert run([*command, *asked, "--format", format_]) == 0
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == (format_ == "csv")
    assert "'Nowhere'" in err or "'nobody' in its name" in err
    assert "held here: 1 incident of 1 report" in err or "held here: 2 sources" in err


@pytest.mark.parametrize("command", [*LISTS, ["sources"]], ids=" ".join)
def test_every_list_has_the_same_rows_in_each_format(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """As many objects as rows of CSV, each row as long as its head; a table that is not empty."""
    assert run([*command, "--format", "jsonl"]) == 0
    objects = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert run([*command, "--format", "csv"]) == 0
    head, *rows = csv.reader(io.StringIO(capsys.readouterr().out))
    assert len(rows) == len(objects) > 0
    assert {len(row) for row in rows} == {len(head)}
    assert run(command) == 0
    assert len(capsys.readouterr().out.splitlines()) > 1


def test_the_middle_of_a_region_is_no_point(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A list's CSV puts no incident on a map that its reports put in a region."""
    story, address = tmp_path / "kursk.txt", f"sqlite:///{tmp_path / 'kursk.db'}"
    words = "Two soldiers were killed in the Kursk region of Russia on Friday, an official said."
    story.write_text(words, encoding="utf-8")
    assert run(["add", str(story), "--published", "2024-12-28", "--ledger", address]) == 0
    capsys.readouterr()
    assert run(["incidents", "--format", "csv", "--ledger", address]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert row["place"].startswith("Kursk")
    assert (row["lat"], row["lon"]) == ("", "")


@pytest.mark.parametrize("command", LISTS, ids=" ".join)
def test_what_is_taken_away_is_noted(command: list[str], url: str, tmp_path: Path) -> None:
    """A file of any list stands in the ledger, under the report that it tells of."""
    out = tmp_path / "taken.csv"
    with Ledger.open(url, create=False) as ledger:
        before = len(ledger.exports("r2"))
        assert run([*command, "--format", "csv", "--out", str(out), "--by", "ada"]) == 0
        assert out.read_text(encoding="utf-8").splitlines()[1:]
        (*_, last) = ledger.exports("r2")
        assert (last.by, last.format) == ("ada", "csv")
        assert len(ledger.exports("r2")) == before + 1


def test_a_claim_as_csv_holds_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    """Who, how sure, what, when, where, how many; numbers as they are."""
    assert run(["claims", "--speaker", "coast guard", "--format", "csv"]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["report"], row["name"], row["credit"]) == ("r2", "ferry.txt", "Fjordwire")
    assert (row["speaker"], row["certainty"]) == ("the coast guard", "stated")
    assert "9" in row["figure_best"].split("; ")
    assert "2024-05-02" in row["event_start"]
