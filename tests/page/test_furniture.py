"""The words by which a line shows that it is furniture: data that people may add to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.errors import LexiconError
from sayso.lexicon.load import load_table
from sayso.page import furniture
from sayso.page.lines import kind_of


def _forget() -> None:
    load_table.cache_clear()
    furniture.furniture_words.cache_clear()
    kind_of.cache_clear()


@pytest.fixture
def lexicon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A user's folder, in force for one test."""
    monkeypatch.setenv("SAYSO_LEXICON", str(tmp_path))
    _forget()
    yield tmp_path
    _forget()


def test_a_user_adds_words(lexicon: Path) -> None:
    """A label of another language counts beside the package's own."""
    (lexicon / "furniture.toml").write_text('[related]\nlabels = ["lesen sie auch"]\n')
    assert kind_of("Lesen Sie auch: Fähre gehoben") == "related"
    assert kind_of("Read also: Ferry raised") == "related"


def test_a_bad_list_is_an_error(lexicon: Path) -> None:
    """The error says which file and what to write."""
    (lexicon / "furniture.toml").write_text("[advert]\nwhole = [3]\n")
    with pytest.raises(LexiconError, match=r"furniture\.toml.*advert\.whole"):
        kind_of("Advertisement")


def test_a_label_needs_its_colon() -> None:
    """A sentence that begins with a label's word is the report's."""
    assert furniture.is_of_kind("related", "Related: Ferry raised")
    assert furniture.is_of_kind("related", "MORE ON THIS STORY")
    assert not furniture.is_of_kind("related", "Related costs rose.")
    assert not furniture.is_of_kind("navigation", "subscribe to the view that it sank")


def test_menus() -> None:
    """Two words or more that are nearly all names of sections."""
    assert furniture.is_menu("Home World Baltics Opinion")
    assert furniture.is_menu("Share Save")
    assert not furniture.is_menu("World leaders meet in Larne")
    assert not furniture.is_menu("Politics")
