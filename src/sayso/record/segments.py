"""Marked stretches that overlap and nest, cut into segments that do neither.

HTML can only nest; marks overlap freely (a figure runs over the edge of a content, a source stands
inside another's content). So the text is cut wherever a mark begins or ends, and each piece knows
all marks that cover it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from sayso.record import Reading, Spans
from sayso.record.view import ClaimView

MarkKind = Literal["source", "cue", "content", "figure", "time", "place", "sure"]
LEGEND: tuple[tuple[MarkKind, str], ...] = (
    ("content", "what is claimed"),
    ("source", "who says it"),
    ("cue", "the words of saying"),
    ("figure", "how many"),
    ("time", "when"),
    ("place", "where"),
    ("sure", "how sure"),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text, what it is, and the number of the claim it belongs to (0: of none)."""

    start: int
    end: int
    kind: MarkKind
    claim: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch that no mark begins or ends in, and the marks that cover it, the shortest first."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def find_marks(reading: Reading, views: Iterable[ClaimView]) -> list[Mark]:
    """All that a page highlights: the words of each claim and who says them, times and places."""
    marks: list[Mark] = []

    def put(kind: MarkKind, spans: Spans, claim: int = 0) -> None:
        marks.extend(Mark(s.start, s.end, kind, claim) for s in spans if len(s))

    for view in views:
        put("content", view.claim.content, view.number)
        put("sure", view.claim.certainty_cue, view.number)
        for hop in view.hops:
            put("source", hop.attribution.source, view.number)
            put("cue", hop.attribution.cue, view.number)
        for figure in view.figures:
            put("figure", figure.span, view.number)
    for time in reading.times:
        put("time", time.span)
    for place in reading.places:
        put("place", place.span)
    return marks


def sweep(marks: Iterable[Mark], cuts: Iterable[int]) -> Iterator[Segment]:
    """What lies between the first and the last cut, in segments in order and without a gap.

    The cuts are further places where a segment ends (a paragraph's edge).
    """
    given = sorted(set(cuts))
    if not given:
        return
    first, last = given[0], given[-1]
    waiting = sorted((m for m in marks if m.start < last and m.end > first), key=lambda m: -m.start)
    edges = {min(max(at, first), last) for m in waiting for at in (m.start, m.end)}
    running: list[Mark] = []
    all_cuts = sorted(edges.union(given))
    for start, end in itertools.pairwise(all_cuts):
        while waiting and waiting[-1].start <= start:
            running.append(waiting.pop())
        running = [m for m in running if m.end > start]
        yield Segment(start, end, tuple(sorted(running, key=lambda m: (m.end - m.start, m.claim))))
