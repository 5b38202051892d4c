"""What does not count as an origin in a long story, and what a paper is cited for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sayso.linking.origins.count import count_origins
from sayso.record import When
from sayso.record.links import OriginCount

Make = Callable[..., Any]
Refs = Callable[..., Any]
ARMY = {"country": "MLI", "actor_kind": "military"}


def interval(count: OriginCount) -> list[int]:
    """The two bounds."""
    return [count.at_least, count.at_most]


def test_what_goes_on_around_it_says_nothing_of_it(story: Make, refs_of: Refs) -> None:
    """Who counts the soldiers that were sent says nothing of who was captured."""
    report = story("a").says("the Malian army", "one was taken", **ARMY)
    report.says("Norway's government", "900 were sent", country="NOR", event="deployment")
    readings = [report.reading()]
    assert interval(count_origins(readings, refs_of(readings))) == [1, 1]


def test_who_speaks_of_what_goes_on_counts_where_nothing_else_is_told(
    story: Make, refs_of: Refs
) -> None:
    """A story of a deployment has its own origins."""
    report = story("a").says("Norway's government", "900 were sent", event="deployment")
    readings = [report.reading()]
    assert interval(count_origins(readings, refs_of(readings))) == [1, 1]


@pytest.mark.parametrize(
    "words",
    [
        "the capture, if true, ends every doubt",
        "if it is confirmed, the capture is a turn",
        "If there was a capture, it was theirs",
    ],
)
def test_who_leaves_it_open_is_no_origin(story: Make, refs_of: Refs, words: str) -> None:
    """A minister who says what would follow has not said that it was so."""
    report = story("a").says("the Malian army", "one was taken", **ARMY)
    report.says("Norway's government", words, country="NOR", actor_kind="government")
    readings = [report.reading()]
    assert interval(count_origins(readings, refs_of(readings))) == [1, 1]


def test_a_tally_of_the_war_is_another_matter(story: Make, refs_of: Refs) -> None:
    """Losses without a day are counted over a war, and no origin of one capture."""
    report = story("a").says("the Malian army", "one was taken", **ARMY)
    report.says("Norway's government", "900 were lost", country="NOR", event="casualties")
    readings = [report.reading()]
    assert interval(count_origins(readings, refs_of(readings))) == [1, 1]


def test_the_war_around_it_is_no_origin(story: Make, refs_of: Refs) -> None:
    """Who tells when the war broke out says nothing of one capture in it."""
    report = story("a").says("the Malian army", "one was taken", **ARMY)
    report.says("Norway's government", "war broke out in April", country="NOR", event="clash")
    reading = report.reading()
    month = When("2023-04-01", "2023-04-30", "month", "stated")
    events = tuple(replace(e, time=month) if e.type == "clash" else e for e in reading.events)
    readings = [replace(reading, events=events)]
    assert interval(count_origins(readings, refs_of(readings))) == [1, 1]
    assert interval(count_origins([reading], refs_of([reading]))) == [2, 2]


def test_a_denial_of_something_else_is_no_denial(story: Make, refs_of: Refs) -> None:
    """Who denies a thing without an event, in a report that tells of one, denies not this."""
    report = story("a").says("the Malian army", "one was taken", **ARMY)
    report.says("a Norwegian official", "we asked him", certainty="denied", event="talks")
    readings = [report.reading()]
    assert not count_origins(readings, refs_of(readings)).denials


def test_another_attack_in_one_of_many_reports_is_beside_the_matter(
    story: Make, refs_of: Refs
) -> None:
    """In a story that three reports tell, what only one says of an attack is no origin of it."""
    readings = [
        story(name).says(f"the {name} army", "one was taken", country=name).reading()
        for name in ("MLI", "NER", "TCD")
    ]
    assert interval(count_origins(readings, refs_of(readings))) == [3, 3]
    beside = story("d").says("the Red Front", "he was beaten", event="attack").reading()
    more = [*readings, beside]
    assert interval(count_origins(more, refs_of(more))) == [3, 3]
    died = story("d").says("the Red Front", "he died", event="death").reading()
    more = [*readings, died]  # what became of him is of the matter
    assert interval(count_origins(more, refs_of(more))) == [4, 4]


def test_what_a_paper_is_cited_for_is_what_its_own_report_has(story: Make, refs_of: Refs) -> None:
    """*The Gazette, citing two sources* and the Gazette's own sources are one."""
    own = story("a", publisher="Salt Gazette")
    own.says("two sources in the army", "one was taken", kind="unnamed", **ARMY)
    citing = story("b", publisher="Northlight")
    citing.says(
        "the Salt Gazette", "one was taken", kind="media",
        through="army sources", through_kind="unnamed",
    )  # fmt: skip
    readings = [own.reading(), citing.reading()]
    count = count_origins(readings, refs_of(readings))
    assert interval(count) == [1, 1]
    assert "cited report" in {j.ground.kind for j in count.joins}
    elsewhere = story("c", publisher="Baltic Ledger")
    elsewhere.says("two sources in the army", "one was taken", kind="unnamed", **ARMY)
    readings = [elsewhere.reading(), citing.reading()]
    assert interval(count_origins(readings, refs_of(readings))) == [1, 2]
