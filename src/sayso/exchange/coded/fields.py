"""The columns of lists and of coded rows: what each may be headed, and what a cell of it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sayso.exchange.coded.table import Raw
from sayso.exchange.columns import CellKind
from sayso.exchange.shapes import acled, ged
from sayso.exchange.shapes.case import ShapeColumn
from sayso.exchange.shapes.shape import ShapeName
from sayso.ledger import ListKind

FormName = Literal["actors", "conflicts", "dyads", "places", "ged", "acled"]
Wanted = Literal["text", "names", "whole", "day", "lat", "lon", "country", "id"]

INCIDENT = "sayso_incident"  # of our own columns, by which a row that left finds its incident again

_HOLDS: dict[CellKind, Wanted] = {"text": "text", "number": "whole", "date": "day"}
_DEGREES: dict[str, Wanted] = {"latitude": "lat", "longitude": "lon"}
# numbers in which some coders write several, or words
_AS_TEXT = frozenset({"priogrid_gid", "country_id", "gwnoa", "gwnob", "interaction"})
# the ends of coded scales; what lies outside is nonsense
SCALES = {
    "type_of_violence": (1, 3), "where_prec": (1, 7), "date_prec": (1, 5), "event_clarity": (1, 2),
    "time_precision": (1, 3), "geo_precision": (1, 3), "year": (1900, 2200),
}  # fmt: skip


class BadCell(ValueError):  # noqa: N818 - a value, said to who typed it
    """A cell that cannot mean what its column holds; the words say why."""


@dataclass(frozen=True, slots=True)
class Form:
    """A table that is known: what its rows are, its columns with what they hold, those needed.

    `spellings` are headings that people give a column, folded.
    """

    name: FormName
    kind: ListKind
    holds: Mapping[str, Wanted]
    needs: tuple[str, ...]
    spellings: Mapping[str, tuple[str, ...]]


def fold(heading: object) -> str:
    """A heading without case, spaces and signs: `Event ID cnty` is `eventidcnty`."""
    return re.sub(r"[\W_]+", "", str(heading)).casefold()


def _list_form(
    name: FormName, kind: ListKind, columns: Mapping[str, tuple[Wanted, str]]
) -> Form:  # fmt: skip
    spellings = {column: (fold(column), *more.split()) for column, (_, more) in columns.items()}
    holds = {column: what for column, (what, _) in columns.items()}
    return Form(name, kind, holds, ("id", "name"), spellings)


def _shape_form(name: ShapeName, columns: Iterable[ShapeColumn], needs: tuple[str, ...]) -> Form:
    holds = {c.name: _DEGREES.get(c.name, _HOLDS[c.kind]) for c in columns}
    holds |= dict.fromkeys(_AS_TEXT & set(holds), "text")
    holds[needs[0]] = "id"
    holds[INCIDENT] = "text"
    return Form(name, "coded", holds, needs, {n: (fold(n),) for n in holds})


FORMS: dict[FormName, Form] = {
    "actors": _list_form("actors", "actor", {
        "id": ("id", "actorid actornewid newid idactor"),
        "name": ("text", "actor actorname namedata nameactor"),
        "aliases": ("names", "alias othernames alsoknownas nameorig namefull"),
        "country": ("country", "iso3 countrycode location"),
        "code": ("text", "inter actortype intercode"),
        "dset_id": ("text", "actordsetid oldid actoroldid"),
    }),
    "conflicts": _list_form("conflicts", "conflict", {
        "id": ("id", "conflictid conflictnewid newid"),
        "name": ("text", "conflict conflictname"),
        "aliases": ("names", "alias othernames"),
        "dset_id": ("text", "conflictdsetid oldid conflictoldid"),
    }),
    "dyads": _list_form("dyads", "dyad", {
        "id": ("id", "dyadid dyadnewid newid"),
        "name": ("text", "dyad dyadname"),
        "side_a": ("text", "sidea sideaname"),
        "side_a_id": ("text", "sideaid sideanewid"),
        "side_b": ("text", "sideb sidebname"),
        "side_b_id": ("text", "sidebid sidebnewid"),
        "conflict_id": ("text", "conflictid conflictnewid"),
        "type_of_violence": ("whole", "typeofviolence"),
        "dset_id": ("text", "dyaddsetid oldid dyadoldid"),
    }),
    "places": _list_form("places", "place", {
        "id": ("id", "placeid locationid idplace"),
        "name": ("text", "place placename location locationname wherecoordinates"),
        "aliases": ("names", "alias othernames alternatenames asciiname"),
        "country": ("country", "iso3 countrycode"),
        "admin1": ("text", "adm1 admin1name province"),
        "admin2": ("text", "adm2 admin2name district"),
        "admin3": ("text", "adm3 admin3name"),
        "lat": ("lat", "latitude"),
        "lon": ("lon", "long lng longitude"),
        "gazetteer_id": ("text", "geonamesid geonameid gazetteer"),
    }),
    "ged": _shape_form("ged", ged.COLUMNS, ("id", "date_start")),
    "acled": _shape_form("acled", acled.COLUMNS, ("event_id_cnty", "event_date")),
}  # fmt: skip
# Of these one tells a list from another; the first that fits is meant.
_SIGNS: tuple[tuple[FormName, tuple[tuple[str, ...], ...]], ...] = (
    ("acled", (("eventidcnty",), ("eventdate", "subeventtype"))),
    ("ged", (("typeofviolence", "datestart"), ("wherecoordinates", "datestart", "best"))),
    ("dyads", (
        ("dyadid",), ("dyadnewid",), ("sidea", "sideb"), ("sideaid", "sidebid"),
    )),
    ("conflicts", (("conflictid",), ("conflictnewid",), ("conflictname",))),
    ("actors", (("actorid",), ("actornewid",))),  # UCDP's list of them has a column `Location`
    ("places", (("latitude",), ("lat",), ("placeid",), ("locationid",), ("place",), ("location",))),
    ("actors", (("actor",), ("actorname",), ("inter",), ("name", "country", "code"))),
)  # fmt: skip


def recognise(headings: list[str]) -> FormName | None:
    """Which table a row of headings belongs to; None where nothing tells."""
    held = {fold(h) for h in headings}
    for name, signs in _SIGNS:
        if any(held.issuperset(sign) for sign in signs):
            return name
    return None


_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_SIGNED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_WORDED = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})|"
                     r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})")  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LONGEST = 20_000  # characters of a cell that is kept


def read_cell(value: Raw, holds: Wanted, column: str) -> object:
    """What a cell holds, as the column wants it; raises BadCell with words where it cannot."""
    if value is None:
        return None
    match holds:
        case "day":
            return _day(value)
        case "whole":
            number = _number(value)
            if number != int(number):
                raise BadCell(f"{value!s:.60} is no whole number")
            low, high = SCALES.get(column, (0, 10**12))
            if not low <= number <= high:
                raise BadCell(f"{value!s:.60} is not between {low} and {high}")
            return int(number)
        case "lat" | "lon":
            most = 90 if holds == "lat" else 180
            if abs(degree := _number(value)) > most:
                raise BadCell(f"{value!s:.60} is no degree")
            return degree
        case "names":
            return [n for part in re.split(r"[;|\n]", _text(value)) if (n := part.strip())]
        case "id":
            return _text(value)[:200]
        case _:
            return _text(value)


def _text(value: Raw) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(str(value).split())[:LONGEST]


def _number(value: Raw) -> float:
    """A number; one with a comma is refused, for nobody knows whether it parts thousands."""
    if isinstance(value, bool | date):
        raise BadCell(f"{value!s:.60} is no number")
    if isinstance(value, int | float):
        return value
    try:
        number = float(str(value))
    except ValueError:
        raise BadCell(f"{value!s:.60} is no number") from None
    if not abs(number) < 1e15:  # nor is inf or nan one
        raise BadCell(f"{value!s:.60} is no number")
    return number


def _day(value: Raw) -> str:
    """A day in ISO 8601. One typed as text is taken where it can mean one day alone."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    parts: tuple[int, int, int] | None = None
    if found := _DAY.fullmatch(text):
        parts = int(found[1]), int(found[2]), int(found[3])
    elif found := _SIGNED.fullmatch(text):
        parts = _one_day(int(found[1]), int(found[2]), int(found[3]))
    elif found := _WORDED.fullmatch(text):
        day, month, year = (found[1], found[2], found[3]) if found[1] else (
            found[5], found[4], found[6])  # fmt: skip
        if month[:3].casefold() in _MONTHS:
            parts = int(year), _MONTHS.index(month[:3].casefold()) + 1, int(day)
    try:
        return date(*parts).isoformat() if parts else _no_day(text)
    except ValueError:
        return _no_day(text)


def _one_day(first: int, second: int, year: int) -> tuple[int, int, int] | None:
    """The day of 13/12/2024 or 12/13/2024; None of 03/04/2024, which may be two days."""
    if first > 12 or first == second:
        return year, second, first
    return (year, first, second) if second > 12 else None


def _no_day(text: str) -> str:
    raise BadCell(f"{text:.60} is no day that can be told: type it as a date, 2024-12-27")
