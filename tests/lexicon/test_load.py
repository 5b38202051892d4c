"""A user's lexicon folder laid over the package's."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sayso.errors import LexiconError
from sayso.lexicon.load import load_table, read_toml


def test_a_folder_that_is_not_there_is_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A mistyped SAYSO_LEXICON is said, not passed over; the error names it and the mend."""
    monkeypatch.setenv("SAYSO_LEXICON", str(tmp_path / "none"))
    with pytest.raises(LexiconError, match=r"none: no folder, named by SAYSO_LEXICON; make it"):
        load_table.__wrapped__("measures")


def test_reading_with_such_a_folder_ends_with_2(tmp_path: Path) -> None:
    """Nothing is read: every reading would lack the user's words."""
    report = tmp_path / "a.txt"
    report.write_text("The mayor said that two boats had sunk.\n", encoding="utf-8")
    ended = subprocess.run(  # a process of its own: tables that were read stay read
        [sys.executable, "-m", "sayso", "read", str(report)],
        env={**os.environ, "SAYSO_LEXICON": str(tmp_path / "none")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 2
    assert "named by SAYSO_LEXICON" in ended.stderr


@pytest.mark.parametrize("text", ["a = " + "[" * 9_000, "a." * 9_000 + "a = 1", "#\n" * 3_000_000])
def test_a_hostile_table_is_an_error(text: str) -> None:
    """Brackets ended the program, a key of dots took time and memory by its length's square."""
    with pytest.raises(LexiconError, match=r"^words\.toml.*: not TOML .*mend the line"):
        read_toml(text, "words.toml")
