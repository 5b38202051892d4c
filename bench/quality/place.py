"""Places alone, in the form that a scorer of toponyms reads: one `sayso.reading/1` a text.

Only the parse and the places are read, all of a text as body, so that whole sets take a minute. The
output holds what the scorer asks for: the report's name and text, and its places.

The corpora mark the names and adjectives of peoples as mentions of their country ("Georgian
politics"). sayso keeps these apart from its places, since they tell who and not where; they are put
beside them here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from sayso.pipeline.read import shared_reader
from sayso.reading.flow import carry_home, make_flow
from sayso.reading.grounding.gazetteer import Gazetteer
from sayso.reading.grounding.places.find import find_peoples, read_places
from sayso.reading.parsing.parse import Parse, parse_flow
from sayso.record import Block, Place, Reading, Report, report_id
from sayso.record.wire import to_wire


def as_body(name: str, text: str) -> Report:
    """A report that is all body."""
    made = report_id(text, None, None, None)
    block = Block("body", 0, len(text))
    return Report(made, name, text, None, None, None, None, None, None, (block,))


def _peoples(parse: Parse, places: list[Place]) -> Iterator[Place]:
    """The names and adjectives of peoples outside the places, as their countries."""
    taken = [s for p in places for s in p.span]
    for span, country in find_peoples(parse):
        if not any(span.meets(other) for other in taken):
            yield Place(
                (span,), country.name, f"geonames:{country.geonames}", country.iso3, None,
                country.lat, country.lon, "country", "government",
            )  # fmt: skip


def predict(gold: Path, out: Path) -> None:
    """Write, for each text of a gold file, the places that sayso reads in it."""
    model, gazetteer = shared_reader(learned=True).model, Gazetteer()
    with gold.open(encoding="utf-8") as lines, out.open("w", encoding="utf-8") as rows:
        for line in lines:
            given = json.loads(line)
            report = as_body(given["id"], given["text"])
            flow = make_flow(report)
            parse = parse_flow(flow, model)
            places = read_places(parse, gazetteer).named
            places += _peoples(parse, places)
            reading = Reading(report, places=carry_home(tuple(places), flow))
            rows.write(json.dumps(to_wire(reading), ensure_ascii=False) + "\n")
