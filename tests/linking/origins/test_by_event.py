"""Origins by event: a capture and a death in one incident are counted apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sayso.linking.origins.by_event import count_by_event
from sayso.record import Reading
from sayso.record.links import EventCount

Make = Callable[..., Any]
Refs = Callable[..., Any]


def counted(readings: list[Reading], refs: list[Any]) -> dict[str, EventCount]:
    """The counts by event, where all events are of the incident."""
    held = {r.report.id: r for r in readings}
    events = {r.report.id: [e.id for e in r.events] for r in readings}
    return {c.event: c for c in count_by_event(held, refs, events)}


def test_each_event_has_its_own_interval(story: Make, refs_of: Refs) -> None:
    """Two ministries tell of the capture, one of them of the death: two and one."""
    health = {"country": "MLI", "actor_kind": "government"}
    one = story("a").says("the Malian army", "one was taken", country="MLI", actor_kind="military")
    one.says("the Malian army", "he died", country="MLI", actor_kind="military", event="death")
    two = story("b").says("the health ministry of Mali", "a man was taken", **health)
    readings = [one.reading(), two.reading()]
    found = counted(readings, refs_of(readings))
    ends = {k: (c.state, c.origins.at_least, c.origins.at_most) for k, c in found.items()}
    assert ends == {"capture": ("captured", 2, 2), "death": ("dead", 1, 1)}
    assert list(found) == ["capture", "death"]


def test_what_is_of_another_incident_is_not_counted(story: Make, refs_of: Refs) -> None:
    """Only events that are of the incident have a line; talks make none."""
    report = story("a").says("the army", "one was taken").says("the army", "met", event="talks")
    reading = report.says("the army", "a bridge was hit", event="strike").reading()
    own = {reading.report.id: ["e-0", "e-1"]}
    found = count_by_event({reading.report.id: reading}, refs_of([reading]), own)
    assert [c.event for c in found] == ["capture"]


def test_words_of_one_family_are_one_event(story: Make, refs_of: Refs) -> None:
    """The strike and the attack are one, under the commoner word."""
    report = story("a").says("the army", "hit", event="strike").says("medics", "m", event="strike")
    readings = [report.says("the mayor", "attacked", event="attack").reading()]
    assert list(counted(readings, refs_of(readings))) == ["strike"]


def test_who_denies_it_stands_apart(story: Make, refs_of: Refs) -> None:
    """A denial is in its event's count as a denial, and adds no origin."""
    one = story("a").says("the Malian army", "one was taken")
    two = story("b").says("the Togolese navy", "none was taken", certainty="denied")
    readings = [one.reading(), two.reading()]
    count = counted(readings, refs_of(readings))["capture"].origins
    assert (count.at_most, len(count.denials)) == (1, 1)


def test_a_report_that_only_takes_back_is_counted_for_each_event(
    story: Make, refs_of: Refs
) -> None:
    """*We retract our report* tells of no event; the death that it told of has no origin."""
    old = story("a", publisher="Meridian", published="2024-06-11").says(None, "d", event="death")
    back = story("b", publisher="Meridian", published="2024-06-13")
    back.text = "We retract our report on the bomb. "
    readings = [old.reading(), back.reading()]
    count = counted(readings, refs_of(readings))["death"].origins
    assert (count.at_most, len(count.withdrawn)) == (0, 1)
