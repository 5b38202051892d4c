"""The incidents that a report speaks of: the one that it is about, and those in its background."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sayso.lexicon.events import load_events
from sayso.linking.incidents_words import Wording, read_wording
from sayso.record import Event, Place, Reading, Span, When, make_id, words_of

# Families of events that make an incident; saying, agreeing or being tried is about one.
_MAKING = frozenset({
    "violence", "fight", "dying", "hurting", "harm", "damage", "mishap", "holding", "absence",
    "ground_taking", "unrest", "freeing", "moving",
})  # fmt: skip
# What follows from another event of the same report, and so names the incident only where
# nothing else does: "the shooting killed two" is a shooting.
_OUTCOMES = frozenset({"dying", "hurting", "harm", "absence", "holding", "damage"})
_EXACT = frozenset({"minute", "hour", "day"})
_APART = 4  # days before the main incident from which on an event is another one
_TOWN = frozenset({"town", "point", "district"})
_LEAD = 600  # characters in which a report says what it is about


@dataclass(frozen=True, slots=True)
class Mention:
    """One incident as one report speaks of it: what linking compares.

    `main` for the incident that the report is about, else it stands in the background. `days` and
    `published` count days (date ordinals). `towns`, `regions`, `countries` are lower-case names.
    `spans` are where the report speaks of it; () for the whole report.
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


def read_mentions(reading: Reading) -> list[Mention]:
    """The incidents of a report, the main one first; there is always a main one."""
    events = [e for e in reading.events if not e.negated and not e.hypothetical]
    making = [e for e in events if _family(e.type) in _MAKING]
    published = _day(reading.report.published.start if reading.report.published else None)
    day = _main_day(making, published)
    background = [e for e in making if _is_before(e, day)]
    old = {e.id for e in background}
    main = _main(reading, [e for e in reading.events if e.id not in old], making, day, published)
    return [main, *_background(reading, background, published)]


def _family(type_: str) -> str:
    kind = load_events().types.get(type_)
    return kind.family if kind else "other"


def _day(iso: str | None) -> int | None:
    """The number of a day; None where there is none or no calendar holds it."""
    try:
        return dt.date.fromisoformat(iso[:10]).toordinal() if iso else None
    except ValueError:
        return None


def _days(when: When | None) -> tuple[int, int] | None:
    if when is None:
        return None
    start, end = _day(when.start), _day(when.end)
    return None if start is None or end is None else (start, end)


def _main_day(events: Iterable[Event], published: int | None) -> int | None:
    """The day that most of the lead's events stand on; not after the report."""
    votes: Counter[int] = Counter()
    for event in events:
        days = _days(event.time)
        if days is None or event.time is None or event.time.precision not in _EXACT:
            continue
        if published is not None and days[0] > published:
            continue
        votes[days[0]] += 3 if event.trigger and event.trigger[0].start < _LEAD else 1
    return max(votes, key=lambda d: (votes[d], d)) if votes else None


def _is_before(event: Event, day: int | None) -> bool:
    days = _days(event.time)
    return day is not None and days is not None and days[1] < day - _APART


def _main(
    reading: Reading, events: list[Event], making: list[Event], day: int | None,
    published: int | None,
) -> Mention:  # fmt: skip
    report = reading.report
    ids = {e.id for e in events}
    own = [e for e in making if e.id in ids]
    title = report.title or report.text[:120].split("\n")[0]
    place = _place(own)
    when = (
        next((e.time for e in own if (_days(e.time) or (None,))[0] == day), None) if day else None
    )
    days = (day, day) if day is not None else _days(next((e.time for e in own if e.time), None))
    towns, regions, countries = _places(reading, None)
    return Mention(
        id=make_id("mention", report.id, "main"),
        report=report.id,
        main=True,
        type=_type(own) or (events[0].type if events else None),
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
        claims=tuple(c.id for c in reading.claims if not c.events or ids & set(c.events)),
        events=tuple(e.id for e in events),
    )


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
    """What the incident is: its commonest type, an outcome only where nothing caused it."""
    votes: Counter[str] = Counter()
    for event in events:
        lead = bool(event.trigger) and event.trigger[0].start < _LEAD
        votes[event.type] += (3 if lead else 1) * (1 if _family(event.type) in _OUTCOMES else 4)
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
    reading: Reading, within: list[Span] | None
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Towns, regions and countries named in the report, or within some spans of it."""
    towns, regions, countries = set(), set(), set()
    for place in reading.places:
        if within is not None and not any(s.meets(part) for s in within for part in place.span):
            continue
        if place.country:
            countries.add(place.country)
        if place.admin1 and place.precision != "country":
            regions.add(place.admin1.lower())
        if place.name and place.precision in _TOWN and place.reads_as == "place":
            towns.add(place.name.lower())
    return frozenset(towns), frozenset(regions), frozenset(countries)


def _background(reading: Reading, events: list[Event], published: int | None) -> Iterator[Mention]:
    """Earlier incidents, one for each day and place that the report puts events on."""
    groups: dict[tuple[object, ...], list[Event]] = defaultdict(list)
    for event in events:
        groups[_days(event.time), event.place.name if event.place else None].append(event)
    for number, group in enumerate(groups.values()):
        yield _earlier(reading, number, group, published)


def _earlier(reading: Reading, number: int, events: list[Event], published: int | None) -> Mention:
    report = reading.report
    ids = {e.id for e in events}
    spans = [_sentence(report.text, e.trigger[0]) for e in events if e.trigger]
    towns, regions, countries = _places(reading, spans)
    text = words_of(report.text, sorted(set(spans)))
    return Mention(
        id=make_id("mention", report.id, "background", number),
        report=report.id,
        main=False,
        type=_type(events),
        types=frozenset(e.type for e in events),
        days=_days(events[0].time),
        when=events[0].time,
        published=published,
        place=_place(events),
        towns=towns,
        regions=regions,
        countries=countries,
        wording=read_wording(text),
        title=frozenset(),
        outlet=_outlet(reading),
        claims=tuple(c.id for c in reading.claims if ids & set(c.events)),
        events=tuple(ids),
        spans=tuple(sorted(set(spans))),
    )


def _sentence(text: str, span: Span) -> Span:
    """The sentence round a span, at most 400 characters to each side."""
    start = max(text.rfind(end, max(0, span.start - 400), span.start) for end in (". ", "\n", "? "))
    ends = [text.find(end, span.end, span.end + 400) for end in (". ", "\n", "? ")]
    found = [end for end in ends if end >= 0]
    return Span(max(start + 1, 0), min(found, default=min(len(text), span.end + 400)))
