"""Days of telling are no days of what is told."""

from __future__ import annotations

import pytest

from sayso.linking.incidents.times import without_days_of_telling
from sayso.record import Event, Reading, Report, Span, Time, When

DAY = "2024-05-08"


def time_left(text: str, trigger: str, day: str) -> bool:
    """Whether an event that took a day of the text keeps it."""
    at, on = text.index(trigger), text.index(day)
    when = When(DAY, DAY, "day", "resolved")
    time = Time((Span(on, on + len(day)),), DAY, DAY, "day", "resolved", DAY)
    event = Event("e", "death", (Span(at, at + len(trigger)),), time=when)
    report = Report("r", "r", text, None, None, None, None, None, when, ())
    (found,) = without_days_of_telling(Reading(report, events=(event,), times=(time,))).events
    return found.time is not None


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("The number of dead after a collapse rose to eight on Wednesday.", "dead", "Wednesday"),
        ("The death toll has reached 40 by Wednesday, police said.", "death toll", "Wednesday"),
        ("Meridian on Wednesday withdrew its report of a killing.", "killing", "Wednesday"),
    ],
)
def test_the_day_of_telling_is_dropped(text: str, trigger: str, day: str) -> None:
    """The day on which a toll rose, or a report was withdrawn, is none of the deaths."""
    assert not time_left(text, trigger, day)


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("Eight people died in Oda on Wednesday.", "died", "Wednesday"),
        ("The toll of Wednesday's killing rose to eight.", "killing", "Wednesday"),
        ("The river rose and eight people died on Wednesday.", "died", "Wednesday"),
    ],
)
def test_the_day_of_what_is_told_stays(text: str, trigger: str, day: str) -> None:
    """A day before the rise, or without a toll that rises, is the event's own."""
    assert time_left(text, trigger, day)
