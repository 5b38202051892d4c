r"""CSV: one row a claim, for a spreadsheet or a statistics program.

UTF-8 without a byte order mark: standard output is for pipes, and with the mark the first column
of R, awk and Python's own reader would be called "\ufeffreport". RFC 4180: CRLF, quotes doubled.

A claim with several events or figures keeps one row; their columns then hold as many values, in
one order, parted by "; " (an unknown value is empty, and its place is kept).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from sayso.record import Event, Figure, Reading, When, words_of
from sayso.record.cells import Value, joined, safe_cell
from sayso.record.claim_words import CHAIN_SIGN, actor_words, certainty_words, name_hop
from sayso.record.view import ClaimView, view_claims


def _of_events(take: Callable[[Event, str], Value]) -> Callable[[ClaimView], Value]:
    return lambda v: joined(take(e, v.report.text) for e in v.events)


def _of_figures(take: Callable[[Figure, str], Value]) -> Callable[[ClaimView], Value]:
    return lambda v: joined(take(f, v.report.text) for f in v.figures)


def _participants(event: Event, text: str) -> str:
    """`captor: Ukrainian forces [UKR military] + captive: a soldier`."""
    return " + ".join(
        f"{p.role}: {actor_words(words_of(text, p.text), p.actor)}" for p in event.participants
    )


def _bound(when: When | None, side: str) -> Value:
    return getattr(when, side) if when else None


def _published(view: ClaimView, side: str) -> Value:
    return getattr(view.report.published, side) if view.report.published else None


COLUMNS: dict[str, Callable[[ClaimView], Value]] = {
    "report": lambda v: v.report.name,
    "report_id": lambda v: v.report.id,
    "title": lambda v: v.report.title,
    "publisher": lambda v: v.report.publisher,
    "credit": lambda v: v.report.credit,
    "url": lambda v: v.report.url,
    "published": lambda v: _published(v, "start"),
    "published_basis": lambda v: _published(v, "basis"),
    "claim": lambda v: v.number,
    "claim_id": lambda v: v.claim.id,
    "content": lambda v: v.content,
    "spans": lambda v: " ".join(f"{s.start}-{s.end}" for s in v.claim.content),
    "speaker": lambda v: name_hop(v.hops[0], short=False) if v.hops else None,
    "chain": lambda v: CHAIN_SIGN.join(name_hop(h, short=False) for h in v.hops),
    "quotation": lambda v: v.outer.quotation if v.outer else None,
    "said_start": lambda v: _bound(v.outer.said, "start") if v.outer else None,
    "said_end": lambda v: _bound(v.outer.said, "end") if v.outer else None,
    "certainty": lambda v: v.claim.certainty,
    "certainty_cue": lambda v: v.cue,
    "certainty_words": lambda v: " ".join(certainty_words(v)),
    "polarity": lambda v: v.claim.polarity,
    "event_type": _of_events(lambda e, _: e.type),
    "event_trigger": _of_events(lambda e, t: words_of(t, e.trigger)),
    "event_negated": _of_events(lambda e, _: "yes" if e.negated else "no"),
    "event_hypothetical": _of_events(lambda e, _: "yes" if e.hypothetical else "no"),
    "event_start": _of_events(lambda e, _: _bound(e.time, "start")),
    "event_end": _of_events(lambda e, _: _bound(e.time, "end")),
    "participants": _of_events(_participants),
    "place": _of_events(lambda e, _: e.place.name if e.place else None),
    "place_precision": _of_events(lambda e, _: e.place.precision if e.place else None),
    "country": _of_events(lambda e, _: e.place.country if e.place else None),
    "gazetteer_id": _of_events(lambda e, _: e.place.gazetteer_id if e.place else None),
    "lat": _of_events(lambda e, _: e.place.lat if e.place else None),
    "lon": _of_events(lambda e, _: e.place.lon if e.place else None),
    "figure": _of_figures(lambda f, t: words_of(t, f.span)),
    "figure_counts": _of_figures(lambda f, _: f.counts),
    "figure_of": _of_figures(lambda f, t: words_of(t, f.of)),
    "figure_low": _of_figures(lambda f, _: f.low),
    "figure_best": _of_figures(lambda f, _: f.best),
    "figure_high": _of_figures(lambda f, _: f.high),
    "figure_bound": _of_figures(lambda f, _: f.bound),
    "figure_scope": _of_figures(lambda f, _: f.scope),
    "score": lambda v: v.hops[-1].attribution.score if v.hops else None,
}


class Csv:
    """Claims as CSV, the header with the first reading."""

    encoding = "utf-8"
    warns = False

    def __init__(self) -> None:
        self._begun = False

    def put(self, reading: Reading) -> str:
        """The rows of one reading's claims; the first time, the header before them."""
        page = io.StringIO(newline="")
        rows = csv.writer(page)
        if not self._begun:
            rows.writerow(COLUMNS)
            self._begun = True
        for view in view_claims(reading):
            rows.writerow(safe_cell(take(view)) for take in COLUMNS.values())
        return page.getvalue()

    def end(self) -> str:
        """Nothing: a row is whole by itself."""
        return ""
