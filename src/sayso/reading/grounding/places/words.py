"""The words that tell a place from what only sounds like one: `lexicon/places_words.toml`."""

from __future__ import annotations

from typing import Literal, cast

from sayso.lexicon.load import load_table, load_words

Level = Literal["adm1", "adm2", "adm", "city", "site", "water"]


def _levels() -> dict[str, Level]:
    table: dict[str, list[str]] = load_table("places_words")["levels"]
    return {word: cast("Level", level) for level, words in table.items() for word in words}


def _list(section: str, key: str) -> frozenset[str]:
    return load_words("places_words", section, key)


# Looked at for each name: read once, with the module.
LEVELS = _levels()
DIRECTIONS = _list("before", "directions")
PREPOSITIONS = _list("before", "prepositions")
PLACE_PREPOSITIONS = _list("before", "of_places")
PLACE_VERBS = _list("before", "verbs_of_places")
ROADS = _list("before", "roads")
ASSAULTS = _list("before", "assaults")
NAMED_KINDS = _list("before", "named_kinds")
TITLES = _list("before", "titles")
PEOPLE = _list("after", "people")
BODIES = _list("after", "bodies")
OTHERS = _list("after", "others")
SITES = _list("after", "sites")
STRONG_SITES = _list("after", "strong_sites")
STREETS = _list("after", "streets")
NEVER = _list("alone", "never") | LEVELS.keys() | DIRECTIONS | SITES
COMMON = _list("alone", "common")
