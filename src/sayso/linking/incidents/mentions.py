"""The incidents that a report speaks of: the one that it is about, and those in its background."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypedDict

from sayso.linking.events import (
    OUTCOMES,
    day_of,
    days_of,
    family_of,
    makes_incident,
    sentence_of,
    start_of,
)
from sayso.linking.incidents.parts import LEAD, Parts, Stance, attack_days, read_parts
from sayso.linking.incidents.times import without_days_of_telling
from sayso.linking.incidents.words import Wording, read_wording
from sayso.record import Event, Place, Reading, Span, When, make_id, words_of

_TOWN = frozenset({"town", "point", "district"})
# What an incident does to people; the displaced and the deployed are counted over a whole war.
_OF_PEOPLE = frozenset(
    "killed wounded killed_or_wounded captured missing arrested abducted".split()
)
_OPENING = 250  # characters, a headline and a sentence, in which a report says what happened


@dataclass(frozen=True, slots=True)
class Mention:
    """One incident as one report speaks of it: what linking compares.

    `main` for the incident that the report is about, else it stands in the background. `days` and
    `published` count days (date ordinals). `towns`, `regions`, `countries` are lower-case names.
    `spans` are where the report speaks of it; () for the whole report. `stance` says whether the
    report affirms it. `core` is who (by country) did or underwent what (by family of types), `hits`
    the days that its own words put an attack on, `people` the largest count of people in it.
    `content_id` is the id that its report's content gives it, whatever handle stands in `id`.
    """

    id: str
    report: str
    main: bool
    type: str | None
    types: frozenset[str]
    days: tuple[int, int] | None
    when: When | None
    published: int | None
    place: Place | None
    towns: frozenset[str]
    regions: frozenset[str]
    countries: frozenset[str]
    wording: Wording
    title: frozenset[str]
    outlet: str | None
    claims: tuple[str, ...]
    events: tuple[str, ...]
    spans: tuple[Span, ...] = ()
    stance: Stance = "affirms"
    core: frozenset[str] = frozenset()
    hits: frozenset[int] = frozenset()
    people: float = 0
    content_id: str = ""


def read_mentions(reading: Reading) -> list[Mention]:
    """The incidents of a report, the main one first; there is always a main one."""
    reading = without_days_of_telling(reading)
    published = day_of(reading.report.published.start if reading.report.published else None)
    parts = read_parts(reading, published)
    others = [
        _other(reading, number, list(events), published)
        for number, events in enumerate(parts.others)
    ]
    away = [span for other in others for span in other.spans]
    found = [_main(reading, parts, published, away), *others]
    return [replace(m, content_id=m.id) for m in found]


def _main(reading: Reading, parts: Parts, published: int | None, away: list[Span]) -> Mention:
    """What a report is about; `away` are the sentences that tell of others."""
    report, day = reading.report, parts.day
    told = [e for e in parts.main if not e.hypothetical]
    own = [e for e in told if makes_incident(e.type)]
    title = report.title or report.text[:120].split("\n")[0]
    place = _place(own)
    when = next((e.time for e in own if (days_of(e.time) or (None,))[0] == day), None)
    when = when if day is not None else None
    timed = next((e.time for e in own if e.time), None)
    days = (day, day) if day is not None else parts.recalled or days_of(timed)
    towns, regions, countries = _places(reading, without=away)
    return Mention(
        id=make_id("mention", report.id, "main"),
        report=report.id,
        main=True,
        type=_type(own) or (told[0].type if told else None),
        types=frozenset(e.type for e in own),
        days=days,
        when=when,
        published=published,
        place=place,
        towns=towns,
        regions=regions,
        countries=countries,
        wording=read_wording(f"{report.title or ''}\n{_body(reading)}"),
        title=frozenset(read_wording(title).words),
        outlet=_outlet(reading),
        claims=tuple(_claims(reading, parts)),
        events=tuple(e.id for e in parts.main),
        stance=parts.stance,
        **_marks(reading, own),
    )


def _claims(reading: Reading, parts: Parts) -> Iterator[str]:
    """The claims of the main incident: of its events, of none, and what denies any that is told."""
    own = {e.id for e in parts.main}
    others = {e.id for group in parts.others for e in group}
    for claim in reading.claims:
        told = set(claim.events)
        denies = claim.certainty == "denied" or claim.polarity == "negative"
        if not told or told & own or (denies and not told & others):
            yield claim.id


class _Marks(TypedDict):
    core: frozenset[str]
    hits: frozenset[int]
    people: float


def _marks(reading: Reading, events: Iterable[Event]) -> _Marks:
    """What tells an incident from others of its kind: who, on which day, how many."""
    core: set[str] = set()
    hits: set[int] = set()
    people = 0.0
    figures = {f.id: f for f in reading.figures}
    for event in events:
        family = family_of(event.type)
        for participant in event.participants:
            if participant.actor and participant.actor.country:
                core.add(f"{family}:{participant.role}:{participant.actor.country}")
        hits |= attack_days(reading, event)
        own = [figures[f] for f in event.figures if f in figures]
        counts = [f.best or f.low or 0 for f in own if f.counts in _OF_PEOPLE]
        people = max([people, *counts])
    return {"core": frozenset(core), "hits": frozenset(hits), "people": people}


def _body(reading: Reading) -> str:
    """The report's text without its page's furniture."""
    text, blocks = reading.report.text, reading.report.blocks
    kept = [text[b.start : b.end] for b in blocks if not b.is_furniture]
    return "\n".join(kept) if kept else text


def _outlet(reading: Reading) -> str | None:
    report = reading.report
    if report.publisher or not report.url:
        return report.publisher
    return report.url.rpartition("://")[2].split("/")[0].split(":")[0].removeprefix("www.")


def _type(events: Iterable[Event]) -> str | None:
    """What the incident is: its commonest type, an outcome only where no cause is told beside it.

    "The shooting killed two" is a shooting; a soldier captured, in a war of which more is told
    further down, is a capture.
    """
    held = [(e.type, start_of(e)) for e in events]
    first = min((start for _, start in held), default=0)
    opening = {kind for kind, start in held if start < first + _OPENING}
    votes: Counter[str] = Counter()
    for kind, start in held:
        cause = family_of(kind) not in OUTCOMES and kind in opening
        votes[kind] += (3 if start < LEAD else 1) * (4 if cause else 1)
    return max(votes, key=lambda t: (votes[t], t)) if votes else None


def _place(events: Iterable[Event]) -> Place | None:
    """The place that most events name, the more exact one where two are named alike often."""
    votes: Counter[str] = Counter()
    held: dict[str, Place] = {}
    for event in events:
        if event.place and event.place.name:
            votes[event.place.name] += 2 if event.place.precision in _TOWN else 1
            held.setdefault(event.place.name, event.place)
    return held[max(votes, key=lambda name: votes[name])] if votes else None


def _places(
    reading: Reading, within: list[Span] | None = None, without: Iterable[Span] = ()
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Towns, regions and countries named in the report, within some spans of it or without them."""
    towns, regions, countries = set(), set(), set()
    for place in reading.places:
        if within is not None and not any(s.meets(part) for s in within for part in place.span):
            continue
        if any(s.meets(part) for s in without for part in place.span):
            continue
        if place.country:
            countries.add(place.country)
        if place.admin1 and place.precision != "country":
            regions.add(place.admin1.lower())
        if place.name and place.precision in _TOWN and place.reads_as == "place":
            towns.add(place.name.lower())
    return frozenset(towns), frozenset(regions), frozenset(countries)


