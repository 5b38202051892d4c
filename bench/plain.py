"""A reading as rows of words: what people compare, without ids and offsets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sayso.record import Claim, Figure, Reading, Spans, When


def plain_rows(reading: Reading) -> Iterator[dict[str, Any]]:
    """One row a claim, in the order of the text: its words, chain, certainty, events, figures."""
    by_id = {e.id: e for e in reading.events}
    figures = {f.id: f for f in reading.figures}
    for claim in sorted(reading.claims, key=lambda c: (c.content[0].start, c.content[-1].end)):
        yield {
            "content": _words(reading, claim.content),
            "chain": chain_of(reading, claim),
            "certainty": claim.certainty,
            "events": [
                {
                    "type": event.type,
                    "trigger": _words(reading, event.trigger),
                    "time": _days(event.time),
                    "place": event.place and [event.place.name, event.place.country],
                }
                for event in (by_id[i] for i in claim.events)
            ],
            "figures": [_figure(reading, figures[i]) for i in claim.figures],
        }


def chain_of(reading: Reading, claim: Claim) -> list[str]:
    """The names of a claim's speakers, outermost first; "" for a hop that nobody names."""
    attributions = {a.id: a for a in reading.attributions}
    names = {s.id: s.name for s in reading.sources}
    hops: list[str] = []
    at = claim.attribution
    while at is not None:
        hop = attributions[at]
        hops.insert(0, names.get(hop.source_id or "", ""))
        at = hop.within
    return hops


def _figure(reading: Reading, figure: Figure) -> list[Any]:
    words = _words(reading, figure.span)
    return [words, figure.low, figure.best, figure.high, figure.bound, figure.counts]


def _words(reading: Reading, spans: Spans) -> str:
    text = reading.report.text
    return " ".join(" ".join(text[s.start : s.end].split()) for s in spans)


def _days(when: When | None) -> str | None:
    if when is None:
        return None
    return when.start if when.start == when.end else f"{when.start}/{when.end}"
