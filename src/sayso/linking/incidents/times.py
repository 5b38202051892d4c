"""Days of telling that were read as days of what is told: of a toll's rise, of a withdrawal."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from sayso.linking.events import EXACT, day_of, is_cause, sentence_of
from sayso.linking.numerals import NUMBERS
from sayso.linking.saying.withdrawn_words import taken_back
from sayso.record import Event, Reading, Span, When

_TOLL = re.compile(r"\b(?:toll|number|count|deaths|dead|killed|casualties|bodies|victims)\b")
_RISES = re.compile(
    r"\b(?:rose|risen|rises|rising|climb(?:ed|s|ing)|jump(?:ed|s)|grew|grown|reach(?:ed|es)"
    r"|increased|stood|stands|mounted|passed)\b"
)
_FAR = 60  # characters from the verb to the day on which the toll rose
# "Rescuers dug on Wednesday, a day after a quake that killed 126"
_LATER = re.compile(r"\b(?P<n>an?|[a-z]+|\d{1,2}) (?P<unit>day|week|month|year)s? after\b")
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
# "the deadliest attack since January, when 30 people died in a raid"
_SINCE = re.compile(r"\bsince $")
_WHEN = re.compile(r",? (?:when|in which)\b")


def without_days_of_telling(reading: Reading) -> Reading:
    """The reading with no time on events that took the day on which they were told of.

    *The number of dead rose to eight on Wednesday*: Wednesday is when it rose. *Meridian on
    Thursday withdrew its report about a bombing*: nothing exploded on Thursday. *On Wednesday, a
    day after the quake*: the quake was on Tuesday.
    """
    backs = [back.span for back in taken_back(reading.report.text)]
    events = tuple(_mended(reading, event, backs) for event in reading.events)
    return reading if events == reading.events else replace(reading, events=events)


def _mended(reading: Reading, event: Event, backs: list[Span]) -> Event:
    if event.time is None or not event.trigger:
        return event
    trigger, text = event.trigger[0], reading.report.text
    if _is_coarse(event.time) or any(back.covers(trigger) for back in backs):
        return replace(event, time=None)
    sentence = sentence_of(text, trigger)
    if days := _came_after(reading, event, sentence):
        return replace(event, time=_before(event.time, days))
    risen = list(_days_of_rise(reading, sentence))
    for time in reading.times:
        if (time.start, time.end) != (event.time.start, event.time.end) or not time.span:
            continue
        own = time.span[0]
        if own in risen:
            return replace(event, time=None)
        if not sentence.covers(own) or own.end > trigger.start:
            continue
        if days := _later(text[own.end : trigger.start]):
            return replace(event, time=_before(event.time, days))
        if _SINCE.search(text, sentence.start, own.start) and _WHEN.match(text, own.end):
            return replace(event, time=replace(event.time, end=event.time.start))
    return event


def _is_coarse(when: When) -> bool:
    """True for a month or a year that an event only has from another one of its report."""
    return when.basis == "report" and when.precision not in EXACT


def _came_after(reading: Reading, event: Event, sentence: Span) -> int:
    """By how many days an event is earlier than the one that *came a week after* it."""
    if event.time is None or event.time.basis != "report":
        return 0
    at = event.trigger[0].start
    causes = [e.trigger[0] for e in reading.events if e.trigger and is_cause(e.type)]
    before = [c.end for c in causes if sentence.start <= c.start and c.end < at]
    return _later(reading.report.text[max(before) : at]) if before else 0


def _days_of_rise(reading: Reading, sentence: Span) -> Iterator[Span]:
    """Where a sentence tells on which day a toll rose; not after an attack of its own."""
    words = reading.report.text[sentence.start : sentence.end].lower()
    if not _TOLL.search(words):
        return
    causes = [e.trigger[0].start for e in reading.events if e.trigger and is_cause(e.type)]
    for rise in _RISES.finditer(words):
        end = sentence.start + rise.end()
        for time in reading.times:
            for span in time.span:
                near = end <= span.start <= min(sentence.end, end + _FAR)
                if near and not any(end <= cause < span.start for cause in causes):
                    yield span


def _later(between: str) -> int:
    """How many days lie between what stands before these words and what they lead to."""
    found = _LATER.search(between.lower())
    if found is None:
        return 0
    word = found["n"]
    many = int(word) if word.isdigit() else 1 if word in ("a", "an") else NUMBERS.get(word, 0)
    return many * _DAYS[found["unit"]]


def _before(when: When, days: int) -> When | None:
    """The time so many days before, one of months by the month; none where it is no exact one."""
    start = day_of(when.start)
    if start is None or when.precision not in EXACT:
        return None
    off = 0 if days < _DAYS["month"] else days // 10 + 15
    first, last = (dt.date.fromordinal(start - days + o).isoformat() for o in (-off, off))
    return When(first, last, "month" if off else "day", "resolved")
