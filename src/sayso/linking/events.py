"""What linking asks of one event: its family, its days, where it starts, its sentence."""

from __future__ import annotations

import datetime as dt
import re

from sayso.lexicon.events import load_events
from sayso.linking.speakers.lines import CAUSES
from sayso.record import Event, Span, When

# Families of events that make an incident; saying, agreeing or being tried is about one.
MAKING = frozenset({
    "violence", "fight", "dying", "hurting", "harm", "damage", "mishap", "holding", "absence",
    "ground_taking", "unrest", "freeing", "moving",
})  # fmt: skip
# What follows from another event of the same report, and so names the incident only where
# nothing else does: "the shooting killed two" is a shooting.
OUTCOMES = frozenset({"dying", "hurting", "harm", "absence", "holding", "damage"})
TOLLS = frozenset({"dying", "hurting", "harm"})
EXACT = frozenset({"minute", "hour", "day"})
OWN_TIME = frozenset({"stated", "resolved"})  # bases of a time that an event's own words give
_REACH = 400  # characters that a sentence is sought in to each side
_COLUMN = 60  # characters of a line that may be wrapped
# "on Dec. 27" goes on
_END = re.compile(r"[.!?] (?=[^a-z0-9])|\n")


def family_of(type_: str) -> str:
    """The family of a type, "other" where the ontology has none."""
    kind = load_events().types.get(type_)
    return kind.family if kind else "other"


def makes_incident(type_: str) -> bool:
    """True for what makes an incident: not talks, nor a trial."""
    return family_of(type_) in MAKING


def is_cause(type_: str) -> bool:
    """True for what may leave people dead: an attack, a fight, an accident."""
    return family_of(type_) in CAUSES


def day_of(iso: str | None) -> int | None:
    """The number of a day; None where there is none or no calendar holds it."""
    try:
        return dt.date.fromisoformat(iso[:10]).toordinal() if iso else None
    except ValueError:
        return None


def days_of(when: When | None) -> tuple[int, int] | None:
    """The first and the last day of a time, None where an end is open."""
    if when is None:
        return None
    start, end = day_of(when.start), day_of(when.end)
    return None if start is None or end is None else (start, end)


def start_of(event: Event) -> int:
    """Where an event's words begin."""
    return event.trigger[0].start if event.trigger else 0


def sentence_of(text: str, span: Span) -> Span:
    """The sentence round a span, at most 400 characters to each side."""
    first = max(0, span.start - _REACH)
    before = [m.end() for m in _END.finditer(text, first, span.start) if not _is_wrap(text, m)]
    after = _END.finditer(text, span.end, min(len(text), span.end + _REACH))
    end = next((m.start() for m in after if not _is_wrap(text, m)), None)
    start = before[-1] if before else first
    return Span(start, min(len(text), span.end + _REACH) if end is None else end)


def _is_wrap(text: str, end: re.Match[str]) -> bool:
    """True for a line break in mid-sentence, as plain text is wrapped at a column."""
    start = end.start()
    if text[start] != "\n" or not text[max(0, start - 1) : start].isalnum():
        return False
    line = text[max(0, start - _COLUMN) : start]
    is_full = len(line) == _COLUMN and "\n" not in line
    return text[end.end() : end.end() + 1].islower() or is_full
