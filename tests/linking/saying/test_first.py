from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sayso.linking.figures.compare import compare_all
from sayso.linking.figures.stated import read_statements
from sayso.linking.saying.first import date_by_first_saying

Make = Callable[..., Any]
Refs = Callable[..., Any]
ARMY = {"country": "MLI", "actor_kind": "military", "figure_words": "40"}
WORDS = "the shells that fell on the grain market of Tabora killed 40 people"
FORTY = (40, 40, 40, "exact")
OTHER = {"country": "MLI", "actor_kind": "government", "figure_words": "90"}


def told(story: Make, words: str, figure: tuple[Any, ...]) -> list[Any]:
    """The army's count of the 1st, a ministry's of the 3rd, and a report of the 5th."""
    ministry = {"figure": (90, 90, 90, "exact"), **OTHER}
    again = {"figure": figure, **ARMY, "figure_words": str(figure[1])}
    first = story("a", published="2024-05-01").says("the army", WORDS, figure=FORTY, **ARMY)
    other = story("b", published="2024-05-03").says("the ministry", "shells killed 90", **ministry)
    later = story("c", published="2024-05-05").says("the army", words, **again)
    return [each.reading() for each in (first, other, later)]


def verdicts(readings: list[Any], refs_of: Refs) -> list[str]:
    """What is said of each two counts, dated by the first saying."""
    held = {r.report.id: r for r in readings}
    statements = read_statements(readings, refs_of(readings))
    return sorted({c.verdict for c in compare_all(date_by_first_saying(statements, held))})


def test_a_reprint_says_nothing_anew(story: Make, refs_of: Refs) -> None:
    """Who said 40 before another said 90 does not disagree because it is reprinted later."""
    assert verdicts(told(story, WORDS, FORTY), refs_of) == ["agrees", "differs"]


def test_a_later_count_is_said_anew(story: Make, refs_of: Refs) -> None:
    """Another count of the same speaker in other words keeps its own day."""
    later = told(story, "a recount leaves 35 dead", (35, 35, 35, "exact"))
    assert verdicts(later, refs_of) == ["differs", "disagreement", "revision"]


def test_one_report_keeps_its_days(story: Make, refs_of: Refs) -> None:
    """Statements of a single report come back as they are."""
    reading = told(story, WORDS, FORTY)[0]
    statements = read_statements([reading], refs_of([reading]))
    assert date_by_first_saying(statements, {reading.report.id: reading}) == statements
