"""Linked data (JSON-LD 1.1): claims by PROV-O, their words by Web Annotation, by schema.org Claim.

The context is in the file: nobody fetches anything to read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sayso.exchange.columns import Told, point_of
from sayso.exchange.dispute import dispute_words
from sayso.exchange.formats.jsonl import known, to_json
from sayso.exchange.formats.offer import Left
from sayso.exchange.formats.rows import Named, person_key
from sayso.exchange.leaving import Asked, Leaving, open_leaving
from sayso.ledger import Ledger
from sayso.ledger.asking.report_page import ReportPage
from sayso.record import Attribution, Claim, Place, Source, Span, Spans, When
from sayso.record.incident import OriginLine

Node = dict[str, Any]

AROUND = 32  # characters before and after, by which a quotation is found again
OURS = "urn:sayso:terms:"  # what the vocabularies have no word for
CONTEXT: Node = {
    "@version": 1.1,
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "schema": "https://schema.org/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "sayso": OURS,
}
_DAYS = ("minute", "hour", "day")  # precisions of which schema.org can name the day
_KINDS = {"person": "schema:Person", "witness": "schema:Person"}
_IN_IRI = ":/?#@!$&'()*+,;=%~"


def leave_jsonld(ledger: Ledger, asked: Asked, place: Path) -> Left:
    """What the file tells of."""
    graph = _Graph(open_leaving(ledger, asked))
    with place.open("w", encoding="utf-8", newline="\n") as out:
        out.write(f'{{"@context":{to_json(CONTEXT)},"@graph":[')
        for n, node in enumerate(graph.nodes()):
            out.write(f"{',' if n else ''}\n{to_json(known(node))}")
        out.write("\n]}\n")
    return Left(graph.leaving.reports, graph.incidents)


def iri_of(address: str) -> str:
    """An address as an IRI: what may not stand in one is percent-encoded."""
    return quote(address, safe=_IN_IRI)


class _Graph:
    """The nodes of a graph in the making; it holds nobody's name."""

    def __init__(self, leaving: Leaving) -> None:
        self.leaving = leaving
        self.incidents = 0

    def nodes(self) -> Iterator[Node]:
        """What it is of, then the reports, then the incidents."""
        about = self.leaving.about()
        yield {
            "@id": self._id("export", to_json(about)), "@type": ["prov:Bundle", "prov:Entity"],
            **{f"sayso:{key}": value for key, value in about.items() if key != "filters"},
            "sayso:filter": [f"{key}: {value}" for key, value in about["filters"].items()],
        }  # fmt: skip
        for page in self.leaving.pages():
            yield from self._report(page)
        for told in self.leaving.told():
            self.incidents += 1
            yield self._incident(told)

    def _id(self, kind: str, handle: str) -> str:
        return f"urn:uuid:{self.leaving.uuid(kind, handle)}"

    def _ref(self, kind: str, handles: Iterable[str]) -> list[Node]:
        return [{"@id": self._id(kind, handle)} for handle in handles]

    def _named(self, kind: str, handle: str, *types: str) -> Node:
        return {
            "@id": self._id(kind, handle), "@type": ["prov:Entity", *types],
            "dcterms:identifier": handle,
        }  # fmt: skip

    def _report(self, page: ReportPage) -> Iterator[Node]:
        named, report, answer = Named(page), page.reading.report, page.report
        yield {
            **self._named("report", answer.report, "schema:NewsArticle"),
            "schema:headline": report.title, "schema:inLanguage": report.language,
            "schema:publisher": _organization(report.publisher), "sayso:credit": report.credit,
            "schema:url": {"@id": iri_of(answer.url)} if answer.url else None,
            "schema:datePublished": _day(report.published), "sayso:published":
            _interval(report.published), "prov:generatedAtTime": _typed(answer.learnt),
        }  # fmt: skip
        for source in page.reading.sources:
            yield self._agent(source, named.sources[source.id])
        for attribution in page.reading.attributions:
            yield self._statement(named, attribution)
        for n, claim in enumerate(page.reading.claims):
            handle = page.handle(n)
            yield self._claim(named, claim, handle)
            yield self._annotation(named, claim, handle)

    def _agent(self, source: Source, handle: str) -> Node:
        actor = source.actor
        return {
            "@id": self._id("identity", person_key(source, handle)),
            "@type": ["prov:Agent", _KINDS.get(source.kind, "schema:Organization")],
            "schema:name": source.name, "sayso:kind": source.kind,
            "sayso:country": actor.country if actor else None,
        }  # fmt: skip

    def _statement(self, named: Named, each: Attribution) -> Node:
        """An act of saying; the one that it passes on is what it quotes from."""
        inner = [a.id for a in named.reading.attributions if a.within == each.id]
        return {
            **self._named("attribution", named.attributions[each.id], "sayso:Attribution"),
            "prov:wasAttributedTo": self._speaker(named, each.source_id),
            "prov:wasQuotedFrom": self._ref("attribution", (named.attributions[i] for i in inner)),
            "sayso:cue": named.words(each.cue), "sayso:quotation": each.quotation,
            "schema:text": named.words(each.content), "sayso:said": _interval(each.said),
        }  # fmt: skip

    def _speaker(self, named: Named, id_: str | None) -> Node | None:
        source = next((s for s in named.reading.sources if s.id == id_), None)
        if source is None:
            return None
        return {"@id": self._id("identity", person_key(source, named.sources[source.id]))}

    def _claim(self, named: Named, claim: Claim, handle: str) -> Node:
        report = self._ref("report", [named.page.report.report])
        said = named.attributions.get(claim.attribution or "")
        held = {figure.id: figure for figure in named.reading.figures}
        figures = [held[id_] for id_ in claim.figures]
        return {
            **self._named("claim", handle, "schema:Claim"),
            "schema:text": named.words(claim.content), "schema:appearance": report,
            "prov:wasQuotedFrom": report,
            "prov:hadPrimarySource": self._ref("attribution", [said] if said else []),
            "sayso:chain": {"@list": named.chain(claim)}, "sayso:certainty": claim.certainty,
            "sayso:polarity": claim.polarity,
            "sayso:figure": [
                {
                    "@id": self._id("figure", f"{handle}.{n}"), "@type": "sayso:Figure",
                    "dcterms:identifier": f"{handle}.{n}", "sayso:words": named.words(f.span),
                    "sayso:counts": f.counts, "sayso:bound": f.bound, "sayso:scope": f.scope,
                    **_bounds(f.low, f.best, f.high),
                }
                for n, f in enumerate(figures)
            ],
        }  # fmt: skip

    def _annotation(self, named: Named, claim: Claim, handle: str) -> Node:
        """Where a claim's words stand: by themselves and what is around them, and by position."""
        return {
            "@id": self._id("annotation", handle), "@type": "oa:Annotation",
            "oa:motivatedBy": {"@id": "oa:identifying"}, "oa:hasBody": self._ref("claim", [handle]),
            "oa:hasTarget": {
                "@type": "oa:SpecificResource",
                "oa:hasSource": self._ref("report", [named.page.report.report]),
                "oa:hasSelector": _selectors(named.reading.report.text, claim.content),
            },
        }  # fmt: skip

    def _incident(self, told: Told) -> Node:
        view = told.view
        return {
            **self._named("incident", view.id, "schema:Event"),
            "sayso:type": view.type, "schema:startDate": _day(view.time, "start"),
            "schema:endDate": _day(view.time, "end"), "sayso:time": _interval(view.time),
            "schema:location": _location(view.place), "schema:description": view.origin_words,
            "sayso:note": dispute_words(view) or None, "sayso:policy": told.policy,
            "sayso:reports": view.reports, "sayso:texts": view.texts,
            "sayso:originsMin": view.at_least, "sayso:originsMax": view.at_most,
            "prov:wasDerivedFrom": self._ref("claim", (c.claim for c in view.claims)),
            "sayso:cell": [
                {"@type": "sayso:Cell", "sayso:measure": c.measure, "sayso:policy": c.policy,
                 **_bounds(c.low, c.best, c.high),
                 "prov:wasDerivedFrom": self._ref("claim", c.claims)}
                for c in told.cells
            ],
            "sayso:origin": [self._origin(o) for o in view.origins],
            "sayso:denial": [self._origin(o) for o in view.denials],
        }  # fmt: skip

    def _origin(self, origin: OriginLine) -> Node:
        return {
            "@type": "sayso:Origin", "schema:name": origin.name, "sayso:kind": origin.kind,
            "sayso:chain": {"@list": list(origin.chain)}, "sayso:mayBe": origin.may_be,
            "sayso:grade": origin.grade, "prov:wasDerivedFrom": self._ref("claim", origin.claims),
        }  # fmt: skip


