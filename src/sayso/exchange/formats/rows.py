"""Reports and incidents as rows of the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sayso.exchange.columns import Told, point_of, status_of
from sayso.exchange.dispute import dispute_words
from sayso.exchange.formats.tables import Row
from sayso.exchange.leaving import Leaving
from sayso.incidents.words import flag_words
from sayso.ledger.asking.report_page import ReportPage
from sayso.ledger.layout.masking import BLOCK
from sayso.record import Actor, Claim, Place, Source, Spans, When, words_of
from sayso.record.incident import IncidentView, JoinLine, OriginLine
from sayso.record.view import chain_of, hops_of, said_of

Rows = Iterator[tuple[str, Row]]


def all_rows(leaving: Leaving) -> Rows:
    """Each row with the name of its table: report by report, then incident by incident."""
    for page in leaving.pages():
        yield from report_rows(page)
    for told in leaving.told():
        yield from incident_rows(told)


def when_cells(when: When | None, of: str = "") -> Row:
    """The cells of a time."""
    stem = f"{of}_" if of else ""
    keys = ("start", "end", "precision", "basis")
    return {f"{stem}{key}": getattr(when, key) if when else None for key in keys}


def place_cells(place: Place | None) -> Row:
    """The cells of a place."""
    keys = ("gazetteer_id", "country", "admin1")
    lat, lon = point_of(place) or (None, None)
    return {
        "place": place.name if place else None,
        "place_precision": place.precision if place else None,
        **{key: getattr(place, key) if place else None for key in keys},
        "lat": lat,
        "lon": lon,
    }


def actor_cells(actor: Actor | None) -> Row:
    """The cells of who somebody is."""
    return {
        "actor": actor.name if actor else None,
        "actor_country": actor.country if actor else None,
        "actor_kind": actor.kind if actor else None,
    }


def pairs(spans: Iterable[Any]) -> list[list[int]]:
    """Spans as pairs of numbers."""
    return [[s.start, s.end] for s in spans]


class Named:
    """The things of a reading, by handles that are functions of their place and of no name."""

    def __init__(self, page: ReportPage) -> None:
        self.page, self.reading = page, page.reading
        handle = page.report.report
        self.sources = _handles(f"{handle}.s", self.reading.sources)
        self.attributions = _handles(f"{handle}.a", self.reading.attributions)
        self.events = _handles(f"{handle}.e", self.reading.events)

    def words(self, spans: Spans) -> str | None:
        """The words at some spans, None where there are none."""
        return words_of(self.reading.report.text, spans) if spans else None

    def chain(self, claim: Claim) -> list[str]:
        """On whose word, from the publisher inwards."""
        return list(chain_of(self.reading, claim))


def person_key(source: Source, handle: str) -> str:
    """What stands for one who speaks: name, kind and country, as in `sayso sources`.

    Of a hidden or missing name the handle, which is a function of no name: two people whose names
    are as long are not one.
    """
    if BLOCK in source.name or not source.named:
        return handle
    country = source.actor.country if source.actor else None
    return "|".join((source.name.casefold(), source.kind, country or ""))


def _handles(stem: str, things: Iterable[Any]) -> dict[str, str]:
    return {thing.id: f"{stem}{n}" for n, thing in enumerate(things)}


def report_rows(page: ReportPage) -> Rows:
    """The rows of a report and of all that was read in it."""
    named = Named(page)
    yield "reports", _report(page)
    yield from (("sources", row) for row in _sources(named))
    yield from (("attributions", row) for row in _attributions(named))
    yield from (("claims", row) for row in _claims(named))
    yield from _events(named)
    yield from (("figures", row) for row in _figures(named))


def _report(page: ReportPage) -> Row:
    report, answer = page.reading.report, page.report
    return {
        "report": answer.report, "name": answer.name, "title": report.title,
        "publisher": report.publisher, "credit": report.credit, "byline": report.byline,
        "url": answer.url, **when_cells(report.published, "published"),
        "language": report.language, "excerpt": report.excerpt, "version": answer.version,
        "previous": answer.previous, "learnt": answer.learnt, "reader": page.reader,
        "warnings": list(page.reading.warnings), "marking": answer.marking,
    }  # fmt: skip


def _sources(named: Named) -> Iterator[Row]:
    for source in named.reading.sources:
        yield {
            "source": named.sources[source.id], "report": named.page.report.report,
            "name": source.name, "kind": source.kind, "named": source.named,
            **actor_cells(source.actor), "spans": pairs(s for m in source.mentions for s in m),
        }  # fmt: skip


def _attributions(named: Named) -> Iterator[Row]:
    for each in named.reading.attributions:
        yield {
            "attribution": named.attributions[each.id], "report": named.page.report.report,
            "source": named.sources.get(each.source_id or ""),
            "within": named.attributions.get(each.within or ""),
            "source_words": named.words(each.source), "source_spans": pairs(each.source),
            "cue": named.words(each.cue), "cue_spans": pairs(each.cue),
            "content": named.words(each.content), "content_spans": pairs(each.content),
            "addressee": named.words(each.to), "quotation": each.quotation,
            **when_cells(each.said, "said"), "score": each.score,
        }  # fmt: skip


def _claims(named: Named) -> Iterator[Row]:
    for n, claim in enumerate(named.reading.claims):
        handle = named.page.handle(n)
        judged = named.page.judged.get(handle, ())
        hops = hops_of(named.reading, claim)
        decided = [j.action for j in judged if j.action in ("accept", "reject")]
        yield {
            "claim": handle, "report": named.page.report.report,
            "attribution": named.attributions.get(claim.attribution or ""),
            "speaker": hops[-1] if hops else None, "chain": named.chain(claim),
            "content": named.words(claim.content), "content_spans": pairs(claim.content),
            "certainty": claim.certainty, "certainty_cue": named.words(claim.certainty_cue),
            "polarity": claim.polarity, **when_cells(said_of(named.reading, claim), "said"),
            "events": [named.events[e] for e in claim.events if e in named.events],
            "figures": [f"{handle}.{k}" for k, _ in enumerate(claim.figures)],
            "decision": decided[-1] if decided else None,
        }  # fmt: skip


def _events(named: Named) -> Rows:
    for event in named.reading.events:
        handle = named.events[event.id]
        yield "events", {
            "event": handle, "report": named.page.report.report, "type": event.type,
            "trigger": named.words(event.trigger), "trigger_spans": pairs(event.trigger),
            "negated": event.negated, "hypothetical": event.hypothetical,
            **when_cells(event.time, "time"), **place_cells(event.place), "score": event.score,
        }  # fmt: skip
        for each in event.participants:
            yield "participants", {
                "event": handle, "role": each.role, "words": named.words(each.text),
                "spans": pairs(each.text), **actor_cells(each.actor),
                "source": named.sources.get(each.source_id or ""),
            }  # fmt: skip


def _figures(named: Named) -> Iterator[Row]:
    held = {figure.id: figure for figure in named.reading.figures}
    for n, claim in enumerate(named.reading.claims):
        for k, id_ in enumerate(claim.figures):
            figure, handle = held[id_], named.page.handle(n)
            yield {
                "figure": f"{handle}.{k}", "claim": handle, "report": named.page.report.report,
                "words": named.words(figure.span), "spans": pairs(figure.span),
                "low": figure.low, "best": figure.best, "high": figure.high,
                "bound": figure.bound, "counts": figure.counts, "of": named.words(figure.of),
                "scope": figure.scope, **when_cells(figure.since, "since"),
            }  # fmt: skip


def incident_rows(told: Told) -> Rows:
    """The rows of an incident and of all that it rests on."""
    view = told.view
    yield "incidents", _incident(told)
    yield from (("cells", row) for row in _cells(told))
    yield from (("states", row) for row in _states(view))
    yield from (("mentions", row) for row in _mentions(view))
    yield from (("origins", row) for row in _origins(view))
    yield from _joins(view)
    for copy in view.copies:
        yield "copies", {
            "copy": copy.id, "incident": view.id, "a": copy.a, "b": copy.b,
            "share_a": copy.share_a, "share_b": copy.share_b,
        }  # fmt: skip
    for each in view.judgements:
        yield "judgements", {
            "entry": each.entry, "incident": view.id, "action": each.action, "target": each.target,
            "by": each.by, "at": each.at, "reason": each.reason, "lapsed": each.lapsed,
        }  # fmt: skip


def _incident(told: Told) -> Row:
    view = told.view
    return {
        "incident": view.id, "status": status_of(view), "type": view.type,
        **when_cells(view.time, "time"), **place_cells(view.place),
        "reports": view.reports, "texts": view.texts,
        "origins_min": view.at_least, "origins_max": view.at_most, "origins": view.origin_words,
        "flags": [flag_words(f) for f in told.flags], "note": dispute_words(view) or None,
        "opened": view.opened, "changed": view.changed,
    }  # fmt: skip


def _cells(told: Told) -> Iterator[Row]:
    for cell in told.cells:
        yield {
            "incident": told.view.id, "measure": cell.measure, "policy": cell.policy,
            "low": cell.low, "best": cell.best, "high": cell.high, "claims": list(cell.claims),
        }  # fmt: skip


def _states(view: IncidentView) -> Iterator[Row]:
    for state in view.states:
        yield {
            "incident": view.id, "state": state.state, "count": state.count,
            "bound": state.bound, **when_cells(state.when, "time"),
            **when_cells(state.said, "said"), "speakers": list(state.speakers),
            "claims": list(state.claims),
        }  # fmt: skip


def _mentions(view: IncidentView) -> Iterator[Row]:
    claims: dict[str, list[str]] = {}
    for claim in view.claims:
        claims.setdefault(claim.report, []).append(claim.claim)
    for line in view.report_lines:
        yield {
            "mention": line.mention, "incident": view.id, "report": line.report, "main": line.main,
            "claims": claims.get(line.report, []),
            "why": line.why, "by": line.by, "score": line.score, "same_text": list(line.same_text),
        }  # fmt: skip


def _origins(view: IncidentView) -> Iterator[Row]:
    for n, origin in enumerate((*view.origins, *view.denials)):
        yield {
            "origin": f"{view.id}.o{n}", "incident": view.id, "denies": n >= len(view.origins),
            **_who(origin), "chain": list(origin.chain), "claims": list(origin.claims),
            "may_be": origin.may_be, "weakest": origin.weakest, "grade": origin.grade,
            "party": origin.party,
        }  # fmt: skip


def _who(origin: OriginLine) -> Row:
    return {
        "name": origin.name, "kind": origin.kind, "named": origin.named,
        **actor_cells(origin.actor),
    }  # fmt: skip


def _joins(view: IncidentView) -> Rows:
    for join in view.joins:
        yield "joins", _join(view, join, None)
    for n, each in enumerate(view.utterances):
        handle = f"{view.id}.u{n}"
        yield "utterances", {
            "utterance": handle, "incident": view.id, "speaker": each.speaker,
            **when_cells(each.said, "said"), "quotation": each.quotation,
            "reports": [q.report for q in each.quotes], "words": [q.words for q in each.quotes],
        }  # fmt: skip
        yield from (("joins", _join(view, join, handle)) for join in each.joins)


def _join(view: IncidentView, join: JoinLine, utterance: str | None) -> Row:
    return {
        "join": join.id, "incident": view.id, "utterance": utterance, "a": join.a, "b": join.b,
        "counts_in": join.bound, "kind": join.kind, "words": join.words,
    }  # fmt: skip
