"""Places: where the words of a report say that something is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from sayso.reading.grounding.countries import Country, find_form
from sayso.reading.grounding.gazetteer import Entry, Gazetteer, Kind
from sayso.reading.grounding.places.acting import acts
from sayso.reading.grounding.places.dateline import dateline_places
from sayso.reading.grounding.places.evidence import find_mentions
from sayso.reading.grounding.places.found import Mention
from sayso.reading.grounding.places.ranked import Choice, choose_entries
from sayso.reading.grounding.places.score import signs_of
from sayso.reading.parsing.parse import Parse
from sayso.reading.scores import rate
from sayso.record import Place, Span, Spans
from sayso.record.when_where import PlacePrecision

_PRECISION: dict[Kind, PlacePrecision] = {
    "country": "country", "continent": "area", "area": "area", "water": "area", "region": "region",
    "adm1": "region", "adm2": "district", "city": "town", "village": "town", "site": "point",
}  # fmt: skip
# what an unlisted place is, by the word beside its name
_BY_LEVEL: dict[str | None, PlacePrecision] = {
    "adm1": "region", "adm2": "district", "adm": "region", "city": "town", "site": "point",
    "water": "area", None: "town",
}  # fmt: skip
_ONE_COUNTRY = 0.8
_VILLAGE = 10_000  # people at most; towns abroad are named without their country


class Places(NamedTuple):
    """The places that a report names, and the one in which it was written (no span: not read)."""

    named: list[Place]
    seat: Place | None


def read_places(parse: Parse, gazetteer: Gazetteer) -> Places:
    """The mentions of places in a report, in order, each resolved; spans are of the flow.

    A name that the gazetteer lacks is resolved to the place that holds it, as the words tell
    (`Jolo Cathedral in Mindanao`), with the holder's id and precision; else it keeps its name and,
    where nearly all of the report's places lie in one country, that country. A town that is listed
    only elsewhere has its holder's country and division, and no point (`Tawila, Sudan`). The
    dateline's place is weighed with them: `near Aadan Yabaal` is in Somalia where Mogadishu writes.
    """
    return read_signed_places(parse, gazetteer)[0]


def read_signed_places(parse: Parse, gazetteer: Gazetteer) -> tuple[Places, list[list[str]]]:
    """The places of a report, and for each named one the signs that its score was made of."""
    mentions = find_mentions(parse, gazetteer)
    choices, seat = _choose(parse, gazetteer, mentions)
    entries = [choice.entry for choice in choices]
    acting = [
        entry is not None and acts(parse, mention, entry)
        for mention, entry in zip(mentions, entries, strict=True)
    ]
    country = _home_of([e for e, a in zip(entries, acting, strict=True) if not a], seat)
    entries = _without_namesakes(mentions, entries, country)
    names = _fullest_names(mentions, entries, parse)
    places = []
    for mention, entry, acted in zip(mentions, entries, acting, strict=True):
        if entry is not None:
            name = parse.words(mention.span) if mention.level == "site" else names[entry.id]
            places.append(_place(gazetteer, (mention.span,), entry, name, acting=acted))
            continue
        name = names[mention.name]
        holder = entries[mention.within] if mention.within is not None else None
        if holder is None or _PRECISION[holder.kind] == "area":  # a port on the Red Sea
            places.append(_unlisted(mention, name, mention.country or country))
        elif mention.is_elsewhere:
            town = _unlisted(mention, name, holder.country)
            places.append(replace(town, admin1=gazetteer.admin1_name(holder)))
        else:
            places.append(_place(gazetteer, (mention.span,), holder, name))
    signs = [
        list(signs_of(mention, entry, choice.share, country, acts=acted))
        for mention, entry, choice, acted in zip(mentions, entries, choices, acting, strict=True)
    ]
    scored = [replace(p, score=rate("places", s)) for p, s in zip(places, signs, strict=True)]
    return Places(scored, _place(gazetteer, (), seat, seat.name) if seat else None), signs


def _choose(
    parse: Parse, gazetteer: Gazetteer, mentions: list[Mention]
) -> tuple[list[Choice], Entry | None]:
    """What each mention means, and what the dateline's first place does."""
    outside = [
        m if m.within is None else replace(m, within=m.within + len(mentions))
        for m in dateline_places(parse.flow.dateline, gazetteer)
    ]
    peoples = Counter(c.iso3 for _, c in find_peoples(parse))
    choices = choose_entries([*mentions, *outside], peoples)
    return choices[: len(mentions)], next((c.entry for c in choices[len(mentions) :]), None)


