"""Who is listed: victims named one by one, beside each other, and among those counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


def _in_role(found: Any, name: str, role: str) -> list[str]:
    event = found.one(name)
    return [found.parse.words(p.text[0]) for p in event.participants if p.role == role]


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("Ana Diaz, Eva Roth and Jo Berg were killed.", ["Ana Diaz", "Eva Roth", "Jo Berg"]),
        (
            "The mayor's son, Pablo; Jorge Ruiz, the council secretary; and bodyguard Luis Vera "
            "were also killed.",
            ["The mayor's son", "Jorge Ruiz", "bodyguard Luis Vera"],
        ),
        (
            "Judge Ana Diaz, 45; her husband Carl, 50; and their son were killed.",
            ["Judge Ana Diaz", "her husband", "their son"],
        ),
        (
            "The murder of Dr. Ana Diaz, his wife, and two other people shocked the town.",
            ["Dr. Ana Diaz", "his wife", "two other people"],
        ),
    ],
)
def test_each_of_a_list_is_dead(find: Callable[..., Any], text: str, dead: list[str]) -> None:
    """Every member is a participant, behind whatever describes the one before."""
    assert _in_role(find(text), "death", "dead") == dead


def test_who_is_only_described_is_one(find: Callable[..., Any]) -> None:
    """A role beside a name is no second victim."""
    found = find("Ana Diaz, a judge and poet from Odda, was killed.")
    assert _in_role(found, "death", "dead") == ["Ana Diaz"]
    assert found.numbers(found.one("death")) == [("Ana Diaz", "killed")]


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("Ana Diaz was found dead along with Eva Roth.", ["Ana Diaz", "Eva Roth"]),
        ("The minister was killed, along with two of his bodyguards.",
         ["The minister", "two of his bodyguards"]),
        ("They killed Ana Diaz, along with Eva Roth.", ["Ana Diaz", "Eva Roth"]),
        ("The massacre of the nuns, together with their driver, was denounced.",
         ["the nuns", "their driver"]),
    ],
)  # fmt: skip
def test_who_dies_along_with_others(find: Callable[..., Any], text: str, dead: list[str]) -> None:
    """Those behind "along with" share the fate, and are no weapon."""
    found = find(text)
    assert _in_role(found, "death", "dead") == dead
    assert not _in_role(found, "death", "weapon")


def test_who_kills_along_with_others(find: Callable[..., Any]) -> None:
    """Before the verb they share the deed."""
    found = find("Soldiers, along with militiamen, killed a farmer.")
    assert _in_role(found, "death", "killer") == ["Soldiers", "militiamen"]
    assert _in_role(found, "death", "dead") == ["a farmer"]


@pytest.mark.parametrize(
    "text",
    [
        "Patrols killed three reporters: Ana Diaz, an editor, Jo Lund, a photographer, and "
        "Eva Roth, a driver.",
        "Patrols killed three reporters, including Ana Diaz, Jo Lund and Eva Roth.",
    ],
)
def test_names_of_those_counted(find: Callable[..., Any], text: str) -> None:
    """Named among a number, they are participants too, and the number stays the only figure."""
    found = find(text)
    names = ["three reporters", "Ana Diaz", "Jo Lund", "Eva Roth"]
    assert _in_role(found, "death", "dead") == names
    assert found.numbers(found.one("death")) == [("three", "killed")]


@pytest.mark.parametrize(
    ("text", "kind", "role", "who"),
    [
        ("The dead were identified as Ana Diaz and Eva Roth.", "death", "dead",
         ["Ana Diaz", "Eva Roth"]),
        ("The wounded are two nuns and a guard.", "injury", "injured", ["two nuns", "a guard"]),
    ],
)  # fmt: skip
def test_who_the_dead_are(
    find: Callable[..., Any], text: str, kind: str, role: str, who: list[str]
) -> None:
    """A sentence that only names them names participants."""
    assert _in_role(find(text), kind, role) == who


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("The attack was attributed to the rebels.", ["the rebels"]),
        ("The army blamed the bombing on the rebels.", ["the rebels"]),
        ("Police linked the murder to a drug cartel.", ["a drug cartel"]),
        ("The army accused the rebels of the attack.", ["the rebels"]),
        ("The bombing was claimed by the rebels.", []),
    ],
)
def test_who_is_blamed_is_no_deed(find: Callable[..., Any], text: str, blamed: list[str]) -> None:
    """Held responsible is who is said to have done it, never the attack itself."""
    assert _in_role(find(text), "responsibility", "who is held responsible") == blamed


def test_a_long_list_is_read(find: Callable[..., Any]) -> None:
    """Hundreds of names end in no error of depth."""
    names = ", ".join(["Ana Diaz"] * 400)
    assert find(f"{names} and Eva Roth were killed.").events


def test_the_police_fire(find: Callable[..., Any]) -> None:
    """Shots under the noun "police firing" stand beside the deaths that they caused."""
    found = find("One person was killed in police firing.")
    assert found.types == ["death", "shooting"]
    assert find("The police resorted to firing.").types == ["shooting"]
