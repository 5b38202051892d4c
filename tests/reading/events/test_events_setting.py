from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


def _day(event: Any) -> str | None:
    return event.time.start[:10] if event.time else None


def test_time_of_the_event_not_of_the_saying(find: Callable[..., Any]) -> None:
    """The day of the saying stays with the saying, the day of the capture with the capture."""
    found = find("The ministry said Friday that rebels captured a pilot.", "2024-06-09")
    assert found.one("capture").time is None
    found = find("The ministry said Friday that rebels captured a pilot on June 3.", "2024-06-09")
    assert _day(found.one("capture")) == "2024-06-03"


def test_each_event_its_own_time(find: Callable[..., Any]) -> None:
    """Two events of one sentence keep their own days."""
    found = find("A guard captured on June 3 died on June 5.", "2024-06-09")
    assert (_day(found.one("capture")), _day(found.one("death"))) == ("2024-06-03", "2024-06-05")


@pytest.mark.parametrize(
    "text",
    [
        "A bomb exploded in the port town of Misrata.",
        "A bomb exploded at a market in Misrata.",
        "A bombing hit a school in Misrata.",
        "The Misrata bombing shocked the country.",
    ],
)
def test_place(find: Callable[..., Any], text: str) -> None:
    """The place is found through what it hangs on: towns of that name, markets in it."""
    place = find(text).one("bombing").place
    assert place is not None
    assert place.name == "Misrata"


def test_whose_is_not_where(find: Callable[..., Any]) -> None:
    """What "a US raid" tells is whose raid it is, not where it was."""
    assert find("He was killed in a US raid.").one("death").place is None


def test_where_clause(find: Callable[..., Any]) -> None:
    """What holds in a where-clause is placed by the noun before it."""
    found = find("They reached Kharkiv, where Ukrainian forces launched a counteroffensive.")
    place = found.one("advance").place
    assert place is not None
    assert place.name == "Kharkiv"


def test_place_said_to_be_unknown(find: Callable[..., Any]) -> None:
    """That a place is not known is a value, not a gap."""
    found = find("Rebels captured a pilot. The place where he was captured is not known.")
    place = found.events[-1].place
    assert place is not None
    assert (place.name, place.precision) == (None, "stated_unknown")


def test_effects_share_the_incident(find: Callable[..., Any]) -> None:
    """Deaths take the day and the place of the attack that the report is about."""
    found = find(
        "A bomb exploded in Quetta on Monday.\n\nThe blast killed nine people, doctors said.",
        "2024-06-06",
    )
    death = found.one("death")
    assert _day(death) == "2024-06-03"
    assert death.place is not None
    assert death.place.name == "Quetta"
    assert death.time is not None
    assert death.time.basis == "report"


def test_another_day_is_another_incident(find: Callable[..., Any]) -> None:
    """An attack of another year keeps its year and does not move to today's place."""
    found = find(
        "A bomb exploded in Quetta on Monday.\n\nIn 2011, an attack killed nine.", "2024-06-06"
    )
    attack = found.one("attack")
    assert _day(attack) == "2011-01-01"
    assert attack.place is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sudan is poor.\n\nSixteen miners died in the country last year.", "Sudan"),
        ("Libya has been experiencing civil war.", "Libya"),
        ("The port of Hodeida was the target of a suicide attack.", "Hodeida"),
    ],
)
def test_named_again_or_as_subject(find: Callable[..., Any], text: str, name: str) -> None:
    """A place is also told by "the country", and by the subject that suffers the event."""
    place = find(text).events[0].place
    assert place is not None
    assert name in place.name


def test_attacks_that_come_from_a_place(find: Callable[..., Any]) -> None:
    """What an attack comes from is not where it was."""
    assert find("The attacks came from Libya.").one("attack").place is None


def test_time_of_the_first_of_two_verbs(find: Callable[..., Any]) -> None:
    """A day said after the first verb is not the day of the second; one said before is of both."""
    found = find("Rebels captured a pilot on June 3 and control the airport.", "2024-06-09")
    assert found.one("control").time is None
    found = find("On June 3 rebels captured a pilot and stabbed a guard.", "2024-06-09")
    assert (_day(found.one("capture")), _day(found.one("stabbing"))) == ("2024-06-03", "2024-06-03")
