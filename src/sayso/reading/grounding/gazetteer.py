"""The gazetteer: names to the places that bear them.

Three layers answer together: the country table (lexicon/countries.toml), our supplement
(lexicon/places.toml: regions, seas, contested places, sites, villages), and one prebuilt SQLite
file of divisions and towns (training/build_gazetteer.py, data from GeoNames, CC BY 4.0).
"""

from __future__ import annotations

import functools
import sqlite3
import weakref
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from sayso.errors import LexiconError
from sayso.lexicon.load import load_table
from sayso.reading.grounding.countries import Country, country_by_code, find_form
from sayso.reading.grounding.names import drop_possessive, fold_name

Kind = Literal[
    "country", "adm1", "adm2", "city", "continent", "area", "region", "water", "site", "village"
]  # fmt: skip

_SECTIONS: tuple[tuple[str, Kind], ...] = (
    ("continent", "continent"), ("area", "area"), ("region", "region"), ("state", "adm1"),
    ("water", "water"), ("site", "site"), ("village", "village"),
)  # fmt: skip
_KINDS: dict[int, Kind] = {1: "adm1", 2: "adm2", 3: "city"}
_SCALE = 1000
_REMEMBERED = 20_000  # names kept in memory; a long run over many reports stays small
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer. `id` as on the wire, `geonames:538555` or `sayso:donbas`.

    `admin1` and `admin2` are the GeoNames numbers of the divisions that it lies in.
    """

    id: str
    name: str
    kind: Kind
    country: str | None
    admin1: int | None
    admin2: int | None
    lat: float | None
    lon: float | None
    population: int

    @property
    def number(self) -> int | None:
        """The GeoNames number, None for a place of the supplement that has none."""
        scheme, _, number = self.id.partition(":")
        return int(number) if scheme == "geonames" else None


class Gazetteer:
    """Looks names up; opens in a few milliseconds, only reads, and remembers what it was asked."""

    def __init__(self, path: Path | None = None) -> None:
        own = resources.files("sayso.reading.grounding").joinpath("gazetteer.sqlite")
        self.path = path or Path(str(own))
        if not self.path.is_file():
            raise LexiconError(
                str(self.path), None, "the gazetteer is missing",
                "install sayso again, or run training/build_gazetteer.py",
            )  # fmt: skip
        # immutable: no locks and no journal, so that it can lie on a read-only disk
        self._db = sqlite3.connect(
            f"{self.path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        weakref.finalize(self, self._db.close)  # Python 3.13 warns of files left open
        self._names: dict[str, tuple[Entry, ...]] = {}
        self._numbers: dict[int, Entry | None] = {}

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def find(self, name: str) -> tuple[Entry, ...]:
        """The places that bear a name, any case and accents; none where none does.

        Countries come first, then the supplement, then divisions and towns by their number of
        people. A demonym, a palace or a bare abbreviation of a state is no name of a place.
        """
        bare = drop_possessive(name)
        if not 1 < len(bare) <= _LONGEST_NAME:
            return ()
        known = self._names.get(bare)
        if known is None:
            if len(self._names) > _REMEMBERED:
                self._names.clear()
            known = self._names[bare] = self._find(bare)
        return known

    def _find(self, bare: str) -> tuple[Entry, ...]:
        found: dict[str, Entry] = {}
        form = find_form(bare)
        if form and form[1] == "name":
            entry = _country_entry(form[0])
            found[entry.id] = entry
        folded = fold_name(bare)
        for entry in _supplement().get(folded, ()):
            found.setdefault(entry.id, entry)
        rows = self._db.execute(
            "SELECT place.* FROM name JOIN place USING (id) WHERE name.name = ?"
            " ORDER BY people DESC, id",
            (folded,),
        )
        for row in rows:
            entry = self._entry(row)
            own = found.get(entry.id)
            # the supplement's name and middle, the file's people: Georgia, Crimea
            found[entry.id] = replace(own, population=entry.population) if own else entry
        return tuple(found.values())

    def find_state(self, abbreviation: str) -> Entry | None:
        """The state or province of an abbreviation, taken letter for letter (`Ky.`, `OH`)."""
        return _abbreviations().get(abbreviation)

    def by_number(self, number: int) -> Entry | None:
        """The place with a GeoNames number, None where the file has none."""
        if number not in self._numbers:
            if len(self._numbers) > _REMEMBERED:
                self._numbers.clear()
            row = self._db.execute("SELECT * FROM place WHERE id = ?", (number,)).fetchone()
            own = _supplement_by_number().get(number)
            self._numbers[number] = own or (self._entry(row) if row else None)
        return self._numbers[number]

    def admin1_name(self, entry: Entry) -> str | None:
        """The name of the first-level division that a place lies in, or is."""
        if entry.kind == "adm1":
            return entry.name
        within = self.by_number(entry.admin1) if entry.admin1 else None
        return within.name if within else None

    @staticmethod
    def _entry(row: tuple[Any, ...]) -> Entry:
        number, name, kind, code, adm1, adm2, lat, lon, people = row
        country = country_by_code(code)
        return Entry(
            f"geonames:{number}", name, _KINDS[kind], country.iso3 if country else None, adm1, adm2,
            None if lat is None else lat / _SCALE, None if lon is None else lon / _SCALE, people,
        )  # fmt: skip


def _country_entry(country: Country) -> Entry:
    return Entry(
        f"geonames:{country.geonames}", country.name, "country", country.iso3, None, None,
        country.lat, country.lon, 0,
    )  # fmt: skip


def _supplement_entry(key: str, kind: Kind, row: dict[str, Any]) -> Entry:
    try:
        lat, lon = row["at"]
        number = row.get("geonames")
        return Entry(
            f"geonames:{number}" if number else f"sayso:{key}", str(row["name"]), kind,
            row.get("country"), None, None, float(lat), float(lon), 0,
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise LexiconError(
            "places.toml", None, f"{key}: name or at is missing or wrong",
            'write it as key = { name = "…", at = [lat, lon] }',
        ) from error  # fmt: skip


def _rows() -> list[tuple[str, Kind, dict[str, Any]]]:
    table = load_table("places")
    return [
        (key, kind, row) for name, kind in _SECTIONS for key, row in table.get(name, {}).items()
    ]


@functools.cache
def _supplement() -> dict[str, tuple[Entry, ...]]:
    found: dict[str, tuple[Entry, ...]] = {}
    for key, kind, row in _rows():
        entry = _supplement_entry(key, kind, row)
        for name in {fold_name(drop_possessive(n)) for n in (row["name"], *row.get("names", ()))}:
            found[name] = (*found.get(name, ()), entry)
    return found


@functools.cache
def _supplement_by_number() -> dict[int, Entry]:
    entries = (_supplement_entry(*row) for row in _rows())
    return {e.number: e for e in entries if e.number is not None}


@functools.cache
def _abbreviations() -> dict[str, Entry]:
    return {
        short: _supplement_entry(key, kind, row)
        for key, kind, row in _rows()
        for short in row.get("short", ())
    }