def _other(reading: Reading, number: int, events: list[Event], published: int | None) -> Mention:
    """An earlier incident, or one elsewhere: what the sentences that tell of it say."""
    report = reading.report
    ids = {e.id for e in events}
    spans = [sentence_of(report.text, e.trigger[0]) for e in events if e.trigger]
    towns, regions, countries = _places(reading, within=spans)
    place = _place(events)
    if place:  # "a strike on the city", named a sentence before
        towns |= {place.name.lower()} if place.name and place.precision == "town" else set()
        regions |= {place.admin1.lower()} if place.admin1 else set()
        countries |= {place.country} if place.country else set()
    timed = next((e for e in events if e.time and e.time.basis != "report"), None)
    timed = timed or next((e for e in events if e.time), None)
    text = words_of(report.text, sorted(set(spans)))
    return Mention(
        id=make_id("mention", report.id, "background", number),
        report=report.id,
        main=False,
        type=_type(events),
        types=frozenset(e.type for e in events),
        days=days_of(timed.time) if timed else None,
        when=timed.time if timed else None,
        published=published,
        place=place,
        towns=towns,
        regions=regions,
        countries=countries,
        wording=read_wording(text),
        title=frozenset(),
        outlet=_outlet(reading),
        claims=tuple(c.id for c in reading.claims if ids & set(c.events)),
        events=tuple(ids),
        spans=tuple(sorted(set(spans))),
        **_marks(reading, events),
    )
