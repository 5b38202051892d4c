"""Signs: what stands around a name, weighed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading.grounding.gazetteer import Gazetteer
from sayso.reading.grounding.places.evidence import judge_names
from sayso.reading.grounding.places.find import find_peoples, read_places
from sayso.reading.grounding.places.found import Words
from sayso.reading.grounding.places.signs import weigh
from sayso.reading.parsing.parse import Parse

Parses = Callable[[str], Parse]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """The shipped gazetteer."""
    return Gazetteer()


@given(st.frozensets(st.text(max_size=20), max_size=30))
def test_a_chance(signs: frozenset[str]) -> None:
    """Whatever the signs, what comes out is a chance, and signs that nobody weighed add nothing."""
    assert 0 <= weigh(signs) <= 1
    assert weigh(signs | {"never seen"}) == weigh(signs)


def test_signs_agree_with_plain_verdicts(parse: Parses, gazetteer: Gazetteer) -> None:
    """A town behind "in" and before its state is kept; a person of a town's name is not."""
    text = "Ann Lincoln, a nurse, was born in Toledo, Ohio. Lincoln left it young."
    judged = judge_names(Words(parse(text)), gazetteer)
    chances = {(j.mention.name, j.mention.first): weigh(j.signs) for j in judged}
    assert all(c > 0.8 for (name, _), c in chances.items() if name in {"Toledo", "Ohio"})
    assert all(c < 0.3 for (name, _), c in chances.items() if name == "Lincoln")


@pytest.mark.parametrize(
    ("text", "name", "precision"),
    [
        ("A van burnt out in Grape Street on Monday.", "Grape Street", "point"),
        ("Rebels fired rockets near Daroug Kelbay at dawn.", "Daroug Kelbay", "town"),
        ("Gunmen attacked a farm outside Nerkin Hand, the army said.", "Nerkin Hand", "town"),
    ],
)
def test_places_that_no_gazetteer_lists(
    parse: Parses, gazetteer: Gazetteer, text: str, name: str, precision: str
) -> None:
    """A street, and a village that only its place in the sentence tells, are places too."""
    (place,) = read_places(parse(text), gazetteer).named
    assert (place.name, place.precision, place.gazetteer_id) == (name, precision, None)


def test_near_a_person(parse: Parses, gazetteer: Gazetteer) -> None:
    """Whom the report names elsewhere is a person also behind "near"."""
    text = "Oskar Bremmel fell. A shell landed near Bremmel, said his sister."
    assert read_places(parse(text), gazetteer).named == []


def test_peoples(parse: Parses) -> None:
    """Adjectives and names of peoples, the longer one first, each with its country."""
    parsed = parse("North Korean units and two Ukrainians met a Korean trader.")
    found = [(parsed.words(span), country.iso3) for span, country in find_peoples(parsed)]
    assert found == [("North Korean", "PRK"), ("Ukrainians", "UKR"), ("Korean", "KOR")]
