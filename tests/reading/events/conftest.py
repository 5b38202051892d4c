"""What the tests of events share: the events that a plain text tells of, in short words."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from sayso.lexicon.events import Ontology, load_events
from sayso.reading.events import find_events
from sayso.reading.grounding.amounts.find import read_amounts
from sayso.reading.grounding.gazetteer import Gazetteer
from sayso.reading.grounding.places.find import read_places
from sayso.reading.grounding.times.find import read_times
from sayso.reading.parsing.parse import Parse
from sayso.record import Event, Figure, When


@dataclass(frozen=True)
class Found:
    """The events and figures of a text, with its words at hand."""

    parse: Parse
    events: list[Event]
    figures: list[Figure]

    @property
    def types(self) -> list[str]:
        """The types in the order of the text."""
        return [e.type for e in self.events]

    def one(self, name: str) -> Event:
        """The only event of a type."""
        (event,) = (e for e in self.events if e.type == name)
        return event

    def trigger(self, event: Event) -> str:
        """The words of an event's trigger."""
        return " ".join(self.parse.words(s) for s in event.trigger)

    def numbers(self, event: Event) -> list[tuple[str, str]]:
        """(words, counts) of the figures of an event."""
        mine = [f for f in self.figures if f.id in event.figures]
        return [(self.parse.words(f.span[0]), f.counts) for f in mine]

    def roles(self, event: Event) -> dict[str, str]:
        """The words of each participant by role."""
        return {p.role: self.parse.words(p.text[0]) for p in event.participants}


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """The ontology of the package."""
    return load_events()


@pytest.fixture(scope="session")
def find(parse: Callable[[str], Parse], ontology: Ontology) -> Callable[..., Found]:
    """A function from a text, and perhaps its published day, to what it tells of."""
    gazetteer = Gazetteer()

    def read(text: str, published: str | None = None, dateline: str = "") -> Found:
        parsed = parse(text)
        parsed = dataclasses.replace(
            parsed, flow=dataclasses.replace(parsed.flow, dateline=dateline)
        )
        when = When(published, published, "day", "given") if published else None
        times = read_times(parsed.text, when)
        places, seat = read_places(parsed, gazetteer)
        events, figures = find_events(parsed, ontology, times, places, read_amounts(parsed), seat)
        return Found(parsed, events, figures)

    return read
