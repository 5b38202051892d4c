from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


def test_killed_or_wounded_is_one_event(find: Callable[..., Any]) -> None:
    """Both "killed or wounded" and "dead and injured" are one event of casualties."""
    found = find("Some 400 conscripts have been killed or wounded.")
    assert found.types == ["casualties"]
    assert found.trigger(found.events[0]) == "killed or wounded"
    assert find("There were no figures for the dead and injured.").types == ["casualties"]


def test_killed_and_wounded_apart_are_two(find: Callable[..., Any]) -> None:
    """Killed five and wounded nine are two events, each with its number."""
    found = find("The blast killed five and wounded nine.")
    assert found.numbers(found.one("death")) == [("five", "killed")]
    assert found.numbers(found.one("injury")) == [("nine", "wounded")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A rocket attack hit the base.", "strike"),
        ("The attack, carried out with ten drones, lasted an hour.", "strike"),
        ("A knife attack was reported in Lyon.", "stabbing"),
        ("Militants attacked the post with mortars.", "shelling"),
        ("A grenade attack was reported.", "bombing"),
    ],
)
def test_means_tell_the_type(find: Callable[..., Any], text: str, name: str) -> None:
    """What an attack is done with makes its type exact."""
    assert name in find(text).types
    assert "attack" not in find(text).types


def test_light_verb_gives_its_object(find: Callable[..., Any]) -> None:
    """In "the blasts hit a church" there is one event, and the church is its target."""
    found = find("Two bombings hit a church in Jolo.")
    assert found.types == ["bombing"]
    assert found.roles(found.events[0])["target"] == "a church"


def test_general_word_beside_an_exact_one(find: Callable[..., Any]) -> None:
    """A place "hit by drone strikes in a raid" holds one strike, not an attack besides."""
    assert find("The refinery was hit by drone strikes in a dawn raid.").types == ["strike"]


@pytest.mark.parametrize(
    "text",
    [
        "They lack the means to counter drone attacks.",
        "New radars protect the city against missile attacks.",
        "The unit trains its assault troops in the hills.",
    ],
)
def test_attacks_in_general(find: Callable[..., Any], text: str) -> None:
    """Attacks that nobody says happened or will are no events."""
    assert not {"attack", "strike"} & set(find(text).types)


def test_described_victim(find: Callable[..., Any]) -> None:
    """An injured soldier who is captured is a capture, not an injury too."""
    assert find("One injured soldier was captured.").types == ["capture"]
    assert find("Rescuers counted nine injured passengers.").types == ["injury"]


def test_crime_charged(find: Callable[..., Any]) -> None:
    """A man charged with murder stands trial; that a murder happened is not said there."""
    assert find("A man was charged with murder.").types == ["trial"]
    assert find("He was charged with the murder of his neighbour.").types == ["trial", "death"]


def test_what_forces_are_sent_for(find: Callable[..., Any]) -> None:
    """What troops are sent to do is no event of its own."""
    assert find("Moscow deployed 900 troops to fight the rebels.").types == ["deployment"]