def _selectors(text: str, spans: Spans) -> list[Node]:
    return [selector for span in spans for selector in _selector(text, span)]


def _selector(text: str, span: Span) -> Iterator[Node]:
    yield {
        "@type": "oa:TextQuoteSelector", "oa:exact": text[span.start : span.end],
        "oa:prefix": text[max(0, span.start - AROUND) : span.start],
        "oa:suffix": text[span.end : span.end + AROUND],
    }  # fmt: skip
    yield {"@type": "oa:TextPositionSelector", "oa:start": span.start, "oa:end": span.end}


def _organization(name: str | None) -> Node | None:
    return {"@type": "schema:Organization", "schema:name": name} if name else None


def _typed(stamp: str) -> Node:
    if len(stamp) <= len("2024-12-27"):
        return {"@value": stamp, "@type": "xsd:date"}
    return {"@value": datetime.fromisoformat(stamp).isoformat(), "@type": "xsd:dateTime"}


def _day(when: When | None, end: str = "start") -> Node | None:
    """An end of a time that is known to the day; of a month schema.org could only name a day."""
    stamp = getattr(when, end) if when and when.precision in _DAYS else None
    return _typed(stamp) if stamp else None


def _interval(when: When | None) -> Node | None:
    if when is None:
        return None
    ends = {key: getattr(when, key) for key in ("start", "end")}
    return {
        **{f"sayso:{k}": _typed(stamp) for k, stamp in ends.items() if stamp},
        "sayso:precision": when.precision, "sayso:basis": when.basis,
    }  # fmt: skip


def _location(place: Place | None) -> Node | None:
    """A place; without a point where it is none, so that a map shows no middle of a region."""
    if place is None:
        return None
    point = None
    if found := point_of(place):
        point = {
            "@type": "schema:GeoCoordinates", "schema:latitude": found[0],
            "schema:longitude": found[1],
        }  # fmt: skip
    return {
        "@type": "schema:Place", "schema:name": place.name, "sayso:precision": place.precision,
        "sayso:gazetteerId": place.gazetteer_id, "sayso:country": place.country,
        "schema:geo": point,
    }  # fmt: skip


def _bounds(low: float | None, best: float | None, high: float | None) -> Node:
    ends = {"low": low, "best": best, "high": high}
    return {
        f"sayso:{key}": {"@value": f"{value:.10g}", "@type": "xsd:decimal"}
        for key, value in ends.items()
        if value is not None
    }
