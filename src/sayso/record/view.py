"""A reading's rows joined for showing: each claim with its chain, events and figures."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol, TypeVar

from sayso.record import (
    Attribution,
    Claim,
    Event,
    Figure,
    Reading,
    Report,
    Source,
    Span,
    When,
    words_of,
)

NOBODY = "somebody unnamed"


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_HasId)


@dataclass(frozen=True, slots=True)
class Hop:
    """One who passes the claim on: the attribution, its source, and the name to show."""

    attribution: Attribution
    source: Source | None
    name: str


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim, its number in the report (from 1), and what its ids point at.

    `hops` run from the outermost speaker inwards, publisher and credit not among them; empty for
    the report's own voice. `figures` are the claim's own and those of its events, each once.
    """

    number: int
    claim: Claim
    report: Report
    content: str
    cue: str
    hops: tuple[Hop, ...]
    events: tuple[Event, ...]
    figures: tuple[Figure, ...]

    @property
    def outer(self) -> Attribution | None:
        """The outermost act of saying: its date and quotation marks are the claim's."""
        return self.hops[0].attribution if self.hops else None


def view_claims(reading: Reading) -> Iterator[ClaimView]:
    """The claims of a reading in its order, joined with what they point at.

    An id that points at nothing is passed over: a view never fails.
    """
    paths = _Paths(reading)
    sources = {s.id: s for s in reading.sources}
    events = {e.id: e for e in reading.events}
    figures = {f.id: f for f in reading.figures}
    text = reading.report.text
    for number, claim in enumerate(reading.claims, 1):
        own_events = _pick(events, claim.events)
        named = (*claim.figures, *(f for e in own_events for f in e.figures))
        yield ClaimView(
            number,
            claim,
            reading.report,
            words_of(text, claim.content),
            words_of(text, claim.certainty_cue),
            tuple(_hop(a, sources, text) for a in paths.of(claim)),
            own_events,
            _pick(figures, tuple(dict.fromkeys(named))),
        )


def _pick(rows: dict[str, T], ids: tuple[str, ...]) -> tuple[T, ...]:
    return tuple(rows[i] for i in ids if i in rows)


class _Paths:
    """The ways of a reading's claims."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.report.text
        self._held = {a.id: a for a in reading.attributions}
        days = sorted((s.start, s.end) for t in reading.times for s in t.span)
        self._starts = [start for start, _ in days]
        self._ends = list(accumulate((end for _, end in days), max))

    def of(self, claim: Claim) -> list[Attribution]:
        """The attributions from the outermost to the claim's own; a cycle ends it."""
        path: list[Attribution] = []
        inner = claim.attribution
        while inner in self._held and self._held[inner] not in path:
            path.append(self._held[inner])
            inner = path[-1].within
        return [a for a in reversed(path) if not self._is_nobody(a)]

    def _is_nobody(self, attribution: Attribution) -> bool:
        """True where what was read as who speaks is a day, or a word that stands for a report.

        *Its report of 11 June that nine died*, *a report that said so*.
        """
        own = attribution.source
        if words_of(self._text, own).lower() in ("that", "which"):
            return True
        return bool(own) and all(map(self._is_day, own))

    def _is_day(self, span: Span) -> bool:
        n = bisect_right(self._starts, span.start)
        return n > 0 and self._ends[n - 1] >= span.end


def path_of(reading: Reading, claim: Claim) -> list[Attribution]:
    """The attributions of a claim from the outermost to its own, of those that somebody makes."""
    return _Paths(reading).of(claim)


def hops_of(reading: Reading, claim: Claim) -> list[str]:
    """The names on a claim's way, outermost first: who says it is the last."""
    names = {s.id: s.name for s in reading.sources}
    return [names.get(a.source_id or "", NOBODY) for a in path_of(reading, claim)]


def chain_of(reading: Reading, claim: Claim) -> tuple[str, ...]:
    """On whose word, from the publisher inwards."""
    report = reading.report
    hops = (report.publisher, report.credit, *hops_of(reading, claim))
    return tuple(dict.fromkeys(hop for hop in hops if hop))


def said_of(reading: Reading, claim: Claim) -> When | None:
    """When it was said, as the outermost tells."""
    return next((a.said for a in path_of(reading, claim) if a.said), None)


def _hop(attribution: Attribution, sources: dict[str, Source], text: str) -> Hop:
    source = sources.get(attribution.source_id or "")
    name = source.name if source else words_of(text, attribution.source)
    return Hop(attribution, source, name)
