"""Which events of a report make one incident: the one it is about, earlier ones, others elsewhere.

A report of one shelling may recall last year's, tell of a second one in the next town, give the
war's losses and deny a strike. Each is a part of its own, so that no toll and no day strays.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from sayso.lexicon.events import load_events
from sayso.linking.incidents_asides import looks_back, nights_of, tells_a_plan, tells_another
from sayso.linking.lines import CAUSES
from sayso.record import Event, Reading, Span, When

Stance = Literal["affirms", "denies", "open"]

# Families of events that make an incident; saying, agreeing or being tried is about one.
_MAKING = frozenset({
    "violence", "fight", "dying", "hurting", "harm", "damage", "mishap", "holding", "absence",
    "ground_taking", "unrest", "freeing", "moving",
})  # fmt: skip
# What follows from another event of the same report, and so names the incident only where
# nothing else does: "the shooting killed two" is a shooting.
OUTCOMES = frozenset({"dying", "hurting", "harm", "absence", "holding", "damage"})
_FEW, _MANY = 9, 50  # held, and lost: where the one is few and the other many, they are two matters
_TOLLS = frozenset({"dying", "hurting", "harm"})
EXACT = frozenset({"minute", "hour", "day"})
_APART = 4  # days before the main incident from which on an event is another one
_OWN_TIME = frozenset({"stated", "resolved"})  # bases of a time that an event's own words give
_RECENT = 60  # days in which what is recalled lies on the day of the recalling, misread
_REACH = 400  # characters that a sentence is sought in to each side
_COLUMN = 60  # characters of a line that may be wrapped
# "on Dec. 27" goes on
_END = re.compile(r"[.!?] (?=[^a-z0-9])|\n")
LEAD = 600  # characters in which a report says what it is about


@dataclass(frozen=True, slots=True)
class Parts:
    """The events of a report by incident: those of its main one, then groups of others.

    `day` is the main incident's, where an event tells it; `recalled` the days within which it
    happened where the report only looks back at it; `stance` whether the report affirms it.
    """

    main: tuple[Event, ...]
    others: tuple[tuple[Event, ...], ...]
    day: int | None
    stance: Stance
    recalled: tuple[int, int] | None = None


def read_parts(reading: Reading, published: int | None) -> Parts:
    """The events of a report, parted by incident."""
    stances = stances_of(reading)
    making = [e for e in reading.events if family_of(e.type) in _MAKING]
    told = [e for e in making if stances[e.id] == "affirms"]
    denied = _denied_anchor(making, stances)
    if denied:
        return _of_denial(making, told, stances, denied)
    day = _main_day(told, published)
    first = _first_sentence(reading, told)
    away = {
        e.id: _key(e) for e in told
        if _is_before(e, day, published, first) or _says_another(reading, e, told)
    }  # fmt: skip
    recalled = {e.id: days for e in told if (days := recalled_days(reading, e, published))}
    away |= {i: (days, "recalled") for i, days in recalled.items()}
    away |= _other_days(reading, [e for e in told if e.id not in away], first)
    away |= _elsewhere(reading, stances, [e for e in told if e.id not in away])
    away |= _losses(reading, [e for e in told if e.id not in away])
    if all(e.id in away for e in told):
        away = {}
    day = _main_day([e for e in told if e.id not in away], published)
    main = [e for e in reading.events if e.id not in away and stances[e.id] != "denies"]
    if told:  # what is planned or feared is no part of what happened
        main = [e for e in main if not e.hypothetical]
    back = next((recalled[e.id] for e in main if e.id in recalled), None)
    day = None if back else day
    return Parts(tuple(main), _groups(told, away), day, _stance_of(reading, making, told), back)


def _stance_of(reading: Reading, making: list[Event], told: list[Event]) -> Stance:
    """Open where all that a report tells of is planned, threatened or imagined.

    *Nobody knows who attacked the mill* is about the attack, and a report without an event may be.
    """
    if told:
        return "affirms"
    threatens = any(e.hypothetical for e in making) or any(
        e.type == "threat" for e in reading.events
    )
    planned = threatens or (not making and tells_a_plan(reading.report.text[:LEAD]))
    return "open" if planned else "affirms"


def stances_of(reading: Reading) -> Mapping[str, Stance]:
    """By event whether the report's claims affirm it, deny it or leave it open.

    What any claim affirms is affirmed. A plan, a threat and a question leave open.
    """
    found: dict[str, set[Stance]] = defaultdict(set)
    for claim in reading.claims:
        denies = claim.certainty == "denied" or claim.polarity == "negative"
        stance: Stance = (
            "denies" if denies else "open" if claim.certainty == "unknown" else "affirms"
        )
        for event in claim.events:
            found[event].add(stance)
    return {e.id: _stance(e, found.get(e.id, {"affirms"})) for e in reading.events}


def _stance(event: Event, claims: Collection[Stance]) -> Stance:
    if event.hypothetical:
        return "open"
    if event.negated:
        return "denies"
    return "affirms" if "affirms" in claims else "denies" if "denies" in claims else "open"


def family_of(type_: str) -> str:
    """The family of a type, "other" where the ontology has none."""
    kind = load_events().types.get(type_)
    return kind.family if kind else "other"


def makes_incident(type_: str) -> bool:
    """True for what makes an incident: not talks, nor a trial."""
    return family_of(type_) in _MAKING


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


def _denied_anchor(making: list[Event], stances: Mapping[str, Stance]) -> Event | None:
    """The event that a report is about where it only denies it: *no soldier was captured here*.

    Not an outcome (*nobody was hurt*), and not what the report tells in another voice as well.
    """
    known = [e for e in making if stances[e.id] != "open" and family_of(e.type) not in _TOLLS]
    first = min(known, key=start_of, default=None)
    if first is None or stances[first.id] != "denies" or start_of(first) > LEAD:
        return None
    same = [
        e for e in known
        if stances[e.id] == "affirms" and family_of(e.type) == family_of(first.type)
        and _town(e) in (_town(first), None)
    ]  # fmt: skip
    return None if same else first


def _of_denial(
    making: list[Event], told: list[Event], stances: Mapping[str, Stance], denied: Event
) -> Parts:
    """A report about what it denies; all that it affirms beside it is of other incidents."""
    main = [e for e in making if stances[e.id] == "denies" and e.type == denied.type]
    days = days_of(denied.time)
    exact = denied.time is not None and denied.time.precision in EXACT
    day = days[0] if days and exact else None
    return Parts(tuple(main), _groups(told, {e.id: _key(e) for e in told}), day, "denies")


def _key(event: Event) -> tuple[object, ...]:
    return days_of(event.time), event.place.name if event.place else None


def _groups(
    told: Iterable[Event], away: Mapping[str, tuple[object, ...]]
) -> tuple[tuple[Event, ...], ...]:
    groups: dict[tuple[object, ...], list[Event]] = defaultdict(list)
    for event in told:
        if event.id in away:
            groups[away[event.id]].append(event)
    return tuple(map(tuple, groups.values()))


def _main_day(events: Iterable[Event], published: int | None) -> int | None:
    """The day that most of the lead's events stand on; not after the report."""
    votes: Counter[int] = Counter()
    for event in events:
        days = days_of(event.time)
        if days is None or event.time is None or event.time.precision not in EXACT:
            continue
        if published is not None and days[0] > published:
            continue
        votes[days[0]] += 3 if event.trigger and start_of(event) < LEAD else 1
    return max(votes, key=lambda d: (votes[d], d)) if votes else None


