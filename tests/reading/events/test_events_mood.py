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
        ("The army shelled the town.", False),
        ("He did not say that the army shelled the town.", False),
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
