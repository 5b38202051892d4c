"""How news writes its words: the table that gives back its small letters to a text in capitals."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import resources

ACRONYM = 11  # above every share, which counts tenths


@functools.cache
def load_casing() -> Mapping[str, int]:
    """For each word (in small letters): in how many of ten places it has a capital, or ACRONYM.

    What is not in it is taken for a name.
    """
    text = resources.files("sayso.lexicon").joinpath("casing.txt").read_text(encoding="utf-8")
    table: dict[str, int] = {}
    for line in text.splitlines():
        word, _, share = line.partition(" ")
        if word and word != "#":
            table[word] = ACRONYM if share == "U" else int(share or 0)
    return table
