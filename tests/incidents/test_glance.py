"""A row at a glance: figures by speaker, speakers, flags; and what is new between two rows."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.incidents.batch import Linking
from sayso.incidents.changes import Change, changes_between
from sayso.incidents.figures_list import list_figures
from sayso.intake import make_capture
from sayso.ledger import Filters, IncidentRow, Ledger
from sayso.page import find_reports
from sayso.reading.reader import Reader
from sayso.record import When

POLICE = (
    "An air strike killed 12 people at a market in Kaduna, Nigeria, on Monday, police said. "
    "Shops were on fire for hours."
)
GOVERNOR = (
    "An air strike killed at least 20 people at a market in Kaduna, Nigeria, on Monday, "
    "Governor Musa Bello said."
)
DENIAL = (
    "The army denied that an air strike killed 12 people at a market in Kaduna, Nigeria, on Monday."
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger that links."""
    with Ledger.open(f"sqlite:///{tmp_path}/glance.db", linking=Linking()) as opened:
        yield opened


def add(ledger: Ledger, reader: Reader, text: str, name: str) -> None:
    """Read a text that was published on a day and add it."""
    capture = make_capture(f"{name}.txt", text.encode())
    (report,) = find_reports(capture)
    day = When("2031-05-06T00:00", "2031-05-07T00:00", "day", "given")
    ledger.add([reader.read(dataclasses.replace(report, published=day, publisher=name))])


def only_row(ledger: Ledger) -> IncidentRow:
    """The one incident."""
    (row,) = ledger.incidents()
    return row


def test_figures_stand_by_speaker(ledger: Ledger, reader: Reader) -> None:
    """Two speakers' tolls are two figures, each with its words; one speaker's last word counts."""
    add(ledger, reader, POLICE, "Daily One")
    add(ledger, reader, GOVERNOR, "Daily Two")
    row = only_row(ledger)
    told = {(s["counts"], s["speaker"]): s["words"] for s in row.stated}
    assert told == {("killed", "police"): "12", ("killed", "Governor Musa Bello"): "at least 20"}
    assert set(row.speakers) == {"police", "Governor Musa Bello"}


def test_a_copy_is_no_news(ledger: Ledger, reader: Reader) -> None:
    """The same text under another masthead adds a report, and nothing to tell people of."""
    add(ledger, reader, POLICE, "Daily One")
    before = dataclasses.asdict(only_row(ledger))
    add(ledger, reader, POLICE + " ", "Daily Two")
    after = dataclasses.asdict(only_row(ledger))
    assert len(after["reports"]) == 2
    assert changes_between(before, after) == []
    assert "one_origin" in after["flags"]


def test_a_second_voice_is_news(ledger: Ledger, reader: Reader) -> None:
    """A new speaker with another figure: a figure and an origin."""
    add(ledger, reader, POLICE, "Daily One")
    before = dataclasses.asdict(only_row(ledger))
    add(ledger, reader, GOVERNOR, "Daily Two")
    changes = changes_between(before, dataclasses.asdict(only_row(ledger)))
    assert {c.kind for c in changes} == {"figure", "origin"}
    assert Change("figure", "killed: at least 20 (Governor Musa Bello)") in changes


def test_a_denial_is_flagged(ledger: Ledger, reader: Reader) -> None:
    """Who denies stands among the denials, the row is flagged, and it is news."""
    add(ledger, reader, POLICE, "Daily One")
    before = dataclasses.asdict(only_row(ledger))
    add(ledger, reader, DENIAL, "Daily Two")
    after = dataclasses.asdict(only_row(ledger))
    assert "denied" in after["flags"]
    assert after["denials"] == ["The army"]
    assert "denial" in {c.kind for c in changes_between(before, after)}


ROW: dict[str, Any] = {
    "type": "capture", "place": {"name": "Kursk"}, "state": ["captured"], "origins": [1, 2],
    "stated": [], "speakers": ["NIS"], "denials": [], "flags": [],
}  # fmt: skip


def test_new_states_and_withdrawals_are_told() -> None:
    """A state that was not held, a claim taken back; the first row of an incident opens it."""
    assert changes_between(None, ROW) == [Change("opened", "capture in Kursk")]
    after = ROW | {"state": ["captured", "dead"], "flags": ["withdrawn"]}
    assert [c.kind for c in changes_between(ROW, after)] == ["state", "withdrawal"]


def test_fewer_origins_are_no_new_origin() -> None:
    """Two speakers found to be one: nothing new was said."""
    assert changes_between(ROW, ROW | {"origins": [1, 1]}) == []
    assert [
        c.words for c in changes_between(ROW, ROW | {"origins": [2, 2], "speakers": ["A"]})
    ] == ["origins 1 to 2, now 2: A"]


def test_what_was_taken_back_is_compared_with_nothing(ledger: Ledger, reader: Reader) -> None:
    """Two counts differ; once the one paper takes its report back, only the other's stands."""
    add(ledger, reader, POLICE, "Daily One")
    add(ledger, reader, GOVERNOR, "Daily Two")
    assert any(row.comparisons for row in list_figures(ledger, Filters(), 100))
    withdrawal = (
        "Daily Two has withdrawn its report on the air strike at a market in Kaduna, Nigeria."
    )
    add(ledger, reader, withdrawal, "Daily Two")
    assert any("withdrawn" in row.flags for row in ledger.incidents())
    assert not any(row.comparisons for row in list_figures(ledger, Filters(), 100))
