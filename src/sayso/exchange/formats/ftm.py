"""FollowTheMoney statements (CSV), as Aleph and OpenSanctions' tools read them.

Written here and not by the followthemoney library, which needs ICU's headers and a compiler to be
installed: a statement is 14 cells, and its id the SHA-1 of four of them. The tests read it back by
the library, without ICU.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sayso.exchange.columns import Told, place_key, point_of
from sayso.exchange.dispute import dispute_words
from sayso.exchange.formats.jsonld import iri_of
from sayso.exchange.formats.offer import Left
from sayso.exchange.formats.rows import Named, person_key
from sayso.exchange.leaving import Asked, Leaving, open_leaving
from sayso.ledger import Ledger
from sayso.ledger.asking.report_page import ReportPage
from sayso.ledger.layout.masking import BLOCK
from sayso.lexicon.load import load_table
from sayso.record import Place, Source, When
from sayso.record.cells import guard
from sayso.record.incident import PolicyCell
from sayso.record.words import number_words, when_words

COLUMNS = (
    "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin",
    "lang", "original_value", "external", "first_seen", "last_seen", "id",
)  # fmt: skip
_TYPES = {
    "name": "name", "title": "string", "publisher": "string", "author": "string",
    "publishedAt": "date", "retrievedAt": "date", "sourceUrl": "url", "country": "country",
    "location": "address", "addressEntity": "entity", "full": "address", "state": "string",
    "latitude": "number", "longitude": "number", "date": "date", "summary": "text",
    "description": "text", "notes": "text", "keywords": "string", "recordId": "string",
    "entity": "entity", "proof": "entity", "document": "entity", "role": "string",
}  # fmt: skip
_SCHEMATA = {"person": "Person", "witness": "Person", "agency": "Organization",
             "media": "Organization"}  # fmt: skip


class Thing(NamedTuple):
    """An entity of which statements are made: what they come from, and since when."""

    id: str
    schema: str
    origin: str
    seen: str


class Statement(NamedTuple):
    """A property of a thing, and its words in the report where these say something else."""

    thing: Thing
    prop: str
    value: str
    original: str = ""


def leave_ftm(ledger: Ledger, asked: Asked, place: Path) -> Left:
    """What the file tells of."""
    told = _Statements(open_leaving(ledger, asked))
    dataset = told.leaving.head.ledger.replace("-", "_")
    with place.open("w", encoding="utf-8", errors="backslashreplace", newline="") as out:
        writer = csv.writer(out, dialect=csv.unix_dialect)
        writer.writerow(COLUMNS)
        writer.writerows(_cells(each, dataset) for each in told.all() if each.value)
    return Left(told.leaving.reports, told.incidents)


def _cells(each: Statement, dataset: str) -> tuple[str, ...]:
    thing, value = each.thing, guard(each.value)  # somebody opens it in a spreadsheet, too
    key = f"{dataset}.{thing.id}.{each.prop}.{value}".encode("utf-8", "backslashreplace")
    id_ = hashlib.sha1(key, usedforsecurity=False).hexdigest()
    original = guard(each.original) if each.original != each.value else ""
    return (
        thing.id, thing.id, each.prop, _TYPES[each.prop], thing.schema, value, dataset,
        guard(thing.origin), "", original, "f", thing.seen, thing.seen, id_,
    )  # fmt: skip


def date_prefix(when: When | None) -> str:
    """As much of a date as both its ends share: 2024-06 of a month, nothing of an open end.

    FollowTheMoney's start and end are those of the event, not of what is known of its day, and its
    hours have no zone: of one that has, the day there is left (in UTC it may be another).
    """
    if when is None or when.start is None or when.end is None:
        return ""
    if when.start == when.end and not any(sign in when.start[10:] for sign in "Z+-"):
        return when.start
    shared = []
    for a, b in zip(when.start[:10].split("-"), when.end[:10].split("-"), strict=False):
        if a != b:
            break
        shared.append(a)
    return "-".join(shared)


class _Statements:
    """The statements in the making; it holds ids of what was written, and no more."""

    def __init__(self, leaving: Leaving) -> None:
        self.leaving = leaving
        self.incidents = 0
        self._told: dict[str, list[str]] = {}  # incidents by the claims that tell of them
        self._seen: set[str] = set()

    def all(self) -> Iterator[Statement]:
        """Incidents, then reports; those of one thing stand together."""
        for told in self.leaving.told():
            self.incidents += 1
            yield from self._incident(told)
        for page in self.leaving.pages():
            yield from self._report(page)

    def _thing(self, schema: str, handle: str, seen: str, origin: str | None = None) -> Thing:
        kind = schema.lower()
        return Thing(f"sayso-{self.leaving.uuid(kind, handle)}", schema, origin or handle, seen)

    def _incident(self, told: Told) -> Iterator[Statement]:
        view = told.view
        event = self._thing("Event", view.id, view.opened)
        address = self._address(view.place, view.opened)
        for claim in view.claims:
            self._told.setdefault(claim.claim, []).append(event.id)
        where = view.place.name if view.place else None
        yield Statement(event, "name", told.title)
        yield Statement(event, "recordId", view.id)
        yield Statement(event, "keywords", view.type or "")
        yield Statement(event, "date", date_prefix(view.time), when_words(view.time) or "")
        yield Statement(event, "country", _country(view.place.country if view.place else None))
        yield Statement(event, "location", where or "")
        yield Statement(event, "addressEntity", address[0].thing.id if address else "")
        yield Statement(event, "summary", view.origin_words)
        yield Statement(event, "description", dispute_words(view))
        yield Statement(event, "notes", f"figures by the policy {told.policy}")
        for cell in told.cells:
            yield Statement(event, "notes", _cell_words(cell))
        yield from address if address and address[0].thing.id not in self._seen else ()
        self._seen |= {a.thing.id for a in address[:1]}
        for line in view.report_lines:
            document = self._thing("Article", line.report, line.learnt)
            tie = self._thing("Documentation", f"{view.id}|{line.report}", line.learnt, view.id)
            yield Statement(tie, "document", document.id)
            yield Statement(tie, "entity", event.id)
            yield Statement(tie, "role", "is about it" if line.main else "mentions it")
            yield Statement(tie, "date", date_prefix(line.published))

    def _address(self, place: Place | None, seen: str) -> list[Statement]:
        if place is None or place.name is None:
            return []
        thing = self._thing("Address", place_key(place), seen, place.gazetteer_id or place.name)
        found = [
            Statement(thing, "full", place.name),
            Statement(thing, "country", _country(place.country)),
            Statement(thing, "state", place.admin1 or ""),
        ]
        if point := point_of(place):
            names = ("latitude", "longitude")
            found += [Statement(thing, n, f"{v:.10g}") for n, v in zip(names, point, strict=True)]
        return found

    def _report(self, page: ReportPage) -> Iterator[Statement]:
        named, report, answer = Named(page), page.reading.report, page.report
        article = self._thing("Article", answer.report, answer.learnt)
        published = when_words(report.published) or ""
        yield Statement(article, "title", report.title or answer.name)
        yield Statement(article, "publisher", report.publisher or "")
        yield Statement(article, "author", report.byline or "")
        yield Statement(article, "publishedAt", date_prefix(report.published), published)
        yield Statement(article, "retrievedAt", answer.learnt[:19])
        yield Statement(article, "sourceUrl", iri_of(answer.url) if answer.url else "")
        for source in page.reading.sources:
            yield from self._someone(source, named.sources[source.id], answer.learnt)
        for n, claim in enumerate(page.reading.claims):
            handle = page.handle(n)
            note = self._thing("Note", handle, answer.learnt)
            yield Statement(note, "description", named.words(claim.content) or "")
            yield Statement(note, "proof", article.id)
            yield Statement(note, "publisher", report.publisher or "")
            yield Statement(note, "summary", " › ".join(named.chain(claim)))
            yield Statement(note, "keywords", f"certainty: {claim.certainty}")
            yield Statement(note, "keywords", f"polarity: {claim.polarity}")
            for event in dict.fromkeys(self._told.get(handle, ())):
                yield Statement(note, "entity", event)

    def _someone(self, source: Source, handle: str, seen: str) -> Iterator[Statement]:
        """One who speaks under a name: an unnamed or a hidden one would be matched with others."""
        schema = _SCHEMATA.get(source.kind, "LegalEntity")
        thing = self._thing(schema, person_key(source, handle), seen, handle)
        if not source.named or BLOCK in source.name or thing.id in self._seen:
            return
        self._seen.add(thing.id)
        yield Statement(thing, "name", source.name)
        yield Statement(thing, "country", _country(source.actor.country if source.actor else None))


def _country(code: str | None) -> str:
    """ISO 3166-1 alpha-2 in small letters, as FollowTheMoney has it."""
    row = load_table("countries").get(code or "")
    return str(row["iso2"]).lower() if row else ""


def _cell_words(cell: PolicyCell) -> str:
    """A figure in words, its open ends too: `killed: at least 3, best 11, at most not told`."""
    ends = (cell.low, cell.best, cell.high)
    low, best, high = ("not told" if e is None else number_words(e) for e in ends)
    claims = f" ({', '.join(cell.claims)})" if cell.claims else ""
    return f"{cell.measure}: at least {low}, best {best}, at most {high}{claims}"
