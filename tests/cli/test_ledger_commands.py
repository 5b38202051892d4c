"""`add`, `claims`, `verify`, `erase` and `move`: rows out, words beside, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from sayso.cli.main import run
from sayso.ledger import Ledger

STORY = (
    "Ferry sinks off Tarn, nine dead\n\nTARN, May 2, 2024 (Fjordwire) - Nine people were killed "
    "when a ferry sank off Tarn on Thursday, the coast guard said.\n\n“We have found nine bodies,” "
    "Captain Oda Quillfeather told reporters in the harbour on Thursday evening.\n"
)


@pytest.fixture
def ledger_url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The ledger that commands mean, not made yet."""
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    monkeypatch.setenv("SAYSO_LEDGER", url)
    monkeypatch.setenv("SAYSO_USER", "desk")
    return url


@pytest.fixture
def story(tmp_path: Path, ledger_url: str, capsys: pytest.CaptureFixture[str]) -> Path:
    """A report, added."""
    assert ledger_url
    path = tmp_path / "ferry.txt"
    path.write_text(STORY, encoding="utf-8")
    assert run(["add", str(path)]) == 0
    assert "new      r2" in capsys.readouterr().out
    return path


def test_a_report_is_added_once(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second time it is the same; a file that cannot be read does not stop the others."""
    assert run(["add", str(story), str(story.with_name("none.txt")), "--format", "jsonl"]) == 1
    out, err = capsys.readouterr()
    row = json.loads(out)
    assert (row["status"], row["report"], row["name"]) == ("same", "r2", "ferry.txt")
    assert "none.txt" in err


def test_claims_are_found_and_go_on(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As lines and as JSON, with a cursor said where there are more."""
    assert story
    assert run(["claims", "bodies", "--speaker", "quillfeather", "--format", "jsonl"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["content"].startswith("We have found nine bodies")
    assert run(["claims", "--limit", "1"]) == 0
    out, err = capsys.readouterr()
    assert "Oda Quillfeather" in out
    assert "more: --cursor" in err


def test_verify_names_what_was_changed(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """0 where fine, 1 with a line a trouble, 1 for a head that is not there."""
    assert story
    assert run(["verify"]) == 0
    assert "fine" in capsys.readouterr().err
    with Ledger.open(f"sqlite:///{story.with_name('desk.db')}") as ledger:
        head = ledger.head().hash
        assert run(["verify", "--head", head]) == 0
        assert run(["verify", "--head", "00ff"]) == 1
        with ledger.engine.begin() as conn:
            conn.execute(text("UPDATE claim SET certainty = 'denied' WHERE n = 0"))
    capsys.readouterr()
    assert run(["verify"]) == 1
    assert "c3.0: its row of claim was changed (certainty)" in capsys.readouterr().out


def test_a_name_and_a_report_are_erased(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither is found any more; the reason is needed; one thing at a time."""
    assert run(["erase", "--report", "r2"]) == 2
    assert run(["erase", "--report", "r2", "--name", "X", "--why", "w"]) == 2
    assert run(["erase", "--name", "Oda Quillfeather", "--name", "Quillfeather", "--why", "w"]) == 0
    capsys.readouterr()
    assert run(["claims", "--speaker", "quillfeather"]) == 0
    assert capsys.readouterr().out == ""
    assert b"Quillfeather" not in story.with_name("desk.db").read_bytes()
    assert run(["erase", "--report", "r2", "--why", "an order"]) == 0
    assert run(["claims"]) == 0
    assert run(["verify"]) == 0
    assert run(["erase", "--finish"]) == 0


def test_a_ledger_is_moved(story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """To an empty store, once."""
    assert story
    target = f"sqlite:///{tmp_path / 'other.db'}"
    assert run(["move", target]) == 0
    assert "the copy verifies" in capsys.readouterr().out
    assert run(["move", target]) == 2
    assert run(["verify", "--ledger", target]) == 0


@pytest.mark.usefixtures("ledger_url")
@pytest.mark.parametrize("args", [["claims"], ["verify"], ["erase", "--finish"]])
def test_asking_makes_no_ledger(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A ledger that is not there is said in one line."""
    assert run(args) == 2
    assert "no ledger is there" in capsys.readouterr().err


def test_a_wrong_date_makes_no_ledger(
    story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong --published is refused before the ledger is made."""
    store = tmp_path / "none.db"
    assert run(["add", str(story), "--published", "soon", "--ledger", f"sqlite:///{store}"]) == 2
    assert "not a date" in capsys.readouterr().err
    assert not store.exists()
