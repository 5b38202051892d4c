"""Events of a report that are earlier than its own incident, or of another one by its words."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping

from sayso.lexicon.load import load_words
from sayso.linking.events import (
    EXACT,
    OUTCOMES,
    OWN_TIME,
    TOLLS,
    days_of,
    family_of,
    is_cause,
    sentence_of,
    start_of,
)
from sayso.linking.incidents.asides import looks_back, tells_another
from sayso.record import Event, Reading, Span, words_of

Key = tuple[object, ...]  # by which events that are of one other incident are put together

ANOTHER = "another"
_APART = 4  # days before the main incident from which on an event is another one
_RECENT = 60  # days in which what is recalled lies on the day of the recalling, misread
_LONG = 7  # days from which on a time is a stretch that is counted over
# "The market was hit last Christmas. Eleven people died then."
_POINTS_BACK = re.compile(
    r"\bthen\b(?! [a-z]+ed\b)|\bin it\b|\b(?:in|on|at) that \w+|\bthat (?:attack|raid|day|time)\b"
)


def find_earlier(
    reading: Reading, told: list[Event], day: int | None, published: int | None, first: Span
) -> dict[str, Key]:
    """The events that are of an earlier incident, or of another one, with what groups them."""
    found: dict[str, Key] = {}
    for event in told:
        if _is_before(event, day, published, first) or _is_tally(event, day, first):
            found[event.id] = key_of(event)
        elif (
            _is_of_a_war(reading, event, told, first)
            or _is_moved_by_a_war(reading, event, first)
            or _says_another(reading, event, told)
        ):
            # "An earlier bombing there killed 12": both events of one sentence, and no day of
            # the report's own
            sentence = sentence_of(reading.report.text, event.trigger[0])
            found[event.id] = key_of(event) if _has_own_time(event) else (ANOTHER, sentence.start)
    return found | _with_their_war(reading, told, found)


def _with_their_war(
    reading: Reading, told: Iterable[Event], found: Mapping[str, Key]
) -> dict[str, Key]:
    """The displaced whose sentence dates the war that drove them out go with that war."""
    dated = {
        sentence_of(reading.report.text, e.trigger[0]).start: found[e.id]
        for e in told if e.id in found and e.trigger and _has_own_time(e)
    }  # fmt: skip
    return {
        e.id: dated[key[1]]
        for e in told
        if e.type == "displacement" and (key := found.get(e.id)) and key[0] == ANOTHER
        if key[1] in dated
    }


def key_of(event: Event) -> Key:
    """What puts events of another incident together: when and where."""
    return days_of(event.time), event.place.name if event.place else None


def _has_own_time(event: Event) -> bool:
    return event.time is not None and event.time.basis != "report"


def _is_before(event: Event, day: int | None, published: int | None, first: Span) -> bool:
    """True for what lies before the main incident; without a day, well before the report.

    Then the first sentence that tells of any event tells of the main one.
    """
    days = days_of(event.time)
    if days is None:
        return False
    if day is not None:
        return days[1] < day - _APART
    return published is not None and days[1] < published - 30 and start_of(event) >= first.end


def _is_tally(event: Event, day: int | None, first: Span) -> bool:
    """True for people counted over weeks or a year: *60 were killed in raids this year*."""
    days, when = days_of(event.time), event.time
    if days is None or when is None or day is None or not event.figures:
        return False
    if when.precision in EXACT or when.basis not in OWN_TIME or family_of(event.type) not in TOLLS:
        return False
    return days[0] <= day <= days[1] and days[1] - days[0] > _LONG and start_of(event) >= first.end


def _is_of_a_war(reading: Reading, event: Event, told: Iterable[Event], first: Span) -> bool:
    """True for people counted since a war began: *38,000 have been killed since the war began*.

    The war goes with them. *It was the worst attack since the war began* is of the report's own.
    """
    if not event.trigger:
        return False
    text = reading.report.text
    sentence = sentence_of(text, event.trigger[0])
    words = text[sentence.start : sentence.end].lower()
    if sentence.start < first.end or not _of_a_war().search(words):
        return False
    beside = [e for e in told if e.trigger and sentence.covers(e.trigger[0])]
    wars = load_words("incidents", "tally", "since")
    causes = [words_of(text, e.trigger).lower() for e in beside if is_cause(e.type)]
    counted = any(family_of(e.type) in TOLLS and e.figures for e in beside)
    return counted and wars.issuperset(causes)


def _is_moved_by_a_war(reading: Reading, event: Event, first: Span) -> bool:
    """True for the displaced of a whole war: *12 million were uprooted by the war that …*.

    And for the war beside them, of which the sentence tells the beginning.
    """
    if not event.trigger:
        return False
    sentence = sentence_of(reading.report.text, event.trigger[0])
    if sentence.start < first.end:
        return False
    words = reading.report.text[sentence.start : sentence.end].lower()
    moved = any(
        e.type == "displacement" and e.figures and e.trigger and sentence.covers(e.trigger[0])
        for e in reading.events
    )
    own = words_of(reading.report.text, event.trigger).lower()
    is_war = own in load_words("incidents", "tally", "since")
    return moved and (event.type == "displacement" or is_war) and bool(_by_a_war().search(words))


@functools.cache
def _by_a_war() -> re.Pattern[str]:
    wars = "|".join(map(re.escape, sorted(load_words("incidents", "tally", "since"))))
    war = rf"(?:the|this) (?:[\w'’-]+ ){{0,3}}?(?:{wars})"
    drove = r"(?:displaced|uprooted|driven|forced)"
    return re.compile(rf"\b(?:by|in|from|because of|since) {war}\b|\b{war} has (?:\w+ )?{drove}\b")


@functools.cache
def _of_a_war() -> re.Pattern[str]:
    wars = "|".join(map(re.escape, sorted(load_words("incidents", "tally", "since"))))
    since = r"\b(?:since|(?:weeks|months|years) of|so far in) (?:the |this )?"
    return re.compile(since + rf"(?:[\w'’-]+ ){{0,3}}?(?:{wars})\b")


def _says_another(reading: Reading, event: Event, told: Iterable[Event]) -> bool:
    """True where an event's sentence, not the first that tells of any, calls it another one."""
    if not event.trigger:
        return False
    sentence = sentence_of(reading.report.text, event.trigger[0])
    if min(map(start_of, told)) >= sentence.start:
        return False
    return tells_another(reading.report.text[sentence.start : sentence.end])


