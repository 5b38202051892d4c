"""CSV: one row a claim, safe to open."""

from __future__ import annotations

import csv
import dataclasses
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.cli.output.csv import COLUMNS, Csv
from sayso.record import Reading, Source
from sayso.record.cells import safe_cell


def _rows(*readings: Reading) -> list[dict[str, str]]:
    printer = Csv()
    text = "".join(printer.put(r) for r in readings) + printer.end()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_claim_is_a_row(reading: Reading) -> None:
    """Each claim of each reading, under one header."""
    rows = _rows(reading, reading)
    assert len(rows) == 2 * len(reading.claims)
    assert list(rows[0]) == list(COLUMNS)


def test_a_row_holds_what_the_claim_holds(reading: Reading) -> None:
    """Speaker, date, event, place and figure of the second claim."""
    row = _rows(reading)[1]
    expected = {
        "report": "pier.txt", "publisher": "The Northern Ledger", "credit": "Fjordwire",
        "published": "2025-03-11", "published_basis": "found", "claim": "2", "claim_id": "c2",
        "content": "armed men took two guards at Odda pier", "speaker": "Port officials",
        "chain": "Port officials", "quotation": "indirect", "said_start": "2025-03-11",
        "certainty": "stated", "certainty_words": "Port officials say so", "polarity": "positive",
        "event_type": "abduction", "event_trigger": "took", "event_negated": "no",
        "event_start": "2025-03-11",
        "participants": "agent: armed men + patient: two guards at Odda [NOR police]",
        "place": "Odda pier", "country": "NOR",
        "gazetteer_id": "geonames:3144096", "lat": "60.07", "lon": "6.55",
        "figure": "two guards at",
        "figure_best": "2", "figure_counts": "abducted", "figure_bound": "exact",
    }  # fmt: skip
    assert {k: row[k] for k in expected} == expected


def test_a_nested_source_stands_in_the_chain(reading: Reading) -> None:
    """The chain holds all hops in the text, by their full names; the speaker is the outermost."""
    row = _rows(reading)[2]
    assert row["chain"] == "the Harbour Patrol Service (HPS) › a friendly coastal service"
    assert row["speaker"] == "the Harbour Patrol Service (HPS)"
    assert (row["figure_low"], row["figure_high"]) == ("", "40")


def test_the_reports_own_voice_has_no_speaker(reading: Reading) -> None:
    """Empty, not the publisher: nobody was quoted."""
    row = _rows(reading)[0]
    assert (row["speaker"], row["chain"], row["quotation"]) == ("", "", "")


def test_values_of_several_events_keep_their_places(reading: Reading) -> None:
    """The second event's date stands second, an unknown one leaves its place empty."""
    claim = dataclasses.replace(reading.claims[1], events=("e3", "e2"))
    row = _rows(dataclasses.replace(reading, claims=(claim,)))[0]
    assert row["event_type"] == "displacement; abduction"
    assert row["event_start"] == "; 2025-03-11"


@pytest.mark.parametrize("lead", list("=+-@\t\r\n＝＋－＠"))
def test_no_cell_is_a_formula(reading: Reading, lead: str) -> None:
    """A speaker called `=1+1` is text in any spreadsheet."""
    source = Source("s1", f"{lead}1+1", "person", named=True, actor=None, mentions=())
    row = _rows(dataclasses.replace(reading, sources=(source,)))[1]
    assert row["speaker"].startswith("'")


def test_a_formula_in_the_text_is_no_formula(reading: Reading) -> None:
    """Nor one that a report holds as its words."""
    assert _rows(reading)[5]["content"].startswith("'=cmd")


def test_a_negative_number_stays_a_number() -> None:
    """A longitude west of Greenwich is not text."""
    assert safe_cell(-58.38) == "-58.38"
    assert safe_cell("-58.38") == "-58.38"
    assert safe_cell(-3.0) == "-3"
    assert safe_cell("-inf") == "'-inf"
    assert safe_cell("-1+2") == "'-1+2"


@given(st.text())
def test_any_cell_is_safe_and_one_line(text: str) -> None:
    """Whatever the text, the cell starts no formula and holds no control."""
    cell = safe_cell(text)
    assert not any(ord(c) < 32 for c in cell)
    assert not cell.startswith(("=", "@", "＝", "＋"))


def test_lines_end_as_the_standard_says(reading: Reading) -> None:
    """RFC 4180: CRLF, and as many cells in each row as in the header; no byte order mark."""
    text = Csv().put(reading)
    assert text.startswith("report,")
    assert text.endswith("\r\n")
    assert {len(row) for row in csv.reader(io.StringIO(text, newline=""))} == {len(COLUMNS)}
