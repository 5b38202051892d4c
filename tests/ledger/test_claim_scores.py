"""Scores of events and places in the ledger: shown where a reading has them."""

from __future__ import annotations

import dataclasses

from bench.ledger.generated import generate
from sayso.ledger import Ledger
from sayso.record import Event, Reading


def _scored(event: Event) -> Event:
    assert event.place is not None
    return dataclasses.replace(event, score=0.75, place=dataclasses.replace(event.place, score=0.5))


def _reading() -> Reading:
    (reading,) = generate(1)
    return dataclasses.replace(reading, events=tuple(_scored(e) for e in reading.events))


def test_a_claim_shows_the_scores_of_its_events_and_places(ledger: Ledger) -> None:
    """As they were read, and `verify` makes the same rows anew."""
    ledger.add([_reading()])
    events = [event for claim in ledger.claims().rows for event in claim.events]
    assert events
    assert {(e["score"], e["where"]["score"]) for e in events} == {(0.75, 0.5)}
    assert list(ledger.verify()) == []


def test_a_reading_without_scores_shows_none(ledger: Ledger) -> None:
    """No key rather than an empty one: rows of before there were scores stay as they are."""
    ledger.add(generate(1))
    for claim in ledger.claims().rows:
        assert all("score" not in event for event in claim.events)
        assert all("score" not in event["where"] for event in claim.events)


def test_a_type_that_a_person_set_has_no_score(ledger: Ledger) -> None:
    """The score was of the type that the reader found; the place keeps its own."""
    ledger.add([_reading()])
    claim = next(c for c in ledger.claims().rows if c.events[0]["type"] != "arrest")
    ledger.judge("correct", claim.claim, by="e", reason="r", field="event.0.type", new="arrest")
    found = next(c for c in ledger.claims().rows if c.claim == claim.claim)
    assert found.events[0]["type"] == "arrest"
    assert "score" not in found.events[0]
    assert found.events[0]["where"]["score"] == 0.5
    assert list(ledger.verify()) == []