def goes_on(reading: Reading, told: Iterable[Event], away: Mapping[str, Key]) -> dict[str, Key]:
    """Outcomes of an earlier incident that the next sentence tells: *Eleven people died then*."""
    text = reading.report.text
    ends = {
        sentence_of(text, e.trigger[0]).end: away[e.id]
        for e in told if e.trigger and e.id in away
    }  # fmt: skip
    found: dict[str, Key] = {}
    for event in told if ends else ():
        if not event.trigger or event.id in away or family_of(event.type) not in OUTCOMES:
            continue
        sentence = sentence_of(text, event.trigger[0])
        before = next(
            (ends[e] for e in range(sentence.start - 3, sentence.start) if e in ends), None
        )
        words = text[sentence.start : sentence.end].lower()
        if before is not None and not _has_own_time(event) and _POINTS_BACK.search(words):
            found[event.id] = before
    return found


def recalled_days(reading: Reading, event: Event, published: int | None) -> tuple[int, int] | None:
    """Within which days an event happened that its sentence only looks back at."""
    if published is None or not event.trigger:
        return None
    days = days_of(event.time)
    if days is not None and days[1] < published - _RECENT:
        return None  # which its own words date
    sentence = sentence_of(reading.report.text, event.trigger[0])
    return looks_back(reading.report.text[sentence.start : sentence.end], published)
