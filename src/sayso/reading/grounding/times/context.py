"""What every reading of a mention needs: what is known where it stands, and its words by kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sayso.reading.grounding.times.calendar import (
    Value,
    day_value,
    narrow,
)
from sayso.reading.grounding.times.words import Word
from sayso.record import Basis

_EDGE_WORDS = {"EARLIER": "before", "LATER": "rest"}


@dataclass(slots=True)
class Context:
    """What is known where a mention stands: the published day, and what was named before it.

    `ahead` is true where the words around say that the time is still to come ("will", "due"),
    `behind` where a past verb follows it, `in_quarter` where a quarter is still spoken of, `year`
    the year that the other end of a range holds ("between March and May 2023").
    """

    today: date | None
    narrative: bool = False
    previous: Value | None = None
    previous_day: Value | None = None
    previous_quarter: Value | None = None
    ahead: bool = False
    behind: bool = False
    year: int | None = None
    day_here: Value | None = None
    in_quarter: bool = False

    @property
    def anchor(self) -> date | None:
        """The day that relative words hang on: published, or in a narrative the last one named."""
        if self.narrative and self.previous and self.previous.stretch:
            return self.previous.stretch.first or self.today
        return self.today

    @property
    def basis(self) -> Basis:
        """The basis of what hangs on the anchor."""
        return "previous" if self.narrative and self.previous else "resolved"


Words = Sequence[Word]


def find_kind(words: Words, kind: str) -> Word | None:
    """The first word of a kind, None where there is none."""
    return next((w for w in words if w.kind == kind), None)


def cut_to_edge(words: Words, value: Value | None, context: Context) -> Value | None:
    """The value cut to what its edge word says ("late", "the end of", "earlier")."""
    if value is None:
        return None
    for word in words:
        edge = word.value if word.kind in ("EDGE", "BORDER") else _EDGE_WORDS.get(word.kind)
        if edge:
            return narrow(value, edge, context.today)
    return value


def make_day(year: int, month: int, day: int, basis: Basis) -> Value | None:
    """A day as a value, None where the calendar has no such day."""
    try:
        return day_value(date(year, month, day), basis)
    except ValueError:
        return None


def with_clock(value: Value, clock: str) -> Value:
    """The value of a day with its clock time ("T16:00")."""
    return value._replace(timex=value.timex + clock, clock=clock, precision="minute")
