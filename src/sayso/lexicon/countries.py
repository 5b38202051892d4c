"""Codes of countries that people write, held against the table of countries."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from sayso.errors import UsageError, nearest
from sayso.lexicon.load import load_table

LONGEST = 60  # signs of a name that are looked at


def check_country(code: object) -> None:
    """Raises UsageError for what is no code of a country, with the one that may be meant.

    A code that no country has is as wrong as a name: nobody would find what stands under `XQZ`.
    """
    if not (isinstance(code, str) and code in load_table("countries")):
        said = str(code)[:LONGEST]
        raise UsageError(f"{said} is no code of ISO 3166-1 alpha-3{_meant(said.casefold())}")


def names_of_countries() -> Iterator[tuple[str, str]]:
    """Each name of a country with its code: *Sudan*, SDN; not its people's (*Sudanese*)."""
    for code, row in load_table("countries").items():
        yield from ((name, code) for name in (row["name"], *row.get("names", ())))


def _meant(words: str) -> str:
    """Which country words call so, or nearly so; nothing where none is."""
    codes = _codes()
    name = {code: row["name"] for code, row in load_table("countries").items()}
    if code := codes.get(words.strip()):
        return f"; {name[code]} is {code}"
    return "".join(f"; {name[codes[near]]} is {codes[near]}" for near in nearest(words, codes, 1))


@functools.cache
def _codes() -> dict[str, str]:
    """Codes by what a country is called in lower case: codes and names, then its people."""
    rows = load_table("countries").items()
    called = [(w, code) for code, row in rows for w in (code, row["iso2"], row["name"])]
    called += [(w, code) for key in ("names", "demonyms") for code, row in rows
               for w in row.get(key, ())]  # fmt: skip
    return {word.casefold(): code for word, code in reversed(called)}
