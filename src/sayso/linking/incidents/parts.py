"""Which events of a report make one incident: the one it is about, earlier ones, others elsewhere.

A report of one shelling may recall last year's, tell of a second one in the next town, give the
war's losses and deny a strike. Each is a part of its own, so that no toll and no day strays.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from sayso.linking.events import (
    EXACT,
    MAKING,
    OWN_TIME,
    TOLLS,
    days_of,
    family_of,
    is_cause,
    sentence_of,
    start_of,
)
from sayso.linking.incidents.asides import nights_of, tells_a_plan
from sayso.linking.incidents.earlier import (
    ANOTHER,
    Key,
    find_earlier,
    goes_on,
    key_of,
    recalled_days,
)
from sayso.linking.speakers.lines import CAUSES
from sayso.record import Event, Reading, Span

Stance = Literal["affirms", "denies", "open"]

_FEW, _MANY = 9, 50  # held, and lost: where the one is few and the other many, they are two matters
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
    making = [e for e in reading.events if family_of(e.type) in MAKING]
    told = [e for e in making if stances[e.id] == "affirms"]
    denied = _denied_anchor(making, stances)
    if denied:
        return _of_denial(making, told, stances, denied)
    day = _main_day(told, published)
    first = _first_sentence(reading, told)
    away = find_earlier(reading, told, day, published, first)
    recalled = {e.id: days for e in told if (days := recalled_days(reading, e, published))}
    away |= {i: (days, "recalled") for i, days in recalled.items()}
    away |= _other_days(reading, [e for e in told if e.id not in away], first)
    away |= _elsewhere(reading, stances, [e for e in told if e.id not in away])
    away |= goes_on(reading, told, away)
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


def _denied_anchor(making: list[Event], stances: Mapping[str, Stance]) -> Event | None:
    """The event that a report is about where it only denies it: *no soldier was captured here*.

    Not an outcome (*nobody was hurt*), and not what the report tells in another voice as well.
    """
    known = [e for e in making if stances[e.id] != "open" and family_of(e.type) not in TOLLS]
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
    return Parts(tuple(main), _groups(told, {e.id: key_of(e) for e in told}), day, "denies")


def _groups(told: Iterable[Event], away: Mapping[str, Key]) -> tuple[tuple[Event, ...], ...]:
    """The groups; what is only called another incident has not the day of the report's own."""
    groups: dict[Key, list[Event]] = defaultdict(list)
    for event in told:
        if event.id in away:
            key = away[event.id]
            own = replace(event, time=None) if key[0] == ANOTHER else event
            groups[key].append(own)
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


def attack_days(reading: Reading, event: Event) -> frozenset[int]:
    """The days on which an event's own words put an attack; none where they give no day."""
    days, when = days_of(event.time), event.time
    if days is None or when is None or not is_cause(event.type):
        return frozenset()
    if when.basis not in OWN_TIME or when.precision not in EXACT:
        return frozenset()
    if not event.trigger:
        return frozenset({days[0]})
    return nights_of(days[0], _words_round(reading, event))


def _other_days(reading: Reading, told: list[Event], first: Span) -> dict[str, Key]:
    """Attacks that own sentences put on another day than the first one, and what they led to.

    *A strike on Oda on Friday killed two. A strike on the town on Wednesday killed six.* Nor does
    an attack kill before its day: *on Wednesday the group killed 32 people*.
    """
    days = {e.id: attack_days(reading, e) for e in told}
    home = {d for e in told if e.trigger and first.covers(e.trigger[0]) for d in days[e.id]}
    days |= {e.id: before for e in told if home and (before := _died_before(e, min(home)))}
    found: dict[str, Key] = {}
    for event in told if home else ():
        if not days[event.id] or days[event.id] & home or first.covers(event.trigger[0]):
            continue
        sentence = sentence_of(reading.report.text, event.trigger[0])
        for other in told:
            if other.trigger and sentence.covers(other.trigger[0]) and not days[other.id] & home:
                found[other.id] = (min(days[event.id]), "another day")
    return found


def _died_before(event: Event, day: int) -> frozenset[int]:
    """The day on which a number was killed or hurt, where its own words put it before a day."""
    days, when = days_of(event.time), event.time
    if days is None or when is None or not event.trigger:
        return frozenset()
    if family_of(event.type) not in TOLLS or not event.figures:
        return frozenset()  # "he died on Sunday", told on a Monday, is the report's own
    own = when.basis in OWN_TIME and when.precision in EXACT
    return frozenset({days[0]}) if own and days[0] < day else frozenset()


def _words_round(reading: Reading, event: Event) -> str:
    sentence = sentence_of(reading.report.text, event.trigger[0])
    return reading.report.text[sentence.start : sentence.end]


def _town(event: Event) -> str | None:
    place = event.place
    return place.name.lower() if place and place.name and place.precision == "town" else None


def _elsewhere(
    reading: Reading, stances: Mapping[str, Stance], told: list[Event]
) -> dict[str, Key]:
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
    found: dict[str, Key] = {}
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


def _losses(reading: Reading, told: list[Event]) -> dict[str, Key]:
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
        if family_of(e.type) in TOLLS and (size(e) >= _MANY or e.type == "casualties")
    }  # fmt: skip
