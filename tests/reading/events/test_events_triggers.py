from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

TOLD = [
    ("Gunmen attacked a convoy near the border.", ["attack"]),
    ("Two jets struck a fuel depot outside the city.", ["strike"]),
    ("Artillery fire fell on the market all night.", ["shelling"]),
    ("A roadside bomb exploded beside a minibus.", ["bombing"]),
    ("A man opened fire in a shopping centre.", ["shooting"]),
    ("A passenger was stabbed on a tram.", ["stabbing"]),
    ("Rebels clashed with the army for two days.", ["clash"]),
    ("Soldiers recaptured the town on Monday.", ["advance"]),
    ("The enclave fell under rebel control last spring.", ["advance"]),
    ("The government withdrew its troops from the valley.", ["withdrawal"]),
    ("Separatists still control the airport.", ["control"]),
    ("Berlin will send 200 soldiers to the region.", ["deployment"]),
    ("Three pilots were taken prisoner.", ["capture"]),
    ("Unknown men kidnapped a priest.", ["abduction"]),
    ("Police took two brothers into custody.", ["arrest"]),
    ("The hostages were freed after a week.", ["release"]),
    ("The mayor passed away in hospital.", ["death"]),
    ("Nine firefighters were hurt.", ["injury"]),
    ("The brigade suffered heavy losses.", ["casualties"]),
    ("Four sailors went missing on Sunday.", ["missing"]),
    ("Thousands of villagers fled their homes.", ["displacement"]),
    ("The church was burned down.", ["destruction"]),
    ("Paris supplied weapons to the rebels.", ["support"]),
    ("The general threatened to close the strait.", ["threat"]),
    ("Both sides signed a ceasefire.", ["agreement"]),
    ("The presidents spoke by phone.", ["talks"]),
    ("The council imposed sanctions on the bank.", ["sanction"]),
    ("Students took to the streets.", ["protest"]),
    ("A court convicted the former minister.", ["trial"]),
    ("A ferry capsized off the coast.", ["accident"]),
    ("A crane fell onto a row of stalls.", ["accident"]),
    ("A wall fell on two workers.", ["accident"]),
    ("The group claimed responsibility.", ["responsibility"]),
]


@pytest.mark.parametrize(("text", "types"), TOLD, ids=[t[0] for _, t in TOLD])
def test_each_type(find: Callable[..., Any], text: str, types: list[str]) -> None:
    """Each type of the ontology is found in a plain sentence of news, and nothing besides."""
    assert sorted(set(find(text).types)) == types


NOT_TOLD = [
    "The singer had a heart attack.",
    "The firm struck a balance between cost and speed.",
    "The minister came under fire from critics.",
    "The company launched a product on Tuesday.",
    "They met the deadline.",
    "He shot a film in Kenya.",
    "The dispute over wages is a legal battle.",
    "The judge ruled out the death penalty.",
    "Her album was released in May.",
    "Assault rifles are sold in the shop.",
    "Pensioners fight inflation with their savings.",
    "The crowd was taken aback.",
    "The accused did not speak.",
    "He is in charge of the museum.",
    "A great deal has changed.",
    "The house fell on hard times.",
]


@pytest.mark.parametrize("text", NOT_TOLD)
def test_idioms(find: Callable[..., Any], text: str) -> None:
    """Idioms, metaphors and words that only name a thing tell of no event."""
    assert find(text).types == []


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Kenya launched an incursion across the border.", "incursion"),
        ("The army carried out a drone strike.", "drone strike"),
        ("Police took the driver into custody.", "took into custody"),
        ("The death toll stood at nine.", "death toll"),
        ("A car bomb went off in Basra.", "car bomb"),
    ],
)
def test_trigger_words(find: Callable[..., Any], text: str, trigger: str) -> None:
    """The trigger is the word that carries the event, or all words of a phrase."""
    found = find(text)
    assert trigger in [found.trigger(e) for e in found.events]


def test_labour_strike(find: Callable[..., Any]) -> None:
    """A strike of workers is a protest, one of jets an air strike."""
    assert find("Nurses went on strike over pay.").types == ["protest"]
    assert find("An Israeli strike on the port was reported.").types == ["strike"]


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("They captured a lieutenant.", ["capture"]),
        ("They captured the village of Orlivka.", ["advance"]),
        ("The capture of two pilots was shown on television.", ["capture"]),
        ("The capture of the airport took a day.", ["advance"]),
    ],
)
def test_captured_people_or_ground(find: Callable[..., Any], text: str, types: list[str]) -> None:
    """People are captured, ground is taken: the object decides, in verbs and in nouns."""
    assert find(text).types == types


def test_explosion_of_what_the_report_tells(find: Callable[..., Any]) -> None:
    """An explosion is an accident, but a bombing where the report tells of a bomb."""
    assert find("An explosion shook the mill.").types == ["accident"]
    assert set(find("A bomb exploded at noon. The explosion shook the mill.").types) == {"bombing"}


def test_fires_after_an_attack(find: Callable[..., Any]) -> None:
    """A fire is an accident, but destruction where the report is about an attack."""
    assert find("A fire broke out in the depot.").types == ["accident"]
    found = find("Drones attacked the depot. A fire broke out in the tanks.")
    assert found.types[-1] == "destruction"


def test_capture_known_from_elsewhere(find: Callable[..., Any]) -> None:
    """The word "taken" tells of a capture only where the report tells of one elsewhere."""
    assert find("Nobody knows where he was taken.").types == []
    found = find("Rebels captured a pilot. Nobody knows where he was taken.")
    assert found.types == ["capture", "capture"]


def test_part_of_a_name(find: Callable[..., Any]) -> None:
    """A word inside a name tells of no event."""
    assert find("The Royal Strike Command Museum opened in Leeds.").types == []


def test_whose_lives(find: Callable[..., Any]) -> None:
    """Those whose lives are claimed are the dead."""
    found = find("The blast claimed the lives of five miners and a guard.")
    dead = [p for p in found.one("death").participants if p.role == "dead"]
    assert [found.parse.words(p.text[0]) for p in dead] == ["five miners", "a guard"]
