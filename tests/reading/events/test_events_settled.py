"""Which day and which place belong to an event, and which only stand beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

_TODAY = "2024-12-18"  # a Wednesday


def _told(event: Any) -> tuple[str | None, str | None]:
    time, place = event.time, event.place
    return (time.start[:10] if time else None, place.name if place else None)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Gunmen killed five people in Colombia's southwest.", "Colombia"),
        ("The war in Thailand's far south has killed 7,000 people.", "Thailand"),
        ("Gunmen seized a nurse from a bus on the road to Kidal.", "Kidal"),
        ("Gunmen ambushed a convoy on the highway from Gao to Kidal.", "Kidal"),
        ("The army launched an attack on the road.", None),
        ("Rebels shelled Gao, where soldiers had arrested nine people.", "Gao"),
    ],
)
def test_parts_of_a_country_and_roads(
    find: Callable[..., Any], text: str, place: str | None
) -> None:
    """The south of a country is in it, and what is on the road to a town is near that town."""
    assert _told(find(text).events[-1])[1] == place


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        ("Peace talks are due to begin on Friday.", "talks", "2024-12-20"),
        ("The trial of the general is set to open tomorrow.", "trial", "2024-12-19"),
        ("The talks were to be held in Doha.", "talks", None),
        ("Police arrested two men over Monday's attack.", "arrest", None),
        ("Six mayors were killed in the campaign for the June elections.", "death", None),
        ("Five people were killed in Monday's attack on the port.", "death", "2024-12-16"),
        ("The army clashed with rebels on Monday.", "clash", "2024-12-16"),
        ("Nine people died when a bus left the road on Monday.", "death", "2024-12-16"),
        ("On Monday, when gunmen attacked the village, nobody was there.", "attack", "2024-12-16"),
    ],
)
def test_whose_day(find: Callable[..., Any], text: str, kind: str, day: str | None) -> None:
    """A day before its noun is that noun's; what is due to begin then takes place then."""
    assert _told(find(text, _TODAY).one(kind))[0] == day


def test_since_a_year_when(find: Callable[..., Any]) -> None:
    """What happened "in 2014" happened in that year, also where nothing of its kind has since."""
    found = find("It was the first death since 2014, when a cafe owner was killed.", _TODAY)
    last = found.events[-1].time
    assert last is not None
    assert (last.start, last.end) == ("2014-01-01", "2014-12-31")


def test_an_answer_is_another_attack(find: Callable[..., Any]) -> None:
    """Strikes in response to a raid share neither its day nor its place."""
    found = find("The army launched strikes in response to Monday's raid on Gao.", _TODAY)
    assert _told(found.one("strike")) == (None, None)
    assert _told(found.one("attack")) == ("2024-12-16", "Gao")


def test_what_went_on_meanwhile(find: Callable[..., Any]) -> None:
    """Protests "as police arrested" are of that day and town; the killing they are over is not."""
    found = find(
        "Police arrested 40 people in Lima on Tuesday as protesters blocked a highway over the "
        "killing of a judge.\n\nThe judge, Ana Soto, was shot dead on Sunday.",
        _TODAY,
    )
    assert _told(found.one("protest")) == ("2024-12-17", "Lima")
    killing = next(e for e in found.events if found.trigger(e) == "killing")
    assert _told(killing) == ("2024-12-15", None)


def test_the_day_told_by_who_owns_up(find: Callable[..., Any]) -> None:
    """The incident that a report opens with has the day by which it is named again."""
    found = find(
        "Five soldiers were killed in an ambush in Kidal.\n\nA group says it carried out Monday's "
        "attack.",
        _TODAY,
    )
    ambush = found.events[1]
    assert (found.trigger(ambush), *_told(ambush)) == ("ambush", "2024-12-16", "Kidal")


@pytest.mark.parametrize(
    "text",
    [
        "His son was killed in a raid.\n\nThe father was behind the 9/11 attacks.",
        "A cell blew up a station in Gao.\n\nThe same cell bombed Kidal in May.",
    ],
)
def test_an_incident_known_by_its_date_or_town(find: Callable[..., Any], text: str) -> None:
    """Another town, or a date for a name, is another incident: the first keeps no day from it."""
    assert find(text, _TODAY).events[0].time is None


def test_where_beside_a_country_that_nobody_names(find: Callable[..., Any]) -> None:
    """A country that is only meant is no word of the text that *where* could follow."""
    found = find(
        "The envoy left Timbuktu and Gao and Kidal. Protests shook the country. "
        "Rebels fled the hills, where soldiers killed five guards."
    )
    assert found.one("death").figures


def test_a_look_back_does_not_date_what_a_report_opens_with(find: Callable[..., Any]) -> None:
    """Where a report opens with its day, what a look back further down tells is another's."""
    found = find(
        "Scores of villagers were killed near Zikke on Sunday, elders said. Police said 36 bodies "
        "had been recovered. The governor spoke of genocide. A rights group had documented the "
        "killing of 900 people between December 2023 and February 2024.",
        _TODAY,
    )
    days = {found.trigger(e): _told(e)[0] for e in found.events}
    assert days == {
        "killed": "2024-12-15", "bodies": None, "genocide": None, "killing": "2023-12-01",
    }  # fmt: skip
