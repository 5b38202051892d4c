"""Whole stories, read and linked: one incident whatever the order, and what stays apart."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.linking.incidents.link import IncidentLinker
from sayso.linking.incidents.mentions import read_mentions
from sayso.linking.incidents.parts import read_parts
from sayso.record import Reading

STORIES = Path(__file__).resolve().parents[3] / "examples/stories"
PRISONER = {"01", "02", "03", "04", "05", "08", "09"}
MARKET = {"01", "02", "03", "04"}


@pytest.fixture(scope="module")
def stories(read_file: Callable[[Path], Reading]) -> dict[str, list[Reading]]:
    """The reports of our own stories."""
    return {
        name: [read_file(p) for p in sorted((STORIES / name).iterdir())]
        for name in ("prisoner", "strike-on-market")
    }


def grouped(readings: list[Reading]) -> dict[str, str]:
    """By a report's number the incident that it is about, after adding one by one."""
    linker = IncidentLinker()
    for reading in readings:
        linker.add(reading)
        linker.settle()
    return {r.report.name[:2]: linker.incident_of(read_mentions(r)[0].id) for r in readings}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(
    ("name", "together"), [("prisoner", PRISONER), ("strike-on-market", MARKET)]
)
def test_a_story_is_one_incident_in_any_order(
    stories: dict[str, list[Reading]], name: str, together: set[str], seed: int
) -> None:
    """Captured and then died, a denial, a strike and its denial: one incident each."""
    readings = list(stories[name])
    random.Random(seed).shuffle(readings)  # noqa: S311 - for a test
    found = grouped(readings)
    assert len({found[number] for number in together}) == 1


def test_losses_are_not_the_prisoner(stories: dict[str, list[Reading]]) -> None:
    """A report on losses from before the capture is about another incident."""
    found = grouped(stories["prisoner"])
    assert found["06"] != found["01"]


def test_what_is_elsewhere_is_another_incident(stories: dict[str, list[Reading]]) -> None:
    """The army's statement denies one strike and tells of shelling in another town: two parts."""
    statement = next(r for r in stories["strike-on-market"] if r.report.name.startswith("03"))
    main, other = read_mentions(statement)
    assert (main.main, other.main) == (True, False)
    assert "omdurman" in other.towns
    assert "omdurman" not in main.towns


def test_a_denied_incident_is_told_as_denied(stories: dict[str, list[Reading]]) -> None:
    """Who only denies the capture tells of it, and affirms only what happened elsewhere."""
    denial = next(r for r in stories["prisoner"] if r.report.name.startswith("08"))
    parts = read_parts(denial, None)
    assert parts.stance == "denies"
    assert {e.type for e in parts.main} == {"capture"}
    assert all(not e.negated for group in parts.others for e in group)
