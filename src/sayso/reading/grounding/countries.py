"""Countries: names, demonyms, abbreviations, capitals and palaces to one table of our own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory of the table; `iso3` is ISO 3166-1 alpha-3."""

    iso3: str
    iso2: str
    name: str
    capital: str | None
    gw: int | None


def find_country(words: str) -> Country | None:
    """The country that the words as a whole name: a name, demonym or abbreviation."""
    return None


def country_of(words: str) -> str | None:
    """The ISO 3166-1 alpha-3 code of the first country that stands anywhere in the words."""
    return None
