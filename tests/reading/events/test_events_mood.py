from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("The army did not shell the town.", True),
        ("No deaths were reported.", True),
        ("Not a single soldier was killed.", True),
        ("The militia denied shelling the town.", True),
        ("They left without killing the guard.", True),
        ("No civilians were harmed.", True),
        ("Two guards were unhurt.", True),
        ("The army shelled the town.", False),
        ("He did not say that the army shelled the town.", False),
        ("All parties rejected the murder of the judge.", False),
        ("In the strike on Monday nobody spoke.", False),
    ],
)
def test_negated(find: Callable[..., Any], text: str, *, negated: bool) -> None:
    """Negation reaches an event through its clause, never into a clause that is said."""
    assert find(text).events[0].negated is negated


@pytest.mark.parametrize(
    ("text", "unreal"),
    [
        ("The army may shell the town.", True),
        ("They plan to withdraw their troops.", True),
        ("If rebels capture the pilot, talks are over.", True),
        ("Troops will be deployed in May.", True),
        ("The right to attack the base was claimed.", True),
        ("The army shelled the town.", False),
    ],
)
def test_hypothetical(find: Callable[..., Any], text: str, *, unreal: bool) -> None:
    """What may, will, should or is planned to happen is marked so."""
    assert find(text).events[0].hypothetical is unreal


@pytest.mark.parametrize(
    ("text", "unreal"),
    [
        ("Teachers will hold a vigil after the killing of a judge.", False),
        ("Lawyers plan to condemn the murder of the judge.", False),
        ("They will avoid the killing of civilians.", True),
    ],
)
def test_what_is_planned_about_a_death(
    find: Callable[..., Any], text: str, *, unreal: bool
) -> None:
    """A plan that answers to an event leaves the event real; a plan of the event does not."""
    assert find(text).one("death").hypothetical is unreal


def test_what_nobody_was_hurt_in_took_place(find: Callable[..., Any]) -> None:
    """*Nobody was harmed in the raid*: nobody was, but the raid took place."""
    found = find("Nobody was harmed in the raid on Tuesday.")
    assert found.one("injury").negated
    assert not found.one("attack").negated
