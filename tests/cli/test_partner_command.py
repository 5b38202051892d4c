"""`sayso partner`: two ledgers on one machine share a report by files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("cryptography", reason="pip install 'sayso[partners]'")

from sayso.cli.main import run

STORY = (
    "Shell kills four at depot in Porto\n\nPORTO, May 2, 2024 (Fjordwire) - Four people were "
    "killed when a shell hit a depot in Porto on Thursday, the health ministry said.\n"
)
Say = Callable[..., str]


@pytest.fixture
def said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Say:
    """A function that runs a command on ledger `a` or `b`; what it printed, all that it must."""
    monkeypatch.setenv("SAYSO_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("SAYSO_USER", "ann")

    def call(name: str, *args: str, code: int = 0) -> str:
        capsys.readouterr()
        monkeypatch.setenv("SAYSO_LEDGER", f"sqlite:///{tmp_path / name}.db")
        got = run(args)
        out, err = capsys.readouterr()
        assert got == code, err
        return out + err

    return call


def test_a_report_is_shared_by_a_file_and_taken_back(said: Say, tmp_path: Path) -> None:
    """Keys are told, a bundle is written, taken in once, and taken back by its maker."""
    keys = {name: said(name, "partner", "key").splitlines()[0] for name in "ab"}
    assert "fingerprint, to be read out" in said("a", "partner", "key")
    said("a", "partner", "add", "South", keys["b"])
    said("b", "partner", "add", "North", keys["a"], "--clearance", "green")
    (tmp_path / "depot.txt").write_text(STORY)
    said("a", "add", str(tmp_path / "depot.txt"), "--reader", "rules")
    bundle = str(tmp_path / "out.dsse")
    told = said("a", "partner", "send", "South", "--place", "Porto", "--out", bundle)
    assert "South is told number 1" in told
    assert "told of  r" in said("b", "partner", "pull", bundle)
    assert "nothing new from North" in said("b", "partner", "pull", bundle)
    assert "Porto" in said("b", "incidents")
    said("a", "partner", "send", "South", "--withdraw", "r2", "--out", bundle)
    assert "took back" in said("b", "partner", "pull", bundle)
    head, line = said("a", "partner", "list", "--sent", "South").splitlines()[:2]
    assert head.split() == ["n", "kind", "report", "at", "stands", "id"]
    assert line.split()[4] == "no"
    (row,) = rows_of(said("a", "partner", "list", "--format", "jsonl"))
    assert (row["name"], row["sent"], row["taken"]) == ("South", 2, 0)
    rows = rows_of(said("a", "partner", "list", "--sent", "South", "--format", "jsonl"))
    assert [(r["kind"], r["report"], r["stands"]) for r in rows] == [
        ("report", "r2", False), ("withdraw", "r2", False),
    ]  # fmt: skip


def rows_of(lines: str) -> list[dict[str, Any]]:
    """JSON Lines, read."""
    return [json.loads(line) for line in lines.splitlines()]


def test_what_cannot_be_sent_is_said(said: Say, tmp_path: Path) -> None:
    """A report that is marked red; a partner whom nobody knows; a bundle that was changed."""
    key = said("b", "partner", "key").splitlines()[0]
    said("a", "partner", "add", "South", key)
    told = said("a", "partner", "send", "South", "--report", "r999", code=1)
    assert "r999 is no report here" in told
    assert "marked" not in told
    (tmp_path / "depot.txt").write_text(STORY)
    said("a", "add", str(tmp_path / "depot.txt"), "--reader", "rules")
    assert "did you mean South?" in said("a", "partner", "send", "Suoth", "--report", "r2", code=2)
    assert "r9 was not sent" in said("a", "partner", "send", "South", "--report", "r9", code=1)
    bundle = tmp_path / "out.dsse"
    said("a", "partner", "send", "South", "--report", "r2", "--out", str(bundle))
    said("b", "partner", "add", "North", said("a", "partner", "key").splitlines()[0])
    bundle.write_bytes(bundle.read_bytes().replace(b'"payload": "e', b'"payload": "f'))
    assert "does not hold" in said("b", "partner", "pull", str(bundle), code=2)
    said("a", "partner", "forget", "South")
    assert said("a", "partner", "list") == ""
