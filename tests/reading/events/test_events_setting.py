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
        "The bombing of Misrata on Sunday killed three people.",
        "A bombing 30 kilometres west of Misrata killed three people.",
        "A bombing 20 km from Misrata killed three people.",
    ],
)
def test_place(find: Callable[..., Any], text: str) -> None:
    """The place is found through what it hangs on: towns of that name, markets in it."""
    place = find(text).one("bombing").place
    assert place is not None
    assert place.name == "Misrata"


@pytest.mark.parametrize("town", ["Izium", "Sumy", "Balakliia"])
def test_what_is_hit_is_where(find: Callable[..., Any], town: str) -> None:
    """*The shelling of Izium* was there, though the parser takes the name for something else."""
    for text in (f"Three people died in the shelling of {town}.", f"A strike on {town} hit a car."):
        places = {e.place.name if e.place else None for e in find(text).events}
        assert places == {town}


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


def test_hour_without_a_day(find: Callable[..., Any]) -> None:
    """An hour alone is of the incident's day, not of the day on which it was announced."""
    found = find(
        "Troops killed five rebels near Gao on Saturday, the army announced today.\n\n"
        "Two guards were hurt when gunmen opened fire at about 5 a.m.",
        "2024-12-02",
    )
    assert _day(found.one("shooting")) == "2024-11-30"
    assert _day(found.one("injury")) == "2024-11-30"


def test_day_behind_a_comma_before_who_said_it(find: Callable[..., Any]) -> None:
    """The day that closes what is reported is not the day of the saying."""
    found = find(
        "Soldiers freed two hostages in Gao, Mali, on Saturday, the army announced today.",
        "2024-12-02",
    )
    assert _day(found.one("release")) == "2024-11-30"


def test_the_town_of_the_victim(find: Callable[..., Any]) -> None:
    """Where nothing else places an incident, the one town that its clause names does."""
    found = find("Gunmen shot dead the mayor of Misrata, his office said.")
    assert {e.place.name for e in found.events if e.place} == {"Misrata"}
    found = find("A bomb killed nine soldiers, an official in Misrata said.")
    assert all(e.place is None for e in found.events)


@pytest.mark.parametrize(
    "text",
    ["An earlier attack killed two.", "The group has attacked schools before.",
     "It targets only depots."],
)  # fmt: skip
def test_other_attacks(find: Callable[..., Any], text: str) -> None:
    """What was before, or is done as a habit, is not the report's incident."""
    found = find(f"A bomb exploded in Quetta on Monday.\n\n{text}", "2024-06-06")
    attack = next(e for e in found.events if e.type == "attack")
    assert (attack.time, attack.place) == (None, None)


def test_named_again(find: Callable[..., Any]) -> None:
    """What is named again has the day and town of what was told: "the kidnapping"."""
    found = find(
        "Gunmen abducted a priest in Gao on Monday.\n\nA gang carried out the kidnapping, he said.",
        "2024-06-06",
    )
    last = found.events[-1]
    assert (last.type, _day(last)) == ("abduction", "2024-06-03")
    assert last.place is not None
    assert last.place.name == "Gao"
    assert last.time is not None
    assert last.time.basis == "report"


def test_what_may_follow_from_the_incident(find: Callable[..., Any]) -> None:
    """A doubt about the cause leaves the incident itself where and when it was."""
    found = find(
        "Raids on two villages near Quetta killed nine on Monday.\n\n"
        "A dispute may have led to the raids.",
        "2024-06-06",
    )
    assert _day(found.events[-1]) == "2024-06-03"


def test_the_war_of_a_country(find: Callable[..., Any]) -> None:
    """A war lies in the country that nearly all places of the report lie in; a death does not."""
    found = find(
        "Prices rose in Sanaa, Aden and Taiz, in Yemen.\n\n"
        "The sides have fought a civil war for years. A baker died."
    )
    (war,) = (e for e in found.events if found.trigger(e).endswith("war"))
    assert war.place is not None
    assert war.place.country == "YEM"
    assert found.one("death").place is None


def test_the_body_tells_where_a_headline_was(find: Callable[..., Any]) -> None:
    """What came of an incident does not take the town of the next sentence's speaker."""
    found = find(
        "Rebels staged an assault in August.\n\nAn attack on Gao followed, the mayor of Kayes said."
    )
    assault = found.events[0]
    assert assault.place is None or assault.place.name != "Kayes"


def _place(event: Any) -> tuple[str | None, str | None] | None:
    return (event.place.name, event.place.country) if event.place else None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Four miners were abducted in the capital.", ("Bamako", "MLI")),
        ("Since May 90 people have been abducted in the country.", ("Mali", "MLI")),
        ("Rebels reached Gao in May. A bomb exploded there on Sunday.", ("Gao", "MLI")),
        ("Rebels reached Gao. A bomb exploded in the same town later.", ("Gao", "MLI")),
        ("Rebels left Gao. A bomb exploded in the region.", None),
    ],
)
def test_places_named_again(
    find: Callable[..., Any], text: str, place: tuple[str, str] | None
) -> None:
    """Where nothing is named, a noun stands for the last place of its kind, or the dateline's."""
    found = find(text, "2024-06-09", "BAMAKO, June 9 (Northlight) - ")
    event = next(e for e in found.events if e.type in {"abduction", "bombing"})
    assert _place(event) == place


def test_a_captured_man_dies_elsewhere(find: Callable[..., Any]) -> None:
    """Where and when a captive dies is not where and when he was captured."""
    found = find(
        "A guard captured by rebels last month has died in a Bamako hospital.", "2024-06-09"
    )
    assert found.one("capture").place is None
    assert _place(found.one("death")) == ("Bamako", "MLI")
    found = find("The guard captured by rebels a day earlier died on Friday.", "2024-06-09")
    assert _day(found.one("death")) == "2024-06-07"


def test_taken_from_a_place(find: Callable[..., Any]) -> None:
    """Whom gunmen take from a place they take there."""
    found = find("Gunmen seized a nurse from a clinic in Gao on Friday.", "2024-06-09")
    assert _place(found.one("abduction")) == ("Gao", "MLI")


def test_the_lead_says_where(find: Callable[..., Any]) -> None:
    """What comes of the siege that a report opens with happened where the siege was."""
    found = find(
        "A man who held a clerk hostage at a Gao cafe is dead after police stormed the place.\n\n"
        "He died in the ambulance. Two officers were treated for cuts."
    )
    assert {_place(e) for e in found.events} == {("Gao", "MLI")}


def test_another_place_is_another_incident(find: Callable[..., Any]) -> None:
    """A bombing told of last is not where the fighters died that the report opens with."""
    found = find(
        "Troops killed 20 fighters near Gao on Sunday.\n\nThe group said it had killed 50 soldiers."
        "\n\nThe raid follows a bombing on June 1 at a market in Timbuktu.",
        "2024-06-09",
    )
    assert [_place(e) for e in found.events if e.type == "death"] == [("Gao", "MLI")] * 2


def test_the_finer_time_of_one_event(find: Callable[..., Any]) -> None:
    """Told again with its pronoun, an event has the exact day that the report gives it."""
    found = find(
        "A guard was taken prisoner in May. The guard, taken prisoner on May 13, is well. He was "
        "wounded when he was captured.",
        "2024-06-09",
    )
    assert _day(found.events[-1]) == "2024-05-13"
