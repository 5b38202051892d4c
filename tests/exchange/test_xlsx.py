"""What leaves as a workbook and as CSV, read back by openpyxl and by csv."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from sayso.exchange.book_out import MOST, cell_value
from sayso.exchange.columns import BY_NAME, COLUMNS, Told
from sayso.exchange.csv_out import write_csv
from sayso.exchange.gather import WORDS, gather
from sayso.exchange.leaving import Asked
from sayso.exchange.xlsx_out import write_xlsx
from sayso.incidents.view import view_incident
from sayso.ledger import Filters, Ledger

HOSTILE = (
    "=1+1",
    "+A1",
    "-cmd|'/C calc'!A0",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "a\x1b[31m",
    "\u202e",
)


def rows_of(content: bytes, sheet: str = "incidents") -> list[dict[str, Any]]:
    """A sheet's rows by their headings."""
    header, *rows = load_workbook(io.BytesIO(content))[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def test_figures_dates_and_origins_are_as_the_ledger_says(held: Ledger, book: bytes) -> None:
    """Each row read back by openpyxl: numbers are numbers, days dates, unknown cells empty."""
    rows = rows_of(book)
    assert len(rows) == len(held.incidents())
    for row in rows:
        view = view_incident(held, row["incident"])
        cells = {c.measure: c for c in Told(view, (), "most_recent").cells}
        for measure in ("killed", "wounded", "abducted", "captured"):
            cell = cells.get(measure)
            told = [row[f"{measure}_{bound}"] for bound in ("low", "best", "high")]
            assert told == ([cell.low, cell.best, cell.high] if cell else [None] * 3)
            assert (row[f"{measure}_claims"] or "").split() == list(cell.claims if cell else ())
        days = [d.date().isoformat() if d else None for d in (row["start"], row["end"])]
        assert days == ([view.time.start, view.time.end] if view.time else [None, None])
        assert row["date_precision"] == (view.time.precision if view.time else None)
        assert (row["origins_min"], row["origins_max"]) == (view.at_least, view.at_most)
        assert (row["reports"], row["texts"]) == (view.reports, view.texts)
        assert row["status"] == "machine-read"


def test_a_month_stays_a_month_and_a_town_no_point(held: Ledger) -> None:
    """A month is no day: both its ends and the precision; a town's middle is on no map."""
    (taken,) = [r.incident for r in held.incidents() if "abducted" in r.figures]
    month = {"start": "2024-06-01", "end": "2024-06-30", "precision": "month", "basis": "given"}
    held.judge("correct", taken, by="tests", reason="June", field="time", new=month)
    rows = {r["incident"]: r for r in rows_of(write_xlsx(gather(held, Asked())))}
    assert rows[taken]["date_precision"] == "month"
    assert (rows[taken]["start"].day, rows[taken]["end"].day) == (1, 30)
    for row in rows.values():
        assert row["place"]
        assert (row["lat"], row["lon"]) == (None, None)


def test_a_cell_leads_to_its_words(book: bytes) -> None:
    """The link of a figure ends at a row of the sheet words that is one of its claims."""
    loaded = load_workbook(io.BytesIO(book))
    at = {c.value: c.column for c in loaded["incidents"][1]}
    cell = loaded["incidents"].cell(2, at["killed_best"])
    for row in loaded["incidents"].iter_rows(min_row=2):
        cell = row[at["killed_best"] - 1]
        if cell.value is None:
            assert cell.hyperlink is None
            continue
        assert cell.hyperlink is not None
        assert cell.hyperlink.location is not None
        line = int(cell.hyperlink.location.rpartition("!A")[2])
        words = loaded["words"]
        assert words.cell(line, 1).value in row[at["killed_claims"] - 1].value.split()
        assert words.cell(line, 2).value == row[0].value


def test_words_stand_where_their_offsets_say(held: Ledger) -> None:
    """The offsets of a row are of the report's text as given."""
    export = gather(held, Asked(unmasked=True))
    assert export.words
    for line in export.words:
        row = dict(zip(WORDS, line, strict=True))
        text = held.reading(str(row["report"])).report.text
        spans = [map(int, s.split("-")) for s in str(row["offsets"]).split("; ")]
        assert row["words"] is not None
        assert text[slice(*spans[0])].split()[0] in row["words"]


def test_the_dispute_is_drafted_from_what_was_said(book: bytes) -> None:
    """Each speaker with its own words, the verdict at the end; nothing where nobody differs."""
    (shelling,) = [r for r in rows_of(book) if r["killed_best"]]
    assert "“At least 11”" in shelling["note"]
    assert "ministry" in shelling["note"]
    assert shelling["note"].startswith("Killed: ")
    (taken,) = [r for r in rows_of(book) if r["abducted_best"]]
    assert taken["note"] is None


def test_the_policy_is_named_and_chosen(held: Ledger) -> None:
    """Another policy makes other cells, and the sheet about says which."""
    found = {}
    for policy in ("lowest", "highest"):
        content = write_xlsx(gather(held, Asked(policy=policy)))
        about = dict(load_workbook(io.BytesIO(content))["about"].iter_rows(values_only=True))
        assert about["policy of the figures"] == policy
        assert about["ledger"] == held.head().ledger
        assert all(f"incidents: {c.name}" in about for c in COLUMNS)
        found[policy] = [r["killed_best"] for r in rows_of(content) if r["killed_best"]]
    assert found == {"lowest": [4], "highest": [11]}


def test_filters_choose_rows(held: Ledger) -> None:
    """Those of `sayso incidents`; as known before anything was, there is nothing."""
    assert len(gather(held, Asked(Filters(place="Kassala"))).rows) == 1
    assert gather(held, Asked(Filters(as_known_at="2020-01-01"))).rows == ()


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_cell_acts(hostile: str) -> None:
    """What a spreadsheet would run or a terminal obey is text."""
    value = cell_value(hostile)
    assert value[0] not in "=+-@\t\r＝"
    assert not set(value) & set("\x1b\u202e\r\t")


def test_a_long_cell_is_cut_with_a_sign() -> None:
    """A workbook's cell has an end; U+FFFE, which no XML holds, is replaced."""
    assert len(cell_value("a" * 40_000)) == MOST
    assert cell_value("a" * 40_000).endswith("…")
    assert cell_value("a\ufffeb\ud800") == "a\ufffdb<U+D800>"


def test_csv_has_the_same_cells_behind_a_mark(held: Ledger, book: bytes) -> None:
    """Excel knows the encoding by the mark; days are ISO 8601, unknown is empty."""
    text = write_csv(gather(held, Asked()))
    assert text[0] == "\ufeff"
    rows = list(csv.DictReader(io.StringIO(text[1:], newline="")))
    assert list(rows[0]) == [c.name for c in COLUMNS]
    for row, cells in zip(rows, rows_of(book), strict=True):
        for name, value in cells.items():
            if isinstance(value, datetime):
                value = value.date().isoformat()  # noqa: PLW2901 - as CSV has it
            assert row[name] == ("" if value is None else str(value))


def test_private_people_are_masked_unless_asked(held: Ledger) -> None:
    """The baker's name is blocks in every sheet and in CSV; the ministry and places are not."""
    shut, bare = gather(held, Asked()), gather(held, Asked(unmasked=True))
    for export, shown in ((shut, False), (bare, True)):
        loaded = load_workbook(io.BytesIO(write_xlsx(export)))
        held_cells = [str(v) for s in loaded for r in s.iter_rows(values_only=True) for v in r]
        assert any("Aldermoor" in cell for cell in held_cells) is shown
        assert ("Aldermoor" in write_csv(export)) is (shown and "Aldermoor" in write_csv(bare))
        assert any("ministry" in cell for cell in held_cells)
        assert "Porto" in held_cells


def test_every_column_says_what_it_means() -> None:
    """In a sentence, under a name that stands once."""
    assert len(BY_NAME) == len(COLUMNS)
    assert all(c.means for c in COLUMNS)
