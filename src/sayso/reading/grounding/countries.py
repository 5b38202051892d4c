"""Countries: names, demonyms, abbreviations, capitals and palaces to one table of our own.

The table is lexicon/countries.toml. A form written in capitals (US, UAE, DPRK) is found only in
capitals, dots or none: `us` is a pronoun. Any other form is found in any case as long as its first
letter is a capital, since `turkey` and `chad` are words.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sayso.errors import LexiconError
from sayso.lexicon.load import load_table
from sayso.reading.grounding.names import drop_possessive, fold_name

# How a form stands for its country; the order is that of trust where one form has two meanings
# ("Singapore" is a country before it is a capital).
Form = Literal["name", "demonym", "people", "metonym", "capital"]

# `Iran-backed Houthi rebels` are Yemen's, `a London-based monitor` is nobody's.
PASSED_OVER = frozenset(
    "backed based installed controlled held occupied funded supported aligned allied born made "
    "trained bound registered flagged speaking administered wide".split()
)
_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*\.?")
_LONGEST = 7
_LONGEST_FORM = 80
_ABBREVIATION = re.compile(r"(?:[A-Z]\.?){2,5}\Z")
_NEXT_IS_STATE = frozenset("gov governor state senator sen rep".split())


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory of the table; `iso3` is ISO 3166-1 alpha-3."""

    iso3: str
    iso2: str
    name: str
    capital: str | None
    lat: float
    lon: float
    geonames: int
    also_a_name: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A form of a country inside some words: `[start, end)` of them, and how it stands for it."""

    start: int
    end: int
    country: Country
    form: Form


@dataclass(frozen=True, slots=True)
class _Table:
    forms: dict[str, tuple[Country, Form]]
    abbreviations: dict[str, tuple[Country, Form]]
    by_code: dict[str, Country]


def _plural(word: str) -> str | None:
    """The plural of a demonym (`Iraqi` → `Iraqis`); None for those that take none (`Chinese`)."""
    takes_none = word.endswith(("ese", "ish", "ch", "sh", "s", "men"))
    return None if takes_none else f"{word}s"


def _country(code: str, row: dict[str, object]) -> Country:
    try:
        return Country(
            code, str(row["iso2"]), str(row["name"]),
            str(row["capital"]) if "capital" in row else None,
            float(str(row["lat"])), float(str(row["lon"])), int(str(row["geonames"])),
            bool(row.get("also_a_name", False)),
        )  # fmt: skip
    except (KeyError, ValueError) as error:
        raise LexiconError(
            "countries.toml", None, f"[{code}] lacks or misstates {error}",
            "give iso2, name, lat, lon and geonames",
        ) from error  # fmt: skip


def _forms_of(row: dict[str, list[str] | str]) -> Iterator[tuple[Form, str]]:
    yield "name", str(row["name"])
    for key, form in (("names", "name"), ("demonyms", "demonym"), ("peoples", "people"),
                      ("metonyms", "metonym")):  # fmt: skip
        for word in row.get(key, ()):
            yield form, word  # type: ignore[misc]
            if form in ("demonym", "people") and (plural := _plural(word)):
                yield form, plural  # type: ignore[misc]
    if "capital" in row and not row.get("weak_capital"):
        yield "capital", str(row["capital"])
    for word in row.get("capitals", ()):
        yield "capital", word


@functools.cache
def _table() -> _Table:
    table = _Table({}, {}, {})
    waiting: list[tuple[Form, str, Country]] = []
    for code, row in load_table("countries").items():
        country = _country(code, row)
        table.by_code[code] = table.by_code[country.iso2] = country
        waiting += [(form, word, country) for form, word in _forms_of(row)]
    order = ("name", "demonym", "people", "metonym", "capital")
    for form, word, country in sorted(waiting, key=lambda w: order.index(w[0])):
        if _ABBREVIATION.match(word):
            table.abbreviations.setdefault(word.replace(".", ""), (country, form))
        else:
            table.forms.setdefault(_fold(word), (country, form))
    return table


def _fold(words: str) -> str:
    return fold_name(drop_possessive(words))


def find_form(words: str) -> tuple[Country, Form] | None:
    """The country that the words as a whole stand for and how: `the Kremlin` is a metonym."""
    if len(words) > _LONGEST_FORM:  # hostile text: a megabyte is no name
        return None
    return _find_form(words)


@functools.lru_cache(maxsize=8192)
def _find_form(words: str) -> tuple[Country, Form] | None:
    bare = drop_possessive(words)
    table = _table()
    if bare.isupper() and (found := table.abbreviations.get(bare.replace(".", ""))):
        return found
    if not (bare[:1].isupper() or bare[:1].isdigit()):  # 10 Downing Street
        return None
    return table.forms.get(fold_name(bare))


def country_by_code(code: str) -> Country | None:
    """The country of an ISO 3166-1 alpha-3 or alpha-2 code."""
    return _table().by_code.get(code)


def mentions_of(words: str) -> list[Mention]:
    """Every form of a country in the words, longest first at each place, none overlapping."""
    tokens = [(m.start(), m.end()) for m in _WORD.finditer(words)]
    found: list[Mention] = []
    at = 0
    while at < len(tokens):
        may_start = words[tokens[at][0]].isupper() or words[tokens[at][0]].isdigit()
        for length in range(min(_LONGEST, len(tokens) - at), 0, -1) if may_start else ():
            start, end = tokens[at][0], tokens[at + length - 1][1]
            hit = find_form(words[start:end]) or find_form(words[start:end].rstrip("."))
            if hit and not _is_another(words, start, end, *hit):
                found.append(Mention(start, end, *hit))
                at += length - 1
                break
        at += 1
    return found


def _is_another(words: str, start: int, end: int, country: Country, form: Form) -> bool:
    """True where the words around make the form part of another name."""
    before = words[max(0, start - 40) : start].split()[-1:]  # all of it would be quadratic
    after = words[end : end + 20].lstrip(" ").split()[:1]
    if before and before[0] in ("New", "Papua") and form == "name":
        return True  # New Mexico, New Jersey
    if country.iso3 == "GEO" and form == "name" and after:
        return after[0].rstrip(".").casefold() in _NEXT_IS_STATE  # Georgia Gov. Brian Kemp
    if not (country.also_a_name and form == "name" and before):
        return False
    # Michael Jordan; but `Southern Jordan`, `in Jordan`
    return before[0][:1].isupper() and not before[0].endswith((",", "ern", "."))
