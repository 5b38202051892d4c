"""The timeline: states and statements by day."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from sayso.cli.output.sheet import Sheet
from sayso.cli.output.timeline import MOST, timeline
from sayso.incidents.timeline import find_statements
from sayso.record import When
from sayso.record.incident import IncidentView

if TYPE_CHECKING:
    from rich.console import Group


def printed(group: Group) -> list[str]:
    """The lines of what rich shows."""
    sheet = Sheet(100)
    sheet.console.print(group)
    return sheet.text().splitlines()


def test_copies_of_a_sentence_are_one_statement(view: IncidentView) -> None:
    """One speaker's words in two reports of a day stand once, with both claims."""
    first = next(s for s in find_statements(view) if s.speaker == "port officials")
    assert first.claims == ("c1.1", "c2.1")


def test_the_same_words_on_another_day_are_another_statement(view: IncidentView) -> None:
    """Who says it again says it anew."""
    later = When("2025-03-19", "2025-03-19", "day", "given")
    again = dataclasses.replace(view.claims[1], said=later)
    claims = (view.claims[0], again)
    assert len(find_statements(dataclasses.replace(view, claims=claims))) == 2


def test_what_has_no_day_takes_its_reports(view: IncidentView) -> None:
    """A claim without a day of speech stands at its report's; without either, last."""
    lines = printed(timeline(view))
    assert lines.index("20 Mar 2025") < lines.index(
        "  Harbour Gazette itself: “The dockers have not been seen since”  c4.2"
    )
    undated = tuple(dataclasses.replace(r, published=None) for r in view.report_lines)
    last = printed(timeline(dataclasses.replace(view, report_lines=undated)))
    assert last[last.index("date not known") + 1].startswith("  raiders say not so")


def test_a_state_stands_before_what_was_said_that_day(view: IncidentView) -> None:
    """What became of the people, then who said what."""
    lines = printed(timeline(view))
    assert lines[lines.index("12 Mar 2025") + 1].startswith("  ▪ released")


def test_withdrawn_and_rejected_claims_are_marked(view: IncidentView) -> None:
    """A claim that was taken back stays on the page, and says so."""
    taken = dataclasses.replace(view.claims[0], standing="withdrawn")
    lines = printed(timeline(dataclasses.replace(view, claims=(taken,))))
    assert "  port officials: “armed men took nearly 40 dockers” [withdrawn]  c1.1" in lines


def test_a_long_story_is_cut_and_says_so(view: IncidentView) -> None:
    """A page holds sixty statements and says how many are left."""
    claims = tuple(
        dataclasses.replace(
            view.claims[0],
            claim=f"c{n}.1",
            content=dataclasses.replace(view.claims[0].content, words=f"{n} came home"),
        )
        for n in range(MOST + 7)
    )
    assert printed(timeline(dataclasses.replace(view, claims=claims)))[-1] == "… and 7 more"


def test_a_day_is_one_day_whatever_its_hour(view: IncidentView) -> None:
    """What a report says that was published at 11:20 stands under its day."""
    hour = When("2025-03-11T11:20", "2025-03-11T11:20", "minute", "given")
    claims = (view.claims[0], dataclasses.replace(view.claims[1], said=hour))
    (statement,) = find_statements(dataclasses.replace(view, claims=claims))
    assert statement.claims == ("c1.1", "c2.1")


def test_marks_within_a_quotation_are_single(view: IncidentView) -> None:
    """Curly marks in the words become single ones; curly and straight spellings are one."""
    curly, straight = "it is the “army’s” raid", "it is the “army's” raid"
    claims = tuple(
        dataclasses.replace(c, content=dataclasses.replace(c.content, words=words))
        for c, words in zip(view.claims, (curly, straight), strict=False)
    )
    lines = printed(timeline(dataclasses.replace(view, claims=claims)))
    assert "  port officials: “it is the ‘army’s’ raid”  c1.1 c2.1" in lines


def test_what_says_nothing_of_an_event_is_counted_only(view: IncidentView) -> None:
    """A claim of nothing that happened is no line of the timeline, and is not passed over."""
    bare = dataclasses.replace(view.claims[3], types=())
    lines = printed(timeline(dataclasses.replace(view, claims=(view.claims[0], bare))))
    assert lines[-1] == "… and 1 of nothing that happened: `sayso claims` has them"
