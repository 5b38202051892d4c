"""Marked reports and protected sources at the command line: what leaves holds neither."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from sayso.cli.main import run
from sayso.ledger import Ledger

OPEN = (
    "Ferry sinks off Tarn, nine dead\n\nTARN, May 2, 2024 (Fjordwire) - Nine people were killed "
    "when a ferry sank off Tarn on Thursday, the coast guard said.\n"
)
INNER = (
    "Ferry off Tarn: what a nurse saw\n\nTARN, May 3, 2024 (Harbour Post) - Nine people were "
    "killed when the ferry sank off Tarn on Thursday, Maud Ellery, a nurse, told Harbour Post. "
    "Ellery said she had counted them.\n"
)


@pytest.fixture(autouse=True)
def _desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with a ledger of two reports; in one a nurse speaks."""
    monkeypatch.setenv("SAYSO_LEDGER", f"sqlite:///{tmp_path / 'desk.db'}")
    monkeypatch.setenv("SAYSO_USER", "desk")
    monkeypatch.chdir(tmp_path)
    Path("open.txt").write_text(OPEN, encoding="utf-8")
    Path("inner.txt").write_text(INNER, encoding="utf-8")
    assert run(["add", "open.txt"]) == 0
    assert run(["add", "inner.txt", "--marking", "amber"]) == 0


def test_what_is_marked_leaves_with_its_clearance_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """Amber does not go to green; marked red it stays, unless red is asked for."""
    run(["export", "jsonl", "--clearance", "green", "--out", "green.jsonl"])
    assert "Harbour Post" not in Path("green.jsonl").read_text("utf-8")
    run(["export", "jsonl", "--out", "left.jsonl"])
    assert "Harbour Post" in Path("left.jsonl").read_text("utf-8")
    capsys.readouterr()
    assert run(["claims", "--format", "jsonl"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    reports = {row["report"]["report"]: row["report"]["marking"] for row in rows}
    assert sorted(reports.values()) == ["amber", "clear"]
    (inner,) = [report for report, marking in reports.items() if marking == "amber"]
    assert run(["judge", "mark", inner, "red", "--reason", "she asked"]) == 0
    run(["export", "jsonl", "--out", "left.jsonl"])
    assert "Harbour Post" not in Path("left.jsonl").read_text("utf-8")
    run(["export", "jsonl", "--clearance", "red", "--out", "left.jsonl"])
    assert "Harbour Post" in Path("left.jsonl").read_text("utf-8")
    assert run(["judge", "mark", "r2", "purple", "--reason", "x"]) == 2
    assert "amber+strict" in capsys.readouterr().err


def test_who_adds_marks() -> None:
    """The word that a report comes in so marked is a person's, not the reader's."""
    with Ledger.open(os.environ["SAYSO_LEDGER"]) as ledger:
        (report,) = [r.report for r in ledger.reports().rows if r.marking == "amber"]
        assert [(j.by, j.action) for j in ledger.judgements(report)] == [("desk", "mark")]


def test_a_protected_source_leaves_under_a_label(capsys: pytest.CaptureFixture[str]) -> None:
    """Even unmasked: the name leaves with red alone, and who took it before is told."""
    capsys.readouterr()
    assert run(["sources", "--format", "jsonl"]) == 0
    keys = [json.loads(line)["key"] for line in capsys.readouterr().out.splitlines()]
    (key,) = [k for k in keys if "ellery" in k]
    assert run(["export", "csv", "--unmasked", "--out", "before.csv"]) == 0
    assert run(["judge", "protect", key, "--reason", "she asked for it"]) == 0
    out = capsys.readouterr().out
    assert "protected source" in out
    assert "left before, with the name: e" in out
    for form in ("jsonl", "csv", "stix", "jsonld"):
        assert run(["export", form, "--unmasked", "--out", f"after.{form}"]) == 0
        after = Path(f"after.{form}").read_text("utf-8")
        assert "Ellery" not in after, form
        assert ("rotected source" in after) == (form != "csv"), form  # a row names nobody
    assert run(["export", "jsonl", "--unmasked", "--clearance", "red", "--out", "red.jsonl"]) == 0
    assert "Maud Ellery" in Path("red.jsonl").read_text("utf-8")
    assert run(["verify"]) == 0
