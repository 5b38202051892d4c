"""Commands that work on a ledger: rows out, words beside, exit codes."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any

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


def test_incidents_go_on(stories: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A list cut short says its cursor; with it one reads the rest, then nothing is said."""
    assert stories
    capsys.readouterr()
    assert run(["incidents", "--format", "jsonl"]) == 0
    whole = capsys.readouterr().out.splitlines()
    assert len(whole) > 1
    assert run(["incidents", "--format", "jsonl", "--limit", "1"]) == 0
    out, err = capsys.readouterr()
    cursor = err.split("--cursor ")[1].strip()
    assert run(["incidents", "--format", "jsonl", "--cursor", cursor]) == 0
    rest, err = capsys.readouterr()
    assert [*out.splitlines(), *rest.splitlines()] == whole
    assert "--cursor" not in err


def test_warnings_are_said(
    tmp_path: Path, ledger_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Adding and linking say what reading warns of: the name of a second report of one id."""
    assert ledger_url
    path = tmp_path / "twins.jsonl"
    twins = [
        {"id": "a1", "text": words, "published": "2024-05-02"}
        for words in (STORY, STORY.replace("nine", "ten"))
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in twins), encoding="utf-8")
    for command in ("add", "link"):
        assert run([command, "--from", "jsonl", str(path)]) == 0
        out, err = capsys.readouterr()
        assert "a1#2" in out
        assert "a1#2: " in err


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
    assert (
        run(
            ["erase", "--name", "Oda Quillfeather", "--name", "Quillfeather", "--why", "w", "--yes"]
        )
        == 0
    )
    capsys.readouterr()
    assert run(["claims", "--speaker", "quillfeather"]) == 0
    assert capsys.readouterr().out == ""
    assert b"Quillfeather" not in story.with_name("desk.db").read_bytes()
    assert run(["erase", "--report", "r2", "--why", "an order", "--yes"]) == 0
    assert run(["claims"]) == 0
    assert run(["verify"]) == 0
    assert run(["erase", "--finish"]) == 0


def test_what_would_be_erased_is_shown_first(
    story: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without --yes nothing goes where nobody can be asked, nor where whoever is asked says no."""
    before = story.with_name("desk.db").read_bytes()
    for what in (["--name", "Quillfeather"], ["--report", "r2"], ["--name", "Nobody At All"]):
        assert run(["erase", *what, "--why", "w"]) == 2
    shown = capsys.readouterr().err
    assert "r2 " in shown
    assert "Oda Quillfeather" in shown
    assert "with all that was read in it" in shown
    assert "no entry holds that name" in shown
    assert "--yes erases it" in shown
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    assert run(["erase", "--report", "r2", "--why", "w"]) == 130
    assert "It cannot be undone" in capsys.readouterr().err
    assert story.with_name("desk.db").read_bytes() == before


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


def rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """What a command printed as JSON Lines."""
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


SECOND = (
    "Ferry off Tarn: eleven dead\n\nTARN, May 3, 2024 (Fjordwire) - Eleven people were killed when "
    "a ferry sank off Tarn on Thursday, the coast guard said on Friday.\n"
)
OTHER = (
    "Mill burns in Polzin\n\nPOLZIN, May 6, 2024 - A mill burnt down in Polzin on Sunday and two "
    "firefighters were wounded, the mayor of Polzin said.\n"
)


@pytest.fixture
def stories(story: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Two reports of one incident and one of another, added."""
    folder = story.parent
    for name, words in (("second.txt", SECOND), ("other.txt", OTHER)):
        (folder / name).write_text(words, encoding="utf-8")
        assert run(["add", str(folder / name)]) == 0
    capsys.readouterr()
    return folder


def incident_of(name: str, capsys: pytest.CaptureFixture[str]) -> str:
    """The id of the incident that a report is about."""
    assert run(["incidents", "--format", "jsonl"]) == 0
    return next(row["incident"] for row in rows(capsys) if name in row["main"])


def test_incidents_are_listed(stories: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In three formats; filters hold; a file is noted in the ledger."""
    id_ = incident_of("ferry.txt", capsys)
    assert run(["incidents", "ferry", "--measure", "killed", "--format", "jsonl"]) == 0
    (row,) = rows(capsys)
    assert row["incident"] == id_
    assert row["main"] == ["ferry.txt", "second.txt"]
    assert row["figures"]["killed"]["most_recent"][1] == 11
    assert run(["incidents", "--place", "nowhere"]) == 0
    assert capsys.readouterr().out == ""
    assert run(["incidents"]) == 0
    assert id_.removeprefix("incident-") in capsys.readouterr().out
    out = stories / "list.csv"
    assert run(["incidents", "--format", "csv", "--out", str(out), "--by", "desk"]) == 0
    assert out.read_text(encoding="utf-8").startswith("incident,type,state")
    with Ledger.open(f"sqlite:///{stories / 'desk.db'}") as ledger:
        assert [e.by for e in ledger.exports("r2")] == ["desk"]


def test_what_was_exported_is_listed_at_erasure(
    stories: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With who took it and when; the name itself is not kept."""
    out = stories / "secret-name.jsonl"
    assert run(["incident", "r2", "--format", "jsonl", "--out", str(out)]) == 0
    assert run(["erase", "--report", "r2", "--why", "an order", "--yes"]) == 0
    printed = capsys.readouterr().out
    assert "exported before: e" in printed
    assert "jsonl, by desk" in printed
    assert hashlib.sha256(b"secret-name.jsonl").hexdigest() in printed
    assert run(["verify"]) == 0


def test_an_incident_is_shown(stories: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For people and for machines, by its id, its beginning, or a report; at an instant."""
    assert stories
    id_ = incident_of("ferry.txt", capsys)
    assert run(["incident", "r2", "--format", "jsonl"]) == 0
    (view,) = rows(capsys)
    assert (view["schema"], view["id"]) == ("sayso.incident/1", id_)
    assert len(view["report_lines"]) == 2
    assert run(["incident", id_[:14]]) == 0
    assert id_ in capsys.readouterr().out
    assert run(["incident", "incident-0"]) == 2
    assert run(["incident", id_, "--as-known-at", "2001-01-01"]) == 2


def test_figures_are_listed(stories: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As stated, compared, and by a policy."""
    assert stories
    assert run(["figures", "--measure", "killed", "--format", "jsonl"]) == 0
    found = rows(capsys)
    assert {row["figure"]["best"] for row in found} >= {9, 11}
    assert "growth" in {c["verdict"] for row in found for c in row["comparisons"]}
    assert run(["figures", "--measure", "killed"]) == 0
    assert "growth: the coast guard said 9 and later 11" in capsys.readouterr().out
    assert run(["figures", "--policy", "highest", "--measure", "killed", "--format", "csv"]) == 0
    assert "killed,highest" in capsys.readouterr().out


def test_sources_are_listed(stories: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With how many claims, since when, and the grade that a person gave."""
    assert stories
    assert run(["sources", "coast guard", "--format", "jsonl"]) == 0
    (row,) = rows(capsys)
    assert (row["reports"], row["grade"], row["first"][:7]) == (2, "F", "2024-05")
    assert run(["judge", "grade", row["key"], "b", "--reason", "knows the coast"]) == 0
    assert run(["sources", "coast guard"]) == 0
    assert " B" in capsys.readouterr().out


def test_what_is_known_tomorrow_is_not_asked(
    stories: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wrong usage, with what to do, of every command that looks back."""
    assert stories
    for asked in (["incidents"], ["claims"], ["sources"], ["figures"], ["incident", "r2"],
                  ["export", "csv"]):  # fmt: skip
        assert run([*asked, "--as-known-at", "2099-01-01"]) == 2
        assert "2099-01-01 is yet to come" in capsys.readouterr().err


def test_a_person_decides(stories: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Split, undone, rejected, corrected; what is missing is said."""
    assert stories
    id_ = incident_of("ferry.txt", capsys)
    assert run(["judge", "split", id_, "r2"]) == 2
    assert "--reason" in capsys.readouterr().err
    assert run(["judge", "split", id_, "r2", "--reason", "another ferry"]) == 0
    entry = capsys.readouterr().out.split()[0]
    assert incident_of("ferry.txt", capsys) != id_
    assert run(["judge", "undo", entry, "--reason", "it was one"]) == 0
    assert "no longer holds" in capsys.readouterr().out
    assert incident_of("ferry.txt", capsys) == id_
    assert run(["judge", "reject", "c3.0", "--reason", "a hoax"]) == 0
    assert run(["judge", "correct", "c3.0", "certainty", "denied", "--reason", "misread"]) == 0
    ends = ["figure.0.low", "2", "figure.0.best", "3", "figure.0.high", "9"]
    assert run(["judge", "correct", "c3.0", *ends, "--reason", "misread"]) == 0
    assert run(["judge", "correct", "c3.0", *ends[:-1], "--reason", "misread"]) == 2
    assert run(["judge", "correct", "c3.0", "figure.0.best", "10", "--reason", "w"]) == 2
    assert "correct figure.0.high with it" in capsys.readouterr().err
    assert run(["judge", "join", id_, "--reason", "w"]) == 2
    assert run(["judge", "undo", id_, "join-0", "--reason", "w"]) == 2
    capsys.readouterr()
    assert run(["judge", "undo", "join-0", "--reason", "w"]) == 2
    assert "an incident and the id of a join in it" in capsys.readouterr().err
    assert run(["verify"]) == 0
