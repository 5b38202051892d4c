"""Places: where the words of a report say that something is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.reading.grounding.countries import find_form
from sayso.reading.grounding.gazetteer import Entry, Gazetteer, Kind
from sayso.reading.grounding.places_evidence import find_mentions
from sayso.reading.grounding.places_found import Mention
from sayso.reading.grounding.places_ranked import choose_entries
from sayso.reading.parse import Parse
from sayso.record import Place, Span, When
from sayso.record.when_where import PlacePrecision

if TYPE_CHECKING:
    from spacy.tokens import Token

_PRECISION: dict[Kind, PlacePrecision] = {
    "country": "country", "continent": "area", "area": "area", "water": "area", "region": "region",
    "adm1": "region", "adm2": "district", "city": "town", "village": "town", "site": "point",
}  # fmt: skip


def read_places(
    parse: Parse, gazetteer: Gazetteer, *, published: When | None = None
) -> list[Place]:
    """The mentions of places in a report, in order, each resolved; spans are of the flow."""
    mentions = find_mentions(parse, gazetteer)
    entries = choose_entries(mentions)
    fullest = _fullest_names(mentions, entries)
    return [
        _place(parse, gazetteer, mention, entry, mentions, entries, fullest)
        for mention, entry in zip(mentions, entries, strict=True)
    ]


def _fullest_names(mentions: list[Mention], entries: list[Entry | None]) -> dict[str, str]:
    """For each place that was chosen the longest form of its name in the report."""
    fullest: dict[str, str] = {}
    return fullest


def _place(parse, gazetteer, mention, entry, mentions, entries, fullest):  # type: ignore
    if entry is None:
        return Place((mention.span,), parse.words(mention.span), None, None, None, None, None, "unknown")
    return Place(
        (mention.span,), parse.words(mention.span), entry.id, entry.country,
        gazetteer.admin1_name(entry), entry.lat, entry.lon, _PRECISION[entry.kind],
    )


def stated_unknown(span: Span) -> Place:
    """The place of which the text says that it is not known."""
    return Place((span,), None, None, None, None, None, None, "stated_unknown")
