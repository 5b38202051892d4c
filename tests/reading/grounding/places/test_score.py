"""How far places are to be trusted: that the words name one, and which."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.reading.grounding.gazetteer import Gazetteer
from sayso.reading.grounding.places.find import Places, read_places, read_signed_places
from sayso.reading.parsing.parse import Parse


@pytest.fixture(scope="module")
def read(parse: Callable[[str], Parse]) -> Callable[[str], Places]:
    """A function from a text to its places."""
    gazetteer = Gazetteer()
    return lambda text: read_places(parse(text), gazetteer)


def _score(places: Places, at: int) -> float:
    score = places.named[at].score
    assert score is not None
    return score


def test_a_name_of_many_towns_is_doubted(read: Callable[[str], Places]) -> None:
    """Springfield alone may be anywhere; with its state it is one; a country is itself."""
    alone = _score(read("The fire in Springfield was put out."), 0)
    told = _score(read("The fire in Springfield, Illinois, was put out."), 0)
    country = _score(read("The fire in Norway was put out."), 0)
    assert 0 < alone < told < 1
    assert alone < country < 1


def test_the_signs_of_a_place_are_told_beside_it(parse: Callable[[str], Parse]) -> None:
    """As many lists as places; a place that no gazetteer has is told as such."""
    parsed = parse("Norway's army left the village of Qwendrok.")
    places, signs = read_signed_places(parsed, Gazetteer())
    assert len(signs) == len(places.named) == 2
    assert "country" in signs[0]
    assert {"unlisted", "loose"} & set(signs[1])
    assert not any(sign.startswith("share") for sign in signs[1])
