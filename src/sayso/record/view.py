"""A reading's rows joined for showing: each claim with its chain, events and figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

from sayso.record import Attribution, Claim, Event, Figure, Reading, Report, Source, words_of


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
    attributions = {a.id: a for a in reading.attributions}
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
            tuple(_hop(a, sources, text) for a in _path(claim.attribution, attributions)),
            own_events,
            _pick(figures, tuple(dict.fromkeys(named))),
        )


def _pick(rows: dict[str, T], ids: tuple[str, ...]) -> tuple[T, ...]:
    return tuple(rows[i] for i in ids if i in rows)


def _path(inner: str | None, attributions: dict[str, Attribution]) -> list[Attribution]:
    """The attributions from the outermost to the one that holds the claim; a cycle ends it."""
    path: list[Attribution] = []
    while inner in attributions and attributions[inner] not in path:
        path.append(attributions[inner])
        inner = path[-1].within
    return path[::-1]


def _hop(attribution: Attribution, sources: dict[str, Source], text: str) -> Hop:
    source = sources.get(attribution.source_id or "")
    name = source.name if source else words_of(text, attribution.source)
    return Hop(attribution, source, name)
