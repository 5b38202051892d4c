"""How far events are to be trusted: by how plainly their words tell them."""

from __future__ import annotations

from collections.abc import Callable

from sayso.lexicon.events import Ontology
from sayso.reading.events.find import find_signed_events
from sayso.reading.grounding.times.find import read_times
from sayso.reading.parsing.parse import Parse
from sayso.record import When

DAY = When("2025-03-12", "2025-03-12", "day", "given")


def test_what_is_told_in_full_is_trusted_more(find: Callable[..., object]) -> None:
    """People, a day and a main clause speak for an event; the depth of a sentence against it."""
    (plain,) = find("Shelling killed four miners on Monday.", "2025-03-12").events[1:]  # type: ignore[attr-defined]
    deep = find(  # type: ignore[attr-defined]
        "A clerk kept the list of the names of officers who had heard of the beatings.",
        "2025-03-12",
    ).events
    assert plain.type == "death"
    assert all(0 < event.score < plain.score < 1 for event in deep)


def test_the_signs_of_an_event_are_told_beside_it(
    parse: Callable[[str], Parse], ontology: Ontology
) -> None:
    """The recipe gets what the score was made of."""
    text = "Nobody was killed in the village on Monday."
    parsed = parse(text)
    events, _ = find_signed_events(parsed, ontology, read_times(text, DAY), [], [])
    signs = {event.type: set(signs) for event, signs in events}["death"]
    assert {"family dying", "negated", "no place"} <= signs
    assert not {"noun", "no time", "deep"} & signs
