"""The scenarios of examples/scenarios, read by the real reader and linked."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from bench.quality.origins import Scenario, count, differences, load_scenarios
from sayso.reading.reader import Reader
from sayso.record import Reading

SCENARIOS = load_scenarios()
Read = Callable[[Scenario], list[Reading]]


@pytest.fixture(scope="session")
def read_scenario(reader: Reader) -> Read:
    """Readings of a scenario, each read once in a session."""
    held: dict[str, list[Reading]] = {}

    def read(scenario: Scenario) -> list[Reading]:
        if scenario.name not in held:
            held[scenario.name] = [reader.read(r) for r in scenario.reports()]
        return held[scenario.name]

    return read


def test_there_are_sixty() -> None:
    """At least sixty stories are kept, and each says why its count is what it is."""
    assert len(SCENARIOS) >= 60
    assert all(s.gold["why"] for s in SCENARIOS)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.name)
def test_counts_as_an_editor(scenario: Scenario, read_scenario: Read) -> None:
    """Interval, denials, withdrawals, texts and grounds are those of a careful editor."""
    found = differences(scenario, count(scenario, read_scenario(scenario)))
    if found and scenario.fails:
        pytest.xfail(f"{scenario.fails} ({'; '.join(found)})")
    assert not found


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.name)
def test_order_does_not_matter(scenario: Scenario, read_scenario: Read) -> None:
    """Any order of the reports gives the same origins and joins."""
    readings = list(read_scenario(scenario))
    first = count(scenario, readings)
    random.Random(5).shuffle(readings)  # noqa: S311 - not for secrets
    assert count(scenario, readings) == first


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.name)
def test_every_join_shows_its_characters(scenario: Scenario, read_scenario: Read) -> None:
    """Each join has words and spans that lie in the reports it names."""
    readings = read_scenario(scenario)
    texts = {r.report.id: r.report.text for r in readings}
    for join in count(scenario, readings).joins:
        assert join.ground.words
        assert join.ground.spots
        for spot in join.ground.spots:
            assert all(s.start < s.end <= len(texts[spot.report]) for s in spot.spans)