def _first_sentence(reading: Reading, told: Iterable[Event]) -> Span:
    """The first sentence that tells of an event."""
    first = min((e for e in told if e.trigger), key=start_of, default=None)
    return sentence_of(reading.report.text, first.trigger[0]) if first else Span(0, LEAD)


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


def attack_days(reading: Reading, event: Event) -> frozenset[int]:
    """The days on which an event's own words put an attack; none where they give no day."""
    days, when = days_of(event.time), event.time
    if days is None or when is None or not is_cause(event.type):
        return frozenset()
    if when.basis not in _OWN_TIME or when.precision not in EXACT:
        return frozenset()
    if not event.trigger:
        return frozenset({days[0]})
    return nights_of(days[0], _words_round(reading, event))


def _other_days(reading: Reading, told: list[Event], first: Span) -> dict[str, tuple[object, ...]]:
    """Attacks that own sentences put on another day than the first one, and what they led to.

    *A strike on Oda on Friday killed two. A strike on the town on Wednesday killed six.*
    """
    days = {e.id: attack_days(reading, e) for e in told}
    home = {d for e in told if e.trigger and first.covers(e.trigger[0]) for d in days[e.id]}
    found: dict[str, tuple[object, ...]] = {}
    for event in told if home else ():
        if not days[event.id] or days[event.id] & home or first.covers(event.trigger[0]):
            continue
        sentence = sentence_of(reading.report.text, event.trigger[0])
        for other in told:
            if other.trigger and sentence.covers(other.trigger[0]) and not days[other.id] & home:
                found[other.id] = (min(days[event.id]), "another day")
    return found


