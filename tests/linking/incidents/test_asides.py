"""Words that tell of another incident than the report's own."""

from __future__ import annotations

import time

import pytest

from sayso.linking.incidents.asides import looks_back, nights_of, tells_a_plan, tells_another
from sayso.linking.incidents.parts import sentence_of
from sayso.record import Span

DAY = 739_000


@pytest.mark.parametrize(
    ("sentence", "years"),
    [
        ("Oda marked a year since a bomb killed twelve", 1),
        ("Three years after the raid, nobody is charged", 3),
        ("on the fifth anniversary of the raid", 5),
        ("12 years ago a mine killed a boy", 12),
    ],
)
def test_what_is_recalled_is_put_years_back(sentence: str, years: int) -> None:
    """Within a month or so of the day so many years ago."""
    found = looks_back(sentence, DAY)
    assert found is not None
    assert found[0] <= DAY - round(years * 365.25) <= found[1]
    assert found[1] - found[0] < 100


def test_an_anniversary_without_a_number_is_long_ago() -> None:
    """Any year before; and what looks at nothing is of now."""
    found = looks_back("on the anniversary of the raid", DAY)
    assert found is not None
    assert found[1] < DAY - 300
    assert looks_back("a bomb killed twelve on Thursday", DAY) is None


def test_a_night_is_of_two_days() -> None:
    """*Late on Tuesday* and *early on Wednesday* share one."""
    assert nights_of(DAY, "late on Tuesday") & nights_of(DAY + 1, "early on Wednesday")
    assert nights_of(DAY, "on Tuesday") == {DAY}


@pytest.mark.parametrize(
    ("words", "planned"),
    [("it would strike the camp", True), ("it plans to bomb Oda", True), ("it struck Oda", False)],
)
def test_plans(words: str, planned: bool) -> None:  # noqa: FBT001 - a row of facts
    """What is yet to come is told from what has come."""
    assert tells_a_plan(words) is planned


def test_another_attack() -> None:
    """It must be called one."""
    assert tells_another("In a separate attack, gunmen killed five.")
    assert not tells_another("In the attack, gunmen killed five.")


def test_a_sentence_goes_on_over_a_wrapped_line() -> None:
    """A break in mid-sentence ends nothing, a heading's does."""
    text = "ODA\nGunmen attacked a convoy on Dec. 3 and\nburned two lorries. They fled."
    at = text.index("attacked")
    found = sentence_of(text, Span(at, at + 8))
    assert text[found.start : found.end] == text[4 : text.index(". They")]


@pytest.mark.parametrize("unit", ["a ", "would ", "year ", "another a ", "\n", "A. "])
def test_a_megabyte_of_anything_is_looked_at_in_bounded_time(unit: str) -> None:
    """Every pattern is linear."""
    text = (unit * 1_000_000)[:1_000_000]
    start = time.process_time()
    tells_another(text)
    looks_back(text, DAY)
    tells_a_plan(text)
    sentence_of(text, Span(500_000, 500_001))
    assert time.process_time() - start < 5
