"""How events are told: words that say whose deed, whether it happened, and how many."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from sayso.lexicon.load import load_table


@dataclass(frozen=True, slots=True)
class Telling:
    """The lists of telling.toml, made for look-ups by lemma; telling.toml says what each is."""

    denying: frozenset[str]
    unreal: frozenset[str]
    unharmed: frozenset[str]
    aftermath: frozenset[str]
    committing: frozenset[str]
    owning: frozenset[str]
    doing: frozenset[str]
    hitting: frozenset[str]
    occurring: frozenset[str]
    means: frozenset[str]
    blamed: Mapping[str, str]  # verb -> the preposition of those whom it blames
    partitives: frozenset[str]
    stating: frozenset[str]
    putting: frozenset[str]
    tallies: frozenset[str]
    earlier: frozenset[str]
    replacing: frozenset[str]
    aboard: frozenset[str]
    summing: frozenset[str]
    collective: frozenset[str]
    animals: frozenset[str]
    no_measure: frozenset[str]


@functools.cache
def load_telling() -> Telling:
    """The words of telling.toml, a user's entries laid over the package's."""
    table = load_table("telling")
    lists = {
        name: frozenset(words)
        for part in ("mood", "deed", "count")
        for name, words in table[part].items()
        if isinstance(words, list)
    }
    return Telling(blamed=dict(table["deed"]["blamed"]), **lists)
