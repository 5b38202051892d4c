"""Origins by event: who says that he was captured, and who that he died, counted apart.

An incident's own count takes all its claims together. Three may tell of the capture and one of the
death: then the death rests on one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from sayso.linking.events import family_of, is_cause, makes_incident
from sayso.linking.figures.states import STATE_ORDER, state_of
from sayso.linking.origins.count import count_origins
from sayso.linking.saying.withdrawn import find_withdrawn
from sayso.linking.speakers.lines import Line, read_lines
from sayso.record import Reading
from sayso.record.links import ClaimRef, Copy, EventCount


def count_by_event(
    readings: Mapping[str, Reading],
    group: Iterable[ClaimRef],
    events: Mapping[str, Collection[str]],
    *,
    copies: Iterable[Copy] = (),
    undone: frozenset[str] = frozenset(),
) -> tuple[EventCount, ...]:
    """The count of each event of an incident: what caused it first, then what became of people.

    `events` names for each report the events that are of the incident. Those of one family are one
    event under several words (*the strike*, *the attack*), named by the commonest.
    """
    held = dict(readings)
    told: dict[str, set[ClaimRef]] = {}
    words: dict[str, Counter[str]] = {}
    lines = read_lines(held, sorted(set(group)))
    # a report that takes another back need tell of no event itself
    withdrawn = dict(find_withdrawn(held, lines))
    for line in lines:
        own = events.get(line.ref.report, ())
        for type_ in _types(held[line.ref.report], line, own):
            told.setdefault(family_of(type_), set()).add(line.ref)
            words.setdefault(family_of(type_), Counter())[type_] += 1
    shared = tuple(copies)
    counts = []
    for family, refs in told.items():
        event = max(words[family], key=lambda t: (words[family][t], t))
        reports = [held[r] for r in sorted({ref.report for ref in refs})]
        origins = count_origins(reports, refs, copies=shared, undone=undone, withdrawn=withdrawn)
        counts.append(EventCount(event, state_of(event), origins))
    return tuple(sorted(counts, key=_order))


def _types(reading: Reading, line: Line, own: Collection[str]) -> set[str]:
    """The types of the incident's events that a line tells of, or denies; a tally is none."""
    claim = next(c for c in reading.claims if c.id == line.ref.claim)
    return {
        e.type for e in reading.events
        if e.id in claim.events and (e.id in own or line.stance == "denies")
        and makes_incident(e.type)
        and family_of(e.type) in line.families
    }  # fmt: skip


def _order(count: EventCount) -> tuple[bool, int, str]:
    rank = STATE_ORDER.get(count.state or "", len(STATE_ORDER))
    return not is_cause(count.event), rank, count.event
