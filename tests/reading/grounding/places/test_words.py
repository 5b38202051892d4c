from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sayso.lexicon.load import load_table
from sayso.reading.grounding.places.words import LEVELS, NEVER, SITES


def test_words_are_in_small_letters() -> None:
    """Names are looked up in small letters: a word in capitals would never be found."""
    for section in load_table("places_words").values():
        for words in section.values():
            assert words
            assert all(word == word.lower().strip() for word in words)


def test_a_level_or_a_site_alone_is_no_place() -> None:
    """The province, the bridge: what a place is never names one."""
    assert {*LEVELS, *SITES} <= NEVER


def test_a_list_of_ones_own_is_added(tmp_path: Path) -> None:
    """A word of the user's folder is known beside those of the package."""
    mine = tmp_path / "places_words.toml"
    mine.write_text('[before]\nnamed_kinds = ["barge"]\n', encoding="utf-8")
    asked = (
        "from sayso.reading.grounding.places.words import NAMED_KINDS as k; "
        "print({'barge', 'daily'} <= k)"
    )
    ended = subprocess.run(  # a process of its own: tables that were read stay read
        [sys.executable, "-c", asked],
        env={"SAYSO_LEXICON": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout.strip() == "True"
