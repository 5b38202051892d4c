"""`sayso judge join` and `split` of sources: by their keys, told apart from incidents by them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sayso.cli.main import run
from sayso.ledger import Ledger

STORY = (
    "Ferry sinks off Tarn, nine dead\n\nTARN, May 2, 2024 (Fjordwire) - Nine people were killed "
    "when a ferry sank off Tarn on Thursday, the coast guard said.\n\nEleven people were killed "
    "when the ferry sank off Tarn on Thursday, the harbour police said.\n"
)


@pytest.fixture
def ledger_url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A ledger of a story in which two speak."""
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    monkeypatch.setenv("SAYSO_LEDGER", url)
    monkeypatch.setenv("SAYSO_USER", "desk")
    (tmp_path / "ferry.txt").write_text(STORY, encoding="utf-8")
    assert run(["add", str(tmp_path / "ferry.txt")]) == 0
    return url


def rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """What was printed, a JSON object a line."""
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_sources_are_joined_and_split(ledger_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """One row, one origin; undone by the entry; a split refuses the contrary; verify holds."""
    capsys.readouterr()
    assert run(["sources", "--format", "jsonl"]) == 0
    guard, police = (row["key"] for row in rows(capsys))
    assert run(["judge", "join", guard, police, "--reason", "one office"]) == 0
    entry = capsys.readouterr().out.split()[0]
    assert run(["sources", "police", "--format", "csv"]) == 0
    told = capsys.readouterr().out
    assert told.count(police) == 1  # among the joined of the other's row
    assert guard in told
    assert run(["claims", "--speaker", "harbour police", "--format", "jsonl"]) == 0
    assert len(rows(capsys)) == 2
    with Ledger.open(ledger_url) as ledger:
        id_ = ledger.incidents()[0].incident
    assert run(["incident", id_]) == 0
    assert "joined by desk: one office" in capsys.readouterr().out
    assert run(["judge", "split", guard, police, "--reason", "two"]) == 2
    assert f"{entry} made them one" in capsys.readouterr().err
    assert run(["judge", "undo", entry, "--reason", "two offices"]) == 0
    assert run(["judge", "split", guard, police, "--reason", "two offices"]) == 0
    assert run(["judge", "split", guard, police, "--into", id_, "--reason", "x"]) == 2
    assert run(["judge", "join", guard, "nobody|person|", "--reason", "x"]) == 2
    assert run(["verify"]) == 0
