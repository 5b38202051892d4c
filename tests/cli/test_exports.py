"""`sayso exports`: what left, what became of it since, the same in each format."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path

import pytest

from sayso.cli.main import run
from sayso.ledger import Ledger

STORY = (
    "TARN, May 2, 2024 (Fjordwire) - Nine people were killed when a ferry sank off Tarn on "
    "Thursday, the coast guard said.\n"
)


def test_what_left_before_a_correction_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a table, JSON Lines and CSV: who took what along, and what became of which report."""
    url, out = f"sqlite:///{tmp_path / 'desk.db'}", tmp_path / "taken.csv"
    monkeypatch.setenv("SAYSO_LEDGER", url)
    story = tmp_path / "ferry.txt"
    story.write_text(STORY, encoding="utf-8")
    assert run(["add", str(story)]) == 0
    capsys.readouterr()
    assert run(["exports"]) == 0
    assert "nothing left this ledger" in capsys.readouterr().err
    assert run(["claims", "--format", "csv", "--out", str(out), "--by", "ada"]) == 0
    assert run(["exports", "--outdated"]) == 0
    assert "nothing that left rests on" in capsys.readouterr().err
    with Ledger.open(url, create=False) as ledger:
        made = ledger.judge("reject", ledger.claims().rows[0].claim, by="bo", reason="it is wrong")
    assert run(["exports", "--outdated", "--format", "jsonl"]) == 0
    (row,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert row["name_sha256"] == hashlib.sha256(b"taken.csv").hexdigest()
    assert (row["by"], row["to"], row["reports"]) == ("ada", None, ["r2"])
    (change,) = row["changes"]
    assert change == {"entry": made.entry, "at": made.at, "by": "bo", "what": "rejected",
                      "report": "r2", "told": False}  # fmt: skip
    assert run(["exports", "--format", "csv"]) == 0
    (cells,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    words = f"r2 rejected {made.at[:10]} by bo ({made.entry})"
    assert (cells["changes"], cells["last_change"]) == (words, made.at)
    assert run(["exports"]) == 0
    assert "rejected" in capsys.readouterr().out
