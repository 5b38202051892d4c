"""A coder with 60 reports: from `sayso add` to a filled sheet in ACLED's shape, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sayso.cli.main import run
from sayso.exchange.formats.filling import OWN

pytestmark = pytest.mark.slow
WIRES = ("Fjordwire", "Harbour Press", "Northlight Press")
PLACES = (
    ("Porto", "Portugal"), ("Kassala", "Sudan"), ("Kharkiv", "Ukraine"), ("Mosul", "Iraq"),
    ("Quetta", "Pakistan"), ("Maiduguri", "Nigeria"), ("Herat", "Afghanistan"), ("Aleppo", "Syria"),
    ("Goma", "Democratic Republic of the Congo"), ("Mekelle", "Ethiopia"), ("Aden", "Yemen"),
    ("Tripoli", "Libya"), ("Medellin", "Colombia"), ("Davao", "Philippines"), ("Tyre", "Lebanon"),
    ("Gao", "Mali"), ("Bria", "Central African Republic"), ("Kismayo", "Somalia"),
    ("Mandalay", "Myanmar"), ("Srinagar", "India"),
)  # fmt: skip
BODIES = (
    "{dead} people were killed and {hurt} wounded when a shell hit a bus station in {place} on "
    "{day}, the health ministry said.\n\nAmbulances were slow to arrive, witnesses said.",
    "At least {more} people were killed when a shell hit a bus station in {place}, {country}, on "
    "{day}, the fire brigade said on {next_day}. It said that the toll could rise.",
    "Rescuers went on clearing a bus station in {place} that a shell hit on {day}. {dead} people "
    "were killed, the health ministry said. The mayor called for blood donors.",
)
HEADS = (
    "Shell kills {dead} at bus station in {place}",
    "Toll of {place} bus station shelling disputed",
    "Rescuers clear {place} bus station",
)
WORDS = ("Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


@dataclass(frozen=True)
class Happened:
    """What the reports of one place tell."""

    place: str
    country: str
    day: date
    dead: int


def happened(n: int) -> Happened:
    """The n-th shelling: another place, a day of its own, three to nine dead."""
    place, country = PLACES[n]
    return Happened(place, country, date(2024, 5, 2) + timedelta(days=6 * n), 3 + n % 7)


def report_of(told: Happened, which: int) -> str:
    """The report of one of three wires."""
    published = told.day + timedelta(days=which)
    words = {
        "place": told.place, "country": told.country, "dead": WORDS[told.dead - 3],
        "more": told.dead + 5, "hurt": told.dead + 2, "day": f"{told.day:%A}",
        "next_day": f"{told.day + timedelta(days=1):%A}",
    }  # fmt: skip
    head = HEADS[which].format(**{**words, "dead": words["dead"].lower()})
    line = (
        f"{told.place.upper()}, {published:%B} {published.day}, {published.year} ({WIRES[which]})"
    )
    return f"{head}\n\n{line} - {BODIES[which].format(**words)}\n"


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook, made by two commands."""
    folder = tmp_path_factory.mktemp("sixty")
    files = []
    for n in range(len(PLACES)):
        for which in range(len(WIRES)):
            path = folder / f"{n:02}-{which}.txt"
            path.write_text(report_of(happened(n), which), "utf-8")
            files.append(str(path))
    assert len(files) == 60
    ledger = f"sqlite:///{folder / 'desk.db'}"
    assert run(["add", "--ledger", ledger, *files]) == 0
    made = folder / "acled.xlsx"
    assert run(["export", "acled", "--ledger", ledger, "--out", str(made)]) == 0
    return made


def rows_of(path: Path, sheet: str) -> list[dict[str, Any]]:
    """A sheet's rows by heading."""
    header, *rows = load_workbook(path)[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def test_each_shelling_is_a_row(sheet: Path) -> None:
    """Day, place, country, type and the conservative count are as they were made up."""
    rows = {row["location"]: row for row in rows_of(sheet, "acled") if row["fatalities"]}
    for n in range(len(PLACES)):
        told, row = happened(n), rows[PLACES[n][0]]
        assert row["event_date"].date() == told.day
        assert (row["time_precision"], row["year"]) == (1, 2024)
        assert row["fatalities"] == told.dead
        assert row["event_type"] == "Explosions/Remote violence"
        assert row["sayso_reports"] == 3
        assert f"{told.dead + 5}" in row["notes"]


def test_every_filled_cell_is_traced_to_words(sheet: Path) -> None:
    """Each leads to a line of words that names a report, or to the ledger's own clock."""
    book = load_workbook(sheet)
    header = [cell.value for cell in book["acled"][1]]
    words = [[cell.value for cell in row] for row in book["words"].iter_rows()]
    filled = 0
    for row in book["acled"].iter_rows(min_row=2):
        for name, cell in zip(header[: -len(OWN)], row, strict=False):
            if cell.value is None:
                assert cell.hyperlink is None
                continue
            assert cell.hyperlink is not None, (name, cell.value)
            line = words[int(str(cell.hyperlink.location).rpartition("!A")[2]) - 1]
            assert line[1] == row[header.index("sayso_incident")].value
            assert line[12]
            assert name == "timestamp" or str(line[0]).startswith("c")
            filled += 1
    assert filled >= 18 * len(PLACES)


def test_what_is_needed_and_empty_is_named(sheet: Path) -> None:
    """No more and no less than the needed cells that hold nothing."""
    for row in rows_of(sheet, "acled"):
        for column in row["sayso_empty"].split():
            assert row[column] is None
        assert "event_id_cnty" in row["sayso_empty"]
