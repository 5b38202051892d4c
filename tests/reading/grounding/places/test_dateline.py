from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading.flow import make_flow
from sayso.reading.grounding.gazetteer import Gazetteer
from sayso.reading.grounding.places.dateline import dateline_places
from sayso.reading.grounding.places.find import read_places
from sayso.reading.parsing.parse import Parse
from sayso.record import Block, Report

_GAZETTEER = Gazetteer()


@pytest.mark.parametrize(
    ("dateline", "names"),
    [
        ("KYIV, May 24 (Continental) - ", ["KYIV"]),
        ("CALI, Colombia — ", ["CALI", "Colombia"]),
        ("BEIRUT/JERUSALEM (Meridian) — ", ["BEIRUT", "JERUSALEM"]),
        ("SAN SALVADOR, 14 NOV 89 (CARIBE) -- [TEXT] ", ["SAN SALVADOR"]),
        ("Port-au-Prince, 3 June 2024 – ", ["Port-au-Prince"]),
        ("LAGOS, Nigeria -- ", ["LAGOS", "Nigeria"]),
        ("Thursday, January 24, 2019", []),
        ("", []),
    ],
)
def test_places_of_datelines(dateline: str, names: list[str]) -> None:
    """A dateline names its towns and what holds them; dates and wires are none."""
    assert [m.name for m in dateline_places(dateline, _GAZETTEER)] == names


def test_what_holds_the_town() -> None:
    """The country behind a town holds it."""
    town, country = dateline_places("CALI, Colombia — ", _GAZETTEER)
    assert (town.within, country.within) == (1, None)


@given(st.text(max_size=300))
def test_any_words(words: str) -> None:
    """Any words at all are looked through, and what holds a place stands behind it."""
    found = dateline_places(words, _GAZETTEER)
    assert all(m.within in (None, at + 1) for at, m in enumerate(found))


def test_a_flow_keeps_the_dateline() -> None:
    """The dateline is not read, but kept."""
    text = "KYIV, May 24 - A bridge fell."
    blocks = (Block("dateline", 0, 15), Block("body", 15, len(text)))
    report = Report("r", "r", text, None, None, None, None, None, None, blocks)
    flow = make_flow(report)
    assert (flow.text, flow.dateline) == ("A bridge fell.", "KYIV, May 24 - ")


def _read(parse: Callable[[str], Parse], text: str, dateline: str) -> list[tuple[str, str | None]]:
    read = parse(text)
    read = dataclasses.replace(read, flow=dataclasses.replace(read.flow, dateline=dateline))
    return [(p.name or "", p.country) for p in read_places(read, _GAZETTEER).named]


def test_small_places_lie_where_the_report_was_written(parse: Callable[[str], Parse]) -> None:
    """A village that nobody lists is in the dateline's country, where most else is."""
    told = "Two men were killed near Wadi Qasrum on Monday."
    assert _read(parse, told, "TRIPOLI, Libya — ") == [("Wadi Qasrum", "LBY")]
    assert _read(parse, told, "") == [("Wadi Qasrum", None)]


def test_the_seat_has_no_span(parse: Callable[[str], Parse]) -> None:
    """The place where a report was written is told apart from those that it names."""
    read = parse("A bridge fell.")
    read = dataclasses.replace(read, flow=dataclasses.replace(read.flow, dateline="GAO, Mali — "))
    places, seat = read_places(read, _GAZETTEER)
    assert not places
    assert seat is not None
    assert (seat.name, seat.country, seat.span) == ("Gao", "MLI", ())


def test_a_peoples_name_is_no_region(parse: Callable[[str], Parse]) -> None:
    """The Somali army is not of Ethiopia's region of that name."""
    assert _read(parse, "The Somali National Army took the hill.", "") == []


def test_no_namesake_village_abroad(parse: Callable[[str], Parse]) -> None:
    """A hamlet beside a border is at home where all else is, whatever a gazetteer lists abroad."""
    told = (
        "Drones hit the Belgorod region and Shebekino. A car burnt in the village of Zhuravlyovka "
        "and a house in Valuyki. Belgorod was calm."
    )
    assert ("Zhuravlyovka", "RUS") in _read(parse, told, "")
