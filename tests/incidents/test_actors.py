"""Who takes part in an incident."""

from __future__ import annotations

import pytest

from sayso.incidents.actors import uncounted


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("14 passengers", "passengers"),
        ("nearly 3,000 North Korean soldiers", "North Korean soldiers"),
        ("at least twenty of the men", "men"),
        ("dozens of villagers", "villagers"),
        ("hundreds of people", "people"),
        ("the Ten Hills brigade", "the Ten Hills brigade"),
        ("dozens", "dozens"),
    ],
)
def test_an_actor_is_who_and_not_how_many(words: str, who: str) -> None:
    """The number goes, and what is nothing but a number stays."""
    assert uncounted(words) == who
