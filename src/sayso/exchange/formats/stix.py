"""A STIX 2.1 bundle: incidents, places, who speaks, reports, and each claim as a note.

What STIX has no property for stands in one property extension, whose definition is in the bundle.
The speaker's certainty never becomes `confidence`, which is the producer's.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sayso import __version__
from sayso.exchange.columns import Told, place_key, point_of
from sayso.exchange.dispute import dispute_words
from sayso.exchange.formats.jsonl import known, to_json
from sayso.exchange.formats.offer import Left
from sayso.exchange.formats.rows import Named, person_key, report_rows
from sayso.exchange.formats.tables import Row
from sayso.exchange.leaving import SCHEMA, Asked, Leaving, open_leaving
from sayso.ledger import Ledger
from sayso.ledger.asking.report_page import ReportPage
from sayso.lexicon.load import load_table
from sayso.record import Place, Source, When
from sayso.record.marking import Marking, level_of

Object = dict[str, Any]

# Fixed for good: who reads a bundle knows the extension, and who made it, by these.
EXTENSION = "extension-definition--0b0e4c6c-4f0e-5c39-8d5c-6f2a1d9b7e54"
MAKER = "identity--8f5c1e0a-6d0f-5b39-a3d1-2c7e4b9a1d20"
SINCE = "2026-11-25T00:00:00.000Z"

# TLP 2.0 as OASIS publishes it (cti-stix-common-objects): known by these ids
TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
TLP: dict[Marking, str] = {
    "clear": "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    "green": "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "amber": "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "amber+strict": "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    "red": "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}
_CLASSES = {"person": "individual", "witness": "individual", "official": "organization",
            "agency": "organization", "media": "organization", "group": "group"}  # fmt: skip
_UNTOLD = "published-not-known"


def leave_stix(ledger: Ledger, asked: Asked, place: Path) -> Left:
    """What the bundle tells of."""
    bundle = _Bundle(open_leaving(ledger, asked))
    with place.open("w", encoding="utf-8", newline="\n") as out:
        out.write(f'{{"type":"bundle","id":"bundle--{bundle.id}","objects":[')
        for n, each in enumerate(bundle.objects()):
            out.write(f"{',' if n else ''}\n{to_json(each)}")
        out.write("\n]}\n")
    return Left(bundle.leaving.reports, bundle.incidents)


def to_stamp(stamp: str) -> str:
    """An instant as STIX writes it: UTC, to the millisecond; a day is its midnight."""
    moment = datetime.fromisoformat(stamp)
    moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


class _Bundle:
    """The objects of a bundle in the making; it holds ids of what was written, and no more."""

    def __init__(self, leaving: Leaving) -> None:
        self.leaving = leaving
        about = leaving.about()
        self.id = leaving.uuid("bundle", to_json(about))
        self.ledger = self._id("identity", "ledger")
        self.incidents = 0
        self._told: dict[str, list[str]] = {}  # incidents by the claims that tell of them
        self._seen: set[str] = set()

    def objects(self) -> Iterator[Object]:
        """What makes and marks it, then the incidents, then the reports."""
        yield from self._makers()
        for told in self.leaving.told():
            self.incidents += 1
            yield from self._incident(told)
        for page in self.leaving.pages():
            yield from self._report(page)

    @functools.cached_property
    def tlp(self) -> Marking:
        """How far the bundle may go: no further than the narrowest of its reports."""
        asked, ledger = self.leaving.asked, self.leaving.ledger
        own = (ledger.report(r, as_known_at=asked.filters.as_known_at).marking
               for r in self.leaving.reports)  # fmt: skip
        return max((asked.tlp, *own), key=level_of)

    def _id(self, kind: str, handle: str) -> str:
        return f"{kind}--{self.leaving.uuid(kind, handle)}"

    def _object(self, kind: str, id_: str, since: str, changed: str | None = None) -> Object:
        return {
            "type": kind, "spec_version": "2.1", "id": id_, "created_by_ref": self.ledger,
            "created": to_stamp(since), "modified": to_stamp(changed or since),
            "object_marking_refs": [TLP[self.tlp]],
        }  # fmt: skip

    def _makers(self) -> Iterator[Object]:
        tlp, about = self.tlp, self.leaving.about()
        yield {
            "type": "marking-definition", "spec_version": "2.1", "id": TLP[tlp],
            "created": "2022-10-01T00:00:00.000Z", "name": f"TLP:{tlp.upper()}",
            "extensions": {
                TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": tlp}
            },
        }  # fmt: skip
        yield {
            "type": "identity", "spec_version": "2.1", "id": MAKER, "created": SINCE,
            "modified": SINCE, "name": "sayso", "identity_class": "system",
        }  # fmt: skip
        yield {
            "type": "extension-definition", "spec_version": "2.1", "id": EXTENSION,
            "created_by_ref": MAKER, "created": SINCE, "modified": SINCE, "name": "sayso",
            "description": "What sayso knows of an incident, a report, a claim: times with their "
            "precision, places as told, figures with open ends, chains of speakers, origins",
            "schema": f"the tables incidents, reports and claims of {SCHEMA}, see docs/tables.md",
            "version": "1.0.0", "extension_types": ["property-extension"],
        }  # fmt: skip
        yield {
            **self._object("identity", self.ledger, SINCE), "name": "a ledger of sayso",
            "identity_class": "system", **_extended({**about, "made_by": f"sayso {__version__}"}),
        }  # fmt: skip

    def _incident(self, told: Told) -> Iterator[Object]:
        view, id_ = told.view, self._id("incident", told.view.id)
        for claim in view.claims:
            self._told.setdefault(claim.claim, []).append(id_)
        where = self._place(view.place)
        if where and where["id"] not in self._seen:
            self._seen.add(where["id"])
            yield where
        own = {
            "incident": view.id, "event_type": view.type, "time": _when(view.time),
            "place": _place(view.place), "reports": view.reports, "texts": view.texts,
            "origins_min": view.at_least, "origins_max": view.at_most, "policy": told.policy,
            "figures": [
                {"measure": c.measure, "low": c.low, "best": c.best, "high": c.high,
                 "claims": list(c.claims)}
                for c in told.cells
            ],
            "note": dispute_words(view) or None,
        }  # fmt: skip
        yield {
            **self._object("incident", id_, view.opened, max(view.changed, view.opened)),
            "name": told.title, "description": view.origin_words,
            **_extended(own),
        }  # fmt: skip
        if where:
            link = self._id("relationship", f"{view.id}|{where['id']}")
            yield {
                **self._object("relationship", link, view.opened), "relationship_type":
                "located-at", "source_ref": id_, "target_ref": where["id"],
            }  # fmt: skip

    def _place(self, place: Place | None) -> Object | None:
        """A location; None of a place in no known country, of which STIX has none."""
        country = load_table("countries").get(place.country or "") if place else None
        if place is None or not country:
            return None
        found = {
            **self._object("location", self._id("location", place_key(place)), SINCE),
            "name": place.name or country["name"], "country": country["iso2"],
        }  # fmt: skip
        if place.admin1:
            found["administrative_area"] = place.admin1
        if point := point_of(place):
            found |= {"latitude": point[0], "longitude": point[1]}
        return found

    def _report(self, page: ReportPage) -> Iterator[Object]:
        named, answer = Named(page), page.report
        id_, notes = self._id("report", answer.report), []
        rows: dict[str, list[Row]] = {}
        for table, row in report_rows(page):
            rows.setdefault(table, []).append(row)
        refs: list[str] = []
        for source in page.reading.sources:
            someone = self._someone(source, named.sources[source.id])
            refs.append(someone["id"])
            if someone["id"] not in self._seen:
                self._seen.add(someone["id"])
                yield someone
        figures: dict[str, list[Row]] = {}
        for figure in rows.get("figures", ()):
            figures.setdefault(figure["claim"], []).append(figure)
        for claim in rows.get("claims", ()):
            told = self._told.get(claim["claim"], [])
            note = {
                **self._object("note", self._id("note", claim["claim"]), answer.learnt),
                "content": claim["content"] or "…", "object_refs": [id_, *dict.fromkeys(told)],
                **_extended({**claim, "stated": figures.get(claim["claim"], [])}),
            }  # fmt: skip
            notes.append(note["id"])
            refs += told
            yield note
        yield self._text(page, id_, rows["reports"][0], list(dict.fromkeys([*notes, *refs])))

    def _text(self, page: ReportPage, id_: str, row: Row, refs: list[str]) -> Object:
        answer, when = page.report, page.reading.report.published
        is_day = when and when.start and when.precision in ("minute", "hour", "day")
        found = {
            **self._object("report", id_, answer.learnt),
            "name": row["title"] or row["name"],
            "published": to_stamp(when.start if when and when.start and is_day else answer.learnt),
            "object_refs": refs or [self.ledger], **_extended(row),
        }  # fmt: skip
        if not is_day:
            found["labels"] = [_UNTOLD]
        if row["url"]:
            found["external_references"] = [
                {"source_name": row["publisher"] or "the report", "url": row["url"]}
            ]
        return found

    def _someone(self, source: Source, handle: str) -> Object:
        return {
            **self._object("identity", self._id("identity", person_key(source, handle)), SINCE),
            "name": source.name, "identity_class": _CLASSES.get(source.kind, "unknown"),
        }  # fmt: skip


def _extended(own: Row) -> Object:
    """Our extension with what is known: STIX has no null and no empty list."""
    return {"extensions": {EXTENSION: {"extension_type": "property-extension", **known(own)}}}


def _when(when: When | None) -> Row | None:
    if when is None:
        return None
    return {"start": when.start, "end": when.end, "precision": when.precision}


def _place(place: Place | None) -> Row | None:
    if place is None:
        return None
    return {"name": place.name, "precision": place.precision, "gazetteer_id": place.gazetteer_id}
