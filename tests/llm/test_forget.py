"""Kept answers that go with a text or a name, and nothing else with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.ledger.layout.masking import tells_of
from sayso.llm.answer import Answer
from sayso.llm.cache import key_of
from sayso.llm.forget import forget_place, forget_telling, place_of
from sayso.llm.reader import ModelReader
from tests.llm.conftest import TEXT, make_report

Make = Callable[..., ModelReader]
OTHER = TEXT.replace("seven", "eight")


def words_in(folder: Path) -> str:
    """All that is kept."""
    return "".join(file.read_text() for file in folder.rglob("*") if file.is_file())


def test_all_answers_of_a_text_go(make_reader: Make, tmp_path: Path) -> None:
    """Whatever was asked, half-written ones too; those of another text stay."""
    kept = tmp_path / "cache"
    reader = make_reader()
    reader.read(make_report())
    reader.read(make_report(OTHER))
    key = key_of(replace(reader.settings, model="another"), TEXT, TEXT)
    reader.cache.put(key, Answer(claims=[]))
    place = place_of(TEXT)
    (kept / place[:2] / place / "tmp123").write_text('{"claims": [{"words": ["Ilse')
    assert forget_place(kept, place) == 3
    assert not (kept / place[:2] / place).exists()
    assert len(list(kept.rglob("*.json"))) == 1
    assert forget_place(kept, place) == 0
    assert forget_place(tmp_path / "none", place) == 0


def test_answers_in_which_a_name_stands_go(make_reader: Make, tmp_path: Path) -> None:
    """In any case, with anything between its words; a torn one too, a stranger's file not."""
    kept = tmp_path / "cache"
    make_reader().read(make_report())
    assert "Ilse Marrow" in words_in(kept)
    place = place_of(OTHER)
    (kept / place[:2] / place).mkdir(parents=True)
    (kept / place[:2] / place / "a.json").write_text('{"claims": [{"words": ["ILSE\\n MARROW"]}]}')
    (kept / place[:2] / place / "b.json").write_text('{"claims": [{"words": ["Ilse Marrows"]}]}')
    (kept / place[:2] / place / "c.json").write_text('{"claims": [{"words": ["Ilse')
    (kept / "mine.json").write_text("Ilse Marrow")
    assert forget_telling(kept, tells_of(["Dros"])) == 1
    assert forget_telling(kept, tells_of(["Ilse Marrow"])) == 2
    assert words_in(kept) in ('Ilse Marrow{"claims": [{"words": ["Ilse Marrows"]}]}',
                              '{"claims": [{"words": ["Ilse Marrows"]}]}Ilse Marrow')  # fmt: skip
    assert forget_telling(kept, tells_of([])) == 0
    assert forget_telling(tmp_path / "none", tells_of(["Dros"])) == 0


def test_the_ledger_says_where_answers_of_a_report_stand(make_reader: Make, tmp_path: Path) -> None:
    """By the text as it came in, also where a name in it is hidden from readers since."""
    reading = make_reader().read(make_report())
    with Ledger.open(f"sqlite:///{tmp_path}/n.db") as ledger:
        (added,) = ledger.add([reading])
        text = ledger.text_as_given(added.report)
        assert text == TEXT
        assert ledger.text_as_given("r999") is None
        with pytest.raises(UsageError, match="the clearance red"):
            ledger.seen_by("amber").text_as_given(added.report)
        place = place_of(text)
    assert forget_place(tmp_path / "cache", place) == 1
    assert words_in(tmp_path / "cache") == ""
