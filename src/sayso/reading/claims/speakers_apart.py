"""Who only says it is none of those to whom it happened.

"…, killing nine people, including four nurses, two medics at the scene said": after a participle
the parser hangs the speaker on the object, as one more of a list.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from sayso.record import Event, Figure, Span

if TYPE_CHECKING:
    from sayso.reading.attribution.hops import Hop

# the roles of those to whom something is done
UNDERGONE = frozenset(
    "dead injured hurt casualty captive arrested missing displaced abducted victim detained"
    " released".split()
)


def without_speakers(
    events: list[Event], figures: list[Figure], hops: list[Hop]
) -> tuple[list[Event], list[Figure]]:
    """Events without the speakers among those who undergo them, and figures without their number.

    "Two officers who were wounded said …": what is told inside the speaker's own words stays.
    """
    sources = _Sources([_words_of(h) for h in hops if h.source])
    if not sources.spans:
        return events, figures
    at = {f.id: f.span[0] for f in figures}
    told = [_told_by_others(event, sources, at) for event in events]
    gone = {f for e in events for f in e.figures} - {f for e in told for f in e.figures}
    return told, [f for f in figures if f.id not in gone]


def _words_of(hop: Hop) -> Span:
    """The speaker with what hangs on it: "a guard, who was wounded in it, said"."""
    tokens = [*hop.source, *hop.clause]
    return Span(min(t.idx for t in tokens), max(t.idx + len(t) for t in tokens))


class _Sources:
    """The words of all speakers, in the order of the text."""

    def __init__(self, spans: list[Span]) -> None:
        self.spans = sorted(spans, key=lambda s: s.start)
        self._starts = [s.start for s in self.spans]
        self._longest = max(map(len, spans), default=0)

    def around(self, span: Span) -> list[Span]:
        """Those that hold the whole of a span."""
        first = bisect_left(self._starts, span.end - self._longest)
        last = bisect_right(self._starts, span.start)
        return [s for s in self.spans[first:last] if span.end <= s.end]


def _told_by_others(event: Event, sources: _Sources, at: dict[str, Span]) -> Event:
    def speaks(span: Span) -> bool:
        return any(not s.meets(event.trigger[0]) for s in sources.around(span))

    participants = tuple(
        p for p in event.participants if p.role not in UNDERGONE or not speaks(p.text[0])
    )
    figures = tuple(f for f in event.figures if f not in at or not speaks(at[f]))
    if len(participants) == len(event.participants) and len(figures) == len(event.figures):
        return event
    return dataclasses.replace(event, participants=participants, figures=figures)
