"""Grounds for a grade, never the grade: what excludes a credibility, and what would raise this.

Admiralty credibility runs from 1, confirmed by other independent sources, to 5, improbable; 6 says
that it cannot be judged. sayso names the grades that the grounds exclude; a person gives one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sayso.linking.figures.stated import read_statements
from sayso.linking.origins.words import say_number
from sayso.linking.speakers.identity import identify
from sayso.record import Actor, Claim, Event, Reading
from sayso.record.links import ClaimRef, FigureComparison, Grounds, Origin, OriginCount, Task
from sayso.record.view import path_of

_ARMED = frozenset("military rebels police intelligence government".split())
_PHOTO = ("photo", "photograph", "video", "footage", "image")


def find_grounds(
    readings: Iterable[Reading],
    group: Iterable[ClaimRef],
    count: OriginCount,
    comparisons: Sequence[FigureComparison] = (),
) -> Grounds:
    """The grounds of claims whose origins are counted: excluded grades, parties, tasks."""
    held = {r.report.id: r for r in readings}
    claims = [
        (ref, held[ref.report], claim)
        for ref in sorted(set(group))
        if ref.report in held
        for claim in held[ref.report].claims
        if claim.id == ref.claim
    ]
    parties = tuple(_parties(claims, count.origins))
    return Grounds(
        excluded=dict(_excluded(count, comparisons)),
        parties=tuple(o.name for o in parties),
        tasks=tuple(_tasks(claims, count, parties, comparisons)),
    )


_Held = tuple[ClaimRef, Reading, Claim]


def _excluded(
    count: OriginCount, comparisons: Sequence[FigureComparison]
) -> Iterator[tuple[str, str]]:
    """Admiralty credibility grades that cannot be, each with why."""
    disagree = [c for c in comparisons if c.verdict == "disagreement"]
    if count.at_least < 2:
        told = say_number(count.at_least) if count.at_least else "none"
        yield "1", f"confirmed by other independent sources: {told} for sure can be told apart"
    elif count.denials:
        yield "1", f"confirmed, not contradicted: {count.denials[0].name} denies it"
    elif disagree:
        yield "1", f"confirmed, consistent: the figures disagree ({disagree[0].words})"
    if count.at_most < 2:
        yield "3", "agrees with some other information: nobody else speaks of it here"
    if not count.denials and not disagree:
        yield "5", "contradicted by other information: nothing held here contradicts it"


def _parties(claims: Sequence[_Held], origins: Iterable[Origin]) -> Iterator[Origin]:
    """The origins that take part in what they speak of."""
    acting = [
        p.actor
        for _, reading, claim in claims
        for event in _events(reading, claim)
        for p in event.participants
        if p.actor
    ]
    for origin in origins:
        if origin.actor and any(_is_side(origin.actor, actor) for actor in acting):
            yield origin


def _is_side(speaker: Actor, actor: Actor) -> bool:
    """True where a speaker is of the side that acts: an army and its ministry are one side."""
    if speaker.name == actor.name:
        return True
    if speaker.country is None or speaker.country != actor.country:
        return False
    return (
        speaker.kind in _ARMED
        and actor.kind in _ARMED
        and not ({speaker.kind, actor.kind} >= {"rebels"} and speaker.kind != actor.kind)
    )


def _events(reading: Reading, claim: Claim) -> list[Event]:
    return [e for e in reading.events if e.id in claim.events]


def _tasks(
    claims: Sequence[_Held],
    count: OriginCount,
    parties: Sequence[Origin],
    comparisons: Sequence[FigureComparison],
) -> Iterator[Task]:
    """The work list: what would raise this, what matters most first."""
    refs = tuple(ref for ref, _, _ in claims)
    if count.at_least < 2:
        yield Task("origin", "no second origin: find one that does not rest on the first", refs)
    else:
        yield from _single_counts(claims, count)
    for origin in count.origins:
        if origin.may_be:
            words = f"{origin.name}: {origin.may_be}; ask who it is"
            yield Task("unnamed", words, origin.claims)
    events = [e for _, reading, claim in claims for e in _events(reading, claim)]
    if events and all(e.place is None or e.place.name is None for e in events):
        yield Task("place", "no place is told", refs)
    if events and all(e.time is None for e in events):
        yield Task("time", "no time is told", refs)
    if parties and len(parties) == len(count.origins):  # a medic without a name is no party
        yield Task("parties", "only parties speak: find one who is no party", refs)
    if not count.denials and parties:
        yield Task("denial", "never denied: has the other side been asked?", refs)
    photos = tuple(ref for ref, reading, claim in claims if _is_photo(reading, claim))
    if photos:
        yield Task("photo", "a picture is only purported: verify it", photos)
    yield from _figure_tasks(comparisons)


def _single_counts(claims: Sequence[_Held], count: OriginCount) -> Iterator[Task]:
    """One task for the measures that one origin alone counts, where others speak of the rest."""
    readings = {reading.report.id: reading for _, reading, _ in claims}
    counting: dict[str, set[ClaimRef]] = {}
    for stated in read_statements(readings.values(), [ref for ref, _, _ in claims]):
        if stated.counts != "other":
            counting.setdefault(stated.counts, set()).add(stated.ref)
    single = {
        counts.replace("_", " "): refs
        for counts, refs in sorted(counting.items())
        if sum(1 for o in count.origins if refs & set(o.claims)) == 1
    }
    if single:
        words = f"one origin alone counts {', '.join(f'the {m}' for m in single)}: find a second"
        yield Task("origin", words, tuple(sorted(set().union(*single.values()))))


def _figure_tasks(comparisons: Iterable[FigureComparison]) -> Iterator[Task]:
    """One task a measure: ten tolls of one night are one thing to ask about, not forty-five."""
    apart: dict[str, list[FigureComparison]] = {}
    for each in comparisons:
        if each.verdict in ("disagreement", "differs"):
            apart.setdefault(each.a.counts, []).append(each)
    for counts, held in apart.items():
        stated = [s for each in held for s in (each.a, each.b)]
        speakers = len({s.speaker for s in stated})
        who = f"between {speakers} speakers" if speakers > 1 else "of one speaker"
        words = f"figures of {counts.replace('_', ' ')} differ {who}: see Figures"
        yield Task("figures", words, tuple(dict.fromkeys(s.ref for s in stated)))


def _is_photo(reading: Reading, claim: Claim) -> bool:
    words = " ".join(reading.report.text[s.start : s.end] for s in claim.content).lower()
    return claim.certainty == "purported" and any(w in words for w in _PHOTO)


def weakest_link(readings: Mapping[str, Reading], origin: Origin) -> str | None:
    """The hop of an origin's chains of which least is known, in words; None where all are named."""
    for ref in origin.claims:
        reading = readings.get(ref.report)
        claim = next((c for c in reading.claims if c.id == ref.claim), None) if reading else None
        if reading is None or claim is None:
            continue
        sources = {s.id: s for s in reading.sources}
        for attribution in path_of(reading, claim):
            source = sources.get(attribution.source_id or "")
            if source is None:
                return "a hop without any name"
            if not identify(source).is_told_apart:  # "South Korea's spy agency" is there once
                return f"{source.name}: not named"
    return None
