"""Days of telling that were read as days of what is told: of a toll's rise, of a withdrawal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sayso.linking.incidents_parts import is_cause, sentence_of
from sayso.linking.withdrawn_words import taken_back
from sayso.record import Event, Reading, Span

_TOLL = re.compile(r"\b(?:toll|number|count|deaths|dead|killed|casualties|bodies|victims)\b")
_RISES = re.compile(
    r"\b(?:rose|risen|rises|rising|climb(?:ed|s|ing)|jump(?:ed|s)|grew|grown|reach(?:ed|es)"
    r"|increased|stood|stands|mounted|passed)\b"
)
_FAR = 60  # characters from the verb to the day on which the toll rose


def without_days_of_telling(reading: Reading) -> Reading:
    """The reading with no time on events that took the day on which they were told of.

    *The number of dead rose to eight on Wednesday*: Wednesday is when it rose. *Meridian on
    Thursday withdrew its report about a bombing*: nothing exploded on Thursday.
    """
    backs = [back.span for back in taken_back(reading.report.text)]
    events = tuple(
        replace(event, time=None) if _is_of_telling(reading, event, backs) else event
        for event in reading.events
    )
    return reading if events == reading.events else replace(reading, events=events)


def _is_of_telling(reading: Reading, event: Event, backs: list[Span]) -> bool:
    if event.time is None or not event.trigger:
        return False
    trigger = event.trigger[0]
    if any(back.covers(trigger) for back in backs):
        return True
    sentence = sentence_of(reading.report.text, trigger)
    return any(
        (time.start, time.end) == (event.time.start, event.time.end)
        for time in reading.times
        if time.span and time.span[0] in _days_of_rise(reading, sentence)
    )


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
