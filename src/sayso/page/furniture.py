"""What a line's opening words say that it is: related link, navigation, advert, credit, wall.

The words are data (`lexicon/furniture.toml`); this file holds how they are matched, and keeps the
match short, since a long paragraph that happens to begin with them is the report's own.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from sayso.errors import LexiconError
from sayso.lexicon.load import load_table

KINDS = ("advert", "related", "navigation", "credit", "wall")
_FIELDS = ("labels", "openings", "whole")
_EDGES = " \t\u00a0»›>:|·•*–—-→►▶▸"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one kind, case-folded; openings by their first letters, to find them fast."""

    labels: frozenset[str]
    whole: frozenset[str]
    openings: dict[str, tuple[str, ...]]


_KEY = 3


def _read_list(kind: str, field: str, found: object) -> list[str]:
    if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
        raise LexiconError(
            "furniture.toml", None, f"{kind}.{field} is not a list of texts", 'write ["…", "…"]'
        )
    return [" ".join(word.casefold().split()) for word in found]


@functools.cache
def furniture_words() -> dict[str, Words]:
    """The words of every kind, a user's added. Raises LexiconError for a list that is none."""
    table = load_table("furniture")
    words = {}
    for kind in KINDS:
        lists = {f: _read_list(kind, f, table.get(kind, {}).get(f, [])) for f in _FIELDS}
        openings: dict[str, tuple[str, ...]] = {}
        for opening in lists["openings"]:
            openings[opening[:_KEY]] = (*openings.get(opening[:_KEY], ()), opening)
        words[kind] = Words(frozenset(lists["labels"]), frozenset(lists["whole"]), openings)
    return words


@functools.cache
def _menu_words() -> frozenset[str]:
    return frozenset(
        _read_list("navigation", "menu", load_table("furniture")["navigation"]["menu"])
    )


def is_menu(words: str) -> bool:
    """True for a line of a menu: two words or more, nearly all of them names of sections."""
    found = [w.strip(_EDGES).casefold() for w in words.split()[:12]]
    found = [w for w in found if w]
    if len(found) < 2 or len(words) > 100 or words[-1] in ".!?":
        return False
    return sum(w in _menu_words() for w in found) >= max(2, 0.7 * len(found))


def _label_of(words: str) -> str:
    """What stands before the first colon, bar or spaced dash; all of it where there is none."""
    cut = re.search(r"\s?(?:[:|»›]|\s[–—-]{1,2}\s)", words[:60])
    return (words[: cut.start()] if cut else words).strip(_EDGES)


def is_of_kind(kind: str, words: str) -> bool:
    """True where a line's words begin as lines of this kind do.

    `words` has its white space folded. "Related: Talks Resume in Doha" is related, "Related costs
    rose by a third last year, the ministry said." is not: a label needs its colon.
    """
    known = furniture_words()[kind]
    bare = words.strip(_EDGES).casefold()
    if bare in known.whole or bare in known.labels:
        return True
    if not words[:1].isupper() and words[:1].isalpha():
        return False
    label = _label_of(words).casefold()
    if label in known.labels and len(label) < len(bare):
        return True
    return any(
        bare.startswith(opening) and not bare[len(opening) : len(opening) + 1].isalnum()
        for opening in known.openings.get(bare[:_KEY], ())
    )
