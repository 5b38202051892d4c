"""Who takes part in an incident."""

from __future__ import annotations

import pytest

from sayso.incidents.actors import find_actors, uncounted
from sayso.incidents.lines import basis_of
from sayso.linking.incidents.mentions import read_mentions
from sayso.record import Block, Claim, Event, Participant, Reading, Report, Span
from sayso.record.links import ClaimRef


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


def test_who_took_part_by_a_report_that_was_taken_back_took_no_part() -> None:
    """Claims that were withdrawn name no actor, as those do not that a person rejected."""
    words = (Span(0, 8),)
    text, none = "soldiers were taken", None
    blocks = (Block("body", 0, len(text)),)
    report = Report("r", "r", text, none, none, none, none, none, none, blocks)
    event = Event("e", "capture", (Span(14, 19),), participants=(Participant("victim", words),))
    claim = Claim("c", (Span(0, 19),), None, "stated", "positive", events=("e",))
    reading = Reading(report, claims=(claim,), events=(event,))
    basis = basis_of([(m, reading) for m in read_mentions(reading)], (), frozenset(), {})
    ref = ClaimRef("r", "c")
    assert [a.words for a in find_actors(basis, {ref: "c1.0"}, ())] == ["soldiers"]
    assert not list(find_actors(basis, {ref: "c1.0"}, (ref,)))
