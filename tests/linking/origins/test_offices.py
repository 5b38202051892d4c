"""One office of one place is one source, whoever gives its holder's name."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from sayso.linking.origins.count import count_origins
from sayso.record import Place

Make = Callable[..., Any]
Refs = Callable[..., Any]


def told(story: Make, name: str, who: str, town: str, region: str) -> Any:
    """A report in which somebody tells of an event in a town."""
    reading = (
        story(name, publisher=f"Paper {name}")
        .says(
            who,
            f"it fell on {name}",
            kind="official",
            country="UKR",
            actor_kind="government",
            actor_name=who.partition(", ")[2],
        )
        .reading()
    )
    place = Place((), town, None, "UKR", region, None, None, "town")
    events = tuple(dataclasses.replace(e, place=place) for e in reading.events)
    return dataclasses.replace(reading, events=events)


@pytest.mark.parametrize(
    ("one", "other", "origins"),
    [
        ("the mayor of Izmail", "the town's mayor, Valerii Horenko", 1),
        ("the regional governor", "the Odesa regional governor, Oleh Baranov", 1),
        ("the mayor of Reni", "the town's mayor, Valerii Horenko", 2),
        ("the deputy mayor of Izmail", "the town's mayor, Valerii Horenko", 2),
        ("the Kherson regional governor", "the Odesa regional governor, Oleh Baranov", 2),
    ],
)
def test_an_office_with_and_without_a_name(
    story: Make, refs_of: Refs, one: str, other: str, origins: int
) -> None:
    """A title alone is who holds it by name elsewhere, where the place is one."""
    readings = [
        told(story, "a", one, "Izmail", "Odesa Oblast"),
        told(story, "b", other, "Izmail", "Odesa Oblast"),
    ]
    assert count_origins(readings, refs_of(readings)).at_most == origins
