"""The words beside events: telling.toml."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.lexicon.load import load_table
from sayso.lexicon.telling import load_telling


def test_words_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user's telling.toml adds to the package's lists."""
    (tmp_path / "telling.toml").write_text(
        '[mood]\nunreal = ["daydream"]\n[deed.blamed]\nlay = "at"\n', encoding="utf-8"
    )
    monkeypatch.setenv("SAYSO_LEXICON", str(tmp_path))
    load_table.cache_clear()
    load_telling.cache_clear()
    try:
        words = load_telling()
        assert {"daydream", "plan"} <= words.unreal
        assert words.blamed["lay"] == "at"
        assert words.blamed["blame"] == "on"
    finally:
        load_table.cache_clear()
        load_telling.cache_clear()
