"""Linked data, read back by rdflib with no net."""

from __future__ import annotations

import socket
import warnings
from typing import Any

import pytest

from sayso.exchange.columns import Told
from sayso.exchange.formats.jsonld import OURS, iri_of
from sayso.exchange.leaving import Asked
from sayso.incidents.view import view_incident
from sayso.ledger import Ledger
from tests.exchange.formats.conftest import HOSTILE, Leave

rdflib = pytest.importorskip("rdflib", reason="a tool of tests")
PROV, OA = (
    rdflib.Namespace("http://www.w3.org/ns/prov#"),
    rdflib.Namespace("http://www.w3.org/ns/oa#"),
)
SCHEMA, SAYSO = rdflib.Namespace("https://schema.org/"), rdflib.Namespace(OURS)
ID = rdflib.Namespace("http://purl.org/dc/terms/").identifier


@pytest.fixture
def read(leave: Leave, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A function that writes and reads back; a connection would fail the test."""

    def refuse(*_: object) -> None:
        raise AssertionError("somebody fetches something")

    monkeypatch.setattr(socket.socket, "connect", refuse)

    def graph(asked: Asked | None = None) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own, of its Dataset
            return rdflib.Graph().parse(leave("jsonld", asked), format="json-ld")

    return graph


def node_of(graph: Any, handle: str) -> Any:
    """The node of a handle."""
    return graph.value(predicate=ID, object=rdflib.Literal(handle))


def test_each_name_is_a_valid_iri(read: Any) -> None:
    """Nothing in the graph is a relative or a broken address, and N-Triples can hold it all."""
    graph = read()
    for triple in graph:
        for term in triple:
            if isinstance(term, rdflib.URIRef):
                assert term.n3().startswith(("<urn:", "<http"))
    assert len(rdflib.Graph().parse(data=graph.serialize(format="nt"), format="nt")) == len(graph)
    assert set('<>"{}|\\^` ').isdisjoint(iri_of(HOSTILE))


def test_a_claim_is_traced_to_who_says_it(read: Any) -> None:
    """Quoted from its report, its source the act of saying, that of who speaks."""
    graph = read()
    said_so = set(graph.subjects(SCHEMA.text, rdflib.Literal("Up to 40 were wounded")))
    (claim,) = said_so & set(graph.subjects(rdflib.RDF.type, SCHEMA.Claim))
    report = graph.value(claim, PROV.wasQuotedFrom)
    assert str(graph.value(report, SCHEMA.headline)) == "Toll of Porto depot shelling disputed"
    assert graph.value(claim, SCHEMA.appearance) == report
    said = graph.value(claim, PROV.hadPrimarySource)
    speaker = graph.value(said, PROV.wasAttributedTo)
    assert str(graph.value(speaker, SCHEMA.name)) == "the fire brigade"


def test_selectors_lead_to_the_words(read: Any, odd: Ledger) -> None:
    """By position and by quotation, in the report's text as given."""
    graph = read(Asked(unmasked=True))
    found = 0
    for note in graph.subjects(rdflib.RDF.type, OA.Annotation):
        target = graph.value(note, OA.hasTarget)
        handle = graph.value(graph.value(target, OA.hasSource), ID)
        text = odd.reading(str(handle)).report.text
        for selector in graph.objects(target, OA.hasSelector):
            if (start := graph.value(selector, OA.start)) is not None:
                assert 0 <= int(start) < int(graph.value(selector, OA.end)) <= len(text)
            else:
                exact, prefix, suffix = (
                    str(graph.value(selector, p)) for p in (OA.exact, OA.prefix, OA.suffix)
                )
                assert f"{prefix}{exact}{suffix}" in text
                found += 1
    assert found > 5


def test_incidents_are_as_the_ledger_says(read: Any, odd: Ledger) -> None:
    """Origins, the policy's cells with open ends, days where they are days."""
    graph = read(Asked(policy="lowest"))
    for row in odd.incidents():
        view, node = view_incident(odd, row.incident), node_of(graph, row.incident)
        assert int(graph.value(node, SAYSO.originsMin)) == view.at_least
        assert int(graph.value(node, SAYSO.originsMax)) == view.at_most
        told = {
            str(graph.value(c, SAYSO.measure)): [
                float(v) if (v := graph.value(c, SAYSO[b])) is not None else None
                for b in ("low", "best", "high")
            ]
            for c in graph.objects(node, SAYSO.cell)
        }
        cells = {c.measure: [c.low, c.best, c.high] for c in Told(view, (), "lowest").cells}
        assert told == cells
        day = graph.value(node, SCHEMA.startDate)
        is_day = view.time is not None and view.time.precision == "day"
        assert (str(day) if day else None) == (view.time.start if view.time and is_day else None)


def test_unknown_stays_unknown(read: Any) -> None:
    """No point, no place, no day, no number where none is told."""
    graph = read()
    assert not list(graph.subjects(rdflib.RDF.type, SCHEMA.GeoCoordinates))
    (ambush,) = graph.subjects(SAYSO.type, rdflib.Literal("attack"))
    for told in (SCHEMA.location, SCHEMA.startDate, SAYSO.time):
        assert graph.value(ambush, told) is None
    (dozens,) = graph.subjects(SAYSO.words, rdflib.Literal("Dozens"))
    (least,) = graph.subjects(SAYSO.words, rdflib.Literal("At least 11"))
    assert [graph.value(dozens, SAYSO[b]) for b in ("low", "best", "high")] == [None] * 3
    assert graph.value(least, SAYSO.high) is None
    assert graph.value(least, SAYSO.low).toPython() == 11
