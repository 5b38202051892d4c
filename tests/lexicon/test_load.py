"""A user's lexicon folder laid over the package's."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.cli.main import run
from sayso.errors import LexiconError
from sayso.lexicon.load import load_table


def test_a_folder_that_is_not_there_is_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A mistyped SAYSO_LEXICON is said, not passed over; the error names it and the mend."""
    monkeypatch.setenv("SAYSO_LEXICON", str(tmp_path / "none"))
    with pytest.raises(LexiconError, match=r"none: no folder, named by SAYSO_LEXICON; make it"):
        load_table.__wrapped__("measures")


def test_reading_with_such_a_folder_ends_with_2(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is read: every reading would lack the user's words."""
    monkeypatch.setenv("SAYSO_LEXICON", str(tmp_path / "none"))
    load_table.cache_clear()
    report = tmp_path / "a.txt"
    report.write_text("The mayor said that two boats had sunk.\n", encoding="utf-8")
    assert run(["read", str(report)]) == 2
    assert "named by SAYSO_LEXICON" in capsys.readouterr().err
    load_table.cache_clear()