def _words_round(reading: Reading, event: Event) -> str:
    sentence = sentence_of(reading.report.text, event.trigger[0])
    return reading.report.text[sentence.start : sentence.end]


def _says_another(reading: Reading, event: Event, told: Iterable[Event]) -> bool:
    """True where an event's sentence, not the first that tells of any, calls it another one."""
    if not event.trigger:
        return False
    sentence = sentence_of(reading.report.text, event.trigger[0])
    if min(map(start_of, told)) >= sentence.start:
        return False
    return tells_another(reading.report.text[sentence.start : sentence.end])


def recalled_days(reading: Reading, event: Event, published: int | None) -> tuple[int, int] | None:
    """Within which days an event happened that its sentence only looks back at."""
    if published is None or not event.trigger:
        return None
    days = days_of(event.time)
    if days is not None and days[1] < published - _RECENT:
        return None  # which its own words date
    sentence = sentence_of(reading.report.text, event.trigger[0])
    return looks_back(reading.report.text[sentence.start : sentence.end], published)


def _town(event: Event) -> str | None:
    place = event.place
    return place.name.lower() if place and place.name and place.precision == "town" else None


def _elsewhere(
    reading: Reading, stances: Mapping[str, Stance], told: list[Event]
) -> dict[str, tuple[object, ...]]:
    """Events that an own sentence puts in another town than the report's first one.

    *On Tuesday shells hit Oda as well, killing two*, in a report of a strike on Saltby. What
    follows from them goes with them, by its sentence.
    """
    text = reading.report.text
    causes = [
        e for e in reading.events if e.trigger and is_cause(e.type) and stances[e.id] != "open"
    ]
    placed = [(e, town) for e in causes if (town := _own_town(text, e))]
    if len({town for _, town in placed}) < 2:
        return {}
    home = min(placed, key=lambda p: start_of(p[0]))[1]
    ids = {e.id for e in told}
    found: dict[str, tuple[object, ...]] = {}
    for event, town in placed:
        if event.id not in ids or town in home or home in town:
            continue
        sentence = sentence_of(text, event.trigger[0])
        key = (days_of(event.time), town)
        for other in told:
            inside = other.trigger and sentence.covers(other.trigger[0])
            if inside and _town(other) in (town, None):
                found[other.id] = key
    return found


def _own_town(text: str, event: Event) -> str | None:
    """The town that an event's own sentence puts it in."""
    town = _town(event)
    if town is None or event.place is None or not event.place.span:
        return None
    sentence = sentence_of(text, event.trigger[0])
    return town if sentence.covers(event.place.span[0]) else None


def _losses(reading: Reading, told: list[Event]) -> dict[str, tuple[object, ...]]:
    """Tallies of losses in a report of one capture, arrest or disappearance: another matter.

    *Nearly 3,000 soldiers have been killed or wounded in the region* counts no part of the
    incident in which one of them was taken prisoner.
    """
    if any(family_of(e.type) in CAUSES and start_of(e) < LEAD for e in told):
        return {}
    figures = {f.id: f for f in reading.figures}

    def size(event: Event) -> float:
        return max((figures[f].best or 0 for f in event.figures if f in figures), default=0)

    holding = max((size(e) for e in told if family_of(e.type) in ("holding", "absence")), default=0)
    if not 0 < holding <= _FEW:
        return {}
    return {
        e.id: (None, "losses") for e in told
        if family_of(e.type) in _TOLLS and (size(e) >= _MANY or e.type == "casualties")
    }  # fmt: skip