def _fullest_names(
    mentions: list[Mention], entries: list[Entry | None], parse: Parse
) -> dict[str, str]:
    """The longest form of its name in the report, by the id of the place or the unlisted name.

    A country keeps its common name where the report has it: Syria, not the Syrian Arab Republic.
    """
    forms: dict[str, list[str]] = {}
    common: dict[str, str] = {}
    for mention, entry in zip(mentions, entries, strict=True):
        if entry is None or mention.level != "site":  # Jolo Cathedral is no name of Jolo
            key = entry.id if entry else mention.name
            forms.setdefault(key, []).append(parse.words(mention.span))
            if entry and entry.kind == "country":
                common[key] = entry.name
    return {
        # KYIV of a dateline gives way to Kyiv
        key: max(words, key=_by_fullness(common.get(key)))
        for key, words in forms.items()
    }


def _by_fullness(common: str | None) -> Callable[[str], tuple[bool, int, bool]]:
    return lambda words: (words == common, len(words), not words.isupper())


def find_peoples(parse: Parse) -> Iterator[tuple[Span, Country]]:
    """The names and adjectives of peoples, each with its country: Ukrainians, North Korean."""
    tokens = list(parse.tokens)
    done = -1
    for at, token in enumerate(tokens):
        if at <= done or not token.text[:1].isupper():
            continue
        for last in (at + 1, at):  # North Korean before Korean
            if last < len(tokens):
                span = Span(token.idx, tokens[last].idx + len(tokens[last].text))
                form = find_form(parse.words(span))
                if form and form[1] in ("demonym", "people"):
                    yield span, form[0]
                    done = last
                    break


def _home_of(entries: list[Entry | None], seat: Entry | None) -> str | None:
    """The country in which nearly all places of the report lie, else None.

    Where it was written, most of them are enough: Yerevan of the captured near a border village.
    """
    counts = Counter(e.country for e in (*entries, seat) if e is not None and e.country)
    for country, times in counts.most_common(1):
        if times >= _ONE_COUNTRY * counts.total() or (seat and country == seat.country):
            return country
    return None


def _without_namesakes(
    mentions: list[Mention], entries: list[Entry | None], home: str | None
) -> list[Entry | None]:
    """The entries, none for a village abroad where all else lies at home.

    The country has one of that name, which nobody lists: a hamlet on the other side of a border.
    """
    counts = Counter(e.country for e in entries if e is not None)

    def is_namesake(mention: Mention, entry: Entry) -> bool:
        is_small = entry.kind in ("city", "village") and entry.population < _VILLAGE
        alone = home not in (None, entry.country) and counts[entry.country] == 1
        return is_small and alone and mention.within is None and mention.country is None

    return [
        None if entry is not None and is_namesake(mention, entry) else entry
        for mention, entry in zip(mentions, entries, strict=True)
    ]


def _place(
    gazetteer: Gazetteer, span: Spans, entry: Entry, name: str, *, acting: bool = False
) -> Place:
    return Place(
        span, name, entry.id, entry.country, gazetteer.admin1_name(entry),
        entry.lat, entry.lon, _PRECISION[entry.kind], "government" if acting else "place",
    )  # fmt: skip


def _unlisted(mention: Mention, name: str, country: str | None) -> Place:
    precision = _BY_LEVEL[mention.level]
    return Place((mention.span,), name, None, country, None, None, None, precision)


def place_named(gazetteer: Gazetteer, name: str, country: str | None = None) -> Place:
    """The place that a person means who writes its name: the best known, in a country if any.

    Where none bears the name it stands by its name alone.
    """
    entries = gazetteer.find(name)
    entry = next((e for e in entries if country in (None, e.country)), None)
    if entry is None:
        return Place((), name, None, country, None, None, None, "unknown")
    return _place(gazetteer, (), entry, name)


def stated_unknown(span: Span) -> Place:
    """The place of which the text says that it is not known."""
    return Place((span,), None, None, None, None, None, None, "stated_unknown")
