"""Private people hidden in what leaves: who they are, and their names as blocks.

Until somebody decides person by person, private is whoever a reading took for a person or a
witness and never for an official, and whoever takes part in an event under a name that is
neither a place's nor an institution's. Too many rather than too few.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from sayso.ledger.masking import BLOCK, NAME, masker
from sayso.lexicon.load import load_table
from sayso.record import Reading, words_of

PRIVATE = frozenset({"person", "witness"})
ONE_WORD = re.compile(r"[A-Z][\w’'-]+")
APPOSED = re.compile(rf"{NAME.pattern}, (?:an?|the|who) ")
LEAST = 3  # signs of a family name that is sought by itself


def private_names(readings: Iterable[Reading]) -> set[str]:
    """The names of private people in readings."""
    held = list(readings)
    public = {_folded(n) for reading in held for n in _public(reading)} | _peoples()
    found = {name for reading in held for name in _people(reading)}
    return {name for name in found if not _is_public(_folded(name), public)}


def _folded(name: str) -> str:
    return name.casefold().removeprefix("the ")


def _is_public(name: str, public: set[str]) -> bool:
    """True for a public name, or the last word of one (“Marrow” of “Mayor Ilse Marrow”)."""
    return name in public or any(p.endswith(f" {name}") for p in public)


def _people(reading: Reading) -> Iterator[str]:
    for source in reading.sources:
        found = NAME.match(source.name) or ONE_WORD.fullmatch(source.name)
        # "Nils Aldermoor, a baker" may have been taken for a group
        described = source.kind == "group" and source.actor is None and APPOSED.match(source.name)
        if found and source.named and (source.kind in PRIVATE or described):
            yield found[0]
    for event in reading.events:
        for each in event.participants:
            who = each.actor
            if who is None or (who.country is None and who.kind in (None, "civilians")):
                for run in NAME.finditer(words_of(reading.report.text, each.text)):
                    yield run[0].removesuffix("’s").removesuffix("'s")


def _public(reading: Reading) -> Iterator[str]:
    """Officials, institutions and places."""
    yield from (s.name for s in reading.sources if s.kind not in PRIVATE)
    yield from (p.name for p in reading.places if p.name)
    yield from (name for name in (reading.report.publisher, reading.report.credit) if name)
    for event in reading.events:
        for each in event.participants:
            if each.actor and (each.actor.country or each.actor.kind not in (None, "civilians")):
                yield each.actor.name


def _peoples() -> set[str]:
    """Countries and peoples in small letters: “North Korean” is nobody's name."""
    rows = [row for row in load_table("countries").values() if isinstance(row, dict)]
    return {
        str(name).casefold()
        for row in rows
        for key in ("names", "demonyms", "peoples")
        for name in (row.get("name"), *row.get(key, ()))
        if name
    }


def hide(names: Iterable[str]) -> Callable[[str], str]:
    """A function that hides names in a text, family names by themselves too.

    These with their capital: “may” is not Mr May.
    """
    held = set(names)
    whole = masker(held)
    last = {words[-1] for name in held if len(words := name.split()) > 1}
    last |= {word.upper() for word in last}
    alone = "|".join(re.escape(word) for word in sorted(last) if len(word) >= LEAST)
    pattern = re.compile(rf"(?<!\w)(?:{alone})(?!\w)") if alone else None

    def hidden(text: str) -> str:
        text = whole(text) if whole else text
        return pattern.sub(lambda m: BLOCK * len(m[0]), text) if pattern else text

    return hidden
